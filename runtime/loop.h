/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_LOOP_H
#define RUNTIME_LOOP_H

/* Waiting for what the script asks for, and for its end. */

#include <stdbool.h>

struct session;
struct watch;

#define LOOP_CATCH_UP 16 /* expirations of an interval that are made up for at once */

/* Makes the ring buffer's reader and watches for all that ends a run. Reports and returns false. */
bool loop_open(struct session *s);
void loop_close(struct session *s);

/* Waits for @fd too, and owns it from now on. Returns false with errno; @fd is closed then. */
bool loop_watch(struct session *s, int fd, void (*ready)(struct session *s, struct watch *w));

/* From here on timers count. */
void loop_start(struct session *s);

/* Runs until something ends it: s->done. */
void loop_run(struct session *s);

/* Handles all that is there to be handled, without waiting. */
void loop_poll(struct session *s);

/* Handles the events that are there, no more: it is quick. */
void loop_take(struct session *s);

/* Handles all events that are there, and shows what they print. */
void loop_drain_all(struct session *s);

#endif
