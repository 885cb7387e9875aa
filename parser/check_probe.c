/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From "net:*, interval:s:1" to places to attach, and from all places to programs:
 * the bodies of one place are one program, and places whose bodies are the same code
 * share it.
 */
#include "parser/checker.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARTS 8

/* One probe specification being expanded. */
struct spec {
	struct checker *c;
	const struct node *node;
	const struct provider *provider;
	char *parts[MAX_PARTS]; /* after the provider's name */
	uint32_t nparts;
	struct attach *out; /* what it expands to */
	uint32_t nout;
};

static struct attach *add_attach(struct spec *s, const char *name)
{
	VEC_PUSH(s->c->arena, s->out, s->nout,
		 ((struct attach){ .provider = s->provider, .name = name, .span = s->node->span }));
	return &s->out[s->nout - 1];
}

static struct diag *bad_probe(struct spec *s)
{
	struct diag *g = ERR(s->c, BAD_PROBE, s->node->span, "malformed probe '%s'", s->node->text);

	HINT(s->c, g, "written %s", s->provider->syntax);
	return g;
}

static void expand_begin(struct spec *s)
{
	if (s->nparts)
		bad_probe(s);
	else
		add_attach(s, s->provider->name);
}

static void expand_end(struct spec *s)
{
	expand_begin(s);
}

static const struct {
	const char *name;
	uint64_t ns; /* of one; 0: a frequency */
} units[] = { { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 },
	      { "ns", 1 },         { "hz", 0 },       { "m", 60000000000 } };

/* "10", "ms" to ns; false when it is no period. */
static bool period(const char *number, const char *unit, uint64_t *ns)
{
	char *end;
	uint64_t n = strtoull(number, &end, 10);

	if (!isdigit((unsigned char)*number) || *end || !n)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(units[i].name, unit))
			continue;
		if (units[i].ns)
			return !__builtin_mul_overflow(n, units[i].ns, ns) && *ns <= INT64_MAX;
		*ns = 1000000000 / n;
		return *ns > 0;
	}
	return false;
}

static void expand_interval(struct spec *s)
{
	char number[32] = { 0 };
	uint64_t ns;
	bool ok;

	if (s->nparts == 1) {
		size_t digits = strspn(s->parts[0], "0123456789");

		snprintf(number, sizeof(number), "%.*s", (int)digits, s->parts[0]);
		ok = period(number, s->parts[0][digits] ? s->parts[0] + digits : "ns", &ns);
	} else {
		ok = s->nparts == 2 && period(s->parts[1], s->parts[0], &ns);
	}
	if (ok)
		add_attach(s, s->node->text)->number = ns;
	else
		bad_probe(s);
}

static bool has_glob(const char *s)
{
	return strpbrk(s, "*?") != NULL;
}

static void kernel_says(struct spec *s, enum diag_id id)
{
	struct diag *g = diag_add(s->c->diags, id, s->node->span, "%s", kernel_error(s->c->kernel));

	if (kernel_hint(s->c->kernel))
		HINT(s->c, g, "%s", kernel_hint(s->c->kernel));
}

static void add_tracepoint(void *ctx, const char *category, const char *name)
{
	struct spec *s = ctx;
	struct arena *a = s->c->arena;
	const struct tracepoint *tp = kernel_tracepoint(s->c->kernel, category, name);
	struct attach *at;

	if (!tp) {
		kernel_says(s, E_UNKNOWN_PROBE);
		return;
	}
	at = add_attach(s, arena_printf(a, "tracepoint:%s:%s", category, name));
	at->number = tp->id;
	at->target = arena_strdup(a, category);
	at->symbol = arena_strdup(a, name);
}

static void expand_tracepoint(struct spec *s)
{
	int n;

	if (s->nparts != 2 || !*s->parts[0] || !*s->parts[1]) {
		bad_probe(s);
	} else if (has_glob(s->parts[0]) || has_glob(s->parts[1])) {
		n = kernel_tracepoints(s->c->kernel, s->parts[0], s->parts[1], add_tracepoint, s);
		if (n < 0)
			kernel_says(s, E_KERNEL);
		else if (!n)
			HINT(s->c,
			     ERR(s->c, UNKNOWN_PROBE, s->node->span,
				 "no tracepoint matches '%s:%s'", s->parts[0], s->parts[1]),
			     "pktscript -l 'tracepoint:%s:*' lists them", s->parts[0]);
	} else {
		add_tracepoint(s, s->parts[0], s->parts[1]);
	}
}

static void (*const expand[PROVIDER_COUNT])(struct spec *) = {
#define PROBE(id, name, short_name, prog, section, syntax, doc) [PROVIDER_##id] = expand_##id,
#include "parser/probe.def"
#undef PROBE
};

/* Puts $1 and on into the text of a specification. */
static char *with_params(struct spec *s)
{
	const struct check_options *o = s->c->options;
	const char *from = s->node->text;
	char *out = arena_strdup(s->c->arena, "");

	while (*from) {
		size_t plain = strcspn(from, "$");
		unsigned long n = 0;
		char *end = NULL;

		out = arena_printf(s->c->arena, "%s%.*s", out, (int)plain, from);
		from += plain;
		if (!*from)
			break;
		n = strtoul(from + 1, &end, 10);
		if (!n || end == from + 1) {
			out = arena_printf(s->c->arena, "%s$", out);
			from++;
		} else {
			out = arena_printf(s->c->arena, "%s%s", out,
					   n <= o->nparams ? o->params[n - 1] : "");
			from = end;
		}
	}
	return out;
}

/* Cuts @text at its colons; quotes keep one, and go. */
static void split(struct spec *s, char *text)
{
	bool quoted = false;
	char *to = text;

	s->parts[s->nparts++] = text;
	for (; *text; text++) {
		if (*text == '"') {
			quoted = !quoted;
		} else if (*text == ':' && !quoted && s->nparts < MAX_PARTS) {
			*to++ = 0;
			s->parts[s->nparts++] = to;
		} else {
			*to++ = *text;
		}
	}
	*to = 0;
}

static const struct provider *find_provider(const char *name)
{
	for (size_t i = 0; i < PROVIDER_COUNT; i++) {
		const struct provider *p = &provider_rows[i];

		if (!strcmp(p->name, name) || (p->short_name && !strcmp(p->short_name, name)) ||
		    (p->prog == PROG_CALL && !strcasecmp(p->name, name)))
			return p;
	}
	return NULL;
}

static void unknown_provider(struct spec *s)
{
	struct suggest g = { .word = s->parts[0] };
	struct diag *d =
		ERR(s->c, UNKNOWN_PROBE, s->node->span, "unknown probe type '%s'", s->parts[0]);

	TABLE_SUGGEST(provider_rows, PROVIDER_COUNT, &g);
	if (g.best)
		HINT(s->c, d, "did you mean '%s'?", g.best);
	else if (s->nparts == 1)
		HINT(s->c, d,
		     "a tracepoint is written CATEGORY:EVENT; pktscript -l '*:*%s*' looks for it",
		     s->parts[0]);
}

static void expand_spec(struct spec *s)
{
	split(s, with_params(s));
	s->provider = find_provider(s->parts[0]);
	if (!s->provider && s->nparts != 2) {
		unknown_provider(s);
		return;
	}
	if (s->provider) {
		s->nparts--;
		memmove(s->parts, s->parts + 1, s->nparts * sizeof(*s->parts));
	} else {
		s->provider = &provider_rows[PROVIDER_tracepoint];
	}
	expand[s->provider->id](s);
}

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
}

/* Places that may share a program have the same bodies and the same signature. */
struct place {
	struct attach attach;
	const struct tracepoint *tp;
	const struct node **probes; /* PROBE nodes that name it, in order */
	uint32_t nprobes;
	const char *signature;
};

struct places {
	struct place *list;
	uint32_t count;
};

static struct place *find_place(struct checker *c, struct places *ps, const struct attach *at)
{
	bool repeats = at->provider->prog == PROG_CALL && at->number;

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

/* What makes the code of a place differ from that of another. */
static void sign_place(struct checker *c, struct place *p)
{
	enum varies v = VARIES_NO;
	const char *s = arena_printf(c->arena, "%s", p->attach.provider->section);

	for (uint32_t i = 0; i < c->nfunctions; i++)
		node_walk(c->functions[i], widest, &v);
	for (uint32_t i = 0; i < p->nprobes; i++) {
		node_walk(p->probes[i], widest, &v);
		s = arena_printf(c->arena, "%s %u", s, p->probes[i]->span.offset);
	}
	if (p->attach.provider->prog == PROG_TRACEPOINT && (v == VARIES_ARGS || v == VARIES_NAME)) {
		p->tp = kernel_tracepoint(c->kernel, p->attach.target, p->attach.symbol);
		s = arena_printf(c->arena, "%s %s", s, format_signature(c, p->tp));
	}
	if (v == VARIES_NAME || p->attach.provider->prog == PROG_CALL)
		s = arena_printf(c->arena, "%s %s %" PRIu64, s, p->attach.name, p->attach.number);
	p->signature = s;
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

static void make_programs(struct checker *c, struct places *ps)
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
						    .provider = p->attach.provider }));
			signatures[j] = p->signature;
			add_bodies(c, &c->programs[j], p);
		}
		prog = &c->programs[j];
		prog->pid_filter = c->options->pid && prog->provider->prog != PROG_CALL;
		attaches = (struct attach *)prog->attaches;
		VEC_PUSH(c->arena, attaches, prog->nattaches, p->attach);
		prog->attaches = attaches;
	}
}

/* One PROBE node: its specs' places, each once. */
static void place_probe(struct checker *c, struct places *ps, const struct node *probe)
{
	for (uint32_t i = 0; i < probe->number; i++) {
		struct spec s = { .c = c, .node = probe->kids[i] };

		expand_spec(&s);
		for (uint32_t j = 0; j < s.nout; j++) {
			struct place *p = find_place(c, ps, &s.out[j]);

			if (p->nprobes && p->probes[p->nprobes - 1] == probe)
				continue;
			VEC_PUSH(c->arena, p->probes, p->nprobes, probe);
			c->nattaches++;
		}
	}
}

void check_probes(struct checker *c, struct node *script)
{
	struct places ps = { 0 };
	uint32_t probes = 0;

	for (uint32_t i = 0; i < script->nkids; i++) {
		if (script->kids[i]->kind != NODE_PROBE)
			continue;
		place_probe(c, &ps, script->kids[i]);
		probes++;
	}
	if (!probes)
		HINT(c, ERR(c, NO_PROBES, script->span, "the script has no probes"),
		     "a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }");
	if (c->nattaches > c->config.max_probes)
		HINT(c,
		     ERR(c, TOO_MANY_PROBES, script->span,
			 "the script has %u probes, more than %" PRIu64, c->nattaches,
			 c->config.max_probes),
		     "config = { max_probes = %u } allows them", c->nattaches);
	make_programs(c, &ps);
}
