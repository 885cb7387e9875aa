/* SPDX-License-Identifier: Apache-2.0 */
/* Where a packet begins and ends, by what its probe is given. */
#include "codegen/packet_build.h"

#define DEVICE_ETHER 1 /* include/uapi/linux/if_arp.h */
#define DEVICE_LOOPBACK 772
#define NO_OFFSET 0xffff /* of a header that the kernel does not know */

static LLVMValueRef protocol(struct cg *cg)
{
	LLVMValueRef v =
		packet_member(cg, packet_in_memory(cg) ? MEMBER_protocol : MEMBER_ctx_protocol);

	return cg_bswap(cg, v, 2);
}

static void take_accelerated(struct cg *cg, const struct packet_level *l, LLVMValueRef present,
			     LLVMValueRef tci, LLVMValueRef type)
{
	LLVMBasicBlockRef done = cg_block(cg, "no_accel");

	only_if(cg, LLVMBuildICmp(cg->b, LLVMIntNE, present, cg_int(cg, 0), ""), done);
	SET_INT(ACCEL, 1);
	SET_INT(VLANS, 1);
	SET(TCI0, and(cg, tci, 0xffff));
	SET(NEXT0, GET(TYPE));
	SET(TYPE, cg_bswap(cg, type, 2));
	cg_jump(cg, done);
	cg_at(cg, done);
}

void packet_accelerated(struct cg *cg, const struct packet_level *l)
{
	bool memory = packet_in_memory(cg);
	enum packet_member present = packet_has_member(cg, MEMBER_vlan_all) ? MEMBER_vlan_all
									    : MEMBER_vlan_present;

	if (cg->f.packet.source->place == PACKET_XDP || cg->f.packet.source->place == PACKET_REPLAY)
		return;
	if (!memory)
		take_accelerated(cg, l, packet_member(cg, MEMBER_ctx_vlan_present),
				 packet_member(cg, MEMBER_ctx_vlan_tci),
				 packet_member(cg, MEMBER_ctx_vlan_proto));
	else if (packet_has_member(cg, present))
		take_accelerated(cg, l, packet_member(cg, present),
				 packet_member(cg, MEMBER_vlan_tci),
				 packet_member(cg, MEMBER_vlan_proto));
}

/* An Ethernet header at START: what it says comes next. */
void packet_ethernet(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef done = cg_block(cg, "ether_done"), type = cg_block(cg, "type"),
			  llc = cg_block(cg, "llc");
	LLVMValueRef start = GET(START), v;

	only_if(cg, there(cg, l, start, ETHER_SIZE), done);
	SET_INT(LINK, 1);
	SET(L3, add(cg, start, ETHER_SIZE));
	v = packet_number(cg, start, 12, 2);
	SET(PROTO, v); /* no network header has a number that is a length */
	cg_branch(cg, below(cg, v, cg_int(cg, ETHER_MIN_TYPE)), llc, type);
	cg_at(cg, llc);
	SET_INT(LLC, 1);
	cg_jump(cg, done);
	cg_at(cg, type);
	SET(TYPE, v);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* The ends of a packet whose data begins at @data. */
static void set_ends(struct cg *cg, const struct packet_level *l, LLVMValueRef data)
{
	LLVMValueRef end = LLVMBuildAdd(cg->b, data, packet_member(cg, MEMBER_len), "");

	SET(TRUE_END, end);
	SET(END, sub(cg, end, packet_member(cg, MEMBER_data_len)));
}

static void begin_network(struct cg *cg, const struct packet_level *l, LLVMValueRef at)
{
	SET(START, at);
	SET(L3, at);
	SET(PROTO, protocol(cg));
}

/* The link header at @link when @condition is true, else the network header at @network. */
static void begin_either(struct cg *cg, const struct packet_level *l, LLVMValueRef condition,
			 LLVMValueRef link, LLVMValueRef network)
{
	LLVMBasicBlockRef yes = cg_block(cg, "link"), no = cg_block(cg, "no_link"),
			  done = cg_block(cg, "begun");

	cg_branch(cg, condition, yes, no);
	cg_at(cg, no);
	begin_network(cg, l, network);
	cg_jump(cg, done);
	cg_at(cg, yes);
	SET(START, link);
	packet_ethernet(cg, l);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* The link header was taken off: its bytes are before the data. */
static void begin_rx(struct cg *cg, const struct packet_level *l)
{
	LLVMValueRef data = packet_member(cg, MEMBER_data), mac, link;
	LLVMBasicBlockRef done = cg_block(cg, "rx_done"), llc = cg_block(cg, "rx_llc");

	set_ends(cg, l, data);
	begin_network(cg, l, data);
	mac = packet_member(cg, MEMBER_mac_header);
	link = LLVMBuildAdd(cg->b, packet_member(cg, MEMBER_head), mac, "");
	only_if(cg, is(cg, sub(cg, data, link), ETHER_SIZE), done);
	SET(START, link);
	SET_INT(LINK, 1);
	SET(TYPE, GET(PROTO));
	cg_branch(cg, below(cg, GET(PROTO), cg_int(cg, ETHER_MIN_TYPE)), llc, done);
	cg_at(cg, llc);
	SET_INT(LLC, 1);
	SET_INT(TYPE, 0);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* Devices without a link header, tunnels say, have the network header where the data begins. */
static void begin_tx(struct cg *cg, const struct packet_level *l)
{
	LLVMValueRef head = packet_member(cg, MEMBER_head), data = packet_member(cg, MEMBER_data);
	LLVMValueRef mac = packet_member(cg, MEMBER_mac_header),
		     net = packet_member(cg, MEMBER_network_header);

	set_ends(cg, l, data);
	begin_either(cg, l,
		     LLVMBuildICmp(cg->b, LLVMIntUGE, sub(cg, net, mac), cg_int(cg, ETHER_SIZE),
				   ""),
		     data, LLVMBuildAdd(cg->b, head, net, ""));
}

/* Header offsets are used where they are set and make sense, whatever the data's begin is. */
static void begin_any(struct cg *cg, const struct packet_level *l)
{
	LLVMValueRef head = packet_member(cg, MEMBER_head), data = packet_member(cg, MEMBER_data);
	LLVMValueRef mac = packet_member(cg, MEMBER_mac_header),
		     net = packet_member(cg, MEMBER_network_header), gap = sub(cg, net, mac);
	LLVMValueRef known, link;

	set_ends(cg, l, data);
	known = LLVMBuildNot(cg->b, either(cg, is(cg, net, 0), is(cg, net, NO_OFFSET)), "");
	link = both(cg, known, below(cg, sub(cg, gap, cg_int(cg, ETHER_SIZE)), cg_int(cg, 64)));
	begin_either(cg, l, link, LLVMBuildAdd(cg->b, head, mac, ""),
		     choose(cg, known, LLVMBuildAdd(cg->b, head, net, ""), data));
}

/* i1: the device's frames begin with an Ethernet header, which those of tunnels do not. */
static LLVMValueRef is_ethernet(struct cg *cg)
{
	LLVMValueRef type = packet_member(cg, MEMBER_dev_type);

	return either(cg, is(cg, type, DEVICE_ETHER), is(cg, type, DEVICE_LOOPBACK));
}

/*
 * 0, which neither LLVM nor the verifier is to know: of positions that are known numbers it would
 * follow each one on its own.
 */
static LLVMValueRef hidden_zero(struct cg *cg, LLVMValueRef any)
{
	return LLVMBuildXor(cg->b, cg_opaque(cg, any), any, "");
}

/* A program that a device runs: positions count from the first byte that it is given. */
static void begin_context(struct cg *cg, const struct packet_level *l)
{
	enum packet_place place = cg->f.packet.source->place;
	LLVMValueRef len = place == PACKET_XDP
				   ? cg_widen(cg, HELPER(cg, xdp_get_buff_len, 1, cg->f.ctx))
				   : packet_member(cg, MEMBER_ctx_len);

	LLVMValueRef start = hidden_zero(cg, len);

	SET(END, len);
	SET(TRUE_END, len);
	SET(START, start);
	if (place == PACKET_NET)
		begin_network(cg, l, start);
	else if (place == PACKET_FRAME && cg->f.packet.skb)
		begin_either(cg, l, is_ethernet(cg), start, start);
	else
		packet_ethernet(cg, l);
}

/* A captured packet: its lengths are in words beside it, and its link header may be ours. */
static void begin_replay(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef ours = cg_block(cg, "no_link"), done = cg_block(cg, "replayed");
	LLVMValueRef flags = packet_control(cg, REPLAY_FLAGS), before;

	flags = and(cg, flags, REPLAY_NO_LINK);
	before = LLVMBuildMul(cg->b, flags, cg_int(cg, ETHER_SIZE), "");
	SET(END, LLVMBuildAdd(cg->b, packet_control(cg, REPLAY_CAPTURED), before, ""));
	SET(TRUE_END, LLVMBuildAdd(cg->b, packet_control(cg, REPLAY_LENGTH), before, ""));
	SET(START, hidden_zero(cg, GET(END)));
	packet_ethernet(cg, l);
	cg_branch(cg, flags, ours, done);
	cg_at(cg, ours);
	SET_INT(LINK, 0);
	SET_INT(TYPE, 0);
	SET(START, add(cg, GET(START), ETHER_SIZE));
	cg_jump(cg, done);
	cg_at(cg, done);
}

void packet_start(struct cg *cg, const struct packet_level *l)
{
	switch (cg->f.packet.source->place) {
	case PACKET_RX:
		begin_rx(cg, l);
		break;
	case PACKET_TX:
		begin_tx(cg, l);
		break;
	case PACKET_ANY:
		begin_any(cg, l);
		break;
	case PACKET_REPLAY:
		begin_replay(cg, l);
		break;
	case PACKET_FRAME:
	case PACKET_NET:
	case PACKET_XDP:
		begin_context(cg, l);
		break;
	case PACKET_GONE:
	case PACKET_NONE:
		break;
	}
}
