/* SPDX-License-Identifier: Apache-2.0 */
/* Functions on network addresses. */
#include "parser/checker.h"

#include <arpa/inet.h>
#include <inttypes.h>

#define AF_4 2  /* AF_INET */
#define AF_6 10 /* AF_INET6 */

/* The family of ntop(family, address): 4, 6, or 0 when only the program knows. */
static int family(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];

	if (!type_is_number(k->type)) {
		check_bad_argument(c, n, 0, "a number: 2 for IPv4, 10 for IPv6");
		return -1;
	}
	if (!k->literal)
		return 0;
	if (k->number == AF_4 || k->number == AF_6)
		return k->number == AF_4 ? 4 : 6;
	ERR(c, BAD_ARGUMENT, k->span, "no address family %" PRId64 ": 2 is IPv4, 10 is IPv6",
	    (int64_t)k->number);
	return -1;
}

const struct type *ntop_type(struct checker *c, struct node *n)
{
	uint32_t last = n->nkids - 1;
	struct node *k = n->kids[last];
	int v = last ? family(c, n) : 0;
	uint32_t size;

	if (v < 0)
		return &type_error;
	check_raw_array(k);
	size = type_is_number(k->type) ? 4 : k->type->size;
	if ((!type_is_number(k->type) && k->type->kind != TYPE_ARRAY &&
	     k->type->kind != TYPE_RECORD) ||
	    (size != 4 && size != 16)) {
		check_bad_argument(c, n, last, "a number, or an array of 4 or 16 bytes");
		return &type_error;
	}
	if (v == 6 && size == 4) {
		ERR(c, BAD_ARGUMENT, k->span, "an IPv6 address has 16 bytes, and this is %s",
		    TYPE_NAME(c, k->type));
		return &type_error;
	}
	return &type_inet;
}

/* The address that @text is, as 4 or 16 bytes in @to; 0: it is none. */
static uint32_t parse_address(const char *text, unsigned char *to)
{
	if (inet_pton(AF_INET, text, to) == 1)
		return 4;
	return inet_pton(AF_INET6, text, to) == 1 ? 16 : 0;
}

static void bad_address(struct checker *c, const struct node *n)
{
	HINT(c, ERR(c, BAD_ARGUMENT, n->span, "'%s' is no IPv4 or IPv6 address", n->text),
	     "addresses are written like \"10.0.0.1\" or \"fd00::1\"");
}

const struct type *pton_type(struct checker *c, struct node *n)
{
	unsigned char *bytes = arena_alloc(c->arena, 16);
	uint32_t size = parse_address(n->kids[0]->text, bytes);

	if (!size) {
		bad_address(c, n->kids[0]);
		return &type_error;
	}
	check_fold_bytes(n, type_array(c->arena, &type_uint8, size), bytes, size);
	return n->type;
}

bool check_inet_text(struct checker *c, struct node *n)
{
	unsigned char *bytes = arena_alloc(c->arena, 24);
	uint32_t size = parse_address(n->text, bytes + 8);

	if (!size) {
		bad_address(c, n);
		return false;
	}
	bytes[0] = size;
	check_fold_bytes(n, &type_inet, bytes, 24);
	return true;
}

const struct type *mac_type(struct checker *c, struct node *n)
{
	const struct type *t;
	struct type *mac = arena_alloc(c->arena, sizeof(*mac));

	check_raw_array(n->kids[0]);
	t = n->kids[0]->type;
	if (t->kind != TYPE_PTR && (t->kind != TYPE_ARRAY || t->size < 6)) {
		check_bad_argument(c, n, 0, "a pointer, or an array of 6 bytes");
		return &type_error;
	}
	mac->kind = TYPE_MAC;
	mac->size = 8;
	return mac;
}
