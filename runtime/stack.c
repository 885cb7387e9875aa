/* SPDX-License-Identifier: Apache-2.0 */
/* Symbols and stacks as text. */
#include <bpf/bpf.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/names_internal.h"
#include "util/demangle.h"

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
	char *readable = NULL;
	uint64_t from = 0;

	if (n && !n->usyms)
		n->usyms = usyms_new();
	if (n)
		name = usyms_find(n->usyms, pid, address, &from, &path);
	if (name && n->plan->config.cpp_demangle)
		readable = demangle(name);
	print_symbol(o, readable ? readable : name, address, from, offset);
	free(readable);
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

/* "BUILDID 0xOFFSET", or the address when no file is known for it. */
static void print_build_id(struct out *o, const struct bpf_stack_build_id *frame)
{
	char hex[2 * BPF_BUILD_ID_SIZE + 1] = "";
	uint32_t i;

	for (i = 0; i < BPF_BUILD_ID_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", frame->build_id[i]);
	if (frame->status == BPF_STACK_BUILD_ID_VALID) {
		out_string(o, hex);
		out_char(o, ' ');
	}
	print_address(o, frame->offset);
	out_char(o, '\n');
}

/* Reads the stack that was kept under @id to @to; false when there is none. */
static bool read_stack(const struct names *n, const struct type *t, int64_t id, void *to)
{
	uint32_t key = (uint32_t)id, i;

	for (i = 0; i < n->plan->nstacks && n->plan->stacks[i] != plan_stack(t); i++)
		;
	return id >= 0 && i < n->plan->nstacks &&
	       bpf_map_lookup_elem(n->stack_fds[i], &key, to) == 0;
}

void names_stack(struct out *o, struct names *n, const struct type *t, int64_t id, uint32_t pid)
{
	union {
		uint64_t addresses[PLAN_MAX_FRAMES];
		struct bpf_stack_build_id files[PLAN_MAX_FRAMES];
	} stack;
	bool have = n && read_stack(n, t, id, &stack);
	uint32_t i;

	out_char(o, '\n');
	for (i = 0; have && i < t->count; i++) {
		if (t->bits == STACK_BUILD_ID && stack.files[i].status)
			print_build_id(o, &stack.files[i]);
		else if (t->bits != STACK_BUILD_ID && stack.addresses[i])
			print_frame(o, n, t, pid, stack.addresses[i]);
		else
			break;
	}
}
