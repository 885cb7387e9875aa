/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/kallsyms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH "/proc/kallsyms"

struct ksym {
	uint64_t address;
	const char *name;
};

struct ksyms {
	struct ksym *list;
	uint32_t count;
};

/* One line: "ffffffff81000000 T _stext\t[module]". */
static bool parse_line(char *line, struct ksym *s, char *type)
{
	char *end;

	s->address = strtoull(line, &end, 16);
	if (end == line || end[0] != ' ' || !end[1] || end[2] != ' ')
		return false;
	*type = end[1];
	s->name = end + 3;
	end[3 + strcspn(end + 3, "\t\n ")] = 0;
	return true;
}

static int by_address(const void *a, const void *b)
{
	const struct ksym *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

const struct ksyms *ksyms_read(struct arena *a)
{
	struct ksyms *s = arena_alloc(a, sizeof(*s));
	FILE *f = fopen(PATH, "re");
	char line[1024], type;
	struct ksym sym;

	while (f && fgets(line, sizeof(line), f)) {
		if (!parse_line(line, &sym, &type) || !sym.address || !strchr("tTwW", type))
			continue;
		sym.name = arena_strdup(a, sym.name);
		VEC_PUSH(a, s->list, s->count, sym);
	}
	if (f)
		fclose(f);
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), by_address);
	return s;
}

const char *ksyms_find(const struct ksyms *s, uint64_t address, uint64_t *offset)
{
	uint32_t low = 0, high = s->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->list[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	*offset = address - s->list[low - 1].address;
	return s->list[low - 1].name;
}

bool ksyms_address(const char *name, uint64_t *address)
{
	FILE *f = fopen(PATH, "re");
	bool found = false;
	char line[1024], type;
	struct ksym sym;

	while (f && !found && fgets(line, sizeof(line), f))
		found = parse_line(line, &sym, &type) && sym.address && !strcmp(sym.name, name);
	if (f)
		fclose(f);
	if (found)
		*address = sym.address;
	return found;
}
