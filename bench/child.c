/* SPDX-License-Identifier: Apache-2.0 */
/* A tracer as a child: from exec to attached, and from its interruption to its end. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

#define POLL_NS 100000
#define ATTACH_LIMIT_NS 30000000000ull
#define DETACH_LIMIT_NS 3000000000ull
#define READY_NS 50000000
#define PATIENCE_NS 3000000000ull
#define SETTLE_NS 300000000
#define SETTLE_TIMES 40

uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void sleep_ns(uint64_t ns)
{
	struct timespec t = { (time_t)(ns / 1000000000), (long)(ns % 1000000000) };

	nanosleep(&t, NULL);
}

const char *child_tool(enum subject who)
{
	return who == SUBJECT_OURS ? bench.ours : who == SUBJECT_PEER ? bench.peer : NULL;
}

static void set_keys(unsigned int keys)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", keys);
	setenv("PKTSCRIPT_MAX_MAP_KEYS", text, 1);
	setenv("BPFTRACE_MAX_MAP_KEYS", text, 1);
	setenv("BPFTRACE_MAP_KEYS_MAX", text, 1);
}

/* The child runs where and as a user would run it: any CPU, the machine's network. */
static void __attribute__((noreturn))
execute(const struct child *c, const char *tool, const char *script, unsigned int keys)
{
	int null = open("/dev/null", O_RDWR);
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	sched_setaffinity(0, sizeof(all), &all);
	net_host();
	if (keys)
		set_keys(keys);
	dup2(null, STDIN_FILENO);
	dup2(c->out, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execl(tool, tool, "-e", script, (char *)NULL);
	_exit(127);
}

/* Whether the process has a file that is the program @id. */
static bool has_program(pid_t pid, uint32_t id)
{
	char path[64], line[128];
	struct dirent *e;
	bool found = false;
	uint32_t it;
	DIR *dir;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo", (int)pid);
	dir = opendir(path);
	while (dir && !found && (e = readdir(dir))) {
		snprintf(line, sizeof(line), "%s/%.16s", path, e->d_name);
		f = fopen(line, "re");
		while (f && !found && fgets(line, sizeof(line), f))
			found = sscanf(line, "prog_id: %u", &it) == 1 && it == id;
		if (f)
			fclose(f);
	}
	if (dir)
		closedir(dir);
	return found;
}

/* Looks for a program of the child, loaded after @before, that has run. */
static bool attached(struct child *c, uint32_t before)
{
	uint32_t id = before;

	while (bpf_prog_next(&id)) {
		if (!bpf_prog_ran(id))
			continue;
		c->attached_ns = now_ns();
		c->prog = id;
		if (has_program(c->pid, id))
			return true;
	}
	return false;
}

static bool wait_attached(struct child *c, uint32_t before)
{
	while (now_ns() - c->exec_ns < ATTACH_LIMIT_NS) {
		net_send(1);
		if (attached(c, before))
			return true;
		if (waitpid(c->pid, NULL, WNOHANG) == c->pid)
			return false;
		sleep_ns(POLL_NS);
	}
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
	return false;
}

bool child_start(struct child *c, enum subject who, const char *script, unsigned int keys)
{
	uint32_t before = bpf_last_prog();
	int err = bpf_stats(true);
	bool ok;

	*c = (struct child){ .out = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) };
	if (err || c->out < 0) {
		fprintf(stderr, "bench: no statistics or no file: %s\n", strerror(errno));
		return false;
	}
	c->exec_ns = now_ns();
	c->pid = fork();
	if (c->pid == 0)
		execute(c, child_tool(who), script, keys);
	ok = c->pid > 0 && wait_attached(c, before);
	bpf_stats(false);
	if (ok) {
		/* Attached is not yet in its event loop. */
		sleep_ns(READY_NS);
		return true;
	}
	fprintf(stderr, "bench: %s does not attach: %s\n", child_tool(who), script);
	close(c->out);
	return false;
}

uint64_t child_cpu(const struct child *c)
{
	struct timespec t = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(c->pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void child_settle(const struct child *c)
{
	off_t before = -1;
	struct stat st;
	int i;

	for (i = 0; i < SETTLE_TIMES && !fstat(c->out, &st) && st.st_size != before; i++) {
		before = st.st_size;
		sleep_ns(SETTLE_NS);
	}
}

uint64_t child_lines(const struct child *c, const char *word)
{
	uint64_t lines = 0;
	struct stat st;
	char *text, *at;

	if (fstat(c->out, &st) || !st.st_size)
		return 0;
	text = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, c->out, 0);
	if (text == MAP_FAILED)
		return 0;
	for (at = text; (at = memmem(at, (size_t)(text + st.st_size - at), word, strlen(word)));
	     at += strlen(word))
		lines++;
	munmap(text, (size_t)st.st_size);
	return lines;
}

/* Interrupts the process until it ends: bpftrace does not always hear the first time. */
static void interrupt(struct child *c, struct rusage *usage)
{
	uint64_t start = now_ns(), told = start;

	kill(c->pid, SIGINT);
	while (wait4(c->pid, NULL, WNOHANG, usage) == 0) {
		if (now_ns() - told > PATIENCE_NS) {
			kill(c->pid, c->deaf++ < 3 ? SIGINT : SIGKILL);
			told = now_ns();
		}
		sleep_ns(POLL_NS);
	}
	c->exit_ns = now_ns() - start;
}

void child_stop(struct child *c)
{
	struct rusage usage = { 0 };
	uint64_t start = now_ns();

	interrupt(c, &usage);
	while (!bpf_prog_gone(c->prog) && now_ns() - start < DETACH_LIMIT_NS)
		sleep_ns(POLL_NS);
	c->detached_ns = now_ns() - start;
	c->peak = (uint64_t)usage.ru_maxrss * 1024;
	c->cpu_ns = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000 +
		    (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000;
}
