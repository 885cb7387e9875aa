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

static void check_setting(struct checker *c, const struct node *n)
{
	const struct node *value = n->kids[0];
	struct suggest s = { .word = n->text };
	struct diag *g;

	if (find_row(n->text) && value->kind == NODE_INT) {
		set(c, n, value->number);
	} else if (find_row(n->text)) {
		ERR(c, UNKNOWN_CONFIG, value->span, "%s is a number", n->text);
	} else {
		g = ERR(c, UNKNOWN_CONFIG, n->span, "no config key '%s'", n->text);
		TABLE_SUGGEST(config_rows, CONFIG_COUNT, &s);
		if (s.best)
			HINT(c, g, "did you mean '%s'?", s.best);
	}
}

/* PKTSCRIPT_KEY or BPFTRACE_KEY in the environment wins over the script. */
static void check_environment(struct checker *c)
{
	static const char *const prefixes[] = { "BPFTRACE_", "PKTSCRIPT_" };
	const struct span nowhere = { 0 };

	for (size_t i = 0; i < CONFIG_COUNT; i++) {
		for (size_t j = 0; j < sizeof(prefixes) / sizeof(*prefixes); j++) {
			char *name = arena_printf(c->arena, "%s%s", prefixes[j],
						  config_rows[i].name),
			     *end;
			const char *text;
			uint64_t value;

			for (char *p = name; *p; p++)
				*p = toupper((unsigned char)*p);
			text = getenv(name);
			if (!text)
				continue;
			value = strtoull(text, &end, 0);
			if (!*text || *end || value < config_rows[i].min ||
			    value > config_rows[i].max)
				ERR(c, UNKNOWN_CONFIG, nowhere,
				    "environment variable %s is '%s', but must be from %" PRIu64
				    " to %" PRIu64,
				    name, text, config_rows[i].min, config_rows[i].max);
			else
				*config_value(&c->config, i) = value;
		}
	}
}

void check_configs(struct checker *c, const struct node *script)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		*config_value(&c->config, i) = config_rows[i].value;
	for (uint32_t i = 0; i < script->nkids; i++)
		for (uint32_t j = 0;
		     script->kids[i]->kind == NODE_CONFIG && j < script->kids[i]->nkids; j++)
			check_setting(c, script->kids[i]->kids[j]);
	check_environment(c);
}
