/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From places to programs: the bodies of one place are one program, and places whose bodies
 * are the same code share it.
 */
#include "parser/probe.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "kernel/function.h"

/* The widest variation of any builtin below the node. */
static void widest(void *ctx, const struct node *n)
{
	const struct builtin *b;
	enum varies *v = ctx;

	if (n->kind != NODE_IDENT && n->kind != NODE_CALL)
		return;
	b = TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text);
	if (b && b->varies > *v)
		*v = b->varies;
	/* A distance from the probe; and what is said of a packet. */
	if (!strcmp(n->text, func_rows[FUNC_uaddr].name) ||
	    !strcmp(n->text, action_rows[ACTION_capture].name))
		*v = VARIES_NAME;
}

static void uses_args(void *ctx, const struct node *n)
{
	bool *uses = ctx;

	*uses = *uses || ((n->kind == NODE_IDENT || n->kind == NODE_CALL) &&
			  !strcmp(n->text, builtin_rows[BUILTIN_args].name));
}

struct place *place_find(struct checker *c, struct places *ps, const struct attach *at)
{
	bool repeats = (at->prog == PROG_CALL && at->number) || at->provider->id == PROVIDER_usdt;

	for (uint32_t i = 0; !repeats && i < ps->count; i++)
		if (ps->list[i].attach.provider == at->provider &&
		    !strcmp(ps->list[i].attach.name, at->name))
			return &ps->list[i];
	VEC_PUSH(c->arena, ps->list, ps->count, (struct place){ .attach = *at });
	return &ps->list[ps->count - 1];
}

static const char *format_signature(struct checker *c, const struct tracepoint *tp)
{
	const char *s = "";

	for (uint32_t i = 0; tp && i < tp->nfields; i++)
		s = arena_printf(c->arena, "%s%s/%u/%u/%d;", s, tp->fields[i].name,
				 tp->fields[i].offset, tp->fields[i].size, tp->fields[i].kind);
	return s;
}

/* The types of the probe's arguments, as BTF numbers them, and where the untyped ones are. */
static const char *args_signature(struct checker *c, const struct attach *at)
{
	const char *s = "";
	const struct raw_tracepoint *raw = NULL;

	for (uint32_t i = 0; i < at->nargs; i++) {
		const struct arg *a = &at->args[i];

		s = arena_printf(c->arena, "%s%d/%d/%d/%u/%u/%u/%" PRId64 ";", s, a->kind, a->size,
				 a->is_signed, a->base, a->index, a->scale, a->value);
	}
	if (at->btf && at->prog == PROG_RAW)
		raw = kernel_raw_tracepoint(c->kernel, at->target, at->symbol);
	for (uint32_t i = 0; raw && i < raw->nargs; i++)
		s = arena_printf(c->arena, "%s%s=%u;", s, raw->args[i].name, raw->args[i].type);
	return s;
}

/* True when a program of that provider belongs to one place. */
static bool is_private(const struct provider *p)
{
	return p->prog == PROG_CALL || p->prog == PROG_FUNC || p->prog == PROG_ITER;
}

/* What makes the code of a place differ from that of another. */
static void sign_place(struct checker *c, struct place *p)
{
	const struct attach *at = &p->attach;
	bool user = at->prog == PROG_REGS && check_attach_space(at) == SPACE_USER, args = false;
	enum varies v = VARIES_NO;
	const char *s;

	probe_packet(c, p);
	s = arena_printf(c->arena, "%s %d %s %d %d/%d/%u/%u/%u", at->provider->name,
			 check_attach_space(at), user ? at->target : "", at->prog, at->packet.place,
			 at->packet.dir, at->packet.skb.offset, at->packet.reason.offset,
			 at->packet.sock.size + at->packet.sock.offset);

	for (uint32_t i = 0; i < c->nfunctions; i++)
		node_walk(c->functions[i], widest, &v);
	for (uint32_t i = 0; i < p->nprobes; i++) {
		node_walk(p->probes[i], widest, &v);
		node_walk(p->probes[i], uses_args, &args);
		s = arena_printf(c->arena, "%s %u", s, p->probes[i]->span.offset);
	}
	if (user && args) /* the function's own types */
		v = VARIES_NAME;
	if (at->prog == PROG_TRACEPOINT && v != VARIES_NO) {
		s = arena_printf(c->arena, "%s %s", s, format_signature(c, p->tp));
	} else if (v != VARIES_NO) {
		s = arena_printf(c->arena, "%s %s", s, args_signature(c, at));
	}
	if (v == VARIES_NAME || is_private(at->provider) || at->packet.fragments)
		s = arena_printf(c->arena, "%s %s %" PRIu64, s, at->name, at->number);
	p->signature = s;
}

/* True when one link attaches the program to all its functions. */
static bool takes_many(struct checker *c, const struct program *p)
{
	enum provider_id id = p->provider->id;

	if ((id != PROVIDER_kprobe && id != PROVIDER_kretprobe) || p->nattaches < 2)
		return false;
	for (uint32_t i = 0; i < p->nattaches; i++)
		if (p->attaches[i].offset || p->attaches[i].number)
			return false;
	return kernel_has_kprobe_multi(c->kernel);
}

/*
 * What libbpf makes of a program. One that the kernel ties to the types of a single raw
 * tracepoint can do more, one without types is shared by many.
 */
static const char *program_section(struct checker *c, const struct program *p)
{
	const struct attach *at = &p->attaches[0];

	if (probe_replayed(c, at))
		return "tc";
	switch (p->prog) {
	case PROG_RAW:
		if (!at->btf || p->nattaches > 1)
			return "raw_tp";
		return arena_printf(c->arena, "tp_btf/%s", at->symbol);
	case PROG_FUNC:
	case PROG_ITER:
		return arena_printf(c->arena, "%s/%s", p->provider->section, at->symbol);
	case PROG_REGS:
		if (takes_many(c, p))
			return arena_printf(c->arena, "%s.multi", p->provider->section);
		break;
	case PROG_XDP:
		return c->options->kernel >= KERNEL_FRAGS ? "xdp.frags" : p->provider->section;
	case PROG_CALL:
	case PROG_TRACEPOINT:
	case PROG_PERF:
	case PROG_SKB:
		break;
	}
	return p->provider->section;
}

static void add_bodies(struct checker *c, struct program *prog, const struct place *p)
{
	struct clause *clauses = arena_alloc(c->arena, p->nprobes * sizeof(*clauses));

	for (uint32_t i = 0; i < p->nprobes; i++) {
		const struct node *probe = p->probes[i];
		struct body *b = arena_alloc(c->arena, sizeof(*b));
		uint32_t at = probe->number;

		b->origin = probe;
		b->block = node_clone(c->arena, probe->kids[at]);
		b->predicate = probe->nkids > at + 1 ? node_clone(c->arena, probe->kids[at + 1])
						     : NULL;
		b->attach = &p->attach;
		b->tp = p->tp;
		b->program = c->nprograms;
		clauses[i] = (struct clause){ b->predicate, b->block };
		VEC_PUSH(c->arena, c->bodies, c->nbodies, b);
	}
	prog->clauses = clauses;
	prog->nclauses = p->nprobes;
}

/* "tracepoint_net_net_dev_queue_1": a name for the kernel's lists. */
static const char *program_symbol(struct checker *c, const struct attach *at, uint32_t number)
{
	char *s = arena_printf(c->arena, "%s_%u", at->symbol ? at->symbol : at->name, number);

	for (char *p = s; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '_';
	return s;
}

void place_programs(struct checker *c, struct places *ps)
{
	const char **signatures = arena_alloc(c->arena, (ps->count + 1) * sizeof(*signatures));

	for (uint32_t i = 0; i < ps->count; i++) {
		struct place *p = &ps->list[i];
		struct attach *attaches;
		struct program *prog;
		uint32_t j;

		sign_place(c, p);
		for (j = 0; j < c->nprograms && strcmp(signatures[j], p->signature); j++)
			;
		if (j == c->nprograms) {
			VEC_PUSH(c->arena, c->programs, c->nprograms,
				 ((struct program){ .symbol = program_symbol(c, &p->attach, j),
						    .provider = p->attach.provider,
						    .prog = p->attach.prog }));
			signatures[j] = p->signature;
			add_bodies(c, &c->programs[j], p);
		}
		prog = &c->programs[j];
		prog->pid_filter = c->options->pid && prog->prog != PROG_CALL &&
				   prog->prog != PROG_ITER && !p->probes[0]->prefix;
		attaches = (struct attach *)prog->attaches;
		VEC_PUSH(c->arena, attaches, prog->nattaches, p->attach);
		prog->attaches = attaches;
	}
	for (uint32_t i = 0; i < c->nprograms; i++) {
		c->programs[i].section = program_section(c, &c->programs[i]);
		c->programs[i].space = check_attach_space(&c->programs[i].attaches[0]);
	}
}
