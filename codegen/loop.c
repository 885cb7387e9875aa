/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loops. A short range of known length is a loop of its own, which the verifier walks.
 * All others are functions that the kernel calls back (bpf_loop, bpf_for_each_map_elem): the
 * variables of the program are passed in a block on its stack, and copied back afterwards.
 */
#include "codegen/cg.h"

#define SHORT_LOOP 16        /* turns that the verifier may walk one by one */
#define SHORT_FORKS 64       /* times that it may choose between ways in all those turns */
#define MAX_TURNS (8u << 20) /* of one call of bpf_loop */

/* The block: where what is. The variables follow. */
enum { BLOCK_SCRATCH = 0, BLOCK_CTX = 8, BLOCK_OUTCOME = 16, BLOCK_VARS = 24 };

/* Why the loop ended. */
enum { OUTCOME_DONE, OUTCOME_RETURN, OUTCOME_LEAVE };

static bool is_short(const struct node *n);

/* Times that the verifier walks the innermost of the loops below @n: short ones multiply. */
static int64_t walks(const struct node *n)
{
	int64_t most = 1;

	for (uint32_t i = 0; i < n->nkids; i++) {
		const struct node *k = n->kids[i];
		int64_t times = walks(k);

		if (k->kind == NODE_STMT_RANGE && is_short(k))
			times *= SHORT_LOOP;
		most = times > most ? times : most;
	}
	return most;
}

static bool is_short(const struct node *n)
{
	return n->kids[0]->literal && n->kids[1]->literal &&
	       (int64_t)(n->kids[1]->number - n->kids[0]->number) <= SHORT_LOOP &&
	       walks(n) <= SHORT_LOOP &&
	       (int64_t)(n->kids[1]->number - n->kids[0]->number) * cg_forks(n->kids[2]) <=
		       SHORT_FORKS;
}

uint32_t depth_of(const struct cg *cg, const struct node *n)
{
	bool own = n->kind == NODE_STMT_EACH ||
		   ((n->kind == NODE_STMT_WHILE || (n->kind == NODE_STMT_RANGE && !is_short(n))) &&
		    cg->plan->kernel >= KERNEL_LOOP);
	uint32_t max = 0;

	for (uint32_t i = 0; i < n->nkids; i++) {
		uint32_t d = depth_of(cg, n->kids[i]);

		max = d > max ? d : max;
	}
	if (n->kind == NODE_CALL && n->call == CALL_USER) {
		uint32_t d = 1 + call_depth(cg, n->is.function);

		max = d > max ? d : max;
	}
	return max + own;
}

uint32_t loop_depth(const struct cg *cg, const struct program *program)
{
	uint32_t max = 0;

	for (uint32_t i = 0; i < program->nclauses; i++) {
		uint32_t d = depth_of(cg, program->clauses[i].body);

		max = d > max ? d : max;
	}
	return max;
}

/* `continue` goes to @next, `break` to @done. */
static void emit_body(struct cg *cg, const struct node *body, LLVMBasicBlockRef next,
		      LLVMBasicBlockRef done)
{
	struct loop loop = { cg->f.loop, next, done };

	cg->f.loop = &loop;
	emit_stmt(cg, body);
	cg->f.loop = loop.outer;
	cg_jump(cg, next);
}

static void plain_range(struct cg *cg, const struct node *n)
{
	LLVMBasicBlockRef test = cg_block(cg, "test"), body = cg_block(cg, "body"),
			  next = cg_block(cg, "next");
	LLVMBasicBlockRef done = cg_block(cg, "done");
	LLVMValueRef start = emit_expr(cg, n->kids[0], NULL), end = emit_expr(cg, n->kids[1], NULL);
	LLVMValueRef turn = cg_stack(cg, 8), i;

	cg_store(cg, turn, start, 8);
	cg_jump(cg, test);
	cg_at(cg, test);
	i = cg_load(cg, turn, 8, true);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntSLT, i, end, ""), body, done);
	cg_at(cg, body);
	cg_store(cg, cg_var(cg, n->is.var), i, 8);
	emit_body(cg, n->kids[2], next, done);
	cg_at(cg, next);
	cg_store(cg, turn, LLVMBuildAdd(cg->b, cg_load(cg, turn, 8, true), cg_int(cg, 1), ""), 8);
	cg_jump(cg, test);
	cg_at(cg, done);
}

static void plain_while(struct cg *cg, const struct node *n)
{
	LLVMBasicBlockRef test = cg_block(cg, "test"), body = cg_block(cg, "body"),
			  done = cg_block(cg, "done");

	cg_jump(cg, test);
	cg_at(cg, test);
	emit_condition(cg, n->kids[0], body, done);
	cg_at(cg, body);
	emit_body(cg, n->kids[1], test, done);
	cg_at(cg, done);
}

/* One loop that is a function: what it shares with the code around it. */
struct callback {
	const struct node *node;
	struct frame outer;
	LLVMValueRef block, first; /* in the outer frame; @first: start of a range */
	LLVMMetadataRef place;
	LLVMBasicBlockRef from;
};

/* Copies the numbers among the variables into the block, or back from it. */
static void copy_vars(struct cg *cg, LLVMValueRef block, bool back)
{
	uint32_t at = BLOCK_VARS;

	for (uint32_t i = 0; i < cg->f.nvars; i++) {
		if (!cg->f.vars[i].stack)
			continue;
		if (back)
			cg_store(cg, cg->f.vars[i].stack,
				 cg_load(cg, cg_offset(cg, block, at), 8, false), 8);
		else
			cg_store(cg, cg_offset(cg, block, at),
				 cg_forget(cg, cg_load(cg, cg->f.vars[i].stack, 8, false)), 8);
		at += 8;
	}
}

uint32_t cg_block_size(const struct cg *cg)
{
	uint32_t size = BLOCK_VARS;

	for (uint32_t i = 0; i < cg->f.nvars; i++)
		size += cg->f.vars[i].stack ? 8 : 0;
	return size + 8;
}

/* Loops of one function follow each other, so one block serves all; frame_end() sizes it. */
LLVMValueRef cg_loop_block(struct cg *cg, uint32_t size)
{
	if (!cg->f.loop_block)
		cg->f.loop_block = cg_stack(cg, 8);
	if (size > cg->f.loop_block_size) {
		cg->f.vars_size += size - cg->f.loop_block_size;
		cg->f.loop_block_size = size;
	}
	return cg->f.loop_block;
}

static void make_block(struct cg *cg, struct callback *cb)
{
	cb->block = cg_loop_block(cg, cg_block_size(cg));
	cg_store(cg, cb->block,
		 LLVMBuildPtrToInt(cg->b, LLVMBuildLoad2(cg->b, cg->ptr, cg->f.scratch_slot, ""),
				   cg->i64, ""),
		 8);
	LLVMBuildStore(cg->b, cg->f.ctx, cg_offset(cg, cb->block, BLOCK_CTX));
	cg_store(cg, cg_offset(cg, cb->block, BLOCK_OUTCOME), cg_int(cg, OUTCOME_DONE), 8);
	if (cb->first)
		cg_store(cg, cg_offset(cg, cb->block, cg_block_size(cg) - 8), cb->first, 8);
	copy_vars(cg, cb->block, false);
}

/* Begins the function: the variables are where the block has them. */
static LLVMValueRef begin_callback(struct cg *cg, struct callback *cb, uint32_t nparams)
{
	LLVMTypeRef params[4] = { cg->ptr, cg->ptr, cg->ptr, cg->ptr }, type;
	uint32_t at = BLOCK_VARS, size = cg_block_size(cg);
	LLVMValueRef function, block;
	struct slot *vars = arena_alloc(cg->arena, 2 * (cg->f.nvars + 1) * sizeof(*vars));

	cb->outer = cg->f;
	cb->place = LLVMGetCurrentDebugLocation2(cg->b);
	cb->from = LLVMGetInsertBlock(cg->b);
	if (nparams == 2)
		params[0] = cg->i32;
	type = LLVMFunctionType(cg->i64, params, nparams, false);
	function = LLVMAddFunction(
		cg->module,
		arena_printf(cg->arena, "%s_loop_%u", cg->program->symbol, cg->nloops++), type);
	LLVMSetLinkage(function, LLVMInternalLinkage);
	cg_uses(cg, function);
	cg->f.start = NULL;
	frame_begin(cg, function, "loop", nparams);
	block = LLVMGetParam(function, nparams - 1);
	for (uint32_t i = 0; i < cg->f.nvars; i++) {
		vars[i] = cg->f.vars[i];
		if (!vars[i].stack)
			continue;
		vars[i].stack = cg_offset(cg, block, at);
		at += 8;
	}
	cg->f.vars = vars;
	LLVMBuildStore(cg->b, LLVMBuildLoad2(cg->b, cg->ptr, block, ""), cg->f.scratch_slot);
	cg->f.ctx = LLVMBuildLoad2(cg->b, cg->ptr, cg_offset(cg, block, BLOCK_CTX), "");
	cg->f.clause_end = cg_block(cg, "return");
	packet_begin(cg, &cb->node, 1);
	if (cb->first)
		cb->first = cg_load(cg, cg_offset(cg, block, size - 8), 8, true);
	return function;
}

/* A way out of the function with an outcome: 1 ends the loop, 0 goes on. */
static void way_out(struct cg *cg, LLVMBasicBlockRef block, LLVMValueRef function, uint32_t nparams,
		    int outcome, bool stop)
{
	LLVMValueRef at;

	cg_at(cg, block);
	at = cg_offset(cg, LLVMGetParam(function, nparams - 1), BLOCK_OUTCOME);
	if (outcome != OUTCOME_DONE)
		cg_store(cg, at, cg_int(cg, outcome), 8);
	LLVMBuildRet(cg->b, cg_int(cg, stop));
}

static void end_callback(struct cg *cg, struct callback *cb, LLVMValueRef function,
			 uint32_t nparams, LLVMBasicBlockRef next, LLVMBasicBlockRef done)
{
	uint32_t scratch_used = cg->f.scratch_used, scratch_max = cg->f.scratch_max,
		 vars = cg->f.scratch_vars;

	way_out(cg, next, function, nparams, OUTCOME_DONE, false);
	way_out(cg, done, function, nparams, OUTCOME_DONE, true);
	way_out(cg, cg->f.clause_end, function, nparams, OUTCOME_RETURN, true);
	way_out(cg, cg->f.leave, function, nparams, OUTCOME_LEAVE, true);
	frame_end(cg);
	cg->f = cb->outer;
	cg->f.scratch_used = scratch_used;
	cg->f.scratch_max = scratch_max;
	cg->f.scratch_vars = vars;
	cg_at(cg, cb->from);
	LLVMSetCurrentDebugLocation2(cg->b, cb->place);
}

/* After the call: the variables come back, and `return` and exit() go on from here. */
static void after_callback(struct cg *cg, struct callback *cb)
{
	LLVMBasicBlockRef ended = cg_block(cg, "ended"), leave = cg_block(cg, "left"),
			  done = cg_block(cg, "done");
	LLVMValueRef outcome = cg_load(cg, cg_offset(cg, cb->block, BLOCK_OUTCOME), 8, false);

	copy_vars(cg, cb->block, true);
	cg_branch(cg, outcome, ended, done);
	cg_at(cg, ended);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntEQ, outcome, cg_int(cg, OUTCOME_RETURN), ""),
		  cg->f.clause_end, leave);
	cg_at(cg, leave);
	cg_jump(cg, cg->f.leave);
	cg_at(cg, done);
}

/* for over a range and while: bpf_loop with a count of turns. */
static void called_loop(struct cg *cg, const struct node *n, LLVMValueRef first, LLVMValueRef turns)
{
	struct callback cb = { .node = n, .first = first };
	LLVMBasicBlockRef next, done, body;
	LLVMValueRef function, i;

	make_block(cg, &cb);
	function = begin_callback(cg, &cb, 2);
	next = cg_block(cg, "next");
	done = cg_block(cg, "done");
	if (n->kind == NODE_STMT_RANGE) {
		i = LLVMBuildZExt(cg->b, LLVMGetParam(function, 0), cg->i64, "");
		cg_store(cg, cg_var(cg, n->is.var), LLVMBuildAdd(cg->b, cb.first, i, ""), 8);
	} else {
		body = cg_block(cg, "body");
		emit_condition(cg, n->kids[0], body, done);
		cg_at(cg, body);
	}
	emit_body(cg, n->kids[n->nkids - 1], next, done);
	end_callback(cg, &cb, function, 2, next, done);
	HELPER(cg, loop, 4, turns, function, cb.block, cg_int(cg, 0));
	after_callback(cg, &cb);
}

void emit_stmt_range(struct cg *cg, const struct node *n)
{
	LLVMValueRef start, end, turns, over;

	if (is_short(n) || cg->plan->kernel < KERNEL_LOOP) {
		plain_range(cg, n);
		return;
	}
	start = emit_expr(cg, n->kids[0], NULL);
	end = emit_expr(cg, n->kids[1], NULL);
	turns = LLVMBuildSub(cg->b, end, start, "");
	over = LLVMBuildICmp(cg->b, LLVMIntSLT, start, end, "");
	turns = LLVMBuildSelect(cg->b, over, turns, cg_int(cg, 0), "");
	over = LLVMBuildICmp(cg->b, LLVMIntUGT, turns, cg_int(cg, MAX_TURNS), "");
	turns = LLVMBuildSelect(cg->b, over, cg_int(cg, MAX_TURNS), turns, "");
	/* The verifier would leave out the function of a loop that it knows to have no turns. */
	if (!LLVMIsAConstantInt(turns) || !LLVMConstIntGetZExtValue(turns))
		turns = cg_forget(cg, turns);
	called_loop(cg, n, start, turns);
}

void emit_stmt_while(struct cg *cg, const struct node *n)
{
	if (cg->plan->kernel >= KERNEL_LOOP)
		called_loop(cg, n, NULL, cg_int(cg, MAX_TURNS));
	else
		plain_while(cg, n);
}

/*
 * The loop's tuple: the key and the value, in the layout of the variable. The kernel hands out
 * one CPU's value of an aggregation, so that is read again, over all of them.
 */
static void store_pair(struct cg *cg, const struct node *n, LLVMValueRef function)
{
	const struct map *m = n->kids[0]->is.map;
	const struct field *f = n->is.var->type->fields;
	LLVMValueRef pair = cg_var(cg, n->is.var);
	LLVMValueRef key = cg_offset(cg, pair, f[0].offset),
		     value = cg_offset(cg, pair, f[1].offset);

	cg_copy(cg, key, LLVMGetParam(function, 1), f[0].type->size);
	if (m->value->kind == TYPE_AGG)
		cg_store(cg, value, agg_read(cg, m, key), 8);
	else
		cg_copy(cg, value, LLVMGetParam(function, 2), f[1].type->size);
}

void emit_stmt_each(struct cg *cg, const struct node *n)
{
	struct callback cb = { .node = n };
	LLVMBasicBlockRef next, done;
	LLVMValueRef function;

	make_block(cg, &cb);
	function = begin_callback(cg, &cb, 4);
	next = cg_block(cg, "next");
	done = cg_block(cg, "done");
	store_pair(cg, n, function);
	emit_body(cg, n->kids[1], next, done);
	end_callback(cg, &cb, function, 4, next, done);
	HELPER(cg, for_each_map_elem, 4, map_global(cg, n->kids[0]->is.map), function, cb.block,
	       cg_int(cg, 0));
	after_callback(cg, &cb);
}
