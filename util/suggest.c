/* SPDX-License-Identifier: Apache-2.0 */
#include "util/suggest.h"

#include <ctype.h>
#include <string.h>

#define MAX_WORD 64

static unsigned int min2(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment distance over three rows of the usual table. */
unsigned int suggest_distance(const char *a, const char *b, unsigned int limit)
{
	unsigned int row[3][MAX_WORD + 1];
	size_t la = strlen(a), lb = strlen(b);

	if (la > MAX_WORD || lb > MAX_WORD || la > lb + limit || lb > la + limit)
		return limit + 1;
	for (size_t j = 0; j <= lb; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= la; i++) {
		unsigned int *cur = row[i % 3], *prev = row[(i - 1) % 3], *prev2 = row[(i + 1) % 3];

		cur[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			cur[j] = min2(prev[j - 1] + (a[i - 1] != b[j - 1]),
				      1 + min2(prev[j], cur[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cur[j] = min2(cur[j], prev2[j - 2] + 1);
		}
	}
	return row[la % 3][lb] > limit ? limit + 1 : row[la % 3][lb];
}

static const char *lower(char *buf, const char *s)
{
	size_t i;

	for (i = 0; s[i] && i < MAX_WORD + 1; i++)
		buf[i] = (char)tolower((unsigned char)s[i]);
	buf[i] = 0;
	return buf;
}

void suggest_try(struct suggest *s, const char *candidate)
{
	char a[MAX_WORD + 2], b[MAX_WORD + 2];
	size_t len = strlen(s->word), candidate_len = strlen(candidate);
	size_t shorter = len < candidate_len ? len : candidate_len;
	unsigned int limit = len < 3 ? 1 : 2;
	unsigned int d = suggest_distance(lower(a, s->word), lower(b, candidate), limit);

	if (d > limit && shorter >= 3 && !strncasecmp(s->word, candidate, shorter))
		d = limit;
	if (d <= limit && d < len && (!s->best || d < s->distance)) {
		s->best = candidate;
		s->distance = d;
	}
}

int glob_match(const char *glob, const char *text)
{
	const char *star = NULL, *retry = NULL;

	while (*text) {
		if (*glob == '*') {
			star = ++glob;
			retry = text;
		} else if (*glob == '?' || *glob == *text) {
			glob++;
			text++;
		} else if (star) {
			glob = star;
			text = ++retry;
		} else {
			return 0;
		}
	}
	while (*glob == '*')
		glob++;
	return !*glob;
}
