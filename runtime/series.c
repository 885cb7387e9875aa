/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/series.h"

#include <stdio.h>
#include <time.h>

#include "parser/agg.h"

#define NS_PER_S 1000000000
#define PLOT_WIDTH 53
#define LOW_WIDTH 21 /* of the plot, for the lowest value above it */
#define TIME_ROOM 64

/* The intervals to print, and the range of their values in an order without signs. */
struct extent {
	uint64_t first, last, low, high;
};

static uint64_t sign_bit(const struct type *t)
{
	return t->is_signed ? 1ull << 63 : 0;
}

static void fold_slot(const struct type *t, uint64_t *into, const uint64_t *from)
{
	if (from[SERIES_INTERVAL] < into[SERIES_INTERVAL])
		return;
	if (from[SERIES_INTERVAL] > into[SERIES_INTERVAL]) {
		memcpy(into, from, SERIES_CELLS * sizeof(*into));
		return;
	}
	switch ((enum series_mode)t->bits) {
	case SERIES_AVG:
	case SERIES_SUM:
		into[SERIES_VALUE] += from[SERIES_VALUE];
		into[SERIES_MORE] += from[SERIES_MORE];
		break;
	case SERIES_LAST:
		if (from[SERIES_MORE] > into[SERIES_MORE])
			memcpy(into, from, SERIES_CELLS * sizeof(*into));
		break;
	case SERIES_MAX:
	case SERIES_MIN:
	case SERIES_MODES:
		if (from[SERIES_VALUE] > into[SERIES_VALUE])
			into[SERIES_VALUE] = from[SERIES_VALUE];
		break;
	}
}

void series_fold(const struct type *t, uint64_t *into, const uint64_t *from)
{
	uint32_t i;

	for (i = 0; i + SERIES_CELLS <= t->count; i += SERIES_CELLS)
		fold_slot(t, into + i, from + i);
}

/* The value of a slot; its bits are those of an int64_t in a signed series. */
static uint64_t slot_value(const struct type *t, const uint64_t *slot)
{
	uint64_t v = slot[SERIES_VALUE], n = slot[SERIES_MORE];

	switch ((enum series_mode)t->bits) {
	case SERIES_AVG:
		if (!n)
			return 0;
		return t->is_signed ? (uint64_t)((int64_t)v / (int64_t)n) : v / n;
	case SERIES_MAX:
		return v ^ sign_bit(t);
	case SERIES_MIN:
		return ~v ^ sign_bit(t);
	case SERIES_LAST:
	case SERIES_SUM:
	case SERIES_MODES:
		break;
	}
	return v;
}

/* The slot of interval @number, or NULL when it had no event. */
static const uint64_t *find_slot(const struct type *t, const uint64_t *cells, uint64_t number)
{
	const uint64_t *slot = cells + SERIES_CELLS * (number % (t->count / SERIES_CELLS));

	return slot[SERIES_INTERVAL] == number ? slot : NULL;
}

static void add_to_extent(const struct type *t, const uint64_t *slot, struct extent *e)
{
	uint64_t number = slot[SERIES_INTERVAL], v = slot_value(t, slot) ^ sign_bit(t);

	e->first = number < e->first ? number : e->first;
	e->low = v < e->low ? v : e->low;
	e->high = v > e->high ? v : e->high;
}

/* False when there is no event. Slots that the newest interval has left behind are old. */
static bool extent_of(const struct type *t, const uint64_t *cells, struct extent *e)
{
	uint32_t i;

	*e = (struct extent){ .first = UINT64_MAX, .low = UINT64_MAX };
	for (i = 0; i < t->count; i += SERIES_CELLS)
		if (cells[i] > e->last)
			e->last = cells[i];
	for (i = 0; e->last && i < t->count; i += SERIES_CELLS)
		if (cells[i] && e->last - cells[i] < t->count / SERIES_CELLS)
			add_to_extent(t, cells + i, e);
	if (e->low == e->high) {
		e->low -= e->low > 0;
		e->high += e->high < UINT64_MAX;
	}
	return e->last != 0;
}

/* Digits of a second that starts of intervals need, and the name of the last of them. */
static int second_digits(const struct type *t, const char **unit)
{
	static const struct {
		int64_t ns;
		int digits;
		const char *name;
	} units[] = { { NS_PER_S, 0, "" }, { 1000000, 3, ".ms" }, { 1000, 6, ".us" } };
	uint32_t i;

	for (i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (t->step % units[i].ns)
			continue;
		*unit = units[i].name;
		return units[i].digits;
	}
	*unit = ".ns";
	return 9;
}

/* When interval @number starts, with the @date, and @digits of the second's fraction. */
static size_t start_text(char *text, const struct type *t, uint64_t number, bool date, int digits)
{
	uint64_t ns = number * (uint64_t)t->step, fraction = ns % NS_PER_S;
	time_t seconds = (time_t)(ns / NS_PER_S);
	struct tm tm;
	size_t n;
	int i;

	localtime_r(&seconds, &tm);
	n = date ? strftime(text, TIME_ROOM / 2, "%Y-%m-%d %H:%M:%S", &tm)
		 : strftime(text, TIME_ROOM / 2, "%H:%M:%S", &tm);
	for (i = digits; i < 9; i++)
		fraction /= 10;
	if (digits)
		n += (size_t)snprintf(text + n, TIME_ROOM / 2, ".%0*llu", digits,
				      (unsigned long long)fraction);
	return n;
}

static void print_number(struct out *o, const struct type *t, uint64_t v)
{
	if (t->is_signed)
		out_signed(o, (int64_t)v);
	else
		out_unsigned(o, v);
}

/* The line of the lowest and the highest value, above and below the plot. */
static void print_range(struct out *o, const struct type *t, const struct extent *e, int indent)
{
	char line[TIME_ROOM + PLOT_WIDTH];
	uint64_t low = e->low ^ sign_bit(t), high = e->high ^ sign_bit(t);
	int n;

	if (t->is_signed)
		n = snprintf(line, sizeof(line), "%*s%-*lld%*lld\n", indent, "", LOW_WIDTH,
			     (long long)low, PLOT_WIDTH - LOW_WIDTH, (long long)high);
	else
		n = snprintf(line, sizeof(line), "%*s%-*llu%*llu\n", indent, "", LOW_WIDTH,
			     (unsigned long long)low, PLOT_WIDTH - LOW_WIDTH,
			     (unsigned long long)high);
	out_bytes(o, line, (size_t)n);
}

/* The line that closes the plot above or below. */
static void print_edge(struct out *o, char end)
{
	out_char(o, end);
	out_fill(o, '_', PLOT_WIDTH - 2);
	out_char(o, end);
	out_char(o, '\n');
}

/* Column of a value, or of zero, that is between the lowest and the highest. */
static size_t column(const struct extent *e, uint64_t v)
{
	return (size_t)((unsigned __int128)(v - e->low) * (PLOT_WIDTH - 1) / (e->high - e->low));
}

static void print_interval(struct out *o, const struct type *t, const uint64_t *slot,
			   const struct extent *e)
{
	uint64_t zero = sign_bit(t);
	char line[PLOT_WIDTH];

	memset(line, ' ', sizeof(line));
	line[0] = line[PLOT_WIDTH - 1] = '|';
	if (e->low < zero && zero < e->high)
		line[column(e, zero)] = '.';
	if (slot)
		line[column(e, slot_value(t, slot) ^ zero)] = '*';
	out_bytes(o, line, sizeof(line));
	out_char(o, ' ');
	if (slot)
		print_number(o, t, slot_value(t, slot));
	else
		out_char(o, '-');
	out_char(o, '\n');
}

void series_text(struct out *o, const struct type *t, const uint64_t *cells)
{
	char text[TIME_ROOM];
	const char *unit;
	struct extent e;
	uint64_t number;
	int digits = second_digits(t, &unit), indent = 9 + digits + (digits > 0), n;

	if (!extent_of(t, cells, &e)) {
		out_string(o, "<no data>");
		return;
	}
	print_range(o, t, &e, indent);
	n = snprintf(text, sizeof(text), "hh:mm:ss%s", unit);
	out_bytes(o, text, (size_t)n);
	out_fill(o, ' ', (size_t)(indent - n));
	print_edge(o, '|');
	for (number = e.first; number <= e.last; number++) {
		out_bytes(o, text, start_text(text, t, number, false, digits));
		out_char(o, ' ');
		print_interval(o, t, find_slot(t, cells, number), &e);
	}
	out_fill(o, ' ', (size_t)indent);
	print_edge(o, 'v');
	print_range(o, t, &e, indent);
}

void series_json(struct out *o, const struct type *t, const uint64_t *cells)
{
	char text[TIME_ROOM];
	struct extent e;
	uint64_t number;

	out_char(o, '[');
	for (number = extent_of(t, cells, &e) ? e.first : 1; number <= e.last; number++) {
		const uint64_t *slot = find_slot(t, cells, number);

		out_string(o, number > e.first ? ",{" : "{");
		out_string(o, "\"interval_start\": ");
		out_json_string(o, text, start_text(text, t, number, true, 9));
		out_string(o, ", \"value\": ");
		if (!slot)
			out_string(o, "null");
		else if (t->is_signed)
			out_json_signed(o, (int64_t)slot_value(t, slot));
		else
			out_json_unsigned(o, slot_value(t, slot));
		out_char(o, '}');
	}
	out_char(o, ']');
}
