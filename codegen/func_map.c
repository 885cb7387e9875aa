/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of maps, frames of stacks, and what only some kinds of probes have. */
#include "codegen/cg.h"

#include <errno.h>
#include <string.h>

#define STACK_USER 256 /* BPF_F_USER_STACK */

/* A function that the kernel calls for each key: it does nothing, the kernel counts. */
static LLVMValueRef counter(struct cg *cg)
{
	static const char name[] = "count";
	LLVMTypeRef params[4] = { cg->ptr, cg->ptr, cg->ptr, cg->ptr };
	LLVMTypeRef type = LLVMFunctionType(cg->i64, params, 4, false);
	LLVMMetadataRef place = LLVMGetCurrentDebugLocation2(cg->b);
	LLVMBasicBlockRef from = LLVMGetInsertBlock(cg->b);
	struct frame outer = cg->f;
	LLVMValueRef f = LLVMGetNamedFunction(cg->module, name);

	if (f)
		return f;
	f = LLVMAddFunction(cg->module, name, type);
	LLVMSetLinkage(f, LLVMInternalLinkage);
	frame_begin(cg, f, name, 4);
	cg_jump(cg, cg->f.leave);
	cg_at(cg, cg->f.leave);
	LLVMBuildRet(cg->b, cg_int(cg, 0));
	frame_end(cg);
	cg->f = outer;
	cg_at(cg, from);
	LLVMSetCurrentDebugLocation2(cg->b, place);
	return f;
}

LLVMValueRef func_len(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *k = n->kids[0];
	LLVMValueRef bytes, larger, count;

	(void)to;
	if (k->kind == NODE_MAP) {
		count = counter(cg);
		cg_uses(cg, count);
		return HELPER(cg, for_each_map_elem, 4, map_global(cg, k->is.map), count,
			      LLVMConstNull(cg->ptr), cg_int(cg, 0));
	}
	bytes = HELPER(cg, get_stack, 4, cg->f.ctx, cg_temp(cg, 8 * PLAN_MAX_FRAMES),
		       LLVMConstInt(cg->i32, 8 * k->type->count, false),
		       cg_int(cg, k->type->space == SPACE_USER ? STACK_USER : 0));
	larger = LLVMBuildICmp(cg->b, LLVMIntSGT, bytes, cg_int(cg, 0), "");
	bytes = LLVMBuildSelect(cg->b, larger, bytes, cg_int(cg, 0), "");
	return LLVMBuildLShr(cg->b, bytes, cg_int(cg, 3), "");
}

LLVMValueRef func_find(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *assign = n->kids[1], *target = assign->kids[0];
	const struct var *v = target->is.var;
	LLVMBasicBlockRef found = cg_block(cg, "found"), done = cg_block(cg, "done");
	LLVMValueRef has;

	(void)to;
	if (v->span.offset == target->span.offset)
		cg_zero(cg, cg_var(cg, v),
			type_shape(v->type) == SHAPE_INT ? 8 : (v->type->size + 7) & ~7u);
	has = map_has_key(cg, n->kids[0]);
	cg_branch(cg, has, found, done);
	cg_at(cg, found);
	emit_stmt(cg, assign);
	cg_jump(cg, done);
	cg_at(cg, done);
	return has;
}

/* Loads the pointer at @at, and goes on where it is one; else at @none. */
static LLVMValueRef load_pointer(struct cg *cg, LLVMValueRef at, LLVMBasicBlockRef none)
{
	LLVMValueRef p = LLVMBuildLoad2(cg->b, cg->ptr, at, "");
	LLVMBasicBlockRef some = cg_block(cg, "pointer");

	LLVMBuildCondBr(cg->b, cg_is_null(cg, p), none, some);
	cg_at(cg, some);
	return p;
}

/* Where a member is, by pointers that the verifier knows: of the context, or of what is there. */
static LLVMValueRef known_place(struct cg *cg, const struct node *n, LLVMBasicBlockRef none)
{
	const struct node *whole = n->kids[0];
	LLVMValueRef at;

	if (whole->type->kind != TYPE_PTR)
		at = known_place(cg, whole, none);
	else if (whole->type->space == SPACE_CTX)
		at = cg->f.ctx;
	else
		at = load_pointer(cg, known_place(cg, whole, none), none);
	return cg_offset(cg, at, n->is.field->offset);
}

static LLVMValueRef known_pointer(struct cg *cg, const struct node *n, LLVMBasicBlockRef none)
{
	LLVMValueRef at = known_place(cg, n, none);

	return n->type->kind == TYPE_PTR ? load_pointer(cg, at, none) : at;
}

LLVMValueRef func_socket_cookie(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMBasicBlockRef none = cg_block(cg, "none"), done = cg_block(cg, "done"), from[2];
	LLVMValueRef values[2];

	(void)to;
	values[0] = HELPER(cg, get_socket_cookie, 1, known_pointer(cg, n->kids[0], none));
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, none);
	values[1] = cg_int(cg, 0);
	from[1] = none;
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

static uint32_t skb_file(const struct cg *cg, const char *path)
{
	uint32_t i = 0;

	while (i + 1 < cg->plan->nskb_files && strcmp(cg->plan->skb_files[i], path))
		i++;
	return i;
}

/* The upper half of the flags are the bytes of the packet, the lower the CPU: this one. */
LLVMValueRef func_skboutput(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMBasicBlockRef none = cg_block(cg, "none"), done = cg_block(cg, "done"), from[2];
	LLVMValueRef head = cg_temp(cg, sizeof(struct skb_head)), flags, values[2];
	LLVMValueRef length = emit_expr(cg, n->kids[2], NULL);

	(void)to;
	flags = LLVMBuildShl(cg->b, length, cg_int(cg, 32), "");
	flags = LLVMBuildAnd(cg->b, flags, cg_int(cg, BPF_F_CTXLEN_MASK), "");
	flags = LLVMBuildOr(cg->b, flags, cg_int(cg, BPF_F_CURRENT_CPU), "");
	cg_store(cg, head, cg_int(cg, skb_file(cg, n->kids[0]->text)), 4);
	cg_store(cg, cg_offset(cg, head, offsetof(struct skb_head, length)), length, 4);
	cg_store(cg, cg_offset(cg, head, offsetof(struct skb_head, offset)),
		 emit_expr(cg, n->kids[3], NULL), 4);
	cg_store(cg, cg_offset(cg, head, offsetof(struct skb_head, unused)), cg_int(cg, 0), 4);
	cg_store(cg, cg_offset(cg, head, offsetof(struct skb_head, ns)),
		 HELPER(cg, ktime_get_boot_ns, 0), 8);
	values[0] = HELPER(cg, skb_output, 5, known_pointer(cg, n->kids[1], none), cg_packets(cg),
			   flags, head, cg_int(cg, sizeof(struct skb_head)));
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, none);
	values[1] = cg_int(cg, (uint64_t)-EINVAL);
	from[1] = none;
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

/* The helper leaves bytes behind the string: it is read again, into zeros. */
LLVMValueRef func_path(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef temp = cg_temp(cg, n->type->size);
	LLVMValueRef size = LLVMConstInt(cg->i32, n->type->size, false);
	LLVMBasicBlockRef done = cg_block(cg, "done");

	cg_zero(cg, temp, n->type->size);
	cg_zero(cg, to, n->type->size);
	HELPER(cg, d_path, 3, known_pointer(cg, n->kids[0], done), temp, size);
	HELPER(cg, probe_read_kernel_str, 3, to, size, temp);
	cg_jump(cg, done);
	cg_at(cg, done);
	return NULL;
}
