/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's types as ours. Records are looked into only where a script names a member. */
#include "parser/checker.h"

#include <string.h>

#include "kernel/binary.h"

#define MAX_DEPTH 16

static struct type *new_type(struct checker *c, enum type_kind kind, uint32_t size)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = kind;
	t->size = size;
	return t;
}

static const struct type *enum_type(struct checker *c, const struct kbtf *b, uint32_t id,
				    const struct kbtf_type *k)
{
	struct enum_value *values = arena_alloc(c->arena, (k->count + 1) * sizeof(*values));
	struct type *t = new_type(c, TYPE_ENUM, k->size);

	for (uint32_t i = 0; i < k->count; i++)
		kbtf_enum_at(b, id, i, &values[i].name, &values[i].value);
	t->name = *k->name ? k->name : NULL;
	t->is_signed = k->is_signed;
	t->btf = b;
	t->btf_id = id;
	t->values = values;
	t->count = k->count;
	return t;
}

static const struct type *record_type(struct checker *c, const struct kbtf *b, uint32_t id,
				      const struct kbtf_type *k)
{
	struct type *t = new_type(c, TYPE_RECORD, k->size);

	t->name = *k->name ? k->name : NULL;
	t->btf = b;
	t->btf_id = id;
	return t;
}

static const struct type *array_type(struct checker *c, const struct kbtf *b,
				     const struct kbtf_type *k, enum space space)
{
	const struct type *elem = btf_type(c, b, k->ref, space);

	if (!elem->size)
		return &type_void;
	return type_array(c->arena, elem, k->count);
}

/* What a pointer points at: void and functions are nothing one can look into. */
static const struct type *pointer_type(struct checker *c, const struct kbtf *b,
				       const struct kbtf_type *k, enum space space)
{
	const struct type *target = btf_type(c, b, k->ref, space);

	return type_pointer(c->arena, target->kind == TYPE_VOID ? NULL : target, space);
}

const struct type *btf_type(struct checker *c, const struct kbtf *b, uint32_t id, enum space space)
{
	struct kbtf_type k;

	id = kbtf_resolve(b, id);
	if (!kbtf_type(b, id, &k))
		return &type_void;
	switch (k.kind) {
	case BTF_KIND_INT:
		if (!strcmp(k.name, "char"))
			return &type_char;
		return k.is_bool ? &type_bool : type_int(k.size, k.is_signed);
	case BTF_KIND_PTR:
		return pointer_type(c, b, &k, space);
	case BTF_KIND_ARRAY:
		return array_type(c, b, &k, space);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return record_type(c, b, id, &k);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return enum_type(c, b, id, &k);
	default:
		return &type_void;
	}
}

static enum space btf_space(const struct kbtf *b)
{
	return kbtf_is_user(b) ? SPACE_USER : SPACE_KERNEL;
}

/* The unit that holds a bit-field's bits: as C would load it, or 8 bytes when it straddles. */
static void place_bits(struct field *f, const struct kbtf_member *m)
{
	uint32_t unit = 8 * f->type->size;

	f->offset = m->bit_offset / unit * f->type->size;
	f->bit_offset = m->bit_offset - 8 * f->offset;
	f->bit_size = m->bit_size;
	if (f->bit_offset + f->bit_size <= unit)
		return;
	f->offset = m->bit_offset / 8;
	f->bit_offset = m->bit_offset % 8;
	f->type = type_int(8, f->type->is_signed);
}

static struct field make_field(struct checker *c, const struct kbtf *b, const struct kbtf_member *m)
{
	struct field f = { .name = m->name, .type = btf_type(c, b, m->type, btf_space(b)) };

	if (m->bit_size)
		place_bits(&f, m);
	else
		f.offset = m->bit_offset / 8;
	return f;
}

const struct field *btf_field(struct checker *c, const struct type *t, const char *name)
{
	struct field *f = arena_alloc(c->arena, sizeof(*f));
	struct kbtf_member m;

	if (!kbtf_member(t->btf, t->btf_id, name, &m))
		return NULL;
	*f = make_field(c, t->btf, &m);
	return f;
}

const struct kbtf *btf_binary(struct checker *c)
{
	const struct attach *at = c->body ? c->body->attach : NULL;
	const struct binary *b;

	if (!at || at->provider->prog != PROG_REGS || check_attach_space(at) != SPACE_USER)
		return NULL;
	b = kernel_binary(c->kernel, at->target);
	return b ? kernel_binary_types(c->kernel, b) : NULL;
}

/* The type of that name and one of these kinds: of the binary that is probed, or the kernel. */
static const struct type *type_called(struct checker *c, const char *name, const uint32_t *kinds,
				      size_t nkinds)
{
	const struct kbtf *from[] = { btf_binary(c), kernel_btf(c->kernel) };

	for (size_t i = 0; i < 2 * nkinds; i++) {
		const struct kbtf *b = from[i / nkinds];
		uint32_t id = b ? kbtf_find(b, name, kinds[i % nkinds]) : 0;

		if (id)
			return btf_type(c, b, id, btf_space(b));
	}
	return NULL;
}

const struct type *btf_tag(struct checker *c, const char *tag)
{
	static const uint32_t kinds[] = { BTF_KIND_STRUCT, BTF_KIND_UNION, BTF_KIND_ENUM };

	return type_called(c, tag, kinds, sizeof(kinds) / sizeof(*kinds));
}

const struct type *btf_typedef(struct checker *c, const char *name)
{
	static const uint32_t kind = BTF_KIND_TYPEDEF;

	return type_called(c, name, &kind, 1);
}

static const struct type *complete(struct checker *c, const struct type *t, int depth);

/* The members of @id at @base bytes, those of its anonymous members among them. */
static void add_members(struct checker *c, struct type *full, struct field **fields, uint32_t id,
			uint32_t base, int depth)
{
	struct kbtf_type k;

	if (depth > MAX_DEPTH || !kbtf_type(full->btf, kbtf_resolve(full->btf, id), &k))
		return;
	for (uint32_t i = 0; i < k.count; i++) {
		struct kbtf_member m;
		struct field f;

		if (!kbtf_member_at(full->btf, kbtf_resolve(full->btf, id), i, &m))
			continue;
		if (!*m.name) {
			add_members(c, full, fields, m.type, base + m.bit_offset / 8, depth + 1);
			continue;
		}
		f = make_field(c, full->btf, &m);
		f.type = complete(c, f.type, depth + 1);
		f.offset += base;
		if (f.type->size)
			VEC_PUSH(c->arena, *fields, full->count, f);
	}
}

static const struct type *complete_record(struct checker *c, const struct type *t, int depth)
{
	struct type *full = new_type(c, t->kind, t->size);
	struct field *fields = NULL;

	*full = *t;
	full->count = 0;
	add_members(c, full, &fields, t->btf_id, 0, depth);
	full->fields = fields;
	return full;
}

static const struct type *complete_tuple(struct checker *c, const struct type *t, int depth)
{
	struct type *full = new_type(c, t->kind, t->size);
	struct field *fields = arena_alloc(c->arena, t->count * sizeof(*fields));

	*full = *t;
	full->fields = memcpy(fields, t->fields, t->count * sizeof(*fields));
	for (uint32_t i = 0; i < t->count; i++)
		fields[i].type = complete(c, fields[i].type, depth + 1);
	return full;
}

static const struct type *complete(struct checker *c, const struct type *t, int depth)
{
	if (t->kind == TYPE_RECORD && t->btf && !t->fields)
		return complete_record(c, t, depth);
	if (t->kind == TYPE_TUPLE)
		return complete_tuple(c, t, depth);
	if (t->kind == TYPE_ARRAY)
		return type_array(c->arena, complete(c, t->elem, depth + 1), t->count);
	return t;
}

const struct type *btf_complete(struct checker *c, const struct type *t)
{
	return complete(c, t, 0);
}
