/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_TYPE_H
#define PARSER_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

/* How a value travels in a program (see type.def). */
enum shape { SHAPE_NONE, SHAPE_INT, SHAPE_MEM };

/* Where a pointer points: into the kernel, the process, or the program's context. */
enum space { SPACE_KERNEL, SPACE_USER, SPACE_CTX };

enum json_kind { JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

enum type_kind {
#define TYPE(ID, name, shape, json, doc) TYPE_##ID,
#include "parser/type.def"
#undef TYPE
	TYPE_KINDS
};

struct type_row {
	const char *name;
	enum shape shape;
	enum json_kind json;
	const char *doc;
};
extern const struct type_row type_rows[TYPE_KINDS];

/* How a field's bytes are found: in place, or by the offset in a __data_loc or __rel_loc word. */
enum field_source { FIELD_PLAIN, FIELD_DATA_LOC, FIELD_REL_LOC };

/* A member of a tuple or record, or an argument in an event record. */
struct field {
	const char *name; /* NULL in tuples */
	const struct type *type;
	uint32_t offset; /* bytes from the start of the whole */
	uint8_t bit_offset,
		bit_size; /* bit-field inside the @type at @offset; bit_size 0: not one */
	enum field_source source;
};

struct kbtf;

struct enum_value {
	const char *name;
	int64_t value;
};

/*
 * A type. Equal types need not be the same object: compare with type_equal().
 * Types are immutable once built and live in the arena or in static storage.
 */
struct type {
	enum type_kind kind;
	bool is_signed;   /* INT, ENUM, and the argument of an AGG */
	enum space space; /* PTR, STACK */
	uint32_t size;    /* bytes in memory; STRING: capacity with its NUL; BUF: 4 + capacity */
	/* Tag of a struct, enum or flags; TIME: format; CGROUP: filter; OPTIONAL: the text when
	   there is no value; else NULL. */
	const char *name;
	const struct type *elem; /* PTR: target or NULL; ARRAY, OPTIONAL: element; AGG: DURATION
				    or NULL */
	/* ARRAY: elements; TUPLE, RECORD: fields; ENUM, FLAGS: values; AGG: cells of 8; STACK:
	   frames at most. */
	uint32_t count;
	const struct field *fields;      /* TUPLE, RECORD */
	const struct enum_value *values; /* ENUM, in the order of declaration; FLAGS: masks */
	const struct agg *agg;           /* AGG: its row */
	int64_t min, max, step;          /* AGG with linear buckets; a series' interval in ns is its
					    step */
	const struct kbtf *btf; /* RECORD, ENUM of the kernel: its BTF, NULL for others ... */
	uint32_t btf_id;        /* ... and its id there; no @fields until btf_complete() */
	uint8_t bits;           /* AGG with logarithmic buckets: 2^bits per power of two;
				   a series: enum series_mode;
				   STACK: enum stack_mode */
	uint32_t align;         /* RECORD of the script, floating point: bytes; 0 for all others */
};

extern const struct type type_void, type_error, type_bool;
extern const struct type type_char; /* an int8 of its own: arrays of it are strings */
/* An int64 of its own: a register, whose upper half need not belong to what is in it. */
extern const struct type type_word;
extern const struct type type_int8, type_int16, type_int32, type_int64;
extern const struct type type_uint8, type_uint16, type_uint32, type_uint64;

/* type_net.c: what packets are made of. INET is an address of either family. */
extern const struct type type_ip4, type_ip6, type_inet, type_ether, type_duration, type_flow;
#define SYMBOLS(set, kind, size) extern const struct type type_##set;
#define SYMBOL(name, value)
#define END(set, kind, size)
#include "parser/symbol.def"
#undef SYMBOLS
#undef SYMBOL
#undef END

/* The type of that name, or NULL. */
const struct type *type_symbols(const char *set);

/* A FLOW. Addresses are as in a packet, IPv4 in the first 4 bytes, the rest zero. */
struct flow {
	uint8_t src[16], dst[16];
	uint16_t sport, dport; /* ICMP: type << 8 | code, identifier */
	uint8_t proto;
	uint8_t family; /* 4 or 6 */
	uint8_t flags;
	uint8_t zero;
};
#define FLOW_FRAGMENT 1 /* one without ports */

/* A value of type @elem, or @text when there is none. */
const struct type *type_optional(struct arena *a, const struct type *elem, const char *text);

/* The integer of @size 1, 2, 4 or 8 bytes. */
const struct type *type_int(uint32_t size, bool is_signed);
/* A string of @capacity bytes, its NUL included; the size is rounded up to 8. */
const struct type *type_string(struct arena *a, uint32_t capacity);
/* Bytes of at most @capacity, with their length before them. */
const struct type *type_buffer(struct arena *a, uint32_t capacity);
const struct type *type_pointer(struct arena *a, const struct type *target, enum space space);
const struct type *type_array(struct arena *a, const struct type *elem, uint32_t count);
/*
 * A tuple (names NULL) or record of @n members, laid out as in C. Integers get
 * 8 bytes, so that no later use needs a wider place.
 */
const struct type *type_tuple(struct arena *a, const struct type *const *members,
			      const char *const *names, uint32_t n);

static inline enum shape type_shape(const struct type *t)
{
	return type_rows[t->kind].shape;
}

static inline bool type_is(const struct type *t, enum type_kind kind)
{
	return t->kind == kind;
}

/* The type of @t in a variable, key or value: integers are 8 bytes there. */
const struct type *type_stored(struct arena *a, const struct type *t);

/* INT, BOOL, ENUM, FLAGS, DURATION: what arithmetic takes. */
bool type_is_number(const struct type *t);
bool type_equal(const struct type *a, const struct type *b);
/* "uint32", "string[16]", "(int64, string[8])", "struct sk_buff *" in the arena. */
const char *type_name(struct arena *a, const struct type *t);
/* The field of a record called @name, or NULL. */
const struct field *type_field(const struct type *t, const char *name);

#endif
