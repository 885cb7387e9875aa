/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/runner/case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_NEWLINE "\\ no newline"

static const struct {
	const char *name;
	bool text;
} keys[] = {
#define KEY(ID, name, text) { name, text },
	CASE_KEYS(KEY)
#undef KEY
};

static bool complain(const struct tfile *f, size_t line, const char *what, const char *name)
{
	fprintf(stderr, "%s:%zu: %s%s%s\n", f->path, line + 1, what, name ? ": " : "",
		name ? name : "");
	return false;
}

static bool read_lines(struct arena *a, struct tfile *f)
{
	FILE *in = fopen(f->path, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	if (!in) {
		fprintf(stderr, "%s: %s\n", f->path, strerror(errno));
		return false;
	}
	while ((len = getline(&line, &size, in)) >= 0) {
		if (len && line[len - 1] == '\n')
			len--;
		VEC_PUSH(a, f->lines, f->nlines, arena_strndup(a, line, (size_t)len));
	}
	free(line);
	fclose(in);
	return true;
}

static bool is_blank(const char *line)
{
	return !*line;
}

/* The indented lines from *@i on, without their tabs; *@i ends at the first line after them. */
static const char *read_block(struct arena *a, const struct tfile *f, size_t *i, bool text)
{
	const char *value = "";
	size_t pos = *i, len;

	for (;;) {
		size_t next = pos;

		while (next < f->nlines && is_blank(f->lines[next]))
			next++;
		if (next == f->nlines || f->lines[next][0] != '\t')
			break;
		for (; pos < next; pos++)
			value = arena_printf(a, "%s\n", value);
		value = arena_printf(a, "%s%s\n", value, f->lines[pos++] + 1);
	}
	*i = pos;
	len = strlen(value);
	if (text && len > strlen(NO_NEWLINE) + 1 &&
	    !strcmp(value + len - strlen("\n" NO_NEWLINE "\n"), "\n" NO_NEWLINE "\n"))
		return arena_strndup(a, value, len - strlen("\n" NO_NEWLINE "\n"));
	return text || !len ? value : arena_strndup(a, value, len - 1);
}

static bool read_key(struct arena *a, struct tfile *f, struct tcase *c, size_t *i)
{
	const char *line = f->lines[*i], *colon = strchr(line, ':'), *value;
	size_t key = 0, start = *i;

	while (colon && key < KEY_COUNT &&
	       (strlen(keys[key].name) != (size_t)(colon - line) ||
		strncmp(line, keys[key].name, (size_t)(colon - line))))
		key++;
	if (!colon || key == KEY_COUNT)
		return complain(f, start, "not a key of a test case", line);
	if (c->value[key])
		return complain(f, start, "given twice in this case", keys[key].name);
	++*i;
	value = colon + 1 + strspn(colon + 1, " ");
	if (!*value)
		value = read_block(a, f, i, keys[key].text);
	else if (keys[key].text)
		value = arena_printf(a, "%s\n", value);
	c->value[key] = value;
	c->first[key] = start;
	c->last[key] = *i - 1;
	c->end = *i;
	return true;
}

static bool check_case(const struct tfile *f, const struct tcase *c)
{
	if (!c->value[KEY_SCRIPT] == !c->value[KEY_RUN])
		return complain(f, c->line, "a case has either script or run", NULL);
	if (c->value[KEY_RUN] && (c->value[KEY_TRAFFIC] || c->value[KEY_ARGS]))
		return complain(f, c->line, "traffic and args go with script, not run", NULL);
	if (c->value[KEY_REPLAY] && c->value[KEY_PACKETS])
		return complain(f, c->line, "a case has either replay or packets", NULL);
	if ((c->value[KEY_EXPECT] && c->value[KEY_EXPECT_RE]) ||
	    (c->value[KEY_ERROR] && c->value[KEY_ERROR_RE]))
		return complain(f, c->line, "both the whole text and ~ for one stream", NULL);
	for (const struct tcase *other = f->cases; other < c; other++)
		if (!strcmp(other->title, c->title))
			return complain(f, c->line, "title used twice", c->title);
	return true;
}

bool tfile_read(struct arena *a, struct tfile *f, const char *path)
{
	*f = (struct tfile){ .path = path };
	if (!read_lines(a, f))
		return false;
	for (size_t i = 0; i < f->nlines;) {
		char *line = f->lines[i];

		if (!strncmp(line, "== ", 3)) {
			struct tcase c = { .title = line + 3, .line = i, .end = i + 1 };

			VEC_PUSH(a, f->cases, f->ncases, c);
			i++;
		} else if (is_blank(line) || *line == '#') {
			i++;
		} else if (*line == '\t') {
			return complain(f, i, "indented line after a key that has a value", NULL);
		} else if (!f->ncases) {
			return complain(f, i, "key before the first == title", line);
		} else if (!read_key(a, f, &f->cases[f->ncases - 1], &i)) {
			return false;
		}
	}
	for (size_t i = 0; i < f->ncases; i++)
		if (!check_case(f, &f->cases[i]))
			return false;
	return true;
}

static void write_value(FILE *out, enum key key, const char *value)
{
	if (!*value)
		return;
	fprintf(out, "%s:\n", keys[key].name);
	while (*value) {
		size_t len = strcspn(value, "\n");
		bool last_lines = strspn(value, "\n") == strlen(value);

		fprintf(out, "%s%.*s\n", len || last_lines ? "\t" : "", (int)len, value);
		value += len;
		if (!*value)
			fputs("\t" NO_NEWLINE "\n", out);
		else
			value++;
	}
}

static void write_case(FILE *out, const struct tfile *f, const struct tcase *c)
{
	for (size_t i = c->line; i < c->end; i++) {
		enum key key = 0;

		while (key < KEY_COUNT && !(c->value[key] && c->blessed[key] && c->first[key] == i))
			key++;
		if (key == KEY_COUNT) {
			fprintf(out, "%s\n", f->lines[i]);
		} else {
			write_value(out, key, c->blessed[key]);
			i = c->last[key];
		}
	}
	for (enum key key = 0; key < KEY_COUNT; key++)
		if (c->blessed[key] && !c->value[key])
			write_value(out, key, c->blessed[key]);
}

int tfile_write(struct arena *a, const struct tfile *f)
{
	const char *path = arena_printf(a, "%s.new", f->path);
	FILE *out = fopen(path, "w");
	size_t line = 0;
	int err;

	if (!out)
		return -errno;
	for (size_t i = 0; i < f->ncases; i++) {
		for (; line < f->cases[i].line; line++)
			fprintf(out, "%s\n", f->lines[line]);
		write_case(out, f, &f->cases[i]);
		line = f->cases[i].end;
	}
	for (; line < f->nlines; line++)
		fprintf(out, "%s\n", f->lines[line]);
	err = ferror(out) ? -EIO : 0;
	if (fclose(out) && !err)
		err = -errno;
	if (!err && rename(path, f->path))
		err = -errno;
	if (err)
		unlink(path);
	return err;
}
