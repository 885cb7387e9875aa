/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_REPORT_H
#define RUNTIME_REPORT_H

#include <stdbool.h>
#include <stdint.h>

struct live_map;
struct session;

/*
 * Prints a map: the last @top keys (0: all), values divided by @div (0: 1). With
 * @empty also when nothing was ever written. Returns 0 or -errno.
 */
int report_map(struct session *s, const struct live_map *m, uint64_t top, uint64_t div, bool empty);

/* What is printed at exit: maps, then losses. */
void report(struct session *s);

#endif
