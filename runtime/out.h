/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_OUT_H
#define RUNTIME_OUT_H

/*
 * A buffered writer, to a file descriptor or kept in memory, with the few
 * conversions that the hot path needs.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct names;
struct stop;

struct out {
	char *data;
	size_t length, room;
	int fd;              /* -1: everything is kept in data */
	int error;           /* errno of the first write that failed; what follows is dropped */
	bool terminal;       /* a person reads line by line */
	bool may_block;      /* pipe, terminal or socket: a slow reader holds us up */
	struct stop *stop;   /* asks for the end while a reader holds us up, or NULL */
	struct names *names; /* what numbers and addresses are called, or NULL */
	uint64_t max_strlen; /* strings that fill this many bytes were cut; 0: none was */
};

/* A writer to @fd, or into memory when @fd is -1. */
void out_open(struct out *o, int fd);
/* Gives the memory back without flushing; @fd stays open. */
void out_close(struct out *o);
/* Writes what is buffered. Failures are kept in o->error. */
void out_flush(struct out *o);
/* For writers in memory: forget the content. */
static inline void out_reset(struct out *o)
{
	o->length = 0;
}

void out_bytes_slow(struct out *o, const void *p, size_t n);

static inline void out_bytes(struct out *o, const void *p, size_t n)
{
	if (__builtin_expect(o->room - o->length < n, 0)) {
		out_bytes_slow(o, p, n);
		return;
	}
	memcpy(o->data + o->length, p, n);
	o->length += n;
}

static inline void out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

static inline void out_string(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

/* @c, @n times. */
void out_fill(struct out *o, char c, size_t n);

/* Digits of @v before @end; returns the first. At most 22 bytes in base 8. */
char *out_digits(char *end, uint64_t v, unsigned int base, bool upper);

void out_unsigned(struct out *o, uint64_t v);
void out_signed(struct out *o, int64_t v);
void out_hex(struct out *o, uint64_t v);

/* @n bytes as a JSON string with its quotes: bytes that are not UTF-8 become \u00hh. */
void out_json_string(struct out *o, const char *s, size_t n);
/* A JSON number, or a string when a double cannot hold it exactly. */
void out_json_unsigned(struct out *o, uint64_t v);
void out_json_signed(struct out *o, int64_t v);

/* Bytes 32 to 126 as they are, others as \xhh; with @all every byte as \xhh. */
void out_escaped(struct out *o, const unsigned char *p, size_t n, bool all);
/* Bytes as "0a fe". */
void out_hex_bytes(struct out *o, const unsigned char *p, size_t n);

#endif
