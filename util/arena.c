/* SPDX-License-Identifier: Apache-2.0 */
#include "util/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE 65536
#define ALIGN 16

struct chunk {
	struct chunk *next;
	size_t used, size;
	_Alignas(ALIGN) char data[];
};

struct arena {
	struct chunk *chunk;
};

static struct chunk *chunk_new(size_t size, struct chunk *next)
{
	struct chunk *c = calloc(1, sizeof(*c) + size);

	if (!c) {
		fputs("pktscript: out of memory\n", stderr);
		exit(3);
	}
	c->size = size;
	c->next = next;
	return c;
}

struct arena *arena_new(void)
{
	struct chunk *c = chunk_new(CHUNK_SIZE, NULL);
	struct arena *a = (struct arena *)c->data;

	c->used = (sizeof(*a) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	a->chunk = c;
	return a;
}

void arena_free(struct arena *a)
{
	struct chunk *c = a ? a->chunk : NULL;

	while (c) {
		struct chunk *next = c->next;

		free(c);
		c = next;
	}
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct chunk *c = a->chunk;
	void *p;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (size > c->size - c->used)
		c = a->chunk = chunk_new(size > CHUNK_SIZE ? size : CHUNK_SIZE, c);
	p = c->data + c->used;
	c->used += size;
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *p = arena_alloc(a, len + 1);

	memcpy(p, s, len);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list count;
	int len;
	char *p;

	va_copy(count, ap);
	len = vsnprintf(NULL, 0, fmt, count);
	va_end(count);
	if (len < 0)
		return arena_strdup(a, fmt);
	p = arena_alloc(a, (size_t)len + 1);
	vsnprintf(p, (size_t)len + 1, fmt, ap);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

void *arena_grow(struct arena *a, void *vec, size_t n, size_t item)
{
	void *p;

	if (n && (n & (n - 1)))
		return vec;
	p = arena_alloc(a, (n ? 2 * n : 1) * item);
	if (n)
		memcpy(p, vec, n * item);
	return p;
}
