/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_KALLSYMS_H
#define KERNEL_KALLSYMS_H

/* Addresses of the kernel and their names, from /proc/kallsyms. */

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

struct ksyms;

/* All functions, in @a; empty when the kernel does not show its addresses. */
const struct ksyms *ksyms_read(struct arena *a);

/* The function that @address is in, and how far; NULL: none. */
const char *ksyms_find(const struct ksyms *s, uint64_t address, uint64_t *offset);

/* Where the symbol @name is, function or data; false when there is none or it is not shown. */
bool ksyms_address(const char *name, uint64_t *address);

#endif
