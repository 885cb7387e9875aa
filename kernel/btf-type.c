/* SPDX-License-Identifier: Apache-2.0 */
/* What a BTF type is made of: sizes, members, enumerators, parameters. */
#include "kernel/btf.h"

#include <string.h>

#include "kernel/btf-internal.h"
#include "util/suggest.h"

#define MAX_DEPTH 32        /* modifiers in a row, structs in each other: stops at loops */
#define MAX_MEMBERS 100000u /* looked at in one search, for the same reason */

/* What follows the type's header; its length was checked by kbtf_index(). */
static const void *trailer(const struct btf_type *t)
{
	return t + 1;
}

static uint32_t kind_of(const struct kbtf *b, uint32_t id)
{
	const struct btf_type *t = kbtf_record(b, id);

	return t ? BTF_INFO_KIND(t->info) : BTF_KIND_UNKN;
}

static void read_int(const struct btf_type *t, struct kbtf_type *out)
{
	uint32_t data, encoding;

	memcpy(&data, trailer(t), sizeof(data));
	encoding = BTF_INT_ENCODING(data);
	out->is_signed = encoding & BTF_INT_SIGNED;
	out->is_char = encoding & BTF_INT_CHAR;
	out->is_bool = encoding & BTF_INT_BOOL;
}

bool kbtf_type(const struct kbtf *b, uint32_t id, struct kbtf_type *out)
{
	const struct btf_type *t = kbtf_record(b, id);
	const struct btf_array *array;

	*out = (struct kbtf_type){ .name = "" };
	if (!t)
		return false;
	out->name = kbtf_string(b, t->name_off);
	out->kind = BTF_INFO_KIND(t->info);
	switch (out->kind) {
	case BTF_KIND_INT:
		read_int(t, out);
		out->size = t->size;
		break;
	case BTF_KIND_FLOAT:
		out->size = t->size;
		break;
	case BTF_KIND_ARRAY:
		array = trailer(t);
		out->ref = array->type;
		out->count = array->nelems;
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
		out->size = t->size;
		out->count = BTF_INFO_VLEN(t->info);
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		out->size = t->size;
		out->count = BTF_INFO_VLEN(t->info);
		out->is_signed = BTF_INFO_KFLAG(t->info);
		break;
	case BTF_KIND_FUNC_PROTO:
		out->ref = t->type;
		out->count = BTF_INFO_VLEN(t->info);
		break;
	case BTF_KIND_FWD:
		out->is_union = BTF_INFO_KFLAG(t->info);
		break;
	default: /* all that are left refer to one type */
		out->ref = t->type;
		break;
	}
	return true;
}

uint32_t kbtf_resolve(const struct kbtf *b, uint32_t id)
{
	for (int depth = 0; depth < MAX_DEPTH; depth++) {
		const struct btf_type *t = kbtf_record(b, id);

		if (!t)
			return 0;
		switch (BTF_INFO_KIND(t->info)) {
		case BTF_KIND_TYPEDEF:
		case BTF_KIND_CONST:
		case BTF_KIND_VOLATILE:
		case BTF_KIND_RESTRICT:
		case BTF_KIND_TYPE_TAG:
			id = t->type;
			break;
		default:
			return id;
		}
	}
	return 0;
}

uint64_t kbtf_size(const struct kbtf *b, uint32_t id)
{
	uint64_t count = 1;

	for (int depth = 0; depth < MAX_DEPTH; depth++) {
		struct kbtf_type t;

		kbtf_type(b, kbtf_resolve(b, id), &t);
		if (t.kind == BTF_KIND_PTR)
			return count * sizeof(void *);
		if (t.kind != BTF_KIND_ARRAY)
			return count * t.size;
		count *= t.count;
		if (count > UINT32_MAX)
			return 0;
		id = t.ref;
	}
	return 0;
}

/* The record of the struct or union behind @id, or NULL. */
static const struct btf_type *composite(const struct kbtf *b, uint32_t id)
{
	const struct btf_type *t = kbtf_record(b, kbtf_resolve(b, id));
	uint32_t kind = t ? BTF_INFO_KIND(t->info) : BTF_KIND_UNKN;

	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION ? t : NULL;
}

/* Bits of a bit field are in the member (kind flag), in older BTF in its INT type. */
static void read_member(const struct kbtf *b, const struct btf_type *t, uint32_t i,
			struct kbtf_member *m)
{
	const struct btf_member *member = (const struct btf_member *)trailer(t) + i;
	const struct btf_type *type;
	uint32_t data;

	m->name = kbtf_string(b, member->name_off);
	m->type = member->type;
	m->bit_offset = member->offset;
	m->bit_size = 0;
	if (BTF_INFO_KFLAG(t->info)) {
		m->bit_offset = BTF_MEMBER_BIT_OFFSET(member->offset);
		m->bit_size = BTF_MEMBER_BITFIELD_SIZE(member->offset);
		return;
	}
	type = kbtf_record(b, kbtf_resolve(b, member->type));
	if (!type || BTF_INFO_KIND(type->info) != BTF_KIND_INT)
		return;
	memcpy(&data, trailer(type), sizeof(data));
	if (BTF_INT_BITS(data) != (uint64_t)type->size * 8 || m->bit_offset % 8) {
		m->bit_offset += BTF_INT_OFFSET(data);
		m->bit_size = BTF_INT_BITS(data);
	}
}

bool kbtf_member_at(const struct kbtf *b, uint32_t id, uint32_t i, struct kbtf_member *m)
{
	const struct btf_type *t = composite(b, id);

	if (!t || i >= BTF_INFO_VLEN(t->info))
		return false;
	read_member(b, t, i, m);
	return true;
}

/* A walk over members and those of anonymous members, until visit() returns true. */
struct walk {
	bool (*visit)(struct walk *w, const struct kbtf_member *m);
	const struct kbtf *b;
	const char *name;
	struct kbtf_member *found;
	struct suggest suggest;
	uint32_t left; /* members that may still be looked at */
};

static bool walk_members(struct walk *w, uint32_t id, uint64_t base, int depth)
{
	const struct btf_type *t = composite(w->b, id);

	for (uint32_t i = 0; t && i < BTF_INFO_VLEN(t->info) && w->left; i++) {
		struct kbtf_member m;

		w->left--;
		read_member(w->b, t, i, &m);
		if (base + m.bit_offset > UINT32_MAX)
			continue;
		m.bit_offset += (uint32_t)base;
		if (*m.name ? w->visit(w, &m)
			    : depth && walk_members(w, m.type, m.bit_offset, depth - 1))
			return true;
	}
	return false;
}

static bool visit_find(struct walk *w, const struct kbtf_member *m)
{
	if (strcmp(m->name, w->name))
		return false;
	*w->found = *m;
	return true;
}

static bool visit_suggest(struct walk *w, const struct kbtf_member *m)
{
	suggest_try(&w->suggest, m->name);
	return false;
}

bool kbtf_member(const struct kbtf *b, uint32_t id, const char *name, struct kbtf_member *m)
{
	struct walk w = { visit_find, b, name, m, { 0 }, MAX_MEMBERS };

	return *name && walk_members(&w, id, 0, MAX_DEPTH);
}

const char *kbtf_suggest_member(const struct kbtf *b, uint32_t id, const char *name)
{
	struct walk w = { visit_suggest, b, name, NULL, { .word = name }, MAX_MEMBERS };

	walk_members(&w, id, 0, MAX_DEPTH);
	return w.suggest.best;
}

bool kbtf_enum_at(const struct kbtf *b, uint32_t id, uint32_t i, const char **name, int64_t *value)
{
	const struct btf_type *t = kbtf_record(b, kbtf_resolve(b, id));

	if (!t || i >= BTF_INFO_VLEN(t->info))
		return false;
	if (BTF_INFO_KIND(t->info) == BTF_KIND_ENUM) {
		const struct btf_enum *e = (const struct btf_enum *)trailer(t) + i;

		*name = kbtf_string(b, e->name_off);
		*value = BTF_INFO_KFLAG(t->info) ? e->val : (int64_t)(uint32_t)e->val;
		return true;
	}
	if (BTF_INFO_KIND(t->info) == BTF_KIND_ENUM64) {
		const struct btf_enum64 *e = (const struct btf_enum64 *)trailer(t) + i;

		*name = kbtf_string(b, e->name_off);
		*value = (int64_t)((uint64_t)e->val_hi32 << 32 | e->val_lo32);
		return true;
	}
	return false;
}

bool kbtf_enum_value(const struct kbtf *b, uint32_t id, const char *name, int64_t *value)
{
	const char *candidate;
	int64_t v;

	for (uint32_t i = 0; kbtf_enum_at(b, id, i, &candidate, &v); i++) {
		if (strcmp(candidate, name))
			continue;
		*value = v;
		return true;
	}
	return false;
}

const char *kbtf_enum_name(const struct kbtf *b, uint32_t id, int64_t value)
{
	const char *name;
	int64_t v;

	for (uint32_t i = 0; kbtf_enum_at(b, id, i, &name, &v); i++)
		if (v == value)
			return name;
	return NULL;
}

/* The FUNC_PROTO that @id is, or is a function of. */
static const struct btf_type *prototype(const struct kbtf *b, uint32_t id)
{
	const struct btf_type *t = kbtf_record(b, kbtf_resolve(b, id));

	if (t && BTF_INFO_KIND(t->info) == BTF_KIND_FUNC)
		t = kbtf_record(b, t->type);
	return t && BTF_INFO_KIND(t->info) == BTF_KIND_FUNC_PROTO ? t : NULL;
}

bool kbtf_proto(const struct kbtf *b, uint32_t id, uint32_t *count, uint32_t *returns)
{
	const struct btf_type *t = prototype(b, id);

	if (!t)
		return false;
	*count = BTF_INFO_VLEN(t->info);
	*returns = t->type;
	return true;
}

bool kbtf_param(const struct kbtf *b, uint32_t id, uint32_t i, const char **name, uint32_t *type)
{
	const struct btf_type *t = prototype(b, id);
	const struct btf_param *param;

	if (!t || i >= BTF_INFO_VLEN(t->info))
		return false;
	param = (const struct btf_param *)trailer(t) + i;
	*name = kbtf_string(b, param->name_off);
	*type = param->type;
	return true;
}

/* "BASE DECL", without the space before an array's brackets. */
static const char *declare(struct arena *a, const char *keyword, const char *base, const char *decl)
{
	return arena_printf(a, "%s%s%s%s", keyword, base, *decl && *decl != '[' ? " " : "", decl);
}

/* C's types read inside out: @decl is what surrounds the name so far. */
static const char *print_type(const struct kbtf *b, struct arena *a, uint32_t id, const char *decl,
			      int depth)
{
	struct kbtf_type t;
	uint32_t ref;

	if (!kbtf_type(b, id, &t) || !depth)
		return declare(a, "", id ? "..." : "void", decl);
	ref = kind_of(b, t.ref);
	switch (t.kind) {
	case BTF_KIND_PTR:
		decl = arena_printf(
			a, ref == BTF_KIND_FUNC_PROTO || ref == BTF_KIND_ARRAY ? "(*%s)" : "*%s",
			decl);
		return print_type(b, a, t.ref, decl, depth - 1);
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
		if (ref == BTF_KIND_PTR)
			return print_type(b, a, t.ref,
					  declare(a, "",
						  t.kind == BTF_KIND_CONST ? "const" : "volatile",
						  decl),
					  depth - 1);
		return arena_printf(a, "%s %s", t.kind == BTF_KIND_CONST ? "const" : "volatile",
				    print_type(b, a, t.ref, decl, depth - 1));
	case BTF_KIND_ARRAY:
		return print_type(b, a, t.ref, arena_printf(a, "%s[%u]", decl, t.count), depth - 1);
	case BTF_KIND_FUNC_PROTO:
		return print_type(b, a, t.ref, arena_printf(a, "%s()", decl), depth - 1);
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
	case BTF_KIND_FUNC:
		return print_type(b, a, t.ref, decl, depth - 1);
	case BTF_KIND_STRUCT:
		return declare(a, "struct ", *t.name ? t.name : "{...}", decl);
	case BTF_KIND_FWD:
		return declare(a, t.is_union ? "union " : "struct ", t.name, decl);
	case BTF_KIND_UNION:
		return declare(a, "union ", *t.name ? t.name : "{...}", decl);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return declare(a, "enum ", *t.name ? t.name : "{...}", decl);
	default:
		return declare(a, "", t.name, decl);
	}
}

const char *kbtf_ctype(const struct kbtf *b, struct arena *a, uint32_t id)
{
	return print_type(b, a, id, "", MAX_DEPTH);
}
