/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_CGROUP_H
#define KERNEL_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

/* The id of the cgroup (v2) whose directory is @path; false with errno when it is none. */
bool cgroup_id(const char *path, uint64_t *id);

#endif
