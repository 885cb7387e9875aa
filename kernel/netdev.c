/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/netdev.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "kernel/internal.h"
#include "kernel/netns.h"
#include "util/suggest.h"

#define SHOWN 8 /* interfaces that a hint names */

const char *kernel_netns(const struct kernel *k)
{
	return k->netns;
}

/* Names for "did you mean". */
struct near {
	struct suggest suggest;
	struct arena *arena;
};

static void try_name(void *ctx, const char *name)
{
	struct near *near = ctx;

	suggest_try(&near->suggest, arena_strdup(near->arena, name));
}

static int no_netns(struct kernel *k, const char *netns, int err)
{
	struct near near = { { .word = netns }, k->arena };

	if (err != ENOENT)
		return kernel_fail_errno(
			k, err, arena_printf(k->arena, "enter network namespace '%s'", netns),
			KERNEL_LOCKDOWN);
	netns_names(try_name, &near);
	return kernel_fail(k, err,
			   near.suggest.best ? kernel_did_you_mean(k, near.suggest.best)
					     : "it is a name of 'ip netns', a path or a process id",
			   "no network namespace '%s'", netns);
}

/* What the kernel has, copied while we are in the namespace. */
static int read_netdevs(struct kernel *k, const char *netns, struct if_nameindex **list)
{
	int before, err = netns_enter(netns, &before);

	if (err)
		return no_netns(k, netns, -err);
	*list = if_nameindex();
	err = *list ? 0 : errno;
	netns_leave(before);
	return err ? kernel_fail_errno(k, err, "list the interfaces", KERNEL_LOCKDOWN) : 0;
}

static int no_netdev(struct kernel *k, const char *netns, const char *glob,
		     const struct if_nameindex *list)
{
	struct near near = { { .word = glob }, k->arena };
	const char *names = "", *hint;

	for (int i = 0; list[i].if_index; i++) {
		if (!strpbrk(glob, "*?"))
			try_name(&near, list[i].if_name);
		if (i < SHOWN)
			names = arena_printf(k->arena, "%s%s%s", names, i ? ", " : "",
					     list[i].if_name);
		else if (i == SHOWN)
			names = arena_printf(k->arena, "%s, ...", names);
	}
	hint = near.suggest.best
		       ? kernel_did_you_mean(k, near.suggest.best)
		       : arena_printf(k->arena, "there %s %s",
				      list[0].if_index && list[1].if_index ? "are" : "is", names);
	kernel_fail(k, ENODEV, hint, "no interface '%s'%s%s%s", glob,
		    netns ? " in network namespace '" : "", netns ? netns : "", netns ? "'" : "");
	return 0;
}

int kernel_netdevs(struct kernel *k, const char *netns, const char *glob,
		   void (*fn)(void *ctx, const char *name, uint32_t index), void *ctx)
{
	struct if_nameindex *list;
	int err, n = 0;

	netns = netns ? netns : k->netns;
	err = read_netdevs(k, netns, &list);
	if (err)
		return err;
	for (int i = 0; list[i].if_index; i++) {
		if (!glob_match(glob, list[i].if_name))
			continue;
		fn(ctx, arena_strdup(k->arena, list[i].if_name), list[i].if_index);
		n++;
	}
	if (!n)
		no_netdev(k, netns, glob, list);
	if_freenameindex(list);
	return n;
}
