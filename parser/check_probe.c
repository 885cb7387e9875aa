/* SPDX-License-Identifier: Apache-2.0 */
/* From "net:*, interval:s:1" to places to attach. */
#include "parser/probe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/netdev.h"
#include "parser/latency.h"

struct attach *probe_add(struct spec *s, const char *name)
{
	VEC_PUSH(s->c->arena, s->out, s->nout,
		 ((struct attach){ .provider = s->provider,
				   .prog = s->provider->prog,
				   .name = name,
				   .span = s->node->span }));
	return &s->out[s->nout - 1];
}

struct diag *probe_malformed(struct spec *s)
{
	struct diag *g = ERR(s->c, BAD_PROBE, s->node->span, "malformed probe '%s'", s->node->text);

	HINT(s->c, g, "written %s", s->provider->syntax);
	return g;
}

bool probe_has_glob(const char *s)
{
	return strpbrk(s, "*?") != NULL;
}

void probe_kernel_says(struct spec *s, enum diag_id id)
{
	struct diag *g = diag_add(s->c->diags, id, s->node->span, "%s", kernel_error(s->c->kernel));

	if (kernel_hint(s->c->kernel))
		HINT(s->c, g, "%s", kernel_hint(s->c->kernel));
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
	/* What bpftrace called them before 0.20. */
	if (!strcmp(name, "kfunc"))
		name = "fentry";
	else if (!strcmp(name, "kretfunc"))
		name = "fexit";
	else if (!strcmp(name, "asyncwatchpoint") || !strcmp(name, "aw"))
		name = "watchpoint"; /* ours stop nobody */
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
	struct span span = { s->node->span.offset, strlen(s->parts[0]) };
	struct diag *d = ERR(s->c, UNKNOWN_PROBE, span, "unknown probe type '%s'", s->parts[0]);

	TABLE_SUGGEST(provider_rows, PROVIDER_COUNT, &g);
	if (g.best)
		HINT(s->c, d, "did you mean '%s'?", g.best);
	else if (s->nparts == 1)
		HINT(s->c, d,
		     "a tracepoint is written CATEGORY:EVENT; pktscript -l '*:*%s*' looks for it",
		     s->parts[0]);
	else
		HINT(s->c, d, "pktscript -l probes lists the types that there are");
}

static void drop_parts(struct spec *s, uint32_t n)
{
	s->nparts -= n;
	memmove(s->parts, s->parts + n, s->nparts * sizeof(*s->parts));
}

/* "netns:NAME:tc:ingress:eth0" */
static void take_netns(struct spec *s)
{
	if (strcmp(s->parts[0], "netns") || s->nparts < 3)
		return;
	s->netns = s->parts[1];
	drop_parts(s, 2);
}

static bool takes_netns(const struct provider *p)
{
	return p->id == PROVIDER_xdp || p->id == PROVIDER_tc || p->id == PROVIDER_socket;
}

static void misplaced_netns(struct spec *s)
{
	HINT(s->c,
	     ERR(s->c, BAD_PROBE, s->node->span,
		 "'netns:' stands before xdp, tc and socket probes"),
	     "a %s probe sees all namespaces; curtask->nsproxy->net_ns->ns.inum is the current one",
	     s->provider->name);
}

static void expand_spec(struct spec *s)
{
	s->text = with_params(s);
	split(s, arena_strdup(s->c->arena, s->text));
	take_netns(s);
	s->provider = find_provider(s->parts[0]);
	if (!s->provider && s->nparts != 2) {
		unknown_provider(s);
		return;
	}
	if (s->provider)
		drop_parts(s, 1);
	else
		s->provider = &provider_rows[PROVIDER_tracepoint];
	if (s->netns && !takes_netns(s->provider))
		misplaced_netns(s);
	else
		expand[s->provider->id](s);
}

/* What the kernel does not have may be a warning, or nothing: config missing_probes. */
static void forgive_missing(struct checker *c, uint32_t from, uint64_t how)
{
	uint32_t kept = from;

	if (how == MISSING_ERROR)
		return;
	for (uint32_t i = from; i < c->diags->count; i++) {
		struct diag *g = c->diags->list[i];

		if (g->id == E_UNKNOWN_PROBE) {
			c->diags->errors--;
			g->id = W_MISSING_PROBE;
			if (how == MISSING_IGNORE)
				continue;
		}
		c->diags->list[kept++] = g;
	}
	c->diags->count = kept;
}

/* Functions come and go with versions: of a list of them, one that is there is enough. */
static bool is_function(const struct provider *p)
{
	return p && (p->prog == PROG_REGS || p->prog == PROG_FUNC);
}

/* One PROBE node: its specs' places, each once. */
static void place_probe(struct checker *c, struct places *ps, const struct node *probe)
{
	uint32_t first = c->diags->count, before = c->nattaches, functions = 0;
	bool replayed = false;

	for (uint32_t i = 0; i < probe->number; i++) {
		struct spec s = { .c = c, .node = probe->kids[i] };
		uint32_t diags = c->diags->count;

		expand_spec(&s);
		functions += is_function(s.provider);
		if (s.provider)
			forgive_missing(c, diags, c->config.missing_probes);
		if (c->options->replay)
			probe_replay(&s);
		if (c->nattaches + s.nout > c->config.max_probes) {
			c->nattaches += s.nout;
			continue;
		}
		for (uint32_t j = 0; j < s.nout; j++) {
			bool packets = probe_replayed(c, &s.out[j]);
			struct place *p;

			/* A body sees each packet of a file once, whatever probes it has. */
			if (packets && replayed)
				continue;
			replayed = replayed || packets;
			p = place_find(c, ps, &s.out[j]);
			if (p->nprobes && p->probes[p->nprobes - 1] == probe)
				continue;
			VEC_PUSH(c->arena, p->probes, p->nprobes, probe);
			c->nattaches += !probe->prefix;
		}
	}
	if (c->nattaches > before && functions == probe->number)
		forgive_missing(c, first, MISSING_WARN);
}

/* --netns does not narrow what sees all namespaces: that is easily thought. */
static void warn_netns(struct checker *c, const struct places *ps)
{
	for (uint32_t i = 0; i < ps->count; i++)
		if (takes_netns(ps->list[i].attach.provider))
			return;
	if (kernel_netns(c->kernel) && ps->count)
		HINT(c,
		     diag_add(c->diags, W_NO_EFFECT, ps->list[0].attach.span,
			      "--netns changes nothing here"),
		     "it is for xdp, tc and socket probes; others see all namespaces");
}

void check_probes(struct checker *c, struct node *script)
{
	struct places ps = { 0 };
	uint32_t probes = 0;

	for (uint32_t i = 0; i < script->nkids; i++) {
		if (script->kids[i]->kind != NODE_PROBE)
			continue;
		place_probe(c, &ps, script->kids[i]);
		probes += !script->kids[i]->prefix;
	}
	if (!probes)
		HINT(c, ERR(c, NO_PROBES, script->span, "the script has no probes"),
		     "a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }");
	if (probes && !c->nattaches && !c->diags->errors)
		ERR(c, NO_PROBES, script->span, "none of the script's probes exists");
	if (c->nattaches > c->config.max_probes)
		HINT(c,
		     ERR(c, TOO_MANY_PROBES, script->kids[script->nkids - 1]->kids[0]->span,
			 "the script has %u probes, more than %" PRIu64, c->nattaches,
			 c->config.max_probes),
		     "config = { max_probes = %u } allows them", c->nattaches);
	probe_check_iter(c, &ps);
	warn_netns(c, &ps);
	for (uint32_t i = 0; i < ps.count; i++)
		latency_place(c, &ps.list[i]);
	place_programs(c, &ps);
	if (c->nprograms > c->config.max_bpf_progs)
		HINT(c,
		     ERR(c, TOO_MANY_PROBES, script->kids[script->nkids - 1]->kids[0]->span,
			 "the script takes %u programs, more than %" PRIu64, c->nprograms,
			 c->config.max_bpf_progs),
		     "config = { max_bpf_progs = %u } allows them", c->nprograms);
}

uint32_t check_probe_list(struct arena *a, struct kernel *k, const char *text, struct diags *d,
			  const struct attach **places)
{
	static const struct check_options options;
	struct checker c = { .arena = a, .kernel = k, .diags = d, .options = &options };
	struct node node = { .kind = NODE_SPEC, .text = text, .length = strlen(text) };
	struct spec s = { .c = &c, .node = &node };

	node.span.length = node.length;
	expand_spec(&s);
	*places = s.out;
	return s.nout;
}
