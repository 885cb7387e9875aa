/* SPDX-License-Identifier: Apache-2.0 */
/* runtime/capread.c and caplink.c: captures of all kinds, whole, in pieces and damaged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/caplink.h"
#include "runtime/capread.h"

static unsigned int tests, failures;

static void ok(bool good, const char *what)
{
	printf("%sok %u - %s\n", good ? "" : "not ", ++tests, what);
	failures += !good;
}

/* A file in memory, in either byte order, that is read in pieces of @piece bytes. */
struct file {
	unsigned char data[4096];
	size_t size, at, piece;
	bool big;
};

static void put(struct file *f, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		f->data[f->size++] = (unsigned char)(v >> 8 * (f->big ? bytes - 1 - i : i));
}

static void put_text(struct file *f, const char *text, size_t n)
{
	memcpy(f->data + f->size, text, n);
	f->size += n;
}

static ssize_t read_piece(void *ctx, void *to, size_t n)
{
	struct file *f = ctx;

	if (f->piece && n > f->piece)
		n = f->piece;
	if (n > f->size - f->at)
		n = f->size - f->at;
	memcpy(to, f->data + f->at, n);
	f->at += n;
	return (ssize_t)n;
}

static void put_pcap(struct file *f, uint32_t magic)
{
	put(f, magic, 4);
	put(f, 2, 2);
	put(f, 4, 2);
	put(f, 0, 8);
	put(f, 65535, 4);
	put(f, CAPLINK_ETHERNET, 4);
	put(f, 5, 4);
	put(f, 6, 4);
	put(f, 4, 4);
	put(f, 100, 4);
	if (magic == 0xa1b2cd34)
		put(f, 0, 8);
	put_text(f, "abcd", 4);
}

static void test_pcap(const char *what, uint32_t magic, bool big, uint64_t ns)
{
	struct file f = { .big = big };
	struct capread_packet p;
	struct capread c;

	put_pcap(&f, magic);
	ok(!capread_open(&c, read_piece, &f) && capread_next(&c, &p) == 1 && p.ns == ns &&
		   p.timed && p.captured == 4 && p.length == 100 && !memcmp(p.data, "abcd", 4) &&
		   c.ifaces[p.iface].link == CAPLINK_ETHERNET && !capread_next(&c, &p),
	   what);
	capread_close(&c);
}

/* A block around what was put since @from. */
static void put_block(struct file *f, uint32_t type, size_t from)
{
	uint32_t length = (uint32_t)(f->size - from) + 12;

	memmove(f->data + from + 8, f->data + from, f->size - from);
	f->size = from;
	put(f, type, 4);
	put(f, length, 4);
	f->size += length - 12;
	put(f, length, 4);
}

static void put_section(struct file *f)
{
	size_t from = f->size;

	put(f, 0x1a2b3c4d, 4);
	put(f, 1, 4);
	put(f, UINT64_MAX, 8);
	put_block(f, 0x0a0d0d0a, from);
}

static void put_option(struct file *f, uint16_t code, const char *data, uint16_t n)
{
	put(f, code, 2);
	put(f, n, 2);
	put_text(f, data, n);
	put_text(f, "\0\0\0", -n & 3);
}

static void put_iface(struct file *f, uint16_t link, const char *name, const char *resolution)
{
	size_t from = f->size;

	put(f, link, 2);
	put(f, 0, 2);
	put(f, 6, 4);
	put_option(f, 2, name, (uint16_t)strlen(name));
	if (resolution)
		put_option(f, 9, resolution, 1);
	put(f, 0, 4);
	put_block(f, 1, from);
}

static void put_packet(struct file *f, uint32_t iface, uint64_t time, uint32_t flags)
{
	size_t from = f->size;

	put(f, iface, 4);
	put(f, time >> 32, 4);
	put(f, time, 4);
	put(f, 5, 4);
	put(f, 7, 4);
	put_text(f, "abcde\0\0", 8);
	put_option(f, 1, "a comment", 9);
	put(f, 2, 2);
	put(f, 4, 2);
	put(f, flags, 4);
	put(f, 0, 4);
	put_block(f, 6, from);
}

static void put_simple(struct file *f)
{
	size_t from = f->size;

	put(f, 9, 4);
	put_text(f, "abcdef\0", 8);
	put_block(f, 3, from);
}

/* Two sections, in one byte order each. */
static void put_pcapng(struct file *f)
{
	size_t from;

	put_section(f);
	put_iface(f, CAPLINK_ETHERNET, "eth0", NULL);
	put_iface(f, CAPLINK_RAW, "tun0", "\11");
	put_packet(f, 1, 1700000000123456789, 1);
	from = f->size;
	put_text(f, "something else", 12);
	put_block(f, 0x0bad, from);
	put_packet(f, 0, 1700000000123456, 2);
	put_simple(f);
	f->big = !f->big;
	put_section(f);
	put_iface(f, CAPLINK_SLL, "a name that is longer than any that Linux has", "\x8a");
	put_packet(f, 0, 5 * 1024 + 512, 0);
}

static bool packet_is(struct capread *c, const char *iface, uint64_t ns,
		      enum capread_direction direction)
{
	struct capread_packet p;

	return capread_next(c, &p) == 1 && !strcmp(c->ifaces[p.iface].name, iface) && p.ns == ns &&
	       p.direction == direction && p.captured == 5 && p.length == 7 &&
	       !memcmp(p.data, "abcde", 5);
}

static void test_pcapng(bool big, size_t piece)
{
	struct file f = { .big = big, .piece = piece };
	struct capread_packet p;
	struct capread c;

	put_pcapng(&f);
	ok(!capread_open(&c, read_piece, &f), "pcapng begins");
	ok(packet_is(&c, "tun0", 1700000000123456789, CAPREAD_IN), "ns, second interface, in");
	ok(packet_is(&c, "eth0", 1700000000123456000, CAPREAD_OUT), "us, first interface, out");
	ok(capread_next(&c, &p) == 1 && !p.timed && p.captured == 6 && p.length == 9,
	   "a simple packet has no time, and the interface's snap length");
	ok(packet_is(&c, "a name that is longer than any that Linux has", 5500000000,
		     CAPREAD_UNKNOWN),
	   "another section in the other byte order, 2^-10 s");
	ok(!capread_next(&c, &p) && c.nifaces == 3, "the end");
	capread_close(&c);
}

static void test_error(const char *want, const struct file *from, size_t size)
{
	struct file f = *from;
	struct capread_packet p;
	struct capread c;
	int got;

	f.size = size;
	got = capread_open(&c, read_piece, &f);
	while (!got || got > 0)
		if (!(got = capread_next(&c, &p)))
			break;
	ok(got < 0 && !strcmp(c.error, want), want);
	if (got >= 0 || strcmp(c.error, want))
		printf("# got %d: %s\n", got, c.error);
	capread_close(&c);
}

static void test_errors(void)
{
	struct file f = { 0 }, g;

	put_pcapng(&f);
	test_error("it is empty", &f, 0);
	test_error("it is neither pcap nor pcapng", &f, 3);
	test_error("the file is cut off in the middle of a packet", &f, 20);
	test_error("the file is cut off in the middle of a packet", &f, 130);
	g = f;
	g.data[4] = 29;
	test_error("it is corrupt: a block of 29 bytes", &g, g.size);
	g = f;
	g.data[24] = 32;
	test_error("it is corrupt: a block with two lengths", &g, g.size);
	g = f;
	g.data[8] = 0;
	test_error("it is corrupt: a section without the magic number", &g, g.size);
	g = (struct file){ 0 };
	put_section(&g);
	put_packet(&g, 3, 0, 0);
	test_error("it is corrupt: a packet of interface 3, which it does not describe", &g,
		   g.size);
	g = (struct file){ 0 };
	put_pcap(&g, 0xa1b2c3d4);
	g.data[35] = 0x40;
	test_error("it is corrupt: a packet of 1073741828 bytes", &g, g.size);
}

/* Whatever is in a file, a packet is within what was read. */
static void test_damage(void)
{
	struct file whole = { 0 }, f;
	struct capread_packet p;
	struct capread c;
	uint64_t packets = 0;
	bool good = true;

	put_pcapng(&whole);
	srand(1);
	for (int i = 0; i < 20000; i++) {
		f = whole;
		f.piece = (size_t)(rand() % 100);
		for (int n = rand() % 4; n >= 0; n--)
			f.data[(size_t)rand() % f.size] = (unsigned char)rand();
		if (!capread_open(&c, read_piece, &f))
			while (capread_next(&c, &p) > 0) {
				packets++;
				good = good && p.data >= c.data + CAPREAD_FRONT &&
				       p.data + p.captured <= c.data + c.end && p.iface < c.nifaces;
				caplink_strip(c.ifaces[p.iface].link, &p);
			}
		capread_close(&c);
	}
	ok(good && packets > 20000, "damaged files");
}

/* A packet of that link type becomes one with an Ethernet header of @type, and @rest behind it. */
static void test_link(const char *what, uint16_t link, const char *bytes, size_t n, uint16_t type,
		      size_t rest, enum capread_direction direction)
{
	unsigned char room[CAPREAD_FRONT + 64];
	struct capread_packet p = { .data = room + CAPREAD_FRONT,
				    .captured = (uint32_t)n,
				    .length = (uint32_t)n + 100 };
	static const unsigned char zeros[12];

	memset(room, 0xff, sizeof(room));
	memcpy(p.data, bytes, n);
	ok(caplink_known(link) && caplink_strip(link, &p) && p.captured == rest &&
		   p.length == rest + 100 && !memcmp(p.data, bytes + n - rest, rest) &&
		   !memcmp(p.data - 14, zeros, 12) && p.data[-2] == type >> 8 &&
		   p.data[-1] == (type & 0xff) && p.direction == direction,
	   what);
}

#define LINK(what, link, bytes, type, rest, direction) \
	test_link(what, link, bytes, sizeof(bytes) - 1, type, rest, CAPREAD_##direction)

static void test_links(void)
{
	struct capread_packet p = { .captured = 20 };

	LINK("raw IPv4", CAPLINK_RAW, "\x45xyz", 0x0800, 4, UNKNOWN);
	LINK("raw IPv6", CAPLINK_RAW, "\x60xyz", 0x86dd, 4, UNKNOWN);
	LINK("raw, neither", CAPLINK_RAW_BSD, "\x10xyz", 0, 4, UNKNOWN);
	LINK("raw, empty", CAPLINK_RAW_OPENBSD, "", 0, 0, UNKNOWN);
	LINK("IPv4", CAPLINK_IPV4, "\x45xyz", 0x0800, 4, UNKNOWN);
	LINK("IPv6", CAPLINK_IPV6, "\x60xyz", 0x86dd, 4, UNKNOWN);
	LINK("null, little endian", CAPLINK_NULL, "\2\0\0\0xyz", 0x0800, 3, UNKNOWN);
	LINK("null, big endian", CAPLINK_NULL, "\0\0\0\x1exyz", 0x86dd, 3, UNKNOWN);
	LINK("loop", CAPLINK_LOOP, "\0\0\0\x18xyz", 0x86dd, 3, UNKNOWN);
	LINK("loop, another family", CAPLINK_LOOP, "\0\0\0\x07xyz", 0, 3, UNKNOWN);
	LINK("loop, cut off", CAPLINK_LOOP, "\0\0", 0, 0, UNKNOWN);
	LINK("cooked, received, with a tag", CAPLINK_SLL,
	     "\0\0\0\1\0\6\2\0\0\0\0\1\0\0\x81\0\0\x64\x08\0", 0x8100, 4, IN);
	LINK("cooked, sent", CAPLINK_SLL, "\0\4\0\1\0\6\2\0\0\0\0\1\0\0\x86\xddxy", 0x86dd, 2, OUT);
	LINK("cooked 2, sent", CAPLINK_SLL2, "\x08\x06\0\0\0\0\0\2\0\1\4\6\2\0\0\0\0\1\0\0xy",
	     0x0806, 2, OUT);
	LINK("cooked 2, received", CAPLINK_SLL2, "\x08\0\0\0\0\0\0\2\0\1\0\6\2\0\0\0\0\1\0\0xy",
	     0x0800, 2, IN);
	ok(!caplink_strip(CAPLINK_ETHERNET, &p) && p.captured == 20, "Ethernet stays as it is");
	ok(!caplink_known(127), "what is not understood");
}

int main(void)
{
	test_pcap("pcap", 0xa1b2c3d4, false, 5000006000);
	test_pcap("pcap, big endian", 0xa1b2c3d4, true, 5000006000);
	test_pcap("pcap with ns", 0xa1b23c4d, false, 5000000006);
	test_pcap("pcap with ns, big endian", 0xa1b23c4d, true, 5000000006);
	test_pcap("pcap with longer headers", 0xa1b2cd34, true, 5000006000);
	test_pcapng(false, 0);
	test_pcapng(true, 0);
	test_pcapng(false, 1);
	test_pcapng(true, 7);
	test_errors();
	test_damage();
	test_links();
	printf("1..%u\n", tests);
	return failures != 0;
}
