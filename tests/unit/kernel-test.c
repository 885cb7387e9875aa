/* SPDX-License-Identifier: Apache-2.0 */
/* kernel/: on files it writes, on tests/tracefs, and on the running kernel where it may be read. */
#include "tests/unit/kernel-test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/internal.h"

static unsigned int tests, failures;
static char dir[] = "/tmp/pktscript-kernel-test.XXXXXX";

void ok(bool good, const char *fmt, ...)
{
	va_list ap;

	printf("%sok %u - ", good ? "" : "not ", ++tests);
	failures += !good;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

void is(const char *got, const char *want)
{
	bool same = got && want ? !strcmp(got, want) : got == want;

	ok(same, "%s", want ? want : "(none)");
	if (!same)
		printf("# got: %s\n", got ? got : "(none)");
}

void skip(const char *what, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tests, what, why);
}

void fails(const struct kernel *k, const char *error, const char *hint)
{
	is(kernel_error(k), error);
	is(kernel_hint(k), hint);
}

const char *path_of(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", dir, name);
}

void write_file(const char *path, const void *data, size_t length)
{
	FILE *f = fopen(path, "w");

	if (!f || fwrite(data, 1, length, f) != length || fclose(f)) {
		printf("Bail out! cannot write %s: %s\n", path, strerror(errno));
		exit(99);
	}
}

static const struct tp_field *field(const struct tracepoint *tp, const char *name)
{
	static const struct tp_field none = { .name = "", .ctype = "" };

	for (uint32_t i = 0; tp && i < tp->nfields; i++)
		if (!strcmp(tp->fields[i].name, name))
			return &tp->fields[i];
	return &none;
}

static void check_field(struct arena *a, const struct tracepoint *tp, const char *name,
			const char *want)
{
	static const char *const kinds[] = {
		"int", "pointer", "chars", "array", "string", "dynamic"
	};
	const struct tp_field *f = field(tp, name);

	is(arena_printf(a, "%s: %s %s%s%s %u+%u/%u", f->name, f->ctype, kinds[f->kind],
			f->is_signed ? " signed" : "", f->relative ? " relative" : "", f->offset,
			f->size, f->elem_size),
	   want);
}

/* Fields of all shapes, also such as no kernel has. */
static void test_format(struct arena *a)
{
	static const char text[] =
		"name: all\nID: 77\nformat:\n"
		"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n\n"
		"\tfield:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;\n"
		"\tfield:__rel_loc char[] rel;\toffset:12;\tsize:4;\tsigned:0;\n"
		"\tfield:__data_loc const unsigned  long[] many;\toffset:16;\tsize:4;\tsigned:0;\n"
		"\tfield:__data_loc cpumask_t cpus;\toffset:20;\tsize:4;\tsigned:0;\n"
		"\tfield:char comm[TASK_COMM_LEN];\toffset:24;\tsize:16;\tsigned:1;\n"
		"\tfield:u8 addr[16];\toffset:40;\tsize:16;\tsigned:0;\n"
		"\tfield:struct in_addr pair[2];\toffset:56;\tsize:8;\tsigned:0;\n"
		"\tfield:char * const argv;\toffset:64;\tsize:8;\tsigned:0;\n"
		"\tfield:char *names[2][3];\toffset:72;\tsize:48;\tsigned:0;\n"
		"\tfield:bool on;\toffset:120;\tsize:1;\tsigned:0;\n"
		"\tfield:enum reason why;\toffset:124;\tsize:4;\tsigned:0;\n"
		"\tfield:struct foo bar;\toffset:128;\tsize:8;\tsigned:0;\n"
		"\tfield:int dfd;\toffset:136;\tsize:8;\tsigned:0;\n"
		"\tfield:loff_t pos;\toffset:144;\tsize:8;\tsigned:0;\n"
		"\tfield:pid_t old;\toffset:152;\tsize:4;\n"
		"\tfield:char buf[];\toffset:156;\tsize:0;\tsigned:0;\n"
		"\nprint fmt: \"field:x\"\n";
	static const char *const bad[] = {
		"ID: 1\nfield:int;\toffset:0;\tsize:4;",
		"ID: 1\nfield:int x;\toffset:0;",
		"ID: 1\nfield:int x;\toffset:65000;\tsize:65000;",
		"ID: 1\nfield:int x",
		"ID: 1\nfield:__data_loc char[] s;\toffset:0;\tsize:8;",
		"ID: 1\nfield:int x];offset:0;size:0;",
	};
	struct tracepoint tp = { 0 };

	ok(tracepoint_parse(a, text, sizeof(text) - 1, &tp) == 0, "format parses");
	ok(tp.id == 77 && tp.nfields == 16, "id and fields without the common ones");
	check_field(a, &tp, "name", "name: __data_loc char[] string 8+4/1");
	check_field(a, &tp, "rel", "rel: __rel_loc char[] string relative 12+4/1");
	check_field(a, &tp, "many", "many: __data_loc const unsigned  long[] dynamic 16+4/8");
	check_field(a, &tp, "cpus", "cpus: __data_loc cpumask_t dynamic 20+4/1");
	check_field(a, &tp, "comm", "comm: char[TASK_COMM_LEN] chars signed 24+16/1");
	check_field(a, &tp, "addr", "addr: u8[16] array 40+16/1");
	check_field(a, &tp, "pair", "pair: struct in_addr[2] array 56+8/4");
	check_field(a, &tp, "argv", "argv: char * const pointer 64+8/8");
	check_field(a, &tp, "names", "names: char *[2][3] array 72+48/8");
	check_field(a, &tp, "on", "on: bool int 120+1/1");
	check_field(a, &tp, "why", "why: enum reason int 124+4/4");
	check_field(a, &tp, "bar", "bar: struct foo array 128+8/8");
	check_field(a, &tp, "dfd", "dfd: int int signed 136+4/4");
	check_field(a, &tp, "pos", "pos: loff_t int signed 144+8/8");
	check_field(a, &tp, "old", "old: pid_t int 152+4/4");
	check_field(a, &tp, "buf", "buf: char[] chars 156+0/1");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(tracepoint_parse(a, bad[i], strlen(bad[i]), &tp) == 2, "malformed line 2, %zu",
		   i);
	ok(tracepoint_parse(a, "", 0, &tp) == 1, "an empty file is malformed");
	srand(1);
	for (int i = 0; i < 20000; i++) {
		char copy[sizeof(text)];

		memcpy(copy, text, sizeof(text));
		for (int j = rand() % 8; j >= 0; j--)
			copy[(size_t)rand() % sizeof(copy)] =
				(char)(rand() % 4 ? "[]* ;:\n9"[rand() % 8] : rand());
		tracepoint_parse(a, copy, (size_t)rand() % sizeof(copy), &tp);
	}
	ok(true, "survives damaged formats");
}

static void append(void *ctx, const char *category, const char *name)
{
	char *list = ctx;

	snprintf(list + strlen(list), 4096 - strlen(list), "%s:%s ", category, name);
}

static void test_tracepoints(struct arena *a)
{
	const char *src = getenv("srcdir");
	struct kernel_config config = { .tracefs = arena_printf(a, "%s/tests/tracefs",
								src ? src : ".") };
	struct kernel *k = kernel_open(a, &config);
	const struct tracepoint *tp = kernel_tracepoint(k, "net", "net_dev_queue");
	char list[4096] = "";

	ok(tp && tp->id && tp->nfields == 3, "net:net_dev_queue");
	ok(tp && tp == kernel_tracepoint(k, "net", "net_dev_queue"), "cached");
	check_field(a, tp, "name", "name: __data_loc char[] string 20+4/1");
	tp = kernel_tracepoint(k, "tcp", "tcp_retransmit_skb");
	check_field(a, tp, "saddr_v6", "saddr_v6: __u8[16] array 42+16/1");
	tp = kernel_tracepoint(k, "raw_syscalls", "sys_enter");
	check_field(a, tp, "args", "args: unsigned long[6] array 16+48/8");
	tp = kernel_tracepoint(k, "sched", "sched_switch");
	check_field(a, tp, "prev_comm", "prev_comm: char[16] chars 8+16/1");
	tp = kernel_tracepoint(k, "syscalls", "sys_enter_openat");
	check_field(a, tp, "dfd", "dfd: int int signed 16+4/4");

	ok(kernel_tracepoints(k, "[u-", "*", append, list) == 0, "no category like it");
	ok(kernel_tracepoints(k, "n?*", "n*_d?v_q*", append, list) == 1, "globs");
	ok(kernel_tracepoints(k, "raw_*", "*", append, list) == 2, "glob of a category");
	ok(kernel_tracepoints(k, "udp", "*", append, list) == 1, "plain category");
	is(list, "net:net_dev_queue raw_syscalls:sys_enter raw_syscalls:sys_exit "
		 "udp:udp_fail_queue_rcv_skb ");
	ok(!kernel_tracepoints(k, "x*", "y", append, list), "none");
	fails(k, "no tracepoint matches x*:y",
	      "list all categories with pktscript -l 'tracepoint:*'");

	ok(!kernel_tracepoint(k, "net", "net_dev_que"), "misspelt event");
	fails(k, "no tracepoint net:net_dev_que", "did you mean net:net_dev_queue?");
	ok(!kernel_tracepoint(k, "nte", "net_dev_queue"), "misspelt category");
	fails(k, "no tracepoint category nte", "did you mean net:net_dev_queue?");
	ok(!kernel_tracepoint(k, "net", "kfree_skb"), "event of another category");
	fails(k, "no tracepoint net:kfree_skb", "did you mean skb:kfree_skb?");
	ok(!kernel_tracepoint(k, "net", "zzz"), "nothing like it");
	fails(k, "no tracepoint net:zzz", "list those of net with pktscript -l 'tracepoint:net:*'");
	ok(!kernel_tracepoint(k, "../events/net", "net_dev_queue"), "a path is no name");
	fails(k, "no tracepoint category ../events/net", "did you mean net:net_dev_queue?");
	ok(!kernel_tracepoint(k, "", ""), "empty names");
	kernel_close(k);
}

/* Byte order has ':' after digits and before letters: fib6:a, fib:a, fib_x:a. */
static void test_order(struct arena *a)
{
	static const char *const names[] = { "",      "fib",    "fib6",   "fib_x",
					     "fib/a", "fib6/a", "fib_x/a" };
	struct kernel_config config = { .tracefs = dir };
	struct kernel *k = kernel_open(a, &config);
	char list[4096] = "";

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		mkdir(path_of(a, arena_printf(a, "events/%s", names[i])), 0755);
	ok(kernel_tracepoints(k, "*", "*", append, list) == 3, "three tracepoints");
	is(list, "fib6:a fib:a fib_x:a ");
	write_file(path_of(a, "events/fib/a/format"), "ID: 1\nfield:x\n", 14);
	ok(!kernel_tracepoint(k, "fib", "a"), "malformed");
	fails(k, "cannot read the format of tracepoint fib:a: line 2 is malformed",
	      "this is not a format file that pktscript knows; please report it");
	for (size_t i = sizeof(names) / sizeof(names[0]); i--;) {
		unlink(path_of(a, arena_printf(a, "events/%s/format", names[i])));
		rmdir(path_of(a, arena_printf(a, "events/%s", names[i])));
	}
	kernel_close(k);
	config.tracefs = "/nonexistent";
	k = kernel_open(a, &config);
	ok(!kernel_tracepoint(k, "fib", "a"), "no such directory");
	fails(k, "cannot open /nonexistent: No such file or directory", NULL);
}

/* What is said to a user without rights, and of a kernel that is locked down. */
static void test_refusals(struct arena *a)
{
	struct kernel *k = kernel_open(a, NULL);
	const char *lockdown = path_of(a, "lockdown");
	int status = -1;
	pid_t child;

	write_file(lockdown, "none integrity [confidentiality]\n", 33);
	ok(kernel_fail_errno(k, EPERM, "read tracefs", lockdown) == -EPERM, "locked down");
	fails(k, "cannot read tracefs: this kernel is locked down for confidentiality",
	      "boot with lockdown=integrity or without lockdown");
	write_file(lockdown, "none [integrity] confidentiality\n", 33);
	ok(!kernel_locked_down(lockdown), "integrity does not hinder");
	unlink(lockdown);
	kernel_close(k);
	if (geteuid()) {
		skip("as another user", "needs root");
		return;
	}
	fflush(stdout);
	child = fork();
	if (!child) {
		k = kernel_open(a, NULL);
		if (setuid(65534) || kernel_tracepoint(k, "net", "net_dev_queue"))
			_exit(2);
		_exit(strcmp(kernel_error(k), "cannot read tracefs: permission denied") ||
		      strcmp(kernel_hint(k), "run as root, e.g. with sudo"));
	}
	waitpid(child, &status, 0);
	ok(status == 0, "as another user");
}

static void test_live(struct arena *a)
{
	struct kernel *k = kernel_open(a, NULL);
	int fd = kernel_tracefs_open(k, "events/header_page", O_RDONLY);
	if (fd >= 0) {
		const struct tracepoint *tp = kernel_tracepoint(k, "net", "net_dev_queue");

		ok(tp && field(tp, "len")->size == 4, "live net:net_dev_queue");
		close(fd);
	} else {
		skip("this kernel's tracefs", kernel_error(k));
	}
	kernel_close(k);
}

int main(void)
{
	struct arena *a = arena_new();

	if (!mkdtemp(dir)) {
		printf("Bail out! cannot make %s\n", dir);
		return 99;
	}
	test_format(a);
	test_tracepoints(a);
	test_order(a);
	test_refusals(a);
	test_live(a);
	test_btf(a);
	printf("1..%u\n", tests);
	rmdir(dir);
	arena_free(a);
	return failures != 0;
}
