/* SPDX-License-Identifier: Apache-2.0 */
/* main: from source text to report, in one line. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "cli/list.h"
#include "cli/options.h"
#include "codegen/codegen.h"
#include "config.h"
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

/* There is no script to have errors in: this is wrong use. */
static int unreadable(const char *file, const char *why)
{
	fprintf(stderr, "pktscript: error: cannot read '%s': %s\n", file, why);
	if (strpbrk(file, "{}"))
		fputs("hint: a script on the command line is given with -e\n", stderr);
	return USAGE_ERROR;
}

static int read_stream(struct arena *a, FILE *f, struct source *src)
{
	size_t room = 4096, n;
	char *text = arena_alloc(a, room);

	while ((n = fread(text + src->length, 1, room - src->length - 1, f)) > 0) {
		src->length += n;
		if (src->length + 1 < room)
			continue;
		if (room >= MAX_SOURCE)
			return unreadable(src->name, "it is larger than 16 MiB");
		text = memcpy(arena_alloc(a, 2 * room), text, src->length);
		room *= 2;
	}
	src->text = text;
	return ferror(f) ? unreadable(src->name, strerror(errno)) : GO_ON;
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
	if (!f)
		return unreadable(o->file, strerror(errno));
	status = read_stream(a, f, src);
	if (!standard_input)
		fclose(f);
	return status;
}

static uint32_t kernel_version(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname u;

	if (uname(&u) || sscanf(u.release, "%u.%u", &major, &minor) != 2)
		return 0;
	return KERNEL(major, minor);
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static bool dumps(const struct options *o, const char *stage)
{
	return o->dump && !strcmp(o->dump, stage);
}

/* Text to plan. Messages are printed here, once. */
static int front_end(struct arena *a, const struct options *o, struct source *src, struct kernel *k,
		     const struct plan **plan)
{
	struct diags diags = { .arena = a, .source = src, .quiet = o->no_warnings };
	struct node *script;

	src->includes = &o->includes;
	if (dumps(o, "tokens")) {
		parse_print_tokens(stdout, a, src, &diags);
		return diags.errors ? SCRIPT_ERROR : 0;
	}
	script = parse(a, src, &diags);
	if (script && dumps(o, "ast")) {
		node_print(stdout, a, script, 0);
		return 0;
	}
	if (script && o->debug & DEBUG_AST)
		node_print(stdout, a, script, 0);
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

/* -d: the stages of the back end that are printed on the way. */
static bool debug_back_end(struct arena *a, const struct options *o, const struct plan *plan,
			   struct diags *diags, const char **error)
{
	static const enum codegen_output outputs[] = { CODEGEN_IR, CODEGEN_ASM };
	const void *text;
	size_t size;

	for (int i = 0; i < 2; i++) {
		if (!(o->debug & (DEBUG_IR << i)))
			continue;
		if (codegen(a, plan, outputs[i], &text, &size, diags, error))
			return false;
		fwrite(text, 1, size, stdout);
	}
	fflush(stdout);
	return true;
}

static int back_end(struct arena *a, const struct options *o, const struct plan *plan,
		    const void **object, size_t *size)
{
	enum codegen_output output = dumps(o, "ir")    ? CODEGEN_IR
				     : dumps(o, "asm") ? CODEGEN_ASM
						       : CODEGEN_OBJECT;
	struct diags diags = { .arena = a, .source = plan->source };
	const char *error;

	if (!debug_back_end(a, o, plan, &diags, &error) ||
	    codegen(a, plan, output, object, size, &diags, &error)) {
		diag_print(stderr, &diags);
		if (diags.errors)
			return SCRIPT_ERROR;
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
	struct prepared *prepared = NULL;
	const void *object = NULL;
	struct source src = { 0 };
	size_t size = 0;
	int status = read_source(a, o, &src);

	if (status == GO_ON)
		status = front_end(a, o, &src, k, &plan);
	if (status != GO_ON)
		return status;
	if (o->list)
		return list_plan(plan);
	if (!o->dump && !o->check)
		prepared = runtime_prepare(plan);
	status = back_end(a, o, plan, &object, &size);
	if (status == GO_ON)
		return runtime_run(plan, prepared, object, size, &o->runtime);
	runtime_forget(prepared);
	return status;
}

/*
 * A standard stream that is closed would be the number of the next file that is opened. It
 * becomes one that fails when it is used.
 */
static void open_standard_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDWR };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			_exit(RUNTIME_FAILED);
}

int main(int argc, char **argv)
{
	struct options o = {
		.runtime = { .program = PACKAGE_STRING },
		.checking = { .kernel = kernel_version(),
			      .ncpus = kernel_cpus(),
			      .tai_offset_ns = clock_ns(CLOCK_TAI) - clock_ns(CLOCK_BOOTTIME),
			      .wall_offset_ns = clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_BOOTTIME),
			      .start_ns = clock_ns(CLOCK_BOOTTIME) }
	};
	int status = options_parse(argc, argv, &o);
	struct arena *a;
	struct kernel *k;

	if (status >= 0)
		return status;
	kernel_pid_namespace(&o.checking.pid_dev, &o.checking.pid_ino);
	open_standard_streams();
	a = arena_new();
	k = kernel_open(a, &o.kernel);
	if (o.info)
		status = runtime_info(PACKAGE_VERSION);
	else if (o.list && !o.script && !o.file)
		status = list(a, k, o.pattern, o.runtime.verbose);
	else
		status = run(a, k, &o);
	kernel_close(k);
	arena_free(a);
	return status;
}
