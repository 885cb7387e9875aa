/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of source files: the programs of .debug_line (dwarfstd.org, version 5, 6.2). */
#include "kernel/dwarf-read.h"

#define CONTENT_PATH 1 /* DW_LNCT_* */
#define CONTENT_DIRECTORY 2
#define MAX_FORMATS 16
#define MAX_FILES 65536u

/* DW_LNS_*, and of those after a 0 DW_LNE_* */
enum opcode {
	COPY = 1,
	ADVANCE_PC,
	ADVANCE_LINE,
	SET_FILE,
	SET_COLUMN,
	NEGATE_STMT,
	SET_BASIC_BLOCK,
	CONST_ADD_PC,
	FIXED_ADVANCE_PC
};
enum extended { END_SEQUENCE = 1, SET_ADDRESS };

struct line_unit {
	struct dwarf_unit unit;
	struct arena *arena;
	const char *file; /* that is looked for */
	bool *matches;    /* of the unit's files, by number */
	uint32_t nfiles;
	const char **directories;
	uint32_t ndirectories;
	uint8_t step, opcode_base, line_range;
	int8_t line_base;
	bool statement; /* the default */
	const uint8_t *lengths;
};

struct row {
	uint64_t address, file, column;
	uint32_t line;
	bool statement;
};

/* The path ends with what was asked for, at a slash. */
static bool is_file(const struct line_unit *u, const char *directory, const char *name)
{
	const char *path = arena_printf(u->arena, "%s/%s", directory, name);
	size_t length = strlen(path), asked = strlen(u->file);

	if (*name == '/')
		path = name, length = strlen(name);
	return length >= asked && !strcmp(path + length - asked, u->file) &&
	       (length == asked || path[length - asked - 1] == '/');
}

static void add_file(struct line_unit *u, uint64_t directory, const char *name)
{
	const char *in = directory < u->ndirectories ? u->directories[directory] : "";

	VEC_PUSH(u->arena, u->matches, u->nfiles, is_file(u, in, name));
}

/* Version 5: each entry has the parts that a list of formats names. */
static void read_entries(struct line_unit *u, struct dwarf_cursor *c, bool files)
{
	uint64_t formats[MAX_FORMATS][2], n = dwarf_number(c, 1), count;

	for (uint64_t i = 0; i < n; i++) {
		uint64_t content = dwarf_leb(c, false), form = dwarf_leb(c, false);

		formats[i < MAX_FORMATS ? i : 0][0] = content;
		formats[i < MAX_FORMATS ? i : 0][1] = form;
	}
	count = n <= MAX_FORMATS ? dwarf_leb(c, false) : 0;
	for (uint64_t i = 0; i < count && i < MAX_FILES && c->at < c->end; i++) {
		struct dwarf_value v;
		const char *name = "";
		uint64_t directory = 0;

		for (uint64_t j = 0; j < n; j++) {
			if (!dwarf_form(&u->unit, c, formats[j][1], 0, &v))
				return;
			if (formats[j][0] == CONTENT_PATH && v.text)
				name = v.text;
			else if (formats[j][0] == CONTENT_DIRECTORY)
				directory = v.number;
		}
		if (files)
			add_file(u, directory, name);
		else
			VEC_PUSH(u->arena, u->directories, u->ndirectories, name);
	}
}

/* Before version 5: strings, the last one empty. Number 0 is the directory of the compilation. */
static void read_names(struct line_unit *u, struct dwarf_cursor *c)
{
	const char *name;

	VEC_PUSH(u->arena, u->directories, u->ndirectories, "");
	while (*(name = dwarf_text(c)))
		VEC_PUSH(u->arena, u->directories, u->ndirectories, name);
	VEC_PUSH(u->arena, u->matches, u->nfiles, false);
	while (*(name = dwarf_text(c))) {
		uint64_t directory = dwarf_leb(c, false);

		dwarf_leb(c, false);
		dwarf_leb(c, false);
		add_file(u, directory, name);
	}
}

/* Reads the header; what is left for the program is in *@c. False when it is not known. */
static bool read_header(struct line_unit *u, struct dwarf_cursor *c)
{
	struct dwarf_cursor names;
	uint64_t length;

	u->unit.version = (uint16_t)dwarf_number(c, 2);
	u->unit.address_size = 8;
	if (u->unit.version < 2 || u->unit.version > 5)
		return false;
	if (u->unit.version == 5)
		dwarf_skip(c, 2); /* sizes of addresses and of segments */
	length = dwarf_number(c, 4);
	names = *c;
	dwarf_skip(c, length);
	names.end = c->at;
	u->step = (uint8_t)dwarf_number(&names, 1);
	if (u->unit.version >= 4)
		dwarf_skip(&names, 1); /* operations in an instruction: VLIW */
	u->statement = dwarf_number(&names, 1);
	u->line_base = (int8_t)dwarf_number(&names, 1);
	u->line_range = (uint8_t)dwarf_number(&names, 1);
	u->opcode_base = (uint8_t)dwarf_number(&names, 1);
	u->lengths = names.at;
	dwarf_skip(&names, u->opcode_base ? u->opcode_base - 1 : 0);
	if (u->unit.version == 5) {
		read_entries(u, &names, false);
		read_entries(u, &names, true);
	} else {
		read_names(u, &names);
	}
	return u->line_range && u->opcode_base;
}

static void extended_opcode(struct line_unit *u, struct dwarf_cursor *c, struct row *row)
{
	struct dwarf_cursor operand = *c;
	uint64_t length = dwarf_leb(&operand, false);

	*c = operand;
	dwarf_skip(c, length);
	operand.end = c->at;
	switch (dwarf_number(&operand, 1)) {
	case END_SEQUENCE:
		*row = (struct row){ .file = 1, .line = 1, .statement = u->statement };
		break;
	case SET_ADDRESS:
		row->address = dwarf_number(&operand, 8);
		break;
	default:
		break;
	}
}

/* Runs one instruction; true when it makes a row. */
static bool step(struct line_unit *u, struct dwarf_cursor *c, struct row *row)
{
	uint8_t opcode = (uint8_t)dwarf_number(c, 1), special;

	if (opcode >= u->opcode_base) {
		special = opcode - u->opcode_base;
		row->address += (uint64_t)special / u->line_range * u->step;
		row->line += u->line_base + special % u->line_range;
		return true;
	}
	switch (opcode) {
	case 0:
		extended_opcode(u, c, row);
		return false;
	case COPY:
		return true;
	case ADVANCE_PC:
		row->address += dwarf_leb(c, false) * u->step;
		return false;
	case ADVANCE_LINE:
		row->line += (uint32_t)dwarf_leb(c, true);
		return false;
	case SET_FILE:
		row->file = dwarf_leb(c, false);
		return false;
	case SET_COLUMN:
		row->column = dwarf_leb(c, false);
		return false;
	case NEGATE_STMT:
		row->statement = !row->statement;
		return false;
	case CONST_ADD_PC:
		row->address += (uint64_t)(255 - u->opcode_base) / u->line_range * u->step;
		return false;
	case FIXED_ADVANCE_PC:
		row->address += dwarf_number(c, 2);
		return false;
	default: /* of a later version: its operands are numbers */
		for (uint8_t i = 0; i < u->lengths[opcode - 1]; i++)
			dwarf_leb(c, false);
		return false;
	}
}

void dwarf_lines(struct arena *a, const struct dwarf_sections *s, const char *file, uint32_t line,
		 uint32_t column, void (*fn)(void *ctx, uint64_t address), void *ctx)
{
	struct dwarf_cursor all = { s->line.data, s->line.data + s->line.length };

	while (all.at < all.end) {
		struct line_unit u = { .unit = { .sections = s }, .arena = a, .file = file };
		uint64_t length = dwarf_number(&all, 4);
		struct dwarf_cursor c = all;
		struct row row;

		dwarf_skip(&all, length);
		c.end = all.at;
		if (length >= 0xfffffff0 || !read_header(&u, &c))
			continue;
		row = (struct row){ .file = 1, .line = 1, .statement = u.statement };
		while (c.at < c.end)
			if (step(&u, &c, &row) && row.statement && row.line == line &&
			    (!column || row.column == column) && row.file < u.nfiles &&
			    u.matches[row.file])
				fn(ctx, row.address);
	}
}
