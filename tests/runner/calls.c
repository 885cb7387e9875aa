/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Makes system calls that can be counted, for test cases:
 *	calls COUNT CPU...
 * A process on each CPU named (one may be named more than once) calls
 * sched_get_priority_max(0), ... (COUNT - 1), which hardly anybody else does, at full speed;
 * they begin together. Prints their ids.
 */

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		fail("sched_setaffinity");
}

static void caller(int cpu, long count, const int *start)
{
	char byte;

	close(start[1]);
	pin(cpu);
	if (read(start[0], &byte, 1) < 0)
		fail("read");
	for (long i = 0; i < count; i++)
		syscall(SYS_sched_get_priority_max, i);
	_exit(0);
}

int main(int argc, char **argv)
{
	int start[2], status, bad = 0;

	if (argc < 3) {
		fputs("usage: calls COUNT CPU...\n", stderr);
		return 2;
	}
	if (pipe(start))
		fail("pipe");
	for (int i = 2; i < argc; i++) {
		pid_t pid = fork();

		if (pid < 0)
			fail("fork");
		if (!pid)
			caller(atoi(argv[i]), atol(argv[1]), start);
		printf("%d\n", (int)pid);
	}
	/* Closing the pipe starts them all. */
	close(start[0]);
	close(start[1]);
	while (wait(&status) > 0)
		bad |= status;
	return !!bad;
}
