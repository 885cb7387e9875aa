/* SPDX-License-Identifier: Apache-2.0 */
/* value[offset:length] */
#include "codegen/cg.h"

#define MAX_PIECES 32 /* of a copy without a call */

/* Where the bytes of a value are, as they are in a packet, and how many it has. */
struct bytes {
	LLVMValueRef at, length;
	uint32_t skip; /* before the first */
};

/* A number of @size bytes, the first of which is the most significant one. */
static struct bytes number_bytes(struct cg *cg, const struct node *n, uint32_t size)
{
	LLVMValueRef to = cg_temp(cg, 8), v = emit_expr(cg, n, NULL);

	v = LLVMBuildShl(cg->b, v, cg_int(cg, 64 - 8 * size), "");
	cg_store(cg, to, cg_bswap(cg, v, 8), 8);
	return (struct bytes){ to, cg_int(cg, size), 0 };
}

static struct bytes bytes_of(struct cg *cg, const struct node *n)
{
	const struct type *t = n->type;
	struct bytes b = { .skip = 0 };

	if (t->kind == TYPE_IP4 || t->kind == TYPE_ETHER)
		return number_bytes(cg, n, t->kind == TYPE_IP4 ? 4 : 6);
	b.at = emit_address(cg, n);
	b.length = cg_int(cg, t->size);
	if (t->kind == TYPE_INET) {
		b.skip = 8;
		b.length = cg_load(cg, b.at, 8, false);
	} else if (t->kind == TYPE_BUF) {
		b.skip = 4;
		b.length = cg_load(cg, b.at, 4, false);
	} else if (t->kind == TYPE_STRING) {
		b.length = cg_string_length(cg, b.at, t->size);
	}
	return b;
}

static void copy_bytes(struct cg *cg, LLVMValueRef to, LLVMValueRef from, uint32_t offset,
		       uint32_t size)
{
	uint32_t align = offset & 1 ? 1 : offset & 2 ? 2 : 4;

	from = cg_offset(cg, from, offset);
	if (size / align > MAX_PIECES)
		HELPER(cg, probe_read_kernel, 3, to, LLVMConstInt(cg->i32, size, false), from);
	else
		LLVMBuildMemCpy(cg->b, to, 4, from, align, cg_int(cg, size));
}

/* The bytes of the slice that the value has; zeros follow. */
LLVMValueRef emit_slice(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	uint32_t offset = n->kids[1]->number, size = n->kids[2]->number;
	struct bytes b = bytes_of(cg, n->kids[0]);
	LLVMValueRef left = LLVMBuildSub(cg->b, b.length, cg_int(cg, offset), ""), more;

	more = LLVMBuildICmp(cg->b, LLVMIntSGT, left, cg_int(cg, 0), "");
	left = LLVMBuildSelect(cg->b, more, left, cg_int(cg, 0), "");
	more = LLVMBuildICmp(cg->b, LLVMIntUGT, left, cg_int(cg, size), "");
	left = LLVMBuildSelect(cg->b, more, cg_int(cg, size), left, "");
	cg_zero(cg, to, (n->type->size + 7) & ~7u);
	cg_store(cg, to, left, 4);
	copy_bytes(cg, cg_offset(cg, to, 4), b.at, b.skip + offset, size);
	return NULL;
}
