/* SPDX-License-Identifier: Apache-2.0 */
/* in, has, starts_with and contains: i1. */
#include "codegen/cg.h"

#include <string.h>

#define LINEAR 3     /* intervals that are tried one after the other */
#define WORD_BITS 64 /* numbers that one test of a bit tells apart */

/* A constant as wide as @like. */
static LLVMValueRef constant(LLVMValueRef like, uint64_t value)
{
	return LLVMConstInt(LLVMTypeOf(like), value, false);
}

/* Where to go when the value is in the set, and when it is not. */
struct ways {
	LLVMBasicBlockRef yes, no;
};

static struct ways new_ways(struct cg *cg)
{
	return (struct ways){ cg_block(cg, "in"), cg_block(cg, "not_in") };
}

/* What both ways came to. */
static LLVMValueRef join_ways(struct cg *cg, const struct ways *w)
{
	LLVMValueRef values[2] = { LLVMConstInt(cg->i1, 1, false), LLVMConstInt(cg->i1, 0, false) };
	LLVMBasicBlockRef from[2] = { w->yes, w->no }, done = cg_block(cg, "done");
	LLVMValueRef phi;

	for (uint32_t i = 0; i < 2; i++) {
		cg_at(cg, from[i]);
		cg_jump(cg, done);
	}
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i1, "");
	LLVMAddIncoming(phi, values, from, 2);
	return phi;
}

/* On, when it is not @is. */
static void try(struct cg *cg, LLVMValueRef is, const struct ways *w)
{
	LLVMBasicBlockRef next = cg_block(cg, "next");

	cg_branch(cg, is, w->yes, next);
	cg_at(cg, next);
}

static LLVMValueRef in_interval(struct cg *cg, LLVMValueRef v, const struct member *m)
{
	if (m->first == m->last)
		return LLVMBuildICmp(cg->b, LLVMIntEQ, v, constant(v, m->first), "");
	if (m->first)
		v = LLVMBuildSub(cg->b, v, constant(v, m->first), "");
	return LLVMBuildICmp(cg->b, LLVMIntULE, v, constant(v, m->last - m->first), "");
}

/* Numbers that are near each other are bits of a word. */
static void in_word(struct cg *cg, LLVMValueRef v, const struct member *m, uint32_t count,
		    const struct ways *w)
{
	LLVMValueRef away = cg_widen(cg, LLVMBuildSub(cg->b, v, constant(v, m->first), "")), bit;
	LLVMBasicBlockRef near = cg_block(cg, "near");
	uint64_t bits = 0;

	for (uint32_t i = 0; i < count; i++)
		for (uint64_t at = m[i].first; at != m[i].last + 1; at++)
			bits |= (uint64_t)1 << (at - m->first);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, away, cg_int(cg, WORD_BITS), ""), near,
		  w->no);
	cg_at(cg, near);
	bit = LLVMBuildLShr(cg->b, cg_int(cg, bits), away, "");
	cg_branch(cg, LLVMBuildTrunc(cg->b, bit, cg->i1, ""), w->yes, w->no);
}

/* Of many intervals one comparison leaves half. */
static void in_intervals(struct cg *cg, LLVMValueRef v, bool is_signed, const struct member *m,
			 uint32_t count, const struct ways *w)
{
	uint32_t half = count / 2;
	LLVMBasicBlockRef low, high;

	if (count >= LINEAR && m[count - 1].last - m->first < WORD_BITS) {
		in_word(cg, v, m, count, w);
		return;
	}
	if (count <= LINEAR) {
		for (uint32_t i = 0; i < count; i++)
			try(cg, in_interval(cg, v, &m[i]), w);
		cg_jump(cg, w->no);
		return;
	}
	low = cg_block(cg, "low");
	high = cg_block(cg, "high");
	cg_branch(cg,
		  LLVMBuildICmp(cg->b, is_signed ? LLVMIntSLT : LLVMIntULT, v,
				constant(v, m[half].first), ""),
		  low, high);
	cg_at(cg, low);
	in_intervals(cg, v, is_signed, m, half, w);
	cg_at(cg, high);
	in_intervals(cg, v, is_signed, m + half, count - half, w);
}

static void in_numbers(struct cg *cg, const struct node *n, const struct set *s,
		       const struct ways *w)
{
	const struct type *t = n->type;
	LLVMValueRef v = emit_expr(cg, n, NULL);

	if (t->kind == TYPE_IP4)
		v = LLVMBuildTrunc(cg->b, v, cg->i32, "");
	in_intervals(cg, v, t->is_signed, s->members, s->count, w);
}

/* 1 when the first words of what is at @at are the member's where its mask has ones. */
static LLVMValueRef has_bytes(struct cg *cg, LLVMValueRef at, const struct member *m)
{
	LLVMValueRef x;
	struct cg_exit e;
	uint64_t mask;

	cg_exit_begin(cg, &e);
	for (uint32_t i = 0; i < m->length; i += 8) {
		mask = m->mask ? 0 : UINT64_MAX;
		if (m->mask)
			memcpy(&mask, m->mask + i, m->length - i < 8 ? m->length - i : 8);
		if (!mask)
			continue;
		x = LLVMBuildXor(cg->b, cg_load(cg, cg_offset(cg, at, i), 8, false),
				 cg_text_word(cg, m->bytes, m->length, i), "");
		cg_exit_word(cg, &e, LLVMBuildAnd(cg->b, x, cg_int(cg, mask), ""));
	}
	return cg_exit_end(cg, &e);
}

/* An address as two numbers, the higher one first. */
struct wide {
	LLVMValueRef high, low;
};

/* @a <= @b. */
static LLVMValueRef in_order(struct cg *cg, struct wide a, struct wide b)
{
	LLVMValueRef less = LLVMBuildICmp(cg->b, LLVMIntULT, a.high, b.high, "");
	LLVMValueRef same = LLVMBuildICmp(cg->b, LLVMIntEQ, a.high, b.high, "");

	same = LLVMBuildAnd(cg->b, same, LLVMBuildICmp(cg->b, LLVMIntULE, a.low, b.low, ""), "");
	return LLVMBuildOr(cg->b, less, same, "");
}

static struct wide wide_constant(struct cg *cg, const char *bytes)
{
	uint64_t words[2];

	memcpy(words, bytes, sizeof(words));
	return (struct wide){ cg_int(cg, __builtin_bswap64(words[0])),
			      cg_int(cg, __builtin_bswap64(words[1])) };
}

/* A range of addresses. Those of the other family are not in it. */
static LLVMValueRef in_range(struct cg *cg, LLVMValueRef at, const struct member *m)
{
	uint32_t head = m->length - 16; /* the length that an INET begins with */
	LLVMValueRef family, in;
	struct wide v;

	v.high = cg_bswap(cg, cg_load(cg, cg_offset(cg, at, head), 8, false), 8);
	v.low = cg_bswap(cg, cg_load(cg, cg_offset(cg, at, head + 8), 8, false), 8);
	in = LLVMBuildAnd(cg->b, in_order(cg, wide_constant(cg, m->bytes + head), v),
			  in_order(cg, v, wide_constant(cg, m->end + head)), "");
	if (!head)
		return in;
	family = LLVMBuildICmp(cg->b, LLVMIntEQ, cg_load(cg, at, 8, false),
			       cg_text_word(cg, m->bytes, m->length, 0), "");
	return LLVMBuildAnd(cg->b, in, family, "");
}

static void in_memory(struct cg *cg, const struct node *n, const struct set *s,
		      const struct ways *w)
{
	LLVMValueRef at = emit_address(cg, n);

	for (uint32_t i = 0; i < s->count; i++) {
		const struct member *m = &s->members[i];

		if (m->end)
			try(cg, in_range(cg, at, m), w);
		else if (m->length <= n->type->size)
			try(cg, has_bytes(cg, at, m), w);
	}
	cg_jump(cg, w->no);
}

static LLVMValueRef in(struct cg *cg, const struct node *n)
{
	const struct node *value = n->kids[0];
	const struct set *s = n->kids[1]->is.set;
	struct ways w = new_ways(cg);

	if (type_shape(value->type) == SHAPE_INT)
		in_numbers(cg, value, s, &w);
	else
		in_memory(cg, value, s, &w);
	return join_ways(cg, &w);
}

static LLVMValueRef has(struct cg *cg, const struct node *n)
{
	LLVMValueRef v = emit_expr(cg, n->kids[0], NULL), bits = emit_expr(cg, n->kids[1], NULL);

	return LLVMBuildICmp(cg->b, LLVMIntEQ, LLVMBuildAnd(cg->b, v, bits, ""), bits, "");
}

/* Bytes have their length before them, which must be enough; text ends with a zero. */
static LLVMValueRef starts_with(struct cg *cg, const struct node *n)
{
	const struct node *whole = n->kids[0], *part = n->kids[1];
	uint32_t head = whole->type->kind == TYPE_BUF ? 4 : 0, size = part->length;
	char *mask = arena_alloc(cg->arena, size + 8);
	struct member m = { .bytes = part->text, .mask = mask, .length = size };
	LLVMValueRef at, same, length;

	if (size > whole->type->size)
		return LLVMConstInt(cg->i1, 0, false);
	memset(mask + head, 0xff, size - head);
	at = emit_address(cg, whole);
	same = has_bytes(cg, at, &m);
	if (!head)
		return same;
	length = cg_load(cg, at, 4, false);
	return LLVMBuildAnd(cg->b, same,
			    LLVMBuildICmp(cg->b, LLVMIntUGE, length, cg_int(cg, size - head), ""),
			    "");
}

LLVMValueRef emit_member_operator(struct cg *cg, const struct node *n)
{
	LLVMValueRef v;

	switch ((int)n->op->id) {
	case OP_ID_HAS:
		return has(cg, n);
	case OP_ID_STARTS_WITH:
		return starts_with(cg, n);
	case OP_ID_CONTAINS:
		return cg_contains(cg, n->kids[0], n->kids[1]);
	default:
		v = in(cg, n);
		return n->op->id == OP_ID_NE ? LLVMBuildNot(cg->b, v, "") : v;
	}
}
