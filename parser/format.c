/* SPDX-License-Identifier: Apache-2.0 */
/* Format strings of printf and its like: %[-+ #0][width][.precision][hh h l ll j z t]conversion */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parser/checker.h"

/* One conversion being read. */
struct reader {
	struct checker *c;
	const struct node *format;
	const char *at, *end;
	struct fmt_piece *piece;
	bool is_long; /* the conversion said l, or the like */
};

/* The bytes that a backslash and what follows it take in the script. */
static uint32_t escape_length(const char *s)
{
	uint32_t n = 1;

	if (s[1] == 'x')
		while (n < 3 && isxdigit((unsigned char)s[n + 1]))
			n++;
	else
		while (n < 4 && s[n] >= '0' && s[n] <= '7')
			n++;
	return s[1] == 'x' || n == 1 ? n + 1 : n;
}

/* Where the part of the format from @start to @end is written in the script. */
static struct span format_span(const struct reader *r, const char *start, const char *end)
{
	const char *script = r->c->diags->source->text;
	uint32_t at = r->format->span.offset + 1, from = at;

	if (script[at - 1] != '"')
		return r->format->span;
	for (const char *s = r->format->text; s < end; s++) {
		if (s == start)
			from = at;
		at += script[at] == '\\' ? escape_length(script + at) : 1;
	}
	return (struct span){ from, at - from };
}

static void bad_format(struct reader *r, const char *start)
{
	const char *end = r->at + (r->at < r->end);
	struct diag *g = ERR(r->c, BAD_FORMAT, format_span(r, start, end),
			     "unknown conversion '%.*s'", (int)(end - start), start);

	if (end > start + 1 && strchr("fFeEgGaA", end[-1])) {
		HINT(r->c, g, "there are no fractions: %%d prints an integer");
		return;
	}

	HINT(r->c, g,
	     "conversions are %%d %%u %%x %%X %%o %%c %%s %%p %%r, and %%%% for a percent sign");
}

static void read_flags(struct reader *r)
{
	for (; r->at < r->end; r->at++) {
		switch (*r->at) {
		case '-':
			r->piece->left = true;
			break;
		case '+':
			r->piece->plus = true;
			break;
		case ' ':
			r->piece->space = true;
			break;
		case '#':
			r->piece->alternate = true;
			break;
		case '0':
			r->piece->zero = true;
			break;
		default:
			return;
		}
	}
}

static int read_number(struct reader *r)
{
	int n = 0;

	for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++)
		n = n < 10000 ? 10 * n + (*r->at - '0') : n;
	return n;
}

/* Length modifiers say nothing that the argument's type does not, but for hh and h. */
static void read_modifier(struct reader *r)
{
	if (r->end - r->at >= 2 && r->at[0] == 'h' && r->at[1] == 'h')
		r->piece->bytes = 1;
	else if (r->at < r->end && *r->at == 'h')
		r->piece->bytes = 2;
	while (r->at < r->end && strchr("hljzt", *r->at))
		r->is_long = *r->at++ != 'h';
}

/* @r->at is after the percent sign. */
static bool read_conversion(struct reader *r)
{
	const char *start = r->at - 1;

	r->piece->width = r->piece->precision = -1;
	r->is_long = false;
	read_flags(r);
	if (r->at < r->end && *r->at >= '1' && *r->at <= '9')
		r->piece->width = read_number(r);
	if (r->at < r->end && *r->at == '.') {
		r->at++;
		r->piece->precision = read_number(r);
	}
	read_modifier(r);
	if (r->at == r->end || !strchr("diuxXocspr", *r->at)) {
		bad_format(r, start);
		return false;
	}
	r->piece->conv = *r->at == 'i' ? 'd' : *r->at;
	r->at++;
	if (r->piece->conv == 'r' && r->at < r->end && (*r->at == 'x' || *r->at == 'h'))
		r->piece->modifier = *r->at++;
	return true;
}

/* The text up to the next conversion, with %% made one; true when a conversion follows. */
static bool read_text(struct reader *r)
{
	char *text = arena_alloc(r->c->arena, r->end - r->at + 1), *to = text;

	bool conversion = false;

	while (r->at < r->end && !conversion) {
		if (*r->at == '%' && (++r->at == r->end || *r->at != '%'))
			conversion = true;
		else
			*to++ = *r->at++;
	}
	r->piece->text = text;
	r->piece->length = to - text;
	return conversion;
}

static bool takes(char conv, const struct type *t)
{
	switch (conv) {
	case 's':
		return true;
	case 'r':
		return t->kind == TYPE_BUF || t->kind == TYPE_STRING;
	default:
		return type_shape(t) == SHAPE_INT;
	}
}

/*
 * As C does it: what is narrower than an int is one, and %x of a negative int has 8 digits. What
 * is in a register is an int unless %ld and the like say more.
 */
static void narrow_piece(struct fmt_piece *p, const struct node *arg, bool is_long)
{
	bool word = arg->type == &type_word;
	bool fits = arg->literal ? (int64_t)arg->number == (int32_t)arg->number
				 : check_width(arg) && check_width(arg) <= 4;

	if (p->bytes || is_long || arg->type->kind != TYPE_INT || !arg->type->is_signed)
		return;
	if (strchr("uxXo", p->conv) ? fits || word : p->conv == 'd' && word)
		p->bytes = 4;
}

static void check_piece(struct checker *c, const struct fmt_piece *p, const struct node *arg)
{
	if (arg->type->kind == TYPE_ERROR || takes(p->conv, arg->type))
		return;
	HINT(c,
	     ERR(c, BAD_FORMAT, arg->span, "'%%%c' takes %s, and this is %s", p->conv,
		 p->conv == 'r' ? "a buffer" : "a number", TYPE_NAME(c, arg->type)),
	     "'%%s' prints a value of any type");
}

/* The conversion that began at @start is the first one without an argument. */
static void no_argument(struct reader *r, const char *start)
{
	HINT(r->c,
	     ERR(r->c, ARGUMENT_COUNT, format_span(r, start, r->at), "no argument for '%.*s'",
		 (int)(r->at - start), start),
	     "%%%% prints a percent sign");
}

const struct fmt *check_format(struct checker *c, struct node *call, uint32_t format_arg)
{
	const struct node *format = call->kids[format_arg];
	struct reader r = { c, format, format->text, format->text + format->length, NULL, false };
	struct fmt *fmt = arena_alloc(c->arena, sizeof(*fmt));
	struct fmt_piece *pieces = NULL;
	uint32_t given = call->nkids - format_arg - 1;

	while (r.at < r.end) {
		struct fmt_piece piece = { 0 };

		r.piece = &piece;
		if (read_text(&r)) {
			const char *start = r.at - 1;

			if (!read_conversion(&r))
				return fmt;
			if (fmt->args < given) {
				const struct node *arg = call->kids[format_arg + 1 + fmt->args];

				check_piece(c, &piece, arg);
				narrow_piece(&piece, arg, r.is_long);
			} else if (fmt->args == given) {
				no_argument(&r, start);
			}
			fmt->args++;
		}
		VEC_PUSH(c->arena, pieces, fmt->count, piece);
	}
	fmt->pieces = pieces;
	if (fmt->args < given)
		ERR(c, ARGUMENT_COUNT, call->kids[format_arg + 1 + fmt->args]->span,
		    "the format has no conversion for this argument");
	return fmt;
}
