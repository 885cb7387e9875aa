/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEGEN_PACKET_BUILD_H
#define CODEGEN_PACKET_BUILD_H

/* Short names for what the files about packets build; i1 is what comparisons give. */

#include "codegen/cg.h"

#define CALC_ARGS struct cg *cg, const struct packet_level *l, const struct node *n, LLVMValueRef to
#define UNUSED (void)l, (void)n, (void)to

#define GET(name) packet_get(cg, l, SLOT_##name)
#define SET(name, v) packet_set(cg, l, SLOT_##name, (v))
#define SET_INT(name, n) SET(name, cg_int(cg, (n)))

static inline LLVMValueRef add(struct cg *cg, LLVMValueRef a, uint64_t n)
{
	return LLVMBuildAdd(cg->b, a, cg_int(cg, n), "");
}

static inline LLVMValueRef sum(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildAdd(cg->b, a, b, "");
}

static inline LLVMValueRef sub(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildSub(cg->b, a, b, "");
}

static inline LLVMValueRef and (struct cg * cg, LLVMValueRef a, uint64_t n)
{
	return LLVMBuildAnd(cg->b, a, cg_int(cg, n), "");
}

static inline LLVMValueRef shift(struct cg *cg, LLVMValueRef a, uint64_t n)
{
	return LLVMBuildLShr(cg->b, a, cg_int(cg, n), "");
}

static inline LLVMValueRef bits(struct cg *cg, LLVMValueRef a, uint32_t by, uint64_t mask)
{
	return and(cg, shift(cg, a, by), mask);
}

static inline LLVMValueRef is(struct cg *cg, LLVMValueRef a, uint64_t n)
{
	return LLVMBuildICmp(cg->b, LLVMIntEQ, a, cg_int(cg, n), "");
}

static inline LLVMValueRef is_not(struct cg *cg, LLVMValueRef a, uint64_t n)
{
	return LLVMBuildICmp(cg->b, LLVMIntNE, a, cg_int(cg, n), "");
}

static inline LLVMValueRef below(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildICmp(cg->b, LLVMIntULT, a, b, "");
}

static inline LLVMValueRef at_most(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildICmp(cg->b, LLVMIntULE, a, b, "");
}

static inline LLVMValueRef either(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildOr(cg->b, a, b, "");
}

static inline LLVMValueRef both(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildAnd(cg->b, a, b, "");
}

static inline LLVMValueRef choose(struct cg *cg, LLVMValueRef c, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildSelect(cg->b, c, a, b, "");
}

static inline LLVMValueRef minimum(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return choose(cg, below(cg, a, b), a, b);
}

/* a - b, or 0 when that is less. */
static inline LLVMValueRef difference(struct cg *cg, LLVMValueRef a, LLVMValueRef b)
{
	return choose(cg, below(cg, b, a), sub(cg, a, b), cg_int(cg, 0));
}

#define QUIC_V2 0x6b3343cf

/* Goes on with the block after this where @condition is true, and with @done where it is not. */
static inline void only_if(struct cg *cg, LLVMValueRef condition, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef then = cg_block(cg, "then");

	cg_branch(cg, condition, then, done);
	cg_at(cg, then);
}

/* At most so many turns: the loop's body goes on to @next, or leaves for where it is done. */
struct turns {
	LLVMValueRef count;
	LLVMBasicBlockRef test, next;
};

static inline void turns_begin(struct cg *cg, struct turns *t, uint64_t turns,
			       LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef body = cg_block(cg, "turn");

	*t = (struct turns){ cg_stack(cg, 8), cg_block(cg, "turns"), cg_block(cg, "turn_next") };
	cg_store(cg, t->count, cg_int(cg, 0), 8);
	cg_jump(cg, t->test);
	cg_at(cg, t->test);
	cg_branch(cg, below(cg, cg_load(cg, t->count, 8, false), cg_int(cg, turns)), body, done);
	cg_at(cg, body);
}

static inline void turns_end(struct cg *cg, const struct turns *t)
{
	cg_at(cg, t->next);
	cg_store(cg, t->count, add(cg, cg_load(cg, t->count, 8, false), 1), 8);
	cg_jump(cg, t->test);
}

/* i1: IPv4, not IPv6; of a packet that is one of them. */
static inline LLVMValueRef require_ip(struct cg *cg, const struct packet_level *l)
{
	LLVMValueRef four = is(cg, GET(NET), 0x0800);

	packet_require(cg, LLVMBuildOr(cg->b, four, is(cg, GET(NET), 0x86dd), ""));
	return four;
}

/* Bytes of the TCP header at @at. */
static inline LLVMValueRef tcp_size(struct cg *cg, LLVMValueRef at)
{
	return bits(cg, packet_number(cg, at, 12, 1), 2, 0x3c);
}

#endif
