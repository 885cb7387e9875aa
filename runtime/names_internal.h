/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_NAMES_INTERNAL_H
#define RUNTIME_NAMES_INTERNAL_H

/* What the files of names share; no one else's business. */

#include "kernel/kallsyms.h"
#include "runtime/names.h"
#include "runtime/usyms.h"

struct names {
	const struct plan *plan;
	struct arena *arena;
	const struct ksyms *ksyms; /* NULL: not read yet */
	struct usyms *usyms;       /* NULL: none was asked for */
	int *stack_fds;            /* as plan->stacks */
	int64_t wall_ns;           /* from the boot clock to the wall clock */
};

#endif
