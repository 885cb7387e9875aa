/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that the kernel calls without a perf event: one link is all they need. */
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>

#include "runtime/provider.h"
#include "runtime/session.h"

/* A program with types was tied to its tracepoint when it was loaded. */
static bool has_target(const struct program *p)
{
	return strchr(p->section, '/') != NULL;
}

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
