/* SPDX-License-Identifier: Apache-2.0 */
/* -r: probes that are given a packet are given those of a capture. */
#include <string.h>

#include "parser/probe.h"

/* What a capture has is the packet, and nothing else that the probe is given. */
static void make_replayed(struct attach *at)
{
	at->prog = PROG_SKB;
	at->btf = NULL;
	at->btf_id = at->nargs = 0;
	at->retval = NULL;
}

bool probe_replayed(const struct checker *c, const struct attach *at)
{
	return c->options->replay && at->prog == PROG_SKB;
}

/* Of the moment when a packet was captured nobody knows what ran, and where. */
static const char *const unknown[] = {
	"args",    "cgroup", "comm",          "cpu",         "ctx",        "curtask",  "gid",
	"jiffies", "kstack", "numaid",        "leader_comm", "leader_tid", "pcomm",    "pid",
	"ppid",    "signal", "signal_thread", "tid",         "uid",        "username", "ustack",
};

bool check_replay_lacks(struct checker *c, const struct node *n)
{
	if (!probe_replayed(c, c->body->attach))
		return false;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		if (strcmp(unknown[i], n->text))
			continue;
		HINT(c, ERR(c, BAD_CONTEXT, n->span, "a captured packet has no '%s'", n->text),
		     "with -r a probe knows the packet, when it was captured, and no more");
		return true;
	}
	return false;
}

void probe_replay(struct spec *s)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < s->nout; i++) {
		struct attach *at = &s->out[i];

		if (at->prog != PROG_CALL && !probe_has_packet(s->c, at))
			continue;
		if (at->prog != PROG_CALL)
			make_replayed(at);
		s->out[kept++] = *at;
	}
	if (s->nout && !kept)
		HINT(s->c,
		     ERR(s->c, BAD_PROBE, s->node->span, "%s has no packet that can be replayed",
			 s->nout == 1 ? s->out[0].name : s->text),
		     "with -r a script has begin, end, interval and self probes, and those that "
		     "carry a packet: net:net_dev_queue, net:netif_receive_skb, tc, xdp, ...");
	s->nout = kept;
}
