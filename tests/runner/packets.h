/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_RUNNER_PACKETS_H
#define TESTS_RUNNER_PACKETS_H

#include "util/arena.h"

/*
 * Writes the packets that @text describes (see case.h) to a pcapng file at @path. NULL, or what is
 * wrong.
 */
const char *packets_write(struct arena *a, const char *text, const char *path);

#endif
