/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets: one that the probe is given, else the packet's. Sockets in TIME_WAIT, and those that
 * wait for the last ACK of a handshake, are smaller: only their struct sock_common is there.
 */
#include "codegen/cg.h"

enum { STATE_TIME_WAIT = 6, STATE_NEW_SYN_RECV = 12 };
enum { INET = 2, INET6 = 10, TCP = 6 };

#define ARGS struct cg *cg, LLVMValueRef to

static LLVMValueRef is(struct cg *cg, LLVMValueRef v, uint64_t n)
{
	return LLVMBuildICmp(cg->b, LLVMIntEQ, v, cg_int(cg, n), "");
}

static LLVMValueRef choose(struct cg *cg, LLVMValueRef c, LLVMValueRef a, LLVMValueRef b)
{
	return LLVMBuildSelect(cg->b, c, a, b, "");
}

static const struct field *field(const struct cg *cg, enum packet_member m)
{
	return cg->plan->packet->members[m];
}

/* @size bytes at @offset of a member; absent when this kernel does not have it. */
static LLVMValueRef part(struct cg *cg, enum packet_member m, uint32_t offset, uint32_t size)
{
	const struct packet_kernel *k = cg->plan->packet;
	uint32_t id = m == MEMBER_sk_srtt       ? k->tcp_sock
		      : m == MEMBER_sk_sport    ? k->inet_sock
		      : m >= MEMBER_sk_protocol ? k->sock
						: k->sock_common;
	struct field f;

	if (!field(cg, m)) {
		packet_require(cg, LLVMConstInt(cg->i1, 0, false));
		return cg_int(cg, 0);
	}
	f = *field(cg, m);
	if (size) {
		f.offset += offset;
		f.type = type_int(size, false);
	}
	return packet_load(cg, cg->f.packet.sock, NULL, id, &f);
}

static LLVMValueRef member(struct cg *cg, enum packet_member m)
{
	return part(cg, m, 0, 0);
}

LLVMValueRef packet_socket(struct cg *cg)
{
	const struct packet_frame *f = &cg->f.packet;
	LLVMBasicBlockRef look = cg_block(cg, "socket"), done = cg_block(cg, "socket_known");
	LLVMValueRef slot = cg_stack(cg, 8), given = cg_int(cg, 0), none;

	if (f->source->sock.size)
		given = cg_context(cg, f->source->sock.offset, &type_uint64);
	cg_store(cg, slot, given, 8);
	if (f->skb && field(cg, MEMBER_sk)) {
		none = LLVMBuildAnd(cg->b, is(cg, given, 0),
				    LLVMBuildNot(cg->b, is(cg, f->skb, 0), ""), "");
		cg_branch(cg, none, look, done);
		cg_at(cg, look);
		cg_store(cg, slot,
			 cg_scalar(cg,
				   packet_load(cg, f->skb, f->skb_ptr, cg->plan->packet->sk_buff,
					       field(cg, MEMBER_sk))),
			 8);
	} else {
		cg_jump(cg, look);
		cg_at(cg, look);
	}
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_load(cg, slot, 8, false);
}

/* i1: more than the struct sock_common is there. */
static LLVMValueRef is_full(struct cg *cg)
{
	LLVMValueRef state = member(cg, MEMBER_sk_state);
	LLVMValueRef small = LLVMBuildOr(cg->b, is(cg, state, STATE_TIME_WAIT),
					 is(cg, state, STATE_NEW_SYN_RECV), "");

	return LLVMBuildNot(cg->b, small, "");
}

void packet_require_full(struct cg *cg)
{
	packet_require(cg, cg->f.packet.sock);
	packet_require(cg, member(cg, MEMBER_sk_family));
	packet_require(cg, is_full(cg));
}

/* i1: the addresses are IPv4's, those in IPv6 ones too; of a socket that has addresses. */
static LLVMValueRef require_inet(struct cg *cg)
{
	LLVMValueRef family = member(cg, MEMBER_sk_family), six = is(cg, family, INET6), mapped;

	packet_require(cg, LLVMBuildOr(cg->b, is(cg, family, INET), six, ""));
	if (!field(cg, MEMBER_sk_src6))
		return is(cg, family, INET);
	mapped = LLVMBuildAnd(cg->b, is(cg, part(cg, MEMBER_sk_src6, 0, 8), 0),
			      is(cg, part(cg, MEMBER_sk_src6, 8, 4), 0xffff0000), "");
	return LLVMBuildOr(cg->b, LLVMBuildNot(cg->b, six, ""), mapped, "");
}

/* 16 bytes of address, as a FLOW and an INET have them. */
static void address(struct cg *cg, LLVMValueRef is4, enum packet_member four,
		    enum packet_member six, LLVMValueRef to)
{
	LLVMValueRef v4 = part(cg, four, 0, 4), zero = cg_int(cg, 0);
	bool has6 = field(cg, six) != NULL;

	cg_store(cg, to, choose(cg, is4, v4, has6 ? part(cg, six, 0, 8) : zero), 8);
	cg_store(cg, cg_offset(cg, to, 8), choose(cg, is4, zero, has6 ? part(cg, six, 8, 8) : zero),
		 8);
}

static LLVMValueRef inet(struct cg *cg, enum packet_member four, enum packet_member six,
			 LLVMValueRef to)
{
	LLVMValueRef is4 = require_inet(cg);

	cg_store(cg, to, choose(cg, is4, cg_int(cg, 4), cg_int(cg, 16)), 8);
	address(cg, is4, four, six, cg_offset(cg, to, 8));
	return NULL;
}

LLVMValueRef sock_src(ARGS)
{
	return inet(cg, MEMBER_sk_src4, MEMBER_sk_src6, to);
}

LLVMValueRef sock_dst(ARGS)
{
	return inet(cg, MEMBER_sk_dst4, MEMBER_sk_dst6, to);
}

static LLVMValueRef remote_port(struct cg *cg)
{
	return cg_bswap(cg, member(cg, MEMBER_sk_dport), 2);
}

/* Of a socket that has given its port back already, the one that it had. */
static LLVMValueRef local_port(struct cg *cg)
{
	LLVMBasicBlockRef none = cg_block(cg, "no_port"), had = cg_block(cg, "had_port"),
			  done = cg_block(cg, "local_port");
	LLVMValueRef slot = cg_stack(cg, 8);

	cg_store(cg, slot, member(cg, MEMBER_sk_num), 8);
	cg_branch(cg, cg_load(cg, slot, 8, false), done, none);
	cg_at(cg, none);
	cg_branch(cg, is_full(cg), had, done);
	cg_at(cg, had);
	cg_store(cg, slot, cg_bswap(cg, member(cg, MEMBER_sk_sport), 2), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_load(cg, slot, 8, false);
}

LLVMValueRef sock_sport(ARGS)
{
	(void)to;
	require_inet(cg);
	return local_port(cg);
}

LLVMValueRef sock_dport(ARGS)
{
	LLVMValueRef v;

	(void)to;
	require_inet(cg);
	v = remote_port(cg);
	packet_require(cg, v);
	return v;
}

/* What is too small to say its protocol is TCP's. */
static LLVMValueRef protocol(struct cg *cg)
{
	LLVMValueRef slot = cg_stack(cg, 8);
	LLVMBasicBlockRef full = cg_block(cg, "full"), done = cg_block(cg, "protocol");

	cg_store(cg, slot, cg_int(cg, TCP), 8);
	cg_branch(cg, is_full(cg), full, done);
	cg_at(cg, full);
	cg_store(cg, slot, member(cg, MEMBER_sk_protocol), 8);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_load(cg, slot, 8, false);
}

LLVMValueRef sock_proto(ARGS)
{
	(void)to;
	require_inet(cg);
	return protocol(cg);
}

LLVMValueRef sock_flow(ARGS)
{
	LLVMValueRef is4 = require_inet(cg), word;

	address(cg, is4, MEMBER_sk_src4, MEMBER_sk_src6, to);
	address(cg, is4, MEMBER_sk_dst4, MEMBER_sk_dst6, cg_offset(cg, to, 16));
	word = LLVMBuildOr(cg->b, local_port(cg),
			   LLVMBuildShl(cg->b, remote_port(cg), cg_int(cg, 16), ""), "");
	word = LLVMBuildOr(cg->b, word,
			   LLVMBuildShl(cg->b,
					LLVMBuildAnd(cg->b, protocol(cg), cg_int(cg, 255), ""),
					cg_int(cg, 32), ""),
			   "");
	word = LLVMBuildOr(cg->b, word,
			   choose(cg, is4, cg_int(cg, 4ull << 40), cg_int(cg, 6ull << 40)), "");
	cg_store(cg, cg_offset(cg, to, 32), word, 8);
	return NULL;
}

LLVMValueRef sock_family(ARGS)
{
	LLVMValueRef v = member(cg, MEMBER_sk_family);

	(void)to;
	packet_require(cg, v);
	return v;
}

LLVMValueRef sock_state(ARGS)
{
	LLVMValueRef v = member(cg, MEMBER_sk_state);

	(void)to;
	packet_require(cg, v);
	return v;
}

LLVMValueRef sock_cookie(ARGS)
{
	LLVMValueRef v = part(cg, MEMBER_sk_cookie, 0, 8);

	(void)to;
	packet_require(cg, v);
	return v;
}

LLVMValueRef sock_uid(ARGS)
{
	(void)to;
	packet_require_full(cg);
	return part(cg, MEMBER_sk_uid, 0, 4);
}

/* The kernel keeps eight times as many microseconds. */
LLVMValueRef sock_srtt(ARGS)
{
	LLVMValueRef us;

	(void)to;
	packet_require_full(cg);
	require_inet(cg);
	packet_require(cg, is(cg, member(cg, MEMBER_sk_protocol), TCP));
	us = LLVMBuildLShr(cg->b, member(cg, MEMBER_sk_srtt), cg_int(cg, 3), "");
	packet_require(cg, us);
	return LLVMBuildMul(cg->b, us, cg_int(cg, 1000), "");
}
