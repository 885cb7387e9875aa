/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Equality of values in memory. All of them are padded with zeros to a multiple of 8
 * bytes, so equal values are equal words; a string ends inside the smaller of two.
 */
#include "codegen/cg.h"

/* Word @i of a value: a constant for a literal, which is nowhere. */
static LLVMValueRef word(struct cg *cg, const struct node *n, LLVMValueRef at, uint32_t i)
{
	if (at)
		return cg_load(cg, cg_offset(cg, at, 8 * i), 8, false);
	return cg_text_word(cg, n->text, n->length, 8 * i);
}

static LLVMValueRef address(struct cg *cg, const struct node *n)
{
	return n->kind == NODE_STRING ? NULL : emit_address(cg, n);
}

/* Both values in one layout, when the layouts of their tuples differ. */
static LLVMValueRef in_layout(struct cg *cg, const struct node *n, const struct type *t)
{
	LLVMValueRef to;

	if (n->kind == NODE_STRING && n->type->kind == t->kind)
		return NULL; /* word() knows it */
	to = cg_temp(cg, t->size);
	emit_to(cg, n, to, t);
	return to;
}

LLVMValueRef emit_equal(struct cg *cg, const struct node *n)
{
	const struct node *a = n->kids[0], *b = n->kids[1];
	uint32_t size = a->type->size < b->type->size ? a->type->size : b->type->size;
	LLVMValueRef at_a, at_b;
	struct cg_exit e;

	if (a->type->kind == TYPE_STRING) {
		at_a = address(cg, a);
		at_b = address(cg, b);
	} else {
		size = n->is.common->size;
		at_a = in_layout(cg, a, n->is.common);
		at_b = in_layout(cg, b, n->is.common);
	}
	cg_exit_begin(cg, &e);
	for (uint32_t i = 0; i < (size + 7) / 8; i++)
		cg_exit_word(cg, &e,
			     LLVMBuildXor(cg->b, word(cg, a, at_a, i), word(cg, b, at_b, i), ""));
	return cg_exit_end(cg, &e);
}
