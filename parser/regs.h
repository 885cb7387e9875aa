/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_REGS_H
#define PARSER_REGS_H

/* Registers of this machine, as programs find them: in struct pt_regs, their context. */

#include <stdbool.h>

#include "parser/plan.h"
#include "util/arena.h"

/*
 * The register called @name, whole or in part ("rax", "ax", "r8d", "x0", "w0"), as an argument of
 * the kind ARG_CTX. reg() takes the kernel's names too: "ax" is then the whole of rax.
 */
bool regs_find(const char *name, bool kernel_name, struct arg *out);

/* The registers of a function's arguments, as many as there are, and of its result. */
const struct arg *regs_arguments(uint32_t *n);
const struct arg *regs_result(void);
/* Where the address is that the program was called at. */
uint32_t regs_ip(void);

/*
 * Where a static probe's arguments are, from its note: "-4@%eax 8@16(%rbp) 8@$5". What cannot be
 * read (floating point) has size 0.
 */
const struct arg *regs_usdt(struct arena *a, const char *text, uint32_t *n);

#endif
