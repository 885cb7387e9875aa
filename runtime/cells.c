/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/cells.h"

#include "parser/agg.h"
#include "runtime/quantile.h"
#include "runtime/series.h"

static uint64_t sign_bit(const struct type *t)
{
	return t->is_signed ? 1ull << 63 : 0;
}

static uint64_t quotient(const struct type *t, uint64_t v, uint64_t by)
{
	if (!t->is_signed)
		return v / by;
	if (by > INT64_MAX)
		return 0;
	return (uint64_t)((int64_t)v / (int64_t)by);
}

/* Cells that operation @op covers when it begins at cell @i: buckets take the rest. */
static uint32_t cells_of(const struct type *t, enum cell_op op, uint32_t i)
{
	return op == CELL_LOG2 || op == CELL_LINEAR ? t->count - i : 1;
}

void cells_fold(const struct type *t, uint64_t *into, const uint64_t *from)
{
	uint32_t i = 0, op, n;

	if (t->agg->print == AGG_SERIES) {
		series_fold(t, into, from);
		return;
	}
	for (op = 0; op < AGG_MAX_CELLS && i < t->count; op++) {
		enum cell_op what = t->agg->cells[op];

		for (n = cells_of(t, what, i); n; n--, i++) {
			if (what != CELL_MIN && what != CELL_MAX)
				into[i] += from[i];
			else if (from[i] > into[i])
				into[i] = from[i];
		}
	}
}

static uint64_t decode_extreme(const struct type *t, enum cell_op op, uint64_t cell)
{
	return (op == CELL_MIN ? ~cell : cell) ^ sign_bit(t);
}

static uint64_t decode(const struct type *t, enum cell_op op, const uint64_t *cells)
{
	if (op != CELL_MIN && op != CELL_MAX)
		return cells[0];
	/* A cell of no event would read as the largest possible minimum. */
	return cells[1] ? decode_extreme(t, op, cells[0]) : 0;
}

static uint64_t encode(const struct type *t, enum cell_op op, uint64_t value)
{
	if (op != CELL_MIN && op != CELL_MAX)
		return value;
	value ^= sign_bit(t);
	return op == CELL_MIN ? ~value : value;
}

struct stats cells_stats(const struct type *t, const uint64_t *cells)
{
	struct stats s = { .count = cells[0], .total = cells[1] };

	s.average = s.count ? quotient(t, s.total, s.count) : 0;
	return s;
}

bool cells_signed(const struct type *t)
{
	/* A count is never negative, whatever it counts. */
	return t->is_signed && (t->agg->print != AGG_CELL || t->agg->cells[0] != CELL_INC);
}

uint64_t cells_number(const struct type *t, const uint64_t *cells)
{
	if (t->agg->print == AGG_AVERAGE || t->agg->print == AGG_STATS)
		return cells_stats(t, cells).average;
	if (t->agg->print == AGG_QUANTILES)
		return quantile_value(t, cells, 50);
	return decode(t, t->agg->cells[0], cells);
}

uint64_t cells_events(const struct type *t, const uint64_t *cells)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = agg_first_bucket(t->agg); i < t->count; i++)
		sum += cells[i];
	return sum;
}

struct extremes cells_extremes(const struct type *t, const uint64_t *cells)
{
	if (!cells_events(t, cells))
		return (struct extremes){ 0 };
	return (struct extremes){
		.min = decode_extreme(t, CELL_MIN, cells[0]),
		.max = decode_extreme(t, CELL_MAX, cells[1]),
	};
}

void cells_divide(const struct type *t, uint64_t *cells, uint64_t by)
{
	enum cell_op op = t->agg->cells[0];
	uint32_t i;

	if (t->agg->print == AGG_AVERAGE || t->agg->print == AGG_STATS) {
		cells[1] = quotient(t, cells[1], by);
	} else if (op == CELL_LOG2) {
		for (i = 0; i < t->count; i++)
			cells[i] /= by;
	} else if (op == CELL_INC) {
		cells[0] /= by;
	} else if (op != CELL_LINEAR && op != CELL_SERIES) {
		cells[0] = encode(t, op, quotient(t, decode(t, op, cells), by));
	}
}
