/* SPDX-License-Identifier: Apache-2.0 */
/* Types that the script defines: struct, union, enum and typedef, laid out as C does for BPF. */
#include "parser/checker.h"

#include <string.h>

#define MAX_SIZE 65536

static const struct type *build(struct checker *c, struct definition *d);

static struct diag *bad(struct checker *c, struct span span, const char *what)
{
	return ERR(c, BAD_DEFINITION, span, "%s", what);
}

static struct definition *find(struct checker *c, const char *name, bool tag)
{
	for (uint32_t i = 0; i < c->ndefinitions; i++)
		if (c->definitions[i]->tag == tag && !strcmp(c->definitions[i]->name, name))
			return c->definitions[i];
	return NULL;
}

const struct type *cdef_tag(struct checker *c, const char *name)
{
	struct definition *d = find(c, name, true);

	return d ? build(c, d) : NULL;
}

const struct type *cdef_typedef(struct checker *c, const char *name)
{
	struct definition *d = find(c, name, false);

	return d ? build(c, d) : NULL;
}

const struct enumerator *cdef_enumerator(struct checker *c, const char *name)
{
	for (uint32_t i = 0; i < c->nenumerators; i++)
		if (!strcmp(c->enumerators[i].name, name))
			return &c->enumerators[i];
	return NULL;
}

/* A constant of a definition; false after a message. */
static bool constant(struct checker *c, struct node *n, uint64_t *value)
{
	if (check_expr(c, n)->kind == TYPE_ERROR)
		return false;
	if (!n->literal)
		bad(c, n->span, "this is no constant");
	*value = n->number;
	return n->literal;
}

uint32_t cdef_align(struct checker *c, const struct type *t)
{
	uint32_t align = 1;

	if (t->align)
		return t->align;
	if (t->kind == TYPE_ARRAY)
		return cdef_align(c, t->elem);
	if (t->kind != TYPE_RECORD)
		return t->size && t->size <= 8 ? t->size : 1;
	t = btf_complete(c, t);
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t a = cdef_align(c, t->fields[i].type);

		align = a > align ? a : align;
	}
	return align;
}

/* A record being laid out; positions are in bits. */
struct layout {
	struct checker *c;
	struct field *fields;
	uint32_t count;
	uint64_t at, size;
	uint32_t align;
	bool is_union, packed;
};

static uint64_t round_up(uint64_t n, uint64_t to)
{
	return (n + to - 1) / to * to;
}

static void add_field(struct layout *l, const char *name, const struct type *t, uint64_t at,
		      uint32_t bits)
{
	struct field f = { .name = name, .type = t, .offset = at / 8, .bit_size = bits };
	uint32_t unit = 1;

	if (bits) {
		while (unit < 8 && f.offset / unit * unit * 8 + unit * 8 < at + bits)
			unit *= 2;
		f.offset = unit < 8 ? f.offset / unit * unit : f.offset;
		f.bit_offset = at - 8 * (uint64_t)f.offset;
		f.type = t->kind == TYPE_ENUM || t->size == unit ? t : type_int(unit, t->is_signed);
	}
	if (name)
		VEC_PUSH(l->c->arena, l->fields, l->count, f);
}

/* The members of an anonymous member stand among their neighbours. */
static void add_members(struct layout *l, const struct type *t, uint64_t at)
{
	t = btf_complete(l->c, t);
	for (uint32_t i = 0; i < t->count; i++) {
		struct field f = t->fields[i];

		f.offset += at / 8;
		VEC_PUSH(l->c->arena, l->fields, l->count, f);
	}
}

/* Where a member of @size bits goes; a bit-field does not cross a border of its type. */
static uint64_t take(struct layout *l, const struct type *t, uint32_t align, uint64_t size,
		     bool bits)
{
	uint64_t at = l->is_union ? 0 : l->at, unit = 8 * (uint64_t)t->size;

	if (!bits)
		at = round_up(at, 8 * align);
	else if (!l->packed && at / unit != (at + size - 1) / unit)
		at = round_up(at, unit);
	l->at = at + size;
	l->size = l->at > l->size ? l->at : l->size;
	return at;
}

static void lay_bits(struct layout *l, struct node *n, const struct type *t)
{
	uint64_t bits;

	if (!constant(l->c, n->kids[1], &bits))
		return;
	if (!type_is_number(t) || bits > 8 * t->size || (!bits && n->text)) {
		ERR(l->c, BAD_DEFINITION, n->kids[1]->span, "a bit-field of %s has 1 to %u bits",
		    TYPE_NAME(l->c, t), type_is_number(t) ? 8 * t->size : 0);
		return;
	}
	if (!bits) {
		l->at = round_up(l->at, 8 * t->size);
		return;
	}
	if (n->text && !l->packed && t->size > l->align)
		l->align = t->size;
	add_field(l, n->text, t, take(l, t, 1, bits, true), bits);
}

static void lay_member(struct layout *l, struct node *n)
{
	const struct type *t = check_typename(l->c, n->kids[0]);
	uint32_t align, asked = n->number >> 1;
	uint64_t at;

	if (t->kind == TYPE_ERROR)
		return;
	if (t->kind == TYPE_VOID || (t->kind == TYPE_RECORD && !t->size)) {
		bad(l->c, n->span, "a member needs a complete type");
		return;
	}
	if (n->nkids > 1) {
		lay_bits(l, n, t);
		return;
	}
	align = l->packed || (n->number & 1) ? 1 : cdef_align(l->c, t);
	align = asked > align ? asked : align;
	l->align = align > l->align ? align : l->align;
	at = take(l, t, align, 8 * (uint64_t)t->size, false);
	if (l->size / 8 > MAX_SIZE) {
		ERR(l->c, TOO_LARGE, n->span, "a type has at most %d bytes", MAX_SIZE);
		l->at = l->size = 0;
	}
	if (n->text)
		add_field(l, n->text, t, at, 0);
	else if (t->kind == TYPE_RECORD)
		add_members(l, t, at);
}

static void check_names(struct checker *c, const struct node *n, const struct layout *l)
{
	for (uint32_t i = 0; i < l->count; i++)
		for (uint32_t j = 0; j < i; j++)
			if (!strcmp(l->fields[i].name, l->fields[j].name)) {
				ERR(c, BAD_DEFINITION, n->span, "two members are called '%s'",
				    l->fields[i].name);
				return;
			}
}

static void build_record(struct checker *c, const struct node *n, struct type *t)
{
	struct layout l = { .c = c, .align = 1, .is_union = n->prefix, .packed = n->number & 1 };
	uint32_t asked = n->number >> 1;

	for (uint32_t i = 0; i < n->nkids; i++)
		lay_member(&l, n->kids[i]);
	check_names(c, n, &l);
	t->align = asked > l.align ? asked : l.align;
	t->size = round_up(round_up(l.size, 8) / 8, t->align);
	t->fields = l.fields;
	t->count = l.count;
}

static void build_enum(struct checker *c, const struct node *n, struct type *t)
{
	struct enum_value *values = arena_alloc(c->arena, (n->nkids + 1) * sizeof(*values));
	uint64_t next = 0;

	t->size = 4;
	t->values = values;
	for (uint32_t i = 0; i < n->nkids; i++) {
		struct node *k = n->kids[i];

		if (k->nkids && !constant(c, k->kids[0], &next))
			return;
		t->is_signed = t->is_signed || (int64_t)next < 0;
		if ((int64_t)next > UINT32_MAX || (int64_t)next < INT32_MIN)
			t->size = 8;
		values[t->count++] = (struct enum_value){ k->text, (int64_t)next };
		VEC_PUSH(c->arena, c->enumerators, c->nenumerators,
			 ((struct enumerator){ k->text, (int64_t)next++, t }));
	}
}

static const struct type *build(struct checker *c, struct definition *d)
{
	struct node *n = d->node;

	if (d->type && d->building && !d->tag)
		bad(c, n->span, "this type contains itself");
	if (d->type)
		return d->type;
	if (n->kind == NODE_DECL) {
		d->type = arena_alloc(c->arena, sizeof(*d->type));
		d->type->kind = TYPE_ERROR;
		d->building = true;
		d->type = (struct type *)check_typename(c, n->kids[0]);
		d->building = false;
		return d->type;
	}
	d->type = arena_alloc(c->arena, sizeof(*d->type));
	d->type->kind = n->kind == NODE_ENUM ? TYPE_ENUM : TYPE_RECORD;
	d->type->name = n->text;
	if (n->kind == NODE_ENUM)
		build_enum(c, n, d->type);
	else
		build_record(c, n, d->type);
	return d->type;
}

/* The type of a definition where it stands, without a tag perhaps. */
const struct type *cdef_here(struct checker *c, struct node *n)
{
	for (uint32_t i = 0; i < c->ndefinitions; i++)
		if (c->definitions[i]->node == n)
			return build(c, c->definitions[i]);
	return &type_error;
}

static void add_definition(struct checker *c, struct node *n, bool tag)
{
	struct definition *d = arena_alloc(c->arena, sizeof(*d)), *old;

	d->name = n->text ? n->text : "";
	d->tag = tag;
	d->node = n;
	old = n->text ? find(c, n->text, tag) : NULL;
	if (old)
		NOTE(c, ERR(c, BAD_DEFINITION, n->span, "'%s' is defined twice", n->text),
		     old->node->span, "the first definition");
	VEC_PUSH(c->arena, c->definitions, c->ndefinitions, d);
}

/* Definitions, also those that stand inside of others. */
static void collect(struct checker *c, struct node *n)
{
	if (n->kind == NODE_TYPEDEF)
		for (uint32_t i = 0; i < n->nkids; i++)
			add_definition(c, n->kids[i], false);
	if ((n->kind == NODE_STRUCT || n->kind == NODE_ENUM) &&
	    (!n->text || find(c, n->text, true) == NULL || find(c, n->text, true)->node != n))
		add_definition(c, n, true);
	if (n->kind != NODE_STRUCT && n->kind != NODE_TYPEDEF && n->kind != NODE_DECL &&
	    n->kind != NODE_TYPENAME)
		return;
	for (uint32_t i = 0; i < n->nkids; i++)
		collect(c, n->kids[i]);
}

void check_definitions(struct checker *c, struct node *script)
{
	for (uint32_t i = 0; i < script->nkids; i++)
		collect(c, script->kids[i]);
	for (uint32_t i = 0; i < c->ndefinitions; i++)
		if (c->definitions[i]->node->kind == NODE_ENUM)
			build(c, c->definitions[i]);
	for (uint32_t i = 0; i < c->ndefinitions; i++)
		build(c, c->definitions[i]);
}
