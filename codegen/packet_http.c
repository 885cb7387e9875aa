/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and responses of HTTP/1, of which only the first bytes are looked at. */
#include "codegen/packet_build.h"

#define SPACE 0x20   /* it, and what is below it, ends a word */
#define SEARCHED 512 /* bytes that the header of a field may begin in */
#define BYTE_ONES 0x0101010101010101u

static LLVMValueRef require_start(struct cg *cg, LLVMValueRef start)
{
	packet_require(cg, start);
	return start;
}

/* The first word of the request. */
static LLVMValueRef method(struct cg *cg, const struct packet_level *l, LLVMValueRef to)
{
	LLVMValueRef start = require_start(cg, GET(HTTP_REQUEST));

	cg_store(cg, to, cg_bswap(cg, packet_payload_number(cg, l, start, 0, 8), 8), 8);
	packet_cut(cg, to, 8, SPACE);
	return start;
}

LLVMValueRef packet_http_method(CALC_ARGS)
{
	(void)n;
	method(cg, l, to);
	return NULL;
}

/* The number of a word's bytes that are letters. */
static LLVMValueRef letters(struct cg *cg, LLVMValueRef word)
{
	word = bits(cg, word, 6, BYTE_ONES);
	return shift(cg, LLVMBuildMul(cg->b, word, cg_int(cg, BYTE_ONES), ""), 56);
}

LLVMValueRef packet_http_uri(CALC_ARGS)
{
	LLVMValueRef word = cg_temp(cg, 8), start = method(cg, l, word), size;

	start = sum(cg, start, add(cg, letters(cg, cg_load(cg, word, 8, false)), 1));
	size = difference(cg, GET(DATA_END), start);
	packet_require(cg, size);
	packet_text(cg, l, to, n->type, start, size);
	packet_cut(cg, to, n->type->size, SPACE);
	packet_require(cg, cg_load(cg, to, 1, false));
	return NULL;
}

/* "\r\nHost:" in letters of any case: 7 of 8 bytes, the first one lowest. */
#define HOST 0x3a74736f680a0d
#define HOST_SIZE 7
#define MAX_BLANKS 4 /* behind it */
#define LOWER 0x00202020200000
#define SEVEN 0xffffffffffffff

#define BLANK_LINE 0x0a0d0a0d /* the headers end there */

/* Where "\r\nHost:" begins in the headers at @text. */
static LLVMValueRef find_host(struct cg *cg, LLVMValueRef text)
{
	LLVMBasicBlockRef found = cg_block(cg, "host");
	LLVMValueRef i, word;
	struct turns t;

	turns_begin(cg, &t, SEARCHED, cg->f.absent);
	i = cg_load(cg, t.count, 8, false);
	word = cg_load(cg, cg_offset_by(cg, text, i), 8, false);
	packet_require(cg, is_not(cg, and(cg, word, UINT32_MAX), BLANK_LINE));
	word = and(cg, either(cg, word, cg_int(cg, LOWER)), SEVEN);
	cg_branch(cg, is(cg, word, HOST), found, t.next);
	turns_end(cg, &t);
	cg_at(cg, found);
	return minimum(cg, cg_forget(cg, cg_load(cg, t.count, 8, false)), cg_int(cg, SEARCHED));
}

LLVMValueRef packet_http_host(CALC_ARGS)
{
	uint32_t room = SEARCHED + HOST_SIZE + MAX_BLANKS + n->type->size;
	LLVMValueRef start = require_start(cg, GET(HTTP_REQUEST)), text = cg_temp(cg, room), at,
		     size;

	cg_zero(cg, text, (room + 7) & ~7u);
	size = minimum(cg, sub(cg, GET(DATA_END), start), cg_int(cg, room));
	packet_payload_bytes(cg, l, text, start, size, room);
	at = cg_offset(cg, cg_offset_by(cg, text, find_host(cg, text)), HOST_SIZE);
	for (uint32_t i = 0; i < MAX_BLANKS; i++)
		at = cg_offset_by(cg, at, cg_widen(cg, is(cg, cg_load(cg, at, 1, false), ' ')));
	for (uint32_t i = 0; i < n->type->size; i += 8)
		cg_store(cg, cg_offset(cg, to, i), cg_load(cg, cg_offset(cg, at, i), 8, false), 8);
	packet_cut(cg, to, n->type->size, SPACE);
	packet_require(cg, cg_load(cg, to, 1, false));
	return NULL;
}

/* i1: all of the low 3 bytes are digits. */
static LLVMValueRef are_digits(struct cg *cg, LLVMValueRef v)
{
	LLVMValueRef low = is(cg, and(cg, v, 0xf0f0f0), 0x303030);

	return both(cg, low, is(cg, and(cg, add(cg, and(cg, v, 0x0f0f0f), 0x060606), 0xf0f0f0), 0));
}

/* "HTTP/1.1 200" */
LLVMValueRef packet_http_code(CALC_ARGS)
{
	LLVMValueRef start = require_start(cg, GET(HTTP_RESPONSE)), v, code;

	UNUSED;
	packet_require(cg, at_most(cg, add(cg, start, 12), GET(DATA_END)));
	v = packet_payload_number(cg, l, start, 8, 4);
	packet_require(cg, both(cg, is(cg, shift(cg, v, 24), ' '), are_digits(cg, v)));
	code = LLVMBuildMul(cg->b, bits(cg, v, 16, 15), cg_int(cg, 100), "");
	code = sum(cg, code, LLVMBuildMul(cg->b, bits(cg, v, 8, 15), cg_int(cg, 10), ""));
	return sum(cg, code, bits(cg, v, 0, 15));
}
