/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/node.h"

#include <inttypes.h>

const struct op op_rows[OP_COUNT] = {
#define OP(ID, symbol, class) [OP_ID_##ID] = { OP_ID_##ID, symbol, OP_##class },
#include "parser/ops.def"
#undef OP
};

static const char *const node_names[NODE_KINDS] = {
#define EXPR(ID, id, name, kids) [NODE_##ID] = name,
#define STMT(ID, id, name, kids) [NODE_STMT_##ID] = name,
#define TOP(ID, id, name, kids) [NODE_##ID] = name,
#include "parser/nodes.def"
#undef EXPR
#undef STMT
#undef TOP
};

const char *node_name(enum node_kind kind)
{
	return node_names[kind];
}

struct node *node_new(struct arena *a, enum node_kind kind, struct span span)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	n->kind = kind;
	n->span = span;
	return n;
}

struct node *node_add(struct arena *a, struct node *parent, struct node *kid)
{
	if (kid) {
		VEC_PUSH(a, parent->kids, parent->nkids, kid);
		parent->span = span_join(parent->span, kid->span);
		if (parent->depth <= kid->depth)
			parent->depth = kid->depth + 1;
	}
	return parent;
}

struct node *node_clone(struct arena *a, const struct node *n)
{
	struct node *copy = arena_alloc(a, sizeof(*copy));

	*copy = *n;
	copy->kids = arena_alloc(a, n->nkids * sizeof(*n->kids));
	for (uint32_t i = 0; i < n->nkids; i++)
		copy->kids[i] = node_clone(a, n->kids[i]);
	return copy;
}

void node_walk(const struct node *n, void (*fn)(void *ctx, const struct node *n), void *ctx)
{
	fn(ctx, n);
	for (uint32_t i = 0; i < n->nkids; i++)
		node_walk(n->kids[i], fn, ctx);
}

static void print_text(FILE *f, const struct node *n)
{
	fputs(n->kind == NODE_STRING ? " \"" : " ", f);
	for (uint32_t i = 0; i < n->length; i++) {
		unsigned char c = n->text[i];

		if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f)
			fprintf(f, "\\x%02x", c);
		else
			fputc(c, f);
	}
	if (n->kind == NODE_STRING)
		fputc('"', f);
}

void node_print(FILE *f, struct arena *a, const struct node *n, int depth)
{
	fprintf(f, "%*s%s", 2 * depth, "", node_names[n->kind]);
	if (n->op)
		fprintf(f, " %s", n->op->symbol);
	if (n->text)
		print_text(f, n);
	if (n->kind == NODE_INT && !n->is_unsigned)
		fprintf(f, " %" PRId64, (int64_t)n->number);
	else if (n->kind == NODE_INT || n->kind == NODE_PARAM || n->kind == NODE_ELEMENT)
		fprintf(f, " %" PRIu64, n->number);
	if (n->type && n->type->kind != TYPE_VOID)
		fprintf(f, " : %s", type_name(a, n->type));
	fputc('\n', f);
	for (uint32_t i = 0; i < n->nkids; i++)
		node_print(f, a, n->kids[i], depth + 1);
}
