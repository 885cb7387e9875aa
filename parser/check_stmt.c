/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/checker.h"

#include <string.h>

#define MAX_UNROLL 100
#define MAX_TURNS (8 << 20) /* of one call of bpf_loop() */

static void check_stmt(struct checker *c, struct node *n);

static struct var_state *find_var(struct checker *c, const char *name)
{
	for (struct scope *s = c->scope; s; s = s->outer)
		for (uint32_t i = 0; i < s->nvars; i++)
			if (!strcmp(s->vars[i]->var.name, name))
				return s->vars[i];
	return NULL;
}

/*
 * A variable whose block has ended, when an assignment declared it there: scripts may go on
 * using it in the blocks around, where it is zero if that block did not run.
 */
static struct var_state *find_ended(struct checker *c, const char *name)
{
	for (uint32_t i = c->assigned.nvars; i-- > 0;) {
		struct var_state *v = c->assigned.vars[i];

		if (strcmp(v->var.name, name))
			continue;
		v->var.hoisted = true;
		return v;
	}
	return NULL;
}

struct var *check_latency_var(struct checker *c, const char *name)
{
	struct var_state *v = c->function ? NULL : find_ended(c, name);

	return v ? &v->var : NULL;
}

/* The same for an assignment, which may also begin a variable of another type. */
static struct var_state *find_ended_like(struct checker *c, const char *name, const struct type *t)
{
	struct var_state *v = find_ended(c, name);

	if (!v || !v->var.type || t->kind == TYPE_ERROR || t->kind == TYPE_VOID ||
	    t->kind == TYPE_AGG)
		return v;
	return check_merge(c, v->var.type, check_stored(c, t)) ? v : NULL;
}

/* @n declares a variable in the innermost block; from round to round it is the same. */
static struct var_state *declare(struct checker *c, struct node *n)
{
	struct var_state *v = (struct var_state *)n->is.var;

	if (!v) {
		v = arena_alloc(c->arena, sizeof(*v));
		v->var.name = n->text;
		v->var.span = n->span;
		n->is.var = &v->var;
	}
	v->var.index = c->nvars++;
	VEC_PUSH(c->arena, c->scope->vars, c->scope->nvars, v);
	return v;
}

const struct type *check_var(struct checker *c, struct node *n)
{
	struct var_state *v = find_var(c, n->text);
	struct suggest s = { .word = n->text };
	struct diag *g;

	v = v ? v : find_ended(c, n->text);
	if (v) {
		n->is.var = &v->var;
		return v->var.type ? v->var.type : &type_error;
	}
	g = ERR(c, UNDEFINED_VAR, n->span, "variable %s is read before anything is assigned to it",
		n->text);
	for (struct scope *at = c->scope; at; at = at->outer)
		for (uint32_t i = 0; i < at->nvars; i++)
			suggest_try(&s, at->vars[i]->var.name);
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	else
		HINT(c, g,
		     "a variable lives until the end of its block; a map is seen by all probes");
	return &type_error;
}

static void find_packet(void *ctx, const struct node *n)
{
	bool *found = ctx;

	*found = *found || n->kind == NODE_PACKET;
}

static void store_var(struct checker *c, struct var_state *v, struct node *value)
{
	const struct type *t = value->type;

	/* Where a field is absent the variable is zero. */
	node_walk(value, find_packet, &v->var.hoisted);

	if (t->kind == TYPE_VOID || t->kind == TYPE_AGG)
		ERR(c, BAD_ASSIGNMENT, value->span, "%s cannot be stored in a variable",
		    t->kind == TYPE_VOID ? "a call without a value" : "an aggregation");
	else if (v->fixed && type_is_number(v->var.type) && type_is_number(t))
		return;
	else if (check_store(c, &v->value, value, t, "variable", v->var.name))
		v->var.type = v->value.type;
}

/* Nothing that follows this statement in its block runs. */
static bool ends_block(const struct node *n)
{
	switch ((int)n->kind) {
	case NODE_STMT_RETURN:
	case NODE_STMT_BREAK:
	case NODE_STMT_CONTINUE:
		return true;
	case NODE_STMT_EXPR:
		return n->kids[0]->kind == NODE_CALL && n->kids[0]->call == CALL_ACTION &&
		       n->kids[0]->is.event->action->id == ACTION_exit;
	case NODE_STMT_BLOCK:
		return n->nkids && ends_block(n->kids[n->nkids - 1]);
	case NODE_STMT_IF:
		return n->nkids > 2 && ends_block(n->kids[1]) && ends_block(n->kids[2]);
	default:
		return false;
	}
}

/* The first @count statements of a block. */
static void check_stmts(struct checker *c, struct node *n, uint32_t count)
{
	bool told = false;

	for (uint32_t i = 0; i < count; i++) {
		check_stmt(c, n->kids[i]);
		if (!told && i && ends_block(n->kids[i - 1])) {
			NOTE(c,
			     diag_add(c->diags, W_UNREACHABLE, n->kids[i]->span,
				      "Unreachable statement"),
			     n->kids[i - 1]->span, "because of this one");
			told = true;
		}
	}
}

static void check_stmt_block(struct checker *c, struct node *n)
{
	struct scope scope = { .outer = c->scope };

	c->scope = &scope;
	check_stmts(c, n, n->nkids);
	c->scope = scope.outer;
}

/* What is wrong in a macro is told at its call. */
static void tell_at_call(struct checker *c, const struct node *n, uint32_t first)
{
	for (uint32_t i = first; i < c->diags->count; i++) {
		struct diag *g = c->diags->list[i];

		if (g->span.offset >= n->span.offset &&
		    g->span.offset < n->span.offset + n->span.length)
			continue;
		if (!g->note)
			NOTE(c, g, g->span, "in the macro");
		g->span = n->span;
	}
}

const struct type *check_block(struct checker *c, struct node *n)
{
	struct scope scope = { .outer = c->scope };
	uint32_t messages = c->diags->count;
	const struct type *t;
	struct node *last = n->kids[n->nkids - 1];

	c->scope = &scope;
	check_stmts(c, n, n->nkids - 1);
	if (last->kind == NODE_STMT_EXPR) {
		t = check_expr(c, last->kids[0]);
	} else {
		check_stmt(c, last);
		t = &type_void;
	}
	c->scope = scope.outer;
	if (n->expansion)
		tell_at_call(c, n, messages);
	return t;
}

/* What is done for more than its value. */
static bool acts(const struct node *n)
{
	if (n->kind == NODE_INCDEC || n->expansion)
		return true;
	return n->kind == NODE_CALL &&
	       (n->call != CALL_FUNC || n->is.func->id == FUNC_delete ||
		n->is.func->id == FUNC_find || n->is.func->id == FUNC_skboutput);
}

/* A value that nothing takes is most often a mistake. */
static void check_unused(struct checker *c, const struct node *n)
{
	struct diag *g;

	if (acts(n) || n->type->kind == TYPE_VOID || n->type->kind == TYPE_ERROR)
		return;
	g = diag_add(c->diags, W_UNUSED_VALUE, n->span, "Return value discarded.");
	if (n->kind == NODE_BINARY && n->op->id == OP_ID_EQ)
		HINT(c, g, "'=' assigns, '==' compares");
}

static void check_stmt_expr(struct checker *c, struct node *n)
{
	struct node *e = n->kids[0];

	if (check_is_agg(e)) {
		HINT(c,
		     ERR(c, BAD_AGGREGATION, e->span, "the result of %s() is not assigned to a map",
			 e->text),
		     "write @ = %s(...) or @name[key] = %s(...)", e->text, e->text);
		return;
	}
	check_expr(c, e);
	check_unused(c, e);
}

static bool check_compound(struct checker *c, const struct node *n, const struct type *t)
{
	if (!n->op || t->kind == TYPE_ERROR || type_is_number(t) ||
	    (t->kind == TYPE_PTR && n->op->id <= OP_ID_SUB))
		return true;
	ERR(c, BAD_OPERAND, n->kids[0]->span, "'%s=' takes numbers, and this is %s", n->op->symbol,
	    TYPE_NAME(c, t));
	return false;
}

/* A pointer and a number: $p += 2. */
static bool moves(const struct type *t, const struct type *by)
{
	return t && t->kind == TYPE_PTR && type_is_number(by);
}

static void assign_map(struct checker *c, struct node *n)
{
	struct node *target = n->kids[0], *value = n->kids[1];
	struct map_state *m = check_map_use(c, target);

	m->assigned = true;
	if (!n->op && check_is_agg(value))
		check_agg(c, value);
	else
		check_expr(c, value);
	if (n->op && moves(m->value.type, value->type))
		check_map_step(c, m, target);
	else if (check_compound(c, n, value->type))
		check_map_write(c, m, target, value);
	if (n->op && target->type->kind != TYPE_AGG)
		check_compound(c, n, target->type);
}

static void assign_var(struct checker *c, struct node *n)
{
	struct node *target = n->kids[0], *value = n->kids[1];
	struct var_state *v;

	check_expr(c, value);
	v = find_var(c, target->text);
	v = v ? v : find_ended_like(c, target->text, value->type);
	if (!v && n->op)
		check_var(c, target);
	if (!v && n->op)
		return;
	if (!v) {
		v = declare(c, target);
		VEC_PUSH(c->arena, c->assigned.vars, c->assigned.nvars, v);
	}
	target->is.var = &v->var;
	if (check_compound(c, n, value->type) &&
	    check_compound(c, n, v->var.type ? v->var.type : &type_error) &&
	    !(n->op && moves(v->var.type, value->type)))
		store_var(c, v, value);
	target->type = v->var.type ? v->var.type : &type_error;
}

static void check_stmt_assign(struct checker *c, struct node *n)
{
	struct node *target = n->kids[0];

	if (target->kind == NODE_MAP) {
		assign_map(c, n);
	} else if (target->kind == NODE_IDENT && !strcmp(target->text, "_") && !n->op) {
		check_expr(c, n->kids[1]);
	} else if (target->kind == NODE_VAR && check_is_agg(n->kids[1])) {
		HINT(c,
		     ERR(c, BAD_AGGREGATION, n->kids[1]->span,
			 "%s() cannot be stored in a variable", n->kids[1]->text),
		     "store it in a map: @%s = %s(...)", target->text + 1, n->kids[1]->text);
	} else if (target->kind == NODE_VAR) {
		assign_var(c, n);
	} else if (target->kind == NODE_IDENT) {
		HINT(c, ERR(c, BAD_ASSIGNMENT, target->span, "cannot assign to '%s'", target->text),
		     "a variable starts with $, a map with @: $%s, @%s", target->text,
		     target->text);
	} else {
		HINT(c,
		     ERR(c, BAD_ASSIGNMENT, target->span, "cannot assign to this %s",
			 node_name(target->kind)),
		     "only variables ($x) and maps (@x) are assigned to");
	}
}

/* let $x; is what is assigned to it, and an integer when nothing ever is. */
static void let_later(struct checker *c, struct var_state *v)
{
	if (v->seen) {
		v->var.type = &type_int64;
		v->value = (struct growing){ &type_int64, SURE_LITERAL, v->var.span, 0, 0, false };
	}
	v->seen = true;
	c->changed = true;
}

void check_assign(struct checker *c, struct node *n)
{
	check_stmt_assign(c, n);
}

static void check_stmt_let(struct checker *c, struct node *n)
{
	bool typed = n->nkids && n->kids[0]->kind == NODE_TYPENAME;
	struct node *value = n->nkids > typed ? n->kids[typed] : NULL;
	struct var_state *v = find_var(c, n->text);

	if (v)
		NOTE(c, ERR(c, REDEFINED_VAR, n->span, "variable %s is declared already", n->text),
		     v->var.span, "the first declaration");
	if (value)
		check_expr(c, value);
	v = declare(c, n);
	if (!n->nkids && !v->var.type)
		let_later(c, v);
	if (typed) {
		const struct type *t = check_typename(c, n->kids[0]);

		v->var.type = check_stored(c, t);
		v->value = (struct growing){ v->var.type, SURE_SIGNED, n->span, t->size, 0, false };
		v->fixed = v->var.type->kind != TYPE_ERROR;
		v->var.narrow = type_is_number(t) && t->size < 8 ? t : NULL;
		if (v->var.type->kind == TYPE_VOID) {
			ERR(c, BAD_CAST, n->kids[0]->span, "a variable cannot be void");
			v->var.type = &type_error;
		}
		if (v->var.type->kind == TYPE_ERROR)
			return;
	}
	if (value)
		store_var(c, v, value);
}

static void check_stmt_if(struct checker *c, struct node *n)
{
	if (check_comptime_if(c, n))
		return;
	if (n->kind == NODE_STMT_BLOCK) {
		check_stmt_block(c, n);
		return;
	}
	check_condition(c, n->kids[0]);
	check_stmt(c, n->kids[1]);
	if (n->nkids > 2)
		check_stmt(c, n->kids[2]);
}

/* A loop is mostly a function that the kernel calls back. */
static void check_loop_body(struct checker *c, struct node *n)
{
	c->loops++;
	check_frames(c, n->span, 0);
	check_stmt(c, n->kids[n->nkids - 1]);
	c->loops--;
}

/* The loop's own variable lives in a block around its body. */
static void check_loop_var(struct checker *c, struct node *n, const struct type *t)
{
	struct scope scope = { .outer = c->scope };
	struct var_state *v;

	c->scope = &scope;
	v = declare(c, n);
	v->var.type = t;
	v->value = (struct growing){ t, SURE_SIGNED, n->span, 8, 0, false };
	v->fixed = true;
	check_loop_body(c, n);
	c->scope = scope.outer;
}

static void check_stmt_range(struct checker *c, struct node *n)
{
	for (int i = 0; i < 2; i++) {
		const struct type *t = check_expr(c, n->kids[i]);

		if (t->kind != TYPE_ERROR && !type_is_number(t))
			ERR(c, BAD_OPERAND, n->kids[i]->span,
			    "the bounds of a range are numbers, and this is %s", TYPE_NAME(c, t));
	}
	if (n->kids[0]->literal && n->kids[1]->literal &&
	    (int64_t)(n->kids[1]->number - n->kids[0]->number) > MAX_TURNS)
		ERR(c, TOO_LARGE, n->kids[1]->span, "a loop has at most %d turns", MAX_TURNS);
	check_loop_var(c, n, &type_int64);
}

static void check_stmt_each(struct checker *c, struct node *n)
{
	struct map_state *m = check_map_name(c, n->kids[0]);
	const struct type *kv[2] = { m->key.type, m->value.type };
	bool known;

	if (c->options->kernel < KERNEL_EACH)
		ERR(c, BAD_CONTEXT, n->span, "a loop over a map needs Linux 5.13");
	if (!m->value.type && !m->key.type) {
		check_loop_var(c, n, &type_error);
	} else if (!m->keyed || !m->key.type) {
		ERR(c, BAD_KEY, n->kids[0]->span, "%s has no keys to loop over", m->map.name);
	} else {
		if (kv[1] && kv[1]->kind == TYPE_AGG)
			kv[1] = check_agg_value(c, n->kids[0], m);
		known = kv[1] && kv[1]->kind != TYPE_ERROR;
		check_loop_var(c, n, known ? type_tuple(c->arena, kv, NULL, 2) : &type_error);
	}
}

static void check_stmt_while(struct checker *c, struct node *n)
{
	check_condition(c, n->kids[0]);
	check_loop_body(c, n);
}

static void check_stmt_unroll(struct checker *c, struct node *n)
{
	check_expr(c, n->kids[0]);
	if (!n->kids[0]->literal || n->kids[0]->number < 1 || n->kids[0]->number > MAX_UNROLL)
		ERR(c, BAD_ARGUMENT, n->kids[0]->span, "unroll takes a number from 1 to %d",
		    MAX_UNROLL);
	check_stmt(c, n->kids[1]);
}

static void check_stmt_break(struct checker *c, struct node *n)
{
	if (!c->loops)
		ERR(c, BAD_CONTEXT, n->span, "'%s' is not inside a loop", node_name(n->kind));
}

static void check_stmt_continue(struct checker *c, struct node *n)
{
	check_stmt_break(c, n);
}

static void check_stmt_return(struct checker *c, struct node *n)
{
	const struct var *result = c->function ? c->function->function.result : NULL;
	struct node *value = n->nkids ? n->kids[0] : NULL;
	const struct type *t = value ? check_expr(c, value) : NULL;

	if (value && !c->function)
		HINT(c, ERR(c, BAD_CONTEXT, n->span, "a probe returns no value: only functions do"),
		     "exit(n) ends the script with a status");
	else if (value && !result)
		ERR(c, BAD_CONTEXT, n->span, "%s() has no result", c->function->function.name);
	else if (!value && result)
		ERR(c, BAD_CONTEXT, n->span, "%s() returns %s", c->function->function.name,
		    TYPE_NAME(c, result->type));
	else if (value && t->kind != TYPE_ERROR && result->type->kind != TYPE_ERROR &&
		 !check_passes(c, result->type, t))
		ERR(c, TYPE_MISMATCH, value->span, "%s() returns %s, not %s",
		    c->function->function.name, TYPE_NAME(c, result->type), TYPE_NAME(c, t));
	if (result)
		n->is.var = (struct var *)result;
}

static struct var_state *declare_fixed(struct checker *c, struct node *n, struct node *type)
{
	struct var_state *v = declare(c, n);

	const struct type *t = check_typename(c, type);

	v->var.type = check_stored(c, t);
	v->var.narrow = type_is_number(t) && t->size < 8 ? t : NULL;
	v->value = (struct growing){ v->var.type, SURE_SIGNED, n->span, t->size, 0, false };
	v->fixed = true;
	return v;
}

/* The parameters and the result are the variables of a block around the body. */
static void declare_params(struct checker *c, struct function_state *f)
{
	struct node *n = f->node, *type = n->kids[n->number];
	bool none = !type->prefix && !strcmp(type->text, "void");

	for (uint32_t i = 0; i < n->number; i++) {
		struct node *param = n->kids[i];
		struct var_state *old = find_var(c, param->text);

		if (old)
			NOTE(c,
			     ERR(c, REDEFINED_VAR, param->span, "two parameters are called %s",
				 param->text),
			     old->var.span, "the first one");
		f->function.params[i] = &declare_fixed(c, param, param->kids[0])->var;
	}
	if (none)
		return;
	n->text = "";
	f->function.result = &declare_fixed(c, n, type)->var;
	if (!ends_block(f->function.body))
		ERR(c, BAD_DEFINITION, n->span, "%s() can end without a value", f->function.name);
}

void check_function_body(struct checker *c, struct function_state *f)
{
	struct scope scope = { 0 }, *outer = c->scope;
	struct function_state *caller = c->function;
	int loops = c->loops;

	c->scope = &scope;
	c->function = f;
	c->loops = 0;
	declare_params(c, f);
	check_stmt(c, f->node->kids[f->node->number + 1]);
	c->scope = outer;
	c->function = caller;
	c->loops = loops;
}

static void (*const check_node[NODE_KINDS])(struct checker *c, struct node *n) = {
#define EXPR(ID, id, name, kids)
#define TOP(ID, id, name, kids)
#define STMT(ID, id, name, kids) [NODE_STMT_##ID] = check_stmt_##id,
#include "parser/nodes.def"
#undef EXPR
#undef TOP
#undef STMT
};

static void check_stmt(struct checker *c, struct node *n)
{
	check_node[n->kind](c, n);
}

void check_body(struct checker *c, struct body *b)
{
	c->body = b;
	c->scope = NULL;
	c->assigned = c->latencies;
	c->function = NULL;
	c->loops = 0;
	if (b->predicate)
		check_condition(c, b->predicate);
	check_stmt(c, b->block);
	if (b->origin->prefix)
		c->latencies = c->assigned;
}
