/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Debugging information of a binary as BTF, so that its types and functions are read as the
 * kernel's are. One type for each entry that is one, in the order of the file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/binary.h"
#include "kernel/btf-internal.h"
#include "kernel/dwarf.h"
#include "kernel/internal.h"

/* DW_TAG_* */
enum tag {
	TAG_ARRAY = 0x01,
	TAG_CLASS,
	TAG_ENUM = 0x04,
	TAG_PARAMETER,
	TAG_MEMBER = 0x0d,
	TAG_POINTER = 0x0f,
	TAG_REFERENCE,
	TAG_STRUCT = 0x13,
	TAG_SUBROUTINE = 0x15,
	TAG_TYPEDEF,
	TAG_UNION,
	TAG_INHERITANCE = 0x1c,
	TAG_SUBRANGE = 0x21,
	TAG_BASE = 0x24,
	TAG_CONST = 0x26,
	TAG_ENUMERATOR = 0x28,
	TAG_FUNCTION = 0x2e,
	TAG_VOLATILE = 0x35,
	TAG_RESTRICT = 0x37,
	TAG_RVALUE_REFERENCE = 0x42
};

/* DW_ATE_* */
enum encoding { ATE_BOOL = 2, ATE_FLOAT = 4, ATE_SIGNED, ATE_SIGNED_CHAR };

#define MAX_BITS (1u << 24) /* of a struct, where members have their offset */

/* Bytes that grow. */
struct bytes {
	char *data;
	size_t length, room;
	bool failed; /* there was no memory */
};

struct writer {
	const struct dwarf *d;
	uint32_t *ids; /* of the entries; 0: not a type */
	struct bytes types, strings;
};

static void put(struct bytes *b, const void *data, size_t length)
{
	if (b->length + length > b->room) {
		size_t room = 2 * (b->length + length) + 4096;
		char *more = realloc(b->data, room);

		b->failed = b->failed || !more;
		if (!more)
			return;
		b->data = more;
		b->room = room;
	}
	memcpy(b->data + b->length, data, length);
	b->length += length;
}

static uint32_t put_string(struct writer *w, const char *text)
{
	uint32_t at = (uint32_t)w->strings.length;

	if (!*text)
		return 0;
	put(&w->strings, text, strlen(text) + 1);
	return at;
}

static void put_type(struct writer *w, const char *name, uint32_t kind, bool flag, uint32_t count,
		     uint32_t size_or_type)
{
	struct btf_type t = { .name_off = put_string(w, name),
			      .info = kind << 24 | (uint32_t)flag << 31 | count,
			      .size = size_or_type };

	put(&w->types, &t, sizeof(t));
}

/* The type that an entry's DW_AT_type means; 0: void, or nothing we know. */
static uint32_t type_id(const struct writer *w, uint32_t offset)
{
	const struct dwarf_entry *e = offset ? dwarf_at(w->d, offset) : NULL;

	return e ? w->ids[e - w->d->entries] : 0;
}

/* What the entry itself has, or where it comes from. */
static const struct dwarf_entry *origin(const struct writer *w, const struct dwarf_entry *e)
{
	for (int i = 0; i < 4 && !*e->name && e->origin; i++) {
		const struct dwarf_entry *from = dwarf_at(w->d, e->origin);

		if (!from)
			break;
		e = from;
	}
	return e;
}

/* Entry @j as a child of @i that counts: of one of two tags. */
static bool is_child(const struct writer *w, uint32_t i, uint32_t j, uint16_t tag, uint16_t other)
{
	const struct dwarf_entry *e = &w->d->entries[j];

	return e->depth == w->d->entries[i].depth + 1 && (e->tag == tag || e->tag == other) &&
	       !e->declaration;
}

static uint32_t count_children(const struct writer *w, uint32_t i, uint16_t tag, uint16_t other)
{
	uint32_t end = dwarf_end(w->d, i), n = 0;

	for (uint32_t j = i + 1; j < end && n < BTF_MAX_VLEN; j++)
		n += is_child(w, i, j, tag, other);
	return n;
}

static bool is_function(const struct writer *w, const struct dwarf_entry *e)
{
	return e->tag == TAG_FUNCTION && !e->declaration && *origin(w, e)->name;
}

/* How many types an entry becomes. */
static uint32_t types_of(const struct writer *w, uint32_t i)
{
	const struct dwarf_entry *e = &w->d->entries[i];
	uint32_t dimensions;

	switch (e->tag) {
	case TAG_ARRAY:
		dimensions = count_children(w, i, TAG_SUBRANGE, TAG_SUBRANGE);
		return dimensions ? dimensions : 1;
	case TAG_FUNCTION:
		return is_function(w, e) ? 2 : 0;
	case TAG_CLASS:
	case TAG_ENUM:
	case TAG_POINTER:
	case TAG_REFERENCE:
	case TAG_RVALUE_REFERENCE:
	case TAG_STRUCT:
	case TAG_SUBROUTINE:
	case TAG_TYPEDEF:
	case TAG_UNION:
	case TAG_BASE:
	case TAG_CONST:
	case TAG_VOLATILE:
	case TAG_RESTRICT:
		return 1;
	default:
		return 0;
	}
}

static void put_base(struct writer *w, const struct dwarf_entry *e)
{
	uint32_t data = (uint32_t)e->size * 8;

	if (e->encoding == ATE_FLOAT) {
		put_type(w, e->name, BTF_KIND_FLOAT, false, 0, (uint32_t)e->size);
		return;
	}
	if (e->encoding == ATE_SIGNED || e->encoding == ATE_SIGNED_CHAR)
		data |= (uint32_t)BTF_INT_SIGNED << 24;
	if (e->encoding == ATE_BOOL)
		data |= (uint32_t)BTF_INT_BOOL << 24;
	put_type(w, e->name, BTF_KIND_INT, false, 0, (uint32_t)e->size);
	put(&w->types, &data, sizeof(data));
}

/* a[2][3] is an array of 2 arrays of 3. */
static void put_array(struct writer *w, uint32_t i)
{
	const struct dwarf_entry *e = &w->d->entries[i];
	uint32_t end = dwarf_end(w->d, i), left = types_of(w, i), id = w->ids[i];
	struct btf_array array;

	for (uint32_t j = i + 1; j < end && left; j++) {
		if (!is_child(w, i, j, TAG_SUBRANGE, TAG_SUBRANGE))
			continue;
		id++;
		left--;
		array = (struct btf_array){ .type = left ? id : type_id(w, e->type),
					    .nelems = (uint32_t)w->d->entries[j].count };
		put_type(w, "", BTF_KIND_ARRAY, false, 0, 0);
		put(&w->types, &array, sizeof(array));
	}
	if (left) { /* no dimension is told */
		array = (struct btf_array){ .type = type_id(w, e->type) };
		put_type(w, "", BTF_KIND_ARRAY, false, 0, 0);
		put(&w->types, &array, sizeof(array));
	}
}

/* Bases of a class are members without a name, so theirs are found in it. */
static void put_record(struct writer *w, uint32_t i)
{
	const struct dwarf_entry *e = &w->d->entries[i];
	uint32_t end = dwarf_end(w->d, i), n = count_children(w, i, TAG_MEMBER, TAG_INHERITANCE);
	bool is_union = e->tag == TAG_UNION;

	if (e->declaration) {
		put_type(w, e->name, BTF_KIND_FWD, is_union, 0, 0);
		return;
	}
	put_type(w, e->name, is_union ? BTF_KIND_UNION : BTF_KIND_STRUCT, true, n,
		 (uint32_t)e->size);
	for (uint32_t j = i + 1; j < end && n; j++) {
		const struct dwarf_entry *m = &w->d->entries[j];
		struct btf_member member = { 0 };

		if (!is_child(w, i, j, TAG_MEMBER, TAG_INHERITANCE))
			continue;
		n--;
		member.name_off = put_string(w, m->name);
		if (m->place < MAX_BITS && m->bits < 256) {
			member.type = type_id(w, m->type);
			member.offset = m->bits << 24 | (uint32_t)m->place;
		}
		put(&w->types, &member, sizeof(member));
	}
}

static void put_enum(struct writer *w, uint32_t i)
{
	const struct dwarf_entry *e = &w->d->entries[i];
	uint32_t end = dwarf_end(w->d, i), n = count_children(w, i, TAG_ENUMERATOR, TAG_ENUMERATOR);

	put_type(w, e->name, BTF_KIND_ENUM, true, n, e->size ? (uint32_t)e->size : 4);
	for (uint32_t j = i + 1; j < end && n; j++) {
		struct btf_enum value;

		if (!is_child(w, i, j, TAG_ENUMERATOR, TAG_ENUMERATOR))
			continue;
		n--;
		value.name_off = put_string(w, w->d->entries[j].name);
		value.val = (int32_t)w->d->entries[j].count;
		put(&w->types, &value, sizeof(value));
	}
}

/* The prototype, then the function by its symbol. */
static void put_function(struct writer *w, uint32_t i)
{
	const struct dwarf_entry *e = &w->d->entries[i], *named = origin(w, e);
	uint32_t end = dwarf_end(w->d, i), n = count_children(w, i, TAG_PARAMETER, TAG_PARAMETER);

	put_type(w, "", BTF_KIND_FUNC_PROTO, false, n, type_id(w, e->type ? e->type : named->type));
	for (uint32_t j = i + 1; j < end && n; j++) {
		const struct dwarf_entry *p = &w->d->entries[j], *full;
		struct btf_param param;

		if (!is_child(w, i, j, TAG_PARAMETER, TAG_PARAMETER))
			continue;
		n--;
		full = origin(w, p);
		param.name_off = put_string(w, full->name);
		param.type = type_id(w, p->type ? p->type : full->type);
		put(&w->types, &param, sizeof(param));
	}
	put_type(w,
		 *e->linkage       ? e->linkage
		 : *named->linkage ? named->linkage
				   : named->name,
		 BTF_KIND_FUNC, false, 0, w->ids[i]);
}

static void put_entry(struct writer *w, uint32_t i)
{
	static const uint8_t kinds[] = {
		[TAG_POINTER] = BTF_KIND_PTR,          [TAG_REFERENCE] = BTF_KIND_PTR,
		[TAG_CONST] = BTF_KIND_CONST,          [TAG_VOLATILE] = BTF_KIND_VOLATILE,
		[TAG_RESTRICT] = BTF_KIND_RESTRICT,    [TAG_TYPEDEF] = BTF_KIND_TYPEDEF,
		[TAG_RVALUE_REFERENCE] = BTF_KIND_PTR,
	};
	const struct dwarf_entry *e = &w->d->entries[i];

	switch (e->tag) {
	case TAG_BASE:
		put_base(w, e);
		break;
	case TAG_ARRAY:
		put_array(w, i);
		break;
	case TAG_STRUCT:
	case TAG_CLASS:
	case TAG_UNION:
		put_record(w, i);
		break;
	case TAG_ENUM:
		put_enum(w, i);
		break;
	case TAG_FUNCTION:
		put_function(w, i);
		break;
	case TAG_SUBROUTINE:
		put_type(w, "", BTF_KIND_FUNC_PROTO, false, 0, type_id(w, e->type));
		break;
	default:
		put_type(w, e->tag == TAG_TYPEDEF ? e->name : "", kinds[e->tag], false, 0,
			 type_id(w, e->type));
		break;
	}
}

/* Header, types, strings: in one allocation of *@length bytes, or NULL. */
static char *assemble(const struct writer *w, size_t *length)
{
	struct btf_header h = { .magic = BTF_MAGIC,
				.version = BTF_VERSION,
				.hdr_len = sizeof(h),
				.type_len = (uint32_t)w->types.length,
				.str_off = (uint32_t)w->types.length,
				.str_len = (uint32_t)w->strings.length };
	char *data;

	if (w->types.failed || w->strings.failed ||
	    w->types.length + w->strings.length > UINT32_MAX / 2)
		return NULL;
	*length = sizeof(h) + w->types.length + w->strings.length;
	data = malloc(*length);
	if (!data)
		return NULL;
	memcpy(data, &h, sizeof(h));
	memcpy(data + sizeof(h), w->types.data, w->types.length);
	memcpy(data + sizeof(h) + w->types.length, w->strings.data, w->strings.length);
	return data;
}

static char *convert(const struct dwarf *d, size_t *length)
{
	struct writer w = { .d = d, .ids = calloc(d->count + 1, sizeof(*w.ids)) };
	uint32_t next = 1;
	char *data;

	if (!w.ids)
		return NULL;
	put(&w.strings, "", 1);
	for (uint32_t i = 0; i < d->count; i++) {
		uint32_t n = types_of(&w, i);

		w.ids[i] = n ? next : 0;
		next += n;
	}
	for (uint32_t i = 0; i < d->count; i++)
		if (w.ids[i])
			put_entry(&w, i);
	data = next > 1 ? assemble(&w, length) : NULL;
	free(w.ids);
	free(w.types.data);
	free(w.strings.data);
	return data;
}

const struct kbtf *kernel_binary_types(struct kernel *k, const struct binary *b)
{
	const struct kbtf *known = kernel_btf_opened(k, binary_path(b));
	struct dwarf_sections sections;
	struct arena *a;
	struct dwarf d;
	size_t length;
	char *data;

	if (known || !binary_debug(b, &sections))
		return known;
	a = arena_new();
	dwarf_read(a, &sections, &d);
	data = convert(&d, &length);
	arena_free(a);
	return data ? kernel_btf_add(k, binary_path(b), data, length) : NULL;
}
