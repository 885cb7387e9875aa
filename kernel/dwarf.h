/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_DWARF_H
#define KERNEL_DWARF_H

/*
 * Debugging information of a binary (DWARF 2 to 5, 32-bit format, as compilers write it for
 * C and C++), flattened: one record for each entry, its children behind it. The file is
 * untrusted: what is out of bounds or of an unknown form ends its unit.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"

/* A section of the file, or nothing. */
struct dwarf_section {
	const uint8_t *data;
	size_t length;
};

struct dwarf_sections {
	struct dwarf_section info, abbrev, str, line_str, str_offsets, line;
};

struct dwarf_entry {
	uint32_t offset; /* in .debug_info: what references mean */
	uint32_t type;   /* DW_AT_type as such an offset; 0: none */
	uint32_t origin; /* the entry that has what this one lacks, likewise */
	uint16_t tag;    /* DW_TAG_*; 0: none, a hole */
	uint16_t depth;
	const char *name;    /* "" when it has none */
	const char *linkage; /* of a function: its symbol where that is another, else "" */
	uint64_t size;       /* DW_AT_byte_size */
	uint64_t count;      /* of a dimension; of a constant its value */
	uint64_t place;      /* of a member, in bits */
	uint32_t bits;       /* of a bit-field; 0: none */
	uint8_t encoding;    /* DW_ATE_* */
	bool declaration;
};

/* The entries of all units, in the order of the file. */
struct dwarf {
	struct dwarf_entry *entries;
	uint32_t count;
};

void dwarf_read(struct arena *a, const struct dwarf_sections *s, struct dwarf *d);

/* The entry at @offset, or NULL. */
const struct dwarf_entry *dwarf_at(const struct dwarf *d, uint32_t offset);

/* One past the entries that belong to entry @i. */
uint32_t dwarf_end(const struct dwarf *d, uint32_t i);

/*
 * Calls @fn for the address of each statement of a source line, of any column when it is 0.
 * @file is the end of a path, from a slash on.
 */
void dwarf_lines(struct arena *a, const struct dwarf_sections *s, const char *file, uint32_t line,
		 uint32_t column, void (*fn)(void *ctx, uint64_t address), void *ctx);

#endif
