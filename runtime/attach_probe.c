/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that run at a breakpoint in a function of the kernel or of a binary. */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/fail.h"
#include "runtime/provider.h"
#include "runtime/session.h"

#define RETURN_BIT 1       /* config: at the function's return */
#define SEMAPHORE_SHIFT 32 /* config: where the counter of users is in the file */

/* The number the kernel gave this kind of perf event; -ENOENT when it has none. */
static int event_type(const char *kind)
{
	char path[64];
	int type = -ENOENT;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/bus/event_source/devices/%s/type", kind);
	f = fopen(path, "re");
	if (!f)
		return -ENOENT;
	if (fscanf(f, "%d", &type) != 1)
		type = -ENOENT;
	fclose(f);
	return type;
}

/* @pid 0: all processes; then the event stands on any CPU and fires on all. */
static int open_breakpoint(struct perf_event_attr *attr, uint32_t pid)
{
	int fd = (int)syscall(SYS_perf_event_open, attr, pid ? (int)pid : -1, pid ? -1 : 0, -1,
			      PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static const char *user_hint(const struct attach *at, int err)
{
	if (err == -EINVAL && at->semaphore)
		return "its semaphore needs Linux 4.20 or later, and a file system that can be "
		       "written to";
	if (err == -EINVAL || err == -EOPNOTSUPP)
		return "the code there is no instruction that can be probed";
	return NULL;
}

static bool attach_user(struct session *s, const struct program *p, uint32_t index, uint64_t flags)
{
	const struct attach *at = &p->attaches[index];
	int type = event_type("uprobe"), fd, err;
	struct perf_event_attr attr = {
		.type = (uint32_t)type,
		.size = sizeof(attr),
		.config = flags | at->semaphore << SEMAPHORE_SHIFT,
		.uprobe_path = (uintptr_t)at->target,
		.probe_offset = at->offset,
	};

	if (type < 0) {
		fail(NULL,
		     "cannot attach %s: this kernel has no uprobes (CONFIG_UPROBE_EVENTS is not "
		     "set)",
		     at->name);
		return false;
	}
	fd = open_breakpoint(&attr, s->plan->pid);
	err = fd < 0 ? fd : provider_by_perf(s, p, fd, index);
	return err >= 0 || provider_failed(at, err, user_hint(at, err));
}

bool attach_uprobe(struct session *s, const struct program *p, uint32_t index)
{
	return attach_user(s, p, index, 0);
}

bool attach_uretprobe(struct session *s, const struct program *p, uint32_t index)
{
	return attach_user(s, p, index, RETURN_BIT);
}

bool attach_usdt(struct session *s, const struct program *p, uint32_t index)
{
	return attach_user(s, p, index, 0);
}
