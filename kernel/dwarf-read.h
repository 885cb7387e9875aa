/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_DWARF_READ_H
#define KERNEL_DWARF_READ_H

/* What the files of dwarf share: reads that stop at the end, and forms of attributes. */

#include <string.h>

#include "kernel/dwarf.h"

/* Bytes that are left; a read beyond them gives 0 and leaves none. */
struct dwarf_cursor {
	const uint8_t *at, *end;
};

static inline uint64_t dwarf_number(struct dwarf_cursor *c, size_t size)
{
	uint64_t v = 0;

	if ((size_t)(c->end - c->at) < size || size > sizeof(v)) {
		c->at = c->end;
		return 0;
	}
	memcpy(&v, c->at, size);
	c->at += size;
	return v;
}

static inline void dwarf_skip(struct dwarf_cursor *c, uint64_t size)
{
	c->at = (uint64_t)(c->end - c->at) < size ? c->end : c->at + size;
}

/* LEB128, sign-extended when @is_signed. */
uint64_t dwarf_leb(struct dwarf_cursor *c, bool is_signed);

/* The string at the cursor, or "" when it has no end. */
const char *dwarf_text(struct dwarf_cursor *c);

/* The string at @offset of a section, or "". */
const char *dwarf_string(const struct dwarf_section *s, uint64_t offset);

/* What forms need to know about their unit. */
struct dwarf_unit {
	const struct dwarf_sections *sections;
	uint32_t start; /* of the unit in .debug_info, for references in it */
	uint16_t version;
	uint8_t address_size;
	uint64_t str_offsets; /* where its strings' offsets begin */
};

struct dwarf_value {
	uint64_t number;  /* a reference is an offset in .debug_info */
	const char *text; /* of a string form; else NULL */
	bool block;       /* bytes, which were passed over */
};

/* Reads an attribute of @form; false when the form is unknown. @implicit: of its abbreviation. */
bool dwarf_form(const struct dwarf_unit *u, struct dwarf_cursor *c, uint64_t form, int64_t implicit,
		struct dwarf_value *v);

#endif
