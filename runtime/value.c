/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/value.h"

#include <stdlib.h>

#include "parser/agg.h"
#include "runtime/cells.h"
#include "runtime/histogram.h"
#include "runtime/memory.h"
#include "runtime/names.h"
#include "runtime/net.h"
#include "runtime/quantile.h"
#include "runtime/series.h"

typedef void value_fn(struct out *o, const struct type *t, const unsigned char *p,
		      enum value_mode mode);

/* Types whose text is made by names.c. */
#define value_INET value_text
#define value_IP4 value_text
#define value_IP6 value_text
#define value_ETHER value_text
#define value_FLAGS value_text
#define value_FLOW value_text
#define value_MAC value_text
#define value_KSYM value_text
#define value_USYM value_text
#define value_STACK value_text
#define value_TIME value_text
#define value_USERNAME value_text
#define value_COMM value_text
#define value_ERRNO value_text
#define value_SIGNAL value_text
#define value_SYSCALL value_text
#define value_CGROUP value_text

#define TYPE(ID, name, shape, json, doc) static value_fn value_##ID;
#include "parser/type.def"
#undef TYPE

static value_fn *const value_functions[TYPE_KINDS] = {
#define TYPE(ID, name, shape, json, doc) [TYPE_##ID] = value_##ID,
#include "parser/type.def"
#undef TYPE
};

static int64_t load_integer(const unsigned char *p, uint32_t size, bool is_signed)
{
	union {
		int8_t s1;
		uint8_t u1;
		int16_t s2;
		uint16_t u2;
		int32_t s4;
		uint32_t u4;
		int64_t s8;
	} v = { .s8 = 0 };

	memcpy(&v, p, size < sizeof(v) ? size : sizeof(v));
	switch (size) {
	case 1:
		return is_signed ? v.s1 : v.u1;
	case 2:
		return is_signed ? v.s2 : v.u2;
	case 4:
		return is_signed ? (int64_t)v.s4 : (int64_t)v.u4;
	default:
		return v.s8;
	}
}

int64_t value_integer(const struct type *t, const void *data)
{
	return load_integer(data, t->size, t->is_signed);
}

static void print_integer(struct out *o, int64_t v, bool is_signed, enum value_mode mode)
{
	if (mode == VALUE_JSON && is_signed)
		out_json_signed(o, v);
	else if (mode == VALUE_JSON)
		out_json_unsigned(o, (uint64_t)v);
	else if (is_signed)
		out_signed(o, v);
	else
		out_unsigned(o, (uint64_t)v);
}

static void print_boolean(struct out *o, int64_t v)
{
	out_string(o, v ? "true" : "false");
}

static void print_enum(struct out *o, const struct type *t, int64_t v, enum value_mode mode)
{
	uint32_t i;

	for (i = 0; mode != VALUE_JSON && i < t->count; i++) {
		if (t->values[i].value == v) {
			out_string(o, t->values[i].name);
			return;
		}
	}
	print_integer(o, v, t->is_signed, mode);
}

static void value_VOID(struct out *o, const struct type *t, const unsigned char *p,
		       enum value_mode mode)
{
	(void)t, (void)p, (void)mode;
	out_string(o, "null");
}

static void value_ERROR(struct out *o, const struct type *t, const unsigned char *p,
			enum value_mode mode)
{
	value_VOID(o, t, p, mode);
}

static void value_INT(struct out *o, const struct type *t, const unsigned char *p,
		      enum value_mode mode)
{
	print_integer(o, value_integer(t, p), t->is_signed, mode);
}

static void value_DURATION(struct out *o, const struct type *t, const unsigned char *p,
			   enum value_mode mode)
{
	int64_t v = value_integer(t, p);

	if (mode == VALUE_JSON)
		out_json_signed(o, v);
	else
		net_duration(o, v);
}

static void value_BOOL(struct out *o, const struct type *t, const unsigned char *p,
		       enum value_mode mode)
{
	(void)mode;
	print_boolean(o, value_integer(t, p));
}

static void value_ENUM(struct out *o, const struct type *t, const unsigned char *p,
		       enum value_mode mode)
{
	print_enum(o, t, value_integer(t, p), mode);
}

static void value_PTR(struct out *o, const struct type *t, const unsigned char *p,
		      enum value_mode mode)
{
	uint64_t address = (uint64_t)value_integer(t, p);

	if (mode == VALUE_JSON) {
		out_json_unsigned(o, address);
		return;
	}
	out_bytes(o, "0x", 2);
	out_hex(o, address);
}

size_t value_string_length(const struct type *t, const void *data)
{
	return strnlen(data, t->size);
}

static void value_STRING(struct out *o, const struct type *t, const unsigned char *p,
			 enum value_mode mode)
{
	size_t n = value_string_length(t, p);
	/* A text of the script may be longer than what str() keeps. */
	bool cut = o->max_strlen &&
		   (n + 1 == o->max_strlen || (n + 1 > o->max_strlen && n + 1 >= t->size));
	struct out whole;

	if (mode != VALUE_JSON) {
		out_bytes(o, p, n);
		if (cut)
			out_string(o, names_cut_mark(o->names));
		return;
	}
	if (!cut) {
		out_json_string(o, (const char *)p, n);
		return;
	}
	out_open(&whole, -1);
	out_bytes(&whole, p, n);
	out_string(&whole, names_cut_mark(o->names));
	out_json_string(o, whole.data, whole.length);
	out_close(&whole);
}

/* A buffer is its length in 4 bytes, then as many bytes as fit. */
static void value_BUF(struct out *o, const struct type *t, const unsigned char *p,
		      enum value_mode mode)
{
	uint32_t n, i, capacity = t->size > 4 ? t->size - 4 : 0;

	memcpy(&n, p, sizeof(n));
	n = n < capacity ? n : capacity;
	if (mode != VALUE_JSON) {
		out_escaped(o, p + 4, n, false);
		return;
	}
	out_char(o, '[');
	for (i = 0; i < n; i++) {
		if (i)
			out_char(o, ',');
		out_unsigned(o, p[4 + i]);
	}
	out_char(o, ']');
}

/* Whether there is a value, in 8 bytes, then the value. */
static void value_OPTIONAL(struct out *o, const struct type *t, const unsigned char *p,
			   enum value_mode mode)
{
	uint64_t present;

	memcpy(&present, p, sizeof(present));
	if (present)
		value_print(o, t->elem, p + 8, mode);
	else if (mode == VALUE_JSON)
		out_json_string(o, t->name, strlen(t->name));
	else
		out_string(o, t->name);
}

/* A char[N] of a struct is text, like the member by itself. */
static void print_chars(struct out *o, const char *text, size_t room, enum value_mode mode)
{
	if (mode == VALUE_JSON)
		out_json_string(o, text, strnlen(text, room));
	else
		out_bytes(o, text, strnlen(text, room));
}

static void value_ARRAY(struct out *o, const struct type *t, const unsigned char *p,
			enum value_mode mode)
{
	uint32_t i;

	if (t->elem == &type_char && t->count) {
		print_chars(o, (const char *)p, t->count, mode);
		return;
	}
	out_char(o, '[');
	for (i = 0; i < t->count; i++) {
		if (i)
			out_char(o, ',');
		value_print(o, t->elem, p + (size_t)i * t->elem->size, mode);
	}
	out_char(o, ']');
}

static void print_members(struct out *o, const struct type *t, const unsigned char *p,
			  enum value_mode mode)
{
	uint32_t i;

	for (i = 0; i < t->count; i++) {
		if (i)
			out_string(o, mode == VALUE_TEXT ? ", " : ",");
		value_print(o, t->fields[i].type, p + t->fields[i].offset, mode);
	}
}

static void value_TUPLE(struct out *o, const struct type *t, const unsigned char *p,
			enum value_mode mode)
{
	out_char(o, mode == VALUE_JSON ? '[' : '(');
	print_members(o, t, p, mode);
	if (t->count == 1 && mode != VALUE_JSON)
		out_char(o, ',');
	out_char(o, mode == VALUE_JSON ? ']' : ')');
}

static int64_t bit_field(const struct field *f, const unsigned char *p)
{
	uint64_t v = 0;

	memcpy(&v, p, f->type->size < sizeof(v) ? f->type->size : sizeof(v));
	v = v << (64 - f->bit_size - f->bit_offset);
	return f->type->is_signed ? (int64_t)v >> (64 - f->bit_size)
				  : (int64_t)(v >> (64 - f->bit_size));
}

static void print_field(struct out *o, const struct field *f, const unsigned char *p,
			enum value_mode mode)
{
	int64_t v;

	if (f->source != FIELD_PLAIN) {
		out_string(o, "null"); /* its bytes are outside the record */
		return;
	}
	p += f->offset;
	if (!f->bit_size || f->bit_size + f->bit_offset > 64) {
		value_print(o, f->type, p, mode);
		return;
	}
	v = bit_field(f, p);
	if (type_is(f->type, TYPE_BOOL))
		print_boolean(o, v);
	else if (type_is(f->type, TYPE_ENUM))
		print_enum(o, f->type, v, mode);
	else
		print_integer(o, v, f->type->is_signed, mode);
}

static void value_RECORD(struct out *o, const struct type *t, const unsigned char *p,
			 enum value_mode mode)
{
	bool json = mode == VALUE_JSON;
	uint32_t i;

	if (!t->count) {
		out_string(o, "{}");
		return;
	}
	out_string(o, mode == VALUE_TEXT ? "{ " : "{");
	for (i = 0; i < t->count; i++) {
		const char *name = t->fields[i].name ? t->fields[i].name : "";

		if (i)
			out_string(o, mode == VALUE_KEY ? "," : ", ");
		if (json) {
			out_json_string(o, name, strlen(name));
			out_string(o, ": ");
		} else {
			out_char(o, '.');
			out_string(o, name);
			out_string(o, mode == VALUE_TEXT ? " = " : "=");
		}
		print_field(o, &t->fields[i], p, mode);
	}
	out_string(o, mode == VALUE_TEXT ? " }" : "}");
}

/* What a number of an aggregation is of: of durations, or just numbers. */
static void print_cell(struct out *o, const struct type *t, uint64_t v, enum value_mode mode)
{
	if (t->elem && mode != VALUE_JSON)
		net_duration(o, (int64_t)v);
	else
		print_integer(o, (int64_t)v, cells_signed(t), mode);
}

static void print_stats(struct out *o, const struct type *t, const struct stats *s,
			enum value_mode mode)
{
	bool json = mode == VALUE_JSON;

	out_string(o, json ? "{\"count\": " : "{ .count = ");
	print_integer(o, (int64_t)s->count, false, mode);
	out_string(o, json ? ", \"average\": " : ", .average = ");
	print_cell(o, t, s->average, mode);
	out_string(o, json ? ", \"total\": " : ", .total = ");
	print_cell(o, t, s->total, mode);
	out_string(o, json ? "}" : " }");
}

static void value_AGG(struct out *o, const struct type *t, const unsigned char *p,
		      enum value_mode mode)
{
	uint64_t *cells = memory_new(t->count, sizeof(*cells));
	struct stats s;

	memcpy(cells, p, t->count * sizeof(*cells));
	switch (t->agg->print) {
	case AGG_CELL:
	case AGG_AVERAGE:
		print_cell(o, t, cells_number(t, cells), mode);
		break;
	case AGG_STATS:
		s = cells_stats(t, cells);
		print_stats(o, t, &s, mode);
		break;
	case AGG_BUCKETS:
		if (mode == VALUE_JSON)
			histogram_json(o, t, cells);
		else
			histogram_text(o, t, cells);
		break;
	case AGG_QUANTILES:
		quantile_print(o, t, cells, mode);
		break;
	case AGG_SERIES:
		if (mode == VALUE_JSON)
			series_json(o, t, cells);
		else
			series_text(o, t, cells);
		break;
	}
	free(cells);
}

static void value_text(struct out *o, const struct type *t, const unsigned char *p,
		       enum value_mode mode)
{
	struct out aside;

	if (mode != VALUE_JSON) {
		names_print(o, t, p);
		return;
	}
	out_open(&aside, -1);
	aside.names = o->names;
	names_print(&aside, t, p);
	out_json_string(o, aside.data, aside.length);
	out_close(&aside);
}

void value_print(struct out *o, const struct type *t, const void *data, enum value_mode mode)
{
	value_functions[t->kind](o, t, data, mode);
}

void value_print_key(struct out *o, const struct type *t, const void *data, enum value_mode mode)
{
	if (type_is(t, TYPE_TUPLE))
		print_members(o, t, data, mode);
	else
		value_print(o, t, data, mode);
}
