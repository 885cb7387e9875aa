/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes after the transport header. */
#include "codegen/packet_build.h"

/* A transport header that is not there, as in later fragments, is no part of the payload. */
LLVMValueRef packet_payload(struct cg *cg, const struct packet_level *l, LLVMValueRef *length)
{
	LLVMBasicBlockRef tcp = cg_block(cg, "tcp"), other = cg_block(cg, "no_tcp"),
			  done = cg_block(cg, "payload"), from[2];
	LLVMValueRef header, at, size, end, values[2], phi;

	require_ip(cg, l);
	packet_require_transport(cg, l);
	header = GET(HDR);
	at = GET(L4);
	cg_branch(cg, is(cg, header, 6), tcp, other);
	cg_at(cg, tcp);
	values[0] = tcp_size(cg, at);
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, other);
	size = choose(cg, is(cg, header, 132), cg_int(cg, 12), cg_int(cg, 0));
	values[1] = choose(
		cg,
		LLVMBuildOr(cg->b, is(cg, header, 17),
			    LLVMBuildOr(cg->b, is(cg, header, 1), is(cg, header, 58), ""), ""),
		cg_int(cg, 8), size);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi, values, from, 2);
	at = LLVMBuildAdd(cg->b, at, phi, "");
	end = LLVMBuildAdd(cg->b, GET(L3), GET(L3_LEN), "");
	*length = difference(cg, end, at);
	return at;
}

/* The same, and how many bytes of it this program can read. */
LLVMValueRef packet_readable(struct cg *cg, const struct packet_level *l, LLVMValueRef *available)
{
	LLVMValueRef length, at = packet_payload(cg, l, &length);

	*available = minimum(cg, length, difference(cg, packet_end(cg, l), at));
	return at;
}

LLVMValueRef packet_payload_len(CALC_ARGS)
{
	LLVMValueRef length;

	UNUSED;
	packet_payload(cg, l, &length);
	return length;
}

LLVMValueRef packet_payload_avail(CALC_ARGS)
{
	LLVMValueRef available;

	UNUSED;
	packet_readable(cg, l, &available);
	return available;
}

LLVMValueRef packet_data(CALC_ARGS)
{
	uint32_t room = n->type->size - 4;
	LLVMValueRef available, at = packet_readable(cg, l, &available);
	LLVMValueRef offset = cg_int(cg, n->is.packet->offset);

	at = sum(cg, at, offset);
	available = difference(cg, available, offset);
	packet_require(cg, available);
	cg_zero(cg, to, (n->type->size + 7) & ~7u);
	available = minimum(cg, available, cg_int(cg, room));
	cg_store(cg, to, available, 4);
	packet_payload_bytes(cg, l, cg_offset(cg, to, 4), at, available, room);
	return NULL;
}
