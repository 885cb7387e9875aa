/* SPDX-License-Identifier: Apache-2.0 */
/* Flows: see struct flow. */
#include "codegen/packet_build.h"

enum { FLOW_SRC = 0, FLOW_DST = 16, FLOW_PORTS = 32, FLOW_SIZE = 40 };

/* Ports, or an ICMP's type, code and identifier, in the low 4 bytes of the last word. */
static LLVMValueRef flow_ports(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef ports = cg_block(cg, "ports"), other = cg_block(cg, "no_ports"),
			  icmp = cg_block(cg, "icmp"), done = cg_block(cg, "ported"), from[3];
	LLVMValueRef header = GET(HDR), at = GET(L4), v, word, type, ident, values[3];

	cg_branch(cg, has_ports(cg, header), ports, other);
	cg_at(cg, ports);
	v = packet_number(cg, at, 0, 4);
	values[0] = LLVMBuildOr(cg->b, bits(cg, v, 16, 0xffff),
				LLVMBuildShl(cg->b, bits(cg, v, 0, 0xffff), cg_int(cg, 16), ""),
				"");
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, other);
	values[1] = cg_int(cg, 0);
	from[1] = other;
	cg_branch(cg, LLVMBuildOr(cg->b, is(cg, header, 1), is(cg, header, 58), ""), icmp, done);
	cg_at(cg, icmp);
	word = packet_number(cg, at, 0, 8);
	type = bits(cg, word, 56, 255);
	v = LLVMBuildOr(cg->b, is(cg, type, 8), is(cg, type, 0), "");
	v = choose(cg, is(cg, header, 1), v,
		   LLVMBuildOr(cg->b, is(cg, type, 128), is(cg, type, 129), ""));
	ident = choose(cg, v, bits(cg, word, 16, 0xffff), cg_int(cg, 0));
	values[2] = LLVMBuildOr(cg->b, bits(cg, word, 48, 0xffff),
				LLVMBuildShl(cg->b, ident, cg_int(cg, 16), ""), "");
	from[2] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 3);
}

/* Those of IPv4 are neighbours: one load. */
static void flow_addresses(struct cg *cg, LLVMValueRef is4, LLVMValueRef at, LLVMValueRef to)
{
	LLVMBasicBlockRef yes = cg_block(cg, "v4"), no = cg_block(cg, "v6"),
			  done = cg_block(cg, "addressed");
	LLVMValueRef both;

	cg_branch(cg, is4, yes, no);
	cg_at(cg, yes);
	both = packet_raw(cg, at, 12, 8);
	cg_store(cg, cg_offset(cg, to, FLOW_SRC), bits(cg, both, 0, UINT32_MAX), 8);
	cg_store(cg, cg_offset(cg, to, FLOW_SRC + 8), cg_int(cg, 0), 8);
	cg_store(cg, cg_offset(cg, to, FLOW_DST), shift(cg, both, 32), 8);
	cg_store(cg, cg_offset(cg, to, FLOW_DST + 8), cg_int(cg, 0), 8);
	cg_jump(cg, done);
	cg_at(cg, no);
	for (uint32_t i = 0; i < 32; i += 8)
		cg_store(cg, cg_offset(cg, to, FLOW_SRC + i), packet_raw(cg, at, 8 + i, 8), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
}

LLVMValueRef packet_flow(CALC_ARGS)
{
	LLVMValueRef is4 = require_ip(cg, l), word;

	(void)n;
	packet_require_transport(cg, l);
	flow_addresses(cg, is4, GET(L3), to);
	word = LLVMBuildShl(cg->b, GET(IPPROTO), cg_int(cg, 32), "");
	word = LLVMBuildOr(cg->b, word,
			   choose(cg, is4, cg_int(cg, 4ull << 40), cg_int(cg, 6ull << 40)), "");
	word = LLVMBuildOr(cg->b, word, LLVMBuildShl(cg->b, GET(LATER), cg_int(cg, 48), ""), "");
	word = LLVMBuildOr(cg->b, word, flow_ports(cg, l), "");
	cg_store(cg, cg_offset(cg, to, FLOW_PORTS), word, 8);
	return NULL;
}

static LLVMValueRef flow_word(struct cg *cg, LLVMValueRef flow, uint32_t offset)
{
	return cg_load(cg, cg_offset(cg, flow, offset), 8, false);
}

/* i1: the source is the larger end: its address, then its port. ICMP has no ports to compare. */
static LLVMValueRef is_reverse(struct cg *cg, LLVMValueRef flow)
{
	LLVMValueRef word = flow_word(cg, flow, FLOW_PORTS), a, b, larger;

	larger = LLVMBuildICmp(cg->b, LLVMIntUGT, bits(cg, word, 0, 0xffff),
			       bits(cg, word, 16, 0xffff), "");
	for (int i = 1; i >= 0; i--) {
		a = cg_bswap(cg, flow_word(cg, flow, FLOW_SRC + 8 * i), 8);
		b = cg_bswap(cg, flow_word(cg, flow, FLOW_DST + 8 * i), 8);
		larger = choose(cg, LLVMBuildICmp(cg->b, LLVMIntEQ, a, b, ""), larger,
				LLVMBuildICmp(cg->b, LLVMIntUGT, a, b, ""));
	}
	return larger;
}

/* The ports changed over; an echo's reply becomes its request. */
static LLVMValueRef turned_ports(struct cg *cg, LLVMValueRef word, LLVMValueRef reverse)
{
	LLVMValueRef proto = bits(cg, word, 32, 255), type = bits(cg, word, 8, 255), turned, icmp;

	turned = LLVMBuildOr(cg->b,
			     LLVMBuildShl(cg->b, bits(cg, word, 0, 0xffff), cg_int(cg, 16), ""),
			     bits(cg, word, 16, 0xffff), "");
	turned = LLVMBuildOr(cg->b, bits(cg, word, 0, 0xffffffff00000000), turned, "");
	turned = choose(cg, reverse, turned, word);
	icmp = choose(cg, LLVMBuildAnd(cg->b, is(cg, proto, 1), is(cg, type, 0), ""),
		      LLVMBuildOr(cg->b, word, cg_int(cg, 8 << 8), ""),
		      choose(cg, LLVMBuildAnd(cg->b, is(cg, proto, 58), is(cg, type, 129), ""),
			     LLVMBuildXor(cg->b, word, cg_int(cg, 1 << 8), ""), word));
	return choose(cg, LLVMBuildOr(cg->b, is(cg, proto, 1), is(cg, proto, 58), ""), icmp,
		      turned);
}

LLVMValueRef packet_flow_bi(CALC_ARGS)
{
	LLVMValueRef word, reverse, a, b;

	packet_flow(cg, l, n, to);
	reverse = is_reverse(cg, to);
	word = flow_word(cg, to, FLOW_PORTS);
	for (int i = 0; i < 2; i++) {
		a = flow_word(cg, to, FLOW_SRC + 8 * i);
		b = flow_word(cg, to, FLOW_DST + 8 * i);
		cg_store(cg, cg_offset(cg, to, FLOW_SRC + 8 * i), choose(cg, reverse, b, a), 8);
		cg_store(cg, cg_offset(cg, to, FLOW_DST + 8 * i), choose(cg, reverse, a, b), 8);
	}
	cg_store(cg, cg_offset(cg, to, FLOW_PORTS), turned_ports(cg, word, reverse), 8);
	return NULL;
}

LLVMValueRef packet_flow_rev(CALC_ARGS)
{
	LLVMValueRef flow = cg_temp(cg, FLOW_SIZE);

	(void)to;
	packet_flow(cg, l, n, flow);
	return cg_widen(cg, is_reverse(cg, flow));
}

/* Each word is mixed in as in the finalizer of MurmurHash3. */
LLVMValueRef packet_flow_hash(CALC_ARGS)
{
	LLVMValueRef flow = cg_temp(cg, FLOW_SIZE), h = cg_int(cg, 0);

	(void)to;
	packet_flow_bi(cg, l, n, flow);
	for (uint32_t i = 0; i < FLOW_SIZE; i += 8) {
		h = LLVMBuildXor(cg->b, h, flow_word(cg, flow, i), "");
		h = LLVMBuildXor(cg->b, h, LLVMBuildLShr(cg->b, h, cg_int(cg, 33), ""), "");
		h = LLVMBuildMul(cg->b, h, cg_int(cg, 0xff51afd7ed558ccd), "");
		h = LLVMBuildXor(cg->b, h, LLVMBuildLShr(cg->b, h, cg_int(cg, 33), ""), "");
	}
	return bits(cg, h, 0, UINT32_MAX);
}
