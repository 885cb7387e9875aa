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

#define MAX_OFFSET 65535 /* of bytes in a payload */

/* A slice of the payload is read from the packet, wherever in it. */
static const struct type *slice_payload(struct checker *c, struct node *n)
{
	const struct config_row *most = &config_rows[CONFIG_payload_max];
	struct node *payload = n->kids[0];
	uint64_t offset = n->kids[1]->number, length = n->kids[2]->number;

	if (!length || length > most->max || offset > MAX_OFFSET) {
		ERR(c, BAD_OPERAND, n->span,
		    "a slice of the payload has 1 to %" PRIu64 " bytes from byte 0 to %d on",
		    most->max, MAX_OFFSET);
		return &type_error;
	}
	n->kind = NODE_PACKET;
	n->text = payload->text;
	n->length = payload->length;
	n->nkids = 0;
	return check_payload(c, n, offset, length);
}

const struct type *check_slice(struct checker *c, struct node *n)
{
	const struct type *t = check_expr(c, n->kids[0]);
	uint64_t offset, length;
	uint32_t size;

	if (t->kind == TYPE_ERROR || !constant(c, n->kids[1]) || !constant(c, n->kids[2]))
		return &type_error;
	if (check_is_payload(n->kids[0]))
		return slice_payload(c, n);
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
