/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places in the kernel's or a process's memory. A member of a member is one address and one
 * read; only pointers on the way are read themselves.
 */
#include "codegen/cg.h"

/* A pointer that is followed by a read, not the program's own context. */
static bool is_pointer(const struct node *n)
{
	return n->type->kind == TYPE_PTR && n->type->space != SPACE_CTX;
}

bool place_is_memory(const struct node *n)
{
	if (n->kind == NODE_UNARY)
		return n->op->id == OP_ID_DEREF;
	if (n->kind != NODE_FIELD && n->kind != NODE_INDEX)
		return false;
	return is_pointer(n->kids[0]) ||
	       (type_shape(n->kids[0]->type) == SHAPE_MEM && place_is_memory(n->kids[0]));
}

uint64_t place_step(const struct type *pointer)
{
	return pointer->elem && pointer->elem->size ? pointer->elem->size : 1;
}

static enum space space_of(const struct node *n)
{
	return is_pointer(n->kids[0]) ? n->kids[0]->type->space : space_of(n->kids[0]);
}

/* Bytes of one element of what @n indexes. */
static uint64_t element_size(const struct type *t)
{
	if (t->kind == TYPE_PTR)
		return place_step(t);
	return t->kind == TYPE_ARRAY ? t->elem->size : 1;
}

/* Behind the last element there is memory too, but not what the script means. */
static void warn_bounds(struct cg *cg, const struct node *n, LLVMValueRef index)
{
	const struct type *t = n->kids[0]->type;
	LLVMBasicBlockRef outside, done;

	if (t->kind != TYPE_ARRAY || !t->count || LLVMIsConstant(index))
		return;
	cg->span = n->span;
	outside = cg_block(cg, "outside");
	done = cg_block(cg, "done");
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, index, cg_int(cg, t->count), ""), done,
		  outside);
	cg_at(cg, outside);
	event_warn(cg, WARN_BOUNDS, NULL);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* The address of a place: that of its base, or the pointer's value, and an offset. */
LLVMValueRef place_address(struct cg *cg, const struct node *n)
{
	const struct node *base = n->kids[0];
	LLVMValueRef at = is_pointer(base) ? emit_expr(cg, base, NULL) : place_address(cg, base),
		     index;

	if (n->kind == NODE_FIELD)
		return LLVMBuildAdd(cg->b, at, cg_int(cg, n->is.field->offset), "");
	if (n->kind == NODE_UNARY)
		return at;
	index = emit_expr(cg, n->kids[1], NULL);
	warn_bounds(cg, n, index);
	return LLVMBuildAdd(cg->b, at,
			    LLVMBuildMul(cg->b, index, cg_int(cg, element_size(base->type)), ""),
			    "");
}

static void read_memory(struct cg *cg, enum space space, LLVMValueRef to, uint32_t size,
			LLVMValueRef at)
{
	LLVMValueRef n = LLVMConstInt(cg->i32, size, false);

	if (space == SPACE_USER)
		HELPER(cg, probe_read_user, 3, to, n, at);
	else
		HELPER(cg, probe_read_kernel, 3, to, n, at);
}

/* A bit-field's bits, moved to the low end. */
LLVMValueRef place_bits(struct cg *cg, const struct field *f, LLVMValueRef v)
{
	LLVMValueRef up = cg_int(cg, 64 - f->bit_offset - f->bit_size),
		     down = cg_int(cg, 64 - f->bit_size);

	v = LLVMBuildShl(cg->b, v, up, "");
	return f->type->is_signed ? LLVMBuildAShr(cg->b, v, down, "")
				  : LLVMBuildLShr(cg->b, v, down, "");
}

static LLVMValueRef read_number(struct cg *cg, const struct node *n, LLVMValueRef at)
{
	const struct field *f = n->kind == NODE_FIELD ? n->is.field : NULL;
	const struct type *t = f ? f->type : n->type;
	LLVMValueRef temp = cg_temp(cg, 8), v;

	read_memory(cg, space_of(n), temp, t->size, at);
	v = cg_load(cg, temp, t->size, t->is_signed);
	return f && f->bit_size ? place_bits(cg, f, v) : v;
}

/* Text from an array of characters, which need not end with a NUL. */
void place_text(struct cg *cg, const struct type *string, const struct type *array,
		enum space space, LLVMValueRef at, LLVMValueRef to)
{
	uint32_t size = array && array->count && array->count < string->size ? array->count + 1
									     : string->size;

	cg_zero(cg, to, string->size);
	if (space == SPACE_USER)
		HELPER(cg, probe_read_user_str, 3, to, LLVMConstInt(cg->i32, size, false), at);
	else
		HELPER(cg, probe_read_kernel_str, 3, to, LLVMConstInt(cg->i32, size, false), at);
}

LLVMValueRef place_read(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef at = place_address(cg, n);

	if (type_shape(n->type) == SHAPE_INT)
		return n->kind == NODE_FIELD && n->is.field->type->kind == TYPE_ARRAY
			       ? at
			       : read_number(cg, n, at);
	if (n->type->kind != TYPE_STRING) {
		read_memory(cg, space_of(n), to, n->type->size, at);
		return NULL;
	}
	place_text(cg, n->type, n->kind == NODE_FIELD ? n->is.field->type : NULL, space_of(n), at,
		   to);
	return NULL;
}
