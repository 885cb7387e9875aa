/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/histogram.h"

#include <stdio.h>

#include "parser/agg.h"

#define LABEL_WIDTH 16
#define COUNT_WIDTH 8
#define BAR_WIDTH 52
#define LABEL_ROOM 64

static bool is_linear(const struct type *t)
{
	return t->agg->cells[0] == CELL_LINEAR;
}

/* First and last bucket with events; false when there is none. */
static bool used_range(const struct type *t, const uint64_t *cells, uint32_t *first, uint32_t *last)
{
	uint32_t i;
	bool any = false;

	for (i = 0; i < t->count; i++) {
		if (!cells[i])
			continue;
		if (!any)
			*first = i;
		*last = i;
		any = true;
	}
	return any;
}

/* Lowest value of linear bucket @i >= 1, which is also the end of the one before. */
static int64_t linear_floor(const struct type *t, uint32_t i)
{
	if (i + 1 >= t->count)
		return t->max;
	return t->min + (int64_t)(i - 1) * t->step;
}

/* Powers of 1024 are shortened where every bound of the histogram allows it. */
static void linear_label(char *text, size_t size, const struct type *t, int64_t v)
{
	if (t->step % 1024 || !v || v % 1024)
		snprintf(text, size, "%lld", (long long)v);
	else if (v % (1024 * 1024))
		snprintf(text, size, "%lldK", (long long)(v / 1024));
	else
		snprintf(text, size, "%lldM", (long long)(v / (1024 * 1024)));
}

/*
 * Bound @i >= 1 of a logarithmic histogram is shortened by the size of the bucket that it
 * begins: with 2^bits buckets per power, those of 1024 values and more have bounds in K.
 */
static void log2_label(char *text, size_t size, const struct type *t, uint32_t i)
{
	uint32_t power = ((i - 1) >> t->bits) ? ((i - 1) >> t->bits) - 1 : 0;
	uint32_t decade = power / 10;
	uint64_t units = (1ull << t->bits) + ((i - 1) & ((1u << t->bits) - 1));

	if (i <= 2u << t->bits)
		snprintf(text, size, "%u", i - 1);
	else
		snprintf(text, size, "%llu%.1s", (unsigned long long)units << (power % 10),
			 &"\0KMGTPE"[decade < 7 ? decade : 0]);
}

static void bound(char *text, size_t size, const struct type *t, uint32_t i)
{
	if (is_linear(t))
		linear_label(text, size, t, linear_floor(t, i));
	else
		log2_label(text, size, t, i);
}

/* True when bucket @i >= 1 holds one value only. */
static bool single_value(const struct type *t, uint32_t i)
{
	if (is_linear(t))
		return t->step == 1;
	return i <= 2u << t->bits;
}

static void bucket_label(char *text, size_t size, const struct type *t, uint32_t i)
{
	char low[LABEL_ROOM / 2 - 4], high[LABEL_ROOM / 2 - 4];

	if (i)
		bound(low, sizeof(low), t, i);
	if (!i) {
		bound(high, sizeof(high), t, 1);
		snprintf(text, size, "(..., %s)", high);
	} else if (is_linear(t) && i + 1 == t->count) {
		snprintf(text, size, "[%s, ...)", low);
	} else if (single_value(t, i)) {
		snprintf(text, size, "[%s]", low);
	} else {
		bound(high, sizeof(high), t, i + 1);
		snprintf(text, size, "[%s, %s)", low, high);
	}
}

static void print_row(struct out *o, const char *label, uint64_t count, uint64_t most)
{
	size_t bar = (size_t)((unsigned __int128)count * BAR_WIDTH / most);
	char line[LABEL_ROOM + 32];
	int n;

	n = snprintf(line, sizeof(line), "%-*s%*llu |", LABEL_WIDTH, label, COUNT_WIDTH,
		     (unsigned long long)count);
	out_bytes(o, line, (size_t)n);
	out_fill(o, '@', bar);
	out_fill(o, ' ', BAR_WIDTH - bar);
	out_bytes(o, "|\n", 2);
}

void histogram_text(struct out *o, const struct type *t, const uint64_t *cells)
{
	uint32_t i, first = 0, last = 0;
	uint64_t most = 1;
	char label[LABEL_ROOM];

	if (!used_range(t, cells, &first, &last))
		return;
	for (i = first; i <= last; i++)
		most = cells[i] > most ? cells[i] : most;
	for (i = first; i <= last; i++) {
		bucket_label(label, sizeof(label), t, i);
		print_row(o, label, cells[i], most);
	}
}

/* Largest value of logarithmic bucket @i >= 1. */
static uint64_t log2_last(const struct type *t, uint32_t i)
{
	return i + 1 == t->count ? UINT64_MAX : agg_log2_floor(t->bits, i + 1) - 1;
}

static void json_bounds(struct out *o, const struct type *t, uint32_t i)
{
	bool linear = is_linear(t);

	if (i) {
		out_string(o, "\"min\": ");
		if (linear)
			out_json_signed(o, linear_floor(t, i));
		else
			out_json_unsigned(o, agg_log2_floor(t->bits, i));
		out_string(o, ", ");
	}
	if (linear && i + 1 == t->count)
		return;
	out_string(o, "\"max\": ");
	if (linear)
		out_json_signed(o, (i ? linear_floor(t, i + 1) : t->min) - 1);
	else if (i)
		out_json_unsigned(o, log2_last(t, i));
	else
		out_json_signed(o, -1);
	out_string(o, ", ");
}

void histogram_json(struct out *o, const struct type *t, const uint64_t *cells)
{
	uint32_t i, first = 1, last = 0;

	used_range(t, cells, &first, &last);
	out_char(o, '[');
	for (i = first; i <= last; i++) {
		if (i > first)
			out_char(o, ',');
		out_char(o, '{');
		json_bounds(o, t, i);
		out_string(o, "\"count\": ");
		out_unsigned(o, cells[i]);
		out_char(o, '}');
	}
	out_char(o, ']');
}
