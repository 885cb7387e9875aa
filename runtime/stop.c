/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/stop.h"

#include <errno.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#define SAME_REQUEST_NS 250000000ull

/* When the first request came, for the handler; 0: none yet. */
static volatile uint64_t first_request;

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

/* The signals that end us; a SIGHUP that nohup(1) ignores stays ignored. */
static void stop_set(sigset_t *set)
{
	struct sigaction hup;

	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	if (sigaction(SIGHUP, NULL, &hup) == 0 && hup.sa_handler != SIG_IGN)
		sigaddset(set, SIGHUP);
}

int stop_open(struct stop *s)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;

	stop_set(&set);
	s->fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s->fd < 0)
		return -errno;
	sigprocmask(SIG_BLOCK, &set, &s->old_mask);
	sigaction(SIGPIPE, &ignore, &s->old_pipe);
	return 0;
}

void stop_close(struct stop *s)
{
	if (s->fd < 0)
		return;
	stop_take(s);
	sigaction(SIGPIPE, &s->old_pipe, NULL);
	sigprocmask(SIG_SETMASK, &s->old_mask, NULL);
	close(s->fd);
	s->fd = -1;
}

int stop_fd(const struct stop *s)
{
	return s->fd;
}

unsigned int stop_take(struct stop *s)
{
	struct signalfd_siginfo info;

	while (read(s->fd, &info, sizeof(info)) == sizeof(info)) {
		uint64_t now = now_ns();

		if (s->first_ns && now - s->first_ns < SAME_REQUEST_NS)
			continue;
		if (!s->first_ns)
			s->first_ns = now;
		s->count++;
	}
	return s->count;
}

static void end_now(int sig)
{
	uint64_t now = now_ns();

	if (!first_request)
		first_request = now;
	else if (now - first_request >= SAME_REQUEST_NS)
		_exit(128 + sig);
}

void stop_arm(struct stop *s)
{
	struct sigaction now = { .sa_handler = end_now, .sa_flags = SA_RESTART };
	sigset_t set;

	stop_take(s);
	first_request = s->first_ns;
	sigaction(SIGINT, &now, NULL);
	sigaction(SIGTERM, &now, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void stop_child(const struct stop *s)
{
	sigaction(SIGPIPE, &s->old_pipe, NULL);
	sigprocmask(SIG_SETMASK, &s->old_mask, NULL);
}
