/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the first header of a packet to its transport header: packets.md calls it the resolver. No
 * position is used before it was compared with the packet's end, and what is not there, or not
 * right, leaves its slot empty.
 */
#include "codegen/packet_build.h"

#define ETHER_SIZE 14
#define ETHER_MIN_TYPE 0x0600 /* smaller: the length of an 802.3 frame */
#define TAG_SIZE 4
#define MAX_TAGS 2
#define MAX_LABELS 8     /* of MPLS */
#define MAX_EXTENSIONS 8 /* of IPv6 */
#define DEVICE_ETHER 1   /* include/uapi/linux/if_arp.h */
#define DEVICE_LOOPBACK 772
#define NO_OFFSET 0xffff /* of a header that the kernel does not know */

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
static LLVMValueRef there(struct cg *cg, const struct packet_level *l, LLVMValueRef position,
			  uint64_t size)
{
	return LLVMBuildICmp(cg->b, LLVMIntULE, add(cg, position, size), GET(END), "");
}

static LLVMValueRef protocol(struct cg *cg)
{
	LLVMValueRef v =
		packet_member(cg, packet_in_memory(cg) ? MEMBER_protocol : MEMBER_ctx_protocol);

	return cg_bswap(cg, v, 2);
}

/* ---- where the packet begins, by what its probe is given ---- */

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

static void accelerated(struct cg *cg, const struct packet_level *l)
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
static void ethernet(struct cg *cg, const struct packet_level *l)
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
	ethernet(cg, l);
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
		ethernet(cg, l);
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
	ethernet(cg, l);
	cg_branch(cg, flags, ours, done);
	cg_at(cg, ours);
	SET_INT(LINK, 0);
	SET_INT(TYPE, 0);
	SET(START, add(cg, GET(START), ETHER_SIZE));
	cg_jump(cg, done);
	cg_at(cg, done);
}

static void begin(struct cg *cg, const struct packet_level *l)
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

/* ---- between link and network ---- */

static LLVMValueRef is_tag(struct cg *cg, LLVMValueRef type)
{
	return either(cg, either(cg, is(cg, type, TYPE_VLAN), is(cg, type, TYPE_QINQ)),
		      is(cg, type, TYPE_QINQ_OLD));
}

/* One tag in the frame, the first or second of those that the packet has. */
static void take_tag(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef first = cg_block(cg, "first"), second = cg_block(cg, "second"),
			  next = cg_block(cg, "tag_next");
	LLVMValueRef at, tci, type, n;

	n = GET(VLANS); /* with the one that is not in the frame */
	only_if(cg, is_tag(cg, GET(PROTO)), done);
	only_if(cg, below(cg, n, cg_int(cg, MAX_TAGS)), done);
	at = GET(L3);
	only_if(cg, there(cg, l, at, TAG_SIZE), done);
	type = packet_number(cg, at, 0, 4);
	tci = shift(cg, type, 16);
	type = and(cg, type, 0xffff);
	cg_branch(cg, is(cg, n, 0), first, second);
	cg_at(cg, first);
	SET(TCI0, tci);
	SET(NEXT0, type);
	cg_jump(cg, next);
	cg_at(cg, second);
	SET(TCI1, choose(cg, is(cg, n, 1), tci, GET(TCI1)));
	SET(NEXT1, choose(cg, is(cg, n, 1), type, GET(NEXT1)));
	cg_jump(cg, next);
	cg_at(cg, next);
	SET(VLANS, add(cg, n, 1));
	SET(PROTO, type);
	SET(L3, add(cg, at, TAG_SIZE));
}

static void tags(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef done = cg_block(cg, "tags_done");

	for (int i = 0; i < MAX_TAGS; i++)
		take_tag(cg, l, done);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* Labels up to the bottom of the stack; what follows shows its version (RFC 4928). */
static void labels(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef done = cg_block(cg, "labels_done"), bottom = cg_block(cg, "bottom");
	LLVMValueRef at, word, version;
	struct turns t;

	only_if(cg, either(cg, is(cg, GET(PROTO), TYPE_MPLS), is(cg, GET(PROTO), TYPE_MPLS_MC)),
		done);
	SET_INT(PROTO, 0);
	at = GET(L3);
	only_if(cg, there(cg, l, at, 4), done);
	SET(MPLS, at);
	turns_begin(cg, &t, MAX_LABELS, done);
	only_if(cg, there(cg, l, GET(L3), 5), done);
	word = packet_number(cg, GET(L3), 0, 4);
	SET(L3, add(cg, GET(L3), 4));
	cg_branch(cg, and(cg, word, 0x100), bottom, t.next);
	turns_end(cg, &t);
	cg_at(cg, bottom);
	version = shift(cg, packet_number(cg, GET(L3), 0, 1), 4);
	SET(PROTO, choose(cg, is(cg, version, 4), cg_int(cg, TYPE_IPV4),
			  choose(cg, is(cg, version, 6), cg_int(cg, TYPE_IPV6), cg_int(cg, 0))));
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* ---- network ---- */

static void arp(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMValueRef at = GET(L3), kinds;

	only_if(cg, there(cg, l, at, 28), done);
	kinds = packet_number(cg, at, 0, 8); /* Ethernet, IPv4, 6 and 4 bytes of address */
	only_if(cg, is(cg, shift(cg, kinds, 16), 0x000108000604), done);
	SET_INT(NET, TYPE_ARP_);
}

/*
 * How long the packet says it is, but not longer than it is; 0, as of what is too long to say it:
 * up to its end.
 */
static LLVMValueRef length(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			   LLVMValueRef said, uint32_t header)
{
	LLVMValueRef most = sub(cg, GET(TRUE_END), at), n = add(cg, said, header);

	return choose(cg, either(cg, is(cg, said, 0), below(cg, most, n)), most, n);
}

/* A load that the kernel checks is some ten instructions: one, of which each field takes bits. */
static void ip4(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMValueRef at = GET(L3), word, size, frag;

	only_if(cg, there(cg, l, at, 20), done);
	word = packet_number(cg, at, 0, 8);
	size = bits(cg, word, 56, 15);
	only_if(cg,
		both(cg, is(cg, shift(cg, word, 60), 4),
		     LLVMBuildICmp(cg->b, LLVMIntUGE, size, cg_int(cg, 5), "")),
		done);
	SET_INT(NET, TYPE_IPV4);
	SET(L3_LEN, length(cg, l, at, bits(cg, word, 32, 0xffff), 0));
	SET(IPPROTO, packet_number(cg, at, 9, 1));
	SET(L4, LLVMBuildAdd(cg->b, at, LLVMBuildShl(cg->b, size, cg_int(cg, 2), ""), ""));
	frag = and(cg, word, 0x3fff);
	SET(FRAG, cg_widen(cg, LLVMBuildICmp(cg->b, LLVMIntNE, frag, cg_int(cg, 0), "")));
	SET(LATER, cg_widen(cg, LLVMBuildICmp(cg->b, LLVMIntNE, and(cg, frag, 0x1fff),
					      cg_int(cg, 0), "")));
}

static LLVMValueRef is_extension(struct cg *cg, LLVMValueRef v)
{
	static const uint64_t bits = 1ull << IP_HOPOPTS | 1ull << IP_ROUTING | 1ull << IP_FRAGMENT |
				     1ull << IP_AH | 1ull << IP_DSTOPTS;
	LLVMValueRef small = below(cg, v, cg_int(cg, 64)), bit;

	bit = LLVMBuildTrunc(cg->b, LLVMBuildLShr(cg->b, cg_int(cg, bits), and(cg, v, 63), ""),
			     cg->i1, "");
	return either(cg, both(cg, small, bit),
		      either(cg, is(cg, v, IP_MOBILITY),
			     either(cg, is(cg, v, IP_HIP), is(cg, v, IP_SHIM6))));
}

static void fragment(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
		     LLVMValueRef offset, LLVMBasicBlockRef next, LLVMBasicBlockRef done)
{
	LLVMValueRef before = GET(FRAGHDR), later;

	SET_INT(FRAG, 1);
	SET(FRAGHDR, choose(cg, is(cg, before, 0), at, before));
	SET(L4, add(cg, at, 8));
	later = LLVMBuildICmp(cg->b, LLVMIntNE, and(cg, offset, 0xfff8), cg_int(cg, 0), "");
	SET(LATER, cg_widen(cg, later));
	cg_branch(cg, later, done, next);
}

/* One extension header at L4 of the kind that IPPROTO says; RFC 8200, RFC 4302. */
static void extension(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef next,
		      LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef frag = cg_block(cg, "fragment"), other = cg_block(cg, "other");
	LLVMValueRef kind = GET(IPPROTO), at = GET(L4), word, size, ah;

	only_if(cg, is_extension(cg, kind), done);
	SET_INT(IPPROTO, PROTO_NONE);
	only_if(cg, there(cg, l, at, 8), done);
	word = packet_number(cg, at, 0, 4);
	SET(IPPROTO, shift(cg, word, 24));
	cg_branch(cg, is(cg, kind, IP_FRAGMENT), frag, other);
	cg_at(cg, frag);
	fragment(cg, l, at, and(cg, word, 0xffff), next, done);
	cg_at(cg, other);
	size = bits(cg, word, 16, 255);
	ah = LLVMBuildShl(cg->b, add(cg, size, 2), cg_int(cg, 2), "");
	size = LLVMBuildShl(cg->b, add(cg, size, 1), cg_int(cg, 3), "");
	size = choose(cg, is(cg, kind, IP_AH), ah, size);
	SET(L4, LLVMBuildAdd(cg->b, at, size, ""));
	cg_jump(cg, next);
}

static void ip6(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef last = cg_block(cg, "last_extension");
	LLVMValueRef at = GET(L3), word, proto;
	struct turns t;

	only_if(cg, there(cg, l, at, 40), done);
	word = packet_number(cg, at, 0, 8);
	only_if(cg, is(cg, shift(cg, word, 60), 6), done);
	SET_INT(NET, TYPE_IPV6);
	SET(L3_LEN, length(cg, l, at, bits(cg, word, 16, 0xffff), 40));
	SET(IPPROTO, bits(cg, word, 8, 255));
	SET(L4, add(cg, at, 40));
	turns_begin(cg, &t, MAX_EXTENSIONS, last);
	extension(cg, l, t.next, done);
	turns_end(cg, &t);
	cg_at(cg, last);
	proto = GET(IPPROTO);
	SET(IPPROTO, choose(cg, is_extension(cg, proto), cg_int(cg, PROTO_NONE), proto));
}

static const struct {
	uint64_t type;
	void (*parse)(struct cg *, const struct packet_level *, LLVMBasicBlockRef done);
} networks[] = { { TYPE_IPV4, ip4 }, { TYPE_IPV6, ip6 }, { TYPE_ARP_, arp } };
#define NETWORKS (sizeof(networks) / sizeof(*networks))

/* To the block of the network header that PROTO says; the builder goes on where it is none. */
static void dispatch(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef *to)
{
	for (size_t i = 0; i < NETWORKS; i++) {
		LLVMBasicBlockRef no = cg_block(cg, "not_net");

		cg_branch(cg, is(cg, GET(PROTO), networks[i].type), to[i], no);
		cg_at(cg, no);
	}
}

/* Most packets have nothing between link and network: tags and labels are off the straight way. */
static void network(struct cg *cg, const struct packet_level *l, bool tagged)
{
	LLVMBasicBlockRef done = cg_block(cg, "net_done"), to[NETWORKS];

	for (size_t i = 0; i < NETWORKS; i++)
		to[i] = cg_block(cg, "net");
	dispatch(cg, l, to);
	if (tagged) {
		tags(cg, l);
		labels(cg, l);
		dispatch(cg, l, to);
	}
	cg_jump(cg, done);
	for (size_t i = 0; i < NETWORKS; i++) {
		cg_at(cg, to[i]);
		networks[i].parse(cg, l, done);
		if (!LLVMGetBasicBlockTerminator(LLVMGetInsertBlock(cg->b)))
			cg_jump(cg, done);
	}
	cg_at(cg, done);
}

/* ---- transport ---- */

static const struct {
	uint32_t protocol;
	enum packet_header header;
	uint32_t size;
} transports[] = {
	{ IP_TCP, HEADER_TCP, 20 },    { IP_UDP, HEADER_UDP, 8 },    { IP_ICMP, HEADER_ICMP, 8 },
	{ IP_ICMP6, HEADER_ICMP6, 8 }, { IP_SCTP, HEADER_SCTP, 12 }, { IP_GRE, HEADER_GRE, 4 },
	{ IP_ESP, HEADER_ESP, 8 },
};

/*
 * Only headers that the script asks for: nothing asks about HDR of others, nor of their size. A
 * fragment that is not the first has none.
 */
static void transport(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef done = cg_block(cg, "transport_done"), tcp;
	LLVMValueRef size = cg_int(cg, 8), at, proto, end, limit;

	only_if(cg, LLVMBuildICmp(cg->b, LLVMIntNE, GET(NET), cg_int(cg, 0), ""), done);
	only_if(cg, is(cg, GET(LATER), 0), done);
	proto = GET(IPPROTO);
	at = GET(L4);
	for (size_t i = 0; i < sizeof(transports) / sizeof(*transports); i++)
		if (l->headers & 1u << transports[i].header && transports[i].size != 8)
			size = choose(cg, is(cg, proto, transports[i].protocol),
				      cg_int(cg, transports[i].size), size);
	end = LLVMBuildAdd(cg->b, at, size, "");
	limit = LLVMBuildAdd(cg->b, GET(L3), GET(L3_LEN), "");
	only_if(cg,
		both(cg, LLVMBuildICmp(cg->b, LLVMIntULE, end, GET(END), ""),
		     LLVMBuildICmp(cg->b, LLVMIntULE, end, limit, "")),
		done);
	if (l->headers & 1u << HEADER_TCP) {
		LLVMBasicBlockRef right = cg_block(cg, "right");

		tcp = cg_block(cg, "tcp");
		cg_branch(cg, is(cg, proto, IP_TCP), tcp, right);
		cg_at(cg, tcp);
		cg_branch(cg, below(cg, packet_number(cg, at, 12, 1), cg_int(cg, 0x50)), done,
			  right);
		cg_at(cg, right);
	}
	SET(HDR, proto);
	cg_jump(cg, done);
	cg_at(cg, done);
}

void packet_require_transport(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef none = cg_block(cg, "no_transport"), first = cg_block(cg, "not_later"),
			  done = cg_block(cg, "transport");
	LLVMValueRef proto = GET(IPPROTO);

	cg_branch(cg, is(cg, GET(HDR), PROTO_NONE), none, done);
	cg_at(cg, none);
	cg_branch(cg, GET(LATER), done, first);
	cg_at(cg, first);
	packet_require(cg, is_not(cg, proto, PROTO_NONE));
	for (size_t i = 0; i < sizeof(transports) / sizeof(*transports); i++)
		if (l->headers & 1u << transports[i].header)
			packet_require(cg, is_not(cg, proto, transports[i].protocol));
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* ---- tunnels ---- */

/* What carries the packet inside; the values of symbol.def. */
enum { TUNNEL_VXLAN = 1, TUNNEL_GENEVE, TUNNEL_GRE, TUNNEL_IPIP, TUNNEL_SIT };

static void inner_at(struct cg *cg, const struct packet_level *l, uint32_t tunnel, LLVMValueRef at,
		     LLVMValueRef type)
{
	SET_INT(TUNNEL, tunnel);
	SET(START, at);
	SET(L3, at);
	SET(PROTO, type);
}

static void set_number(struct cg *cg, const struct packet_level *l, LLVMValueRef number)
{
	SET_INT(NUMBERED, 1);
	SET(TUNNEL_ID, number);
}

/* The frame inside of VXLAN (RFC 7348) or Geneve (RFC 8926). */
static void inner_udp(struct cg *cg, const struct packet_level *out, const struct packet_level *l,
		      LLVMBasicBlockRef frame, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef vxlan = cg_block(cg, "vxlan"), other = cg_block(cg, "no_vxlan");
	LLVMValueRef at = packet_get(cg, out, SLOT_L4), port = packet_number(cg, at, 2, 2), size,
		     proto;

	cg_branch(cg, is(cg, port, 4789), vxlan, other);
	cg_at(cg, vxlan);
	only_if(cg, there(cg, out, at, 16), done);
	only_if(cg, and(cg, packet_number(cg, at, 8, 1), 0x08), done);
	set_number(cg, l, shift(cg, packet_number(cg, at, 12, 4), 8));
	inner_at(cg, l, TUNNEL_VXLAN, add(cg, at, 16), cg_int(cg, TYPE_TEB));
	cg_jump(cg, frame);
	cg_at(cg, other);
	only_if(cg, is(cg, port, 6081), done);
	only_if(cg, there(cg, out, at, 16), done);
	size = LLVMBuildShl(cg->b, and(cg, packet_number(cg, at, 8, 1), 0x3f), cg_int(cg, 2), "");
	proto = packet_number(cg, at, 10, 2);
	set_number(cg, l, shift(cg, packet_number(cg, at, 12, 4), 8));
	inner_at(cg, l, TUNNEL_GENEVE, add(cg, LLVMBuildAdd(cg->b, at, size, ""), 16), proto);
	cg_jump(cg, frame);
}

/* RFC 2784 and 2890: checksum, key and sequence number are 4 bytes each. */
static void inner_gre(struct cg *cg, const struct packet_level *out, const struct packet_level *l,
		      LLVMBasicBlockRef frame, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef keyed = cg_block(cg, "keyed"), go = cg_block(cg, "gre_at");
	LLVMValueRef at = packet_get(cg, out, SLOT_L4), flags = packet_number(cg, at, 0, 2), size,
		     key;

	only_if(cg, is(cg, and(cg, flags, 0x4007), 0), done); /* no routing, version 0 */
	cg_branch(cg, and(cg, flags, 0x2000), keyed, go);
	cg_at(cg, keyed);
	key = LLVMBuildAdd(cg->b, at, shift(cg, and(cg, flags, 0x8000), 13), "");
	only_if(cg, there(cg, out, key, 8), done);
	set_number(cg, l, packet_number(cg, key, 4, 4));
	cg_jump(cg, go);
	cg_at(cg, go);
	size = add(cg, shift(cg, and(cg, flags, 0x8000), 13), 4);
	size = LLVMBuildAdd(cg->b, size, shift(cg, and(cg, flags, 0x2000), 11), "");
	size = LLVMBuildAdd(cg->b, size, shift(cg, and(cg, flags, 0x1000), 10), "");
	inner_at(cg, l, TUNNEL_GRE, LLVMBuildAdd(cg->b, at, size, ""), packet_number(cg, at, 2, 2));
	cg_jump(cg, frame);
}

static void inner(struct cg *cg, const struct packet_level *out, const struct packet_level *l)
{
	LLVMBasicBlockRef done = cg_block(cg, "no_tunnel"), frame = cg_block(cg, "tunnel"),
			  gre = cg_block(cg, "gre"), no_gre = cg_block(cg, "no_gre"),
			  udp = cg_block(cg, "udp"), no_udp = cg_block(cg, "no_udp"),
			  ip = cg_block(cg, "ipip"), no_ip = cg_block(cg, "no_ipip"),
			  ether = cg_block(cg, "inner_ether"), net = cg_block(cg, "inner_net");
	LLVMValueRef header = packet_get(cg, out, SLOT_HDR),
		     proto = packet_get(cg, out, SLOT_IPPROTO), at = packet_get(cg, out, SLOT_L4);

	SET(END, packet_get(cg, out, SLOT_END));
	SET(TRUE_END, packet_get(cg, out, SLOT_TRUE_END));
	cg_branch(cg, is(cg, header, IP_UDP), udp, no_udp);
	cg_at(cg, udp);
	inner_udp(cg, out, l, frame, done);
	cg_at(cg, no_udp);
	cg_branch(cg, is(cg, header, IP_GRE), gre, no_gre);
	cg_at(cg, gre);
	inner_gre(cg, out, l, frame, done);
	cg_at(cg, no_gre);
	only_if(cg,
		both(cg, is(cg, packet_get(cg, out, SLOT_LATER), 0),
		     LLVMBuildICmp(cg->b, LLVMIntNE, packet_get(cg, out, SLOT_NET), cg_int(cg, 0),
				   "")),
		done);
	cg_branch(cg, is(cg, proto, IP_IPIP), ip, no_ip);
	cg_at(cg, ip);
	inner_at(cg, l, TUNNEL_IPIP, at, cg_int(cg, TYPE_IPV4));
	cg_jump(cg, frame);
	cg_at(cg, no_ip);
	only_if(cg, is(cg, proto, IP_IPV6), done);
	inner_at(cg, l, TUNNEL_SIT, at, cg_int(cg, TYPE_IPV6));
	cg_jump(cg, frame);
	cg_at(cg, frame);
	cg_branch(cg, is(cg, GET(PROTO), TYPE_TEB), ether, net);
	cg_at(cg, ether);
	SET_INT(PROTO, 0);
	ethernet(cg, l);
	tags(cg, l);
	cg_jump(cg, net);
	cg_at(cg, net);
	network(cg, l, false);
	transport(cg, l);
	packet_applications(cg, l);
	cg_jump(cg, done);
	cg_at(cg, done);
}

void packet_walk(struct cg *cg)
{
	const struct packet_level *l = &cg->f.packet.level[0];

	if (l->need >= NEED_LINK) {
		begin(cg, l);
		accelerated(cg, l);
	}
	if (l->need >= NEED_NET) {
		network(cg, l, true);
	} else if (l->need >= NEED_LINK) {
		tags(cg, l);
		labels(cg, l);
	}
	if (l->need >= NEED_TRANSPORT)
		transport(cg, l);
	packet_applications(cg, l);
	if (cg->f.packet.level[1].used)
		inner(cg, l, &cg->f.packet.level[1]);
}
