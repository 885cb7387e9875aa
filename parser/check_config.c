/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/checker.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Row @id's place in struct config, whose members follow the order of config.def. */
static uint64_t *config_value(struct config *config, enum config_id id)
{
	return (uint64_t *)config + id;
}

/* "MAX_STRLEN", "BPFTRACE_MAX_STRLEN" and "max_strlen" are one key. */
static const struct config_row *find_row(const char *key)
{
	char name[64];
	size_t i;

	if (!strncasecmp(key, "BPFTRACE_", 9))
		key += 9;
	for (i = 0; key[i] && i < sizeof(name) - 1; i++)
		name[i] = tolower((unsigned char)key[i]);
	name[i] = 0;
	return TABLE_FIND(config_rows, CONFIG_COUNT, name);
}

static void set(struct checker *c, const struct node *setting, uint64_t value)
{
	const struct config_row *row = find_row(setting->text);

	if (value < row->min || value > row->max)
		ERR(c, UNKNOWN_CONFIG, setting->kids[0]->span,
		    "%s is %" PRIu64 ", but must be from %" PRIu64 " to %" PRIu64, row->name, value,
		    row->min, row->max);
	else
		*config_value(&c->config, row - config_rows) = value;
}

/* The number of @text, of any case, in the list of a WORD's row; -1: it is not there. */
static int find_word(const struct config_row *row, const char *text)
{
	for (uint64_t i = 0; i <= row->max; i++) {
		uint32_t length;
		const char *word = config_word(row, i, &length);

		if (strlen(text) == length && !strncasecmp(word, text, length))
			return (int)i;
	}
	return -1;
}

/* What a row takes, for messages. */
static const char *takes(struct checker *c, const struct config_row *row)
{
	if (row->kind == CONFIG_WORD)
		return arena_printf(c->arena, "one of %s", row->text);
	return row->kind == CONFIG_TEXT ? "a string" : "a number";
}

/* A value that is not written as a number. */
static void set_text(struct checker *c, const struct node *n, const struct config_row *row)
{
	const struct node *value = n->kids[0];
	int word = row->kind == CONFIG_WORD ? find_word(row, value->text) : -1;

	if (row->kind == CONFIG_TEXT && value->kind == NODE_STRING)
		*config_value(&c->config, row - config_rows) = (uintptr_t)value->text;
	else if (word >= 0)
		*config_value(&c->config, row - config_rows) = word;
	else
		ERR(c, UNKNOWN_CONFIG, value->span, "%s is %s", n->text, takes(c, row));
}

static void check_setting(struct checker *c, const struct node *n)
{
	const struct node *value = n->kids[0];
	const struct config_row *row = find_row(n->text);
	struct suggest s = { .word = n->text };
	struct diag *g;

	if (row && value->kind == NODE_INT && row->kind == CONFIG_NUMBER) {
		set(c, n, value->number);
	} else if (row && value->kind == NODE_INT) {
		ERR(c, UNKNOWN_CONFIG, value->span, "%s is %s", n->text, takes(c, row));
	} else if (row) {
		set_text(c, n, row);
	} else {
		g = ERR(c, UNKNOWN_CONFIG, n->span, "no config key '%s'", n->text);
		TABLE_SUGGEST(config_rows, CONFIG_COUNT, &s);
		if (s.best)
			HINT(c, g, "did you mean '%s'?", s.best);
	}
}

/* A number, true or false; false when it is none or out of range. */
static bool environment_number(const struct config_row *row, const char *text, uint64_t *value)
{
	char *end;

	*value = strtoull(text, &end, 0);
	if (row->max == 1 && (!strcasecmp(text, "true") || !strcasecmp(text, "false")))
		*value = !strcasecmp(text, "true");
	else if (!*text || *end)
		return false;
	return *value >= row->min && *value <= row->max;
}

static void check_variable(struct checker *c, const struct config_row *row, const char *name,
			   const char *text)
{
	uint64_t *to = config_value(&c->config, row - config_rows), value;
	const struct span nowhere = { 0 };

	if (row->kind == CONFIG_NUMBER && environment_number(row, text, &value))
		*to = value;
	else if (row->kind == CONFIG_WORD && find_word(row, text) >= 0)
		*to = find_word(row, text);
	else if (row->kind == CONFIG_TEXT)
		*to = (uintptr_t)text;
	else if (row->kind == CONFIG_WORD)
		ERR(c, UNKNOWN_CONFIG, nowhere, "environment variable %s is '%s', but must be %s",
		    name, text, takes(c, row));
	else
		ERR(c, UNKNOWN_CONFIG, nowhere,
		    "environment variable %s is '%s', but must be from %" PRIu64 " to %" PRIu64,
		    name, text, row->min, row->max);
}

/* PKTSCRIPT_KEY or BPFTRACE_KEY in the environment wins over the script. */
static void check_environment(struct checker *c)
{
	static const char *const prefixes[] = { "BPFTRACE_", "PKTSCRIPT_" };

	for (size_t i = 0; i < CONFIG_COUNT; i++) {
		for (size_t j = 0; j < sizeof(prefixes) / sizeof(*prefixes); j++) {
			char *name =
				arena_printf(c->arena, "%s%s", prefixes[j], config_rows[i].name);

			for (char *p = name; *p; p++)
				*p = toupper((unsigned char)*p);
			if (getenv(name))
				check_variable(c, &config_rows[i], name, getenv(name));
		}
	}
}

/* A program under another license may not call the helpers of tracing. */
static void check_license(struct checker *c)
{
	static const char *const free_ones[] = {
		"GPL",          "GPL v2",       "GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"
	};
	const struct span nowhere = { 0 };

	for (size_t i = 0; i < sizeof(free_ones) / sizeof(*free_ones); i++)
		if (!strcmp(config_text(c->config.license), free_ones[i]))
			return;
	HINT(c,
	     ERR(c, UNKNOWN_CONFIG, nowhere, "license '%s' is not compatible with the GPL",
		 config_text(c->config.license)),
	     "the kernel wants \"GPL\", \"GPL v2\", \"Dual BSD/GPL\", \"Dual MIT/GPL\" "
	     "or the like");
}

void check_configs(struct checker *c, const struct node *script)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		*config_value(&c->config, i) = config_rows[i].kind == CONFIG_TEXT
						       ? (uintptr_t)config_rows[i].text
						       : config_rows[i].value;
	for (uint32_t i = 0; i < script->nkids; i++)
		for (uint32_t j = 0;
		     script->kids[i]->kind == NODE_CONFIG && j < script->kids[i]->nkids; j++)
			check_setting(c, script->kids[i]->kids[j]);
	check_environment(c);
	check_license(c);
}
