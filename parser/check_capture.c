/* SPDX-License-Identifier: Apache-2.0 */
/* capture(file[, length]): its record has, besides the packet, what a capture says of it. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

#define MAX_LENGTH 262144 /* libpcap: MAXIMUM_SNAPLEN */

static struct node *text_node(struct checker *c, struct span span, const char *text)
{
	struct node *n = node_new(c->arena, NODE_STRING, span);

	n->text = text;
	n->length = strlen(text);
	return n;
}

static struct node *zero_node(struct checker *c, struct span span)
{
	struct node *n = node_new(c->arena, NODE_INT, span);

	n->literal = true;
	return n;
}

static struct node *named(struct checker *c, struct span span, enum node_kind kind,
			  const char *name)
{
	struct node *n = text_node(c, span, name);

	n->kind = kind;
	return n;
}

/* field ?? "" */
static struct node *or_nothing(struct checker *c, struct span span, const char *field)
{
	struct node *n = node_new(c->arena, NODE_BINARY, span);

	n->op = &op_rows[OP_ID_DEFAULT];
	node_add(c->arena, n, named(c, span, NODE_PACKET, field));
	return node_add(c->arena, n, text_node(c, span, ""));
}

/* True when the program can be told which interface it is: what it takes is in check_packet.c. */
static bool knows_iface(const struct checker *c)
{
	enum packet_place place = c->body->attach->packet.place;

	return place != PACKET_XDP && (place < PACKET_FRAME || place == PACKET_REPLAY ||
				       c->options->kernel >= KERNEL_CAST);
}

/*
 * Where a process sends, it is the current one. Where packets come in, that is whichever was
 * interrupted, so nothing is said of it.
 */
static bool knows_process(const struct checker *c)
{
	const struct packet_source *s = &c->body->attach->packet;

	return s->place < PACKET_FRAME && s->dir != DIR_IN;
}

static struct node *argument(struct checker *c, struct span span, enum capture_arg arg)
{
	switch (arg) {
	case CAPTURE_LENGTH:
		return named(c, span, NODE_PACKET, "len");
	case CAPTURE_TIME:
		return named(c, span, NODE_IDENT, "nsecs");
	case CAPTURE_DIR:
		return or_nothing(c, span, "dir");
	case CAPTURE_IFACE:
		return knows_iface(c) ? or_nothing(c, span, "iface") : text_node(c, span, "");
	case CAPTURE_REASON:
		return c->body->attach->packet.reason.size ? or_nothing(c, span, "drop.reason")
							   : zero_node(c, span);
	case CAPTURE_COMM:
		return knows_process(c) ? named(c, span, NODE_IDENT, "comm")
					: text_node(c, span, "");
	case CAPTURE_PID:
		return knows_process(c) ? named(c, span, NODE_IDENT, "pid") : zero_node(c, span);
	case CAPTURE_ARGS:
		break;
	}
	return NULL;
}

bool check_capture_args(struct checker *c, struct node *n)
{
	const struct node *length = n->nkids > 1 ? n->kids[1] : NULL;

	if (length && length->number - 1 >= MAX_LENGTH) {
		ERR(c, BAD_ARGUMENT, length->span,
		    "the second argument of capture() is from 1 to %d", MAX_LENGTH);
		return false;
	}
	if (c->body->attach->packet.place != PACKET_NONE &&
	    c->body->attach->packet.place != PACKET_GONE)
		return true;
	HINT(c, ERR(c, BAD_CONTEXT, n->span, "%s has no packet to capture", c->body->attach->name),
	     "packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb, tc, xdp and "
	     "all tracepoints with a struct sk_buff");
	return false;
}

void check_capture(struct checker *c, struct node *n, struct event *e)
{
	uint32_t max = n->nkids > 1 ? n->kids[1]->number : MAX_LENGTH, ring;
	struct field *args = arena_alloc(c->arena, CAPTURE_ARGS * sizeof(*args));

	for (int i = 0; i < CAPTURE_ARGS; i++) {
		struct node *k = argument(c, n->span, i);

		if (check_expr(c, k)->kind == TYPE_ERROR)
			return;
		node_add(c->arena, n, k);
		args[i].type = check_stored(c, k->type);
		args[i].offset = e->size;
		e->size += (args[i].type->size + 7) & ~7u;
	}
	e->args = args;
	e->nargs = CAPTURE_ARGS;
	e->size += sizeof(struct capture_head);
	ring = c->config.ring_buffer_pages * 4096 / 2 - e->size;
	e->bytes = max < ring ? max : ring;
	e->probe = c->body->attach->name;
	e->fmt = check_plain_text(c, n->kids[0]->text);
}
