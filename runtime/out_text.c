/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/output.h"

#include <inttypes.h>
#include <stdio.h>

#include "parser/agg.h"
#include "runtime/value.h"

void text_message(struct out *o, const char *kind, const char *text, size_t n)
{
	(void)kind;
	out_bytes(o, text, n);
}

/* The line of the script that @r is about, with ~~~ under the place. */
static void print_line(const struct remark *r, struct position at)
{
	const char *start = r->source->text + r->span.offset - (at.column - 1);
	int length = (int)strcspn(start, "\r\n"), i;

	fprintf(stderr, "%.*s\n", length, start);
	for (i = 0; i + 1 < (int)at.column; i++)
		fputc(start[i] == '\t' ? '\t' : ' ', stderr);
	for (i = 0; i < (int)r->span.length && i + (int)at.column <= length; i++)
		fputc('~', stderr);
	fputc('\n', stderr);
}

void text_remark(struct out *o, const struct remark *r)
{
	struct position at = source_position(r->source, r->span);

	(void)o;
	fprintf(stderr, "%s:%u:%u-%u: %s: ", remark_file(at.name), at.line, at.column,
		at.column + r->span.length, r->word);
	if (r->place || !r->helper) {
		fprintf(stderr, "%.*s\n", (int)r->length, r->text);
		if (r->place)
			print_line(r, at);
		if (r->helper)
			fprintf(stderr, "Additional Info - helper: %s, retcode: %" PRId64 "\n",
				r->helper, r->returned);
		return;
	}
	fprintf(stderr, "Failed to %s: %s (%" PRId64 ")\n", r->helper, r->text, r->returned);
	print_line(r, at);
}

void text_value(struct out *o, const struct type *t, const void *data)
{
	value_print(o, t, data, VALUE_TEXT);
	out_char(o, '\n');
}

/* What follows "@name" or "@name[key]": bars stand on lines of their own. */
static void map_value(struct out *o, const struct map *map, const void *value)
{
	bool bars = type_is(map->value, TYPE_AGG) &&
		    (map->value->agg->print == AGG_BUCKETS || map->value->agg->print == AGG_SERIES);

	out_string(o, bars ? ":\n" : ": ");
	text_value(o, map->value, value);
}

void text_map(struct out *o, const struct rows *r)
{
	const struct map *map = r->map;
	uint32_t i;

	for (i = r->first; i < r->count; i++) {
		out_string(o, map->name);
		if (!rows_scalar(map)) {
			out_char(o, '[');
			value_print_key(o, map->key, r->row[i].key, VALUE_TEXT);
			out_char(o, ']');
		}
		map_value(o, map, r->row[i].value);
	}
	if (r->other) {
		out_string(o, map->name);
		out_string(o, "[(other)]");
		map_value(o, map, r->other);
	}
}

void text_attached(struct out *o, uint32_t n)
{
	(void)o;
	fprintf(stderr, "Attached %" PRIu32 " probe%s\n", n, n == 1 ? "" : "s");
}

void text_ended(struct out *o)
{
	out_bytes(o, "\n\n", 2);
}

static const char *lost_part(const char *before, uint64_t n, const char *what)
{
	if (!n)
		return before;
	fprintf(stderr, "%s%" PRIu64 " %s%s", before, n, what, n == 1 ? "" : "s");
	return ", ";
}

void text_lost(struct out *o, const struct losses *l)
{
	const char *before = "lost: ";

	(void)o;
	before = lost_part(before, l->events, "event");
	before = lost_part(before, l->map_updates, "map update");
	before = lost_part(before, l->skipped_runs, "skipped run");
	if (*before == ',')
		fputc('\n', stderr);
	if (l->unkeyed)
		fprintf(stderr,
			"unkeyed: %" PRIu64 " (a key's field was absent; FIELD ?? DEFAULT)\n",
			l->unkeyed);
	if (l->tls_split)
		fprintf(stderr,
			"tls.split: %" PRIu64 " (a hello of TLS goes on in another packet)\n",
			l->tls_split);
	if (l->hint)
		fprintf(stderr, "hint: %s\n", l->hint);
}

void text_latency(struct out *o, const struct latencies *l)
{
	(void)o;
	fprintf(stderr, "%s: %" PRIu64 " sample%s", l->name, l->samples,
		l->samples == 1 ? "" : "s");
	fprintf(stderr, ", unmatched: %" PRIu64 " start%s", l->starts, l->starts == 1 ? "" : "s");
	if (l->counts_ends)
		fprintf(stderr, " %" PRIu64 " end%s", l->ends, l->ends == 1 ? "" : "s");
	if (l->repeated)
		fprintf(stderr, ", repeated: %" PRIu64, l->repeated);
	if (l->evicted)
		fprintf(stderr, ", evicted: %" PRIu64 " (config = { latency_keys = N })",
			l->evicted);
	fputc('\n', stderr);
}
