/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

#include "kernel/internal.h"

bool cgroup_id(const char *path, uint64_t *id)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + sizeof(*id)];
	} h = { .handle = { .handle_bytes = sizeof(*id) } };
	int mount;

	if (name_to_handle_at(AT_FDCWD, path, &h.handle, &mount, 0) ||
	    h.handle.handle_bytes != sizeof(*id))
		return false;
	memcpy(id, h.handle.f_handle, sizeof(*id));
	return true;
}

/* Where cgroup2 is mounted, or NULL. */
static const char *find_mount(struct kernel *k)
{
	FILE *f = setmntent("/proc/self/mounts", "re");
	const char *found = NULL;
	const struct mntent *m;

	while (f && !found && (m = getmntent(f)))
		if (!strcmp(m->mnt_type, "cgroup2"))
			found = arena_strdup(k->arena, m->mnt_dir);
	if (f)
		endmntent(f);
	return found;
}

static bool is_cgroup2(const char *path)
{
	struct statfs s;

	return statfs(path, &s) == 0 && s.f_type == CGROUP2_SUPER_MAGIC;
}

const char *kernel_cgroup(struct kernel *k, const char *path)
{
	const char *mount, *below;

	if (*path == '/' && is_cgroup2(path))
		return path;
	mount = find_mount(k);
	if (!mount) {
		kernel_fail(k, ENOENT, "mount -t cgroup2 none /sys/fs/cgroup makes them visible",
			    "no cgroups (v2) are mounted here");
		return NULL;
	}
	below = arena_printf(k->arena, "%s%s%s", mount, *path == '/' ? "" : "/", path);
	if (is_cgroup2(below))
		return below;
	kernel_fail(k, ENOENT, "paths are absolute, or below the mount: / is the root cgroup",
		    "no cgroup '%s' in %s", path, mount);
	return NULL;
}
