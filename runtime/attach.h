/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_ATTACH_H
#define RUNTIME_ATTACH_H

#include <stdbool.h>

#include "parser/plan.h"
#include "parser/tables.h"

struct session;

/* Attaches every program to its places. Reports what fails and returns false. */
bool attach_all(struct session *s);

/*
 * Detaches: when it returns no program runs any more. What the kernel takes long to give
 * back is left to a process in the background, which holds nothing else.
 */
void attach_detach(struct session *s);

/* Runs the programs of @provider once, in order, and handles their events. */
bool attach_call(struct session *s, enum provider_id provider);

/* Runs the iterators, one after the other, and handles their events. */
bool attach_iterate(struct session *s);

/* Runs one program from here, handling what came before it first. */
bool attach_call_program(struct session *s, const struct program *p);

#endif
