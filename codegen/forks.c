/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often a program chooses between ways. The verifier follows each way with all that it knows
 * of the variables: two flags are four states, twelve flags thousands. A program that chooses
 * often has its variables in memory, of which the verifier knows nothing.
 */
#include "codegen/cg.h"

#define MANY_FORKS 32

static void count_fork(void *ctx, const struct node *n)
{
	int64_t *forks = ctx;

	*forks += n->kind == NODE_MAP || n->kind == NODE_CALL || n->kind == NODE_COND ||
		  n->kind == NODE_STMT_IF ||
		  (n->kind == NODE_BINARY &&
		   (n->op->class == OP_LOGIC || n->op->class == OP_COMPARE ||
		    n->op->class == OP_ORDER || n->op->class == OP_MEMBER));
	*forks += n->kind == NODE_SET ? n->nkids : 0;
}

int64_t cg_forks(const struct node *n)
{
	int64_t count = 0;

	node_walk(n, count_fork, &count);
	return count;
}

bool cg_forks_much(const struct program *program)
{
	int64_t count = 0;

	for (uint32_t i = 0; i < program->nfunctions; i++)
		count += cg_forks(program->functions[i]->body);
	for (uint32_t i = 0; i < program->nclauses; i++) {
		count += cg_forks(program->clauses[i].body);
		if (program->clauses[i].predicate)
			count += cg_forks(program->clauses[i].predicate);
	}
	return count > MANY_FORKS;
}
