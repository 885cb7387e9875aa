/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_LOAD_H
#define RUNTIME_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct prepared;
struct session;

/* Puts the object's maps and programs into the kernel. Reports what fails and returns false. */
bool load(struct session *s, const void *object, size_t size, const struct prepared *prepared);
void unload(struct session *s);

#endif
