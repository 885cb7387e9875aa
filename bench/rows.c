/* SPDX-License-Identifier: Apache-2.0 */
/* Samples, medians and verdicts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static struct row rows[MAX_ROWS];
static unsigned int nrows;

struct row *row(const char *name, const char *unit, int digits, double target)
{
	unsigned int i;

	for (i = 0; i < nrows; i++)
		if (!strcmp(rows[i].name, name) && !strcmp(rows[i].unit, unit))
			return &rows[i];
	if (nrows == MAX_ROWS)
		abort();
	rows[nrows] = (struct row){ .unit = unit, .digits = digits, .target = target };
	rows[nrows].name = strdup(name);
	return &rows[nrows++];
}

void row_add(struct row *r, enum subject who, double value)
{
	if (r->count[who] < MAX_SAMPLES)
		r->sample[who][r->count[who]++] = value;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double median(const double *values, unsigned int count)
{
	double copy[MAX_SAMPLES];

	if (!count)
		return NAN;
	memcpy(copy, values, count * sizeof(*copy));
	qsort(copy, count, sizeof(*copy), compare);
	return count % 2 ? copy[count / 2] : (copy[count / 2 - 1] + copy[count / 2]) / 2;
}

double row_median(const struct row *r, enum subject who)
{
	return median(r->sample[who], r->count[who]);
}

double row_ratio(const struct row *r, enum subject other)
{
	const double *ours = r->sample[SUBJECT_OURS], *theirs = r->sample[other];
	unsigned int i, n = 0, count = r->count[SUBJECT_OURS];
	double ratios[MAX_SAMPLES];

	if (count > r->count[other])
		count = r->count[other];
	for (i = 0; i < count; i++)
		if (theirs[i] > 0 && (ours[i] > 0 || !r->more))
			ratios[n++] = r->more ? theirs[i] / ours[i] : ours[i] / theirs[i];
	return median(ratios, n);
}

/* False: the ratio to @other is above @target. */
static bool within(const struct row *r, enum subject other, double target)
{
	double ratio = row_ratio(r, other);

	if (target <= 0 || !r->count[other])
		return true;
	return isnan(ratio) ? row_median(r, SUBJECT_OURS) <= 0 : ratio <= target;
}

const char *row_verdict(const struct row *r)
{
	if (r->target <= 0 && r->limit <= 0)
		return "-";
	if (!r->count[SUBJECT_OURS])
		return "failed";
	if (!within(r, SUBJECT_PEER, r->target) || !within(r, SUBJECT_C_BTF, r->limit))
		return "missed";
	return r->target > 0 && !r->count[SUBJECT_PEER] ? "no peer" : "ok";
}

const struct row *rows_all(unsigned int *count)
{
	*count = nrows;
	return rows;
}
