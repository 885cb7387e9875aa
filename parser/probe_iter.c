/* SPDX-License-Identifier: Apache-2.0 */
/* Iterators: functions bpf_iter_NAME of the kernel, with a struct bpf_iter__NAME for programs. */
#include "parser/probe.h"

#include <string.h>

#define FUNCTION "bpf_iter_"
#define CONTEXT "bpf_iter__"

/* Iterators over what is in a map, which a script cannot name to the kernel. */
static bool needs_map(const char *name)
{
	return !strcmp(name, "bpf_map_elem") || !strcmp(name, "bpf_sk_storage_map") ||
	       !strcmp(name, "sockmap");
}

static bool is_iterator(const struct kbtf *b, const char *name, struct arena *a, uint32_t *function)
{
	*function = kbtf_find(b, arena_printf(a, FUNCTION "%s", name), BTF_KIND_FUNC);
	return *function && !needs_map(name);
}

static void add_iter(struct spec *s, const struct kbtf *b, const char *name, uint32_t context)
{
	struct arena *a = s->c->arena;
	struct attach *at;
	uint32_t function;

	if (!is_iterator(b, name, a, &function))
		return;
	at = probe_add(s, arena_printf(a, "iter:%s", name));
	at->symbol = arena_strdup(a, name);
	at->btf = b;
	at->btf_id = function;
	at->number = context;
}

struct found {
	struct spec *spec;
	const struct kbtf *btf;
	const char *glob;
	struct suggest near;
};

static void found_context(void *ctx, uint32_t id, const char *name)
{
	struct found *f = ctx;
	uint32_t function;

	name += strlen(CONTEXT);
	if (!is_iterator(f->btf, name, f->spec->c->arena, &function))
		return;
	suggest_try(&f->near, name);
	if (glob_match(f->glob, name))
		add_iter(f->spec, f->btf, name, id);
}

static void no_iterator(struct spec *s, const char *near)
{
	struct diag *g = ERR(s->c, UNKNOWN_PROBE, s->node->span, "this kernel has no iterator '%s'",
			     s->parts[0]);

	if (needs_map(s->parts[0]))
		HINT(s->c, g, "that one needs a map of another program");
	else if (near)
		HINT(s->c, g, "did you mean '%s'?", near);
	else
		HINT(s->c, g, "pktscript -l 'iter:*' lists them");
}

void expand_iter(struct spec *s)
{
	const struct kbtf *b = kernel_btf(s->c->kernel);
	struct found f = { s, b, s->parts[0], { .word = s->parts[0] } };

	if (s->nparts != 1 || !*s->parts[0]) {
		probe_malformed(s);
	} else if (!b) {
		probe_kernel_says(s, E_KERNEL);
	} else {
		kbtf_each(b, BTF_KIND_STRUCT, CONTEXT "*", found_context, &f);
		if (!s->nout)
			no_iterator(s, f.near.best);
	}
}

/* An iterator runs once, when nothing else does. */
void probe_check_iter(struct checker *c, const struct places *ps)
{
	const struct attach *iter = NULL, *other = NULL;

	for (uint32_t i = 0; i < ps->count; i++) {
		const struct attach *at = &ps->list[i].attach;

		if (at->prog == PROG_ITER)
			iter = at;
		else if (at->provider->id != PROVIDER_begin && at->provider->id != PROVIDER_end)
			other = at;
	}
	if (iter && other)
		NOTE(c,
		     ERR(c, BAD_CONTEXT, iter->span,
			 "an iterator stands with begin and end probes only"),
		     other->span, "and here is another kind");
}
