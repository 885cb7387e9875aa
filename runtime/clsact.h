/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CLSACT_H
#define RUNTIME_CLSACT_H

/*
 * tc programs on kernels before 6.6, which have no links for them: filters of the clsact queueing
 * discipline. They outlive us unless they are taken away.
 */

#include <stdbool.h>
#include <stdint.h>

#include "parser/plan.h"

struct clsact_filter;
struct clsact {
	struct clsact_filter *list;
	uint32_t count;
};

/* Attaches a program, in the namespace that the thread is in. 0 or -errno. */
int clsact_attach(struct clsact *c, const struct attach *at, int program);

/* Takes all filters away, and the disciplines that were made for them and that nobody else uses. */
void clsact_detach(struct clsact *c);

#endif
