/* SPDX-License-Identifier: Apache-2.0 */
/* value[offset:length]: bytes of a value. */
#include "parser/checker.h"

#include <inttypes.h>

/* Bytes that a value has at most; 0: it has none to slice. */
static uint32_t bytes_in(const struct type *t)
{
	switch ((int)t->kind) {
	case TYPE_BUF:
		return t->size - 4;
	case TYPE_STRING:
	case TYPE_IP6:
		return t->size;
	case TYPE_ARRAY:
		return t->elem->size == 1 ? t->size : 0;
	case TYPE_IP4:
		return 4;
	case TYPE_ETHER:
	case TYPE_MAC:
		return 6;
	case TYPE_INET:
		return 16;
	default:
		return 0;
	}
}

static bool constant(struct checker *c, struct node *n)
{
	if (check_expr(c, n)->kind == TYPE_ERROR)
		return false;
	if (n->literal && type_is_number(n->type) && n->number <= INT32_MAX)
		return true;
	HINT(c, ERR(c, BAD_OPERAND, n->span, "the offset and length of a slice are constant"),
	     "write value[offset:length]");
	return false;
}

const struct type *check_slice(struct checker *c, struct node *n)
{
	const struct type *t = check_expr(c, n->kids[0]);
	uint64_t offset, length;
	uint32_t size;

	if (t->kind == TYPE_ERROR || !constant(c, n->kids[1]) || !constant(c, n->kids[2]))
		return &type_error;
	size = bytes_in(t);
	offset = n->kids[1]->number;
	length = n->kids[2]->number;
	if (!size) {
		ERR(c, BAD_OPERAND, n->span, "'[offset:length]' takes bytes, and this is %s",
		    TYPE_NAME(c, t));
		return &type_error;
	}
	if (length && offset + length <= size)
		return type_buffer(c->arena, length);
	ERR(c, BAD_OPERAND, n->span, "%" PRIu64 " bytes from byte %" PRIu64 " on are not in %s",
	    length, offset, TYPE_NAME(c, t));
	return &type_error;
}
