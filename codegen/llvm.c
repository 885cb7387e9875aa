/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/cg.h"

#include <string.h>

#define MAX_HELPER_ARGS 5
#define WORDS_A_TEST 8 /* of a comparison */
#define MAX_INLINE 512 /* bytes that LLVM copies or clears without a call */

LLVMValueRef cg_int(struct cg *cg, uint64_t value)
{
	return LLVMConstInt(cg->i64, value, false);
}

LLVMBasicBlockRef cg_block(struct cg *cg, const char *name)
{
	return LLVMAppendBasicBlockInContext(cg->context, cg->f.function, name);
}

void cg_at(struct cg *cg, LLVMBasicBlockRef block)
{
	LLVMPositionBuilderAtEnd(cg->b, block);
}

void cg_jump(struct cg *cg, LLVMBasicBlockRef to)
{
	LLVMBuildBr(cg->b, to);
}

void cg_branch(struct cg *cg, LLVMValueRef condition, LLVMBasicBlockRef then,
	       LLVMBasicBlockRef otherwise)
{
	if (LLVMTypeOf(condition) != cg->i1)
		condition = LLVMBuildICmp(cg->b, LLVMIntNE, condition, cg_int(cg, 0), "");
	LLVMBuildCondBr(cg->b, condition, then, otherwise);
}

LLVMValueRef cg_offset_by(struct cg *cg, LLVMValueRef base, LLVMValueRef bytes)
{
	return LLVMBuildGEP2(cg->b, cg->i8, base, &bytes, 1, "");
}

LLVMValueRef cg_offset(struct cg *cg, LLVMValueRef base, uint64_t bytes)
{
	return bytes ? cg_offset_by(cg, base, cg_int(cg, bytes)) : base;
}

static LLVMTypeRef int_type(struct cg *cg, uint32_t size)
{
	return size == 1 ? cg->i8 : size == 2 ? cg->i16 : size == 4 ? cg->i32 : cg->i64;
}

LLVMValueRef cg_load(struct cg *cg, LLVMValueRef from, uint32_t size, bool is_signed)
{
	LLVMValueRef v = LLVMBuildLoad2(cg->b, int_type(cg, size), from, "");

	LLVMSetAlignment(v, size);
	if (size == 8)
		return v;
	return is_signed ? LLVMBuildSExt(cg->b, v, cg->i64, "")
			 : LLVMBuildZExt(cg->b, v, cg->i64, "");
}

void cg_store(struct cg *cg, LLVMValueRef to, LLVMValueRef value, uint32_t size)
{
	LLVMValueRef s;

	if (size < 8)
		value = LLVMBuildTrunc(cg->b, value, int_type(cg, size), "");
	s = LLVMBuildStore(cg->b, value, to);
	LLVMSetAlignment(s, size);
}

void cg_copy(struct cg *cg, LLVMValueRef to, LLVMValueRef from, uint32_t size)
{
	for (uint32_t i = 0; i < size; i += MAX_INLINE)
		LLVMBuildMemCpy(cg->b, cg_offset(cg, to, i), 8, cg_offset(cg, from, i), 8,
				cg_int(cg, size - i < MAX_INLINE ? size - i : MAX_INLINE));
}

void cg_zero(struct cg *cg, LLVMValueRef to, uint32_t size)
{
	for (uint32_t i = 0; i < size; i += MAX_INLINE)
		LLVMBuildMemSet(cg->b, cg_offset(cg, to, i), LLVMConstInt(cg->i8, 0, false),
				cg_int(cg, size - i < MAX_INLINE ? size - i : MAX_INLINE), 8);
}

void cg_zero_rest(struct cg *cg, LLVMValueRef to, uint32_t from, uint32_t size)
{
	uint32_t word = (from + 7) & ~7u, edge = word < size ? word : size;

	if (from < edge)
		LLVMBuildMemSet(cg->b, cg_offset(cg, to, from), LLVMConstInt(cg->i8, 0, false),
				cg_int(cg, edge - from), from & -from);
	if (edge < size)
		cg_zero(cg, cg_offset(cg, to, edge), size - edge);
}

void cg_exit_begin(struct cg *cg, struct cg_exit *e)
{
	*e = (struct cg_exit){ .pending = cg_int(cg, 0) };
}

void cg_exit_word(struct cg *cg, struct cg_exit *e, LLVMValueRef difference)
{
	LLVMBasicBlockRef next;

	if (e->words && e->words % WORDS_A_TEST == 0) {
		if (!e->block)
			e->block = cg_block(cg, "differ");
		next = cg_block(cg, "next");
		cg_branch(cg, e->pending, e->block, next);
		cg_at(cg, next);
		e->pending = cg_int(cg, 0);
	}
	e->pending = LLVMBuildOr(cg->b, e->pending, difference, "");
	e->words++;
}

LLVMValueRef cg_exit_end(struct cg *cg, struct cg_exit *e)
{
	LLVMValueRef same = LLVMBuildICmp(cg->b, LLVMIntEQ, e->pending, cg_int(cg, 0), ""), phi;
	LLVMValueRef values[2] = { same, LLVMConstInt(cg->i1, 0, false) };
	LLVMBasicBlockRef from[2] = { LLVMGetInsertBlock(cg->b), e->block }, done;

	if (!e->block)
		return same;
	done = cg_block(cg, "done");
	cg_jump(cg, done);
	cg_at(cg, e->block);
	cg_jump(cg, done);
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i1, "");
	LLVMAddIncoming(phi, values, from, 2);
	return phi;
}

LLVMValueRef cg_text_word(struct cg *cg, const char *text, uint32_t length, uint32_t offset)
{
	uint64_t word = 0;

	if (offset < length)
		memcpy(&word, text + offset, length - offset < 8 ? length - offset : 8);
	return cg_int(cg, word);
}

void cg_text(struct cg *cg, LLVMValueRef to, const char *text, uint32_t length, uint32_t size)
{
	for (uint32_t i = 0; i < size; i += 8)
		cg_store(cg, cg_offset(cg, to, i), cg_text_word(cg, text, length, i), 8);
}

LLVMValueRef cg_widen(struct cg *cg, LLVMValueRef v)
{
	return LLVMTypeOf(v) == cg->i64 ? v : LLVMBuildZExt(cg->b, v, cg->i64, "");
}

/* Instructions that LLVM knows nothing of, from @v to the result. */
static LLVMValueRef assembly(struct cg *cg, char *text, LLVMValueRef v)
{
	LLVMTypeRef type = LLVMFunctionType(cg->i64, &cg->i64, 1, false);
	char constraints[] = "=r,0";
	LLVMValueRef code = LLVMGetInlineAsm(type, text, strlen(text), constraints,
					     sizeof(constraints) - 1, false, false,
					     LLVMInlineAsmDialectATT, false);

	return LLVMBuildCall2(cg->b, type, code, &v, 1, "");
}

LLVMValueRef cg_scalar(struct cg *cg, LLVMValueRef v)
{
	char twice[] = "$0 = -$0\n$0 = -$0";

	return assembly(cg, twice, v);
}

LLVMValueRef cg_opaque(struct cg *cg, LLVMValueRef v)
{
	char nothing[] = "";

	return assembly(cg, nothing, v);
}

LLVMValueRef cg_phi(struct cg *cg, LLVMValueRef *values, LLVMBasicBlockRef *from, uint32_t n)
{
	LLVMValueRef phi = LLVMBuildPhi(cg->b, cg->i64, "");

	LLVMAddIncoming(phi, values, from, n);
	return phi;
}

LLVMValueRef cg_is_null(struct cg *cg, LLVMValueRef p)
{
	return LLVMBuildICmp(cg->b, LLVMIntEQ, p, LLVMConstNull(cg->ptr), "");
}

static bool reads(enum bpf_func_id id)
{
	return id == BPF_FUNC_probe_read_kernel || id == BPF_FUNC_probe_read_user ||
	       id == BPF_FUNC_probe_read_kernel_str || id == BPF_FUNC_probe_read_user_str;
}

LLVMValueRef cg_helper(struct cg *cg, enum bpf_func_id id, bool pointer, uint32_t n, ...)
{
	LLVMTypeRef types[MAX_HELPER_ARGS], fn;
	LLVMValueRef args[MAX_HELPER_ARGS], v;
	va_list ap;

	va_start(ap, n);
	for (uint32_t i = 0; i < n; i++) {
		args[i] = va_arg(ap, LLVMValueRef);
		types[i] = LLVMTypeOf(args[i]);
	}
	va_end(ap);
	fn = LLVMFunctionType(pointer ? cg->ptr : cg->i64, types, n, false);
	v = LLVMBuildCall2(cg->b, fn, LLVMConstIntToPtr(cg_int(cg, id), cg->ptr), args, n, "");
	if (cg->plan->failures && reads(id))
		event_if_failed(cg, id, v);
	return v;
}
