/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

/* What is compared, how it is run, and what comes out. All times are nanoseconds. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>

#define MAX_SAMPLES 256
#define MAX_ROWS 64

enum subject {
	SUBJECT_OURS,
	SUBJECT_PEER,  /* bpftrace */
	SUBJECT_C_TP,  /* by hand in C, at the tracepoint */
	SUBJECT_C_BTF, /* by hand in C, at the typed raw tracepoint */
	SUBJECT_EMPTY, /* a program that returns */
	SUBJECT_COUNT
};

/* What is set before anything is measured. */
struct bench {
	const char *ours;   /* path of pktscript */
	const char *peer;   /* path of bpftrace; NULL: not here */
	const char *hand;   /* object of the programs written in C; NULL: not here */
	const char *json;   /* where the results go; NULL: nowhere */
	const char *only;   /* measure the lines whose name has this; NULL: all */
	unsigned int times; /* every line is measured this many times over */
	double load[2];     /* load average before and after */
	bool strict;        /* a missed target is a failure */
};

extern struct bench bench;

/* rows.c: samples, medians, ratios. */

/* One measured quantity. Samples of the same index were taken next to each other. */
struct row {
	const char *name, *unit;
	int digits;    /* decimals that are shown */
	double target; /* ours / peer is to be at most this; 0: no target */
	double limit;  /* ours / the best C is to be at most this; 0: no target */
	bool more;     /* more is better: the ratios are turned round */
	double sample[SUBJECT_COUNT][MAX_SAMPLES];
	unsigned int count[SUBJECT_COUNT];
};

/* The row called @name, new if there is none. */
struct row *row(const char *name, const char *unit, int digits, double target);
void row_add(struct row *r, enum subject who, double value);
double median(const double *values, unsigned int count);
double row_median(const struct row *r, enum subject who);

/* The median of the ratios of neighbours, ours to @other; NAN when one is missing or zero. */
double row_ratio(const struct row *r, enum subject other);

/* "ok", "missed", "no peer", or "-" for a row without a target. */
const char *row_verdict(const struct row *r);

/* The rows there are; @count gets how many. */
const struct row *rows_all(unsigned int *count);

/* report.c */
void report_table(FILE *f);
int report_json(const char *path);

/* net.c: a veth pair between two network namespaces of our own, which end with us. */
bool net_open(void);
void net_host(void);                 /* back to the namespace we came from, for a child */
void net_send(unsigned int packets); /* datagrams, small and large in turn */
void net_pace(unsigned int packets, unsigned int a_second);
#define NET_DEVICE "bench0"

/* bpf.c: programs in the kernel. */
struct prog_stats {
	uint64_t ns, runs;
	uint32_t instructions, jited;
};

int bpf_stats(bool on);         /* 0, or -errno */
uint32_t bpf_last_prog(void);   /* the highest id */
bool bpf_prog_ran(uint32_t id); /* counted by the statistics */
bool bpf_prog_gone(uint32_t id);
bool bpf_prog_next(uint32_t *id); /* the next one after *id */
bool bpf_prog_read(uint32_t id, struct prog_stats *s);

/* One of our own programs, attached. */
struct own {
	uint32_t id;
	void *object, *link;
	int prog, perf;
};

bool own_empty(struct own *o, const char *tracepoint);
bool own_hand(struct own *o, const char *program);
void own_close(struct own *o);

/* child.c: a tracer with one script. */
struct child {
	pid_t pid;
	uint32_t prog; /* the program that was seen to run */
	int out;       /* its standard output */
	uint64_t exec_ns, attached_ns, exit_ns, detached_ns;
	uint64_t cpu_ns;   /* until its end */
	uint64_t peak;     /* bytes */
	unsigned int deaf; /* interrupts it did not end at within seconds */
};

uint64_t now_ns(void);
void sleep_ns(uint64_t ns);

/* The tool's path, NULL when it is not here. */
const char *child_tool(enum subject who);

/*
 * Starts the tool with @script and waits until its program has run on a packet of ours.
 * With @keys its maps hold that many. False, with a message, when that fails.
 */
bool child_start(struct child *c, enum subject who, const char *script, unsigned int keys);

/* The processor time it used so far. */
uint64_t child_cpu(const struct child *c);

/* Waits until its output does not grow any more. */
void child_settle(const struct child *c);

/* How many lines of its output have @word. */
uint64_t child_lines(const struct child *c, const char *word);

/* Interrupts it and waits for its end. Fills in the rest. */
void child_stop(struct child *c);

/* The groups of lines. */
typedef void group_fn(void);
group_fn group_start, group_events, group_flow, group_stream, group_keys;

#endif
