/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/cgroup.h"

#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/suggest.h"

#define HIERARCHY "unified"
#define FILEID_KERNFS 0xfe /* include/linux/exportfs.h */

/* Where cgroup2 is mounted, for the caller to close; -1: nowhere. */
static int open_mount(char *path, size_t size)
{
	FILE *f = setmntent("/proc/self/mounts", "re");
	struct mntent *m = NULL;
	int fd = -1;

	while (f && (m = getmntent(f)) && strcmp(m->mnt_type, "cgroup2"))
		;
	if (m) {
		snprintf(path, size, "%s", m->mnt_dir);
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (f)
		endmntent(f);
	return fd;
}

/* A cgroup's id is its file handle. */
static int open_cgroup(int mount, uint64_t id)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + sizeof(id)];
	} h = { .handle = { .handle_bytes = sizeof(id), .handle_type = FILEID_KERNFS } };

	memcpy(h.handle.f_handle, &id, sizeof(id));
	return open_by_handle_at(mount, &h.handle, O_RDONLY | O_CLOEXEC);
}

void cgroup_print(struct out *o, uint64_t id, const char *filter)
{
	char mount[512], link[32], path[4096];
	int fd = -1, at;
	ssize_t n = -1;

	if (*filter && !glob_match(filter, HIERARCHY))
		return;
	at = open_mount(mount, sizeof(mount));
	if (at >= 0)
		fd = open_cgroup(at, id);
	if (fd >= 0) {
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = readlink(link, path, sizeof(path) - 1);
		close(fd);
	}
	if (at >= 0)
		close(at);
	if (n < (ssize_t)strlen(mount)) {
		out_unsigned(o, id);
		return;
	}
	path[n] = 0;
	out_string(o, HIERARCHY ":");
	out_string(o, path[strlen(mount)] ? path + strlen(mount) : "/");
}
