/* SPDX-License-Identifier: Apache-2.0 */
/* Events: a record in the ring buffer, its arguments written in place. */
#include "codegen/cg.h"

void event_lost(struct cg *cg, enum lost counter)
{
	LLVMBasicBlockRef count = cg_block(cg, "count"), done = cg_block(cg, "done");
	LLVMValueRef key = cg_temp(cg, 8), at;

	cg_store(cg, key, cg_int(cg, counter), 4);
	at = map_lookup(cg, cg->lost, key);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, count);
	cg_at(cg, count);
	LLVMBuildAtomicRMW(cg->b, LLVMAtomicRMWBinOpAdd, at, cg_int(cg, 1),
			   LLVMAtomicOrderingMonotonic, false);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/*
 * The reader polls every 10 ms; it is woken only when the buffer fills past a quarter, and
 * then once: by the record that crosses the mark.
 */
static LLVMValueRef wakeup(struct cg *cg, const struct event *e)
{
	uint64_t mark = cg->plan->config.ring_buffer_pages * 4096 / 4;
	LLVMValueRef filled, crossed;

	if (e->action->id == ACTION_exit)
		return cg_int(cg, BPF_RB_FORCE_WAKEUP);
	filled = HELPER(cg, ringbuf_query, 2, cg->events, cg_int(cg, BPF_RB_AVAIL_DATA));
	filled = LLVMBuildSub(cg->b, filled, cg_int(cg, mark), "");
	crossed = LLVMBuildICmp(cg->b, LLVMIntULT, filled, cg_int(cg, e->size + BPF_RINGBUF_HDR_SZ),
				"");
	return LLVMBuildSelect(cg->b, crossed, cg_int(cg, BPF_RB_FORCE_WAKEUP),
			       cg_int(cg, BPF_RB_NO_WAKEUP), "");
}

static void fill(struct cg *cg, const struct node *call, const struct event *e, LLVMValueRef record,
		 LLVMValueRef *early)
{
	uint32_t first = call->nkids - e->nargs;

	cg_store(cg, record, cg_int(cg, e->id), 8);
	for (uint32_t i = 0; i < e->nargs; i++) {
		const struct type *t = e->args[i].type;
		LLVMValueRef at = cg_offset(cg, record, e->args[i].offset);

		if (!early)
			emit_to(cg, call->kids[first + i], at, t);
		else if (type_shape(t) == SHAPE_INT)
			cg_store(cg, at, early[i], 8);
		else
			cg_copy(cg, at, early[i], t->size);
	}
}

/* A part that may end the program: then no record may be open. */
static void may_leave(void *ctx, const struct node *n)
{
	bool *leaves = ctx;

	*leaves = *leaves || n->kind == NODE_BLOCK ||
		  (n->kind == NODE_CALL && n->call == CALL_USER);
}

/* The arguments before there is a record; NULL when they can be written into it. */
static LLVMValueRef *early_args(struct cg *cg, const struct node *call, const struct event *e)
{
	LLVMValueRef *args = arena_alloc(cg->arena, (e->nargs + 1) * sizeof(LLVMValueRef));
	bool leaves = false;

	for (uint32_t i = 0; i < call->nkids; i++)
		node_walk(call->kids[i], may_leave, &leaves);
	for (uint32_t i = 0; leaves && i < e->nargs; i++) {
		const struct node *n = call->kids[call->nkids - e->nargs + i];
		const struct type *t = e->args[i].type;

		args[i] = type_shape(t) == SHAPE_INT ? emit_expr(cg, n, NULL)
						     : cg_temp(cg, t->size);
		if (type_shape(t) != SHAPE_INT)
			emit_to(cg, n, args[i], t);
	}
	return leaves ? args : NULL;
}

void event_emit(struct cg *cg, const struct node *call)
{
	const struct event *e = call->is.event;
	LLVMBasicBlockRef have = cg_block(cg, "have"), full = cg_block(cg, "full"),
			  done = cg_block(cg, "done");
	LLVMValueRef *early = early_args(cg, call, e);
	LLVMValueRef record = cg_helper(cg, BPF_FUNC_ringbuf_reserve, true, 3, cg->events,
					cg_int(cg, e->size), cg_int(cg, 0));

	LLVMBuildCondBr(cg->b, cg_is_null(cg, record), full, have);
	cg_at(cg, full);
	event_lost(cg, LOST_EVENTS);
	cg_jump(cg, done);
	cg_at(cg, have);
	fill(cg, call, e, record, early);
	HELPER(cg, ringbuf_submit, 2, record, wakeup(cg, e));
	cg_jump(cg, done);
	cg_at(cg, done);
	if (e->action->id != ACTION_exit)
		return;
	cg_jump(cg, cg->f.leave);
	cg_at(cg, cg_block(cg, "unreachable"));
}
