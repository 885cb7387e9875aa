/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/quantile.h"

#include "parser/agg.h"
#include "runtime/cells.h"

static const struct {
	const char *name;
	uint32_t percent;
} quantiles[] = { { "p50", 50 }, { "p90", 90 }, { "p99", 99 } };

/* The middle of bucket @i >= 1. */
static uint64_t middle(const struct type *t, uint32_t i)
{
	uint64_t low = agg_log2_floor(t->bits, i);

	return low + (agg_log2_floor(t->bits, i + 1) - low) / 2;
}

uint64_t quantile_value(const struct type *t, const uint64_t *cells, uint32_t percent)
{
	struct extremes e = cells_extremes(t, cells);
	uint64_t rank, v, before = 0;
	uint32_t first = agg_first_bucket(t->agg), i = first;

	rank = (uint64_t)(((unsigned __int128)cells_events(t, cells) * percent + 99) / 100);
	while (i + 1 < t->count && before + cells[i] < rank)
		before += cells[i++];
	if (i == first) /* negatives, or no event */
		return e.min;
	v = middle(t, i - first);
	v = v > e.max ? e.max : v;
	return t->is_signed && (int64_t)e.min < 0 ? v : v < e.min ? e.min : v;
}

static void print_name(struct out *o, const char *name, enum value_mode mode)
{
	out_string(o, mode == VALUE_JSON ? "\"" : "");
	out_string(o, name);
	out_string(o, mode == VALUE_JSON ? "\": " : " ");
}

static void print_member(struct out *o, const char *name, const struct type *t, uint64_t v,
			 enum value_mode mode)
{
	print_name(o, name, mode);
	value_print(o, t, &v, mode);
	out_string(o, ", ");
}

static void print_quantile(struct out *o, const char *name, const struct type *t, uint64_t v,
			   enum value_mode mode)
{
	if (!t->is_signed || (int64_t)v >= 0) {
		print_member(o, name, t, v, mode);
		return;
	}
	print_name(o, name, mode);
	out_string(o, mode == VALUE_JSON ? "null, " : "<0, ");
}

void quantile_print(struct out *o, const struct type *t, const uint64_t *cells,
		    enum value_mode mode)
{
	const struct type *number = t->elem ? t->elem : t->is_signed ? &type_int64 : &type_uint64;
	struct extremes e = cells_extremes(t, cells);

	out_string(o, mode == VALUE_JSON ? "{" : "");
	print_member(o, "count", &type_uint64, cells_events(t, cells), mode);
	print_member(o, "min", number, e.min, mode);
	for (size_t i = 0; i < sizeof(quantiles) / sizeof(*quantiles); i++)
		print_quantile(o, quantiles[i].name, number,
			       quantile_value(t, cells, quantiles[i].percent), mode);
	print_name(o, "max", mode);
	value_print(o, number, &e.max, mode);
	out_string(o, mode == VALUE_JSON ? "}" : "");
}
