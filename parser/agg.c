/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/agg.h"

#include <stddef.h>

#define CELLS(...)                                       \
	{                                                \
		FOR_CELLS(__VA_ARGS__, NONE, NONE, NONE) \
	}
#define FOR_CELLS(a, b, c, ...) CELL_##a, CELL_##b, CELL_##c
#define ARGS(min, max) min, max

const struct agg agg_rows[] = {
#define AGG(name, cells, print, args, doc) { #name, cells, AGG_##print, args, doc },
#include "parser/agg.def"
#undef AGG
};
const uint32_t agg_count = sizeof(agg_rows) / sizeof(*agg_rows);

enum cell_op agg_series_op(enum series_mode mode)
{
	static const enum cell_op ops[SERIES_MODES] = {
		[SERIES_LAST] = CELL_NONE, [SERIES_AVG] = CELL_ADD, [SERIES_MAX] = CELL_MAX,
		[SERIES_MIN] = CELL_MIN,   [SERIES_SUM] = CELL_ADD,
	};

	return ops[mode];
}

/* Negatives, 2^(bits+1) single values, then 2^bits for each further power of two. */
uint32_t agg_log2_buckets(uint8_t bits)
{
	return 1 + (2u << bits) + ((64u - bits - 1) << bits);
}

uint32_t agg_linear_buckets(int64_t min, int64_t max, int64_t step)
{
	return ((uint64_t)max - (uint64_t)min + (uint64_t)step - 1) / (uint64_t)step + 2;
}

uint32_t agg_first_bucket(const struct agg *agg)
{
	uint32_t i = 0;

	while (agg->cells[i] != CELL_LOG2 && agg->cells[i] != CELL_LINEAR)
		i++;
	return i;
}

uint64_t agg_log2_floor(uint8_t bits, uint32_t index)
{
	uint32_t singles = 2u << bits, i = index - 1;

	if (i < singles)
		return i;
	i -= singles;
	return ((1ull << bits) + (i & ((1u << bits) - 1))) << (1 + (i >> bits));
}
