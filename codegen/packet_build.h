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

#define ETHER_SIZE 14
#define ETHER_MIN_TYPE 0x0600 /* smaller: the length of an 802.3 frame */

enum {
	TYPE_IPV4 = 0x0800,
	TYPE_ARP_ = 0x0806,
	TYPE_TEB = 0x6558,
	TYPE_VLAN = 0x8100,
	TYPE_IPV6 = 0x86dd,
	TYPE_MPLS = 0x8847,
	TYPE_MPLS_MC = 0x8848,
	TYPE_QINQ = 0x88a8,
	TYPE_QINQ_OLD = 0x9100,
};

enum {
	IP_HOPOPTS = 0,
	IP_ICMP = 1,
	IP_IPIP = 4,
	IP_TCP = 6,
	IP_UDP = 17,
	IP_IPV6 = 41,
	IP_ROUTING = 43,
	IP_FRAGMENT = 44,
	IP_GRE = 47,
	IP_ESP = 50,
	IP_AH = 51,
	IP_ICMP6 = 58,
	IP_DSTOPTS = 60,
	IP_SCTP = 132,
	IP_MOBILITY = 135,
	IP_HIP = 139,
	IP_SHIM6 = 140,
};

/* i1: @size bytes from @position on are there. */
static inline LLVMValueRef there(struct cg *cg, const struct packet_level *l, LLVMValueRef position,
				 uint64_t size)
{
	return LLVMBuildICmp(cg->b, LLVMIntULE, add(cg, position, size), GET(END), "");
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

/* 16 bytes of address, as a FLOW and an INET have them, at @four or @six behind the header. */
static inline void address(struct cg *cg, LLVMValueRef is4, LLVMValueRef at, uint32_t four,
			   uint32_t six, LLVMValueRef to)
{
	LLVMBasicBlockRef yes = cg_block(cg, "v4"), no = cg_block(cg, "v6"),
			  done = cg_block(cg, "addressed");

	cg_branch(cg, is4, yes, no);
	cg_at(cg, yes);
	cg_store(cg, to, packet_raw(cg, at, four, 4), 8);
	cg_store(cg, cg_offset(cg, to, 8), cg_int(cg, 0), 8);
	cg_jump(cg, done);
	cg_at(cg, no);
	cg_store(cg, to, packet_raw(cg, at, six, 8), 8);
	cg_store(cg, cg_offset(cg, to, 8), packet_raw(cg, at, six + 8, 8), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
}

static inline LLVMValueRef has_ports(struct cg *cg, LLVMValueRef header)
{
	return LLVMBuildOr(cg->b, LLVMBuildOr(cg->b, is(cg, header, 6), is(cg, header, 17), ""),
			   is(cg, header, 132), "");
}

#endif
