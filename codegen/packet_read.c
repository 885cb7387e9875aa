/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading packets and the kernel's structures. In tracing programs an address is cast to a type
 * that the verifier lets a program load from (bpf_rdonly_cast, Linux 6.2): a load that faults gives
 * 0. Older kernels copy with bpf_probe_read_kernel(), programs of devices with the helper that
 * knows about page fragments.
 */
#include "codegen/cg.h"
#include "codegen/kfunc.h"

bool packet_in_memory(const struct cg *cg)
{
	return cg->f.packet.source->place < PACKET_FRAME;
}

/* A pointer to type @id that is @at bytes before where loads begin. */
static LLVMValueRef cast(struct cg *cg, LLVMValueRef address, uint32_t id)
{
	return kfunc_call(cg, cg->plan->packet->cast, 2, address, cg_int(cg, id));
}

static LLVMValueRef probe(struct cg *cg, LLVMValueRef address, uint32_t offset, uint32_t size)
{
	LLVMValueRef temp = cg_temp(cg, 8);

	HELPER(cg, probe_read_kernel, 3, temp, LLVMConstInt(cg->i32, size, false),
	       LLVMBuildAdd(cg->b, address, cg_int(cg, offset), ""));
	return cg_load(cg, temp, size, false);
}

static enum bpf_func_id load_bytes(const struct cg *cg)
{
	return cg->f.packet.source->place == PACKET_XDP ? BPF_FUNC_xdp_load_bytes
							: BPF_FUNC_skb_load_bytes;
}

static LLVMValueRef load(struct cg *cg, LLVMValueRef position, uint32_t offset, uint32_t size)
{
	LLVMValueRef temp = cg_temp(cg, 8);

	cg_helper(cg, load_bytes(cg), false, 4, cg->f.ctx,
		  LLVMBuildAdd(cg->b, position, cg_int(cg, offset), ""), temp,
		  LLVMConstInt(cg->i32, size, false));
	return cg_load(cg, temp, size, false);
}

LLVMValueRef packet_raw(struct cg *cg, LLVMValueRef position, uint32_t offset, uint32_t size)
{
	const struct packet_kernel *k = cg->plan->packet;

	if (!packet_in_memory(cg))
		return load(cg, position, offset, size);
	if (!k->cast)
		return probe(cg, position, offset, size);
	position = LLVMBuildSub(cg->b, position, cg_int(cg, k->bytes_offset), "");
	return cg_load(cg, cg_offset(cg, cast(cg, position, k->bytes), k->bytes_offset + offset),
		       size, false);
}

LLVMValueRef packet_number(struct cg *cg, LLVMValueRef position, uint32_t offset, uint32_t size)
{
	LLVMValueRef v = packet_raw(cg, position, offset, size);

	return size > 1 ? cg_bswap(cg, v, size) : v;
}

/* @size is at least 1 and at most @max, so that the verifier sees it: less 1, at most, plus 1. */
static LLVMValueRef bounded(struct cg *cg, LLVMValueRef size, uint32_t max)
{
	LLVMValueRef one = cg_int(cg, 1), most = cg_int(cg, max - 1), over;

	size = LLVMBuildSub(cg->b, size, one, "");
	over = LLVMBuildICmp(cg->b, LLVMIntUGT, size, most, "");
	size = LLVMBuildAdd(cg->b, LLVMBuildSelect(cg->b, over, most, size, ""), one, "");
	return LLVMBuildTrunc(cg->b, size, cg->i32, "");
}

static void copy(struct cg *cg, LLVMValueRef to, LLVMValueRef position, LLVMValueRef size)
{
	if (packet_in_memory(cg))
		HELPER(cg, probe_read_kernel, 3, to, size, position);
	else
		cg_helper(cg, load_bytes(cg), false, 4, cg->f.ctx, position, to, size);
}

void packet_bytes(struct cg *cg, LLVMValueRef to, LLVMValueRef position, LLVMValueRef size,
		  uint32_t max)
{
	copy(cg, to, position, bounded(cg, size, max));
}

/* ---- page fragments ---- */

/*
 * Bytes of a typed program's packet wherever they are: behind the linear part positions go on as
 * if there were no end.
 */
static void fragments(struct cg *cg, LLVMValueRef to, LLVMValueRef position, LLVMValueRef size)
{
	struct packet_frame *f = &cg->f.packet;
	LLVMBasicBlockRef there = cg_block(cg, "skb"), done = cg_block(cg, "fragments");
	LLVMValueRef skb =
		LLVMBuildLoad2(cg->b, cg->ptr, cg_offset(cg, cg->f.ctx, f->source->skb.offset), "");

	if (!f->dynptr)
		f->dynptr = cg_stack(cg, 16);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, skb), done, there);
	cg_at(cg, there);
	kfunc_run(cg, cg->plan->packet->dynptr, 3, skb, cg_int(cg, 0), f->dynptr);
	position = LLVMBuildSub(cg->b, position, packet_member(cg, MEMBER_data), "");
	HELPER(cg, dynptr_read, 5, to, size, f->dynptr,
	       LLVMBuildTrunc(cg->b, position, cg->i32, ""), cg_int(cg, 0));
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* Where the blocks are for bytes in the linear part, for others, and behind both. */
struct parts {
	LLVMBasicBlockRef linear, other, done;
};

static struct parts in_parts(struct cg *cg, const struct packet_level *l, LLVMValueRef end)
{
	struct parts p = { cg_block(cg, "linear"), cg_block(cg, "not_linear"),
			   cg_block(cg, "read") };

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULE, end, packet_get(cg, l, SLOT_END), ""),
		  p.linear, p.other);
	return p;
}

LLVMValueRef packet_end(struct cg *cg, const struct packet_level *l)
{
	return packet_get(cg, l, cg->f.packet.source->fragments ? SLOT_TRUE_END : SLOT_END);
}

LLVMValueRef packet_payload_number(struct cg *cg, const struct packet_level *l,
				   LLVMValueRef position, uint32_t offset, uint32_t size)
{
	LLVMBasicBlockRef from[2];
	LLVMValueRef values[2], temp;
	struct parts p;

	if (!cg->f.packet.source->fragments)
		return packet_number(cg, position, offset, size);
	position = LLVMBuildAdd(cg->b, position, cg_int(cg, offset), "");
	temp = cg_temp(cg, 8);
	p = in_parts(cg, l, LLVMBuildAdd(cg->b, position, cg_int(cg, size), ""));
	cg_at(cg, p.linear);
	values[0] = packet_number(cg, position, 0, size);
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, p.done);
	cg_at(cg, p.other);
	cg_store(cg, temp, cg_int(cg, 0), 8);
	fragments(cg, temp, position, LLVMConstInt(cg->i32, size, false));
	values[1] = cg_load(cg, temp, size, false);
	if (size > 1)
		values[1] = cg_bswap(cg, values[1], size);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, p.done);
	cg_at(cg, p.done);
	return cg_phi(cg, values, from, 2);
}

void packet_payload_bytes(struct cg *cg, const struct packet_level *l, LLVMValueRef to,
			  LLVMValueRef position, LLVMValueRef size, uint32_t max)
{
	struct parts p;

	if (!cg->f.packet.source->fragments) {
		packet_bytes(cg, to, position, size, max);
		return;
	}
	p = in_parts(cg, l, LLVMBuildAdd(cg->b, position, size, ""));
	cg_at(cg, p.linear);
	packet_bytes(cg, to, position, size, max);
	cg_jump(cg, p.done);
	cg_at(cg, p.other);
	fragments(cg, to, position, bounded(cg, size, max));
	cg_jump(cg, p.done);
	cg_at(cg, p.done);
}

bool packet_has_member(const struct cg *cg, enum packet_member m)
{
	return cg->plan->packet->members[m] != NULL;
}

LLVMValueRef packet_load(struct cg *cg, LLVMValueRef address, LLVMValueRef known, uint32_t id,
			 const struct field *f)
{
	const struct type *t = f->type;
	LLVMValueRef v;

	if (!known && cg->plan->packet->cast)
		known = cast(cg, address, id);
	v = known ? cg_load(cg, cg_offset(cg, known, f->offset), t->size, t->is_signed)
		  : probe(cg, address, f->offset, t->size);
	return f->bit_size ? place_bits(cg, f, v) : v;
}

/* struct skb_shared_info is where the packet's linear part ends: skb_end_pointer(). */
static LLVMValueRef shared_info(struct cg *cg)
{
	return LLVMBuildAdd(cg->b, packet_member(cg, MEMBER_head), packet_member(cg, MEMBER_end),
			    "");
}

LLVMValueRef packet_member(struct cg *cg, enum packet_member m)
{
	const struct packet_kernel *k = cg->plan->packet;
	const struct field *f = k->members[m];
	LLVMValueRef v;

	if (m >= MEMBER_ctx_len)
		return cg_load(cg, cg_offset(cg, cg->f.ctx, f->offset), f->type->size,
			       f->type->is_signed);
	if (m == MEMBER_dev_type)
		return packet_load(cg, packet_member(cg, MEMBER_dev), NULL, k->net_device, f);
	if (m >= MEMBER_gso_size)
		return packet_load(cg, shared_info(cg), NULL, k->shared_info, f);
	v = packet_load(cg, cg->f.packet.skb, cg->f.packet.skb_ptr, k->sk_buff, f);
	/* New kernels take a pointer to bytes, and what it is added to, for memory. */
	return f->type->kind == TYPE_PTR ? cg_scalar(cg, v) : v;
}

LLVMValueRef packet_control(struct cg *cg, uint32_t i)
{
	const struct field *f = cg->plan->packet->members[MEMBER_ctx_cb];

	return cg_load(cg, cg_offset(cg, cg->f.ctx, f->offset + 4 * i), 4, false);
}

/* Text of a member: of an array of characters, which may be full. */
static void read_text(struct cg *cg, LLVMValueRef address, const struct field *f,
		      const struct type *t, LLVMValueRef to)
{
	cg_zero(cg, to, t->size);
	HELPER(cg, probe_read_kernel_str, 3, to,
	       LLVMConstInt(cg->i32, f->type->size < t->size ? f->type->size : t->size, false),
	       LLVMBuildAdd(cg->b, address, cg_int(cg, f->offset), ""));
}

LLVMValueRef packet_path(struct cg *cg, const struct packet_path *p, const struct type *t,
			 LLVMValueRef to)
{
	LLVMValueRef at = cg->f.packet.skb, known = cg->f.packet.skb_ptr, v;

	for (uint32_t i = 0; i + 1 < p->nsteps; i++) {
		at = packet_load(cg, at, known, p->steps[i].btf_id, p->steps[i].field);
		packet_require(cg, at);
		known = NULL;
	}
	if (to) {
		read_text(cg, at, p->steps[p->nsteps - 1].field, t, to);
		return NULL;
	}
	v = packet_load(cg, at, known, p->steps[p->nsteps - 1].btf_id,
			p->steps[p->nsteps - 1].field);
	if (p->zero_absent)
		packet_require(cg, v);
	return v;
}
