/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/detach.h"

#include <limits.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/memory.h"
#include "runtime/session.h"

#define CLOSER_STACK 65536

static void fds_free(struct fds *f)
{
	free(f->fd);
	*f = (struct fds){ .count = 0 };
}

static void *close_one(void *fd)
{
	close(*(int *)fd);
	return NULL;
}

static void close_all(struct fds *f)
{
	pthread_t *threads = memory_new(f->count, sizeof(*threads));
	pthread_attr_t small;
	uint32_t i, started = 0;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, CLOSER_STACK > PTHREAD_STACK_MIN ? CLOSER_STACK
									   : PTHREAD_STACK_MIN);
	for (i = 1; i < f->count; i++) {
		if (pthread_create(&threads[started], &small, close_one, &f->fd[i]) == 0)
			started++;
		else
			close(f->fd[i]);
	}
	close(f->fd[0]);
	while (started)
		pthread_join(threads[--started], NULL);
	pthread_attr_destroy(&small);
	free(threads);
}

void detach_links(struct fds *links)
{
	if (!links->count)
		return;
	close_all(links);
	fds_free(links);
	/* Older kernels do not wait for programs that run on another CPU: this does. */
	syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
}

void detach_events(struct fds *perf)
{
	uint32_t i;

	for (i = 0; i < perf->count; i++)
		close(perf->fd[i]);
	fds_free(perf);
}

static int compare_fds(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Closes everything but the perf events, those with the end of the process. */
static void __attribute__((noreturn)) closer(struct fds *perf)
{
	unsigned int from = 0;
	uint32_t i;

	setsid();
	for (i = 0; i < perf->count; i++) {
		unsigned int keep = (unsigned int)perf->fd[i];

		if (keep > from)
			close_range(from, keep - 1, 0);
		from = keep + 1;
	}
	close_range(from, ~0u, 0);
	_exit(0);
}

void detach_events_later(struct fds *perf)
{
	pid_t pid;

	if (!perf->count)
		return;
	qsort(perf->fd, perf->count, sizeof(*perf->fd), compare_fds);
	/* Its parent is gone at once, so nobody has to wait for it. */
	pid = fork();
	if (pid == 0) {
		if (fork() == 0)
			closer(perf);
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
	detach_events(perf);
}
