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
#define FLOOD 100000
#define FLOW_LIMIT 1.15

/* A script and what does the same by hand: <hand>_tp and <hand>_btf in hand.bpf.c. */
struct script {
	const char *name, *hand, *tracepoint, *text;
	const char *peer; /* bpftrace's, where that is another */
	double target, limit;
};

static const struct script events[] = {
	{ "count by comm", "count", "net/net_dev_queue",
	  "tracepoint:net:net_dev_queue { @[comm] = count(); }", NULL, 1, 0 },
	{ "hist by device", "hist", "net/netif_receive_skb",
	  "tracepoint:net:netif_receive_skb { @len[str(args->name)] = hist(args->len); }", NULL, 1,
	  0 },
	{ "filter, sum, max", "filter", "net/net_dev_queue",
	  "tracepoint:net:net_dev_queue /args->len > 500/"
	  " { @bytes = sum(args->len); @largest = max(args->len); }",
	  NULL, 1, 0 },
};

/* The shortest that bpftrace has for a flow: right for IPv4 without tags alone. */
#define PEER_FLOW(event)                                                   \
	"tracepoint:net:" event " { $s = (struct sk_buff *)args->skbaddr;" \
	" $i = (struct iphdr *)($s->head + $s->network_header);"           \
	" $u = (struct udphdr *)($s->head + $s->transport_header);"        \
	" @[$i->saddr, $u->source, $i->daddr, $u->dest, $i->protocol] = count(); }"

static const struct script flows[] = {
	{ "flow, in", "flow_in", "net/netif_receive_skb",
	  "net:netif_receive_skb { @[flow] = count(); }", PEER_FLOW("netif_receive_skb"), 0.5,
	  FLOW_LIMIT },
	{ "flow, out", "flow_out", "net/net_dev_queue", "net:net_dev_queue { @[flow] = count(); }",
	  PEER_FLOW("net_dev_queue"), 0.5, FLOW_LIMIT },
};

static struct row *row_of(const struct script *s, const char *what, const char *unit, double target)
{
	struct row *r;
	char name[64];

	snprintf(name, sizeof(name), "%s: %s", s->name, what);
	r = row(name, unit, 0, target);
	r->limit = target > 0 ? s->limit : 0;
	return r;
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

/* As many as go, for those that have a limit. */
static void flood(const struct script *s, enum subject who)
{
	struct row *r = row_of(s, "flood", "k packets/s", 0);
	uint64_t start;

	r->more = true;
	r->limit = s->limit;
	alone(true);
	start = now_ns();
	net_send(FLOOD);
	row_add(r, who, FLOOD * 1e6 / (double)(now_ns() - start));
	alone(false);
}

static void measure(const struct script *s, enum subject who, uint32_t id, double bare)
{
	struct prog_stats a = { 0 }, b = { 0 };

	net_send(WARM);
	row_add(row_of(s, "packet, added", "ns", s->target), who, packet_ns() - bare);
	if (s->limit > 0)
		flood(s, who);
	bpf_stats(true);
	bpf_prog_read(id, &a);
	net_send(COUNTED);
	bpf_prog_read(id, &b);
	bpf_stats(false);
	if (b.runs > a.runs)
		row_add(row_of(s, "program run", "ns", s->target), who,
			(double)(b.ns - a.ns) / (double)(b.runs - a.runs));
	if (who == SUBJECT_EMPTY)
		return;
	row_add(row_of(s, "program", "instructions", 0), who, b.instructions);
	row_add(row_of(s, "machine code", "bytes", 0), who, b.jited);
}

static void with_child(const struct script *s, enum subject who)
{
	const char *text = who == SUBJECT_PEER && s->peer ? s->peer : s->text;
	double bare = packet_ns();
	struct child c;

	if (!child_tool(who) || !child_start(&c, who, text, 0))
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

static void compare(const struct script *s)
{
	with_child(s, SUBJECT_OURS);
	with_own(s, SUBJECT_C_BTF);
	with_child(s, SUBJECT_PEER);
	with_own(s, SUBJECT_C_TP);
	with_own(s, SUBJECT_EMPTY);
}

static void group(const struct script *scripts, size_t count)
{
	size_t i;
	int n;

	for (i = 0; i < count; i++)
		for (n = 0; n < ROUNDS; n++)
			compare(&scripts[i]);
}

void group_events(void)
{
	group(events, sizeof(events) / sizeof(*events));
}

void group_flow(void)
{
	group(flows, sizeof(flows) / sizeof(*flows));
}
