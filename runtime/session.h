/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_SESSION_H
#define RUNTIME_SESSION_H

/* One run of a script: what the stages of runtime_run() hand to each other. */

#include <bpf/libbpf.h>
#include <stdio.h>

#include "parser/plan.h"
#include "parser/tables.h"
#include "runtime/clsact.h"
#include "runtime/command.h"
#include "runtime/format.h"
#include "runtime/out.h"
#include "runtime/output.h"
#include "runtime/rows.h"
#include "runtime/stop.h"
#include "runtime/warning.h"

/* A growing list of file descriptors. */
struct fds {
	int *fd;
	uint32_t count;
};

/* The perf event of a watchpoint, which is among session.perf. */
struct watched {
	uint64_t address;
	int fd;
};

/* Something the loop waits for. */
struct session;
struct watch {
	int fd;
	void (*ready)(struct session *s, struct watch *w);
	const struct program *program; /* interval: what runs every period_ns */
	uint64_t period_ns, once_ns;   /* timers: 0 when it is not one */
};

struct session {
	const struct plan *plan;
	const struct runtime_options *options;
	const struct output *output;
	struct names *names;
	struct out out, text; /* text: a message being formatted */
	struct stop stop;
	struct command command;
	struct replay *replay; /* of -r; NULL: live */

	struct bpf_object *object;
	struct bpf_program **programs;  /* as plan->programs */
	struct live_map *maps;          /* as plan->maps */
	struct format **formats;        /* as plan->events; NULL where there is none */
	struct capwrite **captures;     /* of capture(), as plan->events */
	FILE **skb_files;               /* of skboutput(), as plan->skb_files */
	struct perf_buffer *skb_buffer; /* NULL: nothing calls it */
	uint64_t skb_lost;
	struct ring_buffer *ring; /* NULL: no events */
	uint32_t records;         /* drained in this round */
	struct warnings warnings;
	int lost_fd; /* where an exit() may be; -1: the script has none */

	struct fds links, perf; /* attached */
	struct clsact clsact;
	struct watched *watched; /* attached watchpoints */
	uint32_t nwatched;
	bool unlinked; /* some perf events hold their program without a link */
	struct watch *watches;
	uint32_t nwatches;
	int epoll;

	bool done;    /* the loop is to end */
	bool exited;  /* by exit() */
	bool discard; /* what happened after exit() is not shown */
	bool ending;  /* END programs run */
	bool failed;  /* an error was reported */
	bool lost;    /* something is missing in the output */
	int status;   /* of exit() */
};

#endif
