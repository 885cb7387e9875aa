/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/capture.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/caplink.h"
#include "runtime/capwrite.h"
#include "runtime/fail.h"
#include "runtime/memory.h"
#include "runtime/names.h"
#include "runtime/session.h"
#include "runtime/value.h"

#define ADDRESSES 12 /* bytes of an Ethernet header before its type, or a tag */
#define TAG 4

static const char *path_of(const struct event *e)
{
	return e->fmt->pieces[0].text;
}

static void failed(struct session *s, const struct event *e, int err)
{
	fail(NULL, "cannot write to %s: %s", path_of(e), fail_text(err));
	s->failed = s->done = true;
}

/* The event before @e that writes to the same file, or NULL. */
static const struct event *same_file(const struct session *s, const struct event *e)
{
	for (uint32_t i = 0; i < e->id; i++)
		if (s->captures[i] && !strcmp(path_of(s->plan->events[i]), path_of(e)))
			return s->plan->events[i];
	return NULL;
}

bool capture_open(struct session *s)
{
	s->captures = memory_new(s->plan->nevents + 1, sizeof(struct capwrite *));
	for (uint32_t i = 0; i < s->plan->nevents; i++) {
		const struct event *e = s->plan->events[i], *same;

		if (e->action->id != ACTION_capture)
			continue;
		same = same_file(s, e);
		s->captures[i] = same ? s->captures[same->id]
				      : capwrite_open(path_of(e), s->options->program);
		if (!s->captures[i]) {
			failed(s, e, errno);
			return false;
		}
	}
	return true;
}

static uint64_t number(const struct event *e, const unsigned char *record, enum capture_arg arg)
{
	uint64_t v;

	memcpy(&v, record + e->args[arg].offset, sizeof(v));
	return v;
}

static const unsigned char *optional(const struct event *e, const unsigned char *record,
				     enum capture_arg arg)
{
	return type_is(e->args[arg].type, TYPE_OPTIONAL) && number(e, record, arg)
		       ? record + e->args[arg].offset + 8
		       : NULL;
}

/* "tracepoint:skb:kfree_skb, drop reason NO_SOCKET, process ping (71)" */
static const char *comment(struct session *s, const struct event *e, const unsigned char *record)
{
	const unsigned char *reason = optional(e, record, CAPTURE_REASON);
	const char *comm = (const char *)record + e->args[CAPTURE_COMM].offset;

	out_reset(&s->text);
	out_string(&s->text, e->probe);
	if (reason) {
		out_string(&s->text, ", drop reason ");
		value_print(&s->text, e->args[CAPTURE_REASON].type->elem, reason, VALUE_TEXT);
	}
	if (*comm) {
		out_string(&s->text, ", process ");
		out_bytes(&s->text, comm, strnlen(comm, e->args[CAPTURE_COMM].type->size));
		out_string(&s->text, " (");
		out_unsigned(&s->text, number(e, record, CAPTURE_PID));
		out_char(&s->text, ')');
	}
	out_char(&s->text, 0);
	return s->text.data;
}

static enum capread_direction direction(const struct event *e, const unsigned char *record)
{
	const unsigned char *at = optional(e, record, CAPTURE_DIR);
	uint64_t dir = DIR_UNKNOWN;

	if (at)
		memcpy(&dir, at, e->args[CAPTURE_DIR].type->elem->size);
	return dir == DIR_IN ? CAPREAD_IN : dir == DIR_OUT ? CAPREAD_OUT : CAPREAD_UNKNOWN;
}

static void put_big16(unsigned char *to, uint16_t v)
{
	to[0] = (unsigned char)(v >> 8);
	to[1] = (unsigned char)v;
}

/*
 * The packet with its tag. One without a link header gets one of zeros: tcpdump reads files of one
 * link type only.
 */
static void set_parts(struct capwrite_packet *p, const unsigned char *data,
		      const struct capture_head *head, unsigned char *front)
{
	uint32_t addresses = head->link && head->bytes >= ADDRESSES ? ADDRESSES : 0, n = 0;
	uint8_t version = head->bytes ? data[0] >> 4 : 0;

	if ((int32_t)p->length < (int32_t)head->bytes)
		p->length = head->bytes;
	p->parts[0] = (struct capwrite_part){ data, addresses };
	if (!head->link) {
		memset(front, 0, ADDRESSES);
		n = ADDRESSES;
	}
	if (head->type && (n || addresses)) {
		put_big16(front + n, head->type);
		put_big16(front + n + 2, head->tci);
		n += TAG;
	}
	if (!head->link) {
		put_big16(front + n, version == 4 ? ETH_P_IP : version == 6 ? ETH_P_IPV6 : 0);
		n += 2;
	}
	p->parts[1] = (struct capwrite_part){ front, n };
	p->parts[2] = (struct capwrite_part){ data + addresses, head->bytes - addresses };
	/* A tag that is put back was counted. */
	p->length += n - (head->type ? TAG : 0);
}

void capture_record(struct session *s, const struct event *e, const unsigned char *record)
{
	unsigned char front[ADDRESSES + TAG + 2];
	struct capture_head head;
	char iface[64] = "";
	struct capwrite_packet p = {
		.iface = iface,
		.link = CAPLINK_ETHERNET,
		.ns = number(e, record, CAPTURE_TIME) + (uint64_t)names_wall_ns(s->names),
		.direction = direction(e, record),
		.comment = comment(s, e, record),
		.length = (uint32_t)number(e, record, CAPTURE_LENGTH),
	};
	int err;

	memcpy(&head, record + e->size - sizeof(head), sizeof(head));
	memcpy(iface, record + e->args[CAPTURE_IFACE].offset,
	       strnlen((const char *)record + e->args[CAPTURE_IFACE].offset,
		       e->args[CAPTURE_IFACE].type->size));
	set_parts(&p, record + e->size, &head, front);
	err = s->failed ? 0 : capwrite_packet(s->captures[e->id], &p);
	if (err)
		failed(s, e, err);
}

/* Calls @fn for each file once. */
static void each_file(struct session *s, int (*fn)(struct capwrite *w))
{
	for (uint32_t i = 0; s->captures && i < s->plan->nevents; i++) {
		const struct event *e = s->plan->events[i];
		int err;

		if (!s->captures[i] || same_file(s, e))
			continue;
		err = fn(s->captures[i]);
		if (err && !s->failed)
			failed(s, e, err);
	}
}

void capture_flush(struct session *s)
{
	each_file(s, capwrite_flush);
}

void capture_close(struct session *s)
{
	each_file(s, capwrite_close);
	free(s->captures);
	s->captures = NULL;
}
