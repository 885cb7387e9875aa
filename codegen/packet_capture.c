/* SPDX-License-Identifier: Apache-2.0 */
/* Captures: what a record of capture() has of the packet itself, and what a file says of one. */
#include "codegen/cg.h"
#include "codegen/packet.h"

#define HEAD(member) offsetof(struct capture_head, member)

LLVMValueRef packet_has_link(struct cg *cg, const struct packet_level *l)
{
	LLVMValueRef flags;

	if (cg->f.packet.source->place != PACKET_REPLAY)
		return packet_get(cg, l, SLOT_LINK);
	flags = packet_control(cg, REPLAY_FLAGS);
	flags = LLVMBuildAnd(cg->b, flags, cg_int(cg, REPLAY_NO_LINK), "");
	return LLVMBuildXor(cg->b, flags, cg_int(cg, REPLAY_NO_LINK), "");
}

LLVMValueRef packet_captured(struct cg *cg)
{
	const struct packet_level *l = &cg->f.packet.level[0];
	LLVMValueRef start = packet_get(cg, l, SLOT_START), end = packet_get(cg, l, SLOT_END), more;

	/* A header may be behind what is left of the packet. */
	more = LLVMBuildICmp(cg->b, LLVMIntUGT, end, start, "");
	return LLVMBuildSelect(cg->b, more, LLVMBuildSub(cg->b, end, start, ""), cg_int(cg, 0), "");
}

void packet_capture(struct cg *cg, LLVMValueRef to, LLVMValueRef bytes, uint32_t max)
{
	const struct packet_level *l = &cg->f.packet.level[0];
	LLVMBasicBlockRef some = cg_block(cg, "some"), done = cg_block(cg, "copied");
	LLVMValueRef head = cg_offset(cg, to, -sizeof(struct capture_head));
	LLVMValueRef accel = packet_get(cg, l, SLOT_ACCEL), none = cg_int(cg, 0);

	accel = LLVMBuildICmp(cg->b, LLVMIntNE, accel, none, "");
	cg_store(cg, cg_offset(cg, head, HEAD(bytes)), bytes, 4);
	cg_store(cg, cg_offset(cg, head, HEAD(link)), packet_has_link(cg, l), 4);
	cg_store(cg, cg_offset(cg, head, HEAD(tci)), packet_get(cg, l, SLOT_TCI0), 2);
	cg_store(cg, cg_offset(cg, head, HEAD(type)),
		 LLVMBuildSelect(cg->b, accel, packet_get(cg, l, SLOT_TYPE), none, ""), 2);
	cg_branch(cg, bytes, some, done);
	cg_at(cg, some);
	packet_bytes(cg, to, packet_get(cg, l, SLOT_START), bytes, max);
	cg_jump(cg, done);
	cg_at(cg, done);
}

LLVMValueRef packet_replay_iface(struct cg *cg, LLVMValueRef to)
{
	LLVMValueRef key = cg_temp(cg, 8), at;

	cg_store(cg, key, packet_control(cg, REPLAY_IFACE), 4);
	at = map_lookup(cg, cg_ifaces(cg), key);
	packet_require(cg, LLVMBuildNot(cg->b, cg_is_null(cg, at), ""));
	packet_require(cg, cg_load(cg, at, 1, false)); /* "" */
	cg_copy(cg, to, at, PLAN_IFACE_NAME);
	return NULL;
}
