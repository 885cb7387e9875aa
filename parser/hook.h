/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_HOOK_H
#define PARSER_HOOK_H

/* Programs that run on packets: what the kernel gives them. */

#include "kernel/btf.h"
#include "parser/tables.h"

static inline bool hook_is(enum prog_kind prog)
{
	return prog == PROG_XDP || prog == PROG_SKB;
}

/* The struct that is their context, and its BTF in *@b. 0 with kernel_error(): it has no types. */
uint32_t hook_context(struct kernel *k, const struct provider *p, const struct kbtf **b);

/* True when they may read that member of it, as a number. */
bool hook_reads(const struct provider *p, const struct kbtf *b, const struct kbtf_member *m);

#endif
