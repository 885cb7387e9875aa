/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, strings and forms of DWARF (dwarfstd.org, version 5, 7.5.6). */
#include "kernel/dwarf-read.h"

/* DW_FORM_* */
enum form {
	FORM_ADDR = 0x01,
	FORM_BLOCK2 = 0x03,
	FORM_BLOCK4,
	FORM_DATA2,
	FORM_DATA4,
	FORM_DATA8,
	FORM_STRING,
	FORM_BLOCK,
	FORM_BLOCK1,
	FORM_DATA1,
	FORM_FLAG,
	FORM_SDATA,
	FORM_STRP,
	FORM_UDATA,
	FORM_REF_ADDR,
	FORM_REF1,
	FORM_REF2,
	FORM_REF4,
	FORM_REF8,
	FORM_REF_UDATA,
	FORM_INDIRECT,
	FORM_SEC_OFFSET,
	FORM_EXPRLOC,
	FORM_FLAG_PRESENT,
	FORM_STRX,
	FORM_ADDRX,
	FORM_REF_SUP4,
	FORM_STRP_SUP,
	FORM_DATA16,
	FORM_LINE_STRP,
	FORM_REF_SIG8,
	FORM_IMPLICIT_CONST,
	FORM_LOCLISTX,
	FORM_RNGLISTX,
	FORM_REF_SUP8,
	FORM_STRX1,
	FORM_STRX2,
	FORM_STRX3,
	FORM_STRX4,
	FORM_ADDRX1,
	FORM_ADDRX2,
	FORM_ADDRX3,
	FORM_ADDRX4
};

uint64_t dwarf_leb(struct dwarf_cursor *c, bool is_signed)
{
	uint64_t v = 0;
	uint32_t shift = 0;
	uint8_t byte;

	do {
		byte = (uint8_t)dwarf_number(c, 1);
		if (shift < 64)
			v |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	if (is_signed && shift < 64 && (byte & 0x40))
		v |= ~(uint64_t)0 << shift;
	return v;
}

const char *dwarf_text(struct dwarf_cursor *c)
{
	const uint8_t *from = c->at, *end = memchr(from, 0, (size_t)(c->end - from));

	c->at = end ? end + 1 : c->end;
	return end ? (const char *)from : "";
}

const char *dwarf_string(const struct dwarf_section *s, uint64_t offset)
{
	if (offset >= s->length || !memchr(s->data + offset, 0, s->length - offset))
		return "";
	return (const char *)s->data + offset;
}

/* String @index of the unit, by the table of their offsets. */
static const char *indexed(const struct dwarf_unit *u, uint64_t index)
{
	const struct dwarf_section *s = &u->sections->str_offsets;
	uint64_t at = u->str_offsets + 4 * index;
	struct dwarf_cursor c = { s->data, s->data + s->length };

	if (index > s->length)
		return "";
	dwarf_skip(&c, at);
	return dwarf_string(&u->sections->str, dwarf_number(&c, 4));
}

static void reference(const struct dwarf_unit *u, struct dwarf_value *v, uint64_t offset)
{
	v->number = u->start + offset;
}

static void pass_block(struct dwarf_cursor *c, struct dwarf_value *v, uint64_t size)
{
	v->block = true;
	dwarf_skip(c, size);
}

bool dwarf_form(const struct dwarf_unit *u, struct dwarf_cursor *c, uint64_t form, int64_t implicit,
		struct dwarf_value *v)
{
	*v = (struct dwarf_value){ 0 };
	if (form == FORM_INDIRECT)
		form = dwarf_leb(c, false);
	switch (form) {
	case FORM_ADDR:
		v->number = dwarf_number(c, u->address_size);
		return true;
	case FORM_DATA1:
	case FORM_FLAG:
	case FORM_ADDRX1:
		v->number = dwarf_number(c, 1);
		return true;
	case FORM_DATA2:
	case FORM_ADDRX2:
		v->number = dwarf_number(c, 2);
		return true;
	case FORM_ADDRX3:
		v->number = dwarf_number(c, 3);
		return true;
	case FORM_DATA4:
	case FORM_SEC_OFFSET:
	case FORM_REF_SUP4:
	case FORM_STRP_SUP:
	case FORM_ADDRX4:
		v->number = dwarf_number(c, 4);
		return true;
	case FORM_DATA8:
	case FORM_REF_SUP8:
		v->number = dwarf_number(c, 8);
		return true;
	case FORM_REF_SIG8: /* a type in another section: not followed */
		dwarf_skip(c, 8);
		return true;
	case FORM_DATA16:
		pass_block(c, v, 16);
		return true;
	case FORM_SDATA:
		v->number = dwarf_leb(c, true);
		return true;
	case FORM_UDATA:
	case FORM_ADDRX:
	case FORM_LOCLISTX:
	case FORM_RNGLISTX:
		v->number = dwarf_leb(c, false);
		return true;
	case FORM_IMPLICIT_CONST:
		v->number = (uint64_t)implicit;
		return true;
	case FORM_FLAG_PRESENT:
		v->number = 1;
		return true;
	case FORM_BLOCK1:
		pass_block(c, v, dwarf_number(c, 1));
		return true;
	case FORM_BLOCK2:
		pass_block(c, v, dwarf_number(c, 2));
		return true;
	case FORM_BLOCK4:
		pass_block(c, v, dwarf_number(c, 4));
		return true;
	case FORM_BLOCK:
	case FORM_EXPRLOC:
		pass_block(c, v, dwarf_leb(c, false));
		return true;
	case FORM_STRING:
		v->text = dwarf_text(c);
		return true;
	case FORM_STRP:
		v->text = dwarf_string(&u->sections->str, dwarf_number(c, 4));
		return true;
	case FORM_LINE_STRP:
		v->text = dwarf_string(&u->sections->line_str, dwarf_number(c, 4));
		return true;
	case FORM_STRX:
		v->text = indexed(u, dwarf_leb(c, false));
		return true;
	case FORM_STRX1:
	case FORM_STRX2:
	case FORM_STRX3:
	case FORM_STRX4:
		v->text = indexed(u, dwarf_number(c, form - FORM_STRX1 + 1));
		return true;
	case FORM_REF_ADDR:
		v->number = dwarf_number(c, u->version == 2 ? u->address_size : 4);
		return true;
	case FORM_REF1:
		reference(u, v, dwarf_number(c, 1));
		return true;
	case FORM_REF2:
		reference(u, v, dwarf_number(c, 2));
		return true;
	case FORM_REF4:
		reference(u, v, dwarf_number(c, 4));
		return true;
	case FORM_REF8:
		reference(u, v, dwarf_number(c, 8));
		return true;
	case FORM_REF_UDATA:
		reference(u, v, dwarf_leb(c, false));
		return true;
	default:
		return false;
	}
}
