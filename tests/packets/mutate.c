/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Random and mutated packets in pairs, to find fields that have bytes from beyond the packet:
 *	mutate SEED PAIRS CAPTURE... > pairs.pcap
 * The first of a pair ends somewhere; the second goes on with random bytes, and with a tenth of
 * the chance with what the packet had there. What is read of the first one may
 * not depend on what comes after its end, so a field is absent there or the same in both.
 */

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "tests/packets/capture.h"

#define MAX_SIZE 400 /* bytes of a packet before the canary */
#define CANARY 64    /* random bytes after the end */
#define MAX_CHANGES 4

static uint64_t state;

static uint32_t pick(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 11) % n);
}

static uint8_t odd_byte(void)
{
	static const uint8_t odd[] = { 0,  1,  4,    5,    6,    17,   40,   41,   43,   44,  47,
				       51, 60, 0x45, 0x60, 0x7f, 0x80, 0x81, 0xa8, 0xfe, 0xff };

	return pick(2) ? odd[pick(sizeof(odd))] : (uint8_t)pick(256);
}

/* @n bytes at @at are gone, or are there twice. */
static void shift(struct packet *p)
{
	uint32_t at = pick(p->size), n = 1 + pick(16);

	if (n > p->size - at)
		n = p->size - at;
	if (pick(2) && p->size + n <= MAX_SIZE) {
		memmove(p->data + at + n, p->data + at, p->size - at);
		p->size += n;
	} else {
		memmove(p->data + at, p->data + at + n, p->size - at - n);
		p->size -= n;
	}
}

static void splice(struct packet *p, const struct packet *other)
{
	uint32_t at = pick(p->size), from = other->size ? pick(other->size) : 0;
	uint32_t n = other->size - from;

	if (n > MAX_SIZE - at)
		n = MAX_SIZE - at;
	memcpy(p->data + at, other->data + from, n);
	p->size = at + n;
}

static void change(struct packet *p, const struct capture *c)
{
	if (!p->size)
		return;
	switch (pick(6)) {
	case 0:
		p->data[pick(p->size)] ^= (uint8_t)(1u << pick(8));
		break;
	case 1:
		shift(p);
		break;
	case 2:
		splice(p, &c->packets[pick(c->count)]);
		break;
	default: /* headers are where it matters */
		p->data[pick(p->size < 80 ? p->size : 80)] = odd_byte();
		break;
	}
}

static void make(struct packet *p, const struct capture *c)
{
	const struct packet *from = &c->packets[pick(c->count)];
	uint32_t i, n = pick(MAX_CHANGES + 1);

	p->size = from->size < MAX_SIZE ? from->size : MAX_SIZE;
	memcpy(p->data, from->data, p->size);
	for (i = 0; i < n; i++)
		change(p, c);
	if (pick(20))
		return;
	p->size = pick(200);
	for (i = 0; i < p->size; i++)
		p->data[i] = odd_byte();
}

static void write_pair(struct packet *p)
{
	uint32_t whole = p->size, i;
	struct packet more = *p;

	if (pick(4))
		p->size = pick(whole + 1);
	if (pick(10))
		more.size = p->size;
	for (i = 0; i < CANARY; i++)
		more.data[more.size++] = (uint8_t)(1 + pick(255));
	more.wire = more.size;
	p->wire = pick(2) ? p->size : more.size;
	capture_write(stdout, p);
	capture_write(stdout, &more);
}

int main(int argc, char **argv)
{
	struct capture c = { 0 };
	unsigned long pairs;
	struct packet p;

	if (argc < 4)
		errx(2, "usage: mutate SEED PAIRS CAPTURE...");
	state = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15 + 1;
	pairs = strtoul(argv[2], NULL, 10);
	for (int i = 3; i < argc; i++)
		capture_read(&c, argv[i]);
	capture_begin(stdout);
	while (pairs--) {
		make(&p, &c);
		write_pair(&p);
	}
	return fflush(stdout) || ferror(stdout);
}
