/* SPDX-License-Identifier: Apache-2.0 */
/* What is known before the program runs: comptime, static_assert() and fail(); and assert(). */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

/* The text that a node stands for, or NULL. */
static const char *constant_text(struct checker *c, const struct node *n)
{
	if (n->kind == NODE_STRING && n->type->kind == TYPE_STRING)
		return n->text;
	if (n->kind == NODE_IDENT && n->is.builtin && n->is.builtin->id == BUILTIN_probetype)
		return provider_type(c->body->attach->provider);
	return NULL;
}

static bool constant_value(struct checker *c, const struct node *n, int64_t *value);

static bool constant_texts(struct checker *c, const struct node *n, int64_t *value)
{
	const char *a = constant_text(c, n->kids[0]), *b = constant_text(c, n->kids[1]);

	if (!a || !b || n->op->class != OP_COMPARE)
		return false;
	*value = !strcmp(a, b) == (n->op->id == OP_ID_EQ);
	return true;
}

static bool constant_binary(struct checker *c, const struct node *n, int64_t *value)
{
	int64_t a, b;

	if (constant_texts(c, n, value))
		return true;
	if (!constant_value(c, n->kids[0], &a) || !constant_value(c, n->kids[1], &b))
		return false;
	switch ((int)n->op->id) {
	case OP_ID_EQ:
		*value = a == b;
		return true;
	case OP_ID_NE:
		*value = a != b;
		return true;
	case OP_ID_LT:
		*value = a < b;
		return true;
	case OP_ID_LE:
		*value = a <= b;
		return true;
	case OP_ID_GT:
		*value = a > b;
		return true;
	case OP_ID_GE:
		*value = a >= b;
		return true;
	case OP_ID_LAND:
		*value = a && b;
		return true;
	case OP_ID_LOR:
		*value = a || b;
		return true;
	default:
		return false;
	}
}

/* A checked expression whose value is known. Arithmetic has been folded already. */
static bool constant_value(struct checker *c, const struct node *n, int64_t *value)
{
	if (n->literal) {
		*value = n->number;
		return true;
	}
	if (n->kind == NODE_BINARY)
		return constant_binary(c, n, value);
	if (n->kind == NODE_UNARY && n->op->id == OP_ID_NOT &&
	    constant_value(c, n->kids[0], value)) {
		*value = !*value;
		return true;
	}
	if (n->kind == NODE_COND && n->nkids > 2 && constant_value(c, n->kids[0], value))
		return constant_value(c, n->kids[*value ? 1 : 2], value);
	return false;
}

static bool known(struct checker *c, const struct node *n, int64_t *value)
{
	if (constant_value(c, n, value))
		return true;
	ERR(c, BAD_ARGUMENT, n->span, "this is not known before the script runs");
	return false;
}

const struct type *comptime_type(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct type *t = k->type;
	int64_t value;

	if (k->kind == NODE_STRING) {
		*n = *k;
		return n->type;
	}
	if (!known(c, k, &value))
		return &type_error;
	check_fold(n, value, t->kind == TYPE_INT && !t->is_signed);
	if (t->kind == TYPE_BOOL)
		n->type = &type_bool;
	return n->type;
}

bool check_comptime_if(struct checker *c, struct node *n)
{
	struct node *condition = n->kids[0];
	uint32_t taken;

	if (condition->kind != NODE_CALL || strcmp(condition->text, "comptime"))
		return false;
	if (!check_condition(c, condition))
		return true;
	taken = condition->number ? 1 : 2;
	n->kind = NODE_STMT_BLOCK;
	n->kids[0] = taken < n->nkids ? n->kids[taken] : NULL;
	n->nkids = n->kids[0] != NULL;
	return false;
}

static const char *message(const struct node *n)
{
	return n->nkids > 1 ? n->kids[1]->text : NULL;
}

const struct type *static_assert_type(struct checker *c, struct node *n)
{
	const char *text = message(n);
	int64_t value;

	if (!known(c, n->kids[0], &value))
		return &type_error;
	if (value)
		return &type_void;
	ERR(c, ASSERT, n->span, "static_assert() failed%s%s", text ? ": " : "", text ? text : "");
	return &type_error;
}

const struct type *fail_type(struct checker *c, struct node *n)
{
	const struct fmt *fmt = check_format(c, n, 0);
	const char *text = "";

	for (uint32_t i = 0; i < fmt->count; i++) {
		const struct fmt_piece *p = &fmt->pieces[i];
		const struct node *arg = p->conv && i + 1 < n->nkids ? n->kids[i + 1] : NULL;

		text = arena_printf(c->arena, "%s%.*s", text, (int)p->length, p->text);
		if (arg && arg->kind == NODE_STRING)
			text = arena_printf(c->arena, "%s%s", text, arg->text);
		else if (arg && arg->literal)
			text = arena_printf(c->arena, "%s%" PRId64, text, (int64_t)arg->number);
		else if (arg) {
			ERR(c, BAD_ARGUMENT, arg->span, "this is not known before the script runs");
			return &type_error;
		}
	}
	ERR(c, ASSERT, n->span, "%s", text);
	return &type_error;
}

static struct node *new_node(struct checker *c, enum node_kind kind, const struct node *n,
			     struct node *kid)
{
	struct node *made = node_new(c->arena, kind, n->span);

	return kid ? node_add(c->arena, made, kid) : made;
}

static struct node *new_text(struct checker *c, enum node_kind kind, const struct node *n,
			     const char *text, struct node *kid)
{
	struct node *made = new_node(c, kind, n, kid);

	made->text = text;
	made->length = strlen(text);
	made->span = n->span;
	return made;
}

static struct node *new_number(struct checker *c, const struct node *n, uint64_t number)
{
	struct node *made = new_node(c, NODE_INT, n, NULL);

	made->number = number;
	made->literal = true;
	return made;
}

/* assert(condition, text): if (!(condition)) { errorf("%s", text); exit(1); } */
const struct type *check_assert(struct checker *c, struct node *n)
{
	const char *text = message(n);
	struct node *block, *no = new_node(c, NODE_UNARY, n, n->kids[0]), *report, *test;

	no->op = &op_rows[OP_ID_NOT];
	report = new_text(c, NODE_CALL, n, "errorf", new_text(c, NODE_STRING, n, "%s", NULL));
	node_add(c->arena, report,
		 new_text(c, NODE_STRING, n, text ? text : "assertion failed", NULL));
	block = new_node(c, NODE_STMT_BLOCK, n, new_node(c, NODE_STMT_EXPR, n, report));
	node_add(c->arena, block,
		 new_node(c, NODE_STMT_EXPR, n,
			  new_text(c, NODE_CALL, n, "exit", new_number(c, n, 1))));
	test = new_node(c, NODE_STMT_IF, n, no);
	node_add(c->arena, test, block);
	n->kind = NODE_BLOCK;
	n->nkids = 0;
	node_add(c->arena, n, test);
	return check_block(c, n);
}

#if defined(__x86_64__)
#define MODE_REGISTER "cs"
#define MODE_MASK 3
#define MODE_USER 3
#else
#define MODE_REGISTER "pstate"
#define MODE_MASK 15
#define MODE_USER 0
#endif

static struct node *new_operation(struct checker *c, const struct node *n, enum op_id op,
				  struct node *a, uint64_t b)
{
	struct node *made = new_node(c, NODE_BINARY, n, a);

	made->op = &op_rows[op];
	return node_add(c->arena, made, new_number(c, n, b));
}

/* A register of the interrupted code tells: the builtin has the comparison as a kid. */
const struct type *usermode_type(struct checker *c, struct node *n)
{
	enum prog_kind prog = c->body->attach->prog;
	struct node *reg;

	if (prog != PROG_REGS && prog != PROG_PERF)
		return &type_error;
	if (!n->nkids) {
		reg = new_text(c, NODE_STRING, n, MODE_REGISTER, NULL);
		reg = new_text(c, NODE_CALL, n, "reg", reg);
		reg = new_operation(c, n, OP_ID_AND, reg, MODE_MASK);
		node_add(c->arena, n, new_operation(c, n, OP_ID_EQ, reg, MODE_USER));
	}
	check_expr(c, n->kids[0]);
	return &type_uint32;
}
