/* SPDX-License-Identifier: Apache-2.0 */
/* The first question of a DNS message. */
#include "codegen/packet_build.h"

#define HEADER_SIZE 12
#define MAX_NAME 255   /* bytes, with the lengths of its labels: RFC 1035 */
#define MAX_LABELS 128 /* of them, with the empty one at the end */
#define ROOM 264       /* for a name, its type and its class */

/* One label at @pos of the question; its length becomes the dot before it. */
static void label(struct cg *cg, LLVMValueRef question, LLVMValueRef slot, LLVMValueRef have,
		  LLVMBasicBlockRef end)
{
	LLVMBasicBlockRef more = cg_block(cg, "label");
	LLVMValueRef pos = cg_load(cg, slot, 8, false), size, at;

	packet_require(cg, below(cg, pos, have));
	/* Old kernels learn nothing from comparing two unknown numbers. */
	at = cg_offset_by(cg, question, and(cg, cg_opaque(cg, pos), MAX_NAME));
	size = cg_load(cg, at, 1, false);
	cg_branch(cg, size, more, end);
	cg_at(cg, more);
	packet_require(cg, below(cg, size, cg_int(cg, 64))); /* else it points elsewhere */
	cg_store(cg, at, cg_int(cg, '.'), 1);
	cg_store(cg, slot, add(cg, sum(cg, pos, size), 1), 8);
}

/*
 * The first question with a dot where each label's length was; *@end: where its name ends, of
 * *@have bytes. Absent when there is none, or it is not all there.
 */
static LLVMValueRef question(struct cg *cg, const struct packet_level *l, LLVMValueRef *end,
			     LLVMValueRef *have)
{
	LLVMBasicBlockRef found = cg_block(cg, "name");
	LLVMValueRef start = GET(DNS), memory = cg_temp(cg, ROOM), slot = cg_stack(cg, 8), most;
	struct turns t;

	packet_require(cg, start);
	packet_require(cg, packet_payload_number(cg, l, start, 4, 2));
	start = add(cg, start, HEADER_SIZE);
	packet_require(cg, below(cg, start, GET(DATA_END)));
	*have = minimum(cg, sub(cg, GET(DATA_END), start), cg_int(cg, ROOM));
	packet_payload_bytes(cg, l, memory, start, *have, ROOM);
	most = minimum(cg, *have, cg_int(cg, MAX_NAME));
	cg_store(cg, slot, cg_int(cg, 0), 8);
	turns_begin(cg, &t, MAX_LABELS, cg->f.absent);
	label(cg, memory, slot, most, found);
	cg_jump(cg, t.next);
	turns_end(cg, &t);
	cg_at(cg, found);
	*end = minimum(cg, cg_forget(cg, cg_load(cg, slot, 8, false)), cg_int(cg, MAX_NAME));
	return memory;
}

LLVMValueRef packet_dns_qry_name(CALC_ARGS)
{
	LLVMBasicBlockRef root = cg_block(cg, "root"), other = cg_block(cg, "labels"),
			  done = cg_block(cg, "named");
	LLVMValueRef end, have, memory;

	cg_zero(cg, to, n->type->size);
	memory = question(cg, l, &end, &have);
	cg_branch(cg, end, other, root);
	cg_at(cg, root);
	cg_store(cg, to, cg_text_word(cg, "<Root>", 6, 0), 8);
	cg_jump(cg, done);
	cg_at(cg, other);
	for (uint32_t i = 0; i < n->type->size; i += 8)
		cg_store(cg, cg_offset(cg, to, i),
			 cg_load(cg, cg_offset(cg, memory, 1 + i), 8, false), 8);
	packet_cut(cg, to, n->type->size, 0);
	packet_clean(cg, to, n->type->size);
	cg_jump(cg, done);
	cg_at(cg, done);
	return NULL;
}

/* Two bytes behind the name. */
static LLVMValueRef behind(struct cg *cg, const struct packet_level *l, uint32_t offset)
{
	LLVMValueRef end, have, memory = question(cg, l, &end, &have);

	packet_require(cg, at_most(cg, add(cg, end, 1 + offset + 2), have));
	return cg_bswap(
		cg, cg_load(cg, cg_offset(cg, cg_offset_by(cg, memory, end), 1 + offset), 2, false),
		2);
}

LLVMValueRef packet_dns_qry_type(CALC_ARGS)
{
	UNUSED;
	return behind(cg, l, 0);
}

LLVMValueRef packet_dns_qry_class(CALC_ARGS)
{
	LLVMValueRef class;

	UNUSED;
	class = behind(cg, l, 2);
	return choose(cg, is(cg, GET(MDNS), 0), class, and(cg, class, 0x7fff));
}
