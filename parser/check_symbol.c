/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of bits and enums beside a value of that type: ip.proto == tcp, tcp.flags & (SYN|ACK). They
 * need no prefix, and upper and lower case are the same.
 */
#include "parser/checker.h"

#include <string.h>

#define MAX_LISTED 12

/* Names of @t that begin with the first @length bytes of @name. */
static uint32_t sharing(const struct type *t, const char *name, size_t length)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->count; i++)
		n += !strncmp(t->values[i].name, name, length);
	return n;
}

/* The length of the longest prefix, up to a '_', that so many of the names share. */
static size_t prefix(const struct type *t, uint32_t names)
{
	size_t longest = 0, length;

	for (uint32_t i = 0; i < t->count; i++) {
		const char *name = t->values[i].name, *at = name;

		while ((at = strchr(at, '_'))) {
			length = ++at - name;
			if (length > longest && sharing(t, name, length) >= names)
				longest = length;
		}
	}
	return longest;
}

/* The name without what most names, or all of them, begin with. */
static const char *short_name(const struct type *t, uint32_t i, size_t most, size_t all)
{
	const char *name = t->values[i].name;

	if (t->count < 2)
		return name;
	return name + (sharing(t, name, most) > t->count / 2 ? most : all);
}

static const struct enum_value *find(const struct type *t, const char *name)
{
	size_t most = prefix(t, t->count / 2 + 1), all = prefix(t, t->count);

	for (uint32_t i = 0; i < t->count; i++)
		if (!strcasecmp(t->values[i].name, name) ||
		    !strcasecmp(short_name(t, i, most, all), name) ||
		    (t->count > 1 && !strcasecmp(t->values[i].name + all, name)))
			return &t->values[i];
	return NULL;
}

const char *check_symbol_hint(struct checker *c, const char *name)
{
	const struct type *t = c->symbols;
	size_t most = prefix(t, t->count / 2 + 1), all = prefix(t, t->count);
	struct suggest s = { .word = name };
	const char *list = "";

	for (uint32_t i = 0; i < t->count; i++) {
		suggest_try(&s, short_name(t, i, most, all));
		if (i < MAX_LISTED)
			list = arena_printf(c->arena, "%s%s%s", list, i ? ", " : "",
					    short_name(t, i, most, all));
	}
	if (s.best)
		return arena_printf(c->arena, "did you mean '%s'?", s.best);
	return arena_printf(c->arena, "the names of %s are %s%s", TYPE_NAME(c, t), list,
			    t->count > MAX_LISTED ? ", ..." : "");
}

static bool combines(const struct node *n)
{
	return n->kind == NODE_BINARY &&
	       (n->op->id == OP_ID_AND || n->op->id == OP_ID_OR || n->op->id == OP_ID_XOR);
}

/* Names, and what combines them: SYN, SYN|ACK, ~SYN, {TCP, UDP}. */
static bool is_symbolic(const struct node *n)
{
	if (combines(n))
		return is_symbolic(n->kids[0]) || is_symbolic(n->kids[1]);
	if (n->kind == NODE_UNARY && n->op->id == OP_ID_INV)
		return is_symbolic(n->kids[0]);
	return n->kind == NODE_IDENT || n->kind == NODE_SET;
}

static void resolve(struct node *n, const struct type *t)
{
	const struct enum_value *v = n->kind == NODE_IDENT ? find(t, n->text) : NULL;

	if (v) {
		check_fold(n, v->value, false);
		n->type = t;
	}
	if (combines(n) || n->kind == NODE_SET || n->kind == NODE_INTERVAL ||
	    (n->kind == NODE_UNARY && n->op->id == OP_ID_INV))
		for (uint32_t i = 0; i < n->nkids; i++)
			resolve(n->kids[i], t);
}

static const char *source_text(const struct checker *c, const struct node *n)
{
	return arena_strndup(c->arena, c->diags->source->text + n->span.offset, n->span.length);
}

static bool is_comparison(const struct node *n)
{
	return n->kind == NODE_BINARY && (n->op->class == OP_COMPARE || n->op->class == OP_ORDER ||
					  n->op->class == OP_MEMBER);
}

static uint32_t end_of(const struct node *n)
{
	return n->span.offset + n->span.length;
}

/* What the script has from @from up to @to. */
static const char *text_between(const struct checker *c, const struct node *from,
				const struct node *to)
{
	return arena_strndup(c->arena, c->diags->source->text + from->span.offset,
			     to->span.offset - from->span.offset);
}

/*
 * flags == SYN|ACK is (flags == SYN) | ACK to the grammar, as in C. What stands in parentheses is
 * meant so.
 */
static bool or_of_comparison(struct checker *c, struct node *n)
{
	const struct node *a = n->kids[0], *b = n->kids[1];

	if (!combines(n) || !is_comparison(a) || a->span.offset != n->span.offset ||
	    a->type->kind != TYPE_BOOL || !a->kids[0]->type->values ||
	    !(is_symbolic(b) || b->literal))
		return false;
	HINT(c,
	     ERR(c, BAD_OPERAND, n->span, "'%s' takes its sides before '%s' does", a->op->symbol,
		 n->op->symbol),
	     "write %s(%s %s %s)", text_between(c, a, a->kids[1]), source_text(c, a->kids[1]),
	     n->op->symbol, source_text(c, b));
	return true;
}

/* flags & SYN == SYN is flags & (SYN == SYN). */
static bool comparison_in_or(struct checker *c, struct node *n)
{
	const struct node *a = n->kids[0], *b = n->kids[1];

	if (!combines(n) || a->type->kind != TYPE_FLAGS || !is_comparison(b) ||
	    end_of(b) != end_of(n))
		return false;
	HINT(c,
	     ERR(c, BAD_OPERAND, n->span, "'%s' takes its sides before '%s' does", b->op->symbol,
		 n->op->symbol),
	     "write (%s%s) %s %s", text_between(c, n, b), source_text(c, b->kids[0]), b->op->symbol,
	     source_text(c, b->kids[1]));
	return true;
}

static bool by_context(const struct node *n)
{
	return is_comparison(n) || combines(n) || n->op->class == OP_DEFAULT;
}

/* The right side of 'in' is checked with the set. */
static void check_side(struct checker *c, struct node *n)
{
	if (n->kind == NODE_SET || n->kind == NODE_PREFIX)
		n->type = &type_void;
	else
		check_expr(c, n);
}

void check_sides(struct checker *c, struct node *n)
{
	bool turn = by_context(n) && is_symbolic(n->kids[0]) && !is_symbolic(n->kids[1]);
	struct node *first = n->kids[turn], *second = n->kids[!turn];
	const struct type *outer = c->symbols, *t;

	c->symbols = NULL;
	check_side(c, first);
	t = first->type;
	if (!turn && (or_of_comparison(c, n) || comparison_in_or(c, n))) {
		second->type = &type_error;
	} else if (t->kind == TYPE_ERROR && is_symbolic(second)) {
		second->type = t; /* what its names are is not known */
	} else {
		if (by_context(n) && t->values && is_symbolic(second)) {
			resolve(second, t);
			c->symbols = t;
		}
		check_side(c, second);
	}
	c->symbols = outer;
}
