/* SPDX-License-Identifier: Apache-2.0 */
/* Time series: an event goes to the slot of its interval (see parser/agg.h). */
#include "codegen/cg.h"

/*
 * Makes the slot at @at that of interval @number, empty unless it is so already. A program that
 * interrupts here may lose its value: the slot has no room for more than one claim.
 */
static void claim_slot(struct cg *cg, LLVMValueRef at, LLVMValueRef number)
{
	LLVMBasicBlockRef old = cg_block(cg, "old"), done = cg_block(cg, "done");
	LLVMValueRef is = cg_load(cg, at, 8, false);

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntNE, is, number, ""), old, done);
	cg_at(cg, old);
	cg_store(cg, at, number, 8);
	for (uint32_t i = SERIES_VALUE; i < SERIES_CELLS; i++)
		cg_store(cg, cg_offset(cg, at, 8 * i), cg_int(cg, 0), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
}

static void update_slot(struct cg *cg, const struct map *m, const struct type *t, LLVMValueRef at,
			LLVMValueRef v, LLVMValueRef now)
{
	LLVMValueRef value = cg_offset(cg, at, 8 * SERIES_VALUE);
	LLVMValueRef more = cg_offset(cg, at, 8 * SERIES_MORE);

	if (t->bits == SERIES_LAST) {
		cg_store(cg, value, v, 8);
		cg_store(cg, more, now, 8);
		return;
	}
	agg_cell(cg, m, t, agg_series_op(t->bits), value, v);
	if (t->bits == SERIES_AVG)
		agg_cell(cg, m, t, CELL_INC, more, v);
}

void series_update(struct cg *cg, const struct map *m, const struct type *t, LLVMValueRef at,
		   LLVMValueRef v)
{
	LLVMBasicBlockRef inside = cg_block(cg, "inside"), done = cg_block(cg, "done");
	LLVMValueRef slots = cg_int(cg, t->count / SERIES_CELLS);
	LLVMValueRef now = clock_now(cg), number, slot;

	number = LLVMBuildAdd(cg->b, now, cg_int(cg, cg->plan->wall_offset_ns), "");
	number = LLVMBuildUDiv(cg->b, number, cg_int(cg, (uint64_t)t->step), "");
	/* The verifier does not know what a remainder is below, so LLVM must not either. */
	slot = cg_opaque(cg, LLVMBuildURem(cg->b, number, slots, ""));
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, slot, slots, ""), inside, done);
	cg_at(cg, inside);
	at = cg_offset_by(cg, at, LLVMBuildMul(cg->b, slot, cg_int(cg, 8 * SERIES_CELLS), ""));
	claim_slot(cg, at, number);
	update_slot(cg, m, t, at, v, now);
	cg_jump(cg, done);
	cg_at(cg, done);
}
