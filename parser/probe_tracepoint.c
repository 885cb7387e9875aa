/* SPDX-License-Identifier: Apache-2.0 */
/* Tracepoints: with a record of fields, and raw ones with the arguments they are called with. */
#include "parser/probe.h"

#include <string.h>

/* What the kernel has not, it says with "no ..."; the rest is about reading its files. */
static void tracefs_says(struct spec *s)
{
	bool absent = !strncmp(kernel_error(s->c->kernel), "no ", 3);

	probe_kernel_says(s, absent ? E_UNKNOWN_PROBE : E_KERNEL);
}

static void add_tracepoint(void *ctx, const char *category, const char *name)
{
	struct spec *s = ctx;
	struct arena *a = s->c->arena;
	const struct tracepoint *tp = kernel_tracepoint(s->c->kernel, category, name);
	struct attach *at;

	if (!tp) {
		tracefs_says(s);
		return;
	}
	at = probe_add(s, arena_printf(a, "tracepoint:%s:%s", category, name));
	at->number = tp->id;
	at->target = arena_strdup(a, category);
	at->symbol = arena_strdup(a, name);
}

void expand_tracepoint(struct spec *s)
{
	int n;

	if (s->nparts != 2 || !*s->parts[0] || !*s->parts[1]) {
		probe_malformed(s);
	} else if (probe_has_glob(s->parts[0]) || probe_has_glob(s->parts[1])) {
		n = kernel_tracepoints(s->c->kernel, s->parts[0], s->parts[1], add_tracepoint, s);
		if (n <= 0)
			tracefs_says(s);
	} else {
		add_tracepoint(s, s->parts[0], s->parts[1]);
	}
}

const struct arg *probe_context_words(struct checker *c, uint32_t n)
{
	struct arg *args = arena_alloc(c->arena, (n + 1) * sizeof(*args));

	for (uint32_t i = 0; i < n; i++)
		args[i] = (struct arg){ .kind = ARG_CTX, .size = 8, .base = 8 * i };
	return args;
}

static struct attach *add_raw(struct spec *s, const char *name)
{
	struct arena *a = s->c->arena;
	const char *module = s->nparts == 2 ? arena_printf(a, "%s:", s->parts[0]) : "";
	struct attach *at = probe_add(s, arena_printf(a, "rawtracepoint:%s%s", module, name));

	at->target = s->nparts == 2 ? s->parts[0] : NULL;
	at->symbol = arena_strdup(a, name);
	return at;
}

static void add_rawtracepoint(void *ctx, const char *name)
{
	struct spec *s = ctx;
	const char *module = s->nparts == 2 ? s->parts[0] : NULL;
	const struct raw_tracepoint *tp = kernel_raw_tracepoint(s->c->kernel, module, name);
	struct attach *at;

	if (!tp) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
		return;
	}
	at = add_raw(s, name);
	at->btf = tp->btf;
	at->btf_id = tp->id;
	at->nargs = tp->nargs;
	at->args = probe_context_words(s->c, tp->nargs);
}

/* Without BTF the kernel still knows names, but not what they are called with. */
static void add_untyped(struct spec *s, const char *name)
{
	if (probe_has_glob(name))
		probe_kernel_says(s, E_KERNEL);
	else
		add_raw(s, name);
}

void expand_rawtracepoint(struct spec *s)
{
	const char *name = s->nparts ? s->parts[s->nparts - 1] : "";

	if (s->nparts < 1 || s->nparts > 2 || !*name || !*s->parts[0]) {
		probe_malformed(s);
	} else if (!kernel_btf(s->c->kernel)) {
		add_untyped(s, name);
	} else if (!probe_has_glob(name)) {
		add_rawtracepoint(s, name);
	} else if (kernel_raw_tracepoints(s->c->kernel, s->nparts == 2 ? s->parts[0] : NULL, name,
					  add_rawtracepoint, s) <= 0) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	}
}
