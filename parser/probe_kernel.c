/* SPDX-License-Identifier: Apache-2.0 */
/* Probes in functions of the kernel: breakpoints (kprobe) and typed entries and exits (fentry). */
#include "parser/probe.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/function.h"
#include "parser/regs.h"

/* "function", "module:function", "function+8": the parts of a specification. */
struct target {
	struct spec *spec;
	const char *module; /* as written, or NULL */
	char *function;
	uint64_t offset;
};

static bool read_target(struct spec *s, struct target *t)
{
	char *plus, *end;

	*t = (struct target){ .spec = s };
	if (s->nparts < 1 || s->nparts > 2 || !*s->parts[0] || !*s->parts[s->nparts - 1])
		return false;
	t->module = s->nparts == 2 ? s->parts[0] : NULL;
	t->function = s->parts[s->nparts - 1];
	plus = strrchr(t->function, '+');
	if (!plus)
		return true;
	*plus = 0;
	t->offset = strtoull(plus + 1, &end, 0);
	return isdigit((unsigned char)plus[1]) && !*end && s->provider->id == PROVIDER_kprobe;
}

/* The name says the module where the script did, or where the kernel needs it. */
static struct attach *add_function(const struct target *t, const char *name, const char *module)
{
	struct spec *s = t->spec;
	struct arena *a = s->c->arena;
	const char *text = t->offset ? arena_printf(a, "%s+%" PRIu64, name, t->offset) : name;
	struct attach *at;

	if (t->module)
		module = t->module;
	text = module ? arena_printf(a, "%s:%s", module, text) : text;
	at = probe_add(s, arena_printf(a, "%s:%s", s->provider->name, text));
	at->target = module && strcmp(module, "vmlinux") ? module : NULL;
	at->symbol = arena_strdup(a, name);
	at->offset = t->offset;
	at->optional = probe_has_glob(t->function);
	return at;
}

static void add_kprobe(void *ctx, const char *name, const char *module)
{
	const struct target *t = ctx;
	struct attach *at = add_function(t, name, module);

	if (at->provider->id == PROVIDER_kprobe)
		at->args = regs_arguments(&at->nargs);
	else
		at->retval = regs_result();
}

/* "0xffffffff81000000": the kernel checks it, not we. */
static void add_address(struct target *t)
{
	struct attach *at = add_function(t, t->function, NULL);

	at->number = strtoull(t->function, NULL, 0);
	at->args = regs_arguments(&at->nargs);
}

void expand_kprobe(struct spec *s)
{
	struct target t;

	if (!read_target(s, &t)) {
		probe_malformed(s);
	} else if (!kernel_has_kprobes(s->c->kernel)) {
		probe_kernel_says(s, E_KERNEL);
	} else if (isdigit((unsigned char)*t.function) && s->provider->id == PROVIDER_kprobe) {
		add_address(&t);
	} else if (probe_has_glob(t.function)) {
		if (kernel_functions(s->c->kernel, t.module, t.function, add_kprobe, &t) <= 0)
			probe_kernel_says(s, E_UNKNOWN_PROBE);
	} else if (kernel_function(s->c->kernel, t.module, t.function)) {
		add_kprobe(&t, t.function, NULL);
	} else {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	}
}

void expand_kretprobe(struct spec *s)
{
	expand_kprobe(s);
}

/* Words that the arguments take: a struct by value may take two. */
static uint32_t count_words(const struct kbtf *b, uint32_t id, uint32_t nparams)
{
	uint32_t words = 0, type;
	const char *name;

	for (uint32_t i = 0; i < nparams; i++)
		if (kbtf_param(b, id, i, &name, &type))
			words += (kbtf_size(b, type) + 7) / 8;
	return words;
}

/* The result stands behind the arguments. */
static const struct arg *result_word(struct checker *c, const struct kbtf *b, uint32_t type,
				     uint32_t words)
{
	struct arg *a = arena_alloc(c->arena, sizeof(*a));
	uint64_t size = kbtf_size(b, type);
	struct kbtf_type t;

	if (!type || (size != 1 && size != 2 && size != 4 && size != 8))
		return NULL;
	kbtf_type(b, kbtf_resolve(b, type), &t);
	*a = (struct arg){ .kind = ARG_CTX,
			   .size = size,
			   .is_signed = t.is_signed,
			   .base = 8 * words,
			   .index = ARG_NO_REGISTER };
	return a;
}

static void add_typed(void *ctx, const char *name, const char *module)
{
	struct target *t = ctx;
	struct checker *c = t->spec->c;
	const struct kbtf *b = kernel_btf_of(c->kernel, module ? module : t->module);
	uint32_t id = b ? kbtf_find(b, name, BTF_KIND_FUNC) : 0, nparams, returns, words;
	struct attach *at;

	if (!id || !kbtf_proto(b, id, &nparams, &returns))
		return;
	words = count_words(b, id, nparams);
	at = add_function(t, name, module);
	at->btf = b;
	at->btf_id = id;
	at->nargs = words;
	at->args = probe_context_words(c, words);
	if (at->provider->id == PROVIDER_fexit)
		at->retval = result_word(c, b, returns, words);
}

static void untyped(struct spec *s, const struct target *t)
{
	if (!kernel_btf_of(s->c->kernel, t->module))
		probe_kernel_says(s, E_KERNEL);
	else if (!kernel_function(s->c->kernel, t->module, t->function))
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	else
		HINT(s->c,
		     ERR(s->c, UNKNOWN_PROBE, s->node->span,
			 "the kernel has no types of function %s", t->function),
		     "kprobe:%s does without types", t->function);
}

void expand_fentry(struct spec *s)
{
	struct target t;

	if (!read_target(s, &t)) {
		probe_malformed(s);
	} else if (!probe_has_glob(t.function)) {
		add_typed(&t, t.function, NULL);
		if (!s->nout)
			untyped(s, &t);
	} else {
		kernel_functions(s->c->kernel, t.module, t.function, add_typed, &t);
		if (!s->nout)
			probe_kernel_says(s, E_UNKNOWN_PROBE);
	}
}

void expand_fexit(struct spec *s)
{
	expand_fentry(s);
}
