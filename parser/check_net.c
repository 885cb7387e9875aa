/* SPDX-License-Identifier: Apache-2.0 */
/* Functions on network addresses. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

#include "parser/address.h"

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

static bool bad_address(struct checker *c, const struct node *n)
{
	HINT(c, ERR(c, BAD_ARGUMENT, n->span, "'%s' is no IPv4 or IPv6 address", n->text),
	     "addresses are written like \"10.0.0.1\" or \"fd00::1\"");
	return false;
}

const struct type *pton_type(struct checker *c, struct node *n)
{
	struct address a;
	unsigned char *bytes;

	if (!address_parse(n->kids[0]->text, &a) || a.prefix) {
		bad_address(c, n->kids[0]);
		return &type_error;
	}
	bytes = arena_alloc(c->arena, a.inet.length);
	memcpy(bytes, a.inet.bytes, a.inet.length);
	check_fold_bytes(n, type_array(c->arena, &type_uint8, a.inet.length), bytes, a.inet.length);
	return n->type;
}

static void fold_copy(struct checker *c, struct node *n, const struct type *t, const void *bytes)
{
	check_fold_bytes(n, t, memcpy(arena_alloc(c->arena, t->size), bytes, t->size), t->size);
}

static void fold_address(struct checker *c, struct node *n, const struct address *a, bool either)
{
	if (a->prefix) {
		fold_copy(c, n, &type_inet, &a->inet);
		n->kind = NODE_PREFIX;
		n->number = a->bits;
	} else if (either) {
		fold_copy(c, n, &type_inet, &a->inet);
	} else if (a->inet.length == 4) {
		address_number(n, &type_ip4, address_ip4(a));
	} else {
		fold_copy(c, n, &type_ip6, a->inet.bytes);
	}
}

static bool is_text(const struct node *n)
{
	return n->kind == NODE_STRING && n->type->kind == TYPE_STRING;
}

static bool is_bytes(const struct node *n)
{
	return n->kind == NODE_STRING && n->type->kind == TYPE_BUF;
}

static bool as_address(struct checker *c, struct node *n, const struct type *t)
{
	struct address a;

	if (is_text(n)) {
		if (!address_parse(n->text, &a))
			return bad_address(c, n);
		if (a.prefix && !address_mask(&a)) {
			HINT(c,
			     ERR(c, BAD_ADDRESS, n->span,
				 "this prefix has bits set behind its length"),
			     "write %s", address_text(c->arena, &a));
			return false;
		}
	} else if ((n->kind == NODE_INT && n->type->kind == TYPE_IP4) ||
		   (n->kind == NODE_STRING && n->type->kind == TYPE_IP6)) {
		address_of(n, &a);
	} else {
		return true;
	}
	fold_address(c, n, &a, t->kind == TYPE_INET);
	return true;
}

static bool as_ether(struct checker *c, struct node *n, const struct type *t)
{
	uint64_t value = n->number;
	unsigned char bytes[8] = { 0 };

	if (is_text(n) && !ether_parse(n->text, &value)) {
		HINT(c, ERR(c, BAD_ARGUMENT, n->span, "'%s' is no Ethernet address", n->text),
		     "they are written like \"aa:bb:cc:dd:ee:ff\"");
		return false;
	}
	if (!is_text(n) && (n->kind != NODE_INT || n->type->kind != TYPE_ETHER))
		return true;
	if (t->kind == TYPE_ETHER) {
		address_number(n, &type_ether, value);
		return true;
	}
	for (int i = 0; i < 6; i++)
		bytes[i] = value >> (40 - 8 * i);
	fold_copy(c, n, t, bytes);
	return true;
}

/* Text as bytes, and bytes as text. */
static void as_bytes(struct checker *c, struct node *n, const struct type *t)
{
	uint32_t length = n->length;
	char *bytes;

	if (!is_text(n) && !is_bytes(n))
		return;
	bytes = arena_alloc(c->arena, 4 + length + 1);
	memcpy(bytes, &length, 4);
	memcpy(bytes + 4, n->text, length);
	if (is_text(n) && t->kind == TYPE_BUF)
		check_fold_bytes(n, type_buffer(c->arena, length), bytes, 4 + length);
	else if (is_bytes(n) && t->kind == TYPE_STRING && !memchr(n->text + 4, 0, length - 4))
		check_fold_bytes(n, type_string(c->arena, length - 3), bytes + 8, length - 4);
}

bool check_literal_as(struct checker *c, struct node *n, const struct type *t)
{
	switch ((int)t->kind) {
	case TYPE_IP4:
	case TYPE_IP6:
	case TYPE_INET:
		return as_address(c, n, t);
	case TYPE_ETHER:
	case TYPE_MAC:
		return as_ether(c, n, t);
	case TYPE_BUF:
	case TYPE_STRING:
		as_bytes(c, n, t);
		return true;
	default:
		return true;
	}
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
