/* SPDX-License-Identifier: Apache-2.0 */
/* Probes that happen in user space: begin, end, intervals. */
#include "parser/probe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void expand_begin(struct spec *s)
{
	if (s->nparts)
		probe_malformed(s);
	else
		probe_add(s, s->provider->name);
}

void expand_end(struct spec *s)
{
	expand_begin(s);
}

static const struct {
	const char *name;
	uint64_t ns; /* of one; 0: a frequency */
} units[] = { { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 },
	      { "ns", 1 },         { "hz", 0 },       { "m", 60000000000 } };

/* "10", "ms" to ns; false when it is no period. */
static bool period(const char *number, const char *unit, uint64_t *ns)
{
	char *end;
	uint64_t n = strtoull(number, &end, 10);

	if (!isdigit((unsigned char)*number) || *end || !n)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(units[i].name, unit))
			continue;
		if (units[i].ns)
			return !__builtin_mul_overflow(n, units[i].ns, ns) && *ns <= INT64_MAX;
		*ns = 1000000000 / n;
		return *ns > 0;
	}
	return false;
}

void expand_interval(struct spec *s)
{
	char number[32] = { 0 };
	uint64_t ns;
	bool ok;

	if (s->nparts == 1) {
		size_t digits = strspn(s->parts[0], "0123456789");

		snprintf(number, sizeof(number), "%.*s", (int)digits, s->parts[0]);
		ok = period(number, s->parts[0][digits] ? s->parts[0] + digits : "ns", &ns);
	} else {
		ok = s->nparts == 2 && period(s->parts[1], s->parts[0], &ns);
	}
	if (ok)
		probe_add(s, s->node->text)->number = ns;
	else
		probe_malformed(s);
}
