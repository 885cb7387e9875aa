/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The format file of a tracepoint: lines such as
 *	field:__data_loc char[] name;	offset:20;	size:4;	signed:0;
 * up to "print fmt:" (kernel/trace/trace_events.c, f_show()).
 */
#include "kernel/kernel.h"

#include <ctype.h>
#include <string.h>

#define MAX_OFFSET 65536 /* no record is longer: __data_loc has 16 bits for it */
#define MAX_TYPE 48      /* longer names are none of ctypes[] */

/* A part of the text. */
struct text {
	const char *p, *end;
};

/* C types whose size the parser must know: arrays of them, and system call arguments. */
static const struct ctype {
	const char *name;
	uint8_t size;
	bool is_signed;
} ctypes[] = {
	{ "bool", 1, false },
	{ "char", 1, false },
	{ "unsigned char", 1, false },
	{ "u8", 1, false },
	{ "__u8", 1, false },
	{ "uint8_t", 1, false },
	{ "signed char", 1, true },
	{ "s8", 1, true },
	{ "__s8", 1, true },
	{ "int8_t", 1, true },
	{ "unsigned short", 2, false },
	{ "u16", 2, false },
	{ "__u16", 2, false },
	{ "__be16", 2, false },
	{ "uint16_t", 2, false },
	{ "umode_t", 2, false },
	{ "short", 2, true },
	{ "s16", 2, true },
	{ "__s16", 2, true },
	{ "int16_t", 2, true },
	{ "unsigned int", 4, false },
	{ "unsigned", 4, false },
	{ "u32", 4, false },
	{ "__u32", 4, false },
	{ "__be32", 4, false },
	{ "uint32_t", 4, false },
	{ "uid_t", 4, false },
	{ "gid_t", 4, false },
	{ "qid_t", 4, false },
	{ "int", 4, true },
	{ "s32", 4, true },
	{ "__s32", 4, true },
	{ "int32_t", 4, true },
	{ "pid_t", 4, true },
	{ "clockid_t", 4, true },
	{ "timer_t", 4, true },
	{ "key_t", 4, true },
	{ "key_serial_t", 4, true },
	{ "mqd_t", 4, true },
	{ "rwf_t", 4, true },
	{ "unsigned long", sizeof(long), false },
	{ "size_t", sizeof(long), false },
	{ "long", sizeof(long), true },
	{ "ssize_t", sizeof(long), true },
	{ "off_t", sizeof(long), true },
	{ "unsigned long long", 8, false },
	{ "u64", 8, false },
	{ "__u64", 8, false },
	{ "uint64_t", 8, false },
	{ "long long", 8, true },
	{ "s64", 8, true },
	{ "__s64", 8, true },
	{ "int64_t", 8, true },
	{ "loff_t", 8, true },
};

static void trim(struct text *t)
{
	while (t->p < t->end && isspace((unsigned char)*t->p))
		t->p++;
	while (t->end > t->p && isspace((unsigned char)t->end[-1]))
		t->end--;
}

/* Steps over @word when @t begins with it. */
static bool skip_word(struct text *t, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(t->end - t->p) < len || memcmp(t->p, word, len))
		return false;
	t->p += len;
	return true;
}

static bool is_ident(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Steps over @word when it is the first word of @t, and the spaces after it. */
static bool skip_keyword(struct text *t, const char *word)
{
	struct text rest = *t;

	if (!skip_word(&rest, word) || (rest.p < rest.end && is_ident(*rest.p)))
		return false;
	*t = rest;
	trim(t);
	return true;
}

/* Decimal digits, at most @max. */
static bool parse_number(struct text *t, uint64_t max, uint64_t *value)
{
	const char *start = t->p;

	for (*value = 0; t->p < t->end && isdigit((unsigned char)*t->p); t->p++) {
		unsigned int digit = (unsigned int)(*t->p - '0');

		if (*value > (max - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return t->p > start;
}

/* "key:number;" with spaces before it. */
static bool parse_attribute(struct text *t, const char *key, uint32_t *value)
{
	uint64_t number;

	trim(t);
	if (!skip_word(t, key) || !skip_word(t, ":") || !parse_number(t, MAX_OFFSET, &number))
		return false;
	*value = (uint32_t)number;
	return skip_word(t, ";");
}

static struct text declaration(struct text *line)
{
	struct text decl = { line->p, memchr(line->p, ';', (size_t)(line->end - line->p)) };

	if (!decl.end)
		decl.end = decl.p;
	else
		line->p = decl.end + 1;
	trim(&decl);
	return decl;
}

/* Cuts "[...]", one or more, off the end of @t; empty when there is none. */
static struct text cut_dimension(struct text *t)
{
	struct text dim = { t->end, t->end };

	while (t->p < t->end && t->end[-1] == ']') {
		dim.p = t->end - 1;
		while (dim.p > t->p && *dim.p != '[')
			dim.p--;
		t->end = dim.p;
		trim(t);
	}
	return dim;
}

/* Cuts the identifier off the end of @t; empty when there is none. */
static struct text cut_name(struct text *t)
{
	struct text name = { t->end, t->end };

	while (name.p > t->p && is_ident(name.p[-1]))
		name.p--;
	t->end = name.p;
	trim(t);
	return name;
}

/* The row of a type without const, its words one space apart; NULL: not a known integer. */
static const struct ctype *find_ctype(struct text t)
{
	char name[MAX_TYPE] = "";
	size_t n = 0;

	while (skip_keyword(&t, "const") || skip_keyword(&t, "volatile"))
		;
	for (; t.p < t.end && n + 1 < sizeof(name); t.p++) {
		bool space = isspace((unsigned char)*t.p);

		if (!space || name[n - 1] != ' ')
			name[n++] = space ? ' ' : *t.p;
	}
	if (t.p < t.end)
		return NULL;
	for (size_t i = 0; i < sizeof(ctypes) / sizeof(ctypes[0]); i++)
		if (!strcmp(ctypes[i].name, name))
			return &ctypes[i];
	return NULL;
}

static bool is_pointer(struct text type)
{
	return type.p < type.end && memchr(type.p, '*', (size_t)(type.end - type.p));
}

/* The size of one element of @type[@dim], which has f->size bytes in all when in place. */
static uint32_t element_size(struct text type, struct text dim, uint32_t size)
{
	const struct ctype *row = find_ctype(type);
	uint64_t count;

	if (is_pointer(type))
		return sizeof(void *);
	if (row)
		return row->size;
	if (skip_word(&dim, "[") && parse_number(&dim, MAX_OFFSET, &count) && count &&
	    size >= count && size % count == 0)
		return (uint32_t)(size / count);
	return 1;
}

/* An integer by its size; what is wider than its C type shrinks to the bytes that count. */
static void classify_scalar(struct tp_field *f, struct text type)
{
	const struct ctype *row = find_ctype(type);
	bool power = f->size == 1 || f->size == 2 || f->size == 4 || f->size == 8;

	f->elem_size = f->size ? f->size : 1;
	if (is_pointer(type) && (f->size == 4 || f->size == 8)) {
		f->kind = TP_POINTER;
		return;
	}
	if (!power || skip_keyword(&type, "struct") || skip_keyword(&type, "union")) {
		f->kind = TP_ARRAY;
		return;
	}
	f->kind = TP_INT;
	if (f->size != sizeof(long) || !row)
		return;
	f->is_signed = row->is_signed;
	if (row->size < f->size) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		f->offset += f->size - row->size;
#endif
		f->size = f->elem_size = row->size;
	}
}

/* False when a __data_loc is not the 4 bytes it must be. */
static bool classify(struct tp_field *f, struct text type, struct text dim)
{
	bool located = skip_keyword(&type, "__data_loc");
	const struct ctype *row;
	bool chars;

	if (!located)
		located = f->relative = skip_keyword(&type, "__rel_loc");
	if (located && dim.p == dim.end)
		dim = cut_dimension(&type);
	row = find_ctype(type);
	chars = row && !strcmp(row->name, "char");
	if (!located && dim.p == dim.end) {
		classify_scalar(f, type);
		return true;
	}
	f->elem_size = element_size(type, dim, located ? 0 : f->size);
	if (located)
		f->kind = chars ? TP_STRING : TP_DYNAMIC;
	else
		f->kind = chars ? TP_CHARS : TP_ARRAY;
	return !located || f->size == 4;
}

/* A line after "field:". */
static bool parse_field(struct arena *a, struct text line, struct tp_field *f)
{
	struct text decl = declaration(&line), dim = cut_dimension(&decl), name = cut_name(&decl);
	uint32_t is_signed = 0;

	if (name.p == name.end || decl.p == decl.end || isdigit((unsigned char)*name.p) ||
	    memchr(decl.p, 0, (size_t)(decl.end - decl.p)) ||
	    !parse_attribute(&line, "offset", &f->offset) ||
	    !parse_attribute(&line, "size", &f->size) || f->offset + f->size > MAX_OFFSET)
		return false;
	trim(&line);
	if (line.p < line.end && !parse_attribute(&line, "signed", &is_signed))
		return false;
	f->is_signed = is_signed;
	f->name = arena_strndup(a, name.p, (size_t)(name.end - name.p));
	f->ctype = arena_printf(a, "%.*s%.*s", (int)(decl.end - decl.p), decl.p,
				(int)(dim.end - dim.p), dim.p);
	return classify(f, decl, dim);
}

uint32_t tracepoint_parse(struct arena *a, const char *text, size_t length, struct tracepoint *tp)
{
	struct text rest = { text, text + length };
	struct tp_field *fields = NULL;
	uint32_t number = 1, n = 0;
	bool have_id = false;

	for (; rest.p < rest.end; number++) {
		const char *newline = memchr(rest.p, '\n', (size_t)(rest.end - rest.p));
		struct text line = { rest.p, newline ? newline : rest.end };

		rest.p = newline ? newline + 1 : rest.end;
		trim(&line);
		if (skip_word(&line, "print fmt:"))
			break;
		if (skip_word(&line, "ID:")) {
			trim(&line);
			have_id = parse_number(&line, UINT32_MAX, &tp->id);
			if (!have_id || line.p < line.end)
				return number;
		} else if (skip_word(&line, "field:")) {
			struct tp_field f = { 0 };

			if (!parse_field(a, line, &f))
				return number;
			if (strncmp(f.name, "common_", 7))
				VEC_PUSH(a, fields, n, f);
		}
	}
	tp->fields = fields;
	tp->nfields = n;
	return have_id ? 0 : number;
}
