/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_SUGGEST_H
#define UTIL_SUGGEST_H

#include <stddef.h>

/*
 * "Did you mean": offer every candidate to suggest_try(), then take best.
 * A candidate counts when it is at most 2 edits (insert, delete, replace,
 * swap of neighbours) from @word and at most a third of its length, or when
 * one of the two begins with the other. Upper and lower case are the same.
 */
struct suggest {
	const char *word;
	const char *best; /* borrowed from the candidate; NULL: none is near */
	unsigned int distance;
};

void suggest_try(struct suggest *s, const char *candidate);

/* Edits between @a and @b, or @limit + 1 once it is known to be more than @limit. */
unsigned int suggest_distance(const char *a, const char *b, unsigned int limit);

/* True when @text matches the shell pattern @glob, of which only * and ? are special. */
int glob_match(const char *glob, const char *text);

#endif
