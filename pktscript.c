/* SPDX-License-Identifier: Apache-2.0 */
/* main: from source text to report, in one line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "cli/list.h"
#include "cli/options.h"
#include "codegen/codegen.h"
#include "parser/parse.h"

#define MAX_SOURCE (16u << 20)
#define SCRIPT_ERROR 1

/* What a stage says when it is done: go on with the next one. */
#define GO_ON (-1)

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "pktscript: error: %s: %s\n", what, why);
	return RUNTIME_FAILED;
}

static int read_stream(struct arena *a, FILE *f, struct source *src)
{
	size_t room = 4096, n;
	char *text = arena_alloc(a, room);

	while ((n = fread(text + src->length, 1, room - src->length - 1, f)) > 0) {
		src->length += n;
		if (src->length + 1 < room)
			continue;
		if (room > MAX_SOURCE)
			return fail(src->name, "a script larger than 16 MiB");
		text = memcpy(arena_alloc(a, 2 * room), text, src->length);
		room *= 2;
	}
	src->text = text;
	return ferror(f) ? fail(src->name, strerror(errno)) : GO_ON;
}

static int read_source(struct arena *a, const struct options *o, struct source *src)
{
	bool standard_input = o->file && !strcmp(o->file, "-");
	FILE *f;
	int status;

	if (o->script) {
		*src = (struct source){ .name = "-e",
					.text = o->script,
					.length = strlen(o->script) };
		return GO_ON;
	}
	*src = (struct source){ .name = o->file, .text = "" };
	f = standard_input ? stdin : fopen(o->file, "re");
	if (!f) {
		fprintf(stderr, "pktscript: error: cannot read '%s': %s\n", o->file,
			strerror(errno));
		if (strpbrk(o->file, "{}"))
			fputs("hint: a script on the command line is given with -e\n", stderr);
		return SCRIPT_ERROR;
	}
	status = read_stream(a, f, src);
	if (!standard_input)
		fclose(f);
	return status;
}

static bool kernel_since(int major, int minor)
{
	struct utsname u;
	int x = 0, y = 0;

	return !uname(&u) && sscanf(u.release, "%d.%d", &x, &y) == 2 &&
	       (x > major || (x == major && y >= minor));
}

static uint64_t boot_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static bool dumps(const struct options *o, const char *stage)
{
	return o->dump && !strcmp(o->dump, stage);
}

/* Text to plan. Messages are printed here, once. */
static int front_end(struct arena *a, const struct options *o, struct source *src,
		     struct kernel *k, const struct plan **plan)
{
	struct diags diags = { .arena = a, .source = src };
	struct node *script;

	if (dumps(o, "tokens")) {
		parse_print_tokens(stdout, a, src, &diags);
		return diags.errors ? SCRIPT_ERROR : 0;
	}
	script = parse(a, src, &diags);
	if (script && dumps(o, "ast")) {
		node_print(stdout, a, script, 0);
		return 0;
	}
	*plan = script ? check(a, script, src, k, &diags, &o->checking) : NULL;
	if (diags.help && !diags.errors) {
		fputs(diags.help, stdout);
		return 0;
	}
	diag_print(stderr, &diags);
	if (!*plan)
		return SCRIPT_ERROR;
	if (dumps(o, "plan")) {
		plan_print(stdout, a, *plan);
		return 0;
	}
	return GO_ON;
}

static int back_end(struct arena *a, const struct options *o, const struct plan *plan,
		    const void **object, size_t *size)
{
	enum codegen_output output = dumps(o, "ir")    ? CODEGEN_IR
				     : dumps(o, "asm") ? CODEGEN_ASM
						       : CODEGEN_OBJECT;
	const char *error;

	if (codegen(a, plan, output, object, size, &error)) {
		fprintf(stderr,
			"pktscript: internal error: %s\nhint: please report it with the script\n",
			error);
		return RUNTIME_FAILED;
	}
	if (o->dump)
		return fwrite(*object, 1, *size, stdout) == *size
			       ? 0
			       : fail("standard output", strerror(errno));
	return o->check ? 0 : GO_ON;
}

static int run(struct arena *a, struct kernel *k, const struct options *o)
{
	const struct plan *plan = NULL;
	const void *object = NULL;
	struct source src = { 0 };
	size_t size = 0;
	int status = read_source(a, o, &src);

	if (status == GO_ON)
		status = front_end(a, o, &src, k, &plan);
	if (status == GO_ON)
		status = back_end(a, o, plan, &object, &size);
	if (status == GO_ON)
		status = runtime_run(plan, object, size, &o->runtime);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .checking = { .fetch = kernel_since(5, 12),
					   .bpf_loop = kernel_since(5, 17),
					   .start_ns = boot_ns() } };
	int status = options_parse(argc, argv, &o);
	struct arena *a;
	struct kernel *k;

	if (status >= 0)
		return status;
	a = arena_new();
	k = kernel_open(a, &o.kernel);
	status = o.list ? list(a, k, o.pattern, o.runtime.verbose) : run(a, k, &o);
	kernel_close(k);
	arena_free(a);
	return status;
}
