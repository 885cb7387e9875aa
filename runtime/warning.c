/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/warning.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/memory.h"
#include "runtime/session.h"

void warning_open(struct session *s)
{
	struct warnings *w = &s->warnings;
	struct bpf_map *map = bpf_object__find_map_by_name(s->object, PLAN_MAP_WARNINGS);

	w->fd = map && !s->options->no_warnings ? bpf_map__fd(map) : -1;
	if (w->fd < 0)
		return;
	w->count = bpf_map__value_size(map) / sizeof(*w->now);
	w->now = memory_new(w->count, sizeof(*w->now));
	w->told = memory_new(w->count, sizeof(*w->told));
}

void warning_close(struct session *s)
{
	free(s->warnings.now);
	free(s->warnings.told);
}

static const char *text_of(const struct warning *w)
{
	switch (w->kind) {
	case WARN_DIVISION:
		return "Divide or modulo by 0 detected. The result is 1.";
	case WARN_BOUNDS:
		return "Array access out of bounds. What is read there means nothing.";
	default:
		return w->returned != -E2BIG
			       ? strerror(-w->returned)
			       : "Map full; can't update element. Try increasing max_map_keys "
				 "config or manually setting the max entries in a map declaration "
				 "e.g. `let @a = hash(5000)`";
	}
}

static void tell(struct session *s, const struct warning *w)
{
	bool helper = w->kind == WARN_MAP_FULL;
	struct remark r = { .kind = helper ? "helper_error" : "runtime_error",
			    .word = "WARNING",
			    .source = s->plan->source,
			    .span = w->span,
			    .text = text_of(w),
			    .length = strlen(text_of(w)),
			    .helper = helper ? "map_update_elem" : NULL,
			    .returned = w->returned,
			    .place = true };

	out_flush(&s->out);
	s->output->remark(&s->out, &r);
}

void warning_take(struct session *s)
{
	struct warnings *w = &s->warnings;
	uint32_t key = 0;

	if (w->fd < 0 || bpf_map_lookup_elem(w->fd, &key, w->now))
		return;
	for (uint32_t i = 0; i < w->count; i++) {
		if (w->now[i].kind == WARN_NONE || w->told[i])
			continue;
		w->told[i] = true;
		tell(s, &w->now[i]);
	}
}

void warning_poll(struct session *s)
{
	struct timespec now;
	uint64_t ns;

	if (s->warnings.fd < 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	if (ns < s->warnings.next_ns)
		return;
	s->warnings.next_ns = ns + WARNING_MS * 1000000ull;
	warning_take(s);
}
