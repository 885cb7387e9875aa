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

/* The source line of @span with ^~~~ under it. Tabs stay tabs, so that both lines align. */
static void print_line(FILE *f, const struct source *src, struct span span)
{
	size_t start = span.offset < src->length ? span.offset : src->length, end;
	size_t at = start, from, len;

	while (start && src->text[start - 1] != '\n')
		start--;
	for (end = at; end < src->length && src->text[end] != '\n';)
		end++;
	from = at - start > MAX_LINE / 2 ? at - MAX_LINE / 2 : start;
	if (end > from + MAX_LINE)
		end = from + MAX_LINE;
	len = end - from;
	fprintf(f, "%.*s\n", (int)len, src->text + from);
	for (size_t i = from; i < at; i++)
		if ((src->text[i] & 0xc0) != 0x80)
			fputc(src->text[i] == '\t' ? '\t' : ' ', f);
	fputc('^', f);
	for (size_t i = at + 1; i < at + span.length && i < end; i++)
		if ((src->text[i] & 0xc0) != 0x80)
			fputc('~', f);
	fputc('\n', f);
}

static void print_one(FILE *f, const struct source *src, const struct diag *g)
{
	struct position pos = source_position(src, g->span);

	fprintf(f, "%s:%u:%u: %s: %s [%s]\n", src->name, pos.line, pos.column,
		diag_rows[g->id].error ? "error" : "warning", g->message, diag_rows[g->id].tag);
	print_line(f, src, g->span);
	if (g->note) {
		pos = source_position(src, g->other);
		fprintf(f, "%s:%u:%u: note: %s\n", src->name, pos.line, pos.column, g->note);
		print_line(f, src, g->other);
	}
	if (g->hint)
		fprintf(f, "hint: %s\n", g->hint);
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
