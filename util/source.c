/* SPDX-License-Identifier: Apache-2.0 */
#include "util/source.h"

struct position source_position(const struct source *src, struct span span)
{
	struct position pos = { 1, 1 };

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
