/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/type.h"

#include <string.h>

#include "parser/agg.h"

const struct type_row type_rows[TYPE_KINDS] = {
#define TYPE(ID, name, shape, json, doc) [TYPE_##ID] = { name, SHAPE_##shape, JSON_##json, doc },
#include "parser/type.def"
#undef TYPE
};

const struct type type_void = { .kind = TYPE_VOID };
const struct type type_error = { .kind = TYPE_ERROR };
const struct type type_bool = { .kind = TYPE_BOOL, .size = 1 };
const struct type type_char = { .kind = TYPE_INT, .size = 1, .is_signed = true };
const struct type type_word = { .kind = TYPE_INT, .size = 8, .is_signed = true };
const struct type type_int8 = { .kind = TYPE_INT, .size = 1, .is_signed = true };
const struct type type_int16 = { .kind = TYPE_INT, .size = 2, .is_signed = true };
const struct type type_int32 = { .kind = TYPE_INT, .size = 4, .is_signed = true };
const struct type type_int64 = { .kind = TYPE_INT, .size = 8, .is_signed = true };
const struct type type_uint8 = { .kind = TYPE_INT, .size = 1 };
const struct type type_uint16 = { .kind = TYPE_INT, .size = 2 };
const struct type type_uint32 = { .kind = TYPE_INT, .size = 4 };
const struct type type_uint64 = { .kind = TYPE_INT, .size = 8 };

const struct type *type_int(uint32_t size, bool is_signed)
{
	switch (size) {
	case 1:
		return is_signed ? &type_int8 : &type_uint8;
	case 2:
		return is_signed ? &type_int16 : &type_uint16;
	case 4:
		return is_signed ? &type_int32 : &type_uint32;
	default:
		return is_signed ? &type_int64 : &type_uint64;
	}
}

static struct type *type_new(struct arena *a, enum type_kind kind, uint32_t size)
{
	struct type *t = arena_alloc(a, sizeof(*t));

	t->kind = kind;
	t->size = size;
	return t;
}

const struct type *type_string(struct arena *a, uint32_t capacity)
{
	return type_new(a, TYPE_STRING, (capacity + 7) & ~7u);
}

const struct type *type_buffer(struct arena *a, uint32_t capacity)
{
	return type_new(a, TYPE_BUF, 4 + capacity);
}

const struct type *type_pointer(struct arena *a, const struct type *target, enum space space)
{
	struct type *t = type_new(a, TYPE_PTR, 8);

	t->elem = target;
	t->space = space;
	return t;
}

const struct type *type_array(struct arena *a, const struct type *elem, uint32_t count)
{
	struct type *t = type_new(a, TYPE_ARRAY, elem->size * count);

	t->elem = elem;
	t->count = count;
	return t;
}

const struct type *type_stored(struct arena *a, const struct type *t)
{
	struct type *wide;

	if (t->kind == TYPE_INT && t != &type_word)
		return type_int(8, t->is_signed);
	if (type_shape(t) != SHAPE_INT || t->size == 8)
		return t;
	wide = arena_alloc(a, sizeof(*wide));
	*wide = *t;
	wide->size = 8;
	return wide;
}

const struct type *type_tuple(struct arena *a, const struct type *const *members,
			      const char *const *names, uint32_t n)
{
	struct type *t = type_new(a, names ? TYPE_RECORD : TYPE_TUPLE, 0);
	struct field *fields = arena_alloc(a, n * sizeof(*fields));

	for (uint32_t i = 0; i < n; i++) {
		fields[i].name = names ? names[i] : NULL;
		fields[i].type = type_stored(a, members[i]);
		fields[i].offset = t->size;
		t->size += (fields[i].type->size + 7) & ~7u;
	}
	t->fields = fields;
	t->count = n;
	return t;
}

bool type_is_number(const struct type *t)
{
	return t->kind == TYPE_INT || t->kind == TYPE_BOOL || t->kind == TYPE_ENUM ||
	       t->kind == TYPE_FLAGS || t->kind == TYPE_DURATION;
}

static bool fields_equal(const struct type *a, const struct type *b)
{
	for (uint32_t i = 0; i < a->count; i++) {
		const struct field *x = &a->fields[i], *y = &b->fields[i];

		if (!type_equal(x->type, y->type) || x->offset != y->offset ||
		    !x->name != !y->name || (x->name && strcmp(x->name, y->name)))
			return false;
	}
	return true;
}

bool type_equal(const struct type *a, const struct type *b)
{
	if (a == b)
		return true;
	if (a->kind != b->kind || a->size != b->size || a->is_signed != b->is_signed ||
	    a->count != b->count || a->agg != b->agg || a->min != b->min || a->max != b->max ||
	    a->step != b->step || a->bits != b->bits)
		return false;
	if (a->btf || b->btf)
		return a->btf == b->btf && a->btf_id == b->btf_id;
	if (a->kind == TYPE_TUPLE || a->kind == TYPE_RECORD)
		return fields_equal(a, b);
	if (a->kind == TYPE_ARRAY)
		return type_equal(a->elem, b->elem);
	if (a->kind == TYPE_PTR)
		return a->space == b->space && !a->elem == !b->elem;
	if (a->kind == TYPE_TIME || a->kind == TYPE_CGROUP)
		return !strcmp(a->name, b->name);
	if (a->kind == TYPE_STACK)
		return a->space == b->space;
	if (a->kind == TYPE_OPTIONAL)
		return type_equal(a->elem, b->elem) && !strcmp(a->name, b->name);
	if (a->kind == TYPE_AGG)
		return a->elem == b->elem;
	return a->values == b->values;
}

static const char *tuple_name(struct arena *a, const struct type *t)
{
	const char *s = "(";

	for (uint32_t i = 0; i < t->count; i++)
		s = arena_printf(a, "%s%s%s", s, i ? ", " : "", type_name(a, t->fields[i].type));
	return arena_printf(a, "%s)", s);
}

const char *type_name(struct arena *a, const struct type *t)
{
	switch (t->kind) {
	case TYPE_INT:
		return arena_printf(a, "%sint%u", t->is_signed ? "" : "u", t->size * 8);
	case TYPE_ENUM:
		return t->name ? arena_printf(a, "enum %s", t->name) : "enum";
	case TYPE_STRING:
		return arena_printf(a, "string[%u]", t->size);
	case TYPE_BUF:
		return arena_printf(a, "buffer[%u]", t->size - 4);
	case TYPE_ARRAY:
		return arena_printf(a, "%s[%u]", type_name(a, t->elem), t->count);
	case TYPE_PTR:
		return arena_printf(a, "%s *", t->elem ? type_name(a, t->elem) : "void");
	case TYPE_RECORD:
		if (!t->name && t->align)
			return "struct";
		if (t->name)
			return arena_printf(a, "struct %s", t->name);
		return tuple_name(a, t);
	case TYPE_TUPLE:
		return tuple_name(a, t);
	case TYPE_AGG:
		if (t->agg->print == AGG_SERIES)
			return arena_printf(a, "%s(n, %lld, %u)", t->agg->name, (long long)t->step,
					    t->count / SERIES_CELLS);
		if (t->step)
			return arena_printf(a, "%s(n, %lld, %lld, %lld)", t->agg->name,
					    (long long)t->min, (long long)t->max,
					    (long long)t->step);
		if (t->bits && t->agg->print == AGG_BUCKETS)
			return arena_printf(a, "%s(n, %u)", t->agg->name, t->bits);
		return arena_printf(a, "%s()", t->agg->name);
	case TYPE_OPTIONAL:
		return type_name(a, t->elem);
	case TYPE_INET:
	case TYPE_IP4:
	case TYPE_IP6:
	case TYPE_ETHER:
	case TYPE_FLAGS:
	case TYPE_DURATION:
	case TYPE_FLOW:
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
	case TYPE_KINDS:
		break;
	}
	return type_rows[t->kind].name;
}

const struct field *type_field(const struct type *t, const char *name)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (t->fields[i].name && !strcmp(t->fields[i].name, name))
			return &t->fields[i];
	return NULL;
}
