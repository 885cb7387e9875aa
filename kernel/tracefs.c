/* SPDX-License-Identifier: Apache-2.0 */
/* Finding tracefs, or making one that only this process sees. */
#include "kernel/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel/internal.h"

/*
 * The directory @path when tracefs is mounted there, else -errno. O_PATH without
 * O_DIRECTORY keeps debugfs from mounting it just because we look.
 */
static int open_mounted(const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct statfs st;

	if (fd < 0)
		return -errno;
	if (!fstatfs(fd, &st) && st.f_type == TRACEFS_MAGIC)
		return fd;
	close(fd);
	return -ENOENT;
}

/* The root of a tracefs mounted nowhere (fsopen(2), fsmount(2)), or -errno. */
static int open_detached(void)
{
	int fs, fd;

	fs = (int)syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC);
	if (fs < 0)
		return -errno;
	fd = (int)syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	if (fd >= 0)
		fd = (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC,
				  MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
	if (fd < 0)
		fd = -errno;
	close(fs);
	return fd;
}

/* The root directory of this kernel's tracefs, or -errno with kernel_error(). */
static int find_tracefs(struct kernel *k)
{
	int fd = open_mounted("/sys/kernel/tracing");

	if (fd < 0)
		fd = open_mounted("/sys/kernel/debug/tracing");
	if (fd < 0)
		fd = open_detached();
	if (fd == -ENODEV)
		return kernel_fail(k, ENODEV, "tracepoints need one built with CONFIG_TRACING",
				   "this kernel has no tracefs");
	if (fd < 0)
		return kernel_fail_errno(k, -fd, "read tracefs", KERNEL_LOCKDOWN);
	return fd;
}

/* Opens k->tracefs_fd at the first call. 0, or -errno with kernel_error(). */
static int tracefs_ready(struct kernel *k)
{
	int fd;

	if (k->tracefs_fd >= 0)
		return 0;
	if (k->tracefs) {
		fd = open(k->tracefs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			return kernel_fail_errno(k, errno,
						 arena_printf(k->arena, "open %s", k->tracefs),
						 KERNEL_LOCKDOWN);
	} else {
		fd = find_tracefs(k);
		if (fd < 0)
			return fd;
	}
	k->tracefs_fd = fd;
	return 0;
}

int kernel_tracefs_open(struct kernel *k, const char *path, int flags)
{
	int err = tracefs_ready(k), fd;

	if (err)
		return err;
	while (*path == '/')
		path++;
	fd = openat(k->tracefs_fd, path, (flags & ~O_CREAT) | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	if (errno == ENOENT || errno == ENOTDIR)
		return kernel_fail(k, errno, NULL, "tracefs has no %s", path);
	if (errno == EACCES || errno == EPERM)
		return kernel_fail_errno(k, errno, "read tracefs", KERNEL_LOCKDOWN);
	return kernel_fail_errno(k, errno, arena_printf(k->arena, "open %s of tracefs", path),
				 KERNEL_LOCKDOWN);
}
