/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEGEN_CODEGEN_H
#define CODEGEN_CODEGEN_H

#include <stdio.h>

#include "parser/diag.h"
#include "parser/plan.h"
#include "util/arena.h"

/* What --dump=ir and --dump=asm want: the text goes to @file, and there is no object. */
enum codegen_output { CODEGEN_OBJECT, CODEGEN_IR, CODEGEN_ASM };

/*
 * Compiles @plan to a BPF ELF object in memory: programs by their symbols, maps as
 * plan.h says, BTF with the script's lines. *@data (in @a) has *@size bytes. With
 * CODEGEN_IR or CODEGEN_ASM *@data is text. Returns 0, or -1: then @diags has what is wrong with
 * the script, or *@error is one sentence on our own bug.
 */
int codegen(struct arena *a, const struct plan *plan, enum codegen_output output, const void **data,
	    size_t *size, struct diags *diags, const char **error);

#endif
