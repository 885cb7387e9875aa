/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_AGG_H
#define PARSER_AGG_H

#include <stdint.h>

/*
 * What one event does to a cell, and how the CPUs' cells fold into one:
 * INC, ADD, LOG2 and LINEAR add; MIN and MAX take the larger encoded value; SEEN is 0 until there
 * is an event; SERIES below.
 * Encoded: x' = x ^ (signed ? 1 << 63 : 0), and MIN keeps ~x'. A zero cell is then
 * the smallest possible MAX and the largest possible MIN: no event needs to look at SEEN.
 */
enum cell_op {
	CELL_NONE,
	CELL_INC,
	CELL_ADD,
	CELL_MIN,
	CELL_MAX,
	CELL_SEEN,
	CELL_LOG2,
	CELL_LINEAR,
	CELL_SERIES
};

enum agg_print { AGG_CELL, AGG_AVERAGE, AGG_STATS, AGG_BUCKETS, AGG_QUANTILES, AGG_SERIES };

#define AGG_MAX_CELLS 4

struct agg {
	const char *name;
	enum cell_op cells[AGG_MAX_CELLS]; /* ends with CELL_NONE */
	enum agg_print print;
	uint8_t min_args, max_args;
	const char *doc;
};

extern const struct agg agg_rows[];
extern const uint32_t agg_count;

/*
 * Buckets. LOG2 with k bits: index 0 holds negatives, then the values 0..2^(k+1)-1
 * one each, then 2^k per power of two. LINEAR: index 0 is below min, the last is
 * max and above, (max - min) / step in between.
 */
uint32_t agg_log2_buckets(uint8_t bits);
uint32_t agg_linear_buckets(int64_t min, int64_t max, int64_t step);
/* Cells before those that are buckets. */
uint32_t agg_first_bucket(const struct agg *agg);
/* Quantiles: the middle of a bucket is then within 1/8 of every value in it. */
#define AGG_QUANTILE_BITS 2
/*
 * A series is a row of slots, and interval number n is in slot n modulo their number. A slot is
 * the number of its interval since 1970, 0 when there was no event; the value, encoded as the
 * cell of agg_series_op(); and when the last value came, or how many values an average is of.
 */
enum series_cell { SERIES_INTERVAL, SERIES_VALUE, SERIES_MORE, SERIES_CELLS };
enum series_mode { SERIES_LAST, SERIES_AVG, SERIES_MAX, SERIES_MIN, SERIES_SUM, SERIES_MODES };
/* CELL_NONE for the last value, which just replaces the one before. */
enum cell_op agg_series_op(enum series_mode mode);

/* Lowest value of LOG2 bucket @index >= 1. The next bucket's lowest is its exclusive end. */
uint64_t agg_log2_floor(uint8_t bits, uint32_t index);

#endif
