/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/report.h"

#include <bpf/bpf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/fail.h"
#include "runtime/session.h"

int report_map(struct session *s, const struct live_map *m, uint64_t top, uint64_t div, bool empty)
{
	struct rows r;
	int err = rows_read(&r, m);

	if (!err && (empty || r.other || (rows_scalar(m->map) ? r.written : r.count > 0))) {
		rows_arrange(&r, top, div);
		s->output->map(&s->out, &r);
	}
	rows_free(&r);
	return err;
}

static uint64_t lost_count(const struct session *s, uint32_t counter)
{
	int fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_LOST);
	uint64_t n = 0;

	if (fd < 0 || bpf_map_lookup_elem(fd, &counter, &n))
		return 0;
	return n;
}

/* Times that the kernel did not run a program because it or another one ran already. */
static uint64_t skipped_runs(const struct session *s)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < s->plan->nprograms; i++) {
		struct bpf_prog_info info = { 0 };
		uint32_t size = sizeof(info);

		/* A kernel that does not know the field leaves it 0. */
		if (bpf_obj_get_info_by_fd(bpf_program__fd(s->programs[i]), &info, &size) == 0)
			sum += info.recursion_misses;
	}
	return sum;
}

/* How to lose less next time. */
static const char *lost_hint(const struct session *s, const struct losses *l)
{
	static char hint[256];
	uint32_t i;

	for (i = 0; l->map_updates && i < s->plan->nmaps; i++) {
		const struct map *m = s->plan->maps[i];

		if (m->storage != MAP_HASH && m->storage != MAP_HASH_PERCPU)
			continue;
		if (rows_count_keys(&s->maps[i]) < m->max_entries)
			continue;
		snprintf(hint, sizeof(hint), "%.64s is full at %" PRIu32 " key%s; %s", m->name,
			 m->max_entries, m->max_entries == 1 ? "" : "s",
			 m->max_entries == s->plan->config.max_map_keys
				 ? "raise it with config = { max_map_keys = N }"
				 : "declare it larger");
		return hint;
	}
	if (l->events)
		return "events came faster than they were printed; filter or count them in the "
		       "script, or raise ring_buffer_pages in the config block";
	return NULL;
}

static void report_losses(struct session *s)
{
	struct losses l = {
		.events = lost_count(s, LOST_EVENTS) + s->skb_lost,
		.map_updates = lost_count(s, LOST_MAP_UPDATES),
		.skipped_runs = skipped_runs(s),
		.unkeyed = lost_count(s, LOST_KEYS),
		.tls_split = lost_count(s, LOST_TLS_SPLIT),
	};

	s->lost = l.events || l.map_updates || l.skipped_runs;
	if (!s->lost && !l.unkeyed && !l.tls_split)
		return;
	l.hint = lost_hint(s, &l);
	s->output->lost(&s->out, &l);
}

static const struct live_map *live_map(const struct session *s, const struct map *map)
{
	uint32_t i;

	for (i = 0; i < s->plan->nmaps; i++)
		if (s->plan->maps[i] == map)
			return &s->maps[i];
	return NULL;
}

/* The number that a hidden count() without a key stands for. */
static uint64_t counted(const struct session *s, const struct map *map)
{
	const struct live_map *m = live_map(s, map);
	uint64_t n = 0;
	struct rows r;

	if (!m)
		return 0;
	if (!rows_read(&r, m) && r.written) {
		rows_arrange(&r, 0, 0);
		memcpy(&n, r.row[0].value, sizeof(n));
	}
	rows_free(&r);
	return n;
}

/* What started and is in none of the counts was evicted. */
static void report_latency(struct session *s, const struct latency *l)
{
	const struct live_map *stamps = live_map(s, l->stamps);
	uint64_t n[LATENCY_COUNTS], waiting = stamps ? rows_count_keys(stamps) : 0, known;
	struct latencies all = { .name = l->name, .counts_ends = l->counts[LATENCY_ends] };
	uint32_t i;

	for (i = 0; i < LATENCY_COUNTS; i++)
		n[i] = counted(s, l->counts[i]);
	all.samples = n[LATENCY_samples];
	all.repeated = n[LATENCY_repeated];
	all.starts = n[LATENCY_replaced] + n[LATENCY_freed] + waiting;
	all.ends = n[LATENCY_ends];
	known = all.samples + all.repeated + all.starts;
	all.evicted = n[LATENCY_starts] > known ? n[LATENCY_starts] - known : 0;
	s->output->latency(&s->out, &all);
}

void report(struct session *s)
{
	uint32_t i;
	int err;

	s->output->ended(&s->out);
	for (i = 0; s->plan->config.print_maps_on_exit && i < s->plan->nmaps; i++) {
		if (s->plan->maps[i]->hidden)
			continue;
		err = report_map(s, &s->maps[i], 0, 0, false);
		if (!err)
			continue;
		fail(NULL, "cannot read %s: %s", s->plan->maps[i]->name, fail_text(err));
		s->failed = true;
	}
	out_flush(&s->out);
	for (i = 0; i < s->plan->nlatencies; i++)
		report_latency(s, &s->plan->latencies[i]);
	report_losses(s);
	out_flush(&s->out);
}
