/* SPDX-License-Identifier: Apache-2.0 */
/* Aggregations: one lookup, then one short sequence for each cell (see parser/agg.h). */
#include "codegen/cg.h"

#define SIGN_BIT ((uint64_t)1 << 63)
#define EXTREME_TRIES 3 /* interrupts nest no deeper: softirq, interrupt, NMI */

static void add_to(struct cg *cg, const struct map *m, LLVMValueRef at, LLVMValueRef value)
{
	LLVMValueRef sum;

	if (m->shared) {
		LLVMBuildAtomicRMW(cg->b, LLVMAtomicRMWBinOpAdd, at, value,
				   LLVMAtomicOrderingMonotonic, false);
		return;
	}
	sum = LLVMBuildAdd(cg->b, cg_load(cg, at, 8, false), value, "");
	cg_store(cg, at, sum, 8);
}

/* Keeps the larger of the cell and @value; where a program may interrupt, by exchange. */
static void keep_larger(struct cg *cg, const struct map *m, LLVMValueRef at, LLVMValueRef value)
{
	bool exchange = m->shared && cg->plan->kernel >= KERNEL_FETCH;
	LLVMBasicBlockRef done = cg_block(cg, "done");

	for (int i = 0; i < (exchange ? EXTREME_TRIES : 1); i++) {
		LLVMBasicBlockRef larger = cg_block(cg, "larger"), again = cg_block(cg, "again");
		LLVMValueRef old = cg_load(cg, at, 8, false), pair;

		cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntUGT, value, old, ""), larger, done);
		cg_at(cg, larger);
		if (exchange) {
			pair = LLVMBuildAtomicCmpXchg(cg->b, at, old, value,
						      LLVMAtomicOrderingMonotonic,
						      LLVMAtomicOrderingMonotonic, false);
			cg_branch(cg, LLVMBuildExtractValue(cg->b, pair, 1, ""), done, again);
		} else {
			cg_store(cg, at, value, 8);
			cg_jump(cg, again);
		}
		cg_at(cg, again);
	}
	cg_jump(cg, done);
	cg_at(cg, done);
}

/*
 * floor(log2(@v)) for @v > 0, by halving: BPF has no such instruction. Without jumps, of which the
 * verifier would follow all 64 ways: the sign of -x is 1 when x is not 0.
 */
static LLVMValueRef log2_floor(struct cg *cg, LLVMValueRef v)
{
	LLVMValueRef result = cg_int(cg, 0);

	for (int shift = 32; shift; shift /= 2) {
		LLVMValueRef high = LLVMBuildLShr(cg->b, v, cg_int(cg, shift), ""), by;

		by = LLVMBuildLShr(cg->b, LLVMBuildNeg(cg->b, high, ""), cg_int(cg, 63), "");
		by = LLVMBuildMul(cg->b, by, cg_int(cg, shift), "");
		v = LLVMBuildLShr(cg->b, v, by, "");
		result = LLVMBuildAdd(cg->b, result, by, "");
	}
	return result;
}

/* Bucket of a value with 2^bits buckets per power of two (the inverse of agg_log2_floor). */
static LLVMValueRef log2_bucket(struct cg *cg, const struct type *t, LLVMValueRef v)
{
	uint64_t singles = 2ull << t->bits;
	LLVMBasicBlockRef few = cg_block(cg, "few"), many = cg_block(cg, "many"),
			  done = cg_block(cg, "done"), from[3];
	LLVMValueRef values[3], phi, log, shift, step;
	LLVMBasicBlockRef positive = cg_block(cg, "positive");

	values[0] = cg_int(cg, 0);
	from[0] = LLVMGetInsertBlock(cg->b);
	if (t->is_signed)
		cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntSLT, v, cg_int(cg, 0), ""), done,
			  positive);
	else
		cg_jump(cg, positive);
	cg_at(cg, positive);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, v, cg_int(cg, singles), ""), few, many);
	cg_at(cg, few);
	values[1] = LLVMBuildAdd(cg->b, v, cg_int(cg, 1), "");
	from[1] = few;
	cg_jump(cg, done);
	cg_at(cg, many);
	log = log2_floor(cg, v);
	shift = LLVMBuildSub(cg->b, log, cg_int(cg, t->bits), "");
	step = LLVMBuildAnd(cg->b, LLVMBuildLShr(cg->b, v, shift, ""),
			    cg_int(cg, (1ull << t->bits) - 1), "");
	values[2] = LLVMBuildShl(cg->b, LLVMBuildSub(cg->b, shift, cg_int(cg, 1), ""),
				 cg_int(cg, t->bits), "");
	values[2] = LLVMBuildAdd(cg->b, LLVMBuildAdd(cg->b, values[2], step, ""),
				 cg_int(cg, singles + 1), "");
	from[2] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i64, "");
	if (t->is_signed)
		LLVMAddIncoming(phi, values, from, 1);
	LLVMAddIncoming(phi, values + 1, from + 1, 2);
	return phi;
}

static LLVMValueRef linear_bucket(struct cg *cg, const struct type *t, LLVMValueRef v)
{
	LLVMIntPredicate less = t->is_signed ? LLVMIntSLT : LLVMIntULT;
	LLVMValueRef below = LLVMBuildICmp(cg->b, less, v, cg_int(cg, t->min), "");
	LLVMValueRef above =
		LLVMBuildNot(cg->b, LLVMBuildICmp(cg->b, less, v, cg_int(cg, t->max), ""), "");
	LLVMValueRef i = LLVMBuildSub(cg->b, v, cg_int(cg, t->min), "");

	if (!t->is_signed && t->min < 0)
		below = LLVMConstInt(cg->i1, 0, false);
	i = LLVMBuildUDiv(cg->b, i, cg_int(cg, t->step), "");
	i = LLVMBuildAdd(cg->b, i, cg_int(cg, 1), "");
	i = LLVMBuildSelect(cg->b, above, cg_int(cg, t->count - 1), i, "");
	return LLVMBuildSelect(cg->b, below, cg_int(cg, 0), i, "");
}

/* Adds one to bucket @i; the test tells the verifier what the arithmetic before it means. */
static void add_bucket(struct cg *cg, const struct map *m, const struct type *t, LLVMValueRef at,
		       LLVMValueRef i)
{
	LLVMBasicBlockRef inside = cg_block(cg, "inside"), done = cg_block(cg, "done");
	uint32_t n = t->count - agg_first_bucket(t->agg);

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, i, cg_int(cg, n), ""), inside, done);
	cg_at(cg, inside);
	at = cg_offset_by(cg, at, LLVMBuildShl(cg->b, i, cg_int(cg, 3), ""));
	add_to(cg, m, at, cg_int(cg, 1));
	cg_jump(cg, done);
	cg_at(cg, done);
}

void agg_cell(struct cg *cg, const struct map *m, const struct type *t, enum cell_op op,
	      LLVMValueRef at, LLVMValueRef v)
{
	switch (op) {
	case CELL_NONE:
		break;
	case CELL_INC:
		add_to(cg, m, at, cg_int(cg, 1));
		break;
	case CELL_ADD:
		add_to(cg, m, at, v);
		break;
	case CELL_MIN:
	case CELL_MAX:
		if (t->is_signed)
			v = LLVMBuildXor(cg->b, v, cg_int(cg, SIGN_BIT), "");
		keep_larger(cg, m, at, op == CELL_MIN ? LLVMBuildNot(cg->b, v, "") : v);
		break;
	case CELL_SEEN:
		cg_store(cg, at, cg_int(cg, 1), 8);
		break;
	case CELL_LOG2:
		add_bucket(cg, m, t, at, log2_bucket(cg, t, v));
		break;
	case CELL_LINEAR:
		add_bucket(cg, m, t, at, linear_bucket(cg, t, v));
		break;
	case CELL_SERIES:
		series_update(cg, m, t, at, v);
		break;
	}
}

/*
 * The builder is where the key is missing. Inserts zeros and looks again; a full map's
 * event goes to the overflow value, and is warned of. Jumps to @apply with the value, or to @done.
 */
static void insert(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef phi,
		   LLVMBasicBlockRef apply, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef have = cg_block(cg, "have_zeros"), full = cg_block(cg, "full"), take,
			  from;
	LLVMValueRef zero_key = map_key_zero(cg), zeros, at, rc;

	zeros = map_lookup(cg, cg->zeros, zero_key);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, zeros), done, have);
	cg_at(cg, have);
	rc = HELPER(cg, map_update_elem, 4, map_global(cg, m), key, zeros, cg_int(cg, BPF_NOEXIST));
	at = map_lookup(cg, map_global(cg, m), key);
	from = LLVMGetInsertBlock(cg->b);
	LLVMAddIncoming(phi, &at, &from, 1);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), full, apply);
	cg_at(cg, full);
	event_lost(cg, LOST_MAP_UPDATES);
	event_warn(cg, WARN_MAP_FULL, rc);
	if (!m->overflow) {
		cg_jump(cg, done);
		return;
	}
	take = cg_block(cg, "overflow");
	at = map_lookup(cg, cg->overflows[map_index(cg, m)], zero_key);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, take);
	cg_at(cg, take);
	cg_store(cg, cg_offset(cg, at, m->flag_offset), cg_int(cg, 1), 8);
	from = LLVMGetInsertBlock(cg->b);
	LLVMAddIncoming(phi, &at, &from, 1);
	cg_jump(cg, apply);
}

LLVMValueRef agg_add(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef v)
{
	const struct type *t = m->value;
	LLVMBasicBlockRef missing = cg_block(cg, "missing"), apply = cg_block(cg, "apply"),
			  done = cg_block(cg, "done");
	LLVMBasicBlockRef from;
	LLVMValueRef at, phi;

	at = map_lookup(cg, map_global(cg, m), key);
	from = LLVMGetInsertBlock(cg->b);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), m->key ? missing : done, apply);
	cg_at(cg, apply);
	phi = LLVMBuildPhi(cg->b, cg->ptr, "");
	LLVMAddIncoming(phi, &at, &from, 1);
	cg_at(cg, missing);
	if (m->key) {
		if (t->size > cg->zeros_size)
			cg->zeros_size = t->size;
		insert(cg, m, key, phi, apply, done);
	} else {
		cg_jump(cg, done);
	}
	cg_at(cg, apply);
	if (!m->key)
		cg_store(cg, cg_offset(cg, phi, m->flag_offset), cg_int(cg, 1), 8);
	for (uint32_t i = 0; i < AGG_MAX_CELLS && t->agg->cells[i] != CELL_NONE; i++)
		agg_cell(cg, m, t, t->agg->cells[i], cg_offset(cg, phi, 8 * i), v);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_int(cg, 0);
}

void agg_update(struct cg *cg, const struct node *target, const struct node *call)
{
	LLVMValueRef v = call->nkids ? emit_expr(cg, call->kids[0], NULL) : cg_int(cg, 1);

	cg->span = target->span;
	if (!site_call(cg, target, SITE_AGG, v))
		agg_add(cg, target->is.map, map_key(cg, target), v);
}
