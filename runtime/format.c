/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/format.h"

#include <stdlib.h>

#include "runtime/cells.h"
#include "runtime/memory.h"
#include "runtime/value.h"

/* What a conversion comes to for its argument's type; the plain ones print without detours. */
enum step_kind {
	STEP_TEXT,     /* no conversion */
	STEP_SIGNED,   /* plain %d of an integer */
	STEP_UNSIGNED, /* plain %u */
	STEP_HEX,      /* plain %x */
	STEP_VALUE,    /* %s without width or precision */
	STEP_NUMBER,   /* d u x X o with flags, width, precision or size */
	STEP_RENDERED  /* the rest: rendered aside, then cut and padded */
};

struct step {
	const char *text;
	uint32_t length;
	enum step_kind kind;
	uint32_t offset; /* of the argument in the record */
	uint64_t mask;   /* bits that the argument's type has */
	const struct type *type;
	const struct fmt_piece *piece;
};

struct format {
	uint32_t count;
	struct out aside;
	struct step steps[];
};

static bool is_plain(const struct fmt_piece *p)
{
	return p->width < 0 && p->precision < 0 && !p->bytes && !p->left && !p->plus && !p->space &&
	       !p->alternate && !p->zero;
}

static enum step_kind step_kind(const struct fmt_piece *p, const struct type *t)
{
	bool plain = is_plain(p) && type_rows[t->kind].shape == SHAPE_INT;

	switch (p->conv) {
	case 0:
		return STEP_TEXT;
	case 'd':
		return plain ? STEP_SIGNED : STEP_NUMBER;
	case 'u':
		return plain ? STEP_UNSIGNED : STEP_NUMBER;
	case 'x':
		return plain ? STEP_HEX : STEP_NUMBER;
	case 'X':
	case 'o':
		return STEP_NUMBER;
	case 's':
		return p->width < 0 && p->precision < 0 ? STEP_VALUE : STEP_RENDERED;
	default:
		return STEP_RENDERED;
	}
}

static uint64_t mask_of(uint32_t bytes)
{
	return bytes && bytes < 8 ? (1ull << bytes * 8) - 1 : UINT64_MAX;
}

struct format *format_new(const struct fmt *fmt, const struct field *args)
{
	struct format *f = memory_new(1, sizeof(*f) + fmt->count * sizeof(f->steps[0]));
	uint32_t i;

	f->count = fmt->count;
	out_open(&f->aside, -1);
	for (i = 0; i < fmt->count; i++) {
		const struct fmt_piece *p = &fmt->pieces[i];
		struct step *s = &f->steps[i];

		*s = (struct step){ .text = p->text, .length = p->length, .piece = p };
		if (!p->conv)
			continue;
		s->type = args->type;
		s->offset = args->offset;
		s->kind = step_kind(p, args->type);
		s->mask = mask_of(p->bytes ? p->bytes : args->type->size);
		args++;
	}
	return f;
}

void format_free(struct format *f)
{
	if (!f)
		return;
	out_close(&f->aside);
	free(f);
}

/* The number that an argument stands for: integers take 8 bytes in a record. */
static uint64_t number(const struct type *t, const unsigned char *p)
{
	uint64_t v = 0, *cells;

	if (type_rows[t->kind].shape == SHAPE_INT) {
		memcpy(&v, p, sizeof(v));
	} else if (type_is(t, TYPE_AGG)) {
		cells = memory_new(t->count, sizeof(*cells));
		memcpy(cells, p, t->count * sizeof(*cells));
		v = cells_number(t, cells);
		free(cells);
	}
	return v;
}

static int64_t narrow(uint64_t v, unsigned int bytes)
{
	if (bytes == 1)
		return (int8_t)v;
	return bytes == 2 ? (int16_t)v : bytes == 4 ? (int32_t)v : (int64_t)v;
}

/* What stands before the digits: sign or base. */
static size_t number_prefix(char *prefix, const struct fmt_piece *p, bool negative, uint64_t v)
{
	if (p->conv == 'd') {
		*prefix = negative ? '-' : p->plus ? '+' : ' ';
		return negative || p->plus || p->space;
	}
	if (!p->alternate || !v)
		return 0;
	prefix[0] = '0';
	prefix[1] = p->conv;
	return p->conv == 'o' ? 1 : p->conv == 'u' ? 0 : 2;
}

static void pad(struct out *o, char c, size_t width, size_t used)
{
	if (width > used)
		out_fill(o, c, width - used);
}

/* As C prints a number: sign or base, zeros, digits, padded to the width. */
static void print_number(struct out *o, const struct step *s, uint64_t v)
{
	const struct fmt_piece *p = s->piece;
	size_t width = p->width > 0 ? (size_t)p->width : 0, n, zeros = 0, length;
	char digits[24], prefix[2], *end = digits + sizeof(digits), *first;
	bool negative = false;

	if (p->conv == 'd') {
		int64_t value = narrow(v, p->bytes);

		negative = value < 0;
		v = negative ? -(uint64_t)value : (uint64_t)value;
	} else {
		v &= s->mask;
	}
	first = out_digits(end, v,
			   p->conv == 'o'                     ? 8
			   : p->conv == 'x' || p->conv == 'X' ? 16
							      : 10,
			   p->conv == 'X');
	n = !v && p->precision == 0 ? 0 : (size_t)(end - first);
	length = number_prefix(prefix, p, negative, v);
	if (p->precision > 0 && (size_t)p->precision > n)
		zeros = (size_t)p->precision - n;
	else if (p->precision < 0 && p->zero && !p->left && width > n + length)
		zeros = width - n - length;
	if (!p->left)
		pad(o, ' ', width, length + zeros + n);
	out_bytes(o, prefix, length);
	out_fill(o, '0', zeros);
	out_bytes(o, first, n);
	if (p->left)
		pad(o, ' ', width, length + zeros + n);
}

/* The bytes that %r shows: of a buffer, a string or an array. */
static void render_bytes(struct out *o, const struct step *s, const unsigned char *p)
{
	const struct type *t = s->type;
	uint32_t n = t->size;

	if (type_is(t, TYPE_BUF)) {
		memcpy(&n, p, sizeof(n));
		n = n < t->size - 4 ? n : t->size - 4;
		p += 4;
	} else if (type_is(t, TYPE_STRING)) {
		n = (uint32_t)value_string_length(t, p);
	}
	if (s->piece->modifier == 'h')
		out_hex_bytes(o, p, n);
	else
		out_escaped(o, p, n, s->piece->modifier == 'x');
}

static void render(struct out *o, const struct step *s, const unsigned char *p)
{
	switch (s->piece->conv) {
	case 'c':
		out_char(o, (char)number(s->type, p));
		break;
	case 'p':
		out_bytes(o, "0x", 2);
		out_hex(o, number(s->type, p));
		break;
	case 'r':
		render_bytes(o, s, p);
		break;
	default:
		value_print(o, s->type, p, VALUE_TEXT);
		break;
	}
}

static void print_rendered(struct out *o, struct out *aside, const struct step *s,
			   const unsigned char *p)
{
	const struct fmt_piece *piece = s->piece;
	size_t width = piece->width > 0 ? (size_t)piece->width : 0, n;

	out_reset(aside);
	aside->max_strlen = o->max_strlen;
	aside->names = o->names;
	render(aside, s, p);
	n = aside->length;
	if (piece->conv == 's' && piece->precision >= 0 && n > (size_t)piece->precision)
		n = (size_t)piece->precision;
	if (!piece->left)
		pad(o, ' ', width, n);
	out_bytes(o, aside->data, n);
	if (piece->left)
		pad(o, ' ', width, n);
}

void format_print(struct out *o, struct format *f, const void *record)
{
	const struct step *s = f->steps, *end = s + f->count;
	const unsigned char *p;
	uint64_t v;

	for (; s < end; s++) {
		out_bytes(o, s->text, s->length);
		p = (const unsigned char *)record + s->offset;
		switch (s->kind) {
		case STEP_TEXT:
			break;
		case STEP_SIGNED:
			memcpy(&v, p, sizeof(v));
			out_signed(o, (int64_t)v);
			break;
		case STEP_UNSIGNED:
			memcpy(&v, p, sizeof(v));
			out_unsigned(o, v & s->mask);
			break;
		case STEP_HEX:
			memcpy(&v, p, sizeof(v));
			out_hex(o, v & s->mask);
			break;
		case STEP_VALUE:
			value_print(o, s->type, p, VALUE_TEXT);
			break;
		case STEP_NUMBER:
			print_number(o, s, number(s->type, p));
			break;
		case STEP_RENDERED:
			print_rendered(o, &f->aside, s, p);
			break;
		}
	}
}
