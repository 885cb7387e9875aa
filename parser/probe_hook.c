/* SPDX-License-Identifier: Apache-2.0 */
/* Probes that are programs of their own where packets pass: at interfaces and cgroups. */
#include "parser/probe.h"

#include <string.h>

#include "kernel/cgroup.h"
#include "kernel/netdev.h"
#include "parser/hook.h"

static const char *const directions[] = { "ingress", "egress" };

/* An interface that is looked for, and in which direction. */
struct search {
	struct spec *spec;
	const char *glob;
	const char *direction; /* "ingress:", or "" */
	bool egress;
};

static void add_interface(void *ctx, const char *name, uint32_t index)
{
	const struct search *f = ctx;
	struct spec *s = f->spec;
	const char *where = s->netns ? arena_printf(s->c->arena, "netns:%s:", s->netns) : "";
	struct attach *at = probe_add(s, arena_printf(s->c->arena, "%s%s:%s%s", where,
						      s->provider->name, f->direction, name));

	at->target = name;
	at->number = index;
	at->netns = s->netns ? s->netns : kernel_netns(s->c->kernel);
	at->egress = f->egress;
	at->optional = probe_has_glob(f->glob);
}

static bool each_interface(struct search *f)
{
	struct spec *s = f->spec;

	if (s->c->options->replay) { /* it may be another machine's */
		add_interface(f, f->glob, 0);
		return true;
	}
	if (kernel_netdevs(s->c->kernel, s->netns, f->glob, add_interface, f) > 0)
		return true;
	probe_kernel_says(s, E_UNKNOWN_PROBE);
	return false;
}

/* Before 6.10 they are not told which process runs. */
static bool knows_pid(struct spec *s)
{
	if (!s->c->options->pid || s->c->options->kernel >= KERNEL(6, 10))
		return true;
	ERR(s->c, BAD_CONTEXT, s->node->span, "-p PID works in %s probes since Linux 6.10",
	    s->provider->name);
	return false;
}

void expand_xdp(struct spec *s)
{
	struct search f = { .spec = s, .glob = s->parts[0], .direction = "" };

	if (s->nparts != 1 || !*s->parts[0])
		probe_malformed(s);
	else if (knows_pid(s))
		each_interface(&f);
}

/* Calls @fn for each direction that the first of two parts means, or both. */
static void each_direction(struct spec *s, bool (*fn)(struct search *f))
{
	const char *glob = s->nparts == 2 ? s->parts[0] : "*";
	bool found = false;

	for (int i = 0; i < 2; i++) {
		struct search f = { s, s->parts[s->nparts - 1],
				    arena_printf(s->c->arena, "%s:", directions[i]), i == 1 };

		if (!glob_match(glob, directions[i]))
			continue;
		found = true;
		if (!fn(&f))
			return;
	}
	if (!found)
		probe_malformed(s);
}

void expand_tc(struct spec *s)
{
	if (s->nparts < 1 || s->nparts > 2 || !*s->parts[s->nparts - 1])
		probe_malformed(s);
	else if (knows_pid(s))
		each_direction(s, each_interface);
}

/* "any" is one tap for all, those too that are made later. */
void expand_socket(struct spec *s)
{
	struct search f = { .spec = s, .glob = s->parts[0], .direction = "" };

	if (s->nparts != 1 || !*s->parts[0])
		probe_malformed(s);
	else if (!knows_pid(s))
		return;
	else if (!strcmp(s->parts[0], "any"))
		add_interface(&f, "any", 0);
	else
		each_interface(&f);
}

static bool add_cgroup(struct search *f)
{
	struct spec *s = f->spec;
	bool replay = s->c->options->replay;
	const char *path = replay ? f->glob : kernel_cgroup(s->c->kernel, f->glob);
	struct attach *at;

	if (!path) {
		probe_kernel_says(s, E_UNKNOWN_PROBE);
		return false;
	}
	at = probe_add(s, arena_printf(s->c->arena, "cgroup_skb:%s%s", f->direction, f->glob));
	at->target = path;
	at->egress = f->egress;
	return true;
}

void expand_cgroup_skb(struct spec *s)
{
	if (s->nparts != 2 || !*s->parts[1])
		probe_malformed(s);
	else if (knows_pid(s))
		each_direction(s, add_cgroup);
}
