/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LIST_PROBES_H
#define CLI_LIST_PROBES_H

#include <stdbool.h>

#include "kernel/kernel.h"
#include "parser/plan.h"

/*
 * Prints the probes of a pattern that names its provider ("rawtracepoint:*skb*", but for
 * tracepoints), with what they are given when @verbose; or the types of the kernel of "struct
 * NAME", with their layout. False when the pattern is another; else the exit status is set.
 */
bool list_probes(struct arena *a, struct kernel *k, const char *pattern, bool verbose, int *status);
bool list_types(struct arena *a, struct kernel *k, const char *pattern, bool verbose, int *status);

/* Prints the first words of the fields that packets at the place may have; nothing when none. */
void list_packet(struct arena *a, struct kernel *k, const struct attach *place);

#endif
