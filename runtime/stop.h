/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_STOP_H
#define RUNTIME_STOP_H

/* Being told to end: SIGINT, SIGTERM and SIGHUP, blocked early so that none is lost. */

#include <signal.h>
#include <stdint.h>

struct stop {
	int fd;             /* signalfd */
	unsigned int count; /* how often we were told */
	uint64_t first_ns;  /* monotonic clock of the first time; 0: never */
	sigset_t old_mask;
	struct sigaction old_pipe;
};

#define STOP_INIT        \
	{                \
		.fd = -1 \
	}

/* Blocks the signals, and ignores SIGPIPE: writes tell of it. Returns 0 or -errno. */
int stop_open(struct stop *s);
/* Restores how signals were handled before, but for what stop_arm() did: the end is near. */
void stop_close(struct stop *s);

int stop_fd(const struct stop *s);

/*
 * Takes what has been signalled. Returns how often in all; what follows within a
 * quarter of a second counts once: timeout(1) sends its signal twice.
 */
unsigned int stop_take(struct stop *s);

/* We are ending: from here on a second request ends the process at once. */
void stop_arm(struct stop *s);

/* In a forked child: signals as the process was started with. */
void stop_child(const struct stop *s);

#endif
