/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/memory.h"

#include <stdlib.h>

#include "runtime/fail.h"
#include "runtime/runtime.h"

static void *checked(void *p)
{
	if (!p) {
		fail(NULL, "out of memory");
		exit(RUNTIME_FAILED);
	}
	return p;
}

void *memory_new(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *memory_resize(void *old, size_t n, size_t size)
{
	return checked(reallocarray(old, n ? n : 1, size ? size : 1));
}
