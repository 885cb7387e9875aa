/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_BTF_INTERNAL_H
#define KERNEL_BTF_INTERNAL_H

/* What btf.c, btf-find.c and btf-type.c share: the file's parts, and safe reads of them. */

#include <stddef.h>

#include "kernel/btf.h"

/* Names of one kind, hashed when they are searched often. */
struct kbtf_hash {
	uint32_t *slots; /* ids, 0 is free; NULL: not built */
	uint32_t mask, searches;
};

struct kbtf {
	const struct kbtf *base; /* vmlinux's, when this is a module's */
	char *data;
	size_t length;
	bool mapped; /* @data is a mapping, else malloc()ed */
	bool user;   /* of a binary, not of the kernel */
	const char *types;
	uint32_t types_length;
	const char *strings; /* ends with a NUL */
	uint32_t strings_length;
	uint32_t *offsets;     /* of each own type in @types, malloc()ed */
	uint8_t *kinds;        /* of each own type, ENUM64 as ENUM; behind @offsets */
	uint32_t first, count; /* own ids are first .. count - 1 */
	uint32_t first_string; /* string offsets below are the base's */
	struct kbtf_hash hash[NR_BTF_KINDS];
};

/* The record of a type with all that follows it, or NULL; checked when it was indexed. */
const struct btf_type *kbtf_record(const struct kbtf *b, uint32_t id);

/* A string of the file; "" when out of bounds. */
const char *kbtf_string(const struct kbtf *b, uint32_t offset);

/*
 * Checks the header and indexes the types of b->data. NULL, or what is wrong with it. Frees
 * nothing.
 */
const char *kbtf_index(struct kbtf *b);

struct kernel;

/* BTF that was opened under a name, or NULL; and puts that in malloc()ed @data under one. */
const struct kbtf *kernel_btf_opened(const struct kernel *k, const char *name);
const struct kbtf *kernel_btf_add(struct kernel *k, const char *name, char *data, size_t length);

/* Frees what @b holds, not @b. */
void kbtf_clear(struct kbtf *b);

#endif
