/* SPDX-License-Identifier: Apache-2.0 */
/* Fields that are more than bits of a header: one function for each CALC of packet.def. */
#include "codegen/packet_build.h"

/* What this kind of probe never has. */
static LLVMValueRef absent(struct cg *cg)
{
	packet_require(cg, LLVMConstInt(cg->i1, 0, false));
	return cg_int(cg, 0);
}

/* ---- link ---- */

LLVMValueRef packet_eth_type(CALC_ARGS)
{
	LLVMValueRef v = GET(TYPE);

	UNUSED;
	packet_require(cg, v);
	return v;
}

LLVMValueRef packet_llc(CALC_ARGS)
{
	UNUSED;
	return GET(LLC);
}

LLVMValueRef packet_vlan(CALC_ARGS)
{
	UNUSED;
	return cg_widen(cg, is_not(cg, GET(VLANS), 0));
}

LLVMValueRef packet_vlan_count(CALC_ARGS)
{
	UNUSED;
	return GET(VLANS);
}

/* The tag that @n is about, the outer or the inner one. */
static LLVMValueRef tag(struct cg *cg, const struct packet_level *l, const struct node *n)
{
	uint32_t i = n->is.packet->index;

	packet_require(cg, LLVMBuildICmp(cg->b, LLVMIntUGT, GET(VLANS), cg_int(cg, i), ""));
	return i ? GET(TCI1) : GET(TCI0);
}

LLVMValueRef packet_vlan_id(CALC_ARGS)
{
	(void)to;
	return bits(cg, tag(cg, l, n), 0, 0xfff);
}

LLVMValueRef packet_vlan_priority(CALC_ARGS)
{
	(void)to;
	return bits(cg, tag(cg, l, n), 13, 7);
}

LLVMValueRef packet_vlan_dei(CALC_ARGS)
{
	(void)to;
	return bits(cg, tag(cg, l, n), 12, 1);
}

LLVMValueRef packet_vlan_etype(CALC_ARGS)
{
	LLVMValueRef v;

	(void)to;
	tag(cg, l, n);
	v = n->is.packet->index ? GET(NEXT1) : GET(NEXT0);
	packet_require(cg, v);
	return v;
}

LLVMValueRef packet_vlan_accel(CALC_ARGS)
{
	UNUSED;
	packet_require(cg, GET(VLANS));
	return GET(ACCEL);
}

/* ---- network ---- */

static LLVMValueRef require_net(struct cg *cg, const struct packet_level *l, uint32_t type)
{
	packet_require(cg, is(cg, GET(NET), type));
	return GET(L3);
}

LLVMValueRef packet_ip_hdr_len(CALC_ARGS)
{
	LLVMValueRef at = require_net(cg, l, 0x0800);

	UNUSED;
	return LLVMBuildSub(cg->b, GET(L4), at, "");
}

/* 16 bytes of address, as a FLOW and an INET have them, at @four or @six behind the header. */
static void address(struct cg *cg, LLVMValueRef is4, LLVMValueRef at, uint32_t four, uint32_t six,
		    LLVMValueRef to)
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

static LLVMValueRef inet(struct cg *cg, const struct packet_level *l, uint32_t four, uint32_t six,
			 LLVMValueRef to)
{
	LLVMValueRef is4 = require_ip(cg, l);

	cg_store(cg, to, choose(cg, is4, cg_int(cg, 4), cg_int(cg, 16)), 8);
	address(cg, is4, GET(L3), four, six, cg_offset(cg, to, 8));
	return NULL;
}

LLVMValueRef packet_src(CALC_ARGS)
{
	(void)n;
	return inet(cg, l, 12, 8, to);
}

LLVMValueRef packet_dst(CALC_ARGS)
{
	(void)n;
	return inet(cg, l, 16, 24, to);
}

LLVMValueRef packet_l4proto(CALC_ARGS)
{
	UNUSED;
	require_ip(cg, l);
	packet_require(cg, is_not(cg, GET(IPPROTO), PROTO_NONE));
	return GET(IPPROTO);
}

LLVMValueRef packet_ttl(CALC_ARGS)
{
	LLVMValueRef is4 = require_ip(cg, l), word;

	UNUSED;
	word = packet_number(cg, GET(L3), 7, 2); /* IPv6 has it at 7, IPv4 at 8 */
	return choose(cg, is4, bits(cg, word, 0, 255), bits(cg, word, 8, 255));
}

LLVMValueRef packet_frag(CALC_ARGS)
{
	LLVMValueRef frag = GET(FRAG);

	UNUSED;
	require_ip(cg, l);
	packet_require(cg, LLVMBuildOr(cg->b, is(cg, frag, 1), is_not(cg, GET(IPPROTO), PROTO_NONE),
				       ""));
	return frag;
}

LLVMValueRef packet_l3_len(CALC_ARGS)
{
	UNUSED;
	require_ip(cg, l);
	return GET(L3_LEN);
}

/* ---- transport ---- */

static LLVMValueRef require_header(struct cg *cg, const struct packet_level *l, uint32_t protocol)
{
	packet_require(cg, is(cg, GET(HDR), protocol));
	return GET(L4);
}

LLVMValueRef packet_tcp_hdr_len(CALC_ARGS)
{
	UNUSED;
	return tcp_size(cg, require_header(cg, l, 6));
}

LLVMValueRef packet_tcp_len(CALC_ARGS)
{
	LLVMValueRef length;

	UNUSED;
	require_header(cg, l, 6);
	packet_payload(cg, l, &length);
	return length;
}

static LLVMValueRef has_ports(struct cg *cg, LLVMValueRef header)
{
	return LLVMBuildOr(cg->b, LLVMBuildOr(cg->b, is(cg, header, 6), is(cg, header, 17), ""),
			   is(cg, header, 132), "");
}

LLVMValueRef packet_sport(CALC_ARGS)
{
	UNUSED;
	packet_require(cg, has_ports(cg, GET(HDR)));
	return packet_number(cg, GET(L4), 0, 2);
}

LLVMValueRef packet_dport(CALC_ARGS)
{
	UNUSED;
	packet_require(cg, has_ports(cg, GET(HDR)));
	return packet_number(cg, GET(L4), 2, 2);
}

/* Types of ICMP, all below 32, with identifier and number: echo, timestamp, information, mask. */
#define ICMP_QUERIES (1u << 0 | 1u << 8 | 0x3fu << 13)

static LLVMValueRef is_query(struct cg *cg, LLVMValueRef type)
{
	LLVMValueRef bit =
		LLVMBuildLShr(cg->b, cg_int(cg, ICMP_QUERIES), bits(cg, type, 0, 31), "");

	return LLVMBuildAnd(cg->b, is(cg, bits(cg, type, 5, 7), 0), is(cg, bits(cg, bit, 0, 1), 1),
			    "");
}

static LLVMValueRef query(struct cg *cg, const struct packet_level *l, uint32_t offset)
{
	LLVMValueRef at = require_header(cg, l, 1);

	packet_require(cg, is_query(cg, packet_number(cg, at, 0, 1)));
	return packet_number(cg, at, offset, 2);
}

/* ICMPv6 has echoes only: types 128 and 129. */
static LLVMValueRef query6(struct cg *cg, const struct packet_level *l, uint32_t offset)
{
	LLVMValueRef at = require_header(cg, l, 58);

	packet_require(cg, is(cg, bits(cg, packet_number(cg, at, 0, 1), 1, 127), 64));
	return packet_number(cg, at, offset, 2);
}

LLVMValueRef packet_icmp_ident(CALC_ARGS)
{
	UNUSED;
	return query(cg, l, 4);
}

LLVMValueRef packet_icmp_seq(CALC_ARGS)
{
	UNUSED;
	return query(cg, l, 6);
}

LLVMValueRef packet_icmp6_ident(CALC_ARGS)
{
	UNUSED;
	return query6(cg, l, 4);
}

LLVMValueRef packet_icmp6_seq(CALC_ARGS)
{
	UNUSED;
	return query6(cg, l, 6);
}

/* ---- tunnels ---- */

LLVMValueRef packet_tunnel(CALC_ARGS)
{
	UNUSED;
	return cg_widen(cg, is_not(cg, packet_get(cg, l + 1, SLOT_TUNNEL), 0));
}

LLVMValueRef packet_tunnel_type(CALC_ARGS)
{
	LLVMValueRef v = packet_get(cg, l + 1, SLOT_TUNNEL);

	UNUSED;
	packet_require(cg, v);
	return v;
}

LLVMValueRef packet_tunnel_id(CALC_ARGS)
{
	UNUSED;
	packet_require(cg, packet_get(cg, l + 1, SLOT_NUMBERED));
	return packet_get(cg, l + 1, SLOT_TUNNEL_ID);
}

/* ---- flow: see struct flow ---- */

enum { FLOW_SRC = 0, FLOW_DST = 16, FLOW_PORTS = 32, FLOW_SIZE = 40 };

/* Ports, or an ICMP's type, code and identifier, in the low 4 bytes of the last word. */
static LLVMValueRef flow_ports(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef ports = cg_block(cg, "ports"), other = cg_block(cg, "no_ports"),
			  icmp = cg_block(cg, "icmp"), done = cg_block(cg, "ported"), from[3];
	LLVMValueRef header = GET(HDR), at = GET(L4), v, word, type, ident, phi, values[3];

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
	phi = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi, values, from, 3);
	return phi;
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

/* ---- sizes ---- */

/* From the start of the frame, with the tag that the device takes off it or puts in. */
static LLVMValueRef frame_size(struct cg *cg, const struct packet_level *l, LLVMValueRef end)
{
	LLVMValueRef tag = LLVMBuildShl(cg->b, GET(ACCEL), cg_int(cg, 2), "");

	/* A segment that waits to be sent again has no headers yet. */
	if (cg->f.packet.source->place == PACKET_ANY)
		packet_require(cg, LLVMBuildOr(cg->b, GET(LINK), GET(PROTO), ""));
	return LLVMBuildAdd(cg->b, LLVMBuildSub(cg->b, end, GET(START), ""), tag, "");
}

LLVMValueRef packet_len(CALC_ARGS)
{
	UNUSED;
	return frame_size(cg, l, GET(TRUE_END));
}

LLVMValueRef packet_caplen(CALC_ARGS)
{
	UNUSED;
	/* Of a packet that was cut short the header may be all that there was. */
	return frame_size(cg, l,
			  LLVMBuildAdd(cg->b, GET(START),
				       difference(cg, packet_end(cg, l), GET(START)), ""));
}

/* A member of struct sk_buff or skb_shared_info; absent where there is no such structure. */
static LLVMValueRef skb_member(struct cg *cg, enum packet_member m)
{
	if (!cg->f.packet.skb || !packet_has_member(cg, m))
		return absent(cg);
	return packet_member(cg, m);
}

/* The same, or what the context of a device's program has; 0 where there are no segments. */
static LLVMValueRef segments(struct cg *cg, enum packet_member skb, enum packet_member ctx)
{
	if (cg->f.packet.source->place == PACKET_XDP)
		return cg_int(cg, 0);
	return packet_in_memory(cg) ? skb_member(cg, skb) : packet_member(cg, ctx);
}

LLVMValueRef packet_gso_size(CALC_ARGS)
{
	UNUSED;
	return segments(cg, MEMBER_gso_size, MEMBER_ctx_gso_size);
}

LLVMValueRef packet_gso_type(CALC_ARGS)
{
	UNUSED;
	return skb_member(cg, MEMBER_gso_type);
}

LLVMValueRef packet_linear(CALC_ARGS)
{
	UNUSED;
	return LLVMBuildSub(cg->b, skb_member(cg, MEMBER_len), skb_member(cg, MEMBER_data_len), "");
}

LLVMValueRef packet_frags(CALC_ARGS)
{
	UNUSED;
	return skb_member(cg, MEMBER_nr_frags);
}

/* As the kernel counts for queues: qdisc_pkt_len_init() in net/core/dev.c. */
static LLVMValueRef wire_packets(struct cg *cg, const struct packet_level *l, LLVMValueRef *headers)
{
	LLVMValueRef size = segments(cg, MEMBER_gso_size, MEMBER_ctx_gso_size), count, length, at;
	LLVMBasicBlockRef yes = cg_block(cg, "segments"), done = cg_block(cg, "counted"), from[2];
	LLVMValueRef values[2] = { cg_int(cg, 1) }, behind[2] = { cg_int(cg, 0) }, phi;

	from[0] = LLVMGetInsertBlock(cg->b);
	cg_branch(cg, size, yes, done);
	cg_at(cg, yes);
	count = segments(cg, MEMBER_gso_segs, MEMBER_ctx_gso_segs);
	at = packet_payload(cg, l, &length);
	length = LLVMBuildAdd(cg->b, length, LLVMBuildSub(cg->b, size, cg_int(cg, 1), ""), "");
	values[1] = choose(cg, is(cg, count, 0), LLVMBuildUDiv(cg->b, length, size, ""), count);
	behind[1] = frame_size(cg, l, at);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi, values, from, 2);
	*headers = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(*headers, behind, from, 2);
	return phi;
}

LLVMValueRef packet_wire_pkts(CALC_ARGS)
{
	LLVMValueRef headers;

	UNUSED;
	return wire_packets(cg, l, &headers);
}

LLVMValueRef packet_wire_len(CALC_ARGS)
{
	LLVMValueRef headers, count = wire_packets(cg, l, &headers);

	count = LLVMBuildSub(cg->b, count, cg_int(cg, 1), "");
	return LLVMBuildAdd(cg->b, packet_len(cg, l, n, to),
			    LLVMBuildMul(cg->b, count, headers, ""), "");
}

/* ---- time and direction ---- */

LLVMValueRef packet_time_boot(CALC_ARGS)
{
	UNUSED;
	return clock_now(cg);
}

LLVMValueRef packet_ts(CALC_ARGS)
{
	return packet_time_boot(cg, l, n, to);
}

LLVMValueRef packet_time_mono(CALC_ARGS)
{
	UNUSED;
	return cg->plan->replay ? clock_now(cg) : HELPER(cg, ktime_get_ns, 0);
}

LLVMValueRef packet_time_epoch(CALC_ARGS)
{
	return LLVMBuildAdd(cg->b, packet_time_boot(cg, l, n, to),
			    cg_int(cg, cg->plan->wall_offset_ns), "");
}

#define PACKET_OUTGOING 4 /* include/uapi/linux/if_packet.h */

enum { IN = 1, OUT, DROP_IN, DROP_OUT }; /* as in symbol.def */

LLVMValueRef packet_dir(CALC_ARGS)
{
	UNUSED;
	switch (cg->f.packet.source->dir) {
	case DIR_IN:
		return cg_int(cg, IN);
	case DIR_OUT:
		return cg_int(cg, OUT);
	case DIR_DROP:
		return choose(cg, is_not(cg, skb_member(cg, MEMBER_skb_iif), 0),
			      cg_int(cg, DROP_IN), cg_int(cg, DROP_OUT));
	case DIR_UNKNOWN:
		break;
	}
	if (cg->f.packet.source->place == PACKET_FRAME)
		return choose(cg, is(cg, packet_member(cg, MEMBER_ctx_pkt_type), PACKET_OUTGOING),
			      cg_int(cg, OUT), cg_int(cg, IN));
	if (cg->f.packet.source->place == PACKET_REPLAY) {
		LLVMValueRef flags =
			bits(cg, packet_control(cg, REPLAY_FLAGS), 0, REPLAY_IN | REPLAY_OUT);

		packet_require(cg, flags);
		return choose(cg, is(cg, flags, REPLAY_IN), cg_int(cg, IN), cg_int(cg, OUT));
	}
	return absent(cg);
}

LLVMValueRef packet_skb_addr(CALC_ARGS)
{
	UNUSED;
	return cg->f.packet.skb ? cg->f.packet.skb : absent(cg);
}

/* ---- drops ---- */

static LLVMValueRef word(struct cg *cg, const struct packet_word *w)
{
	bool whole = cg->program->prog == PROG_RAW || cg->program->prog == PROG_FUNC;
	LLVMValueRef v = cg_context(cg, w->offset, type_int(whole ? 8 : w->size, false));

	return w->size == 8 ? v : bits(cg, v, 0, UINT32_MAX);
}

LLVMValueRef packet_drop_reason(CALC_ARGS)
{
	UNUSED;
	return word(cg, &cg->f.packet.source->reason);
}

LLVMValueRef packet_drop_subsys(CALC_ARGS)
{
	return bits(cg, packet_drop_reason(cg, l, n, to), 16, 0xffff);
}

LLVMValueRef packet_drop_location(CALC_ARGS)
{
	UNUSED;
	return word(cg, &cg->f.packet.source->location);
}
