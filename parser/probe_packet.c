/* SPDX-License-Identifier: Apache-2.0 */
/* The packet that a probe is given, and the cheapest hook that gives it. */
#include <string.h>

#include "parser/packet.h"
#include "parser/probe.h"

/* What the bodies of a place mention. */
struct mentions {
	bool args;  /* fields of the tracepoint's record */
	bool stack; /* which differs by hook */
	bool packet;
	bool payload;
};

static void mention(void *ctx, const struct node *n)
{
	struct mentions *m = ctx;
	const struct builtin *b;

	/* inner.dns is a field of a field, dns alone is a name. */
	if (n->kind == NODE_IDENT || n->kind == NODE_FIELD)
		m->payload |= packet_reads_payload(n->text);
	if (n->kind != NODE_IDENT && n->kind != NODE_CALL)
		return;
	b = TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text);
	m->args |= b && b->varies == VARIES_ARGS;
	m->stack |= !strcmp(n->text, "kstack") || !strcmp(n->text, "ustack");
	m->packet |= !b && n->kind == NODE_IDENT && packet_is_root(n->text);
	m->packet |= !strcmp(n->text, action_rows[ACTION_capture].name) ||
		     !strcmp(n->text, func_rows[FUNC_pcap].name);
}

static const struct packet_source hooks[] = {
#define HOOK(event, place_, dir_, always_) \
	{ .place = PACKET_##place_, .dir = DIR_##dir_, .always = always_ },
#include "parser/hook.def"
#undef HOOK
};
static const char *const hook_names[] = {
#define HOOK(event, place, dir, always) #event,
#include "parser/hook.def"
#undef HOOK
};

static struct packet_source hook_of(const char *event)
{
	for (size_t i = 0; i < sizeof(hooks) / sizeof(*hooks); i++)
		if (!strcmp(hook_names[i], event))
			return hooks[i];
	return (struct packet_source){ .place = PACKET_ANY };
}

/* The struct that the type points at, or "". */
static const char *pointee(const struct kbtf *b, uint32_t id)
{
	struct kbtf_type t;

	if (!kbtf_type(b, kbtf_resolve(b, id), &t) || t.kind != BTF_KIND_PTR)
		return "";
	return kbtf_type(b, kbtf_resolve(b, t.ref), &t) && t.kind == BTF_KIND_STRUCT ? t.name : "";
}

static bool is_skb(const struct kbtf *b, uint32_t id)
{
	return !strcmp(pointee(b, id), "sk_buff");
}

/* What begins with a struct sock_common. */
static bool is_socket(const struct kbtf *b, uint32_t id)
{
	static const char *const structs[] = { "sock",     "sock_common", "tcp_sock",
					       "udp_sock", "inet_sock",   "unix_sock" };

	for (size_t i = 0; i < sizeof(structs) / sizeof(*structs); i++)
		if (!strcmp(pointee(b, id), structs[i]))
			return true;
	return false;
}

/* Iterators over sockets have one behind the meta data. */
static void iter_source(const struct attach *at, struct packet_source *s)
{
	struct kbtf_member m;
	struct kbtf_type t;

	if (!kbtf_member_at(at->btf, at->number, 1, &m))
		return;
	if (kbtf_type(at->btf, kbtf_resolve(at->btf, m.type), &t) && t.kind == BTF_KIND_UNION &&
	    !kbtf_member_at(at->btf, kbtf_resolve(at->btf, m.type), 0, &m))
		return;
	if (is_socket(at->btf, m.type))
		s->sock = (struct packet_word){ 8, 8 };
}

static void raw_source(struct checker *c, const struct attach *at, struct packet_source *s)
{
	bool record = at->provider->id == PROVIDER_tracepoint;
	const struct raw_tracepoint *tp =
		kernel_raw_tracepoint(c->kernel, record ? NULL : at->target, at->symbol);

	for (uint32_t i = 0; tp && i < tp->nargs; i++) {
		if (!s->skb.size && is_skb(tp->btf, tp->args[i].type))
			s->skb = (struct packet_word){ 8 * i, 8 };
		else if (!s->sock.size && is_socket(tp->btf, tp->args[i].type))
			s->sock = (struct packet_word){ 8 * i, 8 };
		else if (!strcmp(pointee(tp->btf, tp->args[i].type), "request_sock"))
			s->sock = (struct packet_word){ 8 * i, 8 };
		else if (!strcmp(tp->args[i].name, "reason"))
			s->reason = (struct packet_word){ 8 * i, 4 };
		else if (!strcmp(tp->args[i].name, "location"))
			s->location = (struct packet_word){ 8 * i, 8 };
	}
}

static void record_source(const struct tracepoint *tp, struct packet_source *s)
{
	for (uint32_t i = 0; tp && i < tp->nfields; i++) {
		const struct tp_field *f = &tp->fields[i];
		struct packet_word w = { f->offset, f->size };

		if (!strcmp(f->name, "skbaddr"))
			s->skb = w;
		else if (!strcmp(f->name, "skaddr"))
			s->sock = w;
		else if (!strcmp(f->name, "reason"))
			s->reason = w;
		else if (!strcmp(f->name, "location"))
			s->location = w;
	}
}

/* The function's parameters; those of a kprobe are in registers. */
static void function_source(struct checker *c, const struct attach *at, struct packet_source *s)
{
	const struct kbtf *b = at->btf ? at->btf : kernel_btf(c->kernel);
	uint32_t id = at->btf_id, count = 0, returns, type;
	const char *name;

	if (!id && b && at->symbol)
		id = kbtf_find(b, at->symbol, BTF_KIND_FUNC);
	if (!id || !kbtf_proto(b, id, &count, &returns))
		return;
	for (uint32_t i = 0; i < count && i < at->nargs; i++) {
		if (!kbtf_param(b, id, i, &name, &type) || at->args[i].kind != ARG_CTX)
			continue;
		if (!s->skb.size && is_skb(b, type))
			s->skb = (struct packet_word){ at->args[i].base, 8 };
		else if (!s->sock.size && is_socket(b, type))
			s->sock = (struct packet_word){ at->args[i].base, 8 };
	}
}

static struct packet_source source(struct checker *c, const struct attach *at,
				   const struct tracepoint *tp)
{
	struct packet_source s = { 0 };

	switch (at->prog) {
	case PROG_TRACEPOINT:
		s = hook_of(at->symbol);
		record_source(tp, &s);
		break;
	case PROG_RAW:
		s = hook_of(at->symbol);
		raw_source(c, at, &s);
		break;
	case PROG_FUNC:
	case PROG_REGS:
		s.place = PACKET_ANY;
		if (at->provider->id == PROVIDER_kprobe || at->prog == PROG_FUNC)
			function_source(c, at, &s);
		break;
	case PROG_XDP:
		return (struct packet_source){ .place = PACKET_XDP, .dir = DIR_IN };
	case PROG_SKB:
		if (c->options->replay)
			return (struct packet_source){ .place = PACKET_REPLAY };
		s.place = at->provider->id == PROVIDER_cgroup_skb ? PACKET_NET : PACKET_FRAME;
		if (at->provider->id != PROVIDER_socket)
			s.dir = at->egress ? DIR_OUT : DIR_IN;
		return s;
	case PROG_ITER:
		iter_source(at, &s);
		break;
	case PROG_CALL:
	case PROG_PERF:
		break;
	}
	return s.skb.size ? s : (struct packet_source){ .sock = s.sock };
}

bool probe_has_packet(struct checker *c, const struct attach *at)
{
	const struct tracepoint *tp = NULL;

	if (at->prog == PROG_TRACEPOINT)
		tp = kernel_tracepoint(c->kernel, at->target, at->symbol);
	return source(c, at, tp).place != PACKET_NONE;
}

/*
 * A raw tracepoint costs a third of one with a record, and gives the same answer when a body reads
 * nothing of that record.
 */
static bool take_raw(struct checker *c, struct attach *at)
{
	const struct raw_tracepoint *tp;

	if (c->config.classic_tracepoints || !kernel_is_running(c->kernel) ||
	    !strcmp(at->target, "syscalls"))
		return false;
	tp = kernel_btf(c->kernel) ? kernel_raw_tracepoint(c->kernel, NULL, at->symbol) : NULL;
	if (!tp)
		return false;
	at->prog = PROG_RAW;
	return true;
}

/*
 * Where no call is without a packet, the program is given what the verifier trusts: its loads need
 * no checks, where those of an address that was cast take some ten instructions each. For such
 * programs the kernel also reads what is in page fragments, since Linux 6.12.
 */
static void take_typed(struct checker *c, struct attach *at, bool payload)
{
	const struct kbtf *b = kernel_btf(c->kernel);
	struct packet_source *s = &at->packet;
	const struct raw_tracepoint *tp;

	if (at->prog != PROG_RAW || !s->skb.size)
		return;
	s->fragments = payload && c->options->kernel >= KERNEL_DYNPTR &&
		       kbtf_find(b, "bpf_dynptr_from_skb", BTF_KIND_FUNC);
	if (at->btf || (!s->always && !s->fragments))
		return;
	tp = kernel_raw_tracepoint(c->kernel, NULL, at->symbol);
	if (!tp)
		return;
	at->btf = tp->btf;
	at->btf_id = tp->id;
}

void probe_packet(struct checker *c, struct place *p)
{
	struct mentions m = { 0 };
	struct attach *at = &p->attach;

	for (uint32_t i = 0; i < c->nfunctions; i++)
		node_walk(c->functions[i], mention, &m);
	for (uint32_t i = 0; i < p->nprobes; i++)
		node_walk(p->probes[i], mention, &m);
	if (at->prog == PROG_TRACEPOINT && !m.args && !m.stack)
		take_raw(c, at);
	if (at->prog == PROG_TRACEPOINT && (m.args || m.packet))
		p->tp = kernel_tracepoint(c->kernel, at->target, at->symbol);
	if (!m.packet)
		return;
	at->packet = source(c, at, p->tp);
	take_typed(c, at, m.payload);
}

struct packet_source check_packet_source(struct arena *a, struct kernel *k, struct attach *place)
{
	static const struct check_options options;
	struct checker c = { .arena = a, .kernel = k, .options = &options };
	struct place p = { .attach = *place };

	if (p.attach.prog == PROG_TRACEPOINT)
		take_raw(&c, &p.attach);
	return source(&c, &p.attach, NULL);
}
