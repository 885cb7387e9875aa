/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/action.h"
#include "runtime/attach.h"
#include "runtime/capture.h"
#include "runtime/fail.h"
#include "runtime/load.h"
#include "runtime/loop.h"
#include "runtime/prepare.h"
#include "runtime/names.h"
#include "runtime/replay.h"
#include "runtime/report.h"
#include "runtime/session.h"
#include "runtime/skbout.h"

static const char *output_name(const struct session *s)
{
	return s->options->output_path ? s->options->output_path : "standard output";
}

static bool open_output(struct session *s)
{
	const char *path = s->options->output_path;
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : STDOUT_FILENO;

	if (fd < 0) {
		fail(NULL, "cannot write to %s: %s", path, fail_text(errno));
		return false;
	}
	out_open(&s->out, fd);
	out_open(&s->text, -1);
	s->out.max_strlen = s->text.max_strlen = s->plan->config.max_strlen;
	return true;
}

static bool start(struct session *s)
{
	int err = stop_open(&s->stop);

	if (err) {
		fail(NULL, "cannot receive signals: %s", fail_text(err));
		return false;
	}
	if (!open_output(s))
		return false;
	s->out.stop = &s->stop;
	if (!replay_open(s))
		return false;
	return !s->options->command || command_prepare(&s->command, s->options->command, &s->stop);
}

/* True when only begin, end and iter probes are there, so nothing is to be waited for. */
static bool runs_once(const struct session *s)
{
	uint32_t i;

	for (i = 0; i < s->plan->nprograms; i++) {
		enum provider_id id = s->plan->programs[i].provider->id;

		if (id != PROVIDER_begin && id != PROVIDER_end && id != PROVIDER_iter)
			return false;
	}
	return !s->options->command;
}

/* The process of -c or -p may be gone when its addresses are printed. */
static void remember_process(struct session *s)
{
	uint32_t pid = s->command.pid ? (uint32_t)s->command.pid : s->plan->pid;

	if (pid)
		names_remember(s->names, pid);
}

/* The same on captured packets. */
static bool replay(struct session *s)
{
	if (!replay_begin(s) || !attach_call(s, PROVIDER_begin))
		return false;
	if (!s->done && !attach_all(s))
		return false;
	if (!s->done)
		replay_run(s);
	return true;
}

/* From BEGIN to the end of the loop. Returns false when it could not even begin. */
static bool trace(struct session *s)
{
	if (s->replay && !s->options->dry_run)
		return replay(s);
	if (!s->options->dry_run && !attach_call(s, PROVIDER_begin))
		return false;
	if (s->done)
		return true;
	if (!attach_all(s))
		return false;
	if (!s->options->quiet)
		s->output->attached(&s->out, s->plan->nattaches);
	out_flush(&s->out);
	if (s->options->dry_run)
		return true;
	if (!command_start(&s->command, s->options->command))
		return false;
	remember_process(s);
	command_continue(&s->command);
	if (!runs_once(s))
		loop_run(s);
	remember_process(s);
	return attach_iterate(s);
}

/* The probes are gone: what is still to be said. */
static void finish(struct session *s)
{
	s->out.stop = NULL;
	stop_arm(&s->stop);
	loop_drain_all(s);
	skbout_take(s);
	s->ending = true;
	s->discard = false;
	attach_call(s, PROVIDER_end);
	warning_take(s);
	report(s);
}

/* The process's exit status once all is written. */
static int exit_status(const struct session *s, bool ok)
{
	if (!ok || s->failed)
		return RUNTIME_FAILED;
	if (s->out.error == EINTR)
		return RUNTIME_INTERRUPTED;
	/* A reader that has enough is no failure of ours. */
	if (s->out.error && s->out.error != EPIPE) {
		fail(NULL, "cannot write to %s: %s", output_name(s), fail_text(s->out.error));
		return RUNTIME_FAILED;
	}
	if (s->exited && s->status)
		return s->status;
	return s->lost && s->options->strict ? RUNTIME_LOST : 0;
}

static void close_all(struct session *s)
{
	command_end(&s->command);
	action_close(s);
	warning_close(s);
	replay_close(s);
	names_close(s->names);
	loop_close(s);
	free(s->watched);
	unload(s);
	if (s->options->output_path && s->out.data)
		close(s->out.fd);
	out_close(&s->out);
	out_close(&s->text);
	stop_close(&s->stop);
}

struct prepared *runtime_prepare(const struct plan *plan)
{
	return prepare_begin(plan);
}

void runtime_forget(struct prepared *prepared)
{
	prepare_end(prepared);
}

int runtime_run(const struct plan *plan, struct prepared *prepared, const void *object, size_t size,
		const struct runtime_options *options)
{
	struct session s = {
		.plan = plan,
		.options = options,
		.output = &output_rows[options->format],
		.stop = STOP_INIT,
		.command = COMMAND_INIT,
		.epoll = -1,
		.lost_fd = -1,
		.warnings = { .fd = -1 },
	};
	bool ok;
	int status;

	prepare_wait(prepared);
	ok = start(&s) && load(&s, object, size, prepared) && loop_open(&s);
	prepare_end(prepared);
	if (ok) {
		s.names = s.out.names = s.text.names = names_open(plan, s.object);
		action_open(&s);
		warning_open(&s);
		ok = (options->dry_run || (capture_open(&s) && skbout_open(&s))) && trace(&s);
		attach_detach(&s);
		if (ok && !options->dry_run)
			finish(&s);
		capture_close(&s);
		skbout_close(&s);
	}
	status = exit_status(&s, ok);
	close_all(&s);
	return status;
}
