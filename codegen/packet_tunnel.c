/* SPDX-License-Identifier: Apache-2.0 */
/* The packet that another one carries. */
#include "codegen/packet_build.h"

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

void packet_inner(struct cg *cg, const struct packet_level *out, const struct packet_level *l)
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
	packet_ethernet(cg, l);
	packet_tags(cg, l);
	cg_jump(cg, net);
	cg_at(cg, net);
	packet_network(cg, l, false);
	packet_transport(cg, l);
	packet_applications(cg, l);
	cg_jump(cg, done);
	cg_at(cg, done);
}
