/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_SOURCE_H
#define UTIL_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"

/* A piece of the script: byte offset of its first character and its length. */
struct span {
	uint32_t offset, length;
};

/* A file of the script: its first byte in the text, its first line among all lines. */
struct source_part {
	const char *name;
	uint32_t offset, line;
};

#define MAX_INCLUDES 32

/* What the command line says about C headers. */
struct include_options {
	const char *files[MAX_INCLUDES], *dirs[MAX_INCLUDES]; /* read first; where to look */
	uint32_t nfiles, ndirs;
};

/*
 * The script. @text has @length bytes and a NUL after them. source_add() makes the parts and
 * the index of lines; without them it is one file.
 */
struct source {
	const char *name; /* what messages call it: "-e", "-" or the file's path */
	const char *text;
	size_t length;
	struct source_part *parts;
	uint32_t nparts;
	uint32_t *lines; /* offset of the first byte of each line */
	uint32_t nlines;
	const struct include_options *includes; /* NULL: none */
};

/* Where a span starts, counted from 1; columns count bytes, a tab is one. */
struct position {
	uint32_t line, column;
	const char *name; /* of the file */
};

/*
 * Puts a file after those that are there; returns its offset. Its text may be that of @src
 * itself when it is the first.
 */
uint32_t source_add(struct arena *a, struct source *src, const char *name, const char *text,
		    size_t length);

struct position source_position(const struct source *src, struct span span);

/* The smallest span that holds both. An empty span (length 0) at offset 0 holds nothing. */
struct span span_join(struct span a, struct span b);

/*
 * Bytes of the UTF-8 character at @s that can be shown, 1 for any byte that is not part of one.
 * @s is before @end.
 */
int source_char(const char *s, const char *end);

#endif
