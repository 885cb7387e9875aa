/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that a program computes itself: numbers are returned, strings written to @to. */
#include "codegen/cg.h"

/* Bytes to read, NUL included: as many as str() keeps, or less when the call says so. */
static LLVMValueRef str_length(struct cg *cg, const struct node *n)
{
	uint64_t kept = cg->plan->config.max_strlen, size = n->type->size;
	LLVMValueRef length, max = cg_int(cg, kept < size ? kept : size), larger;

	if (n->nkids < 2)
		return max;
	if (n->kids[1]->literal)
		return cg_int(cg, n->kids[1]->number);
	length = emit_expr(cg, n->kids[1], NULL);
	larger = LLVMBuildICmp(cg->b, LLVMIntUGT, length, max, "");
	return LLVMBuildSelect(cg->b, larger, max, length, "");
}

LLVMValueRef func_str(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *from = n->kids[0];
	LLVMValueRef at, size;
	bool user;

	if (from->type->kind == TYPE_STRING && n->nkids < 2 &&
	    from->type->size <= cg->plan->config.max_strlen) {
		emit_to(cg, from, to, n->type);
		return NULL;
	}
	user = cg_space(cg, from) == SPACE_USER && from->type->kind != TYPE_STRING;
	at = from->type->kind == TYPE_STRING ? emit_address(cg, from) : emit_expr(cg, from, NULL);
	size = LLVMBuildTrunc(cg->b, str_length(cg, n), cg->i32, "");
	cg_zero(cg, to, n->type->size);
	if (user)
		HELPER(cg, probe_read_user_str, 3, to, size, at);
	else
		HELPER(cg, probe_read_kernel_str, 3, to, size, at);
	return NULL;
}

LLVMValueRef func_delete(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return map_delete(cg, n->kids[0]);
}

LLVMValueRef func_has_key(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return map_has_key(cg, n->kids[0]);
}

/* What check() has made a constant of is never emitted as a call. */
static LLVMValueRef folded(struct cg *cg)
{
	cg->error = "a call is not folded";
	return cg_int(cg, 0);
}

#define FOLDED(id)                                                                   \
	LLVMValueRef func_##id(struct cg *cg, const struct node *n, LLVMValueRef to) \
	{                                                                            \
		(void)n, (void)to;                                                   \
		return folded(cg);                                                   \
	}

FOLDED(strcap)
FOLDED(pton)
FOLDED(kaddr)
FOLDED(cgroupid)
FOLDED(kfunc_exist)
FOLDED(is_ptr)
FOLDED(is_str)
FOLDED(is_array)
FOLDED(is_integer)
FOLDED(is_unsigned_integer)
FOLDED(is_literal)
FOLDED(comptime)
FOLDED(fail)
FOLDED(assert)

LLVMValueRef func_static_assert(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)cg, (void)n, (void)to;
	return NULL;
}

LLVMValueRef func_reg(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return cg_context(cg, n->number, n->type);
}

static LLVMValueRef (*const emit_row[FUNC_COUNT])(struct cg *cg, const struct node *n,
						  LLVMValueRef to) = {
#define FUNC(id, args, result, doc) [FUNC_##id] = func_##id,
#include "parser/func.def"
#undef FUNC
};

LLVMValueRef emit_func(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_row[n->is.func->id](cg, n, to);
}
