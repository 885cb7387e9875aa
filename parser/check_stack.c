/* SPDX-License-Identifier: Apache-2.0 */
/* kstack and ustack: which frames are taken, and how they print. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

static const char *const modes[] = { [STACK_BPFTRACE] = "bpftrace",
				     [STACK_PERF] = "perf",
				     [STACK_RAW] = "raw",
				     [STACK_BUILD_ID] = "build_id" };

static void need_stacks(struct checker *c, uint32_t stack)
{
	for (uint32_t i = 0; i < c->nstacks; i++)
		if (c->stacks[i] == stack)
			return;
	VEC_PUSH(c->arena, c->stacks, c->nstacks, stack);
}

static bool stack_mode(struct checker *c, const struct node *k, uint8_t *mode)
{
	struct suggest s = { .word = k->text };
	struct diag *g;

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		suggest_try(&s, modes[i]);
		if (strcmp(k->text, modes[i]))
			continue;
		*mode = i;
		return true;
	}
	g = ERR(c, BAD_ARGUMENT, k->span,
		"the mode of a stack is bpftrace, perf, raw or build_id, not %s", k->text);
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	return false;
}

static bool stack_limit(struct checker *c, struct node *k, uint32_t *limit)
{
	if (check_expr(c, k)->kind == TYPE_ERROR)
		return false;
	if (k->literal && k->number >= 1 && k->number <= PLAN_MAX_FRAMES) {
		*limit = k->number;
		return true;
	}
	ERR(c, BAD_ARGUMENT, k->span, "a stack has from 1 to %d frames", PLAN_MAX_FRAMES);
	return false;
}

const struct type *stack_type(struct checker *c, struct node *n, enum space space)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));
	uint32_t i = 0;

	*t = (struct type){ .kind = TYPE_STACK, .size = 16, .space = space };
	t->count = PLAN_MAX_FRAMES;
	t->bits = c->config.stack_mode;
	if (n->nkids && n->kids[0]->kind == NODE_IDENT && !stack_mode(c, n->kids[i++], &t->bits))
		return &type_error;
	if (i < n->nkids && !stack_limit(c, n->kids[i++], &t->count))
		return &type_error;
	if (i < n->nkids) {
		HINT(c,
		     ERR(c, ARGUMENT_COUNT, n->span, "%s() takes a mode, a limit, or both",
			 n->text),
		     "write %s(perf, 3)", n->text);
		return &type_error;
	}
	need_stacks(c, plan_stack(t));
	return t;
}
