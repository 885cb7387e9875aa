/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of the script: BPF subprograms. Numbers are passed in registers, values in memory by
 * their address in the caller's memory; the first parameter is a block on the caller's stack with
 * what else the function needs.
 */
#include "codegen/cg.h"

#define REGISTERS 4 /* for parameters; the kernel passes 5, and one is the block */

/* The block: where what is. */
enum { BLOCK_CTX = 0, BLOCK_EXIT = 8, BLOCK_OUT = 16, BLOCK_FIFTH = 24, BLOCK_SIZE = 32 };

static uint32_t index_of(const struct cg *cg, const struct function *f)
{
	uint32_t i = 0;

	while (i + 1 < cg->program->nfunctions && cg->program->functions[i] != f)
		i++;
	return i;
}

uint32_t call_depth(const struct cg *cg, const struct function *f)
{
	return cg->depths ? cg->depths[index_of(cg, f)] : 0;
}

static LLVMTypeRef type_of(struct cg *cg, const struct function *f)
{
	LLVMTypeRef types[1 + REGISTERS] = { cg->ptr };
	uint32_t n = f->nparams < REGISTERS ? f->nparams : REGISTERS;

	for (uint32_t i = 0; i < n; i++)
		types[i + 1] = type_shape(f->params[i]->type) == SHAPE_INT ? cg->i64 : cg->ptr;
	return LLVMFunctionType(cg->i64, types, n + 1, false);
}

/* The caller's values go into the variables that the parameters are. */
static void take_params(struct cg *cg, const struct function *f, LLVMValueRef block)
{
	for (uint32_t i = 0; i < f->nparams; i++) {
		const struct type *t = f->params[i]->type;
		bool number = type_shape(t) == SHAPE_INT;
		LLVMValueRef v = i < REGISTERS ? LLVMGetParam(cg->f.function, i + 1) : NULL;

		if (!v)
			v = LLVMBuildLoad2(cg->b, number ? cg->i64 : cg->ptr,
					   cg_offset(cg, block, BLOCK_FIFTH), "");
		if (number)
			cg_store(cg, cg_var(cg, f->params[i]), v, 8);
		else
			cg_copy(cg, cg_var(cg, f->params[i]), v, t->size);
	}
	if (f->result)
		cg_zero(cg, cg_var(cg, f->result), (f->result->type->size + 7) & ~7u);
}

static void give_result(struct cg *cg, const struct function *f, LLVMValueRef block)
{
	LLVMValueRef out;

	if (!f->result) {
		LLVMBuildRet(cg->b, cg_int(cg, 0));
	} else if (type_shape(f->result->type) == SHAPE_INT) {
		LLVMBuildRet(cg->b, cg_load(cg, cg_var(cg, f->result), 8, true));
	} else {
		out = LLVMBuildLoad2(cg->b, cg->ptr, cg_offset(cg, block, BLOCK_OUT), "");
		cg_copy(cg, out, cg_var(cg, f->result), f->result->type->size);
		LLVMBuildRet(cg->b, cg_int(cg, 0));
	}
}

static void emit_function(struct cg *cg, const struct function *f, uint32_t max_stack)
{
	LLVMValueRef function = LLVMAddFunction(cg->module, f->symbol, type_of(cg, f));
	uint32_t base = cg->scratch_base;
	LLVMBasicBlockRef setup, start;
	LLVMValueRef block;

	LLVMSetLinkage(function, LLVMInternalLinkage);
	cg_uses(cg, function);
	cg->f = (struct frame){ .max_stack = max_stack,
				.scratch_used = base,
				.scratch_vars = base,
				.scratch_max = base };
	frame_begin(cg, function, f->name, LLVMCountParams(function));
	block = LLVMGetParam(function, 0);
	cg->f.ctx = LLVMBuildLoad2(cg->b, cg->ptr, block, "");
	cg->f.clause_end = cg_block(cg, "return");
	setup = cg_block(cg, "setup");
	start = cg_block(cg, "start");
	cg_jump(cg, setup);
	cg_at(cg, start);
	take_params(cg, f, block);
	packet_begin(cg, &f->body, 1);
	emit_stmt(cg, f->body);
	cg_jump(cg, cg->f.clause_end);
	cg_at(cg, cg->f.clause_end);
	give_result(cg, f, block);
	frame_scratch(cg, base, setup, start);
	cg_at(cg, cg->f.leave);
	cg_store(cg, cg_offset(cg, block, BLOCK_EXIT), cg_int(cg, 1), 8);
	LLVMBuildRet(cg->b, cg_int(cg, 0));
	frame_end(cg);
	cg->scratch_base = cg->f.scratch_max;
}

void call_functions(struct cg *cg, uint32_t max_stack)
{
	for (uint32_t i = 0; i < cg->program->nfunctions; i++)
		emit_function(cg, cg->program->functions[i], max_stack);
}

/* One block for all calls of a frame. */
static LLVMValueRef call_block(struct cg *cg)
{
	if (!cg->f.call_block) {
		cg->f.call_block = cg_stack(cg, BLOCK_SIZE);
		cg->f.vars_size += BLOCK_SIZE;
	}
	return cg->f.call_block;
}

static LLVMValueRef argument(struct cg *cg, const struct node *n, const struct var *param)
{
	const struct type *t = param->type;
	LLVMValueRef at;

	if (type_shape(t) == SHAPE_INT)
		return emit_kept(cg, emit_expr(cg, n, NULL), param);
	at = cg_temp(cg, t->size);
	emit_to(cg, n, at, t);
	return at;
}

/* exit() in the function ends the program. */
static void after_exit(struct cg *cg, LLVMValueRef block)
{
	LLVMBasicBlockRef leave = cg_block(cg, "left"), go = cg_block(cg, "go");

	cg_branch(cg, cg_load(cg, cg_offset(cg, block, BLOCK_EXIT), 8, false), leave, go);
	cg_at(cg, leave);
	cg_jump(cg, cg->f.leave);
	cg_at(cg, go);
}

LLVMValueRef emit_user_call(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct function *f = n->is.function;
	LLVMValueRef args[2 + REGISTERS], block, result, out;
	uint32_t in_registers = f->nparams < REGISTERS ? f->nparams : REGISTERS;

	for (uint32_t i = 0; i < f->nparams; i++)
		args[i + 1] = argument(cg, n->kids[i], f->params[i]);
	block = args[0] = call_block(cg);
	LLVMBuildStore(cg->b, cg->f.ctx, block);
	cg_store(cg, cg_offset(cg, block, BLOCK_EXIT), cg_int(cg, 0), 8);
	out = to ? cg_temp(cg, n->type->size) : NULL;
	if (out) {
		cg_zero(cg, out, (n->type->size + 7) & ~7u);
		LLVMBuildStore(cg->b, out, cg_offset(cg, block, BLOCK_OUT));
	}
	if (f->nparams > REGISTERS)
		LLVMBuildStore(cg->b, args[REGISTERS + 1], cg_offset(cg, block, BLOCK_FIFTH));
	result = LLVMBuildCall2(cg->b, type_of(cg, f), LLVMGetNamedFunction(cg->module, f->symbol),
				args, in_registers + 1, "");
	if (f->exits)
		after_exit(cg, block);
	if (out)
		cg_copy(cg, to, out, n->type->size);
	return to ? NULL : result;
}
