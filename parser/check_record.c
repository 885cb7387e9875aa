/* SPDX-License-Identifier: Apache-2.0 */
/* Records, and what is asked of types: casts, sizeof and offsetof. */
#include "parser/checker.h"

#include <string.h>

/* The pointer type @to in the memory that @from points into. */
static const struct type *same_space(struct checker *c, const struct type *to,
				     const struct type *from)
{
	struct type *t;

	if (to->kind != TYPE_PTR || from->kind != TYPE_PTR || from->space == SPACE_CTX)
		return to;
	t = arena_alloc(c->arena, sizeof(*t));
	*t = *to;
	t->space = from->space;
	return t;
}

/* (int8[])"text": as many elements as there are bytes. */
static const struct type *open_array(struct checker *c, const struct type *to,
				     const struct node *from)
{
	uint32_t size = from->kind == NODE_STRING ? from->length + 1 : from->type->size;

	if (to->kind != TYPE_ARRAY || to->count || size % to->elem->size)
		return to;
	return type_array(c->arena, to->elem, size / to->elem->size);
}

static bool is_bytes(const struct type *t)
{
	return t->kind == TYPE_STRING || t->kind == TYPE_ARRAY || t->kind == TYPE_RECORD ||
	       t->kind == TYPE_BUF;
}

/* Values in memory: text to bytes and back, and whatever has the same size. */
static bool castable(const struct type *to, const struct type *from)
{
	bool text = from->kind == TYPE_STRING || from->kind == TYPE_BUF ||
		    (from->kind == TYPE_ARRAY && from->elem->size == 1);

	if (to->kind == TYPE_STRING || to->kind == TYPE_BUF)
		return text;
	if (to->kind == TYPE_ARRAY && type_is_number(from))
		return to->size <= 8;
	if (to->kind == TYPE_ARRAY && from->kind == TYPE_STRING)
		return to->elem->size == 1;
	if (type_is_number(to) && from->kind == TYPE_ARRAY)
		return to->size == from->size;
	return is_bytes(to) && is_bytes(from) && to->size == from->size;
}

const struct type *check_cast(struct checker *c, struct node *n)
{
	const struct type *to = check_typename(c, n->kids[0]), *from = check_expr(c, n->kids[1]);

	if (to->kind == TYPE_ERROR || from->kind == TYPE_ERROR)
		return &type_error;
	if ((type_is_number(to) || to->kind == TYPE_PTR) &&
	    (type_is_number(from) || from->kind == TYPE_PTR))
		return same_space(c, to, from);
	to = open_array(c, to, n->kids[1]);
	if (castable(to, from))
		return to;
	ERR(c, BAD_CAST, n->span, "cannot cast %s to %s", TYPE_NAME(c, from), TYPE_NAME(c, to));
	return &type_error;
}

/* As large as it was written: strings are padded, and numbers widened, when they are stored. */
static uint32_t size_of(const struct node *n, const struct type *t)
{
	const struct field *f = n->kind == NODE_FIELD ? n->is.field : NULL;
	uint32_t width;

	if (n->kind == NODE_STRING && t->kind == TYPE_STRING)
		return n->length + 1;
	if (f && f->source == FIELD_PLAIN && !f->bit_size)
		return f->type->size;
	if (n->kind == NODE_TYPENAME || t->kind != TYPE_INT)
		return t->size;
	width = check_width(n) > check_literal_width(n) ? check_width(n) : check_literal_width(n);
	return width ? width : t->size;
}

const struct type *check_sizeof(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct type *t = check_is_type(c, k) ? check_typename(c, k) : check_expr(c, k);

	if (t->kind == TYPE_ERROR)
		return t;
	if (!t->size) {
		ERR(c, BAD_OPERAND, n->span, "%s has no size", TYPE_NAME(c, t));
		return &type_error;
	}
	check_fold(n, size_of(k, t), false);
	return n->type;
}

const struct type *check_member(struct checker *c, struct node *n)
{
	return check_expr(c, n->kids[0]);
}

/* (a=1, b="x") */
const struct type *check_record(struct checker *c, struct node *n)
{
	const struct type **types = arena_alloc(c->arena, n->nkids * sizeof(*types));
	const char **names = arena_alloc(c->arena, n->nkids * sizeof(*names));

	for (uint32_t i = 0; i < n->nkids; i++) {
		types[i] = check_expr(c, n->kids[i]);
		names[i] = n->kids[i]->text;
		if (types[i]->kind == TYPE_ERROR)
			return types[i];
		if (types[i]->kind == TYPE_VOID) {
			ERR(c, BAD_OPERAND, n->kids[i]->span,
			    "this has no value to put into a record");
			return &type_error;
		}
		for (uint32_t j = 0; j < i; j++)
			if (!strcmp(names[i], names[j])) {
				ERR(c, BAD_DEFINITION, n->kids[i]->span,
				    "two members are called '%s'", names[i]);
				return &type_error;
			}
	}
	return btf_complete(c, type_tuple(c->arena, types, names, n->nkids));
}

/* print(args): all of them, as a record of their values. */
void check_spread_args(struct checker *c, struct node *n)
{
	const struct type *t;
	struct node *all;

	if (n->kind != NODE_IDENT || strcmp(n->text, builtin_rows[BUILTIN_args].name))
		return;
	t = check_expr(c, n);
	if (t->kind != TYPE_PTR || !t->elem || !t->elem->count)
		return;
	all = node_new(c->arena, NODE_RECORD, n->span);
	for (uint32_t i = 0; i < t->elem->count; i++) {
		struct node *field = node_new(c->arena, NODE_FIELD, n->span);
		struct node *member = node_new(c->arena, NODE_MEMBER, n->span);

		field->text = member->text = t->elem->fields[i].name;
		field->length = member->length = strlen(field->text);
		node_add(c->arena, field, node_clone(c->arena, n));
		node_add(c->arena, all, node_add(c->arena, member, field));
	}
	*n = *all;
}

/* The offset of @path in @t is added; the type of what is there, or NULL after a message. */
static const struct type *walk_path(struct checker *c, const struct type *t, struct node *path,
				    uint64_t *offset)
{
	const struct field *f;

	if (path->nkids)
		t = walk_path(c, t, path->kids[0], offset);
	if (!t)
		return NULL;
	if (path->kind == NODE_INDEX) {
		check_expr(c, path->kids[1]);
		if (t->kind != TYPE_ARRAY || !path->kids[1]->literal) {
			ERR(c, BAD_OPERAND, path->span, "this is no element of an array");
			return NULL;
		}
		*offset += path->kids[1]->number * t->elem->size;
		return t->elem;
	}
	f = t->kind != TYPE_RECORD ? NULL
	    : t->btf               ? btf_field(c, t, path->text)
				   : type_field(t, path->text);
	if (!f || f->bit_size) {
		ERR(c, UNKNOWN_FIELD, path->span,
		    f ? "%s: no offset of the bit-field '%s'" : "%s has no field '%s'",
		    TYPE_NAME(c, t), path->text);
		return NULL;
	}
	*offset += f->offset;
	return f->type;
}

const struct type *check_offsetof(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct type *t = check_is_type(c, k) ? check_typename(c, k) : check_expr(c, k);
	uint64_t offset = 0;

	if (t->kind == TYPE_PTR && t->elem)
		t = t->elem;
	if (t->kind == TYPE_ERROR || !walk_path(c, t, n->kids[1], &offset))
		return &type_error;
	check_fold(n, offset, false);
	return n->type;
}
