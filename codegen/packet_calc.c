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
