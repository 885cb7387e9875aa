/* SPDX-License-Identifier: Apache-2.0 */
/* Members, elements, and what a pointer points at. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

enum space check_space(const struct checker *c)
{
	return check_attach_space(c->body->attach);
}

/* "struct sk_buff *": its name is its tag, looked up when something is read through it. */
static const struct type *tracepoint_pointer(struct checker *c, const struct tp_field *f)
{
	const struct type *target = strstr(f->ctype, "char") ? &type_char : NULL;
	struct type *t = (struct type *)type_pointer(c->arena, target, check_space(c));
	const char *tag = strstr(f->ctype, "struct ");

	if (tag)
		t->name = arena_strndup(c->arena, tag + 7, strcspn(tag + 7, " *"));
	return t;
}

static const struct type *tracepoint_type(struct checker *c, const struct tp_field *f)
{
	const struct type *t;

	switch (f->kind) {
	case TP_INT:
		t = strncmp(f->ctype, "enum ", 5) ? NULL : check_tag(c, f->ctype + 5);
		return t && t->size == f->size ? t : type_int(f->size, f->is_signed);
	case TP_POINTER:
		return tracepoint_pointer(c, f);
	case TP_CHARS:
		return type_array(c->arena, &type_char, f->size);
	case TP_ARRAY:
		return type_array(c->arena, type_int(f->elem_size, f->is_signed),
				  f->size / f->elem_size);
	case TP_STRING:
	case TP_DYNAMIC:
		break;
	}
	return &type_uint32;
}

/* A tracepoint's fields as a record in the context. */
static const struct field *tracepoint_fields(struct checker *c, const struct tracepoint *tp)
{
	struct field *fields = arena_alloc(c->arena, (tp->nfields + 1) * sizeof(*fields));

	for (uint32_t i = 0; i < tp->nfields; i++) {
		const struct tp_field *f = &tp->fields[i];

		fields[i] = (struct field){ .name = f->name,
					    .offset = f->offset,
					    .type = tracepoint_type(c, f) };
		if (f->kind == TP_STRING || f->kind == TP_DYNAMIC)
			fields[i].source = f->relative ? FIELD_REL_LOC : FIELD_DATA_LOC;
	}
	return fields;
}

const struct type *args_type(struct checker *c)
{
	const struct tracepoint *tp = c->body->tp;
	struct type *t;

	if (!tp)
		return check_typed_args(c);
	t = arena_alloc(c->arena, sizeof(*t));
	t->kind = TYPE_RECORD;
	t->name = c->body->attach->name;
	t->fields = tracepoint_fields(c, tp);
	t->count = tp->nfields;
	return type_pointer(c->arena, t, SPACE_CTX);
}

static void unknown_field(struct checker *c, struct node *n, const struct type *t)
{
	struct suggest s = { .word = n->text };
	const char *list = "";
	struct diag *g;

	g = ERR(c, UNKNOWN_FIELD, n->span, "%s has no field '%s'",
		t->btf    ? TYPE_NAME(c, t)
		: t->name ? t->name
			  : TYPE_NAME(c, t),
		n->text);
	g->span.offset = n->span.offset + n->span.length - n->length;
	g->span.length = n->length;
	if (t->btf)
		s.best = kbtf_suggest_member(t->btf, t->btf_id, n->text);
	for (uint32_t i = 0; t->fields && i < t->count; i++) {
		if (!t->fields[i].name)
			continue;
		suggest_try(&s, t->fields[i].name);
		if (i < 12)
			list = arena_printf(c->arena, "%s%s%s", list, *list ? ", " : "",
					    t->fields[i].name);
	}
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	else if (*list)
		HINT(c, g, "its fields are %s%s", list, t->count > 12 ? ", ..." : "");
}

const struct type *check_read_type(struct checker *c, const struct type *t)
{
	if (t->kind == TYPE_ARRAY && t->elem == &type_char)
		return type_string(c->arena, t->count ? t->count : c->config.max_strlen);
	if (t->kind == TYPE_ARRAY && !t->size)
		return type_pointer(c->arena, t->elem, SPACE_KERNEL);
	return t;
}

/* What reading a field gives: __data_loc words are what they point at. */
static const struct type *field_value(struct checker *c, const struct field *f, enum space space)
{
	struct type *t;

	if (f->source != FIELD_PLAIN)
		return type_string(c->arena, c->config.max_strlen);
	if (f->bit_size)
		return f->type->kind == TYPE_INT ? type_int(8, f->type->is_signed) : f->type;
	if (f->type->kind != TYPE_PTR || space != SPACE_USER)
		return check_read_type(c, f->type);
	t = arena_alloc(c->arena, sizeof(*t));
	*t = *f->type;
	t->space = SPACE_USER;
	return t;
}

/* The record that @t is or points at, or NULL. */
static const struct type *record_of(struct checker *c, const struct type *t)
{
	if (t->kind == TYPE_PTR && !t->elem && t->name)
		t = check_tag(c, t->name);
	else if (t->kind == TYPE_PTR)
		t = t->elem;
	return t && t->kind == TYPE_RECORD ? t : NULL;
}

const struct type *check_field(struct checker *c, struct node *n)
{
	const struct type *t, *record;

	if (check_packet_name(c, n))
		return check_packet(c, n);
	t = check_expr(c, n->kids[0]);
	if (t->kind == TYPE_ERROR)
		return t;
	record = record_of(c, t);
	if (!record) {
		ERR(c, UNKNOWN_FIELD, n->span, "%s has no fields", TYPE_NAME(c, t));
		return &type_error;
	}
	n->is.field = record->btf ? btf_field(c, record, n->text) : type_field(record, n->text);
	if (!n->is.field) {
		unknown_field(c, n, record);
		return &type_error;
	}
	return field_value(c, n->is.field, t->kind == TYPE_PTR ? t->space : SPACE_KERNEL);
}

const struct type *check_element(struct checker *c, struct node *n)
{
	const struct type *t = check_expr(c, n->kids[0]);

	if (t->kind == TYPE_ERROR)
		return t;
	if (t->kind != TYPE_TUPLE) {
		ERR(c, BAD_OPERAND, n->span, "'.%" PRIu64 "' takes a tuple, and this is %s",
		    n->number, TYPE_NAME(c, t));
		return &type_error;
	}
	if (n->number >= t->count) {
		ERR(c, UNKNOWN_FIELD, n->span, "this tuple has %u elements, from .0 to .%u",
		    t->count, t->count - 1);
		return &type_error;
	}
	n->is.field = &t->fields[n->number];
	return n->is.field->type;
}

static bool indexable(const struct type *t)
{
	return t->kind == TYPE_ARRAY || t->kind == TYPE_STRING ||
	       (t->kind == TYPE_PTR && t->elem && t->elem->size);
}

const struct type *check_index(struct checker *c, struct node *n)
{
	const struct type *t = check_expr(c, n->kids[0]), *index = check_expr(c, n->kids[1]);

	if (t->kind == TYPE_ERROR || index->kind == TYPE_ERROR)
		return &type_error;
	if (!indexable(t)) {
		ERR(c, BAD_OPERAND, n->span,
		    "'[...]' takes an array, a string or a pointer, and this is %s",
		    TYPE_NAME(c, t));
		return &type_error;
	}
	if (!type_is_number(index)) {
		ERR(c, BAD_OPERAND, n->kids[1]->span, "an index is a number, and this is %s",
		    TYPE_NAME(c, index));
		return &type_error;
	}
	if (t->kind == TYPE_PTR)
		return check_read_type(c, t->elem);
	if (n->kids[1]->literal &&
	    n->kids[1]->number >= (t->kind == TYPE_ARRAY ? t->count : t->size)) {
		ERR(c, BAD_OPERAND, n->kids[1]->span, "index %" PRId64 " is outside of %s",
		    (int64_t)n->kids[1]->number, TYPE_NAME(c, t));
		return &type_error;
	}
	return t->kind == TYPE_ARRAY ? check_read_type(c, t->elem) : &type_int8;
}

const struct type *check_deref(struct checker *c, struct node *n)
{
	const struct type *t = n->kids[0]->type, *target = t->elem;

	if (!target && t->name)
		target = check_tag(c, t->name);
	if (!target || !target->size) {
		HINT(c, ERR(c, BAD_OPERAND, n->span, "'*' cannot read through %s", TYPE_NAME(c, t)),
		     "cast it to a pointer to something: *(uint64 *)...");
		return &type_error;
	}
	return check_read_type(c, target);
}
