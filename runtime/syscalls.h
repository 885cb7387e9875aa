/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_SYSCALLS_H
#define RUNTIME_SYSCALLS_H

#include <stdint.h>

/* The system call number @nr of this architecture, or NULL. */
const char *syscall_name(int64_t nr);

#endif
