/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/diag.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PRINTED 20
#define MAX_LINE 160

static const struct {
	const char *tag;
	bool error;
} diag_rows[DIAG_IDS] = {
#define ERROR(ID, tag, doc) [E_##ID] = { tag, true },
#define WARNING(ID, tag, doc) [W_##ID] = { tag, false },
#include "parser/errors.def"
#undef ERROR
#undef WARNING
};

struct diag *diag_add(struct diags *d, enum diag_id id, struct span span, const char *fmt, ...)
{
	struct diag *g = arena_alloc(d->arena, sizeof(*g));
	va_list ap;

	va_start(ap, fmt);
	g->message = arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
	g->id = id;
	g->span = span;
	g->order = d->count;
	d->errors += diag_rows[id].error;
	VEC_PUSH(d->arena, d->list, d->count, g);
	return g;
}

void diag_hint(struct diags *d, struct diag *g, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g->hint = arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
}

void diag_note(struct diags *d, struct diag *g, struct span span, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g->note = arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
	g->other = span;
}

/* Text of a script as a terminal may have it: anything but characters becomes '?'. */
static void print_text(FILE *f, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		int n = source_char(text, end);

		if (n == 1 && *text != '\t' &&
		    ((unsigned char)*text < ' ' || (unsigned char)*text > '~'))
			fputc('?', f);
		else
			fwrite(text, 1, n, f);
		text += n;
	}
}

/* As many characters as the text has; tabs stay tabs, so that both lines align. */
static void print_under(FILE *f, const char *text, const char *end, char c)
{
	for (; text < end; text += source_char(text, end))
		fputc(*text == '\t' && c == ' ' ? '\t' : c, f);
}

/* The source line of @span with ^~~~ under it; of a long line the part around it. */
static void print_line(FILE *f, const struct source *src, struct span span)
{
	const char *limit = src->text + src->length, *start, *end;
	const char *at = src->text + (span.offset < src->length ? span.offset : src->length);
	const char *mark = at + span.length;

	for (start = at; start > src->text && start[-1] != '\n';)
		start--;
	for (end = at; end < limit && *end != '\n';)
		end++;
	if (end > at && end[-1] == '\r')
		end--;
	if (start == end || (!span.offset && !span.length))
		return;
	if (at - start > MAX_LINE / 2)
		for (start = at - MAX_LINE / 2; start < at && (*start & 0xc0) == 0x80;)
			start++;
	if (end - start > MAX_LINE)
		for (end = start + MAX_LINE; end > at && (*end & 0xc0) == 0x80;)
			end--;
	print_text(f, start, end - start);
	fputc('\n', f);
	print_under(f, start, at, ' ');
	fputc('^', f);
	if (at < end)
		print_under(f, at + source_char(at, end), mark < end ? mark : end, '~');
	fputc('\n', f);
}

static void print_hint(FILE *f, const char *hint)
{
	fputs("hint: ", f);
	print_text(f, hint, strlen(hint));
	fputc('\n', f);
}

static void print_one(FILE *f, const struct source *src, const struct diag *g)
{
	struct position pos = source_position(src, g->span);

	fprintf(f, "%s:%u:%u: %s: ", pos.name, pos.line, pos.column,
		diag_rows[g->id].error ? "error" : "WARNING");
	print_text(f, g->message, strlen(g->message));
	fprintf(f, " [%s]\n", diag_rows[g->id].tag);
	print_line(f, src, g->span);
	if (g->note) {
		pos = source_position(src, g->other);
		fprintf(f, "%s:%u:%u: note: %s\n", pos.name, pos.line, pos.column, g->note);
		print_line(f, src, g->other);
	}
	if (g->hint)
		print_hint(f, g->hint);
}

static int by_place(const void *a, const void *b)
{
	const struct diag *x = *(struct diag *const *)a, *y = *(struct diag *const *)b;

	if (x->span.offset != y->span.offset)
		return x->span.offset < y->span.offset ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

void diag_print(FILE *f, const struct diags *d)
{
	const struct diag *last = NULL;
	uint32_t printed = 0;

	if (d->count)
		qsort(d->list, d->count, sizeof(*d->list), by_place);
	for (uint32_t i = 0; i < d->count; i++) {
		const struct diag *g = d->list[i];

		if (d->quiet && !diag_rows[g->id].error)
			continue;
		if (last && last->span.offset == g->span.offset &&
		    !strcmp(last->message, g->message))
			continue;
		if (printed == MAX_PRINTED) {
			fprintf(f, "%s: further messages are not shown\n", d->source->name);
			return;
		}
		print_one(f, d->source, g);
		last = g;
		printed++;
	}
}
