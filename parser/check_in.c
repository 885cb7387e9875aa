/* SPDX-License-Identifier: Apache-2.0 */
/* What a value may be or contain: in, contains, starts_with, has. */
#include "parser/checker.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "parser/address.h"

#define MAX_SEARCHED 64 /* bytes that are looked for */

const struct type *check_prefix(struct checker *c, struct node *n)
{
	HINT(c, ERR(c, BAD_OPERAND, n->span, "a prefix is no value"),
	     "it stands behind 'in' or '==': ... in 10.0.0.0/8");
	return &type_error;
}

const struct type *check_set(struct checker *c, struct node *n)
{
	(void)c, (void)n;
	return &type_void;
}

const struct type *check_interval(struct checker *c, struct node *n)
{
	(void)c, (void)n;
	return &type_void;
}

bool check_is_prefix(struct node *n)
{
	struct node *left = n->kids[0];

	if (left->kind == NODE_PREFIX) {
		n->kids[0] = n->kids[1];
		n->kids[1] = left;
	}
	return n->kids[1]->kind == NODE_PREFIX || n->kids[1]->kind == NODE_SET;
}

static bool is_numeric(const struct type *t)
{
	return type_is_number(t) || t->kind == TYPE_IP4 || t->kind == TYPE_ETHER;
}

static bool is_wide(const struct type *t)
{
	return t->kind == TYPE_IP6 || t->kind == TYPE_INET;
}

static bool is_text(const struct type *t)
{
	return t->kind == TYPE_STRING || t->kind == TYPE_BUF;
}

/* A constant that a value of type @t can be. */
static bool fits(const struct node *n, const struct type *t)
{
	const struct type *own = n->type;

	if (type_is_number(t))
		return n->literal && type_is_number(own);
	if (n->kind == NODE_PREFIX)
		return t->kind == TYPE_INET || (t->kind == TYPE_IP4) == (*n->text == 4);
	if (is_wide(t))
		return n->kind == NODE_STRING && own->kind == t->kind;
	if (is_text(t))
		return n->kind == NODE_STRING && own->kind == t->kind;
	return n->kind == NODE_INT && own->kind == t->kind;
}

/* A member, or an end of an interval; false after a message. */
static bool constant(struct checker *c, struct node *n, const struct type *t)
{
	if (n->kind == NODE_PREFIX)
		n->type = &type_inet;
	else if (check_expr(c, n)->kind == TYPE_ERROR || !check_literal_as(c, n, t))
		return false;
	if (fits(n, t))
		return true;
	if (n->kind != NODE_INT && n->kind != NODE_STRING && n->kind != NODE_PREFIX)
		HINT(c, ERR(c, BAD_OPERAND, n->span, "what stands behind 'in' is constant"),
		     "{53, 80..90}, 10.0.0.0/8, \"text\"");
	else
		ERR(c, BAD_OPERAND, n->span, "%s is never %s", TYPE_NAME(c, t),
		    n->kind == NODE_PREFIX ? "in this prefix" : TYPE_NAME(c, n->type));
	return false;
}

static void number_member(struct member *m, const struct node *n)
{
	struct address a;

	m->first = m->last = n->number;
	if (n->kind != NODE_PREFIX)
		return;
	address_of(n, &a);
	m->first = address_ip4(&a);
	m->last = m->first + ((uint64_t)UINT32_MAX >> a.bits);
}

/* Bytes that the value has where the mask has ones. */
static void wide_member(struct checker *c, struct member *m, const struct node *n,
			const struct type *t)
{
	struct inet *value = arena_alloc(c->arena, sizeof(*value)), *mask;
	uint32_t skip = t->kind == TYPE_INET ? 0 : offsetof(struct inet, bytes);
	struct address a;

	address_of(n, &a);
	*value = a.inet;
	memset(&a.inet.bytes, 0xff, a.inet.length);
	address_mask(&a);
	mask = arena_alloc(c->arena, sizeof(*mask));
	*mask = a.inet;
	mask->length = UINT64_MAX;
	m->bytes = (const char *)value + skip;
	m->mask = (const char *)mask + skip;
	m->length = sizeof(*value) - skip;
}

static void text_member(struct member *m, const struct node *n)
{
	m->bytes = n->text;
	m->length = n->length + (n->type->kind == TYPE_STRING);
}

static void new_member(struct checker *c, struct member *m, const struct node *n,
		       const struct type *t)
{
	if (is_numeric(t))
		number_member(m, n);
	else if (is_wide(t))
		wide_member(c, m, n, t);
	else
		text_member(m, n);
}

/* a..b: from the first of @a to the last of @b. */
static bool interval(struct checker *c, struct member *m, struct node *n, const struct type *t)
{
	struct member end = { 0 };
	bool ordered;

	if (is_text(t)) {
		ERR(c, BAD_OPERAND, n->span, "a range is of numbers or addresses, and this is %s",
		    TYPE_NAME(c, t));
		return false;
	}
	if (!constant(c, n->kids[0], t) || !constant(c, n->kids[1], t))
		return false;
	if (n->kids[0]->kind == NODE_PREFIX || n->kids[1]->kind == NODE_PREFIX) {
		ERR(c, BAD_OPERAND, n->span, "a range is of addresses, not of prefixes");
		return false;
	}
	new_member(c, m, n->kids[0], t);
	new_member(c, &end, n->kids[1], t);
	if (is_wide(t)) {
		m->mask = NULL;
		m->end = end.bytes;
		ordered = memcmp(m->bytes, m->end, m->length) <= 0 &&
			  (t->kind != TYPE_INET || *m->bytes == *m->end);
	} else {
		m->last = end.last;
		ordered = t->is_signed ? (int64_t)m->first <= (int64_t)m->last
				       : m->first <= m->last;
	}
	if (!ordered)
		ERR(c, BAD_OPERAND, n->span, "this range ends before it begins");
	return ordered;
}

static int by_first(const void *x, const void *y)
{
	const struct member *a = x, *b = y;

	return (a->first > b->first) - (a->first < b->first);
}

/* Numbers in their order, those that touch as one; signed ones are moved up for it. */
static void merge_members(struct set *s, struct member *list, bool is_signed)
{
	uint64_t move = is_signed ? (uint64_t)1 << 63 : 0;
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		list[i].first ^= move;
		list[i].last ^= move;
	}
	qsort(list, s->count, sizeof(*list), by_first);
	for (uint32_t i = 0; i < s->count; i++) {
		struct member *before = n ? &list[n - 1] : NULL;

		if (before && (before->last == UINT64_MAX || list[i].first <= before->last + 1))
			before->last = before->last > list[i].last ? before->last : list[i].last;
		else
			list[n++] = list[i];
	}
	s->count = n;
	for (uint32_t i = 0; i < n; i++) {
		list[i].first ^= move;
		list[i].last ^= move;
	}
}

static bool members(struct checker *c, struct node *n, const struct type *t)
{
	struct member *list = arena_alloc(c->arena, n->nkids * sizeof(*list));
	struct set *s = arena_alloc(c->arena, sizeof(*s));
	bool ok = true;

	s->members = list;
	s->count = n->nkids;
	for (uint32_t i = 0; i < n->nkids; i++) {
		struct node *k = n->kids[i];

		if (k->kind == NODE_INTERVAL)
			ok = interval(c, &list[i], k, t) && ok;
		else if (constant(c, k, t))
			new_member(c, &list[i], k, t);
		else
			ok = false;
	}
	if (ok && is_numeric(t))
		merge_members(s, list, t->is_signed);
	n->is.set = s;
	return ok;
}

static const struct type *check_in(struct checker *c, struct node *n)
{
	const struct type *t = n->kids[0]->type, *outer = c->symbols;
	struct node *set = n->kids[1];
	bool ok;

	if (set->kind != NODE_SET) {
		set = node_new(c->arena, NODE_SET, n->kids[1]->span);
		node_add(c->arena, set, n->kids[1]);
		n->kids[1] = set;
	}
	set->type = &type_void;
	if (!is_numeric(t) && !is_wide(t) && !is_text(t)) {
		ERR(c, BAD_OPERAND, n->span,
		    "'%s' takes a number, an address, text or bytes, and this is %s", n->op->symbol,
		    TYPE_NAME(c, t));
		return &type_error;
	}
	if (t->values)
		c->symbols = t;
	ok = members(c, set, t);
	c->symbols = outer;
	return ok ? &type_bool : &type_error;
}

static const struct type *check_has(struct checker *c, struct node *n)
{
	if (type_is_number(n->kids[0]->type) && type_is_number(n->kids[1]->type))
		return &type_bool;
	ERR(c, BAD_OPERAND, n->span, "'has' takes flags or numbers, not %s and %s",
	    TYPE_NAME(c, n->kids[0]->type), TYPE_NAME(c, n->kids[1]->type));
	return &type_error;
}

/* contains, starts_with: a text or bytes, and a literal of the same. */
static const struct type *check_part(struct checker *c, struct node *n)
{
	struct node *whole = n->kids[0], *part = n->kids[1];

	if (!is_text(whole->type) || !is_text(part->type)) {
		ERR(c, BAD_OPERAND, n->span, "'%s' takes text or bytes, not %s and %s",
		    n->op->symbol, TYPE_NAME(c, whole->type), TYPE_NAME(c, part->type));
		return &type_error;
	}
	check_literal_as(c, part, whole->type);
	if (part->kind != NODE_STRING || part->type->kind != whole->type->kind) {
		ERR(c, BAD_OPERAND, part->span, "'%s' takes a literal: \"text\" or h\"de ad\"",
		    n->op->symbol);
		return &type_error;
	}
	if (part->length > MAX_SEARCHED + (part->type->kind == TYPE_BUF ? 4 : 0)) {
		ERR(c, TOO_LARGE, part->span, "'%s' takes at most %d bytes", n->op->symbol,
		    MAX_SEARCHED);
		return &type_error;
	}
	if (n->op->id == OP_ID_STARTS_WITH && check_is_payload(whole))
		check_payload(c, whole, 0, part->length - 4);
	return &type_bool;
}

const struct type *check_membership(struct checker *c, struct node *n)
{
	switch ((int)n->op->id) {
	case OP_ID_HAS:
		return check_has(c, n);
	case OP_ID_CONTAINS:
	case OP_ID_STARTS_WITH:
		return check_part(c, n);
	default:
		return check_in(c, n);
	}
}
