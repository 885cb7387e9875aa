/* SPDX-License-Identifier: Apache-2.0 */
/* A line per packet to a file: what is lost, and what reading the events costs. */
#include <unistd.h>

#include "bench.h"

#define SCRIPT                                                           \
	"tracepoint:net:net_dev_queue { printf(\"%llu %d %s %s %d\\n\"," \
	" nsecs, pid, comm, str(args->name), args->len); }"
#define ROUNDS 3
#define RATE 20000
#define PACED 20000
#define FLAT_OUT 100000
#define US 1e3

/* @rate: packets a second, 0 for as fast as they go. */
static void one(enum subject who, const char *name, unsigned int packets, unsigned int rate)
{
	uint64_t cpu, start, lines, sent;
	struct child c;

	if (!child_tool(who) || !child_start(&c, who, SCRIPT, 0))
		return;
	child_settle(&c);
	cpu = child_cpu(&c);
	start = now_ns();
	if (rate)
		net_pace(packets, rate);
	else
		net_send(packets);
	sent = now_ns() - start;
	child_settle(&c);
	cpu = child_cpu(&c) - cpu;
	child_stop(&c);
	lines = child_lines(&c, " " NET_DEVICE " ");
	close(c.out);
	row_add(row(name, "% lost", 1, 1), who,
		lines >= packets ? 0 : 100 * (1 - (double)lines / packets));
	row_add(row(name, "us CPU/event", 2, 1), who, lines ? (double)cpu / US / (double)lines : 0);
	if (!rate)
		row_add(row(name, "k packets/s", 0, 0), who, packets * 1e6 / (double)sent);
}

void group_stream(void)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		one(SUBJECT_OURS, "stream, 20 k/s", PACED, RATE);
		one(SUBJECT_PEER, "stream, 20 k/s", PACED, RATE);
		one(SUBJECT_OURS, "stream, flat out", FLAT_OUT, 0);
		one(SUBJECT_PEER, "stream, flat out", FLAT_OUT, 0);
	}
}
