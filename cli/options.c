/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <unistd.h>

#include "config.h"
#include "kernel/netns.h"
#include "util/suggest.h"

enum option_id {
#define OPTION(id, letter, argument, doc) OPT_##id,
#include "cli/option.def"
#undef OPTION
	OPT_COUNT
};

static struct option_row {
	char name[24];
	char letter;
	const char *argument, *doc;
} rows[OPT_COUNT] = {
#define OPTION(id, letter, argument, doc) [OPT_##id] = { #id, letter, argument, doc },
#include "cli/option.def"
#undef OPTION
};

static int usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static int usage_error(const char *fmt, ...)
{
	va_list ap;

	fputs("pktscript: error: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("\nhint: pktscript --help shows how to use it\n", stderr);
	return USAGE_ERROR;
}

static void print_help(void)
{
	puts("Usage: pktscript [OPTION]... -e SCRIPT [PARAMETER]...\n"
	     "       pktscript [OPTION]... FILE [PARAMETER]...       (FILE - is standard input)\n"
	     "       pktscript -l [-v] [PATTERN]\n"
	     "Ask the running kernel about packets and events.\n");
	for (int i = 0; i < OPT_COUNT; i++) {
		char left[48];

		snprintf(left, sizeof(left), "--%.24s%s%.16s", rows[i].name,
			 rows[i].argument ? "=" : "", rows[i].argument ? rows[i].argument : "");
		if (rows[i].letter)
			printf("  -%c, %-18s %s\n", rows[i].letter, left, rows[i].doc);
		else
			printf("      %-18s %s\n", left, rows[i].doc);
	}
	puts("\nExit status: 0 fine, 1 error in the script, 2 wrong use, 3 the machine refused,\n"
	     "4 loss with --strict; exit(n) in a script gives n.\n\n"
	     "Examples:\n"
	     "  pktscript -e 'net:net_dev_queue { @[comm] = count(); }'\n"
	     "  pktscript --for 10s -e 'net:netif_receive_skb { @ = hist(args.len); }'\n"
	     "  pktscript -lv 'net:*'");
}

/* "10s" to ns; 0: it is no time. A plain number is seconds. */
static uint64_t parse_time(const char *text)
{
	static const struct {
		const char *unit;
		uint64_t ns;
	} units[] = { { "ms", 1000000 },    { "s", 1000000000 },    { "", 1000000000 },
		      { "m", 60000000000 }, { "h", 3600000000000 }, { "us", 1000 } };
	char *end;
	uint64_t n = strtoull(text, &end, 10), ns;

	if (!isdigit((unsigned char)*text))
		return 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (!strcmp(end, units[i].unit))
			return __builtin_mul_overflow(n, units[i].ns, &ns) ? 0 : ns;
	return 0;
}

static int set_pid(struct options *o, const char *text)
{
	char *end;
	long pid = strtol(text, &end, 10);

	if (!*text || *end || pid <= 0 || pid > INT32_MAX)
		return usage_error("'%s' is no process id", text);
	if (kill((pid_t)pid, 0) && errno == ESRCH)
		return usage_error("there is no process %ld", pid);
	o->runtime.pid = (pid_t)pid;
	o->checking.pid = (uint32_t)pid;
	return -1;
}

static int set_dump(struct options *o, const char *stage)
{
	static const char *const stages[] = { "tokens", "ast", "plan", "ir", "asm", "elf" };

	for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++)
		if (!strcmp(stage, stages[i]))
			o->dump = stages[i];
	return o->dump ? -1
		       : usage_error("no stage '%s': they are tokens, ast, plan, ir, asm and elf",
				     stage);
}

/* Words of bpftrace: "ast,dis". */
static int set_debug(struct options *o, const char *list)
{
	static const struct {
		const char *word;
		uint32_t stages;
		bool verbose;
	} words[] = { { "ast", DEBUG_AST, false },
		      { "parse", DEBUG_AST, false },
		      { "types", DEBUG_AST, false },
		      { "codegen", DEBUG_IR, false },
		      { "codegen-opt", DEBUG_IR, false },
		      { "dis", DEBUG_ASM, false },
		      { "libbpf", 0, true },
		      { "verifier", 0, true },
		      { "all", DEBUG_AST | DEBUG_IR | DEBUG_ASM, true } };
	size_t n = sizeof(words) / sizeof(*words), i;

	for (; *list; list += strcspn(list, ",") + (list[strcspn(list, ",")] == ',')) {
		size_t len = strcspn(list, ",");

		for (i = 0;
		     i < n && (strlen(words[i].word) != len || strncmp(words[i].word, list, len));)
			i++;
		if (i == n)
			return usage_error("no stage '%.*s': they are ast, codegen, codegen-opt, "
					   "dis, libbpf, verifier and all",
					   (int)len, list);
		o->debug |= words[i].stages;
		o->runtime.verbose |= words[i].verbose;
	}
	return -1;
}

static int set_buffer(struct options *o, const char *mode)
{
	o->runtime.buffered = !strcmp(mode, "full");
	if (o->runtime.buffered || !strcmp(mode, "line") || !strcmp(mode, "none"))
		return -1;
	return usage_error("no buffer mode '%s': they are none, line and full", mode);
}

static int add_include(const char **list, uint32_t *n, const char *what)
{
	if (*n == MAX_INCLUDES)
		return usage_error("more than %d files or directories to include", MAX_INCLUDES);
	list[(*n)++] = what;
	return -1;
}

static int set_format(struct options *o, const char *name)
{
	o->runtime.format = runtime_output(name);
	if (o->runtime.format != OUTPUT_COUNT)
		return -1;
	return usage_error("no output format '%s': they are text and json", name);
}

static int set_netns(struct options *o, const char *name)
{
	int fd = netns_open(name);

	if (fd < 0)
		return usage_error("cannot open network namespace '%s': %s", name, strerror(-fd));
	close(fd);
	o->kernel.netns = name;
	return -1;
}

static int set_option(struct options *o, enum option_id id, const char *argument)
{
	switch (id) {
	case OPT_eval:
		if (o->script)
			return usage_error("-e is given twice");
		o->script = argument;
		break;
	case OPT_list:
		o->list = true;
		break;
	case OPT_read:
		o->runtime.read_path = argument;
		o->checking.replay = true;
		break;
	case OPT_command:
		o->runtime.command = argument;
		o->checking.command = true;
		break;
	case OPT_pid:
		return set_pid(o, argument);
	case OPT_for:
		o->runtime.for_ns = parse_time(argument);
		return o->runtime.for_ns
			       ? -1
			       : usage_error("'%s' is no time: write 10s, 500ms or 2m", argument);
	case OPT_format:
		return set_format(o, argument);
	case OPT_output:
		o->runtime.output_path = argument;
		break;
	case OPT_buffer:
		return set_buffer(o, argument);
	case OPT_quiet:
		o->runtime.quiet = true;
		break;
	case OPT_verbose:
		o->runtime.verbose = true;
		break;
	case OPT_no_warnings:
		o->no_warnings = o->runtime.no_warnings = true;
		break;
	case OPT_dry_run:
		o->runtime.dry_run = true;
		break;
	case OPT_include:
		return add_include(o->includes.files, &o->includes.nfiles, argument);
	case OPT_include_dir:
		return add_include(o->includes.dirs, &o->includes.ndirs, argument);
	case OPT_info:
		o->info = true;
		break;
	case OPT_debug:
		return set_debug(o, argument);
	case OPT_strict:
		o->runtime.strict = true;
		break;
	case OPT_unsafe:
		o->checking.unsafe = true;
		break;
	case OPT_check:
		o->check = true;
		break;
	case OPT_dump:
		return set_dump(o, argument);
	case OPT_tracefs:
		o->kernel.tracefs = argument;
		break;
	case OPT_btf:
		o->kernel.btf = argument;
		break;
	case OPT_netns:
		return set_netns(o, argument);
	case OPT_help:
		print_help();
		return 0;
	case OPT_version:
		puts("pktscript " PACKAGE_VERSION);
		return 0;
	case OPT_failures:
		o->checking.failures = true;
		break;
	case OPT_no_feature:
	case OPT_usdt_file_activation:
	case OPT_COUNT:
		break;
	}
	return -1;
}

/* getopt's own messages do not suggest: this one does. */
static int unknown_option(char **argv)
{
	const char *word = argv[optind - 1];
	struct suggest s = { .word = word + 2 };

	if (optopt && optopt < OPT_COUNT + 256 && optopt >= 256)
		return usage_error("--%s takes %s", rows[optopt - 256].name,
				   rows[optopt - 256].argument ? "an argument" : "no argument");
	if (strncmp(word, "--", 2))
		return usage_error("unknown option '-%c'", optopt);
	for (int i = 0; i < OPT_COUNT; i++) {
		if (s.best && !strncmp(rows[i].name, word + 2, strlen(word + 2)))
			return usage_error("option '%s' can be --%s or --%s", word, s.best,
					   rows[i].name);
		if (!strncmp(rows[i].name, word + 2, strlen(word + 2)))
			s.best = rows[i].name;
	}
	for (int i = 0; i < OPT_COUNT; i++)
		suggest_try(&s, rows[i].name);
	return s.best ? usage_error("unknown option '%s'; did you mean --%s?", word, s.best)
		      : usage_error("unknown option '%s'", word);
}

static int missing_argument(void)
{
	for (int i = 0; i < OPT_COUNT; i++)
		if (optopt == rows[i].letter || optopt == 256 + i)
			return usage_error("--%s takes an argument: %s", rows[i].name,
					   rows[i].argument);
	return usage_error("an option takes an argument");
}

static int parse_flags(int argc, char **argv, struct options *o)
{
	struct option longs[OPT_COUNT + 1] = { 0 };
	char shorts[3 * OPT_COUNT + 3] = "+:", *to = shorts + 2;
	int c, status = -1;

	for (int i = 0; i < OPT_COUNT; i++) {
		longs[i] = (struct option){ rows[i].name, rows[i].argument != NULL, NULL, 256 + i };
		if (rows[i].letter) {
			*to++ = rows[i].letter;
			if (rows[i].argument)
				*to++ = ':';
		}
	}
	*to = 0;
	while (status < 0 && (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (c == '?')
			return unknown_option(argv);
		if (c == ':')
			return missing_argument();
		for (int i = 0; i < OPT_COUNT && c < 256; i++)
			if (rows[i].letter == c)
				c = 256 + i;
		status = set_option(o, c - 256, optarg);
	}
	return status;
}

/*
 * Positional parameters, then --, then those of the script that have names, among which positional
 * ones may stand too: these are moved before the --.
 */
static int split_params(int argc, char **argv, struct options *o)
{
	int end = optind, named;

	if (o->script && optind > 1 && !strcmp(argv[optind - 1], "--"))
		end = --optind;
	while (end < argc && strcmp(argv[end], "--"))
		end++;
	for (int i = end + 1; i < argc; i++) {
		char *word = argv[i];

		if (!strcmp(word, "--"))
			return usage_error("'--' is given twice");
		if (!strncmp(word, "--", 2))
			continue;
		memmove(&argv[end + 1], &argv[end], (i - end) * sizeof(*argv));
		argv[end++] = word;
	}
	named = end < argc ? end + 1 : argc;
	o->checking.params = (const char *const *)argv + optind;
	o->checking.nparams = end - optind;
	o->checking.named = (const char *const *)argv + named;
	o->checking.nnamed = argc - named;
	return -1;
}

/* --info needs no script; -l takes a pattern, or a script whose probes it lists. */
static bool is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

int options_parse(int argc, char **argv, struct options *o)
{
	int status;

	for (int i = 0; i < OPT_COUNT; i++)
		for (char *p = rows[i].name; (p = strchr(p, '_'));)
			*p = '-';
	o->kernel.btf = getenv("BPFTRACE_BTF");
	status = parse_flags(argc, argv, o);

	if (status >= 0)
		return status;
	if (o->info)
		return -1;
	if (o->checking.replay && (o->runtime.command || o->runtime.pid))
		return usage_error("-r reads what was captured, -c and -p are for what is live");
	if (o->list && !o->script && (optind == argc || !is_file(argv[optind]))) {
		o->pattern = optind < argc ? argv[optind++] : NULL;
		return -1;
	}
	if (!o->script && optind == argc)
		return usage_error("no script is given, neither with -e nor as a file");
	if (!o->script)
		o->file = argv[optind++];
	return split_params(argc, argv, o);
}
