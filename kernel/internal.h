/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_INTERNAL_H
#define KERNEL_INTERNAL_H

/* What the files of kernel/ share; nobody else includes this, but for the unit test. */

#include "kernel/kernel.h"

#define KERNEL_LOCKDOWN "/sys/kernel/security/lockdown"
#define TP_BUCKETS 256 /* a power of two */

struct kbtf;
struct tp_entry;
struct btf_entry;
struct binary;

struct kernel {
	struct arena *arena;
	const char *tracefs, *btf, *netns; /* from the config, or NULL */
	const char *error, *hint;          /* of the last failure */
	int tracefs_fd;                    /* its root directory; -1: not opened yet */
	char *buffer;                      /* for reading format files, NULL until the first one */
	struct tp_entry *tracepoints[TP_BUCKETS]; /* those read, by name */
	struct btf_entry *btfs;                   /* those opened, vmlinux's included */
	struct raw_tracepoint *raw;               /* those read */
	struct binary *binaries;                  /* those opened */
};

/* Notes a failure for kernel_error(); @hint may be NULL. Returns -@err. */
int kernel_fail(struct kernel *k, int err, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Notes that doing @what ("read tracefs") failed with @err, with the hint that fits; -@err. */
int kernel_fail_errno(struct kernel *k, int err, const char *what, const char *lockdown);

/* True when the file @lockdown says that the kernel is locked down for confidentiality. */
bool kernel_locked_down(const char *lockdown);

/* "did you mean WORD?" in @k's arena. */
const char *kernel_did_you_mean(struct kernel *k, const char *word);

/* Fills @buf with at most @size bytes of @fd, stopping at the end. The count, or -errno. */
long kernel_read(int fd, char *buf, size_t size);

/* The file of the program or library @name, or NULL with kernel_error(). */
const char *kernel_binary_path(struct kernel *k, const char *name);

/* Closes every binary. */
void kernel_binaries_close(struct kernel *k);

/* Forgets every BTF: see kernel/btf.c. */
void kernel_btf_close(struct kernel *k);

#endif
