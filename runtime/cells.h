/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CELLS_H
#define RUNTIME_CELLS_H

/* The 8-byte cells of an aggregation: folding the CPUs' cells, and what they mean. */

#include <stdint.h>

#include "parser/type.h"

/* Adds one CPU's cells @from to @into. Cells of no event are zero. */
void cells_fold(const struct type *t, uint64_t *into, const uint64_t *from);

/*
 * The number that an aggregation with one stands for: the first cell or the average. Its
 * bits are those of an int64_t when cells_signed(). No event at all gives 0.
 */
uint64_t cells_number(const struct type *t, const uint64_t *cells);
bool cells_signed(const struct type *t);

/* count, average and total of a type with statistics. */
struct stats {
	uint64_t count, average, total;
};
struct stats cells_stats(const struct type *t, const uint64_t *cells);

/* Events in all buckets. */
uint64_t cells_events(const struct type *t, const uint64_t *cells);

/* Of an aggregation with MIN, MAX and buckets; no event at all gives 0. */
struct extremes {
	uint64_t min, max;
};
struct extremes cells_extremes(const struct type *t, const uint64_t *cells);

/* Divides what print(@m, top, div) divides; counts of averages and linear buckets stay. */
void cells_divide(const struct type *t, uint64_t *cells, uint64_t by);

#endif
