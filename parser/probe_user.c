/* SPDX-License-Identifier: Apache-2.0 */
/* Probes in programs and libraries: their functions, and the static probes they bring. */
#include "parser/probe.h"

#include <ctype.h>
#include <glob.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/binary.h"
#include "parser/regs.h"
#include "util/demangle.h"

/* Functions of a binary that a specification means. */
struct search {
	struct spec *spec;
	const struct binary *binary;
	const char *glob;
	uint64_t offset; /* from each function's start */
	struct suggest near;
	bool beyond;         /* the offset is not in the function */
	bool cpp;            /* the pattern is of names as C++ writes them */
	const char *linkage; /* then the symbol that is looked at */
};

static struct attach *add_place(struct search *s, const char *what, uint64_t offset)
{
	struct spec *spec = s->spec;
	const char *path = binary_path(s->binary);
	struct attach *at = probe_add(spec, arena_printf(spec->c->arena, "%s:%s:%s",
							 spec->provider->name, path, what));

	at->target = path;
	at->offset = offset;
	return at;
}

static void add_function(struct search *s, const char *name, uint64_t offset)
{
	struct spec *spec = s->spec;
	struct arena *a = spec->c->arena;
	struct attach *at;

	for (uint32_t i = 0; i < spec->nout; i++)
		if (spec->out[i].offset == offset && !strcmp(spec->out[i].symbol, name) &&
		    !strcmp(spec->out[i].target, binary_path(s->binary)))
			return;
	at = add_place(s,
		       s->cpp      ? arena_printf(a, "cpp:\"%s\"", name)
		       : s->offset ? arena_printf(a, "%s+%" PRIu64, name, s->offset)
				   : name,
		       offset);
	at->symbol = arena_strdup(a, name);
	at->linkage = s->linkage ? arena_strdup(a, s->linkage) : NULL;
	if (spec->provider->id == PROVIDER_uprobe)
		at->args = regs_arguments(&at->nargs);
	else
		at->retval = regs_result();
}

/* Without parameters in the pattern, those of the function do not matter. */
static bool match_cpp(const struct search *s, const char *name)
{
	size_t length = strchr(s->glob, '(') ? strlen(name) : strcspn(name, "(");

	return glob_match(s->glob, arena_strndup(s->spec->c->arena, name, length));
}

/* "ns::f(int)" for its symbol; other symbols are not functions of C++. */
static const char *cpp_name(const struct search *s, const char *symbol)
{
	char *readable = demangle(symbol);
	const char *name = readable ? arena_strdup(s->spec->c->arena, readable) : NULL;

	free(readable);
	return name;
}

static void found_function(void *ctx, const char *name, uint64_t address, uint64_t size)
{
	struct search *s = ctx;
	uint64_t offset;

	s->linkage = s->cpp ? name : NULL;
	if (s->cpp)
		name = cpp_name(s, name);
	if (!name)
		return;
	suggest_try(&s->near, name);
	if (!(s->cpp ? match_cpp(s, name) : glob_match(s->glob, name)) ||
	    !binary_offset(s->binary, address, &offset))
		return;
	if (s->offset && s->offset >= size)
		s->beyond = true;
	else
		add_function(s, name, offset + s->offset);
}

static void no_function(struct search *s)
{
	struct checker *c = s->spec->c;
	struct span span = s->spec->node->span;
	const char *path = binary_path(s->binary);

	if (s->beyond)
		ERR(c, UNKNOWN_PROBE, span, "%s of %s is shorter than %" PRIu64 " bytes", s->glob,
		    path, s->offset + 1);
	else if (s->near.best)
		HINT(c, ERR(c, UNKNOWN_PROBE, span, "%s has no function '%s'", path, s->glob),
		     "did you mean '%s'?", s->near.best);
	else
		HINT(c, ERR(c, UNKNOWN_PROBE, span, "%s has no function '%s'", path, s->glob),
		     "pktscript -l 'uprobe:%s:*' lists them", path);
}

/* "0x1234": code at an address that no symbol has to name. */
static void add_address(struct search *s)
{
	uint64_t address = strtoull(s->glob, NULL, 0), offset;

	if (binary_offset(s->binary, address, &offset)) {
		add_function(s, s->glob, offset);
		return;
	}
	ERR(s->spec->c, UNKNOWN_PROBE, s->spec->node->span, "%s has nothing at address %s",
	    binary_path(s->binary), s->glob);
}

/* The place of a line in each function that has some of it: the first one there. */
struct line_search {
	struct search *search;
	uint64_t address;    /* of a statement */
	const char *written; /* "t.c:12" */
};

static void found_statement_in(void *ctx, const char *name, uint64_t address, uint64_t size)
{
	struct line_search *l = ctx;
	struct spec *spec = l->search->spec;
	struct attach *at;
	uint64_t offset;

	if (l->address < address || l->address - address >= size ||
	    !binary_offset(l->search->binary, l->address, &offset))
		return;
	for (uint32_t i = 0; i < spec->nout; i++) {
		if (strcmp(spec->out[i].symbol, name))
			continue;
		if (offset < spec->out[i].offset)
			spec->out[i].offset = offset;
		return;
	}
	at = probe_add(spec, arena_printf(spec->c->arena, "%s:%s@%s", spec->provider->name,
					  binary_path(l->search->binary), l->written));
	at->target = binary_path(l->search->binary);
	at->offset = offset;
	at->symbol = arena_strdup(spec->c->arena, name);
	at->args = regs_arguments(&at->nargs);
}

static void found_statement(void *ctx, uint64_t address)
{
	struct line_search *l = ctx;

	l->address = address;
	binary_functions(l->search->binary, found_statement_in, l);
}

/* "BINARY@FILE", "LINE" and perhaps "COLUMN". */
static void expand_line(struct spec *s, char *at)
{
	struct search search = { .spec = s };
	struct line_search lines = { .search = &search };
	uint64_t line = strtoull(s->parts[1], NULL, 10);
	uint64_t column = s->nparts == 3 ? strtoull(s->parts[2], NULL, 10) : 0;
	struct dwarf_sections sections;
	struct span span = s->node->span;

	*at = 0;
	lines.written = arena_printf(s->c->arena, "%s:%s%s%s", at + 1, s->parts[1],
				     s->nparts == 3 ? ":" : "", s->nparts == 3 ? s->parts[2] : "");
	search.binary = kernel_binary(s->c->kernel, s->parts[0]);
	if (!search.binary) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	} else if (!binary_debug(search.binary, &sections)) {
		HINT(s->c,
		     ERR(s->c, UNKNOWN_PROBE, span, "%s has no debugging information",
			 binary_path(search.binary)),
		     "lines are known of what was compiled with -g");
	} else {
		dwarf_lines(s->c->arena, &sections, at + 1, (uint32_t)line, (uint32_t)column,
			    found_statement, &lines);
		if (!s->nout)
			ERR(s->c, UNKNOWN_PROBE, span, "%s has no code at %s",
			    binary_path(search.binary), lines.written);
	}
}

/* Cuts "+8" from the end of a function's name; false when it is no number. */
static bool cut_offset(struct spec *s, char *function, uint64_t *offset)
{
	char *plus = strrchr(function, '+'), *end;

	*offset = 0;
	if (!plus)
		return true;
	*plus = 0;
	*offset = strtoull(plus + 1, &end, 0);
	return isdigit((unsigned char)plus[1]) && !*end && s->provider->id == PROVIDER_uprobe;
}

/* Libraries that glibc 2.34 made a part of libc. */
static bool is_part_of_libc(const char *name)
{
	return !strcmp(name, "libpthread") || !strcmp(name, "libdl") || !strcmp(name, "librt");
}

static void search_libc(struct search *s)
{
	struct search libc = *s;

	libc.binary = kernel_binary(s->spec->c->kernel, "libc");
	if (libc.binary)
		binary_functions(libc.binary, found_function, &libc);
}

static void search_binary(struct spec *s, const char *name, uint64_t offset)
{
	const char *function = s->parts[s->nparts - 1];
	struct search search = { .spec = s,
				 .binary = kernel_binary(s->c->kernel, name),
				 .glob = function,
				 .offset = offset,
				 .near = { .word = function },
				 .cpp = s->nparts == 3 };
	uint32_t before = s->nout;

	if (!search.binary) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	} else if (isdigit((unsigned char)*function)) {
		add_address(&search);
	} else {
		binary_functions(search.binary, found_function, &search);
		if (s->nout == before && is_part_of_libc(name))
			search_libc(&search);
		if (s->nout == before)
			no_function(&search);
	}
}

/* A path is told from a name in $PATH by its slash. */
static const char *binary_file(struct spec *s, const char *path)
{
	return arena_printf(s->c->arena, "%s%s", strchr(path, '/') ? "" : "./", path);
}

typedef void search_fn(struct spec *s, const char *name, uint64_t n);

struct running {
	struct spec *spec;
	search_fn *fn;
	uint64_t n;
};

static void running_file(void *ctx, const char *path)
{
	const struct running *r = ctx;

	r->fn(r->spec, path, r->n);
}

/* "usdt:*:NAME" is of what runs, other patterns are of files. */
static void each_match(struct spec *s, search_fn *fn, uint64_t n)
{
	struct running r = { s, fn, n };
	glob_t found = { 0 };

	if (s->provider->id == PROVIDER_usdt && !strcmp(s->parts[0], "*")) {
		kernel_running_files(s->c->kernel, s->c->options->pid, running_file, &r);
		return;
	}
	glob(s->parts[0], 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++)
		fn(s, binary_file(s, found.gl_pathv[i]), n);
	globfree(&found);
}

/*
 * Calls @fn for the file, or for each one that the pattern matches: then some are no binaries,
 * and some do not have what is looked for.
 */
static void each_binary(struct spec *s, search_fn *fn, uint64_t n)
{
	uint32_t before = s->nout, diags = s->c->diags->count, errors = s->c->diags->errors;

	if (!probe_has_glob(s->parts[0])) {
		fn(s, s->parts[0], n);
		return;
	}
	each_match(s, fn, n);
	s->c->diags->count = diags;
	s->c->diags->errors = errors;
	if (s->nout == before)
		ERR(s->c, UNKNOWN_PROBE, s->node->span, "no binary that matches '%s' has '%s'",
		    s->parts[0], s->parts[s->nparts - 1]);
}

void expand_uprobe(struct spec *s)
{
	char *at = s->nparts ? strchr(s->parts[0], '@') : NULL;
	uint64_t offset = 0;
	bool cpp = s->nparts == 3 && !strcmp(s->parts[1], "cpp");

	if (at && s->provider->id == PROVIDER_uprobe && s->nparts >= 2 && s->nparts <= 3 &&
	    isdigit((unsigned char)*s->parts[1]))
		expand_line(s, at);
	else if ((s->nparts != 2 && !cpp) || !*s->parts[0] || !*s->parts[s->nparts - 1] ||
		 (!cpp && !cut_offset(s, s->parts[1], &offset)))
		probe_malformed(s);
	else
		each_binary(s, search_binary, offset);
}

void expand_uretprobe(struct spec *s)
{
	expand_uprobe(s);
}

/* Static probes of a binary; one may be in the code at several places. */
static void found_static(void *ctx, const struct static_probe *p)
{
	struct search *s = ctx;
	struct spec *spec = s->spec;
	struct arena *a = spec->c->arena;
	const char *full = arena_printf(a, "%s:%s", p->provider, p->name);
	struct attach *at;

	suggest_try(&s->near, strchr(s->glob, ':') ? full : p->name);
	if (!glob_match(s->glob, strchr(s->glob, ':') ? full : p->name))
		return;
	at = add_place(s, full, p->offset);
	at->symbol = arena_strdup(a, p->name);
	at->semaphore = p->semaphore;
	at->args = regs_usdt(a, p->args, &at->nargs);
}

static void search_static(struct spec *s, const char *name, uint64_t n)
{
	/* "PROVIDER:NAME", or the name alone. */
	const char *word = s->nparts == 3 && *s->parts[1]
				   ? arena_printf(s->c->arena, "%s:%s", s->parts[1], s->parts[2])
				   : s->parts[s->nparts - 1];
	struct search search = { .spec = s,
				 .binary = kernel_binary(s->c->kernel, name),
				 .glob = word,
				 .offset = n,
				 .near = { .word = word } };
	uint32_t before = s->nout;
	struct diag *g;

	if (!search.binary) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
		return;
	}
	binary_static_probes(search.binary, found_static, &search);
	if (s->nout != before)
		return;
	g = ERR(s->c, UNKNOWN_PROBE, s->node->span, "%s has no static probe '%s'",
		binary_path(search.binary), word);
	if (search.near.best)
		HINT(s->c, g, "did you mean '%s'?", search.near.best);
}

void expand_usdt(struct spec *s)
{
	if (s->nparts < 2 || s->nparts > 3 || !*s->parts[0] || !*s->parts[s->nparts - 1])
		probe_malformed(s);
	else
		each_binary(s, search_static, 0);
}
