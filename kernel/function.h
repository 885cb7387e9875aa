/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_FUNCTION_H
#define KERNEL_FUNCTION_H

/* Functions of the kernel that can be traced. */

#include <stdbool.h>

#include "kernel/kernel.h"

/*
 * Calls @fn for each function that matches @glob, in the kernel's order, once for each name; of
 * one @module ("vmlinux": the kernel itself), or of all when it is NULL. The list is that of
 * ftrace where tracefs has it, else all symbols of code. Returns how many, or -errno with
 * kernel_error(); after 0 kernel_error() and kernel_hint() say that none matched. @fn's strings
 * live in the kernel's arena; module is NULL for the kernel itself.
 */
int kernel_functions(struct kernel *k, const char *module, const char *glob,
		     void (*fn)(void *ctx, const char *name, const char *module), void *ctx);

/* True when the kernel has such a function; else false with kernel_error(). */
bool kernel_function(struct kernel *k, const char *module, const char *name);

/* Breakpoints in functions; false with kernel_error(). */
bool kernel_has_kprobes(struct kernel *k);

/* One link for many functions (kprobe.multi). */
bool kernel_has_kprobe_multi(struct kernel *k);

#endif
