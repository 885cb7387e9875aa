/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that the kernel calls without a perf event: one link is all they need. */
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "runtime/attach.h"
#include "runtime/fail.h"
#include "runtime/loop.h"
#include "runtime/provider.h"
#include "runtime/session.h"

/* A program with types was tied to its tracepoint when it was loaded. */
static bool has_target(const struct program *p)
{
	return strchr(p->section, '/') != NULL;
}

static const char *function_hint(int err)
{
	switch (-err) {
	case EBUSY:
	case EINVAL:
	case EOPNOTSUPP:
	case 524: /* ENOTSUPP of the kernel */
		return "fentry needs a kernel with CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS; kprobe "
		       "probes may do";
	default:
		return NULL;
	}
}

bool attach_fentry(struct session *s, const struct program *p, uint32_t index)
{
	int fd = bpf_raw_tracepoint_open(NULL, provider_fd(s, p));

	if (fd < 0)
		return provider_failed(&p->attaches[index], fd, function_hint(fd));
	provider_link(s, fd);
	return true;
}

bool attach_fexit(struct session *s, const struct program *p, uint32_t index)
{
	return attach_fentry(s, p, index);
}

#define ITER_OBJECTS 64 /* that one read goes on for, before their events are shown */

static const char *raw_hint(int err)
{
	return err == -ENOENT ? "this kernel has no tracepoint of that name: pktscript -l "
				"'rawtracepoint:*' lists them"
			      : NULL;
}

bool attach_rawtracepoint(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	int fd = bpf_raw_tracepoint_open(has_target(p) ? NULL : at->symbol, provider_fd(s, p));

	if (fd < 0)
		return provider_failed(at, fd, raw_hint(fd));
	provider_link(s, fd);
	return true;
}

/*
 * Tasks can be narrowed to those of one process, from Linux 6.1 on; cgroups are those below the
 * root, each before what is in it.
 */
static int link_iter(const struct session *s, const struct program *p)
{
	union bpf_iter_link_info info = { .task.pid = s->plan->pid };
	LIBBPF_OPTS(bpf_link_create_opts, options, .iter_info = &info,
		    .iter_info_len = sizeof(info));

	if (strcmp(p->attaches[0].symbol, "cgroup") == 0)
		info = (union bpf_iter_link_info){ .cgroup.order =
							   BPF_CGROUP_ITER_DESCENDANTS_PRE };
	else if (!s->plan->pid || strncmp(p->attaches[0].symbol, "task", 4) != 0)
		options.iter_info = NULL;
	if (!options.iter_info)
		options.iter_info_len = 0;
	return bpf_link_create(provider_fd(s, p), 0, BPF_TRACE_ITER, &options);
}

bool attach_iter(struct session *s, const struct program *p, uint32_t index)
{
	int fd = link_iter(s, p);

	if (fd < 0)
		return provider_failed(&p->attaches[index], fd, NULL);
	provider_link(s, fd);
	return true;
}

/* Reads one iterator from its first object to its last; a program writes a byte for each. */
static int iterate(struct session *s, int link)
{
	int fd = bpf_iter_create(link);
	char bytes[ITER_OBJECTS];
	ssize_t n = 1;

	if (fd < 0)
		return fd;
	while (n > 0 && !s->done) {
		n = read(fd, bytes, sizeof(bytes));
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			n = 1;
		loop_drain_all(s);
	}
	n = n < 0 ? -errno : 0;
	close(fd);
	return (int)n;
}

bool attach_iterate(struct session *s)
{
	uint32_t i, link = 0;
	int err;

	for (i = 0; i < s->plan->nprograms && !s->done; i++) {
		const struct program *p = &s->plan->programs[i];

		if (p->prog != PROG_ITER)
			continue;
		err = iterate(s, s->links.fd[link++]);
		if (!err)
			continue;
		fail(NULL, "cannot read %s: %s", p->attaches[0].name, fail_text(err));
		s->failed = true;
		return false;
	}
	return true;
}
