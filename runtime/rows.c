/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rows.h"

#include <stdlib.h>
#include <string.h>

#include "parser/agg.h"
#include "runtime/cells.h"
#include "runtime/memory.h"
#include "runtime/value.h"

bool rows_per_cpu(const struct map *map)
{
	return map->storage == MAP_SCALAR_PERCPU || map->storage == MAP_HASH_PERCPU ||
	       map->storage == MAP_LRU_PERCPU;
}

bool rows_scalar(const struct map *map)
{
	return map->storage == MAP_SCALAR || map->storage == MAP_SCALAR_PERCPU;
}

static uint32_t round8(uint32_t n)
{
	return (n + 7) & ~7u;
}

void rows_begin(struct rows *r, const struct map *map)
{
	*r = (struct rows){ .map = map };
	r->value_at = rows_scalar(map) ? 0 : round8(map->key_size);
	r->stride = r->value_at + round8(map->value_size);
}

void rows_free(struct rows *r)
{
	free(r->row);
	free(r->store);
	free(r->other);
	*r = (struct rows){ .map = r->map };
}

/* One value of the CPUs': aggregations fold, integers add, of others the first in use counts. */
static void fold(const struct map *map, unsigned char *into, const unsigned char *values,
		 uint32_t cpus, uint32_t stride, uint32_t size)
{
	const struct type *t = map->value;
	uint32_t cpu, i;

	memcpy(into, values, size);
	for (cpu = 1; cpu < cpus; cpu++) {
		const unsigned char *value = values + (size_t)cpu * stride;
		uint64_t a, b;

		if (type_is(t, TYPE_AGG)) {
			cells_fold(t, (void *)into, (const void *)value);
		} else if (type_is(t, TYPE_INT) && size >= sizeof(a)) {
			memcpy(&a, into, sizeof(a));
			memcpy(&b, value, sizeof(b));
			a += b;
			memcpy(into, &a, sizeof(a));
		} else {
			for (i = 0; i < size && !into[i]; i++)
				;
			if (i == size)
				memcpy(into, value, size);
		}
	}
}

void rows_add(struct rows *r, const void *key, const void *values, uint32_t cpus)
{
	uint32_t size = r->map->value_size;
	unsigned char *at;

	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : 64;
		r->store = memory_resize(r->store, r->room, r->stride);
	}
	at = r->store + (size_t)r->count++ * r->stride;
	memset(at, 0, r->stride);
	if (r->value_at)
		memcpy(at, key, r->map->key_size);
	fold(r->map, at + r->value_at, values, cpus, round8(size), size);
}

static uint64_t rank_signed(int64_t v)
{
	return (uint64_t)v ^ 1ull << 63;
}

/* Maps are sorted by value where it is a number, else by key: then all ranks are equal. */
static uint64_t rank(const struct type *t, const unsigned char *value)
{
	const uint64_t *cells = (const uint64_t *)(const void *)value;
	int64_t v;

	switch (t->kind) {
	case TYPE_INT:
	case TYPE_ENUM:
	case TYPE_DURATION:
		v = value_integer(t, value);
		return t->is_signed ? rank_signed(v) : (uint64_t)v;
	case TYPE_AGG:
		if (t->agg->print == AGG_BUCKETS)
			return cells_events(t, cells);
		if (t->agg->print == AGG_SERIES)
			return 0;
		return cells_signed(t) ? rank_signed((int64_t)cells_number(t, cells))
				       : cells_number(t, cells);
	case TYPE_INET:
	case TYPE_IP4:
	case TYPE_IP6:
	case TYPE_ETHER:
	case TYPE_FLAGS:
	case TYPE_FLOW:
	case TYPE_OPTIONAL:
	case TYPE_MAC:
	case TYPE_KSYM:
	case TYPE_USYM:
	case TYPE_STACK:
	case TYPE_TIME:
	case TYPE_USERNAME:
	case TYPE_COMM:
	case TYPE_ERRNO:
	case TYPE_SIGNAL:
	case TYPE_SYSCALL:
	case TYPE_CGROUP:
	case TYPE_VOID:
	case TYPE_ERROR:
	case TYPE_BOOL:
	case TYPE_PTR:
	case TYPE_STRING:
	case TYPE_BUF:
	case TYPE_ARRAY:
	case TYPE_TUPLE:
	case TYPE_RECORD:
	case TYPE_KINDS:
	default:
		return 0;
	}
}

static int compare_rows(const void *x, const void *y, void *key_type)
{
	const struct row *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return key_type ? value_compare(key_type, a->key, b->key) : 0;
}

static void divide(const struct type *t, unsigned char *value, uint32_t size, uint64_t by)
{
	int64_t v;

	if (type_is(t, TYPE_AGG)) {
		cells_divide(t, (uint64_t *)(void *)value, by);
		return;
	}
	if (!type_is(t, TYPE_INT))
		return;
	v = value_integer(t, value);
	if (!t->is_signed)
		v = (int64_t)((uint64_t)v / by);
	else
		v = by > INT64_MAX ? 0 : v / (int64_t)by;
	memcpy(value, &v, size < sizeof(v) ? size : sizeof(v));
}

void rows_arrange(struct rows *r, uint64_t top, uint64_t div)
{
	uint32_t i;

	r->row = memory_resize(r->row, r->count, sizeof(*r->row));
	for (i = 0; i < r->count; i++) {
		unsigned char *at = r->store + (size_t)i * r->stride;

		r->row[i] = (struct row){
			.rank = rank(r->map->value, at + r->value_at),
			.key = at,
			.value = at + r->value_at,
		};
	}
	qsort_r(r->row, r->count, sizeof(*r->row), compare_rows, (void *)(uintptr_t)r->map->key);
	r->first = top && top < r->count ? r->count - (uint32_t)top : 0;
	if (div < 2)
		return;
	for (i = r->first; i < r->count; i++)
		divide(r->map->value, r->row[i].value, r->map->value_size, div);
	if (r->other)
		divide(r->map->value, r->other, r->map->value_size, div);
}
