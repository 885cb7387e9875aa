/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/list.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/list_probes.h"
#include "parser/packet.h"
#include "parser/tables.h"
#include "runtime/runtime.h"
#include "util/suggest.h"

struct listing {
	struct arena *arena;
	struct kernel *kernel;
	const char *category, *name; /* globs */
	bool verbose;
	int found;
};

static void print_tracepoint(void *ctx, const char *category, const char *name)
{
	struct listing *l = ctx;
	const struct tracepoint *tp;

	l->found++;
	printf("tracepoint:%s:%s\n", category, name);
	tp = l->verbose ? kernel_tracepoint(l->kernel, category, name) : NULL;
	for (uint32_t i = 0; tp && i < tp->nfields; i++) {
		const char *array = strchr(tp->fields[i].ctype, '[');

		if (array && strncmp(tp->fields[i].ctype, "__", 2))
			printf("    %.*s %s%s\n", (int)(array - tp->fields[i].ctype),
			       tp->fields[i].ctype, tp->fields[i].name, array);
		else
			printf("    %s %s\n", tp->fields[i].ctype, tp->fields[i].name);
	}
	if (tp) {
		const struct attach place = { .provider = &provider_rows[PROVIDER_tracepoint],
					      .prog = PROG_TRACEPOINT,
					      .target = category,
					      .symbol = name };

		list_packet(l->arena, l->kernel, &place);
	}
}

static void print_row(const char *name, const char *doc)
{
	printf("%-14s %s\n", name, doc);
}

static void list_providers(void)
{
	for (size_t i = 0; i < PROVIDER_COUNT; i++)
		printf("%-12s %s\n%-12s %s\n", provider_rows[i].name, provider_rows[i].syntax, "",
		       provider_rows[i].doc);
}

static void list_builtins(void)
{
	for (size_t i = 0; i < BUILTIN_COUNT; i++)
		print_row(builtin_rows[i].name, builtin_rows[i].doc);
}

static void list_fields(void)
{
	for (size_t i = 0; i < packet_count; i++)
		if (packet_rows[i].kind == PACKET_ALIAS)
			printf("%-24s %s\n", packet_rows[i].name, packet_rows[i].path);
		else
			printf("%-24s %s\n", packet_rows[i].name, packet_rows[i].doc);
}

static void list_functions(void)
{
	for (size_t i = 0; i < FUNC_COUNT; i++)
		print_row(func_rows[i].name, func_rows[i].doc);
	for (size_t i = 0; i < ACTION_COUNT; i++)
		print_row(action_rows[i].name, action_rows[i].doc);
}

static void list_aggregations(void)
{
	for (size_t i = 0; i < agg_count; i++)
		print_row(agg_rows[i].name, agg_rows[i].doc);
}

static void list_constants(void)
{
	for (size_t i = 0; i < constant_count; i++)
		printf(constant_rows[i].is_unsigned ? "%-20s %" PRIu64 " (%s)\n"
						    : "%-20s %" PRId64 " (%s)\n",
		       constant_rows[i].name, constant_rows[i].value, constant_rows[i].header);
}

static void list_value_types(void)
{
	for (size_t i = 0; i < TYPE_KINDS; i++)
		if (i != TYPE_ERROR)
			print_row(type_rows[i].name, type_rows[i].doc);
}

static void print_config(const struct config_row *row)
{
	uint32_t length = 0;
	const char *word = row->kind == CONFIG_WORD ? config_word(row, row->value, &length) : "";

	printf("%-18s %s", row->name, row->doc);
	if (row->kind == CONFIG_NUMBER)
		printf(" (default %llu)\n", (unsigned long long)row->value);
	else if (row->kind == CONFIG_WORD)
		printf("; %s (default %.*s)\n", row->text, (int)length, word);
	else
		printf(" (default \"%s\")\n", row->text);
}

static void list_config(void)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		print_config(&config_rows[i]);
}

static void list_outputs(void)
{
	for (int i = 0; i < OUTPUT_COUNT; i++)
		print_row(runtime_output_name(i), runtime_output_doc(i));
}

static void list_help(void);

static const struct {
	const char *name;
	void (*print)(void);
	const char *doc;
} tables[] = {
	{ "probes", list_providers, "kinds of probes and how they are written" },
	{ "builtins", list_builtins, "variables that every probe has" },
	{ "fields", list_fields, "what a packet has: ip.src, tcp.flags, flow, ..." },
	{ "functions", list_functions, "functions and actions" },
	{ "aggregations", list_aggregations, "what a map can collect: @ = count()" },
	{ "constants", list_constants, "constants of headers, as macros are not in BTF" },
	{ "types", list_value_types, "types of values" },
	{ "config", list_config, "settings of config = { ... }" },
	{ "outputs", list_outputs, "output formats of -f" },
	{ "help", list_help, "this list" },
};

static void list_help(void)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		print_row(tables[i].name, tables[i].doc);
}

/* "tracepoint:net:*", "t:net:*", "net:*" and "*queue*" as globs of category and name. */
static void split_pattern(struct listing *l, const char *pattern)
{
	const char *colon;

	if (!strncmp(pattern, "tracepoint:", 11))
		pattern += 11;
	else if (!strncmp(pattern, "t:", 2))
		pattern += 2;
	colon = strchr(pattern, ':');
	l->category = colon ? arena_strndup(l->arena, pattern, colon - pattern) : "*";
	l->name = colon ? colon + 1 : pattern;
}

int list(struct arena *a, struct kernel *k, const char *pattern, bool verbose)
{
	struct listing l = { .arena = a, .kernel = k, .verbose = verbose };
	int status;

	for (size_t i = 0; pattern && i < sizeof(tables) / sizeof(*tables); i++) {
		if (strcmp(pattern, tables[i].name))
			continue;
		tables[i].print();
		return 0;
	}
	if (pattern && (list_probes(a, k, pattern, verbose, &status) ||
			list_types(a, k, pattern, verbose, &status)))
		return status;
	split_pattern(&l, pattern ? pattern : "*:*");
	if (kernel_tracepoints(k, l.category, l.name, print_tracepoint, &l) < 0) {
		fprintf(stderr, "pktscript: error: %s\n", kernel_error(k));
		if (kernel_hint(k))
			fprintf(stderr, "hint: %s\n", kernel_hint(k));
		return RUNTIME_FAILED;
	}
	if (l.found)
		return 0;
	fprintf(stderr, "pktscript: error: no probe matches '%s'\n", pattern);
	fprintf(stderr, "hint: patterns are CATEGORY:EVENT with * and ?: 'net:*', '*:*skb*'\n");
	return 1;
}

int list_plan(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->nprograms; i++)
		for (uint32_t j = 0; j < plan->programs[i].nattaches; j++)
			puts(plan->programs[i].attaches[j].name);
	return 0;
}
