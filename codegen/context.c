/* SPDX-License-Identifier: Apache-2.0 */
/* What a program reads of its context. */
#include <string.h>

#include "codegen/cg.h"

/* Every struct bpf_iter__* begins with its meta data, whose first member is the reader. */
#define ITER_META 0
#define ITER_OBJECT 8

/* True when the verifier knows the context's types, and so which of its words are pointers. */
bool cg_typed_context(const struct cg *cg)
{
	enum prog_kind kind = cg->program->prog;

	return (kind == PROG_RAW && strcmp(cg->program->section, "raw_tp") != 0) ||
	       kind == PROG_FUNC || kind == PROG_ITER;
}

/* Some words of a packet's context are pointers to the verifier: it takes none for a number. */
static bool packet_context(const struct cg *cg)
{
	return cg->program->prog == PROG_XDP || cg->program->prog == PROG_SKB;
}

/* Perf events give registers as whole words only. */
static bool whole_words(const struct cg *cg)
{
	return cg->program->prog == PROG_PERF;
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
	if ((t->size == 8 && cg_typed_context(cg)) || (t->size == 4 && packet_context(cg)))
		v = cg_scalar(cg, v);
	return size > t->size ? narrow(cg, v, t) : v;
}

static LLVMValueRef load_pointer(struct cg *cg, LLVMValueRef from)
{
	return LLVMBuildLoad2(cg->b, cg->ptr, from, "");
}

/*
 * The kernel calls an iterator once more at the end, without an object: that call is skipped.
 * Each other one writes a byte to the reader, so that it can stop now and then to print.
 */
void context_iterate(struct cg *cg)
{
	LLVMBasicBlockRef go = cg_block(cg, "object");
	LLVMValueRef object = load_pointer(cg, cg_offset(cg, cg->f.ctx, ITER_OBJECT));
	LLVMValueRef meta, seq, byte = cg_stack(cg, 8);

	LLVMBuildCondBr(cg->b, cg_is_null(cg, object), cg->f.leave, go);
	cg_at(cg, go);
	meta = load_pointer(cg, cg_offset(cg, cg->f.ctx, ITER_META));
	seq = load_pointer(cg, meta);
	cg_store(cg, byte, cg_int(cg, '\n'), 8);
	HELPER(cg, seq_write, 3, seq, byte, LLVMConstInt(cg->i32, 1, false));
}
