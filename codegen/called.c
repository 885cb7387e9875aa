/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short code that the kernel runs once for each number below a bound (bpf_loop): a function of its
 * own, which the verifier walks once, where it would walk each turn of a plain loop.
 */
#include "codegen/cg.h"

#define CALLED_STACK 64   /* bytes of its temporaries */
#define MAX_FUNCTIONS 255 /* of a program; the kernel counts itself as the 256th */

void cg_uses(struct cg *cg, LLVMValueRef function)
{
	for (uint32_t i = 0; i < cg->nused; i++)
		if (cg->used[i] == function)
			return;
	if (cg->nused == MAX_FUNCTIONS)
		diag_add(cg->diags, E_TOO_LARGE, cg->span,
			 "the kernel lets a program have %d loops and functions, and %s has more",
			 MAX_FUNCTIONS, cg->program->attaches[0].name);
	if (cg->nused <= MAX_FUNCTIONS)
		VEC_PUSH(cg->arena, cg->used, cg->nused, function);
}

bool cg_can_call(const struct cg *cg)
{
	return cg->plan->kernel >= KERNEL_LOOP && !cg->deep;
}

static void emit_function(struct cg *cg, LLVMValueRef function, uint32_t n, called_fn *fn,
			  const void *what)
{
	struct frame outer = cg->f;
	LLVMMetadataRef place = LLVMGetCurrentDebugLocation2(cg->b);
	LLVMBasicBlockRef from = LLVMGetInsertBlock(cg->b);
	LLVMValueRef *pointers = arena_alloc(cg->arena, n * sizeof(LLVMValueRef));

	LLVMSetLinkage(function, LLVMInternalLinkage);
	cg->f = (struct frame){ .max_stack = CALLED_STACK };
	frame_begin(cg, function, "turn", 2);
	debug_place(cg, cg->span);
	for (uint32_t i = 0; i < n; i++)
		pointers[i] = LLVMBuildLoad2(cg->b, cg->ptr,
					     cg_offset(cg, LLVMGetParam(function, 1), 8 * i), "");
	fn(cg, what, LLVMBuildZExt(cg->b, LLVMGetParam(function, 0), cg->i64, ""), pointers);
	LLVMBuildRet(cg->b, cg_int(cg, 0));
	cg_at(cg, cg->f.leave);
	LLVMBuildRet(cg->b, cg_int(cg, 1));
	frame_end(cg);
	cg->f = outer;
	cg_at(cg, from);
	LLVMSetCurrentDebugLocation2(cg->b, place);
}

void cg_called(struct cg *cg, const char *name, LLVMValueRef turns, LLVMValueRef *pointers,
	       uint32_t n, called_fn *fn, const void *what)
{
	LLVMTypeRef params[2] = { cg->i32, cg->ptr };
	LLVMTypeRef type = LLVMFunctionType(cg->i64, params, 2, false);
	LLVMValueRef function = LLVMGetNamedFunction(cg->module, name);
	LLVMValueRef block = cg_loop_block(cg, 8 * n);

	if (!function) {
		function = LLVMAddFunction(cg->module, name, type);
		emit_function(cg, function, n, fn, what);
	}
	cg_uses(cg, function);
	for (uint32_t i = 0; i < n; i++)
		LLVMBuildStore(cg->b, pointers[i], cg_offset(cg, block, 8 * i));
	HELPER(cg, loop, 4, turns, function, block, cg_int(cg, 0));
}
