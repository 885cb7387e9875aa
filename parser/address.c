/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/address.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool read_bits(const char *s, uint32_t *bits)
{
	char *end;

	if (!isdigit((unsigned char)*s) || strlen(s) > 3)
		return false;
	*bits = (uint32_t)strtoul(s, &end, 10);
	return !*end;
}

bool address_parse(const char *text, struct address *a)
{
	size_t n = strcspn(text, "/");
	char only[INET6_ADDRSTRLEN];

	memset(a, 0, sizeof(*a));
	if (n >= sizeof(only))
		return false;
	memcpy(only, text, n);
	only[n] = 0;
	if (inet_pton(AF_INET, only, a->inet.bytes) == 1)
		a->inet.length = 4;
	else if (inet_pton(AF_INET6, only, a->inet.bytes) == 1)
		a->inet.length = 16;
	else
		return false;
	a->prefix = text[n] == '/';
	a->bits = address_bits(a);
	return !a->prefix || read_bits(text + n + 1, &a->bits);
}

bool address_mask(struct address *a)
{
	bool clean = true;
	uint32_t i, keep;

	for (i = 0; i < a->inet.length; i++) {
		keep = a->bits > 8 * i ? a->bits - 8 * i : 0;
		keep = keep < 8 ? 0xff00u >> keep & 0xff : 0xff;
		clean = clean && !(a->inet.bytes[i] & ~keep);
		a->inet.bytes[i] &= keep;
	}
	return clean;
}

const char *address_text(struct arena *arena, const struct address *a)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(a->inet.length == 4 ? AF_INET : AF_INET6, a->inet.bytes, text, sizeof(text));
	return a->prefix ? arena_printf(arena, "%s/%u", text, a->bits) : arena_strdup(arena, text);
}

uint32_t address_ip4(const struct address *a)
{
	uint32_t v;

	memcpy(&v, a->inet.bytes, sizeof(v));
	return ntohl(v);
}

void address_of(const struct node *n, struct address *a)
{
	uint32_t v = htonl((uint32_t)n->number);

	memset(a, 0, sizeof(*a));
	if (n->kind == NODE_INT) {
		a->inet.length = 4;
		memcpy(a->inet.bytes, &v, sizeof(v));
	} else if (n->kind != NODE_PREFIX && n->type->kind == TYPE_IP6) {
		a->inet.length = 16;
		memcpy(a->inet.bytes, n->text, 16);
	} else {
		memcpy(&a->inet, n->text, sizeof(a->inet));
	}
	a->prefix = n->kind == NODE_PREFIX;
	a->bits = a->prefix ? (uint32_t)n->number : address_bits(a);
}

bool ether_parse(const char *text, uint64_t *value)
{
	uint64_t v = 0;
	int i;

	for (i = 0; i < 17; i++) {
		if (i % 3 == 2 ? text[i] != ':' : !isxdigit((unsigned char)text[i]))
			return false;
	}
	for (i = 0; i < 6; i++)
		v = v << 8 | strtoul(text + i * 3, NULL, 16);
	*value = v;
	return !text[17];
}

void address_number(struct node *n, const struct type *t, uint64_t value)
{
	n->kind = NODE_INT;
	n->type = t;
	n->number = value;
	n->literal = false;
	n->text = NULL;
	n->length = 0;
}
