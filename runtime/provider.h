/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_PROVIDER_H
#define RUNTIME_PROVIDER_H

/* What the attach*.c files share: one function for each row of probe.def. */

#include <stdbool.h>
#include <stdint.h>

#include "parser/plan.h"
#include "parser/tables.h"

struct session;

/* Attaches @p to its place @index. Reports what fails and returns false. */
typedef bool attach_fn(struct session *s, const struct program *p, uint32_t index);

#define PROBE(id, name, short_name, prog, section, syntax, doc) attach_fn attach_##id;
#include "parser/probe.def"
#undef PROBE

/* The program's file. */
int provider_fd(const struct session *s, const struct program *p);

/* Remembers a link, or a perf event, until the end. */
void provider_link(struct session *s, int fd);
void provider_perf(struct session *s, int fd);

/* attach_watch.c: ends the watchpoints of that address. */
void provider_unwatch(struct session *s, uint64_t address);

/* Attaches @p by the perf event @fd, which belongs to the session from now on. 0 or -errno. */
int provider_by_perf(struct session *s, const struct program *p, int fd);

/*
 * Reports that attaching to @at failed with @err (-errno); @hint NULL: what the error says. Returns
 * true when the script goes on without it.
 */
bool provider_failed(const struct attach *at, int err, const char *hint);

#endif
