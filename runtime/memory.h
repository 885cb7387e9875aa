/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_MEMORY_H
#define RUNTIME_MEMORY_H

/*
 * Heap memory of the runtime. Running out of it ends the process with a message:
 * the kernel then takes everything back, probes included.
 */

#include <stddef.h>

/* @n zeroed items of @size bytes; never NULL. Give back with free(). */
void *memory_new(size_t n, size_t size);

/* @old with room for @n items of @size bytes; what is new is not zeroed. */
void *memory_resize(void *old, size_t n, size_t size);

#endif
