/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_CHECK_H
#define PARSER_CHECK_H

#include "kernel/kernel.h"
#include "parser/diag.h"
#include "parser/node.h"
#include "parser/plan.h"

struct check_options {
	const char *const *params; /* $1 and on */
	uint32_t nparams;
	const char *const *named; /* "--name=value" given after -- */
	uint32_t nnamed;
	uint32_t pid;              /* -p, 0: none */
	uint32_t kernel;           /* as in the plan */
	bool replay;               /* -r: the packets come from a file */
	bool command;              /* -c: there is a process for cpid */
	bool failures;             /* plan.failures */
	bool unsafe;               /* --unsafe: what changes the machine is allowed */
	uint32_t ncpus;            /* plan.ncpus */
	uint64_t pid_dev, pid_ino; /* plan.pid_dev, plan.pid_ino */
	uint64_t tai_offset_ns;    /* plan.tai_offset_ns */
	uint64_t wall_offset_ns;   /* plan.wall_offset_ns */
	uint64_t start_ns;         /* plan.start_ns */
};

/*
 * The checked, typed plan of a script, in @a, or NULL when @d has errors. Asks @k
 * about the probes it names and about nothing else. @script is typed in place; what is added to
 * it is added to @src too.
 */
const struct plan *check(struct arena *a, struct node *script, struct source *src, struct kernel *k,
			 struct diags *d, const struct check_options *options);

/*
 * The places that the probe specification @text means, in @a; how many. What is wrong with it
 * is in @d, whose source is that text.
 */
uint32_t check_probe_list(struct arena *a, struct kernel *k, const char *text, struct diags *d,
			  const struct attach **places);

/*
 * The packet that a place of check_probe_list() is given; place PACKET_NONE: none. The place is
 * changed to the hook that a script which reads packets would take.
 */
struct packet_source check_packet_source(struct arena *a, struct kernel *k, struct attach *place);

/* The plan as text for --dump=plan: probes, programs, maps with their layout, events. */
void plan_print(FILE *f, struct arena *a, const struct plan *plan);

#endif
