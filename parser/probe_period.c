/* SPDX-License-Identifier: Apache-2.0 */
/* Probes that fire every so often: intervals, profiles, counted events. */
#include "parser/probe.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	uint64_t ns; /* of one; 0: a frequency */
} units[] = {
	{ "s", 1000000000 }, { "ms", 1000000 },    { "us", 1000 },         { "ns", 1 },
	{ "hz", 0 },         { "m", 60000000000 }, { "h", 3600000000000 }, { "d", 86400000000000 }
};

/* "10", "ms" to ns; NULL, or what is wrong with it. */
static const char *period(struct spec *s, const char *number, const char *unit, uint64_t *ns)
{
	char *end;
	uint64_t n = strtoull(number, &end, 10);

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(units[i].name, unit))
			continue;
		if (!isdigit((unsigned char)*number) || *end || !n)
			return arena_printf(s->c->arena,
					    "a period is a whole number from 1, not '%s'", number);
		if (units[i].ns && !__builtin_mul_overflow(n, units[i].ns, ns) && *ns <= INT64_MAX)
			return NULL;
		*ns = 1000000000 / n;
		return units[i].ns ? "the period is too long"
		       : *ns       ? NULL
				   : "the period is too short";
	}
	return arena_printf(s->c->arena, "unknown unit '%s' of a period", unit);
}

/* "ms:10" and "10ms": the period of the place that is added; NULL after a message. */
static struct attach *add_period(struct spec *s)
{
	const char *number = s->parts[1], *unit = s->parts[0], *problem;
	struct attach *at;
	uint64_t ns = 0;

	if (s->nparts == 1) {
		size_t digits = strspn(s->parts[0], "0123456789");

		number = arena_strndup(s->c->arena, s->parts[0], digits);
		unit = s->parts[0][digits] ? s->parts[0] + digits : "ns";
	}
	if (s->nparts < 1 || s->nparts > 2) {
		probe_malformed(s);
		return NULL;
	}
	problem = period(s, number, unit, &ns);
	if (problem) {
		HINT(s->c, ERR(s->c, BAD_PROBE, s->node->span, "%s", problem), "written %s",
		     s->provider->syntax);
		return NULL;
	}
	at = probe_add(s,
		       arena_printf(s->c->arena, "%s%s", s->provider->name, strchr(s->text, ':')));
	at->number = ns;
	return at;
}

void expand_interval(struct spec *s)
{
	add_period(s);
}

static const struct perf_row *find_event(enum provider_id provider, const char *name)
{
	for (size_t i = 0; i < perf_count; i++) {
		const struct perf_row *row = &perf_rows[i];

		if (row->provider == provider &&
		    (!strcmp(row->name, name) || (row->alias && !strcmp(row->alias, name))))
			return row;
	}
	return NULL;
}

/* A profile counts the nanoseconds of each CPU's clock. */
void expand_profile(struct spec *s)
{
	struct attach *at = add_period(s);

	if (at)
		at->event = find_event(PROVIDER_software, "cpu-clock");
}

static void unknown_event(struct spec *s)
{
	struct suggest near = { .word = s->parts[0] };
	struct diag *g = ERR(s->c, UNKNOWN_PROBE, s->node->span, "no %s event '%s'",
			     s->provider->name, s->parts[0]);

	for (size_t i = 0; i < perf_count; i++)
		if (perf_rows[i].provider == s->provider->id) {
			suggest_try(&near, perf_rows[i].name);
			if (perf_rows[i].alias)
				suggest_try(&near, perf_rows[i].alias);
		}
	if (near.best)
		HINT(s->c, g, "did you mean '%s'?", near.best);
	else
		HINT(s->c, g, "pktscript -l '%s:*' lists them", s->provider->name);
}

static void add_event(struct spec *s, const struct perf_row *row, const char *name, uint64_t count)
{
	struct attach *at;

	count = count ? count : row->period;
	at = probe_add(s,
		       arena_printf(s->c->arena, "%s:%s:%" PRIu64, s->provider->name, name, count));
	at->number = count;
	at->event = row;
}

static void add_events(struct spec *s, uint64_t count)
{
	for (size_t i = 0; i < perf_count; i++)
		if (perf_rows[i].provider == s->provider->id &&
		    glob_match(s->parts[0], perf_rows[i].name))
			add_event(s, &perf_rows[i], perf_rows[i].name, count);
	if (!s->nout)
		unknown_event(s);
}

void expand_software(struct spec *s)
{
	/* "faults:" is "faults". */
	bool counted = s->nparts == 2 && *s->parts[1];
	char none[] = "", *end = none;
	uint64_t count = 0;

	if (counted)
		count = strtoull(s->parts[1], &end, 10);
	if (s->nparts < 1 || s->nparts > 2 || !*s->parts[0] || *end ||
	    (counted && (!count || !isdigit((unsigned char)*s->parts[1]))))
		probe_malformed(s);
	else if (find_event(s->provider->id, s->parts[0]))
		add_event(s, find_event(s->provider->id, s->parts[0]), s->parts[0], count);
	else
		add_events(s, count);
}

void expand_hardware(struct spec *s)
{
	expand_software(s);
}
