/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_BTF_H
#define KERNEL_BTF_H

/*
 * The kernel's types, read from BTF (Documentation/bpf/btf.rst) without making objects of
 * them: opening costs one pass over the type headers, all else is read where it lies.
 *
 * A type is a number: its id, as in the kernel; 0 is void. Every function takes any id and
 * any file: what is out of bounds, or of the wrong kind, reads as absent. Names live as
 * long as the kernel handle is open. Prefix kbtf_: btf_ and btf__ are libbpf's.
 */

#include <linux/btf.h> /* BTF_KIND_STRUCT ... */
#include <stdbool.h>
#include <stdint.h>

#include "kernel/kernel.h"

struct kbtf;

/* The BTF of vmlinux, opened at the first call; NULL with kernel_error(). */
const struct kbtf *kernel_btf(struct kernel *k);

/*
 * The BTF of a module: its types, and under their own ids all of vmlinux's. NULL with
 * kernel_error(), also when that module is not loaded.
 */
const struct kbtf *kernel_btf_module(struct kernel *k, const char *module);

/* The same, with NULL and "vmlinux" for the kernel itself. */
const struct kbtf *kernel_btf_of(struct kernel *k, const char *module);

/* True for the types of a binary: their pointers are into processes. See kernel_binary_types(). */
bool kbtf_is_user(const struct kbtf *b);

/* Ids are below this; a module's own begin where vmlinux's end: kbtf_first(). */
uint32_t kbtf_count(const struct kbtf *b);
uint32_t kbtf_first(const struct kbtf *b);

/*
 * The first type of that name and BTF_KIND_*, or 0. A module's own come first. An enum may
 * also be ENUM64: ask for BTF_KIND_ENUM to get either.
 */
uint32_t kbtf_find(const struct kbtf *b, const char *name, uint32_t kind);

/* Calls @fn for each type of that kind whose name matches @glob, in id order; how many. */
int kbtf_each(const struct kbtf *b, uint32_t kind, const char *glob,
	      void (*fn)(void *ctx, uint32_t id, const char *name), void *ctx);

struct kbtf_type {
	const char *name; /* "" when it has none */
	uint32_t kind;    /* BTF_KIND_* */
	uint32_t size;    /* bytes: INT, FLOAT, STRUCT, UNION, ENUM, ENUM64, DATASEC; else 0 */
	/*
	 * PTR, TYPEDEF, modifiers, VAR, tags: what they refer to; FUNC: its FUNC_PROTO;
	 * FUNC_PROTO: what it returns; ARRAY: its element; else 0.
	 */
	uint32_t ref;
	uint32_t count;        /* members, values, parameters, elements */
	bool is_signed;        /* INT, ENUM, ENUM64 */
	bool is_bool, is_char; /* INT */
	bool is_union;         /* FWD */
};

/* False when there is no such id; @t is then void: kind BTF_KIND_UNKN. */
bool kbtf_type(const struct kbtf *b, uint32_t id, struct kbtf_type *t);

/* The type behind typedefs, const, volatile, restrict and type tags; 0 for void. */
uint32_t kbtf_resolve(const struct kbtf *b, uint32_t id);

/* Bytes of an object of that type; 0 when it has none (void, function, forward). */
uint64_t kbtf_size(const struct kbtf *b, uint32_t id);

/* The type as C writes it: "struct sk_buff *", "u8[16]", "void (*)()". In @a. */
const char *kbtf_ctype(const struct kbtf *b, struct arena *a, uint32_t id);

struct kbtf_member {
	const char *name;
	uint32_t type;
	uint32_t bit_offset; /* from the start of the struct that was asked */
	uint32_t bit_size;   /* 0: not a bit field, bit_offset is a multiple of 8 */
};

/* Member @i of a struct or union itself: an anonymous one has name "". */
bool kbtf_member_at(const struct kbtf *b, uint32_t id, uint32_t i, struct kbtf_member *m);

/* Member by name, also of the anonymous structs and unions in it. @id may be a typedef. */
bool kbtf_member(const struct kbtf *b, uint32_t id, const char *name, struct kbtf_member *m);

/* The member name nearest to @name for "did you mean", or NULL. */
const char *kbtf_suggest_member(const struct kbtf *b, uint32_t id, const char *name);

/* Value @i of an enum, sign- or zero-extended; by name; the first name of a value, or NULL. */
bool kbtf_enum_at(const struct kbtf *b, uint32_t id, uint32_t i, const char **name, int64_t *value);
bool kbtf_enum_value(const struct kbtf *b, uint32_t id, const char *name, int64_t *value);
const char *kbtf_enum_name(const struct kbtf *b, uint32_t id, int64_t value);

/* The first enum of all with an enumerator of that name, or 0. */
uint32_t kbtf_find_enumerator(const struct kbtf *b, const char *name, int64_t *value);

/* Parameter @i of a FUNC or FUNC_PROTO; the "..." of a variadic one has type 0 and name "". */
bool kbtf_param(const struct kbtf *b, uint32_t id, uint32_t i, const char **name, uint32_t *type);

/* How many parameters a FUNC or FUNC_PROTO has, and the type it returns. False: neither. */
bool kbtf_proto(const struct kbtf *b, uint32_t id, uint32_t *count, uint32_t *returns);

/* An argument of a raw tracepoint; number i is the u64 ctx[i] of its program. */
struct raw_arg {
	const char *name; /* "arg0" ... when the BTF has no names */
	uint32_t type;
};

struct raw_tracepoint {
	const char *name;
	const struct kbtf *btf; /* of its argument types */
	uint32_t id; /* of its typedef btf_trace_NAME: attach_btf_id of tp_btf programs */
	const struct raw_arg *args;
	uint32_t nargs;
	struct raw_tracepoint *next; /* of those read before */
};

/*
 * A raw tracepoint: typedef btf_trace_NAME is a pointer to its probe function, whose first
 * parameter is private; the names are those of __probestub_NAME, or __traceiter_NAME (include/
 * linux/tracepoint.h). NULL with kernel_error() when there is none. In the kernel's arena.
 * @module is the one that has it, or NULL: the kernel itself, which is also "vmlinux".
 */
const struct raw_tracepoint *kernel_raw_tracepoint(struct kernel *k, const char *module,
						   const char *name);

/*
 * Calls @fn for each raw tracepoint that matches @glob, in byte order. Returns how many, or
 * -errno with kernel_error(); after 0 kernel_error() says that none matched.
 */
int kernel_raw_tracepoints(struct kernel *k, const char *module, const char *glob,
			   void (*fn)(void *ctx, const char *name), void *ctx);

#endif
