/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of .debug_info. */
#include "kernel/dwarf.h"

#include "kernel/dwarf-read.h"

#define MAX_ENTRIES 8000000u
#define MAX_ABBREVS 65536u

/* DW_AT_* */
enum attribute {
	AT_NAME = 0x03,
	AT_BYTE_SIZE = 0x0b,
	AT_BIT_OFFSET,
	AT_BIT_SIZE,
	AT_CONST_VALUE = 0x1c,
	AT_UPPER_BOUND = 0x2f,
	AT_ABSTRACT_ORIGIN = 0x31,
	AT_COUNT = 0x37,
	AT_MEMBER_LOCATION,
	AT_DECLARATION = 0x3c,
	AT_ENCODING = 0x3e,
	AT_SPECIFICATION = 0x47,
	AT_TYPE = 0x49,
	AT_DATA_BIT_OFFSET = 0x6b,
	AT_LINKAGE_NAME = 0x6e,
	AT_STR_OFFSETS_BASE = 0x72
};

#define UNIT_COMPILE 1
#define UNIT_PARTIAL 3

/* Abbreviations of a unit, by their code. */
struct abbrev {
	struct dwarf_cursor attributes;
	uint16_t tag;
	bool children;
};

struct abbrevs {
	struct abbrev *list;
	uint32_t count;
	uint64_t offset; /* in .debug_abbrev */
};

static void pass_attributes(struct dwarf_cursor *c)
{
	uint64_t name, form;

	do {
		name = dwarf_leb(c, false);
		form = dwarf_leb(c, false);
		if (form == 0x21) /* DW_FORM_implicit_const: its value is here */
			dwarf_leb(c, true);
	} while (name || form);
}

/* Units of one compiler run often share theirs. */
static void read_abbrevs(struct arena *a, const struct dwarf_section *s, uint64_t offset,
			 struct abbrevs *to)
{
	struct dwarf_cursor c = { s->data, s->data + s->length };
	uint64_t code;

	if (to->list && to->offset == offset)
		return;
	*to = (struct abbrevs){ .offset = offset };
	dwarf_skip(&c, offset);
	while ((code = dwarf_leb(&c, false)) && code < MAX_ABBREVS) {
		struct abbrev one = { .tag = (uint16_t)dwarf_leb(&c, false) };

		one.children = dwarf_number(&c, 1);
		one.attributes = c;
		pass_attributes(&c);
		while (to->count <= code)
			VEC_PUSH(a, to->list, to->count, (struct abbrev){ 0 });
		to->list[code] = one;
	}
}

static void set_attribute(struct dwarf_unit *u, struct dwarf_entry *e, uint64_t name,
			  const struct dwarf_value *v)
{
	if (v->block)
		return;
	switch (name) {
	case AT_NAME:
		e->name = v->text ? v->text : "";
		break;
	case AT_LINKAGE_NAME:
		e->linkage = v->text ? v->text : "";
		break;
	case AT_ABSTRACT_ORIGIN:
	case AT_SPECIFICATION:
		e->origin = (uint32_t)v->number;
		break;
	case AT_BYTE_SIZE:
		e->size = v->number;
		break;
	case AT_BIT_SIZE:
		e->bits = (uint32_t)v->number;
		break;
	case AT_UPPER_BOUND:
		e->count = v->number + 1;
		break;
	case AT_COUNT:
	case AT_CONST_VALUE:
		e->count = v->number;
		break;
	case AT_MEMBER_LOCATION:
		e->place += 8 * v->number;
		break;
	case AT_DATA_BIT_OFFSET:
		e->place += v->number;
		break;
	case AT_BIT_OFFSET: /* DWARF 3: from the high end of a unit of e->size bytes */
		e->place += 8 * e->size - v->number - e->bits;
		break;
	case AT_DECLARATION:
		e->declaration = v->number;
		break;
	case AT_ENCODING:
		e->encoding = (uint8_t)v->number;
		break;
	case AT_TYPE:
		e->type = (uint32_t)v->number;
		break;
	case AT_STR_OFFSETS_BASE:
		u->str_offsets = v->number;
		break;
	default:
		break;
	}
}

static bool read_attributes(struct dwarf_unit *u, struct dwarf_cursor *c, const struct abbrev *ab,
			    struct dwarf_entry *e)
{
	struct dwarf_cursor list = ab->attributes;
	struct dwarf_value v;

	for (;;) {
		uint64_t name = dwarf_leb(&list, false), form = dwarf_leb(&list, false);
		int64_t implicit = form == 0x21 ? (int64_t)dwarf_leb(&list, true) : 0;

		if (!name && !form)
			return true;
		if (!dwarf_form(u, c, form, implicit, &v))
			return false;
		set_attribute(u, e, name, &v);
	}
}

struct reader {
	struct arena *arena;
	const struct dwarf_sections *sections;
	struct abbrevs abbrevs;
	struct dwarf *to;
};

static void read_entries(struct reader *r, struct dwarf_unit *u, struct dwarf_cursor c)
{
	const uint8_t *start = r->sections->info.data;
	uint16_t depth = 0;

	while (c.at < c.end && r->to->count < MAX_ENTRIES) {
		struct dwarf_entry e = { .offset = (uint32_t)(c.at - start),
					 .name = "",
					 .linkage = "" };
		uint64_t code = dwarf_leb(&c, false);
		const struct abbrev *ab;

		if (!code) {
			if (depth-- <= 1)
				break;
			continue;
		}
		ab = code < r->abbrevs.count ? &r->abbrevs.list[code] : NULL;
		if (!ab || !ab->tag || depth == UINT16_MAX)
			break;
		e.tag = ab->tag;
		e.depth = depth;
		if (!read_attributes(u, &c, ab, &e))
			break;
		VEC_PUSH(r->arena, r->to->entries, r->to->count, e);
		depth += ab->children;
		if (!depth)
			break;
	}
}

/* A unit at the cursor, which is then behind it. */
static void read_unit(struct reader *r, struct dwarf_cursor *c)
{
	struct dwarf_unit u = { .sections = r->sections, .str_offsets = 8 };
	struct dwarf_cursor body;
	uint64_t length, abbrevs, type = UNIT_COMPILE;

	u.start = (uint32_t)(c->at - r->sections->info.data);
	length = dwarf_number(c, 4);
	if (length >= 0xfffffff0) { /* the 64-bit format */
		c->at = c->end;
		return;
	}
	body = *c;
	dwarf_skip(c, length);
	body.end = c->at;
	u.version = (uint16_t)dwarf_number(&body, 2);
	if (u.version >= 5) {
		type = dwarf_number(&body, 1);
		u.address_size = (uint8_t)dwarf_number(&body, 1);
	}
	abbrevs = dwarf_number(&body, 4);
	if (u.version < 5)
		u.address_size = (uint8_t)dwarf_number(&body, 1);
	if (u.version < 2 || u.version > 5 || (type != UNIT_COMPILE && type != UNIT_PARTIAL))
		return;
	read_abbrevs(r->arena, &r->sections->abbrev, abbrevs, &r->abbrevs);
	read_entries(r, &u, body);
}

void dwarf_read(struct arena *a, const struct dwarf_sections *s, struct dwarf *d)
{
	struct dwarf_cursor c = { s->info.data, s->info.data + s->info.length };
	struct reader r = { .arena = a, .sections = s, .to = d };

	*d = (struct dwarf){ 0 };
	while (c.at < c.end)
		read_unit(&r, &c);
}

const struct dwarf_entry *dwarf_at(const struct dwarf *d, uint32_t offset)
{
	uint32_t low = 0, high = d->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (d->entries[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->count && d->entries[low].offset == offset ? &d->entries[low] : NULL;
}

uint32_t dwarf_end(const struct dwarf *d, uint32_t i)
{
	uint32_t end = i + 1;

	while (end < d->count && d->entries[end].depth > d->entries[i].depth)
		end++;
	return end;
}
