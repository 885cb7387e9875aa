/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CGROUP_H
#define RUNTIME_CGROUP_H

#include <stdint.h>

#include "runtime/out.h"

/*
 * "unified:/path" of the cgroup @id below the mount of cgroup2, its number when there is none,
 * nothing when @filter, a glob or "", does not match "unified".
 */
void cgroup_print(struct out *o, uint64_t id, const char *filter);

#endif
