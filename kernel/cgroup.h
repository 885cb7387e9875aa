/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_CGROUP_H
#define KERNEL_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

struct kernel;

/* The id of the cgroup (v2) whose directory is @path; false with errno when it is none. */
bool cgroup_id(const char *path, uint64_t *id);

/*
 * The directory of the cgroup (v2) @path: absolute, or below the mount of cgroup2. NULL with
 * kernel_error().
 */
const char *kernel_cgroup(struct kernel *k, const char *path);

#endif
