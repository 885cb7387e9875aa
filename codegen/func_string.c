/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Strings. They are padded with zeros, so they are compared 8 bytes at a time, and the bytes
 * that are not zero are as many as the string has.
 */
#include "codegen/cg.h"

#include <string.h>

#define HIGH_BITS 0x8080808080808080u
#define LOW_BITS 0x7f7f7f7f7f7f7f7fu
#define ONES 0x0101010101010101u
#define MAX_WORDS 128  /* of a string */
#define SHORT 64       /* bytes whose words are counted one by one */
#define LENGTH 4       /* bytes before those of a buffer */
#define IN_SCRATCH 144 /* what is so large is never on the stack */

/* 0x80 in each byte of @v that is not zero. */
static LLVMValueRef used_bytes(struct cg *cg, LLVMValueRef v)
{
	LLVMValueRef low = LLVMBuildAnd(cg->b, v, cg_int(cg, LOW_BITS), "");

	low = LLVMBuildAdd(cg->b, low, cg_int(cg, LOW_BITS), "");
	return LLVMBuildAnd(cg->b, LLVMBuildOr(cg->b, low, v, ""), cg_int(cg, HIGH_BITS), "");
}

/* The number of bytes that a short string's words use. */
static LLVMValueRef count_bytes(struct cg *cg, LLVMValueRef at, uint32_t size)
{
	LLVMValueRef sum = cg_int(cg, 0);

	for (uint32_t i = 0; i < size; i += 8) {
		LLVMValueRef v = used_bytes(cg, cg_load(cg, cg_offset(cg, at, i), 8, false));

		v = LLVMBuildLShr(cg->b, v, cg_int(cg, 7), "");
		v = LLVMBuildMul(cg->b, v, cg_int(cg, ONES), "");
		sum = LLVMBuildAdd(cg->b, sum, LLVMBuildLShr(cg->b, v, cg_int(cg, 56), ""), "");
	}
	return sum;
}

/* A long string is read once more: the helper says how many bytes there were. */
LLVMValueRef cg_string_length(struct cg *cg, LLVMValueRef at, uint32_t size)
{
	LLVMValueRef n, positive;

	if (size <= SHORT)
		return count_bytes(cg, at, size);
	n = HELPER(cg, probe_read_kernel_str, 3, cg_temp(cg, size),
		   LLVMConstInt(cg->i32, size, false), at);
	positive = LLVMBuildICmp(cg->b, LLVMIntSGT, n, cg_int(cg, 0), "");
	n = LLVMBuildSub(cg->b, n, cg_int(cg, 1), "");
	return LLVMBuildSelect(cg->b, positive, n, cg_int(cg, 0), "");
}

LLVMValueRef func_strlen(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return cg_string_length(cg, emit_address(cg, n->kids[0]), n->kids[0]->type->size);
}

/* BPF's own instruction for it. */
LLVMValueRef cg_bswap(struct cg *cg, LLVMValueRef v, uint32_t size)
{
	LLVMTypeRef type = size == 2 ? cg->i16 : size == 4 ? cg->i32 : cg->i64;
	unsigned int id = LLVMLookupIntrinsicID("llvm.bswap", 10);
	LLVMValueRef f = LLVMGetIntrinsicDeclaration(cg->module, id, &type, 1);

	if (size < 8)
		v = LLVMBuildTrunc(cg->b, v, type, "");
	v = LLVMBuildCall2(cg->b, LLVMIntrinsicGetType(cg->context, id, &type, 1), f, &v, 1, "");
	return cg_widen(cg, v);
}

/* 8 bytes of a value from byte @i on, zero where it has ended. */
static LLVMValueRef word_at(struct cg *cg, LLVMValueRef at, uint32_t size, uint32_t i)
{
	return i < size ? cg_load(cg, cg_offset(cg, at, i), 8, false) : cg_int(cg, 0);
}

/* Two values in memory. */
struct pair {
	LLVMValueRef a, b;
	uint32_t size_a, size_b;
};

/* The order of two words whose first bytes are the lowest: -1 or 1. */
static LLVMValueRef order(struct cg *cg, LLVMValueRef x, LLVMValueRef y)
{
	LLVMValueRef less;

	less = LLVMBuildICmp(cg->b, LLVMIntULT, cg_bswap(cg, x, 8), cg_bswap(cg, y, 8), "");
	return LLVMBuildSelect(cg->b, less, cg_int(cg, -1), cg_int(cg, 1), "");
}

/* -1, 0 or 1 by the first of @n bytes that differs. */
static LLVMValueRef compare(struct cg *cg, const struct pair *p, uint64_t n)
{
	LLVMBasicBlockRef differ = cg_block(cg, "differ"), done = cg_block(cg, "done"), next;
	LLVMBasicBlockRef from[MAX_WORDS], ends[2];
	LLVMValueRef x[MAX_WORDS], y[MAX_WORDS], values[2] = { cg_int(cg, 0) }, phi[2];
	uint32_t count = 0;

	for (uint32_t i = 0; i < n && (i < p->size_a || i < p->size_b); i += 8, count++) {
		uint64_t keep = n - i < 8 ? (1ull << (n - i) * 8) - 1 : UINT64_MAX;

		next = cg_block(cg, "next");
		x[count] = word_at(cg, p->a, p->size_a, i);
		x[count] = LLVMBuildAnd(cg->b, x[count], cg_int(cg, keep), "");
		y[count] = word_at(cg, p->b, p->size_b, i);
		y[count] = LLVMBuildAnd(cg->b, y[count], cg_int(cg, keep), "");
		from[count] = LLVMGetInsertBlock(cg->b);
		cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntEQ, x[count], y[count], ""), next,
			  differ);
		cg_at(cg, next);
	}
	ends[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, differ);
	phi[0] = LLVMBuildPhi(cg->b, cg->i64, "");
	phi[1] = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi[0], x, from, count);
	LLVMAddIncoming(phi[1], y, from, count);
	values[1] = order(cg, phi[0], phi[1]);
	ends[1] = differ;
	cg_jump(cg, done);
	cg_at(cg, done);
	phi[0] = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi[0], values, ends, 2);
	return phi[0];
}

LLVMValueRef func_strncmp(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *a = n->kids[0], *b = n->kids[1];
	struct pair p = { emit_address(cg, a), emit_address(cg, b), a->type->size, b->type->size };

	(void)to;
	return compare(cg, &p, n->kids[2]->number);
}

/* @n bytes of what a value is or points at, in whole words. */
static LLVMValueRef bytes_of(struct cg *cg, const struct node *n, uint32_t size)
{
	LLVMValueRef to, at;

	if (n->type->kind != TYPE_PTR)
		return emit_address(cg, n);
	at = emit_expr(cg, n, NULL);
	to = cg_temp(cg, size);
	cg_zero(cg, to, (size + 7) & ~7u);
	cg_read(cg, cg_space(cg, n), to, LLVMConstInt(cg->i32, size, false), at);
	return to;
}

LLVMValueRef func_memcmp(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	uint32_t size = n->kids[2]->number;
	struct pair p = { bytes_of(cg, n->kids[0], size), bytes_of(cg, n->kids[1], size), size,
			  size };

	(void)to;
	return compare(cg, &p, size);
}

/* A copy in scratch memory, where a byte's place may be computed, with @more zeros after it. */
static LLVMValueRef movable(struct cg *cg, const struct node *n, uint32_t more)
{
	uint32_t size = n->type->size + more;
	LLVMValueRef at = cg_temp(cg, size < IN_SCRATCH ? IN_SCRATCH : size);

	emit_to(cg, n, at, n->type);
	cg_zero(cg, cg_offset(cg, at, n->type->size), more);
	return at;
}

/* Of a word, the first @length bytes. */
static uint64_t mask_of(uint32_t length)
{
	return length < 8 ? (1ull << length * 8) - 1 : UINT64_MAX;
}

/* What is looked for: a literal, or words at @at and, at @masks, which of their bytes count. */
struct part {
	const char *literal; /* NULL: none */
	uint32_t length;     /* of it */
	LLVMValueRef at, masks;
	uint32_t count; /* words */
};

/* A literal as words and masks: bytes behind its end do not count. */
static void store_part(struct cg *cg, struct part *p)
{
	p->at = cg_temp(cg, 8 * p->count);
	p->masks = cg_temp(cg, 8 * p->count);
	cg_text(cg, p->at, p->literal, p->length, 8 * p->count);
	for (uint32_t i = 0; i < p->count; i++)
		cg_store(cg, cg_offset(cg, p->masks, 8 * i), cg_int(cg, mask_of(p->length - 8 * i)),
			 8);
	p->literal = NULL;
}

static void take_part(struct cg *cg, const struct node *n, struct part *p)
{
	uint32_t head = n->type->kind == TYPE_BUF ? LENGTH : 0;

	*p = (struct part){ .length = n->type->size };
	if (n->kind == NODE_STRING) {
		p->literal = n->text + head;
		p->length = n->length - head;
	}
	p->count = (p->length + 7) / 8;
	if (p->literal)
		return;
	p->at = emit_address(cg, n);
	p->masks = cg_temp(cg, 8 * p->count);
	for (uint32_t i = 0; i < p->count; i++) {
		LLVMValueRef used = used_bytes(cg, word_at(cg, p->at, n->type->size, 8 * i));

		used = LLVMBuildLShr(cg->b, used, cg_int(cg, 7), "");
		cg_store(cg, cg_offset(cg, p->masks, 8 * i),
			 LLVMBuildMul(cg->b, used, cg_int(cg, 255), ""), 8);
	}
}

/* What is wrong with word @i of the part standing at @at; 0: nothing. */
static LLVMValueRef mismatch_word(struct cg *cg, const struct part *p, LLVMValueRef at, uint32_t i)
{
	LLVMValueRef x = cg_load(cg, cg_offset(cg, at, 8 * i), 8, false), word, mask;
	uint32_t length = p->length - 8 * i;
	uint64_t bytes = 0;

	if (p->literal) {
		length = length < 8 ? length : 8;
		memcpy(&bytes, p->literal + 8 * i, length);
		word = cg_int(cg, bytes);
		mask = cg_int(cg, mask_of(length));
	} else {
		word = cg_load(cg, cg_offset(cg, p->at, 8 * i), 8, false);
		mask = cg_load(cg, cg_offset(cg, p->masks, 8 * i), 8, false);
	}
	return LLVMBuildAnd(cg->b, LLVMBuildXor(cg->b, x, word, ""), mask, "");
}

/*
 * 1 (i1) when the part stands at byte @i of a text, or of a buffer, which then does not end before
 * it does.
 */
static LLVMValueRef stands_at(struct cg *cg, const struct part *p, LLVMValueRef at, LLVMValueRef i,
			      uint32_t head)
{
	LLVMValueRef place = cg_offset_by(cg, cg_offset(cg, at, head), i), left;
	struct cg_exit e;

	cg_exit_begin(cg, &e);
	for (uint32_t word = 0; word < p->count; word++)
		cg_exit_word(cg, &e, mismatch_word(cg, p, place, word));
	if (head) {
		left = LLVMBuildSub(cg->b, cg_load(cg, at, head, false), i, "");
		left = LLVMBuildSub(cg->b, left, cg_int(cg, p->length), "");
		cg_exit_word(cg, &e, LLVMBuildLShr(cg->b, left, cg_int(cg, 63), ""));
	}
	return cg_exit_end(cg, &e);
}

/* What is the same for all searches that share a function. */
struct search {
	uint32_t size, head; /* of the text */
	uint32_t length;     /* of the part */
};

enum { FIND_RESULT, FIND_TEXT, FIND_PART, FIND_MASKS, FIND_POINTERS };

static void try_place(struct cg *cg, const void *what, LLVMValueRef i, LLVMValueRef *pointers)
{
	const struct search *s = what;
	const struct part p = { .length = s->length,
				.count = (s->length + 7) / 8,
				.at = pointers[FIND_PART],
				.masks = pointers[FIND_MASKS] };
	LLVMBasicBlockRef inside = cg_block(cg, "inside"), found = cg_block(cg, "found"),
			  next = cg_block(cg, "next");

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, i, cg_int(cg, s->size), ""), inside, next);
	cg_at(cg, inside);
	cg_branch(cg, stands_at(cg, &p, pointers[FIND_TEXT], i, s->head), found, next);
	cg_at(cg, found);
	cg_store(cg, pointers[FIND_RESULT], i, 8);
	cg_jump(cg, cg->f.leave);
	cg_at(cg, next);
}

/* The places of a long text, by a function that all such searches share. */
static LLVMValueRef find_called(struct cg *cg, const struct node *text, const struct node *part)
{
	struct search s = { .head = text->type->kind == TYPE_BUF ? LENGTH : 0 };
	LLVMValueRef pointers[FIND_POINTERS], at, turns;
	struct part p;

	take_part(cg, part, &p);
	if (p.literal)
		store_part(cg, &p);
	s.size = text->type->size - s.head;
	s.length = p.length;
	pointers[FIND_RESULT] = cg_temp(cg, 8);
	pointers[FIND_TEXT] = at = movable(cg, text, p.count * 8);
	pointers[FIND_PART] = p.at;
	pointers[FIND_MASKS] = p.masks;
	turns = s.head ? cg_load(cg, at, LENGTH, false) : cg_string_length(cg, at, s.size);
	turns = LLVMBuildAdd(cg->b, turns, cg_int(cg, 1), "");
	cg_store(cg, pointers[FIND_RESULT], cg_int(cg, -1), 8);
	cg_called(cg, arena_printf(cg->arena, "find_%u_%u_%u", s.size, s.head, s.length), turns,
		  pointers, FIND_POINTERS, try_place, &s);
	return cg_load(cg, pointers[FIND_RESULT], 8, true);
}

/* The places of a short text, one after the other. */
static LLVMValueRef find_here(struct cg *cg, const struct node *text, const struct node *part)
{
	LLVMBasicBlockRef test = cg_block(cg, "test"), next = cg_block(cg, "next"),
			  done = cg_block(cg, "done"), from[2];
	LLVMValueRef at, slot = cg_stack(cg, 8), i, is, values[2];
	uint32_t head = text->type->kind == TYPE_BUF ? LENGTH : 0;
	struct part p;

	take_part(cg, part, &p);
	at = movable(cg, text, p.count * 8);
	cg_store(cg, slot, cg_int(cg, 0), 8);
	cg_jump(cg, test);
	cg_at(cg, test);
	i = cg_load(cg, slot, 8, false);
	is = stands_at(cg, &p, at, i, head);
	cg_branch(cg, is, done, next);
	values[0] = i;
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_at(cg, next);
	i = LLVMBuildAdd(cg->b, i, cg_int(cg, 1), "");
	cg_store(cg, slot, i, 8);
	values[1] = cg_int(cg, -1);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, i, cg_int(cg, text->type->size - head), ""),
		  test, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

/* Where @part is in @text, or -1. */
static LLVMValueRef find(struct cg *cg, const struct node *text, const struct node *part)
{
	bool many = text->type->size > SHORT || cg->forks_much;

	return many && cg_can_call(cg) ? find_called(cg, text, part) : find_here(cg, text, part);
}

LLVMValueRef func_strstr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return find(cg, n->kids[0], n->kids[1]);
}

LLVMValueRef cg_contains(struct cg *cg, const struct node *whole, const struct node *part)
{
	return LLVMBuildICmp(cg->b, LLVMIntSGE, find(cg, whole, part), cg_int(cg, 0), "");
}

LLVMValueRef func_strcontains(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return cg_widen(cg, cg_contains(cg, n->kids[0], n->kids[1]));
}

/* The second string is read to where the first one ends. */
LLVMValueRef func_str_concat(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	uint32_t a = n->kids[0]->type->size, b = n->kids[1]->type->size;
	LLVMValueRef at = movable(cg, n->kids[0], b), second = emit_address(cg, n->kids[1]), end;
	LLVMValueRef larger;

	end = cg_string_length(cg, at, a);
	larger = LLVMBuildICmp(cg->b, LLVMIntUGT, end, cg_int(cg, a), "");
	end = LLVMBuildSelect(cg->b, larger, cg_int(cg, a), end, "");
	HELPER(cg, probe_read_kernel_str, 3, cg_offset_by(cg, at, end),
	       LLVMConstInt(cg->i32, b, false), second);
	cg_copy(cg, to, at, n->type->size);
	return NULL;
}
