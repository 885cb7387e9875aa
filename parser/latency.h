/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_LATENCY_H
#define PARSER_LATENCY_H

/* What a script that mentions latencies gets besides its own probes: see latency.def. */

#include "parser/probe.h"

/* A body that looks up the start of a latency, for the programs that ask for it. */
struct latency_end {
	const struct latency_row *row;
	const char *where;
	const struct node *probe;
};

/* Adds probes that keep starts to @script, for the latencies that it mentions. */
void latency_add(struct checker *c, struct node *script, struct source *src);
/* Puts the bodies that look up starts before those of @p that ask for them. */
void latency_place(struct checker *c, struct place *p);
/* Where it is known, for a hint, and whether captured packets have it. */
const char *latency_where(struct checker *c, const char *name);
bool latency_replays(const char *name);
/* What the report needs. */
void latency_plan(struct checker *c, struct plan *plan);

#endif
