/* SPDX-License-Identifier: Apache-2.0 */
/* pcap("tcp port 80"): filters that libpcap compiles. */
#include <ctype.h>
#include <string.h>

#include "parser/checker.h"

/*
 * libpcap does not say where a filter is wrong: it is taken for the word behind the longest part
 * that is right.
 */
static struct span find_error(struct checker *c, const struct node *k, bool ethernet)
{
	size_t right = 0, end;
	struct span span = k->span;

	/* As it is written, with no escapes in it? */
	if (span.length != k->length + 2)
		return span;
	for (size_t i = 1; i < k->length; i++) {
		const char *part = arena_strndup(c->arena, k->text, i);

		if (isspace((unsigned char)k->text[i]) && !isspace((unsigned char)k->text[i - 1]) &&
		    !pcaplib_compile(c->arena, part, ethernet).error)
			right = i;
	}
	while (isspace((unsigned char)k->text[right]))
		right++;
	for (end = right; k->text[end] && !isspace((unsigned char)k->text[end]); end++)
		;
	return (struct span){ span.offset + 1 + right, end > right ? end - right : 1 };
}

/* Packets of the hook may have a link header, or not. */
static bool has_link(const struct checker *c)
{
	return c->body->attach->packet.place != PACKET_NET;
}

static void wrong_filter(struct checker *c, const struct node *k, const char *error)
{
	HINT(c, ERR(c, BAD_ARGUMENT, find_error(c, k, has_link(c)), "pcap(): %s", error),
	     "its filters are those of tcpdump: man pcap-filter");
}

const struct type *pcap_type(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	struct filter *f = (struct filter *)k->is.filter;
	const char *error;

	if (k->type->kind == TYPE_ERROR)
		return &type_error;
	if (c->body->attach->packet.place == PACKET_NONE) {
		HINT(c,
		     ERR(c, BAD_CONTEXT, n->span, "%s has no packet to filter",
			 c->body->attach->name),
		     WHERE_PACKETS_ARE);
		return &type_error;
	}
	if (!f) {
		k->is.filter = f = arena_alloc(c->arena, sizeof(*f));
		f->ethernet = pcaplib_compile(c->arena, k->text, true);
		f->network = pcaplib_compile(c->arena, k->text, false);
		/* What the filter and the program both read: where the packet is. */
		node_add(c->arena, k, node_new(c->arena, NODE_PACKET, k->span));
		k->kids[0]->text = "len";
		k->kids[0]->length = strlen("len");
	}
	error = has_link(c) ? f->ethernet.error : f->network.error;
	if (error) {
		wrong_filter(c, k, error);
		return &type_error;
	}
	return check_expr(c, k->kids[0])->kind == TYPE_ERROR ? &type_error : &type_bool;
}
