/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/syscalls.h"

#include <stddef.h>
#include <sys/syscall.h>

/* The list comes from the C library's header (see Makefile.am). */
static const char *const names[] = {
#define SYSCALL(name) [__NR_##name] = #name,
#include "runtime/syscalls.inc"
#undef SYSCALL
};

const char *syscall_name(int64_t nr)
{
	return nr >= 0 && (uint64_t)nr < sizeof(names) / sizeof(*names) ? names[nr] : NULL;
}
