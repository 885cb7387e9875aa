/* SPDX-License-Identifier: Apache-2.0 */
/* Latencies: the probes that keep the time of an event, and those that look it up at another. */
#include "parser/latency.h"

#include <inttypes.h>
#include <string.h>

#include "parser/parse.h"
#include "parser/probe.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum latency_of { OF_PACKET, OF_CONN };

/* What a second start under a key that has one means. */
enum again { AGAIN_REPLACE, AGAIN_FIRST, AGAIN_DISCARD };

struct latency_row {
	const char *name;
	enum latency_of of;
	enum again again;
	uint64_t limit_ns;
};

static const struct latency_row rows[] = {
#define LATENCY(name, of, again, limit_ns) { name, OF_##of, AGAIN_##again, limit_ns },
#include "parser/latency.def"
};

static const struct step {
	const char *name, *probes, *condition, *key, *mark;
	bool counted;
} starts[] = {
#define START(name, probes, condition, key, mark) { name, probes, condition, key, mark, true },
#include "parser/latency.def"
}, ends[] = {
#define END(name, probe, counted, condition, key, mark) \
	{ name, probe, condition, key, mark, counted },
#include "parser/latency.def"
}, forgets[] = {
#define FORGET(name, probes, key) { name, probes, "1", key, NULL, true },
#include "parser/latency.def"
};

/* ---- their text ---- */

#define COUNT_ONE(counter) "@" counter " = count(); "

/* What is kept under $k: when it was, the mark $m, and 1, or 2 when it was seen again. */
#define KEEP "if ($s.2) { " COUNT_ONE("replaced") "} @[$k] = (nsecs, $m, 1); " COUNT_ONE("starts")

/* The condition that $s is the start of what has mark $m. */
static const char *same(struct checker *c, const struct latency_row *row)
{
	return arena_printf(c->arena,
			    "$s.2 && $s.1 == $m && (!%" PRIu64 " || nsecs - $s.0 < %" PRIu64 ")",
			    row->limit_ns, row->limit_ns);
}

static const char *key(struct checker *c, const struct latency_row *row, const struct step *s)
{
	if (row->of == OF_PACKET)
		return s->key;
	return arena_printf(c->arena, "(%s, %s)", c->options->replay ? "0" : "netns ?? 0", s->key);
}

static const char *start_text(struct checker *c, const struct latency_row *row,
			      const struct step *s)
{
	const char *keep =
		row->again == AGAIN_REPLACE ? "1" : arena_printf(c->arena, "!(%s)", same(c, row));
	const char *again = row->again == AGAIN_DISCARD ? "@[$k] = ($s.0, $m, 2);" : "";

	return arena_printf(c->arena,
			    "%s { if (%s) { $k = %s; $m = (uint64)(%s); $s = @[$k]; "
			    "if (%s) { " KEEP "} else { %s } } }\n",
			    s->probes, s->condition, key(c, row, s), s->mark, keep, again);
}

/* $t is the latency and 1, for packet_latency(); 0 where nothing is assigned to it. */
static const char *end_text(struct checker *c, const struct latency_row *row, const struct step *s)
{
	return arena_printf(
		c->arena,
		"%s { if (%s) { $k = %s; $m = (uint64)(%s); $s = @[$k]; "
		"if (%s) { delete(@, $k); "
		"if ($s.2 == 1) { $t = nsecs - $s.0 + 1; " COUNT_ONE(
			"samples") "} else { " COUNT_ONE("repeated") "} } else { %s } } }\n",
		s->probes, s->condition, key(c, row, s), s->mark, same(c, row),
		s->counted ? COUNT_ONE("ends") : "");
}

static const char *forget_text(struct checker *c, const struct step *s)
{
	return arena_printf(c->arena, "%s { if (delete(@, %s)) { " COUNT_ONE("freed") "} }\n",
			    s->probes, s->key);
}

/* "@starts" of lat.qdisc is "@lat.qdisc.starts": no name that a script can have. */
static void rename_one(struct checker *c, struct node *n, const char *name)
{
	if (n->kind == NODE_MAP || n->kind == NODE_MAPDECL || n->kind == NODE_VAR) {
		n->text = arena_printf(c->arena, "%c%s%s%s", n->text[0], name,
				       n->text[1] ? "." : "", n->text + 1);
		n->length = strlen(n->text);
	}
	if (n->kind == NODE_PROBE)
		n->prefix = true;
	for (uint32_t i = 0; i < n->nkids; i++)
		rename_one(c, n->kids[i], name);
}

static struct node *parsed(struct checker *c, struct source *src, const char *name,
			   const char *text)
{
	struct node *script = parse_more(c->arena, src, c->diags, name, text);

	if (script)
		rename_one(c, script, name);
	return script;
}

/* ---- what a script mentions ---- */

struct mention {
	struct checker *c;
	const struct latency_row *row;
	bool found;
};

static void mention(void *ctx, const struct node *n)
{
	struct mention *m = ctx;
	const struct packet_row *row = check_packet_row(m->c, n);

	m->found = m->found || (row && !strcmp(row->name, m->row->name));
}

static bool mentions(struct checker *c, const struct node *n, const struct latency_row *row)
{
	struct mention m = { c, row, false };

	node_walk(n, mention, &m);
	return m.found;
}

static void add_starts(struct checker *c, struct node *script, struct source *src,
		       const struct latency_row *row)
{
	const char *text =
		arena_printf(c->arena, "let @ = lruhash(%" PRIu64 ");\n", c->config.latency_keys);
	struct node *more;

	for (size_t i = 0; i < COUNT(starts); i++)
		if (!strcmp(starts[i].name, row->name))
			text = arena_printf(c->arena, "%s%s", text, start_text(c, row, &starts[i]));
	for (size_t i = 0; i < COUNT(forgets); i++)
		if (!strcmp(forgets[i].name, row->name))
			text = arena_printf(c->arena, "%s%s", text, forget_text(c, &forgets[i]));
	more = parsed(c, src, row->name, text);
	for (uint32_t i = 0; more && i < more->nkids; i++)
		node_add(c->arena, script, more->kids[i]);
}

static void add_ends(struct checker *c, struct source *src, const struct latency_row *row)
{
	for (size_t i = 0; i < COUNT(ends); i++) {
		struct node *end;

		if (strcmp(ends[i].name, row->name))
			continue;
		end = parsed(c, src, row->name, end_text(c, row, &ends[i]));
		if (end)
			VEC_PUSH(c->arena, c->ends, c->nends,
				 ((struct latency_end){ row, ends[i].probes, end->kids[0] }));
	}
}

void latency_add(struct checker *c, struct node *script, struct source *src)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!mentions(c, script, &rows[i]))
			continue;
		if (c->options->replay && rows[i].of == OF_PACKET)
			continue;
		add_starts(c, script, src, &rows[i]);
		add_ends(c, src, &rows[i]);
	}
}

/* ---- where it ends ---- */

static bool is_event(const char *probe, const char *event)
{
	return event && !strcmp(strchr(probe, ':') + 1, event);
}

bool packet_ends(const struct packet_row *row, const char *event)
{
	for (size_t i = 0; i < COUNT(ends); i++)
		if (!strcmp(ends[i].name, row->name) && is_event(ends[i].probes, event))
			return true;
	return false;
}

static bool ends_at(struct checker *c, const struct latency_end *e, const struct attach *at)
{
	if (probe_replayed(c, at))
		return true;
	return (at->provider->id == PROVIDER_tracepoint ||
		at->provider->id == PROVIDER_rawtracepoint) &&
	       is_event(e->where, at->symbol);
}

static bool place_mentions(struct checker *c, const struct place *p, const struct latency_row *row)
{
	for (uint32_t i = 0; i < p->nprobes; i++)
		if (mentions(c, p->probes[i], row))
			return true;
	return false;
}

void latency_place(struct checker *c, struct place *p)
{
	const struct latency_row *last = NULL;

	for (uint32_t i = 0; i < c->nends; i++) {
		const struct latency_end *e = &c->ends[i];
		const struct node **probes;

		if (e->row == last || !ends_at(c, e, &p->attach) || !place_mentions(c, p, e->row))
			continue;
		last = e->row;
		probes = arena_alloc(c->arena, (p->nprobes + 1) * sizeof(*probes));
		probes[0] = e->probe;
		memcpy(probes + 1, p->probes, p->nprobes * sizeof(*probes));
		p->probes = probes;
		p->nprobes++;
	}
}

const char *latency_where(struct checker *c, const char *name)
{
	const char *list = NULL;

	for (size_t i = 0; i < COUNT(ends); i++)
		if (!strcmp(ends[i].name, name))
			list = list ? arena_printf(c->arena, "%s and %s", list, ends[i].probes)
				    : ends[i].probes;
	return list;
}

bool latency_replays(const char *name)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].of == OF_CONN;
	return false;
}

/* ---- for the report ---- */

static const struct map *find_map(struct checker *c, const char *name)
{
	for (uint32_t i = 0; i < c->nmaps; i++)
		if (c->maps[i]->value.type && !strcmp(c->maps[i]->map.name, name))
			return &c->maps[i]->map;
	return NULL;
}

void latency_plan(struct checker *c, struct plan *plan)
{
	static const char *const counters[] = {
#define COUNTER(id) #id,
		LATENCY_COUNTERS(COUNTER)
#undef COUNTER
	};
	struct latency *list = NULL;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct latency l = { .name = rows[i].name };

		l.stamps = find_map(c, arena_printf(c->arena, "@%s", l.name));
		for (int j = 0; j < LATENCY_COUNTS; j++)
			l.counts[j] =
				find_map(c, arena_printf(c->arena, "@%s.%s", l.name, counters[j]));
		if (l.stamps)
			VEC_PUSH(c->arena, list, plan->nlatencies, l);
	}
	plan->latencies = list;
}
