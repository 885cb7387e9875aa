/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of the script. A program gets its own copy of each function that it calls, so that
 * what depends on the probe (args, probe) works there as anywhere else.
 */
#include "parser/checker.h"

#include <string.h>

#define MAX_ARGS 5
#define MAX_FRAMES 7 /* the kernel has 8, one of them the program's */

struct node *check_find_function(struct checker *c, const char *name)
{
	for (uint32_t i = 0; i < c->nfunctions; i++)
		if (!strcmp(c->functions[i]->text, name))
			return c->functions[i];
	return NULL;
}

void check_functions(struct checker *c, struct node *script)
{
	for (uint32_t i = 0; i < script->nkids; i++) {
		struct node *n = script->kids[i], *old;

		if (n->kind != NODE_FUNC)
			continue;
		old = check_find_function(c, n->text);
		if (old)
			NOTE(c,
			     ERR(c, BAD_DEFINITION, n->span, "function '%s' is defined twice",
				 n->text),
			     old->span, "the first definition");
		if (n->number > MAX_ARGS)
			ERR(c, TOO_LARGE, n->kids[MAX_ARGS]->span,
			    "a function has at most %d parameters", MAX_ARGS);
		VEC_PUSH(c->arena, c->functions, c->nfunctions, n);
	}
}

/* The copy of a function in the program being checked. */
static struct function_state *instance(struct checker *c, const struct node *decl)
{
	struct function_state *f;

	for (uint32_t i = 0; i < c->ninstances; i++)
		if (c->instances[i]->decl == decl && c->instances[i]->program == c->body->program)
			return c->instances[i];
	f = arena_alloc(c->arena, sizeof(*f));
	f->decl = decl;
	f->node = node_clone(c->arena, decl);
	f->program = c->body->program;
	f->function.name = decl->text;
	f->function.symbol = arena_printf(c->arena, "fn_%u_%s", f->program, decl->text);
	f->function.nparams = decl->number;
	f->function.params = arena_alloc(c->arena, (decl->number + 1) * sizeof(struct var *));
	f->function.body = f->node->kids[decl->number + 1];
	VEC_PUSH(c->arena, c->instances, c->ninstances, f);
	return f;
}

/* Callees come before their callers. */
static void add_to_program(struct checker *c, const struct function *f)
{
	struct program *p = &c->programs[c->body->program - 1];
	const struct function **list = (const struct function **)p->functions;

	for (uint32_t i = 0; i < p->nfunctions; i++)
		if (list[i] == f)
			return;
	VEC_PUSH(c->arena, list, p->nfunctions, f);
	p->functions = list;
}

bool check_frames(struct checker *c, struct span span, uint32_t inside)
{
	uint32_t frames = (uint32_t)c->loops + inside;

	if (frames > MAX_FRAMES) {
		ERR(c, TOO_LARGE, span, "loops and calls of functions are nested more than %d deep",
		    MAX_FRAMES);
		return false;
	}
	if (c->function && frames >= c->function->function.frames)
		c->function->function.frames = frames + 1;
	return true;
}

static bool check_instance(struct checker *c, struct function_state *f, const struct node *call)
{
	if (f->checking) {
		NOTE(c,
		     ERR(c, BAD_DEFINITION, call->span, "function '%s' calls itself", call->text),
		     f->decl->span, "a program of the kernel has no recursion");
		return false;
	}
	if (f->round != c->round) {
		f->round = c->round;
		f->checking = true;
		f->function.frames = 1;
		f->function.exits = false;
		check_function_body(c, f);
		f->checking = false;
	}
	if (!check_frames(c, call->span, f->function.frames))
		return false;
	add_to_program(c, &f->function);
	return true;
}

bool check_passes(struct checker *c, const struct type *to, const struct type *from)
{
	if (type_is_number(to) && type_is_number(from))
		return true;
	if (to->kind == TYPE_PTR)
		return from->kind == TYPE_PTR;
	return check_merge(c, to, from) != NULL;
}

static bool check_arguments(struct checker *c, struct node *n, const struct function_state *f)
{
	bool ok = true;

	for (uint32_t i = 0; i < n->nkids; i++) {
		const struct type *t = check_expr(c, n->kids[i]), *to;

		if (i >= f->function.nparams || t->kind == TYPE_ERROR) {
			ok = false;
			continue;
		}
		to = f->function.params[i]->type;
		if (to->kind == TYPE_ERROR || check_passes(c, to, t))
			continue;
		NOTE(c,
		     ERR(c, BAD_ARGUMENT, n->kids[i]->span, "parameter %s of %s() is %s, not %s",
			 f->function.params[i]->name, n->text, TYPE_NAME(c, to), TYPE_NAME(c, t)),
		     f->decl->kids[i]->span, "it is declared here");
		ok = false;
	}
	return ok;
}

const struct type *check_user_call(struct checker *c, struct node *n, const struct node *decl)
{
	struct function_state *f = instance(c, decl), *caller = c->function;
	bool ok;

	n->call = CALL_USER;
	n->is.function = &f->function;
	if (!check_instance(c, f, n))
		return &type_error;
	ok = check_arguments(c, n, f);
	if (n->nkids != f->function.nparams) {
		NOTE(c,
		     ERR(c, ARGUMENT_COUNT, n->span, "%s() takes %u argument%s, and %u %s given",
			 n->text, f->function.nparams, f->function.nparams == 1 ? "" : "s",
			 n->nkids, n->nkids == 1 ? "is" : "are"),
		     decl->span, "it is defined here");
		return &type_error;
	}
	if (caller)
		caller->function.exits |= f->function.exits;
	return !ok ? &type_error : f->function.result ? f->function.result->type : &type_void;
}
