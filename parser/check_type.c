/* SPDX-License-Identifier: Apache-2.0 */
/* Which type a name has when several values are stored under it. */
#include "parser/checker.h"

#include <string.h>

static const struct type *merge(struct checker *c, const struct type *a, const struct type *b);

static const struct type *merge_fields(struct checker *c, const struct type *a,
				       const struct type *b)
{
	const struct type **types = arena_alloc(c->arena, a->count * sizeof(*types));
	const char **names = arena_alloc(c->arena, a->count * sizeof(*names));

	if (a->count != b->count)
		return NULL;
	for (uint32_t i = 0; i < a->count; i++) {
		types[i] = merge(c, a->fields[i].type, b->fields[i].type);
		names[i] = a->fields[i].name;
		if (!types[i] || (names[i] && strcmp(names[i], b->fields[i].name)))
			return NULL;
	}
	return type_tuple(c->arena, types, a->kind == TYPE_RECORD ? names : NULL, a->count);
}

static const struct type *merge_numbers(const struct type *a, const struct type *b)
{
	if (a->kind == TYPE_BOOL && b->kind == TYPE_BOOL)
		return a->size > b->size ? a : b;
	if (a->kind == TYPE_ENUM && type_equal(a, b))
		return a;
	return type_int(8, a->is_signed || b->is_signed);
}

/* The same aggregation of signed and of unsigned numbers is one of signed numbers. */
static const struct type *merge_aggs(const struct type *a, const struct type *b)
{
	struct type same = *b;

	same.is_signed = a->is_signed;
	return !type_equal(a, &same) ? NULL : a->is_signed ? a : b;
}

/* The type that holds every value of @a and of @b, or NULL. */
static const struct type *merge(struct checker *c, const struct type *a, const struct type *b)
{
	if (type_is_number(a) && type_is_number(b))
		return merge_numbers(a, b);
	if (a->kind != b->kind)
		return NULL;
	if (a->kind == TYPE_STRING || a->kind == TYPE_BUF)
		return a->size > b->size ? a : b;
	if (a->kind == TYPE_TUPLE || (a->kind == TYPE_RECORD && !a->name && !b->name))
		return merge_fields(c, a, b);
	if (a->kind == TYPE_PTR)
		return a;
	if (a->kind == TYPE_AGG)
		return merge_aggs(a, b);
	return type_equal(a, b) ? a : NULL;
}

static enum sureness sureness(const struct node *n, const struct type *t)
{
	if (n->kind == NODE_INT && n->literal && !n->is_unsigned)
		return SURE_LITERAL;
	return t->is_signed ? SURE_SIGNED : SURE_UNSIGNED;
}

const struct type *check_stored(struct checker *c, const struct type *t)
{
	return btf_complete(c, type_stored(c->arena, t));
}

uint32_t check_width(const struct node *n)
{
	if (n->literal)
		return 0;
	if (n->kind == NODE_VAR && n->is.var)
		return ((const struct var_state *)n->is.var)->value.width;
	if (n->kind == NODE_MAP && n->is.map)
		return ((const struct map_state *)n->is.map)->value.width;
	return n->type->size;
}

static void keep_width(struct checker *c, struct growing *g, const struct node *n)
{
	uint32_t width = n->type && type_is_number(n->type) ? check_width(n) : 0;

	if (width <= g->width)
		return;
	g->width = width;
	c->changed = true;
}

bool check_store(struct checker *c, struct growing *g, const struct node *n, const struct type *t,
		 const char *what, const char *name)
{
	const struct type *merged, *old = g->type;
	enum sureness sure = sureness(n, t);

	if (t->kind == TYPE_ERROR)
		return false;
	t = check_stored(c, t);
	keep_width(c, g, n);
	if (!old) {
		*g = (struct growing){ t, sure, n->span, g->width };
		c->changed = true;
		return true;
	}
	merged = merge(c, old, t);
	if (!merged) {
		NOTE(c,
		     ERR(c, TYPE_MISMATCH, n->span, "%s %s is %s, not %s", what, name,
			 TYPE_NAME(c, old), TYPE_NAME(c, t)),
		     g->span, "its type comes from here");
		return false;
	}
	if (merged->kind == TYPE_INT) {
		g->sure = sure > g->sure ? sure : g->sure;
		merged = type_int(8, g->sure != SURE_UNSIGNED);
	}
	if (!type_equal(merged, old)) {
		g->type = merged;
		c->changed = true;
	}
	return true;
}

const struct type *check_arith_type(const struct node *a, const struct node *b)
{
	bool signed_a = a->type->is_signed && !(a->literal && (int64_t)a->number >= 0);
	bool signed_b = b->type->is_signed && !(b->literal && (int64_t)b->number >= 0);

	if (a->literal && b->literal)
		return a->is_unsigned || b->is_unsigned ? &type_uint64 : &type_int64;
	return type_int(8, signed_a || signed_b);
}

static const struct {
	const char *word;
	const struct type *type;
} words[] = {
	{ "int8", &type_int8 },     { "int16", &type_int16 },   { "int32", &type_int32 },
	{ "int64", &type_int64 },   { "uint8", &type_uint8 },   { "uint16", &type_uint16 },
	{ "uint32", &type_uint32 }, { "uint64", &type_uint64 }, { "bool", &type_bool },
	{ "void", &type_void },     { "char", &type_char },
};

#define MAX_DECLARED 1024

/* string[64]: the size is a literal. */
static const struct type *sized_type(struct checker *c, struct node *n)
{
	uint64_t size = c->config.max_strlen;

	if (n->nkids) {
		check_expr(c, n->kids[0]);
		if (!n->kids[0]->literal || !n->kids[0]->number ||
		    n->kids[0]->number > MAX_DECLARED) {
			ERR(c, BAD_CAST, n->kids[0]->span,
			    "the size of a type is a number from 1 to %d", MAX_DECLARED);
			return &type_error;
		}
		size = n->kids[0]->number;
	}
	return type_string(c->arena, size);
}

/* A type by its word or tag, without stars and size. */
static const struct type *named_type(struct checker *c, const struct node *n)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !n->prefix; i++)
		if (!strcmp(n->text, words[i].word))
			return words[i].type;
	return n->prefix ? btf_tag(c, n->text) : NULL;
}

/* int8[4]: the size is a literal. */
static const struct type *declared_array(struct checker *c, struct node *n, const struct type *t)
{
	check_expr(c, n->kids[0]);
	if (n->kids[0]->literal && n->kids[0]->number && n->kids[0]->number <= MAX_DECLARED &&
	    t->size)
		return type_array(c->arena, t, n->kids[0]->number);
	ERR(c, BAD_CAST, n->kids[0]->span, "the size of a type is a number from 1 to %d",
	    MAX_DECLARED);
	return &type_error;
}

const struct type *check_typename(struct checker *c, struct node *n)
{
	const struct type *t;
	struct diag *g;

	if (!n->prefix && !strcmp(n->text, "string") && !n->number)
		return sized_type(c, n);
	t = named_type(c, n);
	if (!t) {
		g = ERR(c, BAD_CAST, n->span, "unknown type '%s'", n->text);
		if (n->prefix && !kernel_btf(c->kernel))
			HINT(c, g, "%s", kernel_error(c->kernel));
		return &type_error;
	}
	for (uint64_t i = 0; i < n->number; i++)
		t = type_pointer(c->arena, t->kind == TYPE_VOID ? NULL : t, check_space(c));
	return n->nkids ? declared_array(c, n, t) : t;
}
