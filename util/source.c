/* SPDX-License-Identifier: Apache-2.0 */
#include "util/source.h"

#include <string.h>

static void index_lines(struct arena *a, struct source *src, uint32_t offset)
{
	const char *at = src->text + offset, *end = src->text + src->length;

	VEC_PUSH(a, src->lines, src->nlines, offset);
	while ((at = memchr(at, '\n', end - at)))
		VEC_PUSH(a, src->lines, src->nlines, (uint32_t)(++at - src->text));
}

uint32_t source_add(struct arena *a, struct source *src, const char *name, const char *text,
		    size_t length)
{
	uint32_t offset = src->nparts ? src->length + 1 : 0;
	char *all;

	if (src->nparts) {
		all = arena_alloc(a, offset + length + 1);
		memcpy(all, src->text, src->length);
		all[src->length] = '\n';
		memcpy(all + offset, text, length);
		src->text = all;
		src->length = offset + length;
	}
	VEC_PUSH(a, src->parts, src->nparts, ((struct source_part){ name, offset, src->nlines }));
	index_lines(a, src, offset);
	return offset;
}

/* The line that @offset is on: the last that does not start after it. */
static uint32_t line_at(const struct source *src, uint32_t offset)
{
	uint32_t low = 0, high = src->nlines;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (src->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static struct position indexed_position(const struct source *src, struct span span)
{
	uint32_t part = src->nparts - 1, line = line_at(src, span.offset);

	while (part && src->parts[part].offset > span.offset)
		part--;
	return (struct position){ line - src->parts[part].line + 1,
				  span.offset - src->lines[line] + 1, src->parts[part].name };
}

struct position source_position(const struct source *src, struct span span)
{
	struct position pos = { 1, 1, src->name };

	if (src->nparts)
		return indexed_position(src, span);

	for (size_t i = 0; i < span.offset && i < src->length; i++) {
		pos.column++;
		if (src->text[i] == '\n') {
			pos.line++;
			pos.column = 1;
		}
	}
	return pos;
}

struct span span_join(struct span a, struct span b)
{
	uint32_t start = a.offset < b.offset ? a.offset : b.offset;
	uint32_t enda = a.offset + a.length, endb = b.offset + b.length;

	if (!a.length && !a.offset)
		return b;
	if (!b.length && !b.offset)
		return a;
	return (struct span){ start, (enda > endb ? enda : endb) - start };
}

int source_char(const char *s, const char *end)
{
	unsigned char c = s[0];
	int len = c >= 0xf5 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;

	if (end - s < len || (c == 0xc2 && (unsigned char)s[1] < 0xa0))
		return 1;
	for (int i = 1; i < len; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 1;
	return len;
}
