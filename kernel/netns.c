/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/netns.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES "/run/netns"

static int open_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* A name of digits is a process, unless a namespace is called so. */
int netns_open(const char *name)
{
	char path[PATH_MAX];
	int fd;

	if (strchr(name, '/'))
		return open_file(name);
	snprintf(path, sizeof(path), NAMES "/%s", name);
	fd = open_file(path);
	if (fd != -ENOENT || !*name || name[strspn(name, "0123456789")])
		return fd;
	snprintf(path, sizeof(path), "/proc/%s/ns/net", name);
	return open_file(path);
}

static int enter(const char *name)
{
	int fd = netns_open(name), err;

	if (fd < 0)
		return fd;
	err = setns(fd, CLONE_NEWNET) ? -errno : 0;
	close(fd);
	return err;
}

int netns_enter(const char *name, int *before)
{
	int err;

	*before = -1;
	if (!name)
		return 0;
	*before = open_file("/proc/thread-self/ns/net");
	if (*before < 0)
		return *before;
	err = enter(name);
	if (!err)
		return 0;
	close(*before);
	*before = -1;
	return err;
}

void netns_leave(int before)
{
	if (before < 0)
		return;
	/* To go on in the wrong place would be worse than not to go on. */
	if (setns(before, CLONE_NEWNET)) {
		perror("pktscript: cannot return to the own network namespace");
		abort();
	}
	close(before);
}

void netns_names(void (*fn)(void *ctx, const char *name), void *ctx)
{
	DIR *d = opendir(NAMES);
	const struct dirent *e;

	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.')
			fn(ctx, e->d_name);
	if (d)
		closedir(d);
}
