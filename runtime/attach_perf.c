/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that run when a perf event has counted far enough, on each CPU for itself. */
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/fail.h"
#include "runtime/provider.h"
#include "runtime/session.h"

static int open_event(const struct attach *at, int cpu)
{
	struct perf_event_attr attr = {
		.type = at->event->type,
		.size = sizeof(attr),
		.config = at->event->config,
		.sample_period = at->number,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static bool counts_nothing(const struct attach *at, int err)
{
	return at->event->type == PERF_TYPE_HARDWARE &&
	       (err == -ENOENT || err == -EOPNOTSUPP || err == -ENODEV);
}

static bool event_failed(const struct attach *at, int err)
{
	if (!counts_nothing(at, err))
		return provider_failed(at, err, NULL);
	fail("virtual machines often have no hardware events; software:cpu-clock is everywhere",
	     "cannot attach %s: this machine does not count it", at->name);
	return false;
}

/* CPUs that are offline have nothing to count. */
bool attach_software(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	int cpus = libbpf_num_possible_cpus(), cpu, fd = -ENODEV, err;

	for (cpu = 0; cpu < cpus; cpu++) {
		fd = open_event(at, cpu);
		if (fd == -ENODEV)
			continue;
		err = fd < 0 ? fd : provider_by_perf(s, p, fd);
		if (err < 0)
			return event_failed(at, err);
	}
	return true;
}

bool attach_hardware(struct session *s, const struct program *p, uint32_t index)
{
	return attach_software(s, p, index);
}

bool attach_profile(struct session *s, const struct program *p, uint32_t index)
{
	return attach_software(s, p, index);
}
