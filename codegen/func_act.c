/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that act where they stand: signals, and the kernel's own trace buffer. */
#include "codegen/cg.h"

#define MAX_TRACED 3 /* arguments of bpf_trace_printk() */

LLVMValueRef func_signal(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef number = emit_expr(cg, n->kids[0], NULL);

	(void)to;
	HELPER(cg, send_signal, 1, LLVMBuildTrunc(cg->b, number, cg->i32, ""));
	return NULL;
}

LLVMValueRef func_signal_thread(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef number = emit_expr(cg, n->kids[0], NULL);

	(void)to;
	HELPER(cg, send_signal_thread, 1, LLVMBuildTrunc(cg->b, number, cg->i32, ""));
	return NULL;
}

LLVMValueRef func_override(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	HELPER(cg, override_return, 2, cg->f.ctx, emit_expr(cg, n->kids[0], NULL));
	return NULL;
}

LLVMValueRef func_debugf(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef args[MAX_TRACED] = { cg_int(cg, 0), cg_int(cg, 0), cg_int(cg, 0) };
	LLVMValueRef format = emit_address(cg, n->kids[0]);
	LLVMValueRef size = LLVMConstInt(cg->i32, n->kids[0]->length + 1, false);

	(void)to;
	for (uint32_t i = 1; i < n->nkids; i++)
		args[i - 1] = type_shape(n->kids[i]->type) == SHAPE_INT
				      ? emit_expr(cg, n->kids[i], NULL)
				      : emit_address(cg, n->kids[i]);
	HELPER(cg, trace_printk, 5, format, size, args[0], args[1], args[2]);
	return NULL;
}
