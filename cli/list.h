/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include <stdbool.h>

#include "kernel/kernel.h"
#include "parser/plan.h"

/*
 * Prints the probes that match @pattern (NULL: all), with their fields when @verbose;
 * or, when @pattern names one, a table of the language: see list_tables. Returns the exit
 * status.
 */
int list(struct arena *a, struct kernel *k, const char *pattern, bool verbose);

/* Prints the probes of a script. Returns the exit status. */
int list_plan(const struct plan *plan);

#endif
