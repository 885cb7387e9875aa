/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/output.h"

#include "parser/agg.h"
#include "runtime/value.h"

static void begin(struct out *o, const char *kind)
{
	out_string(o, "{\"type\": \"");
	out_string(o, kind);
	out_string(o, "\", \"data\": ");
}

static void end(struct out *o)
{
	out_bytes(o, "}\n", 2);
}

void json_message(struct out *o, const char *kind, const char *text, size_t n)
{
	begin(o, kind);
	out_json_string(o, text, n);
	end(o);
}

void json_remark(struct out *o, const struct remark *r)
{
	struct position at = source_position(r->source, r->span);

	begin(o, r->kind);
	out_string(o, "{\"msg\": ");
	out_json_string(o, r->text, r->length);
	if (r->helper) {
		out_string(o, ", \"helper\": ");
		out_json_string(o, r->helper, strlen(r->helper));
		out_string(o, ", \"retcode\": ");
		out_signed(o, r->returned);
	}
	out_string(o, ", \"filename\": ");
	out_json_string(o, remark_file(at.name), strlen(remark_file(at.name)));
	out_string(o, ", \"line\": ");
	out_unsigned(o, at.line);
	out_string(o, ", \"col\": ");
	out_unsigned(o, at.column);
	out_char(o, '}');
	end(o);
}

void json_value(struct out *o, const struct type *t, const void *data)
{
	begin(o, "value");
	value_print(o, t, data, VALUE_JSON);
	end(o);
}

static const char *map_kind(const struct type *t)
{
	if (!type_is(t, TYPE_AGG))
		return "map";
	switch (t->agg->print) {
	case AGG_AVERAGE:
	case AGG_STATS:
		return "stats";
	case AGG_BUCKETS:
		return "hist";
	case AGG_QUANTILES:
		return "quantile";
	case AGG_SERIES:
		return "tseries";
	case AGG_CELL:
	default:
		return "map";
	}
}

static void map_rows(struct out *o, const struct rows *r)
{
	const struct map *map = r->map;
	const char *before = "";
	struct out key;
	uint32_t i;

	out_open(&key, -1);
	key.max_strlen = o->max_strlen;
	key.names = o->names;
	for (i = r->first; i < r->count; i++) {
		out_reset(&key);
		value_print_key(&key, map->key, r->row[i].key, VALUE_KEY);
		out_string(o, before);
		out_json_string(o, key.data, key.length);
		out_string(o, ": ");
		value_print(o, map->value, r->row[i].value, VALUE_JSON);
		before = ", ";
	}
	out_close(&key);
	if (r->other) {
		out_string(o, before);
		out_string(o, "\"(other)\": ");
		value_print(o, map->value, r->other, VALUE_JSON);
	}
}

void json_map(struct out *o, const struct rows *r)
{
	const struct map *map = r->map;

	begin(o, map_kind(map->value));
	out_char(o, '{');
	out_json_string(o, map->name, strlen(map->name));
	out_string(o, ": ");
	if (rows_scalar(map)) {
		value_print(o, map->value, r->row[0].value, VALUE_JSON);
	} else {
		out_char(o, '{');
		map_rows(o, r);
		out_char(o, '}');
	}
	out_char(o, '}');
	end(o);
}

void json_attached(struct out *o, uint32_t n)
{
	out_string(o, "{\"type\": \"attached_probes\", \"count\": ");
	out_unsigned(o, n);
	out_string(o, ", \"data\": {\"probes\": ");
	out_unsigned(o, n);
	out_char(o, '}');
	end(o);
}

void json_ended(struct out *o)
{
	(void)o;
}

void json_lost(struct out *o, const struct losses *l)
{
	begin(o, "lost_events");
	out_string(o, "{\"events\": ");
	out_unsigned(o, l->events);
	out_string(o, ", \"map_updates\": ");
	out_unsigned(o, l->map_updates);
	if (l->skipped_runs) {
		out_string(o, ", \"skipped_runs\": ");
		out_unsigned(o, l->skipped_runs);
	}
	if (l->unkeyed) {
		out_string(o, ", \"unkeyed\": ");
		out_unsigned(o, l->unkeyed);
	}
	if (l->tls_split) {
		out_string(o, ", \"tls_split\": ");
		out_unsigned(o, l->tls_split);
	}
	out_char(o, '}');
	end(o);
}

static void member(struct out *o, const char *name, uint64_t n)
{
	out_string(o, ", \"");
	out_string(o, name);
	out_string(o, "\": ");
	out_unsigned(o, n);
}

void json_latency(struct out *o, const struct latencies *l)
{
	begin(o, "latency");
	out_string(o, "{\"name\": ");
	out_json_string(o, l->name, strlen(l->name));
	member(o, "samples", l->samples);
	member(o, "unmatched_starts", l->starts);
	if (l->counts_ends)
		member(o, "unmatched_ends", l->ends);
	member(o, "repeated", l->repeated);
	member(o, "evicted", l->evicted);
	out_char(o, '}');
	end(o);
}
