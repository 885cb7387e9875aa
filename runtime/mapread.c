/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rows.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/memory.h"

#define BATCH_BYTES (1u << 20)
#define BATCH_KEYS 4096

/* CPUs whose values the kernel hands out for @map, and the bytes of them all. */
static uint32_t cpus_of(const struct map *map)
{
	int n = rows_per_cpu(map) ? libbpf_num_possible_cpus() : 1;

	return n > 0 ? (uint32_t)n : 1;
}

/* Values per CPU are padded to 8 bytes, others are not. */
static size_t value_bytes(const struct map *map)
{
	if (!rows_per_cpu(map))
		return map->value_size;
	return (size_t)cpus_of(map) * ((map->value_size + 7) & ~7u);
}

/* A batch of keys and values, which visit_batches() hands out. */
struct batch {
	unsigned char *keys, *values;
	uint32_t count, room;
};

typedef void batch_fn(void *ctx, const struct batch *b);

static void batch_room(struct batch *b, const struct map *map, uint32_t room)
{
	b->room = room;
	b->keys = memory_resize(b->keys, room, map->key_size);
	b->values = memory_resize(b->values, room, value_bytes(map));
}

static uint32_t first_room(const struct map *map)
{
	size_t n = BATCH_BYTES / (map->key_size + value_bytes(map));

	return n < 16 ? 16 : n > BATCH_KEYS ? BATCH_KEYS : (uint32_t)n;
}

/* Key by key, for kernels that have no batches for this kind of map. */
static int visit_keys(const struct live_map *m, struct batch *b, batch_fn *fn, void *ctx)
{
	uint32_t size = m->map->key_size, seen = 0;
	unsigned char *previous = memory_new(1, size);
	int err = 0;

	b->count = 1;
	/* Keys that go while we walk start it over, so it is bounded. */
	while (seen++ < m->map->max_entries * 2 + 16) {
		err = bpf_map_get_next_key(m->fd, seen > 1 ? previous : NULL, b->keys);
		if (err)
			break;
		memcpy(previous, b->keys, size);
		if (bpf_map_lookup_elem(m->fd, b->keys, b->values) == 0)
			fn(ctx, b);
	}
	free(previous);
	return err == -ENOENT ? 0 : err;
}

/* Calls @fn for all keys and values, some at a time. Returns 0 or -errno. */
static int visit_batches(const struct live_map *m, batch_fn *fn, void *ctx)
{
	uint32_t size = m->map->key_size > 4 ? m->map->key_size : 4;
	unsigned char *at = memory_new(2, size), *in = NULL;
	struct batch b = { .room = 0 };
	bool any = false;
	int err;

	batch_room(&b, m->map, first_room(m->map));
	for (;;) {
		b.count = b.room;
		err = bpf_map_lookup_batch(m->fd, in, at + size, b.keys, b.values, &b.count, NULL);
		if (err == -ENOSPC) {
			/* One bucket of the hash holds more than this. */
			batch_room(&b, m->map, b.room * 2);
			continue;
		}
		if (err && err != -ENOENT)
			break;
		fn(ctx, &b);
		any = true;
		if (err)
			break;
		memcpy(at, at + size, size);
		in = at;
	}
	if (err && err != -ENOENT && !any)
		err = visit_keys(m, &b, fn, ctx);
	free(b.keys);
	free(b.values);
	free(at);
	return err == -ENOENT ? 0 : err;
}

static void add_batch(void *ctx, const struct batch *b)
{
	struct rows *r = ctx;
	uint32_t i, cpus = cpus_of(r->map);
	size_t bytes = value_bytes(r->map);

	for (i = 0; i < b->count; i++)
		rows_add(r, b->keys + (size_t)i * r->map->key_size, b->values + i * bytes, cpus);
}

/*
 * A slot holds a value and a flag that is set once it is written, per CPU or not. Returns
 * the CPUs' values with @cpus copies of @stride bytes for the caller to free, NULL on error.
 */
static unsigned char *read_slot(int fd, uint32_t cpus, uint32_t stride, uint32_t flag_at,
				bool *written)
{
	unsigned char *values = memory_new(cpus, stride);
	uint32_t key = 0, cpu;
	uint64_t flag;

	*written = false;
	if (bpf_map_lookup_elem(fd, &key, values)) {
		free(values);
		return NULL;
	}
	for (cpu = 0; cpu < cpus; cpu++) {
		memcpy(&flag, values + (size_t)cpu * stride + flag_at, sizeof(flag));
		*written |= flag != 0;
	}
	return values;
}

static int read_scalar(struct rows *r, const struct live_map *m)
{
	uint32_t stride = (m->map->value_size + 7) & ~7u;
	unsigned char *values =
		read_slot(m->fd, cpus_of(m->map), stride, m->map->flag_offset, &r->written);

	if (!values)
		return -errno;
	rows_add(r, NULL, values, cpus_of(m->map));
	free(values);
	return 0;
}

static int read_overflow(struct rows *r, const struct live_map *m)
{
	struct map slot = *m->map;
	int cpus = libbpf_num_possible_cpus();
	unsigned char *values;
	struct rows one;
	bool written;

	if (m->overflow_fd < 0 || m->overflow_size < 8)
		return 0;
	values = read_slot(m->overflow_fd, (uint32_t)cpus, m->overflow_size, m->overflow_size - 8,
			   &written);
	if (!values)
		return -errno;
	if (written) {
		slot.storage = MAP_SCALAR_PERCPU;
		slot.value_size = m->overflow_size;
		rows_begin(&one, &slot);
		rows_add(&one, NULL, values, (uint32_t)cpus);
		r->other = one.store;
		one.store = NULL;
		rows_free(&one);
	}
	free(values);
	return 0;
}

int rows_read(struct rows *r, const struct live_map *m)
{
	int err;

	rows_begin(r, m->map);
	if (rows_scalar(m->map))
		return read_scalar(r, m);
	err = visit_batches(m, add_batch, r);
	return err ? err : read_overflow(r, m);
}

int rows_read_key(struct rows *r, const struct live_map *m, const void *key)
{
	unsigned char *values = memory_new(1, value_bytes(m->map));
	int err;

	rows_begin(r, m->map);
	err = bpf_map_lookup_elem(m->fd, key, values);
	if (!err || err == -ENOENT)
		rows_add(r, key, values, cpus_of(m->map));
	free(values);
	return err == -ENOENT ? 0 : err;
}

static void count_batch(void *ctx, const struct batch *b)
{
	*(uint32_t *)ctx += b->count;
}

uint32_t rows_count_keys(const struct live_map *m)
{
	uint32_t n = 0;

	return rows_scalar(m->map) || visit_batches(m, count_batch, &n) ? 0 : n;
}

/* Sets a slot to zero, with the written flag of every CPU as it was when @keep. */
static int reset_slot(int fd, uint32_t cpus, uint32_t stride, uint32_t flag_at, bool keep)
{
	unsigned char *values;
	uint32_t key = 0, cpu;
	uint64_t flag;
	bool written = false;
	int err;

	values = read_slot(fd, cpus, stride, flag_at, &written);
	if (!values)
		return -errno;
	flag = keep && written;
	memset(values, 0, (size_t)cpus * stride);
	for (cpu = 0; cpu < cpus; cpu++)
		memcpy(values + (size_t)cpu * stride + flag_at, &flag, sizeof(flag));
	err = bpf_map_update_elem(fd, &key, values, BPF_ANY);
	free(values);
	return err;
}

static int reset_slots(const struct live_map *m, bool keep)
{
	uint32_t stride = (m->map->value_size + 7) & ~7u;
	int cpus = libbpf_num_possible_cpus();

	if (rows_scalar(m->map))
		return reset_slot(m->fd, cpus_of(m->map), stride, m->map->flag_offset, keep);
	if (m->overflow_fd < 0 || m->overflow_size < 8)
		return 0;
	return reset_slot(m->overflow_fd, (uint32_t)cpus, m->overflow_size, m->overflow_size - 8,
			  keep);
}

int rows_clear(const struct live_map *m)
{
	struct rows r;
	uint32_t i;
	int err = 0;

	if (!rows_scalar(m->map)) {
		err = rows_read(&r, m);
		for (i = 0; i < r.count; i++)
			bpf_map_delete_elem(m->fd, r.store + (size_t)i * r.stride);
		rows_free(&r);
	}
	return err ? err : reset_slots(m, false);
}

int rows_zero(const struct live_map *m)
{
	unsigned char *zeros = memory_new(1, value_bytes(m->map));
	struct rows r;
	uint32_t i;
	int err = 0;

	if (!rows_scalar(m->map)) {
		err = rows_read(&r, m);
		for (i = 0; i < r.count; i++)
			bpf_map_update_elem(m->fd, r.store + (size_t)i * r.stride, zeros,
					    BPF_EXIST);
		rows_free(&r);
	}
	free(zeros);
	return err ? err : reset_slots(m, true);
}
