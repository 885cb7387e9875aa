/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/tables.h"

#include <linux/perf_event.h>
#include <string.h>

const struct provider provider_rows[PROVIDER_COUNT] = {
#define PROBE(id, name, short_name, prog, section, syntax, doc) \
	[PROVIDER_##id] = { PROVIDER_##id, name, short_name, PROG_##prog, section, syntax, doc },
#include "parser/probe.def"
#undef PROBE
};

const struct perf_row perf_rows[] = {
#define PERF(provider, name, alias, type, config, period) \
	{ PROVIDER_##provider, name, alias, PERF_TYPE_##type, PERF_COUNT_##config, period },
#include "parser/perf.def"
#undef PERF
};
const size_t perf_count = sizeof(perf_rows) / sizeof(*perf_rows);

/* The names are stringified where no header defines them: this file includes none of those. */
const struct constant constant_rows[] = {
#define CONSTANT(name, value, header) { #name, (int64_t)(value), (value) > INT64_MAX, header },
#include "parser/constant.def"
#undef CONSTANT
};
const size_t constant_count = sizeof(constant_rows) / sizeof(*constant_rows);

const struct action action_rows[ACTION_COUNT] = {
#define ACTION(id, args, doc) [ACTION_##id] = { ACTION_##id, #id, args, doc },
#include "parser/action.def"
#undef ACTION
};

const struct builtin builtin_rows[BUILTIN_COUNT] = {
#define BUILTIN(id, type, varies, doc) [BUILTIN_##id] = { BUILTIN_##id, #id, VARIES_##varies, doc },
#include "parser/builtin.def"
#undef BUILTIN
};

const struct func func_rows[FUNC_COUNT] = {
#define FUNC(id, args, result, doc) [FUNC_##id] = { FUNC_##id, #id, args, doc },
#include "parser/func.def"
#undef FUNC
};

const struct config_row config_rows[CONFIG_COUNT] = {
#define CONFIG(key, kind, value, min, max, text, doc) \
	[CONFIG_##key] = { #key, CONFIG_##kind, value, min, max, text, doc },
#include "parser/config.def"
#undef CONFIG
};

const char *config_word(const struct config_row *row, uint64_t value, uint32_t *length)
{
	const char *word = row->text;

	while (value--)
		word = strchr(word, '|') + 1;
	*length = strcspn(word, "|");
	return word;
}

static const char *row_name(const void *rows, size_t i, size_t row, size_t name_offset)
{
	return *(const char *const *)((const char *)rows + i * row + name_offset);
}

const void *table_find(const void *rows, size_t count, size_t row, size_t name_offset,
		       const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(row_name(rows, i, row, name_offset), name))
			return (const char *)rows + i * row;
	return NULL;
}

void table_suggest(const void *rows, size_t count, size_t row, size_t name_offset,
		   struct suggest *s)
{
	for (size_t i = 0; i < count; i++)
		suggest_try(s, row_name(rows, i, row, name_offset));
}
