/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_PREPARE_H
#define RUNTIME_PREPARE_H

#include "parser/plan.h"

struct bpf_object;

/*
 * Per-CPU hash maps take the kernel milliseconds to make (performance: about 3 for 4,096
 * keys), so they are made in a thread while the object is compiled. Returns NULL when there
 * is nothing to make. What cannot be made is left to loading, which says why.
 */
struct prepared *prepare_begin(const struct plan *plan);

/* Waits for the thread. */
void prepare_wait(struct prepared *p);

/* Gives the maps to @object, which is open and not loaded; 0 or -errno. */
int prepare_use(const struct prepared *p, struct bpf_object *object);

/* Waits, and closes what was made; programs keep what they were given. */
void prepare_end(struct prepared *p);

#endif
