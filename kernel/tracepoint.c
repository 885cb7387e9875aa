/* SPDX-License-Identifier: Apache-2.0 */
/* Tracepoints: events/CATEGORY/NAME/format of tracefs, found, listed, suggested. */
#include "kernel/kernel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/internal.h"
#include "util/suggest.h"

#define BUFFER_SIZE 65536 /* of a format file; its fields come first */
#define PRINT_FMT "\nprint fmt:"

struct tp_entry {
	struct tp_entry *next; /* in the bucket */
	struct tracepoint tp;
};

/* Names of the directories in a directory, sorted. */
struct names {
	const char **names;
	size_t n;
};

/* Byte order of what follows when ':' ends each name, as in "category:name". */
static int compare_names(const void *a, const void *b)
{
	const char *s = *(const char *const *)a, *t = *(const char *const *)b;

	while (*s && *s == *t) {
		s++;
		t++;
	}
	return (*s ? (unsigned char)*s : ':') - (*t ? (unsigned char)*t : ':');
}

static bool is_directory(int dir, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return !fstatat(dir, e->d_name, &st, 0) && S_ISDIR(st.st_mode);
}

/* A part of a path that is one name: what a script says must not leave events/. */
static bool is_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

/* The directories in @path of tracefs but for @except. 0, or -errno with kernel_error(). */
static int list_directories(struct kernel *k, const char *path, const char *except,
			    struct names *list)
{
	int fd = kernel_tracefs_open(k, path, O_RDONLY | O_DIRECTORY);
	struct dirent *e;
	DIR *dir;

	*list = (struct names){ 0 };
	if (fd < 0)
		return fd;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return kernel_fail_errno(k, errno, "list tracepoints", KERNEL_LOCKDOWN);
	}
	while ((e = readdir(dir)))
		if (is_name(e->d_name) && is_directory(fd, e) &&
		    (!except || strcmp(e->d_name, except)))
			VEC_PUSH(k->arena, list->names, list->n, arena_strdup(k->arena, e->d_name));
	closedir(dir);
	if (list->n)
		qsort(list->names, list->n, sizeof(*list->names), compare_names);
	return 0;
}

/* Events of ftrace describe its own records and cannot be attached to. */
static int list_categories(struct kernel *k, struct names *list)
{
	return list_directories(k, "events", "ftrace", list);
}

static int list_events(struct kernel *k, const char *category, struct names *list)
{
	return list_directories(k, arena_printf(k->arena, "events/%s", category), NULL, list);
}

static const char *nearest(const char *word, const struct names *list)
{
	struct suggest s = { .word = word };

	for (size_t i = 0; i < list->n; i++)
		suggest_try(&s, list->names[i]);
	return s.best;
}

static const char *mean_tracepoint(struct kernel *k, const char *category, const char *name)
{
	return kernel_did_you_mean(k, arena_printf(k->arena, "%s:%s", category, name));
}

/* The event nearest to @name in any category; one of exactly that name wins. */
static const char *suggest_anywhere(struct kernel *k, const struct names *categories,
				    const char *name)
{
	struct suggest s = { .word = name };
	const char *category = NULL;

	for (size_t i = 0; i < categories->n; i++) {
		struct names events;

		if (list_events(k, categories->names[i], &events))
			continue;
		for (size_t j = 0; j < events.n; j++) {
			const char *before = s.best;

			suggest_try(&s, events.names[j]);
			if (s.best != before)
				category = categories->names[i];
		}
	}
	return category ? mean_tracepoint(k, category, s.best) : NULL;
}

/* What was meant perhaps: in that category, in one spelled nearly so, else anywhere. */
static const char *suggest_tracepoint(struct kernel *k, const struct names *categories,
				      const char *category, bool known, const char *name)
{
	const char *near = known ? category : nearest(category, categories), *event, *hint;
	struct names events;

	if (near && !list_events(k, near, &events)) {
		event = nearest(name, &events);
		if (event)
			return mean_tracepoint(k, near, event);
	}
	hint = suggest_anywhere(k, categories, name);
	if (hint)
		return hint;
	if (near)
		return arena_printf(k->arena,
				    "list those of %s with pktscript -l 'tracepoint:%s:*'", near,
				    near);
	return "list all categories with pktscript -l 'tracepoint:*'";
}

/* There is no CATEGORY:NAME, or (@name a glob) none like it: says so. Always NULL. */
static void *fail_unknown(struct kernel *k, const char *category, const char *name)
{
	struct names categories;
	bool known = false;
	const char *hint;

	if (list_categories(k, &categories))
		return NULL;
	for (size_t i = 0; i < categories.n; i++)
		known |= !strcmp(categories.names[i], category);
	hint = suggest_tracepoint(k, &categories, category, known, name);
	if (known)
		kernel_fail(k, ENOENT, hint, "no tracepoint %s:%s", category, name);
	else
		kernel_fail(k, ENOENT, hint, "no tracepoint category %s", category);
	return NULL;
}

/*
 * Reads a format file into k->buffer, as far as the print format. Its length, or -errno
 * without kernel_error() when there is no such file.
 */
static long read_format(struct kernel *k, const char *category, const char *name)
{
	int fd = kernel_tracefs_open(
		k, arena_printf(k->arena, "events/%s/%s/format", category, name), O_RDONLY);
	long have = 0, n = 1;

	if (fd < 0)
		return fd;
	if (!k->buffer)
		k->buffer = arena_alloc(k->arena, BUFFER_SIZE);
	while (n > 0 && have < BUFFER_SIZE &&
	       !memmem(k->buffer, have, PRINT_FMT, strlen(PRINT_FMT))) {
		n = kernel_read(fd, k->buffer + have, have ? BUFFER_SIZE - have : 4096);
		have += n > 0 ? n : 0;
	}
	close(fd);
	if (n < 0)
		return kernel_fail(k, (int)-n, NULL,
				   "cannot read the format of tracepoint %s:%s: %s", category, name,
				   strerror((int)-n));
	return have;
}

/* Where the tracepoint is in the cache, or where it goes. */
static struct tp_entry **find_entry(struct kernel *k, const char *category, const char *name)
{
	struct tp_entry **p;
	uint32_t hash = 5381;

	for (const char *s = category; *s; s++)
		hash = hash * 33 + (unsigned char)*s;
	for (const char *s = name; *s; s++)
		hash = hash * 33 + (unsigned char)*s;
	for (p = &k->tracepoints[hash % TP_BUCKETS]; *p; p = &(*p)->next)
		if (!strcmp((*p)->tp.category, category) && !strcmp((*p)->tp.name, name))
			break;
	return p;
}

const struct tracepoint *kernel_tracepoint(struct kernel *k, const char *category, const char *name)
{
	struct tp_entry **slot = find_entry(k, category, name), *e;
	uint32_t line;
	long length;

	if (*slot)
		return &(*slot)->tp;
	if (!is_name(category) || !is_name(name) || !strcmp(category, "ftrace"))
		return fail_unknown(k, category, name);
	length = read_format(k, category, name);
	if (length == -ENOENT || length == -ENOTDIR)
		return fail_unknown(k, category, name);
	if (length < 0)
		return NULL;
	e = arena_alloc(k->arena, sizeof(*e));
	e->tp.category = arena_strdup(k->arena, category);
	e->tp.name = arena_strdup(k->arena, name);
	line = tracepoint_parse(k->arena, k->buffer, (size_t)length, &e->tp);
	if (line) {
		kernel_fail(k, EINVAL,
			    "this is not a format file that pktscript knows; please report it",
			    "cannot read the format of tracepoint %s:%s: line %u is malformed",
			    category, name, line);
		return NULL;
	}
	*slot = e;
	return &e->tp;
}

static bool is_glob(const char *s)
{
	return s[strcspn(s, "*?")];
}

/* The categories that match: one without a glob is not looked for among the others. */
static int match_categories(struct kernel *k, const char *glob, struct names *list)
{
	struct names all;
	int err;

	*list = (struct names){ 0 };
	if (!is_glob(glob)) {
		if (is_name(glob) && strcmp(glob, "ftrace"))
			VEC_PUSH(k->arena, list->names, list->n, arena_strdup(k->arena, glob));
		return 0;
	}
	err = list_categories(k, &all);
	for (size_t i = 0; i < all.n; i++)
		if (glob_match(glob, all.names[i]))
			VEC_PUSH(k->arena, list->names, list->n, all.names[i]);
	return err;
}

int kernel_tracepoints(struct kernel *k, const char *category, const char *name,
		       void (*fn)(void *ctx, const char *category, const char *name), void *ctx)
{
	struct names categories;
	int err = match_categories(k, category, &categories), count = 0;

	if (err)
		return err;
	for (size_t i = 0; i < categories.n; i++) {
		struct names events;

		err = list_events(k, categories.names[i], &events);
		if (err && err != -ENOENT && err != -ENOTDIR)
			return err;
		for (size_t j = 0; j < events.n; j++) {
			if (!glob_match(name, events.names[j]))
				continue;
			fn(ctx, categories.names[i], events.names[j]);
			count++;
		}
	}
	if (!count && is_glob(category))
		kernel_fail(k, ENOENT, "list all categories with pktscript -l 'tracepoint:*'",
			    "no tracepoint matches %s:%s", category, name);
	else if (!count)
		fail_unknown(k, category, name);
	return count;
}
