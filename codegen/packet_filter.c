/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pcap(): classic BPF, as linux/filter.h has it, to LLVM IR. Each instruction is a block; the two
 * registers and the memory are slots. As in classic BPF the packet is refused when a load is
 * outside of it, or something is divided by zero.
 */
#include <linux/filter.h>

#include "codegen/cg.h"
#include "codegen/packet.h"

struct filtering {
	struct cg *cg;
	LLVMValueRef a, x, result, memory[BPF_MEMWORDS]; /* memory: NULL until it is used */
	LLVMValueRef start, end, length;
	LLVMBasicBlockRef *blocks; /* of the instructions */
	LLVMBasicBlockRef refuse, done;
};

static LLVMValueRef get(struct filtering *f, LLVMValueRef slot)
{
	return cg_load(f->cg, slot, 8, false);
}

/* Registers have 32 bits. */
static void set(struct filtering *f, LLVMValueRef slot, LLVMValueRef v)
{
	cg_store(f->cg, slot, LLVMBuildAnd(f->cg->b, v, cg_int(f->cg, UINT32_MAX), ""), 8);
}

static LLVMValueRef memory(struct filtering *f, uint32_t k)
{
	k %= BPF_MEMWORDS;
	if (!f->memory[k])
		f->memory[k] = cg_stack(f->cg, 8);
	return f->memory[k];
}

/* Goes on where @condition is true. */
static void require(struct filtering *f, LLVMValueRef condition)
{
	LLVMBasicBlockRef go = cg_block(f->cg, "inside");

	cg_branch(f->cg, condition, go, f->refuse);
	cg_at(f->cg, go);
}

/* @size bytes of the packet from @offset on, which has at most 33 bits. */
static LLVMValueRef load(struct filtering *f, LLVMValueRef offset, uint32_t size)
{
	struct cg *cg = f->cg;
	LLVMValueRef at = LLVMBuildAdd(cg->b, f->start, offset, "");
	LLVMValueRef behind = LLVMBuildAdd(cg->b, at, cg_int(cg, size), "");

	require(f, LLVMBuildICmp(cg->b, LLVMIntULE, behind, f->end, ""));
	return packet_number(cg, at, 0, size);
}

static uint32_t load_size(uint16_t code)
{
	return BPF_SIZE(code) == BPF_W ? 4 : BPF_SIZE(code) == BPF_H ? 2 : 1;
}

static LLVMValueRef loaded(struct filtering *f, const struct pcaplib_insn *in)
{
	struct cg *cg = f->cg;
	LLVMValueRef k = cg_int(cg, in->k), v;

	switch (BPF_MODE(in->code)) {
	case BPF_IMM:
		return k;
	case BPF_MEM:
		return get(f, memory(f, in->k));
	case BPF_LEN:
		return f->length;
	case BPF_IND:
		return load(f, LLVMBuildAdd(cg->b, get(f, f->x), k, ""), load_size(in->code));
	case BPF_MSH: /* bytes of an IPv4 header */
		v = LLVMBuildAnd(cg->b, load(f, k, 1), cg_int(cg, 0xf), "");
		return LLVMBuildShl(cg->b, v, cg_int(cg, 2), "");
	default: /* BPF_ABS */
		return load(f, k, load_size(in->code));
	}
}

static LLVMValueRef operand(struct filtering *f, const struct pcaplib_insn *in)
{
	return BPF_SRC(in->code) == BPF_X ? get(f, f->x) : cg_int(f->cg, in->k);
}

static LLVMValueRef computed(struct filtering *f, const struct pcaplib_insn *in)
{
	LLVMBuilderRef b = f->cg->b;
	LLVMValueRef a = get(f, f->a), v = operand(f, in), bits;

	bits = LLVMBuildAnd(b, v, cg_int(f->cg, 31), "");
	switch (BPF_OP(in->code)) {
	case BPF_ADD:
		return LLVMBuildAdd(b, a, v, "");
	case BPF_SUB:
		return LLVMBuildSub(b, a, v, "");
	case BPF_MUL:
		return LLVMBuildMul(b, a, v, "");
	case BPF_AND:
		return LLVMBuildAnd(b, a, v, "");
	case BPF_OR:
		return LLVMBuildOr(b, a, v, "");
	case BPF_XOR:
		return LLVMBuildXor(b, a, v, "");
	case BPF_LSH:
		return LLVMBuildShl(b, a, bits, "");
	case BPF_RSH:
		return LLVMBuildLShr(b, a, bits, "");
	case BPF_NEG:
		return LLVMBuildNeg(b, a, "");
	default: /* BPF_DIV, BPF_MOD */
		require(f, v);
		return BPF_OP(in->code) == BPF_DIV ? LLVMBuildUDiv(b, a, v, "")
						   : LLVMBuildURem(b, a, v, "");
	}
}

static void jump(struct filtering *f, const struct pcaplib_insn *in, uint32_t next)
{
	LLVMValueRef a = get(f, f->a), v = operand(f, in), condition;

	switch (BPF_OP(in->code)) {
	case BPF_JA:
		cg_jump(f->cg, f->blocks[next + in->k]);
		return;
	case BPF_JEQ:
		condition = LLVMBuildICmp(f->cg->b, LLVMIntEQ, a, v, "");
		break;
	case BPF_JGT:
		condition = LLVMBuildICmp(f->cg->b, LLVMIntUGT, a, v, "");
		break;
	case BPF_JGE:
		condition = LLVMBuildICmp(f->cg->b, LLVMIntUGE, a, v, "");
		break;
	default: /* BPF_JSET */
		condition = LLVMBuildAnd(f->cg->b, a, v, "");
		break;
	}
	cg_branch(f->cg, condition, f->blocks[next + in->jt], f->blocks[next + in->jf]);
}

/* Instruction @i; true when the next one follows it. */
static bool instruction(struct filtering *f, const struct pcaplib_insn *in, uint32_t i)
{
	LLVMValueRef v;

	switch (BPF_CLASS(in->code)) {
	case BPF_LD:
		set(f, f->a, loaded(f, in));
		return true;
	case BPF_LDX:
		set(f, f->x, loaded(f, in));
		return true;
	case BPF_ST:
		set(f, memory(f, in->k), get(f, f->a));
		return true;
	case BPF_STX:
		set(f, memory(f, in->k), get(f, f->x));
		return true;
	case BPF_ALU:
		set(f, f->a, computed(f, in));
		return true;
	case BPF_JMP:
		jump(f, in, i + 1);
		return false;
	case BPF_RET:
		v = BPF_RVAL(in->code) == BPF_A ? get(f, f->a) : cg_int(f->cg, in->k);
		v = LLVMBuildICmp(f->cg->b, LLVMIntNE, v, cg_int(f->cg, 0), "");
		cg_store(f->cg, f->result, cg_widen(f->cg, v), 8);
		cg_jump(f->cg, f->done);
		return false;
	default: /* BPF_MISC */
		if (BPF_MISCOP(in->code) == BPF_TAX)
			set(f, f->x, get(f, f->a));
		else
			set(f, f->a, get(f, f->x));
		return true;
	}
}

/* Leaves 1 in f->result when the packet passes; a filter that does not compile lets none pass. */
static void emit_filter(struct filtering *f, const struct pcaplib_program *p)
{
	struct cg *cg = f->cg;

	f->blocks = arena_alloc(cg->arena, (p->count + 1) * sizeof(*f->blocks));
	for (uint32_t i = 0; i < p->count; i++)
		f->blocks[i] = cg_block(cg, "insn");
	f->blocks[p->count] = f->refuse;
	cg_jump(cg, f->blocks[0]);
	for (uint32_t i = 0; i < p->count; i++) {
		cg_at(cg, f->blocks[i]);
		if (instruction(f, &p->insns[i], i))
			cg_jump(cg, f->blocks[i + 1]);
	}
}

static LLVMValueRef new_slot(struct cg *cg)
{
	LLVMValueRef slot = cg_stack(cg, 8);

	cg_store(cg, slot, cg_int(cg, 0), 8);
	return slot;
}

LLVMValueRef func_pcap(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct filter *filter = n->kids[0]->is.filter;
	const struct packet_level *l = &cg->f.packet.level[0];
	LLVMBasicBlockRef ethernet = cg_block(cg, "ethernet"), network = cg_block(cg, "network");
	struct filtering f = { .cg = cg,
			       .refuse = cg_block(cg, "refuse"),
			       .done = cg_block(cg, "done") };

	(void)to;
	f.length = emit_expr(cg, n->kids[0]->kids[0], NULL);
	f.start = packet_get(cg, l, SLOT_START);
	f.end = packet_get(cg, l, SLOT_END);
	f.a = new_slot(cg);
	f.x = new_slot(cg);
	f.result = new_slot(cg);
	cg_branch(cg, packet_has_link(cg, l), ethernet, network);
	cg_at(cg, ethernet);
	emit_filter(&f, &filter->ethernet);
	cg_at(cg, network);
	emit_filter(&f, &filter->network);
	cg_at(cg, f.refuse);
	cg_jump(cg, f.done);
	cg_at(cg, f.done);
	return get(&f, f.result);
}
