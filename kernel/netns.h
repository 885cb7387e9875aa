/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_NETNS_H
#define KERNEL_NETNS_H

/*
 * Network namespaces, by name (ip netns), by the path of their file, or by a process that is in
 * one. Only the calling thread moves, and only between enter and leave.
 */

#include <stdbool.h>

/* The file of a namespace, which the caller closes, or -errno. */
int netns_open(const char *name);

/*
 * Moves the calling thread to a namespace; NULL: it stays where it is. *@before is for
 * netns_leave(). 0 or -errno.
 */
int netns_enter(const char *name, int *before);

/* And back. */
void netns_leave(int before);

/* Calls @fn for each name that `ip netns` lists. */
void netns_names(void (*fn)(void *ctx, const char *name), void *ctx);

#endif
