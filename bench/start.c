/* SPDX-License-Identifier: Apache-2.0 */
/* From exec to attached, memory, and from SIGINT to the end. */
#include <unistd.h>

#include "bench.h"

#define SCRIPT "tracepoint:net:net_dev_queue { @[comm] = count(); }"
#define ROUNDS 11
#define MS 1e6
#define MB (1024.0 * 1024)

/* The same twice, the second time with the tracepoint's record; and a program of some size. */
static const struct {
	const char *name, *script;
	bool peer; /* bpftrace runs it too, and there are targets */
} scripts[] = {
	{ "", SCRIPT, true },
	{ ", records", "config = { classic_tracepoints = 1 } " SCRIPT, false },
	{ ", flow", "net:netif_receive_skb { @[flow] = count(); }", false },
};

static void add(size_t i, enum subject who, const char *what, const char *unit, double target,
		double value)
{
	char name[64];

	snprintf(name, sizeof(name), "%s%s", what, scripts[i].name);
	row_add(row(name, unit, 1, scripts[i].peer ? target : 0), who, value);
}

static void one(size_t i, enum subject who)
{
	struct child c;

	if (!child_tool(who) || !child_start(&c, who, scripts[i].script, 0))
		return;
	add(i, who, "start to attached", "ms", 0.2, (double)(c.attached_ns - c.exec_ns) / MS);
	add(i, who, "start, processor time", "ms", 0.2, (double)child_cpu(&c) / MS);
	net_send(100);
	child_stop(&c);
	add(i, who, "peak memory", "MB", 1 / 3.0, (double)c.peak / MB);
	close(c.out);
	if (c.deaf)
		return;
	add(i, who, "SIGINT to exit", "ms", 1, (double)c.exit_ns / MS);
	add(i, who, "SIGINT to detached", "ms", 1, (double)c.detached_ns / MS);
}

void group_start(void)
{
	size_t i;
	int n;

	for (i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		for (n = 0; n < ROUNDS; n++) {
			one(i, SUBJECT_OURS);
			if (scripts[i].peer)
				one(i, SUBJECT_PEER);
		}
	}
}
