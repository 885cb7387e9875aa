/* SPDX-License-Identifier: Apache-2.0 */
/* What a program reads of its context. */
#include "codegen/cg.h"

/* True when the verifier knows the context's types, and so which of its words are pointers. */
static bool typed_context(const struct cg *cg)
{
	enum prog_kind kind = cg->program->provider->prog;

	return kind == PROG_RAW || kind == PROG_FUNC || kind == PROG_ITER;
}

/* Perf events give registers as whole words only. */
static bool whole_words(const struct cg *cg)
{
	return cg->program->provider->prog == PROG_PERF;
}

static LLVMValueRef narrow(struct cg *cg, LLVMValueRef v, const struct type *t)
{
	LLVMValueRef bits = cg_int(cg, 64 - 8 * t->size);

	v = LLVMBuildShl(cg->b, v, bits, "");
	return t->is_signed ? LLVMBuildAShr(cg->b, v, bits, "") : LLVMBuildLShr(cg->b, v, bits, "");
}

LLVMValueRef cg_context(struct cg *cg, uint32_t offset, const struct type *t)
{
	LLVMValueRef at = cg_offset(cg, cg->f.ctx, offset), v;
	uint32_t size = whole_words(cg) ? 8 : t->size;

	v = cg_load(cg, at, size, t->is_signed);
	if (t->size == 8 && typed_context(cg))
		v = cg_scalar(cg, v);
	return size > t->size ? narrow(cg, v, t) : v;
}
