/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/cg.h"

#define LONG_BLOCK 16 /* statements; what LLVM does with a block takes the square of its length */

static void emit_stmt_block(struct cg *cg, const struct node *n)
{
	for (uint32_t i = 0; i < n->nkids; i++)
		emit_stmt(cg, n->kids[i]);
}

static void emit_stmt_expr(struct cg *cg, const struct node *n)
{
	const struct node *e = n->kids[0];

	emit_expr(cg, e, type_shape(e->type) == SHAPE_MEM ? cg_temp(cg, e->type->size) : NULL);
}

static void store_var(struct cg *cg, const struct var *v, const struct node *value)
{
	LLVMValueRef slot, temp;

	if (type_shape(v->type) == SHAPE_INT) {
		temp = emit_kept(cg, emit_expr(cg, value, NULL), v);
		cg_store(cg, cg_var(cg, v), temp, 8);
		return;
	}
	temp = cg_temp(cg, v->type->size);
	emit_to(cg, value, temp, v->type);
	slot = cg_var(cg, v);
	cg_copy(cg, slot, temp, v->type->size);
}

static void zero_var(struct cg *cg, const struct var *v)
{
	cg_zero(cg, cg_var(cg, v), type_shape(v->type) == SHAPE_INT ? 8 : v->type->size);
}

static void emit_compound(struct cg *cg, const struct node *n)
{
	const struct node *target = n->kids[0];
	LLVMValueRef value = emit_step(cg, emit_expr(cg, n->kids[1], NULL), target->type);
	LLVMValueRef slot, old;

	cg->span = n->span;
	if (target->kind == NODE_MAP) {
		map_update(cg, target, n->op->id, value);
		return;
	}
	slot = cg_var(cg, target->is.var);
	old = cg_load(cg, slot, 8, false);
	value = emit_operator(cg, n->op->id, target->is.var->type->is_signed, old, value);
	cg_store(cg, slot, emit_kept(cg, value, target->is.var), 8);
}

static void emit_stmt_assign(struct cg *cg, const struct node *n)
{
	const struct node *target = n->kids[0], *value = n->kids[1];

	if (n->op)
		emit_compound(cg, n);
	else if (target->kind == NODE_IDENT)
		emit_expr(cg, value,
			  type_shape(value->type) == SHAPE_MEM ? cg_temp(cg, value->type->size)
							       : NULL);
	else if (target->kind == NODE_VAR)
		store_var(cg, target->is.var, value);
	else if (value->kind == NODE_CALL && value->call == CALL_AGG)
		agg_update(cg, target, value);
	else
		map_write(cg, target, value);
}

static void emit_stmt_let(struct cg *cg, const struct node *n)
{
	const struct node *last = n->nkids ? n->kids[n->nkids - 1] : NULL;

	if (last && last->kind != NODE_TYPENAME)
		store_var(cg, n->is.var, last);
	else if (n->is.var->type)
		zero_var(cg, n->is.var);
}

static void emit_stmt_if(struct cg *cg, const struct node *n)
{
	LLVMBasicBlockRef then = cg_block(cg, "then"), done = cg_block(cg, "done");
	LLVMBasicBlockRef otherwise = n->nkids > 2 ? cg_block(cg, "else") : done;

	emit_condition(cg, n->kids[0], then, otherwise);
	cg_at(cg, then);
	emit_stmt(cg, n->kids[1]);
	cg_jump(cg, done);
	if (n->nkids > 2) {
		cg_at(cg, otherwise);
		emit_stmt(cg, n->kids[2]);
		cg_jump(cg, done);
	}
	cg_at(cg, done);
}

static void emit_stmt_unroll(struct cg *cg, const struct node *n)
{
	for (uint64_t i = 0; i < n->kids[0]->number; i++)
		emit_stmt(cg, n->kids[1]);
}

static void emit_stmt_break(struct cg *cg, const struct node *n)
{
	cg_jump(cg, n->kind == NODE_STMT_BREAK ? cg->f.loop->done : cg->f.loop->next);
	cg_at(cg, cg_block(cg, "unreachable"));
}

static void emit_stmt_continue(struct cg *cg, const struct node *n)
{
	emit_stmt_break(cg, n);
}

static void emit_stmt_return(struct cg *cg, const struct node *n)
{
	if (n->nkids)
		store_var(cg, n->is.var, n->kids[0]);
	cg_jump(cg, cg->f.clause_end);
	cg_at(cg, cg_block(cg, "unreachable"));
}

static void (*const emit_node[NODE_KINDS])(struct cg *cg, const struct node *n) = {
#define EXPR(ID, id, name, kids)
#define TOP(ID, id, name, kids)
#define STMT(ID, id, name, kids) [NODE_STMT_##ID] = emit_stmt_##id,
#include "parser/nodes.def"
#undef EXPR
#undef TOP
#undef STMT
};

/* A block whose address is taken is not merged with the one before. */
static void cut_block(struct cg *cg)
{
	LLVMBasicBlockRef next;

	if (LLVMGetInsertBlock(cg->b) != cg->f.straight_block)
		cg->f.straight = 0;
	if (++cg->f.straight > LONG_BLOCK) {
		next = cg_block(cg, "next");
		LLVMBlockAddress(cg->f.function, next);
		cg_jump(cg, next);
		cg_at(cg, next);
		cg->f.straight = 1;
	}
	cg->f.straight_block = LLVMGetInsertBlock(cg->b);
}

static void find_packet(void *ctx, const struct node *n)
{
	bool *found = ctx;

	*found = *found || n->kind == NODE_PACKET;
}

/* A statement whose map's key needs a field that is absent is counted on the way to @done. */
static void count_no_key(struct cg *cg, const struct node *n, LLVMBasicBlockRef done)
{
	const struct node *target = n->kind == NODE_STMT_ASSIGN ? n->kids[0] : NULL;
	LLVMBasicBlockRef here = LLVMGetInsertBlock(cg->b);
	bool keyed = false;

	if (target && target->kind == NODE_MAP)
		node_walk(target, find_packet, &keyed);
	cg->f.keyed = keyed ? target : NULL;
	if (!keyed)
		return;
	cg->f.no_key = cg_block(cg, "no_key");
	cg_at(cg, cg->f.no_key);
	event_lost(cg, LOST_KEYS);
	cg_jump(cg, done);
	cg_at(cg, here);
}

void emit_stmt(struct cg *cg, const struct node *n)
{
	struct cg_mark mark = cg_mark(cg);
	LLVMBasicBlockRef outer = cg->f.absent, done;

	cut_block(cg);
	debug_place(cg, n->span);
	if (!cg->f.packet.fields || n->kind == NODE_STMT_BLOCK) {
		emit_node[n->kind](cg, n);
	} else {
		done = cg_block(cg, "stmt_done");
		cg->f.absent = done;
		count_no_key(cg, n, done);
		emit_node[n->kind](cg, n);
		cg_jump(cg, done);
		cg_at(cg, done);
		cg->f.absent = outer;
	}
	cg_release(cg, mark);
}
