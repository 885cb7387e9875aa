/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/macro.h"

#include <string.h>

#include "parser/tables.h"

#define MAX_DEPTH 400    /* of the tree, macros in macros */
#define MAX_NODES 200000 /* that macros may make */

/* A macro being expanded, in a chain outwards. */
struct expansion {
	const struct expansion *outer;
	const struct node *macro, *call;
	uint32_t id; /* makes the names of its variables unique */
};

struct macros {
	struct arena *arena;
	struct diags *diags;
	struct node **list;
	uint32_t count;
	uint32_t nodes, expansions;
	bool stop;
};

static struct node *expand(struct macros *m, struct node *n, const struct expansion *in, int depth);

static const struct node *body_of(const struct node *macro)
{
	return macro->nkids > macro->number ? macro->kids[macro->number] : NULL;
}

static const struct node *param_of(const struct node *macro, const char *name)
{
	for (uint32_t i = 0; i < macro->number; i++)
		if (!strcmp(macro->kids[i]->text, name))
			return macro->kids[i];
	return NULL;
}

static uint32_t param_index(const struct node *macro, const struct node *param)
{
	uint32_t i = 0;

	while (macro->kids[i] != param)
		i++;
	return i;
}

/* How well a call fits: -1 not at all, else the number of parameters of exactly its kind. */
static int fits(const struct node *macro, const struct node *call)
{
	uint32_t given = call->kind == NODE_CALL ? call->nkids : 0;
	int exact = 0;

	if (given != macro->number || !body_of(macro))
		return -1;
	for (uint32_t i = 0; i < given; i++) {
		const struct node *arg = call->kids[i];
		enum node_kind kind = macro->kids[i]->kind;

		if (kind == NODE_IDENT)
			continue;
		if (arg->kind != kind || arg->nkids)
			return -1;
		exact++;
	}
	return exact;
}

static const struct node *find(struct macros *m, const struct node *call, const struct node **near)
{
	const struct node *best = NULL;
	int score = -1;

	for (uint32_t i = 0; i < m->count; i++) {
		int s;

		if (strcmp(m->list[i]->text, call->text))
			continue;
		*near = m->list[i];
		s = fits(m->list[i], call);
		if (s > score) {
			score = s;
			best = m->list[i];
		}
	}
	return best;
}

static bool is_builtin(const char *name)
{
	return TABLE_FIND(func_rows, FUNC_COUNT, name) ||
	       TABLE_FIND(action_rows, ACTION_COUNT, name) ||
	       TABLE_FIND(builtin_rows, BUILTIN_COUNT, name) ||
	       TABLE_FIND(agg_rows, agg_count, name);
}

static void no_match(struct macros *m, const struct node *call, const struct node *near)
{
	struct diag *g;

	if (call->kind != NODE_CALL || is_builtin(call->text))
		return;
	g = diag_add(m->diags, E_ARGUMENT_COUNT, call->span, "no macro '%s' takes these arguments",
		     call->text);
	diag_note(m->diags, g, near->span,
		  "a parameter $x takes a variable, @m a map, x any value");
}

static struct node *copy(struct macros *m, const struct node *n)
{
	struct node *c = arena_alloc(m->arena, sizeof(*c));

	*c = *n;
	c->kids = arena_alloc(m->arena, n->nkids * sizeof(*n->kids));
	for (uint32_t i = 0; i < n->nkids; i++)
		c->kids[i] = n->kids[i];
	if (++m->nodes == MAX_NODES && !m->stop) {
		diag_add(m->diags, E_TOO_LARGE, n->span, "macros make this script too large");
		m->stop = true;
	}
	return c;
}

static struct node *copy_all(struct macros *m, const struct node *n)
{
	struct node *c = copy(m, n);

	for (uint32_t i = 0; i < c->nkids && !m->stop; i++)
		c->kids[i] = copy_all(m, c->kids[i]);
	return c;
}

static bool is_variable(const struct node *n)
{
	return n->kind == NODE_VAR || n->kind == NODE_STMT_LET || n->kind == NODE_STMT_RANGE ||
	       n->kind == NODE_STMT_EACH;
}

/* A name in a macro's body: a parameter's argument, or a variable of its own. */
static struct node *rename_in(struct macros *m, struct node *n, const struct expansion *in)
{
	const struct node *param = n->text ? param_of(in->macro, n->text) : NULL, *arg;
	struct diag *g;

	if (param && (n->kind == NODE_IDENT || n->kind == NODE_VAR || n->kind == NODE_MAP)) {
		arg = in->call->kids[param_index(in->macro, param)];
		if (n->kind == NODE_IDENT)
			return copy_all(m, arg);
		n->text = arg->text;
		n->length = arg->length;
	} else if (is_variable(n) && !in->macro->literal) {
		n->text = arena_printf(m->arena, "%s#%u", n->text, in->id);
	} else if (n->kind == NODE_MAP && !in->macro->literal) {
		g = diag_add(m->diags, E_BAD_DEFINITION, in->call->span,
			     "macro '%s' uses map %s, which is no parameter of it", in->call->text,
			     n->text);
		diag_note(m->diags, g, n->span, "it is used here");
		m->stop = true;
	}
	return n;
}

/* A macro's body is written as a macro, up to the arguments of the call, which are not. */
static struct node *instantiate(struct macros *m, const struct node *n, const struct expansion *in)
{
	struct node *c = copy(m, n), *renamed;

	renamed = rename_in(m, c, in);
	if (renamed != c)
		return renamed;
	if (in->macro->literal)
		c->span = in->call->span;
	for (uint32_t i = 0; i < c->nkids && !m->stop; i++)
		c->kids[i] = instantiate(m, c->kids[i], in);
	return c;
}

static struct node *as_block(struct macros *m, struct node *body, struct span span)
{
	body->kind = NODE_BLOCK;
	if (!body->nkids || !body->prefix)
		node_add(m->arena, body, node_new(m->arena, NODE_STMT_BLOCK, span));
	body->span = span;
	body->expansion = true;
	return body;
}

static struct node *call_macro(struct macros *m, const struct node *macro, struct node *call,
			       const struct expansion *outer, int depth)
{
	struct expansion in = { outer, macro, call, ++m->expansions };
	struct node *body;

	for (const struct expansion *e = outer; e; e = e->outer) {
		if (e->macro != macro)
			continue;
		diag_note(m->diags,
			  diag_add(m->diags, E_BAD_DEFINITION, call->span,
				   "macro '%s' calls itself", call->text),
			  macro->span, "it is defined here");
		m->stop = true;
		return call;
	}
	body = instantiate(m, body_of(macro), &in);
	if (m->stop)
		return call;
	if (!macro->literal)
		body = as_block(m, body, call->span);
	return expand(m, body, &in, depth + 1);
}

static void expand_kids(struct macros *m, struct node *n, const struct expansion *in, int depth)
{
	for (uint32_t i = 0; i < n->nkids && !m->stop; i++) {
		if (n->kind == NODE_ENUM)
			expand_kids(m, n->kids[i], in, depth + 1);
		else if (n->kind != NODE_OFFSETOF || i == 0)
			n->kids[i] = expand(m, n->kids[i], in, depth + 1);
	}
}

static struct node *expand(struct macros *m, struct node *n, const struct expansion *in, int depth)
{
	const struct node *macro, *near = NULL;

	if (m->stop)
		return n;
	if (depth > MAX_DEPTH && in) {
		diag_add(m->diags, E_TOO_LARGE, in->call->span, "macros nest too deep");
		m->stop = true;
		return n;
	}
	expand_kids(m, n, in, depth);
	if (n->kind != NODE_CALL && n->kind != NODE_IDENT)
		return n;
	macro = find(m, n, &near);
	if (macro)
		return call_macro(m, macro, n, in, depth);
	if (near)
		no_match(m, n, near);
	return n;
}

static bool same_signature(const struct node *a, const struct node *b)
{
	if (strcmp(a->text, b->text) || a->number != b->number)
		return false;
	for (uint32_t i = 0; i < a->number; i++)
		if (a->kids[i]->kind != b->kids[i]->kind)
			return false;
	return true;
}

/* Of the #defines of a name the last one counts, for the whole script. */
static void undefine(struct macros *m, const struct node *n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < m->count; i++)
		if (strcmp(m->list[i]->text, n->text))
			m->list[kept++] = m->list[i];
	m->count = kept;
}

static void add_macro(struct macros *m, struct node *n)
{
	if (n->prefix) {
		undefine(m, n);
		return;
	}
	for (uint32_t i = 0; i < m->count; i++)
		if (same_signature(m->list[i], n))
			diag_note(m->diags,
				  diag_add(m->diags, E_BAD_DEFINITION, n->span,
					   "macro '%s' is defined twice", n->text),
				  m->list[i]->span, "the first definition");
	for (uint32_t i = 0; i < n->number; i++)
		if (param_of(n, n->kids[i]->text) != n->kids[i])
			diag_add(m->diags, E_BAD_DEFINITION, n->kids[i]->span,
				 "two parameters are called %s", n->kids[i]->text);
	VEC_PUSH(m->arena, m->list, m->count, n);
}

void macro_expand(struct arena *a, struct node *script, struct diags *d)
{
	struct macros m = { .arena = a, .diags = d };

	for (uint32_t i = 0; i < script->nkids; i++)
		if (script->kids[i]->kind == NODE_MACRO)
			add_macro(&m, script->kids[i]);
	for (uint32_t i = 0; i < script->nkids && m.count; i++)
		if (script->kids[i]->kind != NODE_MACRO && script->kids[i]->kind != NODE_CONFIG)
			expand(&m, script->kids[i], NULL, 0);
}
