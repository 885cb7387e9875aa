/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/capwrite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "runtime/memory.h"

#define NG_SECTION 0x0a0d0d0a
#define NG_INTERFACE 1
#define NG_PACKET 6
#define NG_MAGIC 0x1a2b3c4d
#define OPT_END 0
#define OPT_COMMENT 1
#define OPT_HARDWARE 2
#define OPT_OS 3
#define OPT_PROGRAM 4
#define OPT_NAME 2
#define OPT_RESOLUTION 9
#define OPT_FLAGS 2

/* An interface of the file: a name with a link type. */
struct iface {
	char *name;
	uint16_t link;
};

struct capwrite {
	FILE *file;
	struct iface *ifaces;
	uint32_t nifaces;
};

static void put16(struct capwrite *w, uint16_t v)
{
	fwrite(&v, sizeof(v), 1, w->file);
}

static void put32(struct capwrite *w, uint32_t v)
{
	fwrite(&v, sizeof(v), 1, w->file);
}

static uint32_t padded(size_t n)
{
	return ((uint32_t)n + 3) & ~3u;
}

static void pad(struct capwrite *w, size_t n)
{
	fwrite("\0\0\0", 1, padded(n) - n, w->file);
}

/* Options with a text: left out when that is empty. */
static uint32_t option_size(const char *text)
{
	return *text ? 4 + padded(strlen(text)) : 0;
}

static void put_option(struct capwrite *w, uint16_t code, const void *data, size_t n)
{
	if (!n)
		return;
	put16(w, code);
	put16(w, (uint16_t)n);
	fwrite(data, 1, n, w->file);
	pad(w, n);
}

static void put_section(struct capwrite *w, const char *program)
{
	struct utsname u = { 0 };
	char os[sizeof(u.sysname) + sizeof(u.release)];
	uint32_t size;

	uname(&u);
	snprintf(os, sizeof(os), "%s %s", u.sysname, u.release);
	size = 32 + option_size(u.machine) + option_size(os) + option_size(program);
	put32(w, NG_SECTION);
	put32(w, size);
	put32(w, NG_MAGIC);
	put16(w, 1); /* version 1.0 */
	put16(w, 0);
	put32(w, UINT32_MAX); /* length unknown */
	put32(w, UINT32_MAX);
	put_option(w, OPT_HARDWARE, u.machine, strlen(u.machine));
	put_option(w, OPT_OS, os, strlen(os));
	put_option(w, OPT_PROGRAM, program, strlen(program));
	put32(w, OPT_END);
	put32(w, size);
}

struct capwrite *capwrite_open(const char *path, const char *program)
{
	FILE *file = fopen(path, "we");
	struct capwrite *w;

	if (!file)
		return NULL;
	w = memory_new(1, sizeof(*w));
	w->file = file;
	put_section(w, program);
	return w;
}

static uint32_t find_iface(struct capwrite *w, const char *name, uint16_t link)
{
	uint32_t i, size = 32 + option_size(name);
	uint8_t ns = 9; /* 10^-9 s */

	for (i = 0; i < w->nifaces; i++)
		if (w->ifaces[i].link == link && !strcmp(w->ifaces[i].name, name))
			return i;
	w->ifaces = memory_resize(w->ifaces, i + 1, sizeof(*w->ifaces));
	w->ifaces[i] = (struct iface){ memory_new(strlen(name) + 1, 1), link };
	strcpy(w->ifaces[i].name, name);
	w->nifaces++;
	put32(w, NG_INTERFACE);
	put32(w, size);
	put32(w, link);
	put32(w, 0); /* no limit of the length */
	put_option(w, OPT_NAME, name, strlen(name));
	put_option(w, OPT_RESOLUTION, &ns, 1);
	put32(w, OPT_END);
	put32(w, size);
	return i;
}

static uint32_t captured(const struct capwrite_packet *p)
{
	uint32_t n = 0;

	for (int i = 0; i < CAPWRITE_PARTS; i++)
		n += p->parts[i].size;
	return n;
}

static void put_parts(struct capwrite *w, const struct capwrite_packet *p)
{
	for (int i = 0; i < CAPWRITE_PARTS; i++)
		if (p->parts[i].size)
			fwrite(p->parts[i].data, 1, p->parts[i].size, w->file);
}

static void put_packet(struct capwrite *w, const struct capwrite_packet *p)
{
	uint32_t iface = find_iface(w, p->iface, p->link), n = captured(p);
	uint32_t size = 44 + padded(n) + option_size(p->comment);
	uint32_t flags = p->direction == CAPREAD_IN ? 1 : p->direction == CAPREAD_OUT ? 2 : 0;

	put32(w, NG_PACKET);
	put32(w, size);
	put32(w, iface);
	put32(w, (uint32_t)(p->ns >> 32));
	put32(w, (uint32_t)p->ns);
	put32(w, n);
	put32(w, p->length);
	put_parts(w, p);
	pad(w, n);
	put_option(w, OPT_FLAGS, &flags, sizeof(flags));
	put_option(w, OPT_COMMENT, p->comment, strlen(p->comment));
	put32(w, OPT_END);
	put32(w, size);
}

static int status(const struct capwrite *w)
{
	return ferror(w->file) ? -(errno ? errno : EIO) : 0;
}

int capwrite_packet(struct capwrite *w, const struct capwrite_packet *p)
{
	put_packet(w, p);
	return status(w);
}

int capwrite_flush(struct capwrite *w)
{
	return fflush(w->file) ? -errno : status(w);
}

int capwrite_close(struct capwrite *w)
{
	int err = status(w);

	if (fclose(w->file) && !err)
		err = -errno;
	for (uint32_t i = 0; i < w->nifaces; i++)
		free(w->ifaces[i].name);
	free(w->ifaces);
	free(w);
	return err;
}
