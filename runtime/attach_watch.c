/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that run when memory at an address is used. */
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/memory.h"
#include "runtime/provider.h"
#include "runtime/session.h"

static const char *watch_hint(int err)
{
	switch (-err) {
	case EINVAL:
		return "this processor watches no such length and mode at that address: it has to "
		       "be a multiple of the length, and x goes with nothing else, and 8 bytes";
	case ENOSPC:
		return "the processor watches only a few addresses, and they are taken";
	case EOPNOTSUPP:
	case ENODEV:
	case ENOENT:
		return "this machine has no hardware breakpoints";
	default:
		return NULL;
	}
}

/* @thread and those it starts, or what runs on @cpu. */
static int open_watch(const struct attach *at, int thread, int cpu)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_BREAKPOINT,
		.size = sizeof(attr),
		.bp_type = at->watch_mode,
		.bp_addr = at->number,
		.bp_len = at->watch_length,
		.sample_period = 1,
		.inherit = thread >= 0,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, thread, cpu, -1, PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int watch(struct session *s, const struct program *p, const struct attach *at, int thread,
		 int cpu)
{
	int fd = open_watch(at, thread, cpu);

	if (fd < 0)
		return fd;
	s->watched = memory_resize(s->watched, s->nwatched + 1, sizeof(*s->watched));
	s->watched[s->nwatched++] = (struct watched){ at->number, fd };
	return provider_by_perf(s, p, fd);
}

void provider_unwatch(struct session *s, uint64_t address)
{
	uint32_t i;

	for (i = 0; i < s->nwatched; i++)
		if (s->watched[i].address == address)
			ioctl(s->watched[i].fd, PERF_EVENT_IOC_DISABLE, 0);
}

/* All threads that process @pid has; -ESRCH when there are none. */
static int watch_threads(struct session *s, const struct program *p, const struct attach *at,
			 uint32_t pid)
{
	char path[40];
	struct dirent *e;
	int err = -ESRCH, thread;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%u/task", pid);
	dir = opendir(path);
	while (dir && (e = readdir(dir))) {
		thread = atoi(e->d_name);
		if (thread)
			err = watch(s, p, at, thread, -1);
		if (err < 0 && err != -ESRCH)
			break;
	}
	if (dir)
		closedir(dir);
	return err;
}

bool attach_watchpoint(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	uint32_t pid = s->command.pid ? (uint32_t)s->command.pid : s->plan->pid;
	int cpus = libbpf_num_possible_cpus(), cpu, err = 0;

	if (pid)
		err = watch_threads(s, p, at, pid);
	for (cpu = 0; !pid && cpu < cpus && (err >= 0 || err == -ENODEV); cpu++)
		err = watch(s, p, at, -1, cpu); /* -ENODEV: it is offline */
	return err >= 0 || (!pid && err == -ENODEV) || provider_failed(at, err, watch_hint(err));
}
