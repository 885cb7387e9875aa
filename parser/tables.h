/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_TABLES_H
#define PARSER_TABLES_H

/* The rows behind every name of the language; the .def files hold them. */

#include <stddef.h>
#include <stdint.h>

#include "parser/agg.h"
#include "parser/plan.h"
#include "parser/type.h"
#include "util/suggest.h"

enum provider_id {
#define PROBE(id, name, short_name, prog, section, syntax, doc) PROVIDER_##id,
#include "parser/probe.def"
#undef PROBE
	PROVIDER_COUNT
};

struct provider {
	enum provider_id id;
	const char *name, *short_name;
	enum prog_kind prog;
	const char *section, *syntax, *doc;
};
extern const struct provider provider_rows[PROVIDER_COUNT];

/* What the variable probetype says. */
static inline const char *provider_type(const struct provider *p)
{
	return p->id == PROVIDER_begin || p->id == PROVIDER_end ? "special" : p->name;
}

/* An event that the processor or the kernel counts (see perf.def). */
struct perf_row {
	enum provider_id provider;
	const char *name, *alias;
	uint32_t type, config; /* as perf_event_open() takes them */
	uint64_t period;
};
extern const struct perf_row perf_rows[];
extern const size_t perf_count;

struct constant {
	const char *name;
	int64_t value;
	bool is_unsigned; /* it is not negative, but too large for @value */
	const char *header;
};
extern const struct constant constant_rows[];
extern const size_t constant_count;

enum action_id {
#define ACTION(id, args, doc) ACTION_##id,
#include "parser/action.def"
#undef ACTION
	ACTION_COUNT
};

struct action {
	enum action_id id;
	const char *name;
	const char *args; /* signature */
	const char *doc;
};
extern const struct action action_rows[ACTION_COUNT];

/* What of a builtin depends on the probe it is used in. */
enum varies { VARIES_NO, VARIES_ARGS, VARIES_NAME };

enum builtin_id {
#define BUILTIN(id, type, varies, doc) BUILTIN_##id,
#include "parser/builtin.def"
#undef BUILTIN
	BUILTIN_COUNT
};

struct builtin {
	enum builtin_id id;
	const char *name;
	enum varies varies;
	const char *doc;
};
extern const struct builtin builtin_rows[BUILTIN_COUNT];

enum func_id {
#define FUNC(id, args, result, doc) FUNC_##id,
#include "parser/func.def"
#undef FUNC
	FUNC_COUNT
};

struct func {
	enum func_id id;
	const char *name, *args, *doc;
};
extern const struct func func_rows[FUNC_COUNT];

/* Words of config missing_probes. */
enum missing_probes { MISSING_ERROR, MISSING_WARN, MISSING_IGNORE };

enum config_kind { CONFIG_NUMBER, CONFIG_WORD, CONFIG_TEXT };

struct config_row {
	const char *name;
	enum config_kind kind;
	uint64_t value, min, max;
	const char *text; /* WORD: the words; TEXT: the default */
	const char *doc;
};
enum config_id {
#define CONFIG(key, kind, value, min, max, text, doc) CONFIG_##key,
#include "parser/config.def"
#undef CONFIG
	CONFIG_COUNT
};
extern const struct config_row config_rows[CONFIG_COUNT];
/* Word @value of a WORD's row: its start, and its length in *@length. */
const char *config_word(const struct config_row *row, uint64_t value, uint32_t *length);

/*
 * One way to find a row by its name in any of the tables: TABLE_FIND(agg_rows, agg_count, name)
 * is a pointer to the row or NULL; TABLE_SUGGEST offers all names to a struct suggest.
 */
const void *table_find(const void *rows, size_t count, size_t row, size_t name_offset,
		       const char *name);
void table_suggest(const void *rows, size_t count, size_t row, size_t name_offset,
		   struct suggest *s);
#define TABLE_FIND(rows, count, name_) \
	table_find((rows), (count), sizeof(*(rows)), offsetof(__typeof__(*(rows)), name), (name_))
#define TABLE_SUGGEST(rows, count, s) \
	table_suggest((rows), (count), sizeof(*(rows)), offsetof(__typeof__(*(rows)), name), (s))

#endif
