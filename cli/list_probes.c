/* SPDX-License-Identifier: Apache-2.0 */
/* Probes that a specification means, with the types of what they are given. */
#include "cli/list_probes.h"

#include <stdio.h>
#include <string.h>

#include "kernel/binary.h"
#include "kernel/btf.h"
#include "parser/check.h"
#include "parser/hook.h"
#include "parser/tables.h"
#include "runtime/runtime.h"

/* "char[16]", "comm" as C declares it: "char comm[16]". */
static void print_declaration(const char *indent, const char *type, const char *name)
{
	const char *array = strchr(type, '[');

	if (array)
		printf("%s%.*s %s%s", indent, (int)(array - type), type, name, array);
	else
		printf("%s%s %s", indent, type, name);
}

static void print_typed(struct arena *a, const struct kbtf *b, uint32_t type, const char *name)
{
	print_declaration("    ", kbtf_ctype(b, a, type), name);
	putchar('\n');
}

static void print_function(struct arena *a, const struct attach *at)
{
	uint32_t count, returns, type;
	const char *name;

	if (!kbtf_proto(at->btf, at->btf_id, &count, &returns))
		return;
	for (uint32_t i = 0; i < count; i++)
		if (kbtf_param(at->btf, at->btf_id, i, &name, &type))
			print_typed(a, at->btf, type, name);
	if (at->retval)
		print_typed(a, at->btf, returns, "retval");
}

/* What the binary's debugging information says. */
static void print_user_function(struct arena *a, struct kernel *k, const struct attach *at)
{
	const struct binary *b = kernel_binary(k, at->target);
	const char *symbol = at->linkage ? at->linkage : at->symbol;
	struct attach typed = *at;

	typed.btf = b ? kernel_binary_types(k, b) : NULL;
	typed.btf_id = typed.btf ? kbtf_find(typed.btf, symbol, BTF_KIND_FUNC) : 0;
	if (typed.btf_id)
		print_function(a, &typed);
}

static void print_raw(struct arena *a, struct kernel *k, const struct attach *at)
{
	const struct raw_tracepoint *tp = kernel_raw_tracepoint(k, at->target, at->symbol);

	for (uint32_t i = 0; tp && i < tp->nargs; i++)
		print_typed(a, tp->btf, tp->args[i].type, tp->args[i].name);
}

/* The pointers of an iterator's context stand in unions that make them 8 bytes everywhere. */
static void print_context(struct arena *a, const struct attach *at)
{
	struct kbtf_member m, inner;

	for (uint32_t i = 0; kbtf_member_at(at->btf, at->number, i, &m); i++) {
		if (!*m.name && kbtf_member_at(at->btf, kbtf_resolve(at->btf, m.type), 0, &inner))
			m = inner;
		print_typed(a, at->btf, m.type, m.name);
	}
}

static void print_packet(struct arena *a, struct kernel *k, const struct attach *at)
{
	const struct kbtf *b;
	uint32_t id = hook_context(k, at->provider, &b);
	struct kbtf_member m;

	for (uint32_t i = 0; id && kbtf_member_at(b, id, i, &m); i++)
		if (hook_reads(at->provider, b, &m))
			print_typed(a, b, m.type, m.name);
}

#define COLUMNS 80

/* True when an earlier row has the same first word. */
static bool is_again(size_t row, size_t len)
{
	const char *name = packet_rows[row].name;

	while (row--)
		if (strcspn(packet_rows[row].name, ".") == len &&
		    !strncmp(packet_rows[row].name, name, len))
			return true;
	return false;
}

void list_packet(struct arena *a, struct kernel *k, const struct attach *place)
{
	struct attach at = *place;
	struct packet_source s = check_packet_source(a, k, &at);
	const char *what = s.place == PACKET_NONE ? "socket" : "packet";
	int column = COLUMNS;

	for (size_t i = 0; i < packet_count; i++) {
		const struct packet_row *row = &packet_rows[i];
		bool latency = row->kind == PACKET_LATENCY;
		int len = (int)(latency ? strlen(row->name) : strcspn(row->name, "."));

		if (row->kind == PACKET_ALIAS || packet_lacks(row, &s) || is_again(i, len) ||
		    (latency && (s.place == PACKET_NONE || !packet_ends(row, at.symbol))))
			continue;
		if (column + 1 + len >= COLUMNS)
			column = printf("%s    %s:", column < COLUMNS ? "\n" : "", what) - 1;
		column += printf(" %.*s", len, row->name);
	}
	if (column < COLUMNS)
		putchar('\n');
}

static void print_arguments(struct arena *a, struct kernel *k, const struct attach *at)
{
	if (hook_is(at->prog))
		print_packet(a, k, at);
	if (at->provider->id == PROVIDER_uprobe)
		print_user_function(a, k, at);
	if (!at->btf)
		return;
	if (at->prog == PROG_RAW)
		print_raw(a, k, at);
	else if (at->prog == PROG_FUNC)
		print_function(a, at);
	else if (at->prog == PROG_ITER)
		print_context(a, at);
}

static int report(const struct diags *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		fprintf(stderr, "pktscript: error: %s\n", d->list[i]->message);
		if (d->list[i]->hint)
			fprintf(stderr, "hint: %s\n", d->list[i]->hint);
	}
	return d->errors ? 1 : 0;
}

/* The provider of "rawtracepoint:..." and "rt:..."; NULL when it is another word. */
static const struct provider *provider_of(const char *pattern)
{
	const char *netns = !strncmp(pattern, "netns:", 6) ? strchr(pattern + 6, ':') : NULL;
	size_t len;

	pattern = netns ? netns + 1 : pattern;
	len = strcspn(pattern, ":");
	for (size_t i = 0; pattern[len] && i < PROVIDER_COUNT; i++) {
		const struct provider *p = &provider_rows[i];

		if ((strlen(p->name) == len && !strncmp(p->name, pattern, len)) ||
		    (p->short_name && strlen(p->short_name) == len &&
		     !strncmp(p->short_name, pattern, len)))
			return p;
	}
	return NULL;
}

bool list_probes(struct arena *a, struct kernel *k, const char *pattern, bool verbose, int *status)
{
	const struct provider *p = provider_of(pattern);
	struct source source = { .name = "-l", .text = pattern, .length = strlen(pattern) };
	struct diags d = { .arena = a, .source = &source };
	const struct attach *places;
	uint32_t n;

	if (!p || p->prog == PROG_TRACEPOINT)
		return false;
	n = check_probe_list(a, k, pattern, &d, &places);
	for (uint32_t i = 0; i < n; i++) {
		puts(places[i].name);
		if (!verbose)
			continue;
		print_arguments(a, k, &places[i]);
		list_packet(a, k, &places[i]);
	}
	*status = report(&d);
	return true;
}

/* ---- struct NAME, union NAME, enum NAME ---- */

struct types {
	struct arena *arena;
	const struct kbtf *btf;
	const char *word;
	bool verbose;
	int found;
	const char *last; /* BTF may have a name several times */
};

static void print_members(struct types *t, uint32_t id, int depth)
{
	char indent[64];
	struct kbtf_member m;

	snprintf(indent, sizeof(indent), "%*s", 8 * depth, "");
	for (uint32_t i = 0; kbtf_member_at(t->btf, id, i, &m); i++) {
		struct kbtf_type inner;
		uint32_t type = kbtf_resolve(t->btf, m.type);

		kbtf_type(t->btf, type, &inner);
		if (!*m.name && depth < 7) {
			printf("%s%s {\n", indent,
			       inner.kind == BTF_KIND_UNION ? "union" : "struct");
			print_members(t, type, depth + 1);
			printf("%s};\n", indent);
			continue;
		}
		print_declaration(indent, kbtf_ctype(t->btf, t->arena, m.type), m.name);
		if (m.bit_size)
			printf(" : %u", m.bit_size);
		puts(";");
	}
}

static void print_values(struct types *t, uint32_t id)
{
	const char *name;
	int64_t value;

	for (uint32_t i = 0; kbtf_enum_at(t->btf, id, i, &name, &value); i++)
		printf("        %s = %lld,\n", name, (long long)value);
}

static void print_type(void *ctx, uint32_t id, const char *name)
{
	struct types *t = ctx;

	if (!*name || (t->last && !strcmp(t->last, name)))
		return;
	t->last = name;
	t->found++;
	if (!t->verbose) {
		printf("%s %s\n", t->word, name);
		return;
	}
	printf("%s %s {\n", t->word, name);
	if (!strcmp(t->word, "enum"))
		print_values(t, id);
	else
		print_members(t, id, 1);
	puts("};");
}

static int no_type(const char *pattern)
{
	fprintf(stderr,
		"pktscript: error: the kernel has no type '%s'\n"
		"hint: patterns are struct NAME, union NAME and enum NAME with * and ?\n",
		pattern);
	return 1;
}

bool list_types(struct arena *a, struct kernel *k, const char *pattern, bool verbose, int *status)
{
	static const struct {
		const char *word;
		uint32_t kind;
	} kinds[] = { { "struct", BTF_KIND_STRUCT },
		      { "union", BTF_KIND_UNION },
		      { "enum", BTF_KIND_ENUM } };
	struct types t = { .arena = a, .verbose = verbose };
	size_t len = strcspn(pattern, " ");

	for (size_t i = 0; pattern[len] && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strncmp(kinds[i].word, pattern, len) || kinds[i].word[len])
			continue;
		t.word = kinds[i].word;
		t.btf = kernel_btf(k);
		if (!t.btf) {
			fprintf(stderr, "pktscript: error: %s\n", kernel_error(k));
			*status = RUNTIME_FAILED;
			return true;
		}
		kbtf_each(t.btf, kinds[i].kind, pattern + len + 1, print_type, &t);
		*status = t.found ? 0 : no_type(pattern);
		return true;
	}
	return false;
}
