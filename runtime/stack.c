/* SPDX-License-Identifier: Apache-2.0 */
/* Symbols and stacks as text. */
#include <bpf/bpf.h>

#include "runtime/names_internal.h"

static void print_address(struct out *o, uint64_t address)
{
	out_bytes(o, "0x", 2);
	out_hex(o, address);
}

static void print_symbol(struct out *o, const char *name, uint64_t address, uint64_t from,
			 bool offset)
{
	if (!name) {
		print_address(o, address);
		return;
	}
	out_string(o, name);
	if (!offset)
		return;
	out_char(o, '+');
	out_unsigned(o, from);
}

void names_ksym(struct out *o, struct names *n, uint64_t address, bool offset)
{
	const char *name = NULL;
	uint64_t from = 0;

	if (n && !n->ksyms)
		n->ksyms = ksyms_read(n->arena);
	if (n)
		name = ksyms_find(n->ksyms, address, &from);
	print_symbol(o, name, address, from, offset);
}

void names_usym(struct out *o, struct names *n, uint32_t pid, uint64_t address, bool offset,
		bool file)
{
	const char *path = NULL, *name = NULL;
	uint64_t from = 0;

	if (n && !n->usyms)
		n->usyms = usyms_new();
	if (n)
		name = usyms_find(n->usyms, pid, address, &from, &path);
	print_symbol(o, name, address, from, offset);
	if (!file)
		return;
	out_string(o, " (");
	out_string(o, path ? path : "[unknown]");
	out_char(o, ')');
}

static void print_frame(struct out *o, struct names *n, const struct type *t, uint32_t pid,
			uint64_t address)
{
	bool user = t->space == SPACE_USER, perf = t->bits == STACK_PERF;

	if (perf)
		out_char(o, '\t');
	if (perf || t->bits == STACK_RAW)
		out_hex(o, address);
	if (perf)
		out_char(o, ' ');
	if (t->bits == STACK_BPFTRACE)
		out_string(o, "        ");
	if (t->bits != STACK_RAW && user)
		names_usym(o, n, pid, address, true, perf);
	else if (t->bits != STACK_RAW)
		names_ksym(o, n, address, true);
	out_char(o, '\n');
}

/* The frames of a stack, or how many there are: 0 when it was not kept. */
static uint32_t read_stack(const struct names *n, const struct type *t, int64_t id, uint64_t *to)
{
	uint32_t key = (uint32_t)id, i, count = 0;

	for (i = 0; i < n->plan->nstacks && n->plan->stacks[i] != t->count; i++)
		;
	if (id < 0 || i == n->plan->nstacks || bpf_map_lookup_elem(n->stack_fds[i], &key, to))
		return 0;
	while (count < t->count && to[count])
		count++;
	return count;
}

void names_stack(struct out *o, struct names *n, const struct type *t, int64_t id, uint32_t pid)
{
	uint64_t frames[PLAN_MAX_FRAMES];
	uint32_t count = n ? read_stack(n, t, id, frames) : 0, i;

	out_char(o, '\n');
	for (i = 0; i < count; i++)
		print_frame(o, n, t, pid, frames[i]);
}
