/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CAPTURE_H
#define RUNTIME_CAPTURE_H

/* capture(): packets of records go to files. What fails is reported, and ends the run. */

#include <stdbool.h>

struct event;
struct session;

/* Makes the files of all capture() in the script. False after a message. */
bool capture_open(struct session *s);
void capture_record(struct session *s, const struct event *e, const unsigned char *record);

/* Others can read what was written so far. */
void capture_flush(struct session *s);
void capture_close(struct session *s);

#endif
