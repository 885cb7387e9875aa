/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/runner/packets.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_NS 1000000000000000000ull /* 2001-09-09 01:46:40 */
#define STEP_NS 1000000ull

/* A pcapng file that is written, and what is said of the next packet. */
struct packets {
	FILE *out;
	uint16_t link;
	uint32_t ifaces; /* described so far */
	uint64_t ns;
	uint32_t length, flags; /* 0: not given */
	unsigned char data[1 << 16];
	uint32_t captured;
};

static void put16(struct packets *p, uint16_t v)
{
	fwrite(&v, sizeof(v), 1, p->out);
}

static void put32(struct packets *p, uint32_t v)
{
	fwrite(&v, sizeof(v), 1, p->out);
}

static void put_padded(struct packets *p, const void *data, uint32_t length)
{
	fwrite(data, 1, length, p->out);
	fwrite("\0\0\0", 1, -length & 3, p->out);
}

static void put_section(struct packets *p)
{
	put32(p, 0x0a0d0d0a);
	put32(p, 28);
	put32(p, 0x1a2b3c4d);
	put32(p, 1); /* version 1.0 */
	put32(p, UINT32_MAX);
	put32(p, UINT32_MAX);
	put32(p, 28);
}

/* An interface with a name, and times in ns. */
static void put_iface(struct packets *p, const char *name)
{
	uint32_t length = (uint32_t)strlen(name), size = 36 + ((length + 3) & ~3u);

	put32(p, 1);
	put32(p, size);
	put32(p, p->link);
	put32(p, 0); /* no snap length */
	put16(p, 2);
	put16(p, (uint16_t)length);
	put_padded(p, name, length);
	put16(p, 9);
	put16(p, 1);
	put32(p, 9);
	put32(p, 0);
	put32(p, size);
	p->ifaces++;
}

static void put_packet(struct packets *p)
{
	uint32_t size = 44 + ((p->captured + 3) & ~3u);

	put32(p, 6);
	put32(p, size);
	put32(p, p->ifaces - 1);
	put32(p, (uint32_t)(p->ns >> 32));
	put32(p, (uint32_t)p->ns);
	put32(p, p->captured);
	put32(p, p->length ? p->length : p->captured);
	put_padded(p, p->data, p->captured);
	put16(p, 2);
	put16(p, 4);
	put32(p, p->flags);
	put32(p, 0);
	put32(p, size);
	p->ns += STEP_NS;
	p->length = p->flags = p->captured = 0;
}

static bool add_hex(struct packets *p, const char *word)
{
	unsigned int byte;

	for (; isxdigit((unsigned char)word[0]) && isxdigit((unsigned char)word[1]); word += 2) {
		if (p->captured == sizeof(p->data) || sscanf(word, "%2x", &byte) != 1)
			return false;
		p->data[p->captured++] = (unsigned char)byte;
	}
	return !*word;
}

/* One word of a line; "link" and "iface" take the next one too. */
static bool take_word(struct packets *p, const char *word, char **rest)
{
	bool link = !strcmp(word, "link");

	if (link || !strcmp(word, "iface")) {
		word = strtok_r(NULL, " ", rest);
		if (!word)
			return false;
		if (link)
			p->link = (uint16_t)atoi(word);
		put_iface(p, link ? "" : word);
	} else if (!strcmp(word, "in") || !strcmp(word, "out")) {
		p->flags = *word == 'i' ? 1 : 2;
	} else if (!strncmp(word, "len=", 4)) {
		p->length = (uint32_t)strtoul(word + 4, NULL, 0);
	} else if (*word == '@') {
		p->ns = (uint64_t)(strtold(word + 1, NULL) * 1e9L);
	} else {
		return add_hex(p, word);
	}
	return true;
}

/* A line of words; what is not right in it, or NULL. */
static const char *take_line(struct packets *p, char *line)
{
	uint32_t ifaces = p->ifaces;
	char *rest, *word;

	if (*line == '#')
		return NULL;
	for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		if (!take_word(p, word, &rest))
			return word;
	if (p->ifaces == ifaces)
		put_packet(p);
	return NULL;
}

const char *packets_write(struct arena *a, const char *text, const char *path)
{
	struct packets *p = arena_alloc(a, sizeof(*p));
	const char *wrong = NULL;
	char *rest, *line;

	*p = (struct packets){ .out = fopen(path, "w"), .link = 1, .ns = FIRST_NS };
	if (!p->out)
		return arena_printf(a, "%s: %s", path, strerror(errno));
	put_section(p);
	put_iface(p, "");
	for (line = strtok_r(arena_strdup(a, text), "\n", &rest); line && !wrong;
	     line = strtok_r(NULL, "\n", &rest))
		wrong = take_line(p, line);
	if (fclose(p->out) && !wrong)
		return arena_printf(a, "%s: %s", path, strerror(errno));
	return wrong ? arena_printf(a, "packets: '%s' is not understood", wrong) : NULL;
}
