/* SPDX-License-Identifier: Apache-2.0 */
/* Raw tracepoints: their names and arguments, as BTF has them. */
#include "kernel/btf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/internal.h"
#include "util/suggest.h"

#define PREFIX "btf_trace_"
#define MAX_ARGS 12 /* MAX_BPF_FUNC_ARGS (include/linux/bpf.h) */

/* Names found by kbtf_each(), without the prefix. */
struct found {
	struct arena *arena;
	const char *glob;
	const char **names;
	size_t n;
};

static void add_name(void *ctx, uint32_t id, const char *name)
{
	struct found *f = ctx;

	(void)id;
	name += strlen(PREFIX);
	if (glob_match(f->glob, name))
		VEC_PUSH(f->arena, f->names, f->n, name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct found find_names(struct kernel *k, const struct kbtf *b, const char *glob)
{
	struct found f = { .arena = k->arena, .glob = glob };

	kbtf_each(b, BTF_KIND_TYPEDEF, PREFIX "*", add_name, &f);
	if (f.n)
		qsort(f.names, f.n, sizeof(*f.names), compare_names);
	return f;
}

/* Says that there is no such raw tracepoint. */
static void fail_unknown(struct kernel *k, const struct kbtf *b, const char *name)
{
	struct found all = find_names(k, b, "*");
	struct suggest s = { .word = name };
	const char *hint = "list them with pktscript -l 'rawtracepoint:*'";

	for (size_t i = 0; i < all.n; i++)
		suggest_try(&s, all.names[i]);
	if (s.best)
		hint = kernel_did_you_mean(k, s.best);
	kernel_fail(k, ENOENT, hint, "no raw tracepoint %s", name);
}

/* The function whose parameters are those of the probe @proto, with their names; or 0. */
static uint32_t named_function(struct kernel *k, const struct kbtf *b, const char *name,
			       uint32_t nargs)
{
	static const char *const prefixes[] = { "__probestub_", "__traceiter_" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		uint32_t id, count, returns;

		id = kbtf_find(b, arena_printf(k->arena, "%s%s", prefixes[i], name), BTF_KIND_FUNC);
		if (id && kbtf_proto(b, id, &count, &returns) && count == nargs)
			return id;
	}
	return 0;
}

/* Fills in the arguments: parameters of @proto but for the first. */
static void read_args(struct kernel *k, const struct kbtf *b, struct raw_tracepoint *tp,
		      uint32_t proto, uint32_t count)
{
	uint32_t names = named_function(k, b, tp->name, count), type;
	struct raw_arg *args;

	tp->nargs = count ? count - 1 : 0;
	args = arena_alloc(k->arena, (tp->nargs + 1) * sizeof(*args));
	for (uint32_t i = 0; i < tp->nargs; i++) {
		const char *name = "";

		kbtf_param(b, proto, i + 1, &name, &args[i].type);
		kbtf_param(b, names, i + 1, &name, &type);
		args[i].name = *name ? arena_strdup(k->arena, name)
				     : arena_printf(k->arena, "arg%u", i);
	}
	tp->args = args;
}

const struct kbtf *kernel_btf_of(struct kernel *k, const char *module)
{
	return module && strcmp(module, "vmlinux") ? kernel_btf_module(k, module) : kernel_btf(k);
}

static const struct raw_tracepoint *find_read(const struct kernel *k, const struct kbtf *b,
					      const char *name)
{
	const struct raw_tracepoint *tp = k->raw;

	while (tp && (tp->btf != b || strcmp(tp->name, name) != 0))
		tp = tp->next;
	return tp;
}

/* Reads the one of that name, which was not read before. */
static const struct raw_tracepoint *read_raw(struct kernel *k, const struct kbtf *b,
					     const char *name)
{
	uint32_t id, proto, count, returns;
	struct raw_tracepoint *tp;
	struct kbtf_type t;

	id = kbtf_find(b, arena_printf(k->arena, PREFIX "%s", name), BTF_KIND_TYPEDEF);
	if (!id || !*name) {
		fail_unknown(k, b, name);
		return NULL;
	}
	kbtf_type(b, kbtf_resolve(b, id), &t);
	proto = kbtf_resolve(b, t.ref);
	if (t.kind != BTF_KIND_PTR || !kbtf_proto(b, proto, &count, &returns) ||
	    count > MAX_ARGS + 1) {
		kernel_fail(k, EINVAL, NULL,
			    "cannot read the arguments of raw tracepoint %s from BTF", name);
		return NULL;
	}
	tp = arena_alloc(k->arena, sizeof(*tp));
	tp->name = arena_strdup(k->arena, name);
	tp->btf = b;
	tp->id = id;
	read_args(k, b, tp, proto, count);
	tp->next = k->raw;
	k->raw = tp;
	return tp;
}

const struct raw_tracepoint *kernel_raw_tracepoint(struct kernel *k, const char *module,
						   const char *name)
{
	const struct kbtf *b = kernel_btf_of(k, module);
	const struct raw_tracepoint *tp = b ? find_read(k, b, name) : NULL;

	return tp || !b ? tp : read_raw(k, b, name);
}

int kernel_raw_tracepoints(struct kernel *k, const char *module, const char *glob,
			   void (*fn)(void *ctx, const char *name), void *ctx)
{
	const struct kbtf *b = kernel_btf_of(k, module);
	struct found f;

	if (!b)
		return -ENOENT;
	f = find_names(k, b, glob);
	for (size_t i = 0; i < f.n; i++)
		if (!i || strcmp(f.names[i], f.names[i - 1]))
			fn(ctx, f.names[i]);
	if (!f.n)
		fail_unknown(k, b, glob);
	return (int)f.n;
}
