/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the first header of a packet to its transport header: packets.md calls it the resolver. No
 * position is used before it was compared with the packet's end, and what is not there, or not
 * right, leaves its slot empty.
 */
#include "codegen/packet_build.h"

#define TAG_SIZE 4
#define MAX_TAGS 2
#define MAX_LABELS 8     /* of MPLS */
#define MAX_EXTENSIONS 8 /* of IPv6 */

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

void packet_tags(struct cg *cg, const struct packet_level *l)
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
void packet_network(struct cg *cg, const struct packet_level *l, bool tagged)
{
	LLVMBasicBlockRef done = cg_block(cg, "net_done"), to[NETWORKS];

	for (size_t i = 0; i < NETWORKS; i++)
		to[i] = cg_block(cg, "net");
	dispatch(cg, l, to);
	if (tagged) {
		packet_tags(cg, l);
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
void packet_transport(struct cg *cg, const struct packet_level *l)
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

void packet_walk(struct cg *cg)
{
	const struct packet_level *l = &cg->f.packet.level[0];

	if (l->need >= NEED_LINK) {
		packet_start(cg, l);
		packet_accelerated(cg, l);
	}
	if (l->need >= NEED_NET) {
		packet_network(cg, l, true);
	} else if (l->need >= NEED_LINK) {
		packet_tags(cg, l);
		labels(cg, l);
	}
	if (l->need >= NEED_TRANSPORT)
		packet_transport(cg, l);
	packet_applications(cg, l);
	if (cg->f.packet.level[1].used)
		packet_inner(cg, l, &cg->f.packet.level[1]);
}
