/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_WARNING_H
#define RUNTIME_WARNING_H

/* What programs warn of while they run: each place of the script once. */

#include <stdint.h>

#include "parser/plan.h"

#define WARNING_MS 100 /* how often the loop looks */

struct session;

struct warnings {
	int fd; /* of the map; -1: no program can warn */
	struct warning *now;
	bool *told;
	uint32_t count;
	uint64_t next_ns; /* when to look again */
};

void warning_open(struct session *s);
void warning_close(struct session *s);

/* Says what is new ... */
void warning_take(struct session *s);
/* ... when it is time to look. */
void warning_poll(struct session *s);

#endif
