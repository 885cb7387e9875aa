/* SPDX-License-Identifier: Apache-2.0 */
/* Literals of what packets are made of: addresses, prefixes, bytes. */
#include "parser/lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parser/address.h"
#include "parser/grammar.h"

static struct node *literal(struct parser *p, struct span span, const struct type *t)
{
	struct node *n = node_new(p->arena, NODE_LITERAL, span);

	n->type = t;
	return n;
}

/* A prefix: 24 bytes as of an INET, and the bits of them that count. */
static struct node *prefix(struct parser *p, struct span span, struct address *a)
{
	struct node *n = literal(p, span, NULL);
	unsigned char *bytes = arena_alloc(p->arena, sizeof(a->inet));

	if (a->bits > address_bits(a)) {
		diag_add(p->diags, E_BAD_ADDRESS, span, "a prefix of %s has 0 to %u bits",
			 address_bits(a) == 32 ? "IPv4" : "IPv6", address_bits(a));
		a->bits = address_bits(a);
	}
	if (!address_mask(a))
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_ADDRESS, span,
				   "this prefix has bits set behind its length"),
			  "write %s", address_text(p->arena, a));
	n->kind = NODE_PREFIX;
	memcpy(bytes, &a->inet, sizeof(a->inet));
	n->text = (const char *)bytes;
	n->length = sizeof(a->inet);
	n->number = a->bits;
	return n;
}

int lex_address(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	struct address a;

	p->after_dot = false;
	if (!address_parse(text, &a)) {
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_ADDRESS, span, "'%s' is no address", text),
			  strchr(text, ':') ? "IPv6 has 8 groups of up to 4 hexadecimal digits, or "
					      "fewer and one '::'"
					    : "IPv4 has 4 numbers from 0 to 255");
		memset(&a, 0, sizeof(a));
		a.inet.length = 4;
	}
	if (a.prefix) {
		v->node = prefix(p, span, &a);
		return ADDRESS;
	}
	v->node = literal(p, span, &type_ip6);
	if (a.inet.length == 4)
		address_number(v->node, &type_ip4, address_ip4(&a));
	else
		v->node->text = arena_strndup(p->arena, (const char *)a.inet.bytes, 16);
	v->node->length = a.inet.length;
	return ADDRESS;
}

int lex_ether(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	uint64_t value = 0;

	p->after_dot = false;
	ether_parse(text, &value);
	v->node = literal(p, span, &type_ether);
	address_number(v->node, &type_ether, value);
	return ADDRESS;
}

static int digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

int lex_bytes(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len)
{
	char *bytes = arena_alloc(p->arena, len);
	const char *s = text + 2, *end = text + len - 1;
	uint32_t n = 0;

	p->after_dot = false;
	for (; s < end; s += isxdigit((unsigned char)*s) ? 2 : 1) {
		if (*s == ' ' || *s == '\t' || *s == ':')
			continue;
		if (!isxdigit((unsigned char)s[0]) || !isxdigit((unsigned char)s[1])) {
			diag_hint(p->diags,
				  diag_add(p->diags, E_BAD_STRING, span,
					   "bytes have two hexadecimal digits each"),
				  "h\"de ad be ef\"");
			break;
		}
		bytes[4 + n++] = (char)(digit(s[0]) << 4 | digit(s[1]));
	}
	memcpy(bytes, &n, sizeof(n));
	v->node = literal(p, span, type_buffer(p->arena, n));
	v->node->text = bytes;
	v->node->length = 4 + n;
	return BYTES;
}
