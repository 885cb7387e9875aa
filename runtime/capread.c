/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/capread.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/fail.h"
#include "runtime/memory.h"

#define ROOM 262144
#define MAX_BLOCK (16u << 20) /* what is larger is no packet */

#define PCAP_MICRO 0xa1b2c3d4
#define PCAP_NANO 0xa1b23c4d
#define PCAP_MODIFIED 0xa1b2cd34 /* Linux, long ago: 8 more bytes in each record's header */
#define PCAP_HEAD 24
#define PCAP_RECORD 16

#define NG_SECTION 0x0a0d0d0a
#define NG_INTERFACE 1
#define NG_PACKET_OLD 2
#define NG_PACKET_SIMPLE 3
#define NG_PACKET 6
#define NG_MAGIC 0x1a2b3c4d
#define NG_FRAME 12 /* type and length before, length after */
#define OPT_FLAGS 2
#define OPT_NAME 2
#define OPT_RESOLUTION 9
#define OPT_OFFSET 14

static int __attribute__((format(printf, 2, 3))) bad(struct capread *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->error, sizeof(c->error), fmt, ap);
	va_end(ap);
	return -1;
}

static uint32_t get32(const struct capread *c, const unsigned char *at)
{
	uint32_t v;

	memcpy(&v, at, sizeof(v));
	return c->swapped ? __builtin_bswap32(v) : v;
}

static uint64_t get64(const struct capread *c, const unsigned char *at)
{
	uint64_t v;

	memcpy(&v, at, sizeof(v));
	return c->swapped ? __builtin_bswap64(v) : v;
}

static uint16_t get16(const struct capread *c, const unsigned char *at)
{
	uint16_t v;

	memcpy(&v, at, sizeof(v));
	return c->swapped ? __builtin_bswap16(v) : v;
}

/* Makes room for @n bytes from c->at on; what was used up goes, but for what may be overwritten. */
static void make_room(struct capread *c, size_t n)
{
	if (c->at > CAPREAD_FRONT) {
		memmove(c->data + CAPREAD_FRONT, c->data + c->at, c->end - c->at);
		c->end -= c->at - CAPREAD_FRONT;
		c->at = CAPREAD_FRONT;
	}
	if (c->at + n > c->room) {
		c->room = c->at + n;
		c->data = memory_resize(c->data, c->room, 1);
	}
}

/* Reads until @n bytes are at c->at: 1, or 0 when the file ends before; -1 after a message. */
static int need(struct capread *c, size_t n)
{
	ssize_t got;

	if (c->at + n > c->room)
		make_room(c, n);
	while (c->end - c->at < n && !c->eof) {
		got = c->read(c->ctx, c->data + c->end, c->room - c->end);
		if (got < 0)
			return bad(c, "%s", fail_text((int)got));
		c->eof = !got;
		c->end += (size_t)got;
	}
	return c->end - c->at >= n;
}

static int cut_off(struct capread *c)
{
	return bad(c, "the file is cut off in the middle of a packet");
}

static struct capread_iface *add_iface(struct capread *c, uint16_t link, uint32_t snaplen)
{
	struct capread_iface *i;

	c->ifaces = memory_resize(c->ifaces, c->nifaces + 1, sizeof(*c->ifaces));
	i = &c->ifaces[c->nifaces++];
	*i = (struct capread_iface){ .link = link, .snaplen = snaplen, .resolution = 6 };
	return i;
}

/* The magic number of a pcap file, as its first 4 bytes are in this machine's order. */
static bool is_pcap(struct capread *c, uint32_t magic)
{
	c->swapped = magic != PCAP_MICRO && magic != PCAP_NANO && magic != PCAP_MODIFIED;
	if (c->swapped)
		magic = __builtin_bswap32(magic);
	c->units = magic == PCAP_NANO ? 1 : 1000;
	c->trailer = magic == PCAP_MODIFIED ? 8 : 0;
	return magic == PCAP_MICRO || magic == PCAP_NANO || magic == PCAP_MODIFIED;
}

int capread_open(struct capread *c, capread_fn *read, void *ctx)
{
	uint32_t magic;
	int have;

	*c = (struct capread){ .read = read, .ctx = ctx, .at = CAPREAD_FRONT, .room = ROOM };
	c->end = c->at;
	c->data = memory_new(c->room, 1);
	have = need(c, sizeof(magic));
	if (have < 0)
		return have;
	if (c->end == c->at)
		return bad(c, "it is empty");
	memcpy(&magic, c->data + c->at, sizeof(magic));
	c->pcapng = have && magic == NG_SECTION;
	if (c->pcapng)
		return 0;
	if (!have || !is_pcap(c, magic))
		return bad(c, "it is neither pcap nor pcapng");
	have = need(c, PCAP_HEAD);
	if (have <= 0)
		return have ? have : cut_off(c);
	add_iface(c, (uint16_t)get32(c, c->data + c->at + 20), get32(c, c->data + c->at + 16));
	c->at += PCAP_HEAD;
	return 0;
}

static int pcap_next(struct capread *c, struct capread_packet *p)
{
	size_t head = PCAP_RECORD + c->trailer;
	const unsigned char *at;
	int have = need(c, head);

	if (have <= 0)
		return have || c->end == c->at ? have : cut_off(c);
	at = c->data + c->at;
	*p = (struct capread_packet){
		.ns = get32(c, at) * 1000000000ull + get32(c, at + 4) * c->units,
		.captured = get32(c, at + 8),
		.length = get32(c, at + 12),
		.timed = true,
	};
	if (p->captured > MAX_BLOCK)
		return bad(c, "it is corrupt: a packet of %u bytes", p->captured);
	have = need(c, head + p->captured);
	if (have <= 0)
		return have ? have : cut_off(c);
	p->data = c->data + c->at + head;
	c->at += head + p->captured;
	return 1;
}

/* A block of a pcapng file: what is between its lengths. */
struct block {
	uint32_t type, size;
	unsigned char *body;
};

/* The body of the next option of @b from *@at on; NULL: there are no more. */
static const unsigned char *next_option(const struct capread *c, const struct block *b,
					uint32_t *at, uint16_t *code, uint16_t *length)
{
	const unsigned char *o = b->body + *at;

	if (*at > b->size || b->size - *at < 4)
		return NULL;
	*code = get16(c, o);
	*length = get16(c, o + 2);
	if (!*code || b->size - *at - 4 < *length)
		return NULL;
	*at += 4 + ((*length + 3u) & ~3u);
	return o + 4;
}

static int read_interface(struct capread *c, const struct block *b)
{
	struct capread_iface *i;
	const unsigned char *o;
	uint16_t code, length;
	uint32_t at = 8;

	if (b->size < at)
		return bad(c, "it is corrupt: an interface of %u bytes", b->size);
	i = add_iface(c, get16(c, b->body), get32(c, b->body + 4));
	while ((o = next_option(c, b, &at, &code, &length))) {
		if (code == OPT_NAME)
			snprintf(i->name, sizeof(i->name), "%.*s", length, (const char *)o);
		else if (code == OPT_RESOLUTION && length)
			i->resolution = *o;
		else if (code == OPT_OFFSET && length == 8)
			i->offset = (int64_t)get64(c, o);
	}
	return 0;
}

/* @units of the interface's clock in ns since 1970. */
static uint64_t to_ns(const struct capread_iface *i, uint64_t units)
{
	unsigned __int128 ns = units;
	uint8_t exponent = i->resolution & 0x7f;

	if (i->resolution & 0x80) {
		ns = exponent < 64 ? ns * 1000000000 >> exponent : 0;
	} else {
		for (; exponent < 9; exponent++)
			ns *= 10;
		for (; exponent > 9 && ns; exponent--)
			ns /= 10;
	}
	return (uint64_t)ns + (uint64_t)i->offset * 1000000000;
}

/* Bits 0 and 1 of the flags of a packet, which stand in an option from @at on. */
static enum capread_direction read_direction(const struct capread *c, const struct block *b,
					     uint32_t at)
{
	const unsigned char *o;
	uint16_t code, length;

	while ((o = next_option(c, b, &at, &code, &length)))
		if (code == OPT_FLAGS && length == 4)
			return (get32(c, o) & 3) % 3; /* 3 is not defined */
	return CAPREAD_UNKNOWN;
}

/* The packet of @b, whose fixed part has @head bytes. The time is in the two words at 4. */
static int read_packet(struct capread *c, const struct block *b, struct capread_packet *p,
		       uint32_t head)
{
	uint32_t iface = 0, padded;

	if (b->size < head)
		return bad(c, "it is corrupt: a packet in %u bytes", b->size);
	if (b->type == NG_PACKET)
		iface = get32(c, b->body);
	else if (b->type == NG_PACKET_OLD)
		iface = get16(c, b->body);
	if (iface >= c->nifaces - c->first)
		return bad(c, "it is corrupt: a packet of interface %u, which it does not describe",
			   iface);
	*p = (struct capread_packet){ .iface = c->first + iface, .data = b->body + head };
	p->length = get32(c, b->body + head - 4);
	p->captured = p->length;
	if (b->type != NG_PACKET_SIMPLE) {
		p->captured = get32(c, b->body + head - 8);
		p->ns = to_ns(&c->ifaces[p->iface],
			      get32(c, b->body + 4) * 0x100000000ull + get32(c, b->body + 8));
		p->timed = true;
	} else if (c->ifaces[p->iface].snaplen && p->captured > c->ifaces[p->iface].snaplen) {
		p->captured = c->ifaces[p->iface].snaplen;
	}
	if (p->captured > b->size - head)
		return bad(c, "it is corrupt: a packet of %u bytes in a block of %u", p->captured,
			   b->size);
	padded = (p->captured + 3) & ~3u;
	p->direction = read_direction(c, b, head + padded);
	return 1;
}

/* The block at c->at, whose frame is used up with it. 1, 0 at the end, -1. */
static int next_block(struct capread *c, struct block *b)
{
	int have = need(c, NG_FRAME);
	const unsigned char *at;
	uint32_t magic, length;

	if (have <= 0)
		return have || c->end == c->at ? have : cut_off(c);
	at = c->data + c->at;
	b->type = get32(c, at);
	if (b->type == NG_SECTION) { /* the same in both orders */
		memcpy(&magic, at + 8, sizeof(magic));
		c->swapped = magic != NG_MAGIC;
		if (get32(c, at + 8) != NG_MAGIC)
			return bad(c, "it is corrupt: a section without the magic number");
		c->first = c->nifaces;
	}
	length = get32(c, at + 4);
	if (length < NG_FRAME || length % 4 || length > MAX_BLOCK)
		return bad(c, "it is corrupt: a block of %u bytes", length);
	have = need(c, length);
	if (have <= 0)
		return have ? have : cut_off(c);
	b->body = c->data + c->at + 8;
	b->size = length - NG_FRAME;
	if (get32(c, b->body + b->size) != length)
		return bad(c, "it is corrupt: a block with two lengths");
	c->at += length;
	return 1;
}

static int ng_next(struct capread *c, struct capread_packet *p)
{
	struct block b;
	int got;

	while ((got = next_block(c, &b)) > 0) {
		if (b.type == NG_PACKET || b.type == NG_PACKET_OLD)
			return read_packet(c, &b, p, 20);
		if (b.type == NG_PACKET_SIMPLE)
			return read_packet(c, &b, p, 4);
		if (b.type == NG_INTERFACE && read_interface(c, &b))
			return -1;
	}
	return got;
}

int capread_next(struct capread *c, struct capread_packet *p)
{
	int got = c->pcapng ? ng_next(c, p) : pcap_next(c, p);

	/* Some writers leave the original length out. */
	if (got > 0 && p->length < p->captured)
		p->length = p->captured;
	return got;
}

void capread_close(struct capread *c)
{
	free(c->data);
	free(c->ifaces);
}
