/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/attach.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "runtime/detach.h"
#include "runtime/fail.h"
#include "runtime/loaderror.h"
#include "runtime/loop.h"
#include "runtime/memory.h"
#include "runtime/provider.h"
#include "runtime/replay.h"
#include "runtime/session.h"

static attach_fn *const attach_functions[PROVIDER_COUNT] = {
#define PROBE(id, name, short_name, prog, section, syntax, doc) [PROVIDER_##id] = attach_##id,
#include "parser/probe.def"
#undef PROBE
};

int provider_fd(const struct session *s, const struct program *p)
{
	return bpf_program__fd(s->programs[p - s->plan->programs]);
}

bool attach_begin(struct session *s, const struct program *p, uint32_t index)
{
	(void)s, (void)p, (void)index;
	return true;
}

bool attach_end(struct session *s, const struct program *p, uint32_t index)
{
	return attach_begin(s, p, index);
}

static void interval_ready(struct session *s, struct watch *w)
{
	uint64_t times;
	uint32_t i;

	if (read(w->fd, &times, sizeof(times)) != sizeof(times))
		return;
	for (i = 0; i < times && i < LOOP_CATCH_UP && !s->done; i++)
		attach_call_program(s, w->program);
}

bool attach_interval(struct session *s, const struct program *p, uint32_t index)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd >= 0 && loop_watch(s, fd, interval_ready)) {
		s->watches[s->nwatches - 1].program = p;
		s->watches[s->nwatches - 1].period_ns = p->attaches[index].number;
		return true;
	}
	fail(NULL, "cannot attach %s: %s", p->attaches[index].name, fail_text(errno));
	return false;
}

static void signal_ready(struct session *s, struct watch *w)
{
	struct signalfd_siginfo info;

	while (read(w->fd, &info, sizeof(info)) == sizeof(info) && !s->done)
		attach_call_program(s, w->program);
}

bool attach_self(struct session *s, const struct program *p, uint32_t index)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, (int)p->attaches[index].offset);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd >= 0 && loop_watch(s, fd, signal_ready)) {
		s->watches[s->nwatches - 1].program = p;
		return true;
	}
	return provider_failed(&p->attaches[index], -errno, NULL);
}

static const char *attach_hint(int err)
{
	switch (-err) {
	case EACCES:
	case EPERM:
		return privilege_hint();
	case EINVAL:
	case ENODEV:
	case ENOENT:
		return "the probe is not there (any more): was its module unloaded?";
	case EMFILE:
	case ENFILE:
		return "too many probes for the limit of open files: raise it with ulimit -n";
	case E2BIG:
		return "the kernel runs at most 64 programs on one tracepoint";
	case ENOSYS:
	case EOPNOTSUPP:
		return "the kernel needs CONFIG_PERF_EVENTS and CONFIG_BPF_EVENTS";
	default:
		return NULL;
	}
}

bool provider_failed(const struct attach *at, int err, const char *hint)
{
	if (at->optional) {
		fprintf(stderr, "pktscript: warning: cannot attach %s: %s: it is left out\n",
			at->name, fail_text(err));
		return true;
	}
	fail(hint ? hint : attach_hint(err), "cannot attach %s: %s", at->name, fail_text(err));
	return false;
}

/*
 * The perf event that stands for a tracepoint. It belongs to one CPU, but the
 * program runs on all: the first CPU that is online will do.
 */
static int open_tracepoint(uint64_t id)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof(attr),
		.config = id,
		.sample_period = 1,
		.wakeup_events = 1,
	};
	int cpus = libbpf_num_possible_cpus(), cpu, fd;

	for (cpu = 0; cpu == 0 || cpu < cpus; cpu++) {
		fd = (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
		if (fd >= 0 || errno != ENODEV)
			break;
	}
	return fd < 0 ? -errno : fd;
}

static void fds_add(struct fds *f, int fd)
{
	f->fd = memory_resize(f->fd, f->count + 1, sizeof(*f->fd));
	f->fd[f->count++] = fd;
}

void provider_link(struct session *s, int fd)
{
	fds_add(&s->links, fd);
}

void provider_perf(struct session *s, int fd)
{
	fds_add(&s->perf, fd);
}

static int link_program(struct session *s, int program, int perf)
{
	int link = bpf_link_create(program, perf, BPF_PERF_EVENT, NULL);

	if (link >= 0) {
		provider_link(s, link);
		return 0;
	}
	/* Before Linux 5.15 there are no such links. */
	if (link == -EINVAL && ioctl(perf, PERF_EVENT_IOC_SET_BPF, program) == 0) {
		ioctl(perf, PERF_EVENT_IOC_ENABLE, 0);
		s->unlinked = true;
		return 0;
	}
	return link;
}

int provider_by_perf(struct session *s, const struct program *p, int fd)
{
	provider_perf(s, fd);
	return link_program(s, provider_fd(s, p), fd);
}

bool attach_tracepoint(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	int fd, err;

	if (p->prog == PROG_RAW)
		return attach_rawtracepoint(s, p, index);
	err = fd = open_tracepoint(at->number);

	if (fd >= 0)
		err = provider_by_perf(s, p, fd);
	return err >= 0 || provider_failed(at, err, NULL);
}

bool attach_all(struct session *s)
{
	uint32_t i, j;

	for (i = 0; i < s->plan->nprograms; i++) {
		const struct program *p = &s->plan->programs[i];

		for (j = 0; j < p->nattaches; j++)
			if (!replay_attach(s, p, j) && !attach_functions[p->provider->id](s, p, j))
				return false;
	}
	return true;
}

void attach_detach(struct session *s)
{
	detach_links(&s->links);
	clsact_detach(&s->clsact);
	if (s->unlinked)
		detach_events(&s->perf);
	else
		detach_events_later(&s->perf);
}

bool attach_call_program(struct session *s, const struct program *p)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);
	int err;

	loop_drain_all(s);
	if (s->done && !s->ending)
		return true;
	err = bpf_prog_test_run_opts(provider_fd(s, p), &options);
	if (err) {
		fail(err == -524 || err == -EINVAL ? "running programs needs Linux 5.10 or later"
						   : NULL,
		     "cannot run %s: %s", p->nattaches ? p->attaches[0].name : p->symbol,
		     fail_text(err));
		s->failed = s->done = true;
		return false;
	}
	loop_drain_all(s);
	return true;
}

bool attach_call(struct session *s, enum provider_id provider)
{
	uint32_t i, j;

	for (i = 0; i < s->plan->nprograms; i++) {
		const struct program *p = &s->plan->programs[i];

		for (j = 0; p->provider->id == provider && j < p->nattaches; j++)
			if (!attach_call_program(s, p))
				return false;
	}
	return true;
}
