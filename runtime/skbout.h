/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_SKBOUT_H
#define RUNTIME_SKBOUT_H

/* skboutput(): packets that the kernel copies into perf buffers, to files of pcap. */

#include <stdbool.h>

struct session;

/* Makes the files. False after a message. */
bool skbout_open(struct session *s);
/* Writes what has come. */
void skbout_take(struct session *s);
/* The same, so that others can read it. */
void skbout_flush(struct session *s);
void skbout_close(struct session *s);

#endif
