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

/* Functions of a binary that a specification means. */
struct search {
	struct spec *spec;
	const struct binary *binary;
	const char *glob;
	uint64_t offset; /* from each function's start */
	struct suggest near;
	bool beyond; /* the offset is not in the function */
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
		if (spec->out[i].offset == offset && !strcmp(spec->out[i].symbol, name))
			return;
	at = add_place(s, s->offset ? arena_printf(a, "%s+%" PRIu64, name, s->offset) : name,
		       offset);
	at->symbol = arena_strdup(a, name);
	if (spec->provider->id == PROVIDER_uprobe)
		at->args = regs_arguments(&at->nargs);
	else
		at->retval = regs_result();
}

static void found_function(void *ctx, const char *name, uint64_t address, uint64_t size)
{
	struct search *s = ctx;
	uint64_t offset;

	suggest_try(&s->near, name);
	if (!glob_match(s->glob, name) || !binary_offset(s->binary, address, &offset))
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
	struct search search = { s,      kernel_binary(s->c->kernel, name), s->parts[1],
				 offset, { .word = s->parts[1] },           false };
	uint32_t before = s->nout;

	if (!search.binary) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
	} else if (isdigit((unsigned char)*s->parts[1])) {
		add_address(&search);
	} else {
		binary_functions(search.binary, found_function, &search);
		if (s->nout == before && is_part_of_libc(name))
			search_libc(&search);
		if (s->nout == before)
			no_function(&search);
	}
}

/* Calls @fn for the file, or for each one that the pattern matches. */
static void each_binary(struct spec *s, void (*fn)(struct spec *s, const char *name, uint64_t n),
			uint64_t n)
{
	glob_t found = { 0 };

	if (!probe_has_glob(s->parts[0])) {
		fn(s, s->parts[0], n);
		return;
	}
	if (glob(s->parts[0], 0, NULL, &found))
		ERR(s->c, UNKNOWN_PROBE, s->node->span, "no file matches '%s'", s->parts[0]);
	for (size_t i = 0; i < found.gl_pathc; i++)
		fn(s, arena_strdup(s->c->arena, found.gl_pathv[i]), n);
	globfree(&found);
}

void expand_uprobe(struct spec *s)
{
	uint64_t offset;

	if (s->nparts != 2 || !*s->parts[0] || !*s->parts[1] ||
	    !cut_offset(s, s->parts[1], &offset))
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
	struct attach *at;

	suggest_try(&s->near, p->name);
	if (!glob_match(spec->parts[spec->nparts - 1], p->name) ||
	    (spec->nparts == 3 && !glob_match(spec->parts[1], p->provider)))
		return;
	at = add_place(s, arena_printf(a, "%s:%s", p->provider, p->name), p->offset);
	at->symbol = arena_strdup(a, p->name);
	at->semaphore = p->semaphore;
	at->args = regs_usdt(a, p->args, &at->nargs);
}

static void search_static(struct spec *s, const char *name, uint64_t n)
{
	const char *word = s->parts[s->nparts - 1];
	struct search search = { s,    kernel_binary(s->c->kernel, name), word, n, { .word = word },
				 false };
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
