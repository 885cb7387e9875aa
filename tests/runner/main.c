/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs test files (see case.h) and prints the results in TAP, the totals last.
 *	runner [-k PART-OF-TITLE] [-l] [-v] FILE.t...
 */

#include <getopt.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner/case.h"
#include "tests/runner/need.h"
#include "tests/runner/stage.h"

struct totals {
	unsigned int passed, failed, skipped;
};

static const char *only; /* -k: run the cases whose title contains it */
static bool verbose, bless;

/* The expected text of a stream, what it was, and the two keys that may say so. */
struct stream {
	const char *name, *printed;
	enum key text, regex;
};

static void print_comment(const char *label, const char *text)
{
	printf("# %s\n", label);
	while (*text) {
		size_t len = strcspn(text, "\n");

		printf("#   %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static bool line_matches(regex_t *re, const char *text, size_t len, struct arena *a)
{
	return !regexec(re, arena_strndup(a, text, len), 0, NULL, 0);
}

/* The first of the regular expressions, a line each, that no further line of @text matches. */
static const char *first_unmatched(struct arena *a, const char *patterns, const char *text)
{
	while (*patterns) {
		size_t len = strcspn(patterns, "\n");
		const char *pattern = arena_strndup(a, patterns, len);
		bool found = false;
		regex_t re;

		if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB))
			return arena_printf(a, "%s (not a regular expression)", pattern);
		while (*text && !found) {
			size_t n = strcspn(text, "\n");

			found = line_matches(&re, text, n, a);
			text += n + (text[n] == '\n');
		}
		regfree(&re);
		if (!found)
			return pattern;
		patterns += len + (patterns[len] == '\n');
	}
	return NULL;
}

/* Prints what is wrong with a stream, unless that is to be blessed. */
static bool check_stream(struct arena *a, struct tcase *c, const struct stream *s, bool may_bless)
{
	const char *expected = c->value[s->text] ? c->value[s->text] : "";
	const char *unmatched;

	if (c->value[s->regex]) {
		unmatched = first_unmatched(a, c->value[s->regex], s->printed);
		if (!unmatched)
			return true;
		printf("# %s: no line matches: %s\n", s->name, unmatched);
		print_comment("printed:", s->printed);
		return false;
	}
	if (!strcmp(expected, s->printed))
		return true;
	if (may_bless) {
		c->blessed[s->text] = s->printed;
		return true;
	}
	stage_diff(a, s->name, expected, s->printed);
	return false;
}

/* False, with all that is wrong as comments, when the case failed. */
static bool check_result(struct arena *a, struct tcase *c, const struct result *r)
{
	const struct stream out = { "stdout", r->out, KEY_EXPECT, KEY_EXPECT_RE };
	const struct stream err = { "stderr", r->err, KEY_ERROR, KEY_ERROR_RE };
	int status = c->value[KEY_STATUS] ? atoi(c->value[KEY_STATUS]) : 0;
	bool ok = true;

	if (r->note) {
		print_comment("not carried out:", r->note);
		print_comment("stdout:", r->out ? r->out : "");
		print_comment("stderr:", r->err ? r->err : "");
		return false;
	}
	if (r->status != status) {
		printf("# exit status %d, expected %d\n", r->status, status);
		if (c->value[KEY_ERROR_RE])
			print_comment("stderr:", r->err);
		ok = false;
	}
	ok &= check_stream(a, c, &out, bless && ok);
	ok &= check_stream(a, c, &err, bless && ok);
	if (verbose && ok) {
		print_comment("stdout:", r->out);
		print_comment("stderr:", r->err);
	}
	return ok;
}

static bool selected(const struct tcase *c)
{
	return !only || strstr(c->title, only);
}

static void run_case(struct arena *a, const struct tfile *f, struct tcase *c, struct totals *t)
{
	unsigned int number = t->passed + t->failed + t->skipped + 1;
	const char *why = need_unmet(a, c);
	struct result r;

	if (why) {
		t->skipped++;
		printf("ok %u - %s # SKIP %s\n", number, c->title, why);
		return;
	}
	r = stage_run(a, c);
	if (check_result(a, c, &r)) {
		t->passed++;
		printf("ok %u - %s\n", number, c->title);
	} else {
		t->failed++;
		printf("not ok %u - %s\n# %s:%zu\n", number, c->title, f->path, c->line + 1);
	}
}

static void run_file(struct tfile *f, struct totals *t)
{
	bool changed = false;
	struct arena *texts = arena_new();

	for (size_t i = 0; i < f->ncases; i++) {
		struct tcase *c = &f->cases[i];

		if (!selected(c))
			continue;
		run_case(texts, f, c, t);
		changed |= c->blessed[KEY_EXPECT] || c->blessed[KEY_ERROR];
		fflush(stdout);
	}
	if (changed) {
		int err = tfile_write(texts, f);

		if (err) {
			printf("Bail out! cannot write %s: %s\n", f->path, strerror(-err));
			exit(2);
		}
		printf("# blessed %s\n", f->path);
	}
	arena_free(texts);
}

static int usage(void)
{
	fputs("usage: run [-k part-of-title] [-l] [-v] file.t...\n", stderr);
	return 2;
}

/* Reads all files first: a plan says how many cases follow. False when one is not a test file. */
static bool read_files(struct arena *a, struct tfile *files, char **paths, size_t n,
		       size_t *planned)
{
	for (size_t i = 0; i < n; i++) {
		if (!tfile_read(a, &files[i], paths[i])) {
			printf("Bail out! %s is not a test file\n", paths[i]);
			return false;
		}
		for (size_t j = 0; j < files[i].ncases; j++)
			*planned += selected(&files[i].cases[j]);
	}
	return true;
}

static void list_cases(const struct tfile *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < files[i].ncases; j++)
			if (selected(&files[i].cases[j]))
				printf("%s: %s\n", files[i].path, files[i].cases[j].title);
}

static int run_files(struct tfile *files, size_t n, size_t planned)
{
	struct totals t = { 0 };

	stage_init();
	printf("1..%zu\n", planned);
	for (size_t i = 0; i < n; i++)
		run_file(&files[i], &t);
	printf("# %u passed, %u failed, %u skipped\n", t.passed, t.failed, t.skipped);
	return t.failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *env = getenv("BLESS");
	size_t n, planned = 0;
	struct tfile *files;
	bool list = false;
	struct arena *a;
	int opt, status = 0;

	bless = env && *env && strcmp(env, "0");
	while ((opt = getopt(argc, argv, "k:lv")) >= 0) {
		if (opt == 'k')
			only = optarg;
		else if (opt == 'l')
			list = true;
		else if (opt == 'v')
			verbose = true;
		else
			return usage();
	}
	if (optind == argc)
		return usage();
	n = (size_t)(argc - optind);
	a = arena_new();
	files = arena_alloc(a, n * sizeof(*files));
	if (!read_files(a, files, argv + optind, n, &planned))
		status = 2;
	else if (list)
		list_cases(files, n);
	else
		status = run_files(files, n, planned);
	arena_free(a);
	return status;
}
