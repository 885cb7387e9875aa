/* SPDX-License-Identifier: Apache-2.0 */
/* A map of many keys, printed at the end: the time stamp of each packet is a new key. */
#include <unistd.h>

#include "bench.h"

#define SCRIPT "tracepoint:net:net_dev_queue { @[nsecs] = count(); }"
#define ROUNDS 3
#define KEYS 100000
#define ROOM 120000
#define MS 1e6
#define MB (1024.0 * 1024)

static void one(enum subject who)
{
	struct child c;
	uint64_t lines;

	if (!child_tool(who) || !child_start(&c, who, SCRIPT, ROOM))
		return;
	row_add(row("100 k keys, start", "ms", 1, 1), who,
		(double)(c.attached_ns - c.exec_ns) / MS);
	net_send(KEYS);
	child_stop(&c);
	lines = child_lines(&c, "@[");
	close(c.out);
	if (lines < KEYS) {
		fprintf(stderr, "bench: %s printed only %llu keys\n", child_tool(who),
			(unsigned long long)lines);
		return;
	}
	if (c.deaf)
		return;
	row_add(row("100 k keys, SIGINT to exit", "ms", 0, 1), who, (double)c.exit_ns / MS);
	row_add(row("100 k keys, peak memory", "MB", 1, 1), who, (double)c.peak / MB);
}

void group_keys(void)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		one(SUBJECT_OURS);
		one(SUBJECT_PEER);
	}
}
