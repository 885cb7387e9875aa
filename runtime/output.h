/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_OUTPUT_H
#define RUNTIME_OUTPUT_H

/* What a run has to say, in one of the formats of output.def. */

#include "runtime/out.h"
#include "runtime/rows.h"
#include "runtime/runtime.h"

/* What did not make it into the output. */
struct losses {
	uint64_t events, map_updates;
	uint64_t skipped_runs; /* the kernel did not run a program inside another one */
	uint64_t tls_split;    /* no loss: hellos of TLS that go on in another packet */
	uint64_t unkeyed;      /* no loss: statements without a value for a map's key */
	const char *hint;      /* how to lose less, or NULL */
};

/* How much of a latency was measured. */
struct latencies {
	const char *name;
	uint64_t samples;
	uint64_t repeated;     /* ends that nobody knows the start of: it was seen twice */
	uint64_t starts, ends; /* without the other */
	uint64_t evicted;      /* starts that made room for others */
	bool counts_ends;      /* ends without a start are known to be ends */
};

/* A message of the script about itself. */
struct remark {
	const char *kind, *word; /* "errorf", "ERROR" */
	const struct source *source;
	struct span span;
	const char *text;
	size_t length;
	const char *helper; /* of the kernel, that returned an error; NULL: none */
	int64_t returned;
	bool place; /* with the line of the script, and what the helper returned below it */
};

struct output {
	const char *name, *doc;
	/* Text of printf() and time(); @kind is the action's name. */
	void (*message)(struct out *o, const char *kind, const char *text, size_t n);
	/* errorf() and warnf(). */
	void (*remark)(struct out *o, const struct remark *r);
	/* print() of a value. */
	void (*value)(struct out *o, const struct type *t, const void *data);
	/* A map whose rows are arranged. */
	void (*map)(struct out *o, const struct rows *r);
	/* All @n probes are attached. */
	void (*attached)(struct out *o, uint32_t n);
	/* The script has ended; maps follow. */
	void (*ended)(struct out *o);
	void (*lost)(struct out *o, const struct losses *l);
	/* A latency that the script asked for. */
	void (*latency)(struct out *o, const struct latencies *l);
};

/* What a remark calls a file: scripts for bpftrace know those that are in none as stdin. */
const char *remark_file(const char *name);

extern const struct output output_rows[OUTPUT_COUNT];

#define OUTPUT(ID, name, doc)                                                             \
	void name##_message(struct out *o, const char *kind, const char *text, size_t n); \
	void name##_remark(struct out *o, const struct remark *r);                        \
	void name##_value(struct out *o, const struct type *t, const void *data);         \
	void name##_map(struct out *o, const struct rows *r);                             \
	void name##_attached(struct out *o, uint32_t n);                                  \
	void name##_ended(struct out *o);                                                 \
	void name##_lost(struct out *o, const struct losses *l);                          \
	void name##_latency(struct out *o, const struct latencies *l);
#include "runtime/output.def"
#undef OUTPUT

#endif
