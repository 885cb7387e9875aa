/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_RUNNER_NEED_H
#define TESTS_RUNNER_NEED_H

#include <stdbool.h>

#include "tests/runner/case.h"

/* The first of the case's required words that is not met here, with why; NULL: all are met. */
const char *need_unmet(struct arena *a, const struct tcase *c);

/* True when the case says "requires: @word". */
bool need_has(const struct tcase *c, const char *word);

/* True when the case runs in a network namespace of its own. */
bool need_netns(const struct tcase *c);

#endif
