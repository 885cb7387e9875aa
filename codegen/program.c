/* SPDX-License-Identifier: Apache-2.0 */
/* A program: its frame, its clauses one after the other, its way out. */
#include <linux/pkt_cls.h>

#include "codegen/cg.h"

#define MAX_STACK 384    /* of the kernel's 512 bytes; the rest is for what LLVM spills */
#define SHARED_STACK 160 /* the same where several functions share it: each one spills */
#define MAX_FRAMES 8     /* of the kernel's stack, one of them the program's */
#define MAX_SCRATCH 32768
#define LARGE 136 /* what is larger never goes on the stack */

/* Room on the stack, reserved in the entry block: LLVM takes no other. */
LLVMValueRef cg_stack(struct cg *cg, uint32_t size)
{
	LLVMTypeRef type = size > 8 ? LLVMArrayType2(cg->i64, size / 8) : cg->i64;
	LLVMBasicBlockRef here = LLVMGetInsertBlock(cg->b);
	LLVMMetadataRef place = LLVMGetCurrentDebugLocation2(cg->b);
	LLVMValueRef first = LLVMGetFirstInstruction(cg->f.entry), slot;

	if (first)
		LLVMPositionBuilderBefore(cg->b, first);
	else
		cg_at(cg, cg->f.entry);
	slot = LLVMBuildAlloca(cg->b, type, "");
	LLVMSetAlignment(slot, 8);
	cg_at(cg, here);
	LLVMSetCurrentDebugLocation2(cg->b, place);
	return slot;
}

/*
 * A loop hands on all variables, those too that nothing was assigned to yet, and some are read
 * outside of the block that assigns to them: zero them on entry.
 */
static void zero_first(struct cg *cg, LLVMValueRef slot, uint32_t size)
{
	LLVMBasicBlockRef here = LLVMGetInsertBlock(cg->b);
	LLVMMetadataRef place = LLVMGetCurrentDebugLocation2(cg->b);

	LLVMPositionBuilderBefore(cg->b, LLVMGetNextInstruction(slot));
	LLVMSetCurrentDebugLocation2(cg->b, NULL);
	cg_zero(cg, slot, size);
	cg_at(cg, here);
	LLVMSetCurrentDebugLocation2(cg->b, place);
}

static bool fits_stack(struct cg *cg, uint32_t size)
{
	return size <= LARGE && cg->f.vars_size + cg->f.temps_size + size <= cg->f.max_stack;
}

static LLVMValueRef in_scratch(struct cg *cg, uint32_t offset)
{
	return cg_offset(cg, LLVMBuildLoad2(cg->b, cg->ptr, cg->f.scratch_slot, ""), offset);
}

static uint32_t take_scratch(struct cg *cg, uint32_t size)
{
	uint32_t offset = cg->f.scratch_used;

	cg->f.scratch_used += size;
	if (offset <= MAX_SCRATCH && cg->f.scratch_used > MAX_SCRATCH)
		diag_add(cg->diags, E_TOO_LARGE, cg->span,
			 "the kernel lets a program have %d bytes of large values, and %s has more",
			 MAX_SCRATCH, cg->program->attaches[0].name);
	if (cg->f.scratch_used > cg->f.scratch_max)
		cg->f.scratch_max = cg->f.scratch_used;
	return offset;
}

LLVMValueRef cg_temp(struct cg *cg, uint32_t size)
{
	uint32_t offset = cg->f.temps_used;

	size = (size + 7) & ~7u;
	if (offset + size <= cg->f.temps_size || fits_stack(cg, offset + size - cg->f.temps_size)) {
		if (size <= LARGE) {
			cg->f.temps_used += size;
			if (cg->f.temps_used > cg->f.temps_size)
				cg->f.temps_size = cg->f.temps_used;
			return cg_offset(cg, cg->f.temps, offset);
		}
	}
	return in_scratch(cg, take_scratch(cg, size));
}

LLVMValueRef cg_keep(struct cg *cg, uint32_t size)
{
	uint32_t offset = take_scratch(cg, (size + 7) & ~7u);

	cg->f.scratch_vars = cg->f.scratch_used;
	return in_scratch(cg, offset);
}

/* Through a map: of what the verifier knows, a counter say, it would follow each turn of a loop. */
LLVMValueRef cg_forget(struct cg *cg, LLVMValueRef v)
{
	LLVMValueRef at = in_scratch(cg, take_scratch(cg, 8));

	cg_store(cg, at, v, 8);
	v = cg_load(cg, at, 8, false);
	LLVMSetVolatile(v, true);
	return v;
}

struct cg_mark cg_mark(const struct cg *cg)
{
	return (struct cg_mark){ cg->f.temps_used, cg->f.scratch_used };
}

void cg_release(struct cg *cg, struct cg_mark mark)
{
	cg->f.temps_used = mark.temps;
	cg->f.scratch_used = mark.scratch > cg->f.scratch_vars ? mark.scratch : cg->f.scratch_vars;
}

/* Loops copy the numbers among the variables, and both copies have to fit. */
static bool on_stack(struct cg *cg, uint32_t size)
{
	if (cg->forks_much)
		return false;
	if (cg->alone)
		return fits_stack(cg, size);
	return size <= 8 &&
	       cg->f.vars_size - cg->f.loop_block_size + cg_block_size(cg) + 2 * size <=
		       cg->f.max_stack;
}

/* The same for a large variable, once the scratch memory is there. */
static void zero_scratch(struct cg *cg, uint32_t offset, uint32_t size)
{
	LLVMBasicBlockRef here = LLVMGetInsertBlock(cg->b);
	LLVMMetadataRef place = LLVMGetCurrentDebugLocation2(cg->b);
	LLVMValueRef first = cg->f.start ? LLVMGetFirstInstruction(cg->f.start) : NULL;

	if (first)
		LLVMPositionBuilderBefore(cg->b, first);
	cg_zero(cg, in_scratch(cg, offset), size);
	cg_at(cg, here);
	LLVMSetCurrentDebugLocation2(cg->b, place);
}

LLVMValueRef cg_var(struct cg *cg, const struct var *v)
{
	uint32_t size = (v->type->size + 7) & ~7u;
	struct slot *slot;

	while (v->index >= cg->f.nvars)
		VEC_PUSH(cg->arena, cg->f.vars, cg->f.nvars, (struct slot){ 0 });
	slot = &cg->f.vars[v->index];
	if (!slot->taken && on_stack(cg, size)) {
		slot->stack = cg_stack(cg, size);
		if (size <= 8 || v->hoisted)
			zero_first(cg, slot->stack, size);
		cg->f.vars_size += size;
	} else if (!slot->taken) {
		slot->offset = take_scratch(cg, size);
		cg->f.scratch_vars = cg->f.scratch_used;
		if (v->hoisted)
			zero_scratch(cg, slot->offset, size);
	}
	slot->taken = true;
	return slot->stack ? slot->stack : in_scratch(cg, slot->offset);
}

/* Only the process of -p. */
static void filter_pid(struct cg *cg)
{
	LLVMBasicBlockRef go = cg_block(cg, "pid");

	cg_branch(cg,
		  LLVMBuildICmp(cg->b, LLVMIntEQ, cg_process(cg), cg_int(cg, cg->plan->pid), ""),
		  go, cg->f.leave);
	cg_at(cg, go);
}

static void emit_clause(struct cg *cg, const struct clause *clause)
{
	cg->f.clause_end = cg_block(cg, "clause_end");
	if (clause->predicate) {
		LLVMBasicBlockRef body = cg_block(cg, "body");

		debug_place(cg, clause->predicate->span);
		emit_condition(cg, clause->predicate, body, cg->f.clause_end);
		cg_at(cg, body);
	}
	emit_stmt(cg, clause->body);
	cg_jump(cg, cg->f.clause_end);
	cg_at(cg, cg->f.clause_end);
}

/* The scratch memory of this program, when it turned out to need some, before the first clause. */
void frame_scratch(struct cg *cg, uint32_t base, LLVMBasicBlockRef setup, LLVMBasicBlockRef start)
{
	LLVMValueRef key, memory;

	cg_at(cg, setup);
	if (cg->f.scratch_max == base) {
		cg_jump(cg, start);
		return;
	}
	key = cg_stack(cg, 8);
	cg_store(cg, key, cg_int(cg, cg->program_index), 4);
	memory = map_lookup(cg, cg->scratch, key);
	LLVMBuildStore(cg->b, memory, cg->f.scratch_slot);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, memory), cg->f.leave, start);
	if (cg->f.scratch_max > cg->scratch_size)
		cg->scratch_size = cg->f.scratch_max;
}

void frame_begin(struct cg *cg, LLVMValueRef function, const char *name, uint32_t nparams)
{
	cg->f.function = function;
	cg->f.subprogram = debug_function(cg, function, name, nparams);
	cg->f.entry = cg_block(cg, "entry");
	cg->f.leave = cg_block(cg, "leave");
	cg->f.vars_size = cg->f.temps_used = cg->f.temps_size = 0;
	cg->f.call_block = cg->f.loop_block = NULL;
	cg->f.loop_block_size = 0;
	cg->f.loop = NULL;
	cg_at(cg, cg->f.entry);
	cg->f.scratch_slot = cg_stack(cg, 8);
	cg->f.temps = cg_stack(cg, 8);
}

static void resize(struct cg *cg, LLVMValueRef slot, uint32_t size)
{
	LLVMReplaceAllUsesWith(slot, cg_stack(cg, size));
	LLVMInstructionEraseFromParent(slot);
}

/* The temporaries were one slot of unknown size; now it is known. */
void frame_end(struct cg *cg)
{
	resize(cg, cg->f.temps, cg->f.temps_size);
	if (cg->f.loop_block)
		resize(cg, cg->f.loop_block, cg->f.loop_block_size);
}

/* How many frames are on the stack at once besides the program's own. */
static uint32_t frames(struct cg *cg, const struct program *program)
{
	cg->depths = arena_alloc(cg->arena, (program->nfunctions + 1) * sizeof(*cg->depths));
	for (uint32_t i = 0; i < program->nfunctions; i++)
		cg->depths[i] = depth_of(cg, program->functions[i]->body);
	return loop_depth(cg, program);
}

static void begin_program(struct cg *cg, const struct program *program, uint32_t max_stack)
{
	LLVMTypeRef type = LLVMFunctionType(cg->i32, &cg->ptr, 1, false);
	LLVMValueRef function = LLVMAddFunction(cg->module, program->symbol, type);

	LLVMSetSection(function, program->section);
	cg->f = (struct frame){ .ctx = LLVMGetParam(function, 0), .max_stack = max_stack };
	cg->f.scratch_used = cg->f.scratch_vars = cg->f.scratch_max = cg->scratch_base;
	frame_begin(cg, function, program->symbol, 1);
}

/* What lets the packet go on as if the program were not there. */
static const int results[PROVIDER_COUNT] = {
	[PROVIDER_xdp] = XDP_PASS,
	[PROVIDER_tc] = TC_ACT_UNSPEC, /* on to the next program */
	[PROVIDER_socket] = 0,         /* bytes of our own copy */
	[PROVIDER_cgroup_skb] = 1,
};

static void begin_packet(struct cg *cg, const struct program *program)
{
	const struct node **nodes = arena_alloc(cg->arena, 2 * program->nclauses * sizeof(*nodes));

	for (uint32_t i = 0; i < program->nclauses; i++) {
		nodes[2 * i] = program->clauses[i].predicate;
		nodes[2 * i + 1] = program->clauses[i].body;
	}
	packet_begin(cg, nodes, 2 * program->nclauses);
}

void cg_program(struct cg *cg, const struct program *program)
{
	LLVMBasicBlockRef setup, start;
	uint32_t max_stack, inner;

	cg->program = program;
	cg->program_index = program - cg->plan->programs;
	cg->scratch_base = 0;
	cg->nused = 0;
	inner = frames(cg, program);
	cg->alone = !inner;
	cg->deep = inner + 2 > MAX_FRAMES;
	cg->forks_much = cg_forks_much(program);
	max_stack = inner ? (SHARED_STACK - cg->site_stack) / (1 + inner)
			  : MAX_STACK - cg->site_stack;
	call_functions(cg, max_stack);
	begin_program(cg, program, max_stack);
	setup = cg_block(cg, "setup");
	start = cg->f.start = cg_block(cg, "start");
	cg_jump(cg, setup);
	cg_at(cg, start);
	if (program->pid_filter)
		filter_pid(cg);
	if (program->prog == PROG_ITER)
		context_iterate(cg);
	begin_packet(cg, program);
	for (uint32_t i = 0; i < program->nclauses; i++)
		emit_clause(cg, &program->clauses[i]);
	cg_jump(cg, cg->f.leave);
	frame_scratch(cg, cg->scratch_base, setup, start);
	cg_at(cg, cg->f.leave);
	LLVMBuildRet(cg->b, LLVMConstInt(cg->i32, results[program->provider->id], true));
	frame_end(cg);
}
