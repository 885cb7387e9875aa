/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/loop.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "runtime/action.h"
#include "runtime/capture.h"
#include "runtime/fail.h"
#include "runtime/memory.h"
#include "runtime/session.h"

#define POLL_MS 10            /* programs wake us only when the ring buffer fills */
#define RECORDS_A_ROUND 65536 /* then signals and timers have their turn */
#define WATCHES_A_ROUND 32

static int on_record(void *session, void *data, size_t size)
{
	struct session *s = session;
	uint32_t id;

	if (size >= EVENT_HEADER) {
		memcpy(&id, data, sizeof(id));
		if (!s->discard && id == EVENT_FAILED && size >= sizeof(struct failure))
			action_failure(s, data);
		else if (!s->discard && id < s->plan->nevents && size >= s->plan->events[id]->size)
			action_run(s, s->plan->events[id], data);
	}
	if (s->out.terminal && !s->options->buffered)
		out_flush(&s->out);
	return ++s->records < RECORDS_A_ROUND ? 0 : -EAGAIN;
}

/* An exit() that found the ring buffer full. */
static void take_exit(struct session *s)
{
	uint32_t key = LOST_EXIT;
	uint64_t v = 0;

	if (s->lost_fd < 0 || s->exited || bpf_map_lookup_elem(s->lost_fd, &key, &v) ||
	    !(v & LOST_EXIT_CALLED))
		return;
	action_exit(s, (int)(uint32_t)v);
}

/* Handles events; returns true when more are there. */
static bool drain(struct session *s)
{
	int err = 0;

	s->records = 0;
	if (s->ring)
		err = ring_buffer__consume(s->ring);
	take_exit(s);
	if (!s->options->buffered)
		out_flush(&s->out);
	if (s->out.error || s->stop.count)
		s->done = true;
	return err == -EAGAIN;
}

void loop_drain_all(struct session *s)
{
	/* What comes while we handle the rest may wait for the next time. */
	int rounds = s->ending ? 1 << 20 : 16;

	while (drain(s) && --rounds && !s->out.error)
		;
}

bool loop_watch(struct session *s, int fd, void (*ready)(struct session *s, struct watch *w))
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = s->nwatches };

	if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
		close(fd);
		return false;
	}
	s->watches = memory_resize(s->watches, s->nwatches + 1, sizeof(*s->watches));
	s->watches[s->nwatches++] = (struct watch){ .fd = fd, .ready = ready };
	return true;
}

static void end_ready(struct session *s, struct watch *w)
{
	(void)w;
	s->done = true;
}

static void stop_ready(struct session *s, struct watch *w)
{
	(void)w;
	if (stop_take(&s->stop))
		s->done = true;
}

/* The ring buffer is drained every round. */
static void ring_ready(struct session *s, struct watch *w)
{
	(void)s, (void)w;
}

/* Ends the run when process @pid ends. */
static bool watch_process(struct session *s, pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);

	return fd >= 0 && loop_watch(s, fd, end_ready);
}

static bool watch_deadline(struct session *s, uint64_t ns)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0 || !loop_watch(s, fd, end_ready))
		return false;
	s->watches[s->nwatches - 1].once_ns = ns;
	return true;
}

/* A copy of @fd, because what is watched is closed by us. */
static bool watch_copy(struct session *s, int fd, void (*ready)(struct session *, struct watch *))
{
	int copy = dup(fd);

	return copy >= 0 && loop_watch(s, copy, ready);
}

static bool open_ring(struct session *s)
{
	int fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_EVENTS);
	uint32_t i;

	for (i = 0; i < s->plan->nevents; i++)
		if (s->plan->events[i]->action->id == ACTION_exit)
			s->lost_fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_LOST);
	if (fd < 0)
		return true;
	s->ring = ring_buffer__new(fd, on_record, s, NULL);
	return s->ring && watch_copy(s, ring_buffer__epoll_fd(s->ring), ring_ready);
}

bool loop_open(struct session *s)
{
	const struct runtime_options *o = s->options;

	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (s->epoll < 0 || !watch_copy(s, stop_fd(&s->stop), stop_ready) || !open_ring(s)) {
		fail(NULL, "cannot wait for events: %s", fail_text(errno));
		return false;
	}
	if (o->for_ns && !watch_deadline(s, o->for_ns)) {
		fail(NULL, "cannot set a timer: %s", fail_text(errno));
		return false;
	}
	if (s->command.pid && !watch_process(s, s->command.pid)) {
		fail(NULL, "cannot watch the command: %s", fail_text(errno));
		return false;
	}
	if (o->pid && !watch_process(s, o->pid)) {
		fail(errno == EINVAL ? "-p takes a process, not one of its threads" : NULL,
		     "cannot watch process %d: %s", (int)o->pid, fail_text(errno));
		return false;
	}
	return true;
}

void loop_close(struct session *s)
{
	uint32_t i;

	for (i = 0; i < s->nwatches; i++)
		close(s->watches[i].fd);
	free(s->watches);
	ring_buffer__free(s->ring);
	if (s->epoll >= 0)
		close(s->epoll);
}

static struct timespec timespec(uint64_t ns)
{
	return (struct timespec){
		.tv_sec = (time_t)(ns / 1000000000),
		.tv_nsec = (long)(ns % 1000000000),
	};
}

/* Timers with the same period expire in this order. */
void loop_start(struct session *s)
{
	uint32_t i;

	for (i = 0; i < s->nwatches; i++) {
		const struct watch *w = &s->watches[i];
		struct itimerspec t = {
			.it_value = timespec(w->period_ns ? w->period_ns : w->once_ns),
			.it_interval = timespec(w->period_ns),
		};

		if (w->period_ns || w->once_ns)
			timerfd_settime(w->fd, 0, &t, NULL);
	}
}

/* Waits at most @ms (-1: as long as it takes) for one round; true when more is there. */
static bool one_round(struct session *s, int ms)
{
	struct epoll_event ready[WATCHES_A_ROUND];
	int n = epoll_wait(s->epoll, ready, WATCHES_A_ROUND, ms), i;
	bool more = drain(s);

	warning_poll(s);
	for (i = 0; i < n && !s->done; i++) {
		struct watch *w = &s->watches[ready[i].data.u32];

		w->ready(s, w);
	}
	return more;
}

void loop_run(struct session *s)
{
	int idle = s->ring ? POLL_MS : s->warnings.fd >= 0 ? WARNING_MS : -1;
	bool more = false;

	loop_start(s);
	while (!s->done)
		more = one_round(s, more ? 0 : idle);
}

void loop_poll(struct session *s)
{
	one_round(s, 0);
}

void loop_take(struct session *s)
{
	s->records = 0;
	if (s->ring)
		ring_buffer__consume(s->ring);
}
