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

/* The number of a place that warns, the same in all programs. */
static uint32_t warning_place(struct cg *cg, enum warning_kind kind)
{
	struct span where = cg->span;
	uint32_t i = 0;

	while (i < cg->nplaces &&
	       (cg->places[i].kind != kind || cg->places[i].span.offset != where.offset ||
		cg->places[i].span.length != where.length))
		i++;
	if (i == cg->nplaces)
		VEC_PUSH(cg->arena, cg->places, cg->nplaces,
			 ((struct warning){ .span = where, .kind = kind }));
	return i;
}

void event_warn(struct cg *cg, enum warning_kind kind, LLVMValueRef rc)
{
	LLVMBasicBlockRef have = cg_block(cg, "have_warnings"), done = cg_block(cg, "done");
	uint32_t place = warning_place(cg, kind) * sizeof(struct warning);
	LLVMValueRef at = map_lookup(cg, cg->warnings, map_key_zero(cg)), what = cg_int(cg, kind);

	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, have);
	cg_at(cg, have);
	if (rc)
		what = LLVMBuildOr(cg->b, what, LLVMBuildShl(cg->b, rc, cg_int(cg, 32), ""), "");
	at = cg_offset(cg, at, place);
	cg_store(cg, at, cg_int(cg, cg->span.offset | (uint64_t)cg->span.length << 32), 8);
	cg_store(cg, cg_offset(cg, at, offsetof(struct warning, kind)), what, 8);
	cg_jump(cg, done);
	cg_at(cg, done);
}

void event_failure(struct cg *cg, enum bpf_func_id id, LLVMValueRef rc)
{
	uint32_t size = sizeof(struct failure);
	LLVMValueRef record = cg_temp(cg, size);

	cg_store(cg, record, cg_int(cg, EVENT_FAILED | (uint64_t)id << 32), 8);
	cg_store(cg, cg_offset(cg, record, offsetof(struct failure, span)),
		 cg_int(cg, cg->span.offset | (uint64_t)cg->span.length << 32), 8);
	cg_store(cg, cg_offset(cg, record, offsetof(struct failure, returned)), rc, 8);
	HELPER(cg, ringbuf_output, 4, cg->events, record, cg_int(cg, size), cg_int(cg, 0));
}

void event_if_failed(struct cg *cg, enum bpf_func_id id, LLVMValueRef rc)
{
	LLVMBasicBlockRef failed = cg_block(cg, "failed"), done = cg_block(cg, "done");

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntSLT, rc, cg_int(cg, 0), ""), failed, done);
	cg_at(cg, failed);
	event_failure(cg, id, rc);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/*
 * The reader polls every 10 ms; it is woken only when the buffer fills past a quarter, and
 * then once: by the record that crosses the mark.
 */
static LLVMValueRef wakeup(struct cg *cg, const struct event *e, uint32_t size)
{
	uint64_t mark = cg->plan->config.ring_buffer_pages * 4096 / 4;
	LLVMValueRef filled, crossed;

	if (e->action->id == ACTION_exit)
		return cg_int(cg, BPF_RB_FORCE_WAKEUP);
	filled = HELPER(cg, ringbuf_query, 2, cg->events, cg_int(cg, BPF_RB_AVAIL_DATA));
	filled = LLVMBuildSub(cg->b, filled, cg_int(cg, mark), "");
	crossed =
		LLVMBuildICmp(cg->b, LLVMIntULT, filled, cg_int(cg, size + BPF_RINGBUF_HDR_SZ), "");
	return LLVMBuildSelect(cg->b, crossed, cg_int(cg, BPF_RB_FORCE_WAKEUP),
			       cg_int(cg, BPF_RB_NO_WAKEUP), "");
}

/* The string at @at, or nothing when that is NULL. */
static void read_string(struct cg *cg, enum space space, LLVMValueRef to, uint32_t size,
			LLVMValueRef at)
{
	LLVMValueRef n = LLVMConstInt(cg->i32, size, false);

	cg_zero(cg, to, size);
	if (space == SPACE_USER)
		HELPER(cg, probe_read_user_str, 3, to, n, at);
	else
		HELPER(cg, probe_read_kernel_str, 3, to, n, at);
}

/* The strings that an array of pointers has up to its NULL, and their number before them. */
static void fill_joined(struct cg *cg, const struct node *n, const struct event *e,
			LLVMValueRef record)
{
	enum space space = cg_space(cg, n);
	LLVMValueRef array = emit_expr(cg, n, NULL), slot = cg_temp(cg, 8), more = NULL, at, is;
	LLVMValueRef count = cg_int(cg, 0), size = LLVMConstInt(cg->i32, 8, false);

	for (uint32_t i = 1; i < e->nargs; i++) {
		cg_store(cg, slot, cg_int(cg, 0), 8);
		cg_read(cg, space, slot, size,
			LLVMBuildAdd(cg->b, array, cg_int(cg, 8 * (i - 1)), ""));
		at = cg_load(cg, slot, 8, false);
		is = LLVMBuildICmp(cg->b, LLVMIntNE, at, cg_int(cg, 0), "");
		more = more ? LLVMBuildAnd(cg->b, more, is, "") : is;
		count = LLVMBuildAdd(cg->b, count, cg_widen(cg, more), "");
		at = LLVMBuildSelect(cg->b, more, at, cg_int(cg, 0), "");
		read_string(cg, space, cg_offset(cg, record, e->args[i].offset),
			    e->args[i].type->size, at);
	}
	cg_store(cg, cg_offset(cg, record, e->args[0].offset), count, 8);
}

/* Argument @i: of a print() of one value of a map, its key. */
static const struct node *argument(const struct node *call, const struct event *e, uint32_t i)
{
	return e->keyed ? call->kids[0]->kids[0] : call->kids[call->nkids - e->nargs + i];
}

/* Writes the arguments to @to, which stands for what is behind the record's header. */
static void fill_args(struct cg *cg, const struct node *call, const struct event *e,
		      LLVMValueRef to)
{
	uint32_t n = e->keyed ? 1 : e->nargs;

	for (uint32_t i = 0; i < n; i++)
		emit_to(cg, argument(call, e, i),
			cg_offset(cg, to, e->args[i].offset - EVENT_HEADER), e->args[i].type);
}

static void fill(struct cg *cg, const struct node *call, const struct event *e, LLVMValueRef record,
		 LLVMValueRef early)
{
	LLVMValueRef to = cg_offset(cg, record, EVENT_HEADER);

	cg_store(cg, record, cg_int(cg, e->id), 8);
	if (early)
		cg_copy(cg, to, early, e->size - EVENT_HEADER);
	else if (e->action->id == ACTION_join)
		fill_joined(cg, call->kids[0], e, record);
	else
		fill_args(cg, call, e, to);
}

/*
 * A part that may end the program: then no record may be open. Or one that counts, which it does
 * also when there is no room for a record.
 */
static void may_leave(void *ctx, const struct node *n)
{
	bool *leaves = ctx;

	*leaves = *leaves || n->kind == NODE_BLOCK || n->kind == NODE_INCDEC ||
		  n->kind == NODE_PACKET || (n->kind == NODE_CALL && n->call == CALL_USER);
}

/*
 * The arguments before there is a record; NULL when they can be written into it. Their address is
 * taken anew: LLVM would keep that of each argument until it is copied.
 */
static LLVMValueRef early_args(struct cg *cg, const struct node *call, const struct event *e)
{
	LLVMValueRef block;
	bool leaves = false;

	for (uint32_t i = 0; i < call->nkids && e->action->id != ACTION_join; i++)
		node_walk(call->kids[i], may_leave, &leaves);
	if (!leaves)
		return NULL;
	block = cg_temp(cg, e->size - EVENT_HEADER);
	fill_args(cg, call, e, block);
	block = cg_opaque(cg, LLVMBuildPtrToInt(cg->b, block, cg->i64, ""));
	return LLVMBuildIntToPtr(cg->b, block, cg->ptr, "");
}

/* There is no room for exit(): it is left in a place of its own, where the reader looks too. */
static void leave_exit(struct cg *cg, const struct node *call)
{
	LLVMBasicBlockRef have = cg_block(cg, "have_place"), done = cg_block(cg, "done");
	LLVMValueRef status = call->nkids ? emit_expr(cg, call->kids[0], NULL) : cg_int(cg, 0);
	LLVMValueRef key = cg_temp(cg, 8), at;

	cg_store(cg, key, cg_int(cg, LOST_EXIT), 4);
	at = map_lookup(cg, cg->lost, key);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, have);
	cg_at(cg, have);
	status = LLVMBuildAnd(cg->b, status, cg_int(cg, UINT32_MAX), "");
	cg_store(cg, at, LLVMBuildOr(cg->b, status, cg_int(cg, LOST_EXIT_CALLED), ""), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* A record with room for @more bytes, of which a packet takes @bytes. */
static void emit_record(struct cg *cg, const struct node *call, LLVMValueRef early, uint32_t more,
			LLVMValueRef bytes)
{
	const struct event *e = call->is.event;
	LLVMBasicBlockRef have = cg_block(cg, "have"), full = cg_block(cg, "full"),
			  done = cg_block(cg, "done");
	LLVMValueRef record = cg_helper(cg, BPF_FUNC_ringbuf_reserve, true, 3, cg->events,
					cg_int(cg, e->size + more), cg_int(cg, 0));

	LLVMBuildCondBr(cg->b, cg_is_null(cg, record), full, have);
	cg_at(cg, full);
	if (e->action->id == ACTION_exit)
		leave_exit(cg, call);
	else
		event_lost(cg, LOST_EVENTS);
	cg_jump(cg, done);
	cg_at(cg, have);
	fill(cg, call, e, record, early);
	if (more)
		packet_capture(cg, cg_offset(cg, record, e->size), bytes, more);
	HELPER(cg, ringbuf_submit, 2, record, wakeup(cg, e, e->size + more));
	cg_jump(cg, done);
	cg_at(cg, done);
}

/*
 * The kernel asks for the size of a record beforehand, as a constant: that is the least of a few
 * that the packet fits in.
 */
static void emit_capture(struct cg *cg, const struct node *call, LLVMValueRef early)
{
	static const uint32_t sizes[] = { 128, 1600, 9216, UINT16_MAX };
	uint32_t most = call->is.event->bytes;
	LLVMBasicBlockRef done = cg_block(cg, "captured");
	LLVMValueRef bytes = packet_captured(cg), fits;

	fits = LLVMBuildICmp(cg->b, LLVMIntULT, bytes, cg_int(cg, most), "");
	bytes = LLVMBuildSelect(cg->b, fits, bytes, cg_int(cg, most), "");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes) && sizes[i] < most; i++) {
		LLVMBasicBlockRef here = cg_block(cg, "fits"), larger = cg_block(cg, "larger");

		fits = LLVMBuildICmp(cg->b, LLVMIntULE, bytes, cg_int(cg, sizes[i]), "");
		cg_branch(cg, fits, here, larger);
		cg_at(cg, here);
		emit_record(cg, call, early, sizes[i], bytes);
		cg_jump(cg, done);
		cg_at(cg, larger);
	}
	emit_record(cg, call, early, most, bytes);
	cg_jump(cg, done);
	cg_at(cg, done);
}

void event_emit(struct cg *cg, const struct node *call)
{
	const struct event *e = call->is.event;
	LLVMValueRef early = early_args(cg, call, e);

	if (e->action->id == ACTION_capture)
		emit_capture(cg, call, early);
	else
		emit_record(cg, call, early, 0, NULL);
	if (e->action->id != ACTION_exit)
		return;
	cg_jump(cg, cg->f.leave);
	cg_at(cg, cg_block(cg, "unreachable"));
}
