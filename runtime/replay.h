/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_REPLAY_H
#define RUNTIME_REPLAY_H

/*
 * -r: the programs of probes that carry a packet run once for each packet of a capture, by
 * BPF_PROG_TEST_RUN, and intervals when its clock has come so far.
 */

#include <stdbool.h>
#include <stdint.h>

#include "parser/plan.h"

struct session;

/* Opens the file, if there is one to replay. Reports and returns false. */
bool replay_open(struct session *s);
void replay_close(struct session *s);

/* Between opening and loading the object: how its maps are made. */
void replay_prepare(struct session *s);

/* Reads up to the first packet, with which time begins. Reports and returns false. */
bool replay_begin(struct session *s);

/* Takes a program that runs on packets, or on time; false: it is to be attached as ever. */
bool replay_attach(struct session *s, const struct program *p, uint32_t index);

/* Runs until the end of the file, or until something else ends it. */
void replay_run(struct session *s);

/* The time of what was captured last, in ns since 1970. */
uint64_t replay_now(const struct session *s);

#endif
