/* SPDX-License-Identifier: Apache-2.0 */
/* Network addresses: see TYPE(INET) and TYPE(MAC) in parser/type.def for their layout. */
#include "codegen/cg.h"

#define AF_4 2 /* AF_INET */

/* @yes when the family is IPv4, else @no. */
static LLVMValueRef by_family(struct cg *cg, LLVMValueRef is4, LLVMValueRef yes, LLVMValueRef no)
{
	return LLVMBuildSelect(cg->b, is4, yes, no, "");
}

/* 16 bytes, of which IPv4 takes the first 4. */
static void write_either(struct cg *cg, LLVMValueRef is4, LLVMValueRef from, LLVMValueRef to)
{
	LLVMValueRef low = cg_load(cg, from, 8, false), high;

	high = cg_load(cg, cg_offset(cg, from, 8), 8, false);
	cg_store(cg, to, by_family(cg, is4, cg_int(cg, 4), cg_int(cg, 16)), 8);
	low = by_family(cg, is4, LLVMBuildAnd(cg->b, low, cg_int(cg, UINT32_MAX), ""), low);
	cg_store(cg, cg_offset(cg, to, 8), low, 8);
	cg_store(cg, cg_offset(cg, to, 16), by_family(cg, is4, cg_int(cg, 0), high), 8);
}

static LLVMValueRef low_word(struct cg *cg, const struct node *n)
{
	LLVMValueRef v;

	if (type_shape(n->type) == SHAPE_INT)
		v = emit_expr(cg, n, NULL);
	else
		v = cg_load(cg, emit_address(cg, n), 4, false);
	return LLVMBuildAnd(cg->b, v, cg_int(cg, UINT32_MAX), "");
}

LLVMValueRef func_ntop(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *address = n->kids[n->nkids - 1];
	LLVMValueRef family, is4 = LLVMConstInt(cg->i1, 0, false);

	if (type_shape(address->type) == SHAPE_INT || address->type->size == 4) {
		family = low_word(cg, address);
		cg_store(cg, to, cg_int(cg, 4), 8);
		cg_store(cg, cg_offset(cg, to, 8), family, 8);
		cg_store(cg, cg_offset(cg, to, 16), cg_int(cg, 0), 8);
		return NULL;
	}
	if (n->nkids > 1) {
		family = emit_expr(cg, n->kids[0], NULL);
		is4 = LLVMBuildICmp(cg->b, LLVMIntEQ, family, cg_int(cg, AF_4), "");
	}
	write_either(cg, is4, emit_address(cg, address), to);
	return NULL;
}

LLVMValueRef func_macaddr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *from = n->kids[0];
	LLVMValueRef v, high;

	if (from->type->kind != TYPE_PTR) {
		v = emit_address(cg, from);
		high = LLVMBuildShl(cg->b, cg_load(cg, cg_offset(cg, v, 4), 2, false),
				    cg_int(cg, 32), "");
		v = cg_load(cg, v, 4, false);
		cg_store(cg, to, LLVMBuildOr(cg->b, v, high, ""), 8);
		return NULL;
	}
	v = emit_expr(cg, from, NULL);
	cg_store(cg, to, cg_int(cg, 0), 8);
	cg_read(cg, cg_space(cg, from), to, LLVMConstInt(cg->i32, 6, false), v);
	return NULL;
}
