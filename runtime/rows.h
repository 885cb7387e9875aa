/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_ROWS_H
#define RUNTIME_ROWS_H

/* The content of a map, read from the kernel, CPUs folded, and sorted for printing. */

#include "parser/plan.h"

/* A map of the script as loaded. */
struct live_map {
	const struct map *map;
	int fd;
	int overflow_fd;        /* -1: none */
	uint32_t overflow_size; /* bytes of its value, whose last 8 are the written flag */
};

struct row {
	uint64_t rank; /* order of what the map is sorted by first */
	const unsigned char *key;
	unsigned char *value;
};

struct rows {
	const struct map *map;
	struct row *row;
	uint32_t count;
	uint32_t first;       /* rows before this one are not wanted: print(@m, top) */
	unsigned char *other; /* folded value of what a full map refused, or NULL */
	bool written;         /* scalars: a value was ever set; row[0] is there anyhow */
	unsigned char *store; /* keys and values, one after the other */
	uint32_t stride, value_at;
	size_t room;
};

/* Reads the whole map. Returns 0 or -errno; rows_free() in both cases. */
int rows_read(struct rows *r, const struct live_map *m);
/* Reads one key, whose value is zero when it is not there. Returns 0 or -errno. */
int rows_read_key(struct rows *r, const struct live_map *m, const void *key);
void rows_free(struct rows *r);

/* An empty set of rows for @map, and one more row with @key and the CPUs' @values folded. */
void rows_begin(struct rows *r, const struct map *map);
void rows_add(struct rows *r, const void *key, const void *values, uint32_t cpus);

/* Sorts as maps print, keeps the last @top rows (0: all) and divides values by @div (0: 1). */
void rows_arrange(struct rows *r, uint64_t top, uint64_t div);

/* clear(): deletes every key. zero(): keys stay, values become 0. Return 0 or -errno. */
int rows_clear(const struct live_map *m);
int rows_zero(const struct live_map *m);

/* Whether the map keeps a value per CPU, and bytes per CPU of what the kernel hands out. */
bool rows_per_cpu(const struct map *map);
bool rows_scalar(const struct map *map);

/* Keys in the map, or 0 when they cannot be counted. */
uint32_t rows_count_keys(const struct live_map *m);

#endif
