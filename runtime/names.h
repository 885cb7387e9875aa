/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_NAMES_H
#define RUNTIME_NAMES_H

/*
 * What numbers and addresses are called: symbols, stacks, users, cgroups, times. Sources are
 * read when the first name is asked for; what has no name prints as a number.
 */

#include <bpf/libbpf.h>
#include <stdint.h>

#include "parser/plan.h"
#include "runtime/out.h"

struct names;

/* For the loaded @object of @plan, both of which must outlive it. Give back with names_close(). */
struct names *names_open(const struct plan *plan, struct bpf_object *object);
void names_close(struct names *n);

/* What the boot clock, or in a replay that of the capture, lacks to the wall clock. */
int64_t names_wall_ns(const struct names *n);

/* The symbols of process @pid are known also when it has ended. */
void names_remember(struct names *n, uint32_t pid);

/* The text of a value of a type that names.c knows (see value.c); @o->names may be NULL. */
void names_print(struct out *o, const struct type *t, const unsigned char *value);

/* What follows a string that was cut; @n may be NULL. */
const char *names_cut_mark(const struct names *n);

/* ---- stack.c ---- */

/* A symbol of the kernel, "0x..." if there is none; with "+offset" when @offset. */
void names_ksym(struct out *o, struct names *n, uint64_t address, bool offset);
/* The same of process @pid; with " (file)" when @file. */
void names_usym(struct out *o, struct names *n, uint32_t pid, uint64_t address, bool offset,
		bool file);
void names_stack(struct out *o, struct names *n, const struct type *t, int64_t id, uint32_t pid);

#endif
