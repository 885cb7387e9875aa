/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/kernel.h"

#include <stdio.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/internal.h"

struct kernel *kernel_open(struct arena *a, const struct kernel_config *config)
{
	struct kernel *k = arena_alloc(a, sizeof(*k));

	k->arena = a;
	k->tracefs_fd = -1;
	k->error = "no error";
	if (config) {
		k->tracefs = config->tracefs;
		k->btf = config->btf;
		k->netns = config->netns;
	}
	return k;
}

bool kernel_is_running(const struct kernel *k)
{
	return !k->tracefs && !k->btf;
}

void kernel_close(struct kernel *k)
{
	if (!k)
		return;
	if (k->tracefs_fd >= 0)
		close(k->tracefs_fd);
	k->tracefs_fd = -1;
	kernel_btf_close(k);
	kernel_binaries_close(k);
}

const char *kernel_error(const struct kernel *k)
{
	return k->error;
}

const char *kernel_hint(const struct kernel *k)
{
	return k->hint;
}

int kernel_fail(struct kernel *k, int err, const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	k->error = arena_vprintf(k->arena, fmt, ap);
	va_end(ap);
	k->hint = hint;
	return -err;
}

const char *kernel_did_you_mean(struct kernel *k, const char *word)
{
	return arena_printf(k->arena, "did you mean %s?", word);
}

long kernel_read(int fd, char *buf, size_t size)
{
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(fd, buf + have, size - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (long)have;
}

/* The file reads "none integrity [confidentiality]": the current level is in brackets. */
bool kernel_locked_down(const char *lockdown)
{
	char text[128] = "";
	int fd = open(lockdown, O_RDONLY | O_CLOEXEC);
	long n;

	if (fd < 0)
		return false;
	n = kernel_read(fd, text, sizeof(text) - 1);
	close(fd);
	return n > 0 && strstr(text, "[confidentiality]");
}

/* What to say about a refusal: root is enough unless we are root already. */
static const char *privilege_hint(void)
{
	if (geteuid() == 0)
		return "this root lacks CAP_SYS_ADMIN: run on the host, or privileged";
	return "run as root, e.g. with sudo";
}

int kernel_fail_errno(struct kernel *k, int err, const char *what, const char *lockdown)
{
	switch (err) {
	case EACCES:
	case EPERM:
		if (kernel_locked_down(lockdown))
			return kernel_fail(
				k, err, "boot with lockdown=integrity or without lockdown",
				"cannot %s: this kernel is locked down for confidentiality", what);
		return kernel_fail(k, err, privilege_hint(), "cannot %s: permission denied", what);
	case EMFILE:
	case ENFILE:
		return kernel_fail(k, err, "raise the limit with ulimit -n",
				   "cannot %s: too many open files", what);
	default:
		return kernel_fail(k, err, NULL, "cannot %s: %s", what, strerror(err));
	}
}

uint32_t kernel_cpus(void)
{
	FILE *f = fopen("/sys/devices/system/cpu/possible", "re");
	unsigned int cpu = 0;
	char before;

	/* "0-7" or "0,2-3": the last number is the largest. */
	while (f && fscanf(f, "%u%c", &cpu, &before) >= 1)
		;
	if (f)
		fclose(f);
	return cpu + 1;
}

#define FIRST_PID_NAMESPACE 0xeffffffc /* PROC_PID_INIT_INO of the kernel */

void kernel_pid_namespace(uint64_t *device, uint64_t *inode)
{
	struct stat st;

	*device = *inode = 0;
	if (stat("/proc/self/ns/pid", &st) || st.st_ino == FIRST_PID_NAMESPACE)
		return;
	*device = st.st_dev;
	*inode = st.st_ino;
}
