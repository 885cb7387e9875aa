/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an event costs: by the kernel's statistics of the program, and as seen by the
 * sender of the packets, without statistics, against the same burst without a probe.
 */
#include <sched.h>
#include <unistd.h>

#include "bench.h"

#define ROUNDS 7
#define WARM 2000
#define COUNTED 20000
#define BURST 50
#define BURSTS 240

/* A script and what does the same by hand: <hand>_tp and <hand>_btf in hand.bpf.c. */
struct script {
	const char *name, *hand, *tracepoint, *text;
};

static const struct script scripts[] = {
	{ "count by comm", "count", "net/net_dev_queue",
	  "tracepoint:net:net_dev_queue { @[comm] = count(); }" },
	{ "hist by device", "hist", "net/netif_receive_skb",
	  "tracepoint:net:netif_receive_skb { @len[str(args->name)] = hist(args->len); }" },
	{ "filter, sum, max", "filter", "net/net_dev_queue",
	  "tracepoint:net:net_dev_queue /args->len > 500/"
	  " { @bytes = sum(args->len); @largest = max(args->len); }" },
};

static struct row *row_of(const struct script *s, const char *what, const char *unit, double target)
{
	char name[64];

	snprintf(name, sizeof(name), "%s: %s", s->name, what);
	return row(name, unit, 0, target);
}

/* Others do not run on this CPU meanwhile. */
static void alone(bool yes)
{
	struct sched_param p = { .sched_priority = yes ? 1 : 0 };

	if (sched_setscheduler(0, yes ? SCHED_FIFO : SCHED_OTHER, &p))
		perror("bench: sched_setscheduler");
}

/* Nanoseconds a packet takes its sender: the median of short bursts, so that noise drops out. */
static double packet_ns(void)
{
	static double times[BURSTS];
	uint64_t start;
	int i;

	alone(true);
	for (i = 0; i < BURSTS; i++) {
		start = now_ns();
		net_send(BURST);
		times[i] = (double)(now_ns() - start) / BURST;
	}
	alone(false);
	return median(times, BURSTS);
}

static void measure(const struct script *s, enum subject who, uint32_t id, double bare)
{
	struct prog_stats a = { 0 }, b = { 0 };

	net_send(WARM);
	row_add(row_of(s, "packet, added", "ns", 1), who, packet_ns() - bare);
	bpf_stats(true);
	bpf_prog_read(id, &a);
	net_send(COUNTED);
	bpf_prog_read(id, &b);
	bpf_stats(false);
	if (b.runs > a.runs)
		row_add(row_of(s, "program run", "ns", 1), who,
			(double)(b.ns - a.ns) / (double)(b.runs - a.runs));
	if (who == SUBJECT_EMPTY)
		return;
	row_add(row_of(s, "program", "instructions", 0), who, b.instructions);
	row_add(row_of(s, "machine code", "bytes", 0), who, b.jited);
}

static void with_child(const struct script *s, enum subject who)
{
	double bare = packet_ns();
	struct child c;

	if (!child_tool(who) || !child_start(&c, who, s->text, 0))
		return;
	measure(s, who, c.prog, bare);
	child_stop(&c);
	close(c.out);
}

static void with_own(const struct script *s, enum subject who)
{
	double bare = packet_ns();
	char name[32];
	struct own o;

	snprintf(name, sizeof(name), "%s_%s", s->hand, who == SUBJECT_C_TP ? "tp" : "btf");
	if (who == SUBJECT_EMPTY ? !own_empty(&o, s->tracepoint)
				 : !bench.hand || !own_hand(&o, name))
		return;
	measure(s, who, o.id, bare);
	own_close(&o);
}

void group_events(void)
{
	size_t i;
	int n;

	for (i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		for (n = 0; n < ROUNDS; n++) {
			with_child(&scripts[i], SUBJECT_OURS);
			with_child(&scripts[i], SUBJECT_PEER);
			with_own(&scripts[i], SUBJECT_C_TP);
			with_own(&scripts[i], SUBJECT_C_BTF);
			with_own(&scripts[i], SUBJECT_EMPTY);
		}
	}
}
