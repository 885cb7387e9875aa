/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an aggregation as a number: its cells are folded over all CPUs, then decoded. */
#include "codegen/cg.h"

#define SIGN_BIT ((uint64_t)1 << 63)
#define FEW_CPUS 8 /* whose values the verifier may look up one by one */

static LLVMValueRef fold(struct cg *cg, enum cell_op op, LLVMValueRef a, LLVMValueRef b)
{
	if (op != CELL_MIN && op != CELL_MAX)
		return LLVMBuildAdd(cg->b, a, b, "");
	return LLVMBuildSelect(cg->b, LLVMBuildICmp(cg->b, LLVMIntUGT, b, a, ""), b, a, "");
}

static uint32_t cells_of(const struct agg *agg)
{
	uint32_t n = 0;

	while (n < AGG_MAX_CELLS && agg->cells[n] != CELL_NONE)
		n++;
	return n;
}

/* Adds what one CPU has to the cells at @cells. */
static void fold_cpu(struct cg *cg, const struct map *m, LLVMValueRef at, LLVMValueRef cells)
{
	for (uint32_t i = 0; i < cells_of(m->value->agg); i++) {
		LLVMValueRef cell = cg_offset(cg, cells, 8 * i);
		LLVMValueRef value = cg_load(cg, cg_offset(cg, at, 8 * i), 8, false);

		value = fold(cg, m->value->agg->cells[i], cg_load(cg, cell, 8, false), value);
		cg_store(cg, cell, value, 8);
	}
}

/* @fn with what CPU @cpu has of @key, if anything. */
static void visit_cpu(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef cpu,
		      agg_cpu_fn *fn, LLVMValueRef result)
{
	LLVMBasicBlockRef found = cg_block(cg, "found"), done = cg_block(cg, "done");
	LLVMValueRef number = LLVMBuildTrunc(cg->b, cpu, cg->i32, ""), at;

	at = cg_helper(cg, BPF_FUNC_map_lookup_percpu_elem, true, 3, map_global(cg, m), key,
		       number);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, found);
	cg_at(cg, found);
	fn(cg, m, at, result);
	cg_jump(cg, done);
	cg_at(cg, done);
}

struct visit {
	const struct map *map;
	agg_cpu_fn *fn;
};

static void visit_called(struct cg *cg, const void *what, LLVMValueRef cpu, LLVMValueRef *pointers)
{
	const struct visit *v = what;

	visit_cpu(cg, v->map, pointers[0], cpu, v->fn, pointers[1]);
}

void agg_each_cpu(struct cg *cg, const struct map *m, LLVMValueRef key, const char *name,
		  agg_cpu_fn *fn, LLVMValueRef result)
{
	const struct visit visit = { m, fn };
	LLVMValueRef pointers[] = { key, result };
	LLVMBasicBlockRef turn, done;
	LLVMValueRef slot, cpu;

	if ((cg->plan->ncpus > FEW_CPUS || cg->forks_much) && cg_can_call(cg)) {
		cg_called(cg, arena_printf(cg->arena, "%s_%s", name, m->symbol),
			  cg_int(cg, cg->plan->ncpus), pointers, 2, visit_called, &visit);
		return;
	}
	turn = cg_block(cg, "turn");
	done = cg_block(cg, "done");
	slot = cg_stack(cg, 8); /* that the verifier knows */
	cg_store(cg, slot, cg_int(cg, 0), 8);
	cg_jump(cg, turn);
	cg_at(cg, turn);
	cpu = cg_load(cg, slot, 8, false);
	visit_cpu(cg, m, key, cpu, fn, result);
	cpu = LLVMBuildAdd(cg->b, cpu, cg_int(cg, 1), "");
	cg_store(cg, slot, cpu, 8);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, cpu, cg_int(cg, cg->plan->ncpus), ""), turn,
		  done);
	cg_at(cg, done);
}

/* The value that an extreme's cell stands for; 0 when there was no event (see parser/agg.h). */
static LLVMValueRef decode(struct cg *cg, const struct type *t, LLVMValueRef cells)
{
	LLVMValueRef v = cg_load(cg, cells, 8, false), seen;

	if (t->agg->cells[0] != CELL_MIN && t->agg->cells[0] != CELL_MAX)
		return v;
	if (t->agg->cells[0] == CELL_MIN)
		v = LLVMBuildNot(cg->b, v, "");
	if (t->is_signed)
		v = LLVMBuildXor(cg->b, v, cg_int(cg, SIGN_BIT), "");
	seen = cg_load(cg, cg_offset(cg, cells, 8), 8, false);
	seen = LLVMBuildICmp(cg->b, LLVMIntNE, seen, cg_int(cg, 0), "");
	return LLVMBuildSelect(cg->b, seen, v, cg_int(cg, 0), "");
}

LLVMValueRef agg_read(struct cg *cg, const struct map *m, LLVMValueRef key)
{
	LLVMValueRef cells = cg_temp(cg, 8 * AGG_MAX_CELLS), first;

	cg_zero(cg, cells, 8 * cells_of(m->value->agg));
	agg_each_cpu(cg, m, key, "fold", fold_cpu, cells);
	if (m->value->agg->print != AGG_AVERAGE)
		return decode(cg, m->value, cells);
	first = cg_load(cg, cells, 8, false);
	return emit_division(cg, OP_ID_DIV, m->value->is_signed,
			     cg_load(cg, cg_offset(cg, cells, 8), 8, false), first);
}
