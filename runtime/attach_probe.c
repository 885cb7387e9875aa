/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that run at a breakpoint in a function of the kernel or of a binary. */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/fail.h"
#include "runtime/memory.h"
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
	err = fd < 0 ? fd : provider_by_perf(s, p, fd);
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

/* The function's name as the kernel takes it: "module:function" in a module. */
static void function_name(const struct attach *at, char *name, size_t size)
{
	snprintf(name, size, "%s%s%s", at->target ? at->target : "", at->target ? ":" : "",
		 at->symbol);
}

static const char *kernel_hint(int err)
{
	switch (-err) {
	case EADDRNOTAVAIL:
		return "several functions have that name, or none: give the address";
	case EINVAL:
		return "that function, or that place in it, cannot be probed";
	default:
		return NULL;
	}
}

/* One link for all functions of the program. */
static bool attach_many(struct session *s, const struct program *p, uint64_t flags)
{
	const char **names = memory_new(p->nattaches, sizeof(*names));
	LIBBPF_OPTS(bpf_link_create_opts, options, .kprobe_multi.flags = (uint32_t)flags,
		    .kprobe_multi.cnt = p->nattaches, .kprobe_multi.syms = names);
	uint32_t i;
	int fd;

	for (i = 0; i < p->nattaches; i++)
		names[i] = p->attaches[i].symbol;
	fd = bpf_link_create(provider_fd(s, p), 0, BPF_TRACE_KPROBE_MULTI, &options);
	free(names);
	if (fd >= 0) {
		provider_link(s, fd);
		return true;
	}
	fail(NULL, "cannot attach %s and %u more: %s", p->attaches[0].name, p->nattaches - 1,
	     fail_text(fd));
	return false;
}

static bool attach_function(struct session *s, const struct program *p, uint32_t index,
			    uint64_t flags)
{
	const struct attach *at = &p->attaches[index];
	struct perf_event_attr attr = { .size = sizeof(attr),
					.type = (uint32_t)event_type("kprobe"),
					.config = flags };
	char name[256];
	int fd, err;

	if (strstr(p->section, ".multi"))
		return index > 0 || attach_many(s, p, flags);
	function_name(at, name, sizeof(name));
	attr.kprobe_func = at->number ? 0 : (uintptr_t)name;
	attr.kprobe_addr = at->number ? at->number : at->offset;
	fd = open_breakpoint(&attr, 0);
	err = fd < 0 ? fd : provider_by_perf(s, p, fd);
	if (err == -EILSEQ && !at->optional)
		fail("kprobe:FUNCTION without an offset is where it begins",
		     "cannot attach %s: no instruction begins there", at->name);
	return err >= 0 || (err != -EILSEQ && provider_failed(at, err, kernel_hint(err)));
}

bool attach_kprobe(struct session *s, const struct program *p, uint32_t index)
{
	return attach_function(s, p, index, 0);
}

bool attach_kretprobe(struct session *s, const struct program *p, uint32_t index)
{
	return attach_function(s, p, index, RETURN_BIT);
}
