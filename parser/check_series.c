/* SPDX-License-Identifier: Apache-2.0 */
/* Time series: an interval, how many of them, and what becomes of several values in one. */
#include "parser/checker.h"

#include <string.h>

#include "parser/agg.h"

#define MAX_INTERVALS 1000

static bool series_mode(struct checker *c, const struct node *n, uint8_t *mode)
{
	static const char *const names[SERIES_MODES] = {
		[SERIES_AVG] = "avg",
		[SERIES_MAX] = "max",
		[SERIES_MIN] = "min",
		[SERIES_SUM] = "sum",
	};

	for (uint8_t i = SERIES_AVG; i < SERIES_MODES; i++) {
		if (strcmp(n->kids[3]->text, names[i]))
			continue;
		*mode = i;
		return true;
	}
	ERR(c, BAD_ARGUMENT, n->kids[3]->span,
	    "the fourth argument of %s() is \"avg\", \"max\", \"min\" or \"sum\"", n->text);
	return false;
}

bool check_series(struct checker *c, struct node *n, struct type *t)
{
	for (uint32_t i = 1; i < 3; i++)
		if (!n->kids[i]->literal)
			return check_bad_argument(c, n, i, "a constant number");
	if ((int64_t)n->kids[1]->number <= 0) {
		HINT(c,
		     ERR(c, BAD_ARGUMENT, n->kids[1]->span,
			 "the second argument of %s() is an interval of at least 1ns", n->text),
		     "write %s(value, 100ms, 20)", n->text);
		return false;
	}
	if (!n->kids[2]->number || n->kids[2]->number > MAX_INTERVALS) {
		ERR(c, BAD_ARGUMENT, n->kids[2]->span,
		    "the third argument of %s() is a number of intervals from 1 to %d", n->text,
		    MAX_INTERVALS);
		return false;
	}
	t->step = n->kids[1]->number;
	t->count = SERIES_CELLS * n->kids[2]->number;
	return n->nkids < 4 || series_mode(c, n, &t->bits);
}
