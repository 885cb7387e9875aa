/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields of packets. What a packet does not have is absent: the code then jumps to where the
 * expression around it is false, or where the statement ends.
 */
#include "codegen/packet.h"

#include <string.h>

#include "codegen/cg.h"
#include "codegen/kfunc.h"

LLVMValueRef packet_get(struct cg *cg, const struct packet_level *l, enum packet_slot slot)
{
	return cg_load(cg, l->slot[slot], 8, false);
}

void packet_set(struct cg *cg, const struct packet_level *l, enum packet_slot slot, LLVMValueRef v)
{
	cg_store(cg, l->slot[slot], v, 8);
}

void packet_require(struct cg *cg, LLVMValueRef condition)
{
	LLVMBasicBlockRef go = cg_block(cg, "there");

	cg_branch(cg, condition, go, cg->f.absent);
	cg_at(cg, go);
}

/* ---- what is needed ---- */

#define BIT(id) (1u << HEADER_##id)

/* Headers that a computed field reads. */
static uint32_t calc_headers(enum packet_calc calc)
{
	switch ((int)calc) {
	case CALC_tcp_hdr_len:
	case CALC_tcp_len:
		return BIT(TCP);
	case CALC_sport:
	case CALC_dport:
		return BIT(TCP) | BIT(UDP) | BIT(SCTP);
	case CALC_icmp_ident:
	case CALC_icmp_seq:
		return BIT(ICMP);
	case CALC_icmp6_ident:
	case CALC_icmp6_seq:
		return BIT(ICMP6);
	case CALC_flow:
	case CALC_flow_bi:
	case CALC_flow_rev:
	case CALC_flow_hash:
		return BIT(TCP) | BIT(UDP) | BIT(SCTP) | BIT(ICMP) | BIT(ICMP6);
	default:
		if (packet_app_headers(calc))
			return packet_app_headers(calc);
		return BIT(TCP) | BIT(UDP) | BIT(SCTP) | BIT(ICMP) | BIT(ICMP6) | BIT(GRE) |
		       BIT(ESP);
	}
}

/* A protocol's name alone needs no header of its own. */
static enum packet_need need_of(const struct packet_row *row)
{
	return row->kind == PACKET_PROTO && row->need == NEED_TRANSPORT ? NEED_NET : row->need;
}

/*
 * With few fields LLVM keeps the slots in registers. With many they would fill the stack, and the
 * verifier would follow each way to set them; a copy of unknown length it follows too often anyhow.
 */
#define FEW_FIELDS 5

static uint32_t weight(const struct packet_row *row)
{
	return row->need == NEED_PAYLOAD ? FEW_FIELDS + 1 : 1;
}

/* What is known once the packet inside was found. */
static bool is_tunnel(const struct packet_row *row)
{
	return row->kind == PACKET_CALC &&
	       (row->calc == CALC_tunnel || row->calc == CALC_tunnel_type ||
		row->calc == CALC_tunnel_id);
}

static void note_field(void *ctx, const struct node *n)
{
	struct packet_frame *f = ctx;
	const struct packet_use *use = n->is.packet;
	struct packet_level *l;

	if (n->kind != NODE_PACKET)
		return;
	f->fields += weight(use->row);
	if (use->row->kind == PACKET_SOCK ||
	    (use->row->kind == PACKET_META && !strncmp(use->row->path, "sk.", 3)))
		f->socket = true;
	if (use->row->kind == PACKET_SOCK)
		return;
	l = &f->level[use->inner];
	l->used = true;
	if (need_of(use->row) > l->need)
		l->need = need_of(use->row);
	if (use->row->kind == PACKET_FIELD || use->row->need == NEED_PAYLOAD)
		l->headers |= 1u << use->row->header;
	if (use->row->kind == PACKET_CALC && use->row->need >= NEED_TRANSPORT)
		l->headers |= calc_headers(use->row->calc);
	if (l->need == NEED_PAYLOAD)
		l->headers |= BIT(TCP) | BIT(UDP);
	if (use->inner || is_tunnel(use->row)) {
		f->level[1].used = f->level[0].used = true;
		if (f->level[0].need < NEED_TRANSPORT)
			f->level[0].need = NEED_TRANSPORT;
		f->level[0].headers |= BIT(UDP) | BIT(GRE);
	}
}

static void make_slots(struct cg *cg, struct packet_level *l)
{
	bool few = cg->f.packet.fields <= FEW_FIELDS && !cg->f.packet.level[1].used;
	int count = l->need == NEED_PAYLOAD ? SLOTS : SLOT_DATA;
	LLVMValueRef memory = few ? NULL : cg_keep(cg, 8 * count);

	for (int i = 0; i < count; i++) {
		l->slot[i] = few ? cg_stack(cg, 8) : cg_offset(cg, memory, 8 * i);
		packet_set(cg, l, i,
			   cg_int(cg, i == SLOT_IPPROTO || i == SLOT_HDR ? PROTO_NONE : 0));
	}
}

/* The verifier knows the packet's type, and that there always is one: hook.def says so. */
static bool is_trusted(const struct cg *cg)
{
	return cg->f.packet.source->always && cg_typed_context(cg);
}

/* The address of the struct sk_buff. */
static void find_skb(struct cg *cg)
{
	const struct packet_kernel *k = cg->plan->packet;
	struct packet_frame *f = &cg->f.packet;
	uint32_t offset = f->source->skb.offset;

	if (f->source->place == PACKET_NONE)
		return;
	if (packet_in_memory(cg)) {
		f->skb = cg_context(cg, offset, &type_uint64);
		if (is_trusted(cg))
			f->skb_ptr = LLVMBuildLoad2(cg->b, cg->ptr,
						    cg_offset(cg, cg->f.ctx, offset), "");
		else if (k->cast)
			f->skb_ptr = kfunc_call(cg, k->cast, 2, f->skb, cg_int(cg, k->sk_buff));
	} else if (k->to_kern_ctx && f->source->place != PACKET_XDP) {
		f->skb_ptr = kfunc_call(cg, k->to_kern_ctx, 1, cg->f.ctx);
		f->skb = cg_scalar(cg, LLVMBuildPtrToInt(cg->b, f->skb_ptr, cg->i64, ""));
	}
}

/* i1: the probe was given a packet. */
static LLVMValueRef there_is_one(struct cg *cg)
{
	if (is_trusted(cg))
		return LLVMConstInt(cg->i1, 1, false);
	return LLVMBuildICmp(cg->b, LLVMIntNE, cg->f.packet.skb, cg_int(cg, 0), "");
}

void packet_begin(struct cg *cg, const struct node *const *nodes, uint32_t n)
{
	struct packet_frame *f = &cg->f.packet;
	LLVMBasicBlockRef walk, done;

	*f = (struct packet_frame){ .source = &cg->program->attaches[0].packet };
	for (uint32_t i = 0; i < n; i++)
		if (nodes[i])
			node_walk(nodes[i], note_field, f);
	if (!f->fields)
		return;
	if (f->fields > FEW_FIELDS)
		cg->f.max_stack /= 2; /* LLVM has more to spill */
	find_skb(cg);
	if (f->socket)
		f->sock = packet_socket(cg);
	if (!f->skb && packet_in_memory(cg))
		return;
	for (int i = 0; i < 2; i++)
		if (f->level[i].used)
			make_slots(cg, &f->level[i]);
	if (!packet_in_memory(cg)) {
		packet_walk(cg);
		return;
	}
	/* Some tracepoints are given no packet now and then. */
	walk = cg_block(cg, "walk");
	done = cg_block(cg, "walked");
	cg_branch(cg, there_is_one(cg), walk, done);
	cg_at(cg, walk);
	packet_walk(cg);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* ---- fields ---- */

static LLVMValueRef equals(struct cg *cg, LLVMValueRef v, uint64_t n)
{
	return LLVMBuildICmp(cg->b, LLVMIntEQ, v, cg_int(cg, n), "");
}

static LLVMValueRef differs(struct cg *cg, LLVMValueRef v, uint64_t n)
{
	return LLVMBuildICmp(cg->b, LLVMIntNE, v, cg_int(cg, n), "");
}

/* How a header is known to be there: a slot and its value; ANY: not 0. */
#define ANY UINT32_MAX
static const struct {
	enum packet_slot slot, position;
	uint32_t value;
	uint32_t protocol; /* of a transport header: what IPPROTO says of fragments too */
} headers[HEADERS] = {
	[HEADER_ETH] = { SLOT_LINK, SLOT_START, 1, 0 },
	[HEADER_MPLS] = { SLOT_MPLS, SLOT_MPLS, ANY, 0 },
	[HEADER_ARP] = { SLOT_NET, SLOT_L3, 0x0806, 0 },
	[HEADER_IP] = { SLOT_NET, SLOT_L3, 0x0800, 0 },
	[HEADER_IP6] = { SLOT_NET, SLOT_L3, 0x86dd, 0 },
	[HEADER_FRAGHDR] = { SLOT_FRAGHDR, SLOT_FRAGHDR, ANY, 0 },
	[HEADER_TCP] = { SLOT_HDR, SLOT_L4, 6, 6 },
	[HEADER_UDP] = { SLOT_HDR, SLOT_L4, 17, 17 },
	[HEADER_SCTP] = { SLOT_HDR, SLOT_L4, 132, 132 },
	[HEADER_ICMP] = { SLOT_HDR, SLOT_L4, 1, 1 },
	[HEADER_ICMP6] = { SLOT_HDR, SLOT_L4, 58, 58 },
	[HEADER_GRE] = { SLOT_HDR, SLOT_L4, 47, 47 },
	[HEADER_ESP] = { SLOT_HDR, SLOT_L4, 50, 50 },
	[HEADER_DNS] = { SLOT_DNS, SLOT_DNS, ANY, 0 },
	[HEADER_MDNS] = { SLOT_MDNS, SLOT_MDNS, ANY, 0 },
	[HEADER_DNS_RESPONSE] = { SLOT_DNS_RESPONSE, SLOT_DNS_RESPONSE, ANY, 0 },
	[HEADER_HTTP] = { SLOT_HTTP, SLOT_HTTP, ANY, 0 },
	[HEADER_HTTP_REQUEST] = { SLOT_HTTP_REQUEST, SLOT_HTTP_REQUEST, ANY, 0 },
	[HEADER_HTTP_RESPONSE] = { SLOT_HTTP_RESPONSE, SLOT_HTTP_RESPONSE, ANY, 0 },
	[HEADER_TLS] = { SLOT_TLS, SLOT_TLS, ANY, 0 },
	[HEADER_TLS_HANDSHAKE] = { SLOT_TLS_HANDSHAKE, SLOT_TLS_HANDSHAKE, ANY, 0 },
	[HEADER_QUIC] = { SLOT_QUIC, SLOT_QUIC, ANY, 0 },
	[HEADER_QUIC_LONG] = { SLOT_QUIC_LONG, SLOT_QUIC_LONG, ANY, 0 },
};

static LLVMValueRef has_header(struct cg *cg, const struct packet_level *l, enum packet_header h)
{
	LLVMValueRef v = packet_get(cg, l, headers[h].slot);

	return headers[h].value == ANY ? differs(cg, v, 0) : equals(cg, v, headers[h].value);
}

/* ip, tcp: true for fragments of that protocol too. */
static LLVMValueRef emit_proto(struct cg *cg, const struct packet_level *l, enum packet_header h)
{
	if (!headers[h].protocol)
		return cg_widen(cg, has_header(cg, l, h));
	return cg_widen(cg, equals(cg, packet_get(cg, l, SLOT_IPPROTO), headers[h].protocol));
}

static LLVMValueRef emit_field(struct cg *cg, const struct packet_level *l,
			       const struct packet_row *row, LLVMValueRef to)
{
	uint32_t first = row->bit / 8, last = (row->bit + row->bits - 1) / 8, size = 1;
	uint32_t header = packet_header_size(row->header);
	LLVMValueRef at, v;

	packet_require(cg, has_header(cg, l, row->header));
	at = packet_get(cg, l, headers[row->header].position);
	if (to) { /* an IPv6 address */
		for (uint32_t i = 0; i < row->bits / 8; i += 8)
			cg_store(cg, cg_offset(cg, to, i), packet_raw(cg, at, first + i, 8), 8);
		return NULL;
	}
	while (first + size <= last)
		size *= 2;
	if (first + size > header)
		first = header - size;
	v = row->need == NEED_PAYLOAD ? packet_payload_number(cg, l, at, first, size)
				      : packet_number(cg, at, first, size);
	v = LLVMBuildLShr(cg->b, v, cg_int(cg, 8 * (first + size) - row->bit - row->bits), "");
	if (8 * size == row->bits)
		return v;
	return LLVMBuildAnd(cg->b, v, cg_int(cg, (1ull << row->bits) - 1), "");
}

static LLVMValueRef emit_meta(struct cg *cg, const struct packet_use *use, const struct type *t,
			      LLVMValueRef to)
{
	LLVMValueRef v;

	if (cg->f.packet.source->place == PACKET_REPLAY)
		return packet_replay_iface(cg, to);
	if (cg->f.packet.socket && !strncmp(use->row->path, "sk.", 3))
		packet_require_full(cg);
	if (!use->ctx)
		return packet_path(cg, use->path, t, type_shape(t) == SHAPE_MEM ? to : NULL);
	v = cg_load(cg, cg_offset(cg, cg->f.ctx, use->ctx->offset), use->ctx->type->size, false);
	if (strchr(use->row->path, '!'))
		packet_require(cg, v);
	return v;
}

/* A variable has it and 1. */
static LLVMValueRef emit_latency(struct cg *cg, const struct packet_use *use)
{
	LLVMValueRef v = cg_load(cg, cg_var(cg, use->var), 8, false);

	packet_require(cg, v);
	return LLVMBuildSub(cg->b, v, cg_int(cg, 1), "");
}

typedef LLVMValueRef calc_fn(struct cg *cg, const struct packet_level *l, const struct node *n,
			     LLVMValueRef to);
static calc_fn *const calcs[CALCS] = {
#define CALC(id, name, need, type, doc) [CALC_##id] = packet_##id,
#include "parser/packet.def"
};

static LLVMValueRef (*const socks[SOCKS])(struct cg *cg, LLVMValueRef to) = {
#define SOCK(id, name, type, doc) [SOCK_##id] = sock_##id,
#include "parser/packet.def"
};

LLVMValueRef emit_packet(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct packet_use *use = n->is.packet;
	const struct packet_level *l = &cg->f.packet.level[use->inner];

	if (use->row->kind == PACKET_LATENCY)
		return emit_latency(cg, use);
	if (use->row->kind == PACKET_SOCK) {
		packet_require(cg, cg->f.packet.sock);
		return socks[use->row->sock](cg, to);
	}
	if (packet_in_memory(cg) && use->row->kind != PACKET_PROTO)
		packet_require(cg, there_is_one(cg));
	switch (use->row->kind) {
	case PACKET_PROTO:
		return emit_proto(cg, l, use->row->header);
	case PACKET_FIELD:
		return emit_field(cg, l, use->row, type_shape(n->type) == SHAPE_MEM ? to : NULL);
	case PACKET_CALC:
		return calcs[use->row->calc](cg, l, n, to);
	case PACKET_META:
		return emit_meta(cg, use, n->type, to);
	case PACKET_SOCK:
	case PACKET_LATENCY:
	case PACKET_EITHER:
	case PACKET_ALIAS:
		break;
	}
	return cg_int(cg, 0); /* check() has put others in their place */
}

LLVMValueRef func_defined(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *k = n->kids[0];
	LLVMBasicBlockRef outer = cg->f.absent, no = cg_block(cg, "absent"),
			  done = cg_block(cg, "done"), from[2];
	LLVMValueRef values[2] = { cg_int(cg, 1), cg_int(cg, 0) };

	(void)to;
	cg->f.absent = no;
	emit_expr(cg, k, type_shape(k->type) == SHAPE_MEM ? cg_temp(cg, k->type->size) : NULL);
	cg->f.absent = outer;
	from[0] = LLVMGetInsertBlock(cg->b);
	from[1] = no;
	cg_jump(cg, done);
	cg_at(cg, no);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}
