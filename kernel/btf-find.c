/* SPDX-License-Identifier: Apache-2.0 */
/* Finding BTF types by name. */
#include "kernel/btf.h"

#include <stdlib.h>
#include <string.h>

#include "kernel/btf-internal.h"
#include "util/suggest.h"

#define LINEAR_SEARCHES 16 /* of a kind before it is hashed, which costs as much as twenty */

/* Eight bytes a step: half the names of a kernel are functions, 25 bytes on average. */
static uint32_t hash_name(const char *name)
{
	size_t len = strlen(name);
	uint64_t h = len, word;

	for (; len >= 8; len -= 8, name += 8) {
		memcpy(&word, name, 8);
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, name, len);
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(h >> 32);
}

static const struct btf_type *own_record(const struct kbtf *b, uint32_t id)
{
	return (const struct btf_type *)(b->types + b->offsets[id - b->first]);
}

/* Hashes the own types of @kind, the first of each name. Without memory for it nothing changes. */
static void build_hash(const struct kbtf *b, struct kbtf_hash *hash, uint32_t kind)
{
	uint32_t n = 0, size = 16;

	for (uint32_t id = b->first; id < b->count; id++)
		n += b->kinds[id - b->first] == kind;
	while (size < 2 * n)
		size *= 2;
	hash->slots = calloc(size, sizeof(*hash->slots));
	hash->mask = size - 1;
	for (uint32_t id = b->first; hash->slots && id < b->count; id++) {
		const struct btf_type *t;
		uint32_t i;

		if (b->kinds[id - b->first] != kind)
			continue;
		t = own_record(b, id);
		i = hash_name(kbtf_string(b, t->name_off)) & hash->mask;
		while (hash->slots[i] && own_record(b, hash->slots[i])->name_off != t->name_off)
			i = (i + 1) & hash->mask;
		if (!hash->slots[i])
			hash->slots[i] = id;
	}
}

/* The first own type of that name and kind, one after the other; 0: none. */
static uint32_t find_linear(const struct kbtf *b, const char *name, uint32_t kind)
{
	for (uint32_t id = b->first; id < b->count; id++) {
		const struct btf_type *t;
		const char *candidate;

		if (b->kinds[id - b->first] != kind)
			continue;
		t = own_record(b, id);
		candidate = kbtf_string(b, t->name_off);
		if (*candidate == *name && !strcmp(candidate, name))
			return id;
	}
	return 0;
}

static uint32_t find_hashed(const struct kbtf *b, const struct kbtf_hash *hash, const char *name)
{
	uint32_t i = hash_name(name) & hash->mask, id;

	while ((id = hash->slots[i]) && strcmp(kbtf_string(b, own_record(b, id)->name_off), name))
		i = (i + 1) & hash->mask;
	return id;
}

uint32_t kbtf_find(const struct kbtf *b, const char *name, uint32_t kind)
{
	struct kbtf_hash *hash;
	uint32_t id;

	if (kind >= NR_BTF_KINDS || !*name)
		return 0;
	if (kind == BTF_KIND_ENUM64)
		kind = BTF_KIND_ENUM;
	hash = (struct kbtf_hash *)&b->hash[kind];
	if (!hash->slots && ++hash->searches > LINEAR_SEARCHES)
		build_hash(b, hash, kind);
	id = hash->slots ? find_hashed(b, hash, name) : find_linear(b, name, kind);
	return !id && b->base ? kbtf_find(b->base, name, kind) : id;
}

/* The kind of type @id, which exists; ENUM64 counts as ENUM. */
static uint32_t name_kind(const struct kbtf *b, uint32_t id)
{
	if (b->base && id < b->first)
		b = b->base;
	return b->kinds[id - b->first];
}

int kbtf_each(const struct kbtf *b, uint32_t kind, const char *glob,
	      void (*fn)(void *ctx, uint32_t id, const char *name), void *ctx)
{
	int count = 0;

	for (uint32_t id = 1; id < b->count; id++) {
		const char *name;

		if (name_kind(b, id) != kind)
			continue;
		name = kbtf_string(b, kbtf_record(b, id)->name_off);
		if (!glob_match(glob, name))
			continue;
		fn(ctx, id, name);
		count++;
	}
	return count;
}

uint32_t kbtf_find_enumerator(const struct kbtf *b, const char *name, int64_t *value)
{
	for (uint32_t id = 1; id < b->count; id++)
		if (name_kind(b, id) == BTF_KIND_ENUM && kbtf_enum_value(b, id, name, value))
			return id;
	return 0;
}
