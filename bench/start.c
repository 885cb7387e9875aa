/* SPDX-License-Identifier: Apache-2.0 */
/* From exec to attached, memory, and from SIGINT to the end. */
#include <unistd.h>

#include "bench.h"

#define SCRIPT "tracepoint:net:net_dev_queue { @[comm] = count(); }"
#define ROUNDS 11
#define MS 1e6
#define MB (1024.0 * 1024)

static void one(enum subject who)
{
	struct child c;

	if (!child_tool(who) || !child_start(&c, who, SCRIPT, 0))
		return;
	row_add(row("start to attached", "ms", 1, 0.2), who,
		(double)(c.attached_ns - c.exec_ns) / MS);
	row_add(row("start, processor time", "ms", 1, 0.2), who, (double)child_cpu(&c) / MS);
	net_send(100);
	child_stop(&c);
	row_add(row("peak memory", "MB", 1, 1 / 3.0), who, (double)c.peak / MB);
	close(c.out);
	if (c.deaf)
		return;
	row_add(row("SIGINT to exit", "ms", 1, 1), who, (double)c.exit_ns / MS);
	row_add(row("SIGINT to detached", "ms", 1, 1), who, (double)c.detached_ns / MS);
}

void group_start(void)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		one(SUBJECT_OURS);
		one(SUBJECT_PEER);
	}
}
