/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/action.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/capture.h"
#include "runtime/fail.h"
#include "runtime/memory.h"
#include "runtime/provider.h"
#include "runtime/replay.h"
#include "runtime/report.h"
#include "runtime/session.h"
#include "runtime/skbout.h"
#include "runtime/value.h"

typedef void act_fn(struct session *s, const struct event *e, const unsigned char *record);

#define ACTION(id, args, doc) static act_fn act_##id;
#include "parser/action.def"
#undef ACTION

static act_fn *const act_functions[ACTION_COUNT] = {
#define ACTION(id, args, doc) [ACTION_##id] = act_##id,
#include "parser/action.def"
#undef ACTION
};

/* Argument @i of an event, an integer; 0 when it is not given. */
static int64_t argument(const struct event *e, const unsigned char *record, uint32_t i)
{
	int64_t v = 0;

	if (i < e->nargs)
		memcpy(&v, record + e->args[i].offset, sizeof(v));
	return v;
}

static void act_printf(struct session *s, const struct event *e, const unsigned char *record)
{
	struct format *f = s->formats[e->id];

	if (s->options->format == OUTPUT_TEXT) {
		format_print(&s->out, f, record);
		return;
	}
	out_reset(&s->text);
	format_print(&s->text, f, record);
	s->output->message(&s->out, e->action->name, s->text.data, s->text.length);
}

/* The text of an event's format. */
static const char *formatted(struct session *s, const struct event *e, const unsigned char *record)
{
	out_reset(&s->text);
	format_print(&s->text, s->formats[e->id], record);
	out_char(&s->text, 0);
	s->text.length--;
	return s->text.data;
}

static void remark(struct session *s, const struct event *e, const unsigned char *record,
		   const char *word)
{
	struct remark r = { .kind = e->action->name,
			    .word = word,
			    .source = s->plan->source,
			    .span = e->span,
			    .text = formatted(s, e, record) };

	r.length = s->text.length;
	out_flush(&s->out);
	s->output->remark(&s->out, &r);
}

void action_failure(struct session *s, const struct failure *f)
{
	static const struct {
		uint32_t id;
		const char *name;
	} helpers[] = { { BPF_FUNC_probe_read_kernel, "probe_read_kernel" },
			{ BPF_FUNC_probe_read_user, "probe_read_user" },
			{ BPF_FUNC_probe_read_kernel_str, "probe_read_kernel_str" },
			{ BPF_FUNC_probe_read_user_str, "probe_read_user_str" },
			{ BPF_FUNC_map_lookup_elem, "map_lookup_elem" } };
	const char *why = f->returned ? strerror((int)-f->returned) : "no such key";
	struct remark r = { .kind = "helper_error",
			    .word = "WARNING",
			    .source = s->plan->source,
			    .span = f->span,
			    .text = why,
			    .length = strlen(why),
			    .returned = f->returned };

	for (size_t i = 0; i < sizeof(helpers) / sizeof(*helpers); i++)
		if (helpers[i].id == f->helper)
			r.helper = helpers[i].name;
	if (s->options->no_warnings || !r.helper)
		return;
	out_flush(&s->out);
	s->output->remark(&s->out, &r);
}

static void act_errorf(struct session *s, const struct event *e, const unsigned char *record)
{
	remark(s, e, record, "ERROR");
}

static void act_warnf(struct session *s, const struct event *e, const unsigned char *record)
{
	if (!s->options->no_warnings)
		remark(s, e, record, "WARNING");
}

/* At most @limit bytes of @f, then the message called @kind. */
static void pass_on(struct session *s, FILE *f, size_t limit, const char *kind)
{
	char part[4096];
	size_t n;

	out_reset(&s->text);
	while (limit && (n = fread(part, 1, limit < sizeof(part) ? limit : sizeof(part), f)) > 0) {
		out_bytes(&s->text, part, n);
		limit -= n;
	}
	s->output->message(&s->out, kind, s->text.data, s->text.length);
}

static void act_cat(struct session *s, const struct event *e, const unsigned char *record)
{
	const char *path = formatted(s, e, record);
	FILE *f = fopen(path, "re");

	if (!f) {
		fail(NULL, "cat: cannot read '%s': %s", path, fail_text(errno));
		return;
	}
	pass_on(s, f, s->plan->config.max_cat_bytes, "cat");
	fclose(f);
}

static void act_system(struct session *s, const struct event *e, const unsigned char *record)
{
	const char *command = formatted(s, e, record);
	FILE *f;

	out_flush(&s->out);
	capture_flush(s);
	skbout_flush(s);
	f = popen(command, "re");
	if (!f) {
		fail(NULL, "system: cannot run '%s': %s", command, fail_text(errno));
		return;
	}
	pass_on(s, f, SIZE_MAX, "syscall");
	pclose(f);
}

static void act_join(struct session *s, const struct event *e, const unsigned char *record)
{
	const struct fmt_piece *separator = e->fmt->pieces;
	int64_t count = argument(e, record, 0), i;

	out_reset(&s->text);
	for (i = 1; i <= count && i < e->nargs; i++) {
		if (i > 1)
			out_bytes(&s->text, separator->text, separator->length);
		value_print(&s->text, e->args[i].type, record + e->args[i].offset, VALUE_TEXT);
	}
	if (s->options->format == OUTPUT_TEXT)
		out_char(&s->text, '\n');
	s->output->message(&s->out, "join", s->text.data, s->text.length);
}

static const struct live_map *live_map(const struct session *s, const struct map *map)
{
	uint32_t i;

	for (i = 0; i + 1 < s->plan->nmaps && s->plan->maps[i] != map; i++)
		;
	return &s->maps[i];
}

static void map_failed(struct session *s, const struct map *map, int err)
{
	fail(NULL, "cannot read or change %s: %s", map->name, fail_text(err));
	s->failed = s->done = true;
}

/* One key's value: the CPUs' are folded here, not in the program. */
static void print_key(struct session *s, const struct event *e, const unsigned char *record)
{
	struct rows r;
	int err = rows_read_key(&r, live_map(s, e->map), record + e->args[0].offset);

	if (!err)
		s->output->value(&s->out, e->map->value, r.store + r.value_at);
	rows_free(&r);
	if (err)
		map_failed(s, e->map, err);
}

static void act_print(struct session *s, const struct event *e, const unsigned char *record)
{
	int err;

	if (e->keyed) {
		print_key(s, e, record);
		return;
	}
	if (!e->map) {
		if (e->nargs)
			s->output->value(&s->out, e->args[0].type, record + e->args[0].offset);
		return;
	}
	err = report_map(s, live_map(s, e->map), (uint64_t)argument(e, record, 0),
			 (uint64_t)argument(e, record, 1), true);
	if (err)
		map_failed(s, e->map, err);
}

static void act_clear(struct session *s, const struct event *e, const unsigned char *record)
{
	int err = rows_clear(live_map(s, e->map));

	(void)record;
	if (err)
		map_failed(s, e->map, err);
}

static void act_zero(struct session *s, const struct event *e, const unsigned char *record)
{
	int err = rows_zero(live_map(s, e->map));

	(void)record;
	if (err)
		map_failed(s, e->map, err);
}

void action_exit(struct session *s, int status)
{
	if (!s->exited)
		s->status = status;
	s->exited = s->done = true;
	/* What happens until the probes are detached is after the script's end. */
	s->discard = !s->ending;
}

static void act_unwatch(struct session *s, const struct event *e, const unsigned char *record)
{
	provider_unwatch(s, (uint64_t)argument(e, record, 0));
}

static void act_exit(struct session *s, const struct event *e, const unsigned char *record)
{
	action_exit(s, (int)argument(e, record, 0));
}

/* The script's author chose the format. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static size_t format_time(char *text, size_t size, const char *fmt, time_t now)
{
	struct tm tm;

	return localtime_r(&now, &tm) ? strftime(text, size, fmt, &tm) : 0;
}
#pragma GCC diagnostic pop

static void act_time(struct session *s, const struct event *e, const unsigned char *record)
{
	const struct fmt_piece *piece = e->fmt && e->fmt->count ? e->fmt->pieces : NULL;
	char text[1024], *fmt;
	time_t now;
	size_t n;

	(void)record;
	fmt = piece ? strndup(piece->text, piece->length) : strdup("%H:%M:%S\n");
	now = s->replay ? (time_t)(replay_now(s) / 1000000000) : time(NULL);
	n = fmt ? format_time(text, sizeof(text), fmt, now) : 0;
	free(fmt);
	s->output->message(&s->out, e->action->name, text, n);
}

static void act_capture(struct session *s, const struct event *e, const unsigned char *record)
{
	capture_record(s, e, record);
}

void action_open(struct session *s)
{
	uint32_t i;

	s->formats = memory_new(s->plan->nevents, sizeof(struct format *));
	for (i = 0; i < s->plan->nevents; i++) {
		const struct event *e = s->plan->events[i];

		if (e->fmt)
			s->formats[i] = format_new(e->fmt, e->args);
	}
}

void action_close(struct session *s)
{
	uint32_t i;

	for (i = 0; s->formats && i < s->plan->nevents; i++)
		format_free(s->formats[i]);
	free(s->formats);
}

void action_run(struct session *s, const struct event *e, const void *record)
{
	act_functions[e->action->id](s, e, record);
}
