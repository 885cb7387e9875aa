/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_NETDEV_H
#define KERNEL_NETDEV_H

#include "kernel/kernel.h"

/* The namespace whose interfaces are meant when nothing else says: a name, or NULL for ours. */
const char *kernel_netns(const struct kernel *k);

/*
 * Calls @fn for each interface of the namespace @netns (NULL: kernel_netns()) whose name matches
 * @glob, in the kernel's order. Returns how many, or -errno with kernel_error(); after 0
 * kernel_error() says that there is none. @fn's strings live in the arena.
 */
int kernel_netdevs(struct kernel *k, const char *netns, const char *glob,
		   void (*fn)(void *ctx, const char *name, uint32_t index), void *ctx);

#endif
