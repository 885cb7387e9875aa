/* SPDX-License-Identifier: Apache-2.0 */
/* Packet fields: from names to rows of packet.def, and to what this kernel has of them. */
#include <string.h>

#include "parser/checker.h"
#include "parser/latency.h"
#include "parser/packet.h"

/* ---- types of rows ---- */

static const struct type *type_text(struct checker *c, uint32_t capacity)
{
	return type_string(c->arena, capacity);
}

static const struct type *type_payload(struct checker *c)
{
	return type_buffer(c->arena, c->config.payload_max);
}

/* A time that prints as the wall clock has it. */
static const struct type *type_stamp(struct checker *c)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = TYPE_TIME;
	t->size = 8;
	t->name = "%H:%M:%S.%f";
	return t;
}

static const struct type *location_type(struct checker *c)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = TYPE_KSYM;
	t->size = 8;
	return t;
}

/* The kernel's enum @tag, whose names are written and printed without @prefix. */
static const struct type *short_enum(struct checker *c, const char *tag, const char *prefix)
{
	const struct type *t = btf_tag(c, tag);
	struct enum_value *values;
	struct type *named;

	if (!t || t->kind != TYPE_ENUM)
		return &type_uint32;
	named = arena_alloc(c->arena, sizeof(*named));
	values = arena_alloc(c->arena, (t->count + 1) * sizeof(*values));
	for (uint32_t i = 0; i < t->count; i++) {
		values[i] = t->values[i];
		if (!strncmp(values[i].name, prefix, strlen(prefix)))
			values[i].name += strlen(prefix);
	}
	named->kind = TYPE_ENUM;
	named->size = 4;
	named->name = t->name;
	named->values = values;
	named->count = t->count;
	return named;
}

/* SKB_DROP_REASON_NO_SOCKET is NO_SOCKET. One type for all rounds of the check. */
static const struct type *drop_type(struct checker *c)
{
	if (!c->drop_type)
		c->drop_type = short_enum(c, "skb_drop_reason", "SKB_DROP_REASON_");
	return c->drop_type;
}

static const struct type *drop_subsys_type(struct checker *c)
{
	if (!c->subsys_type)
		c->subsys_type = short_enum(c, "skb_drop_reason_subsys", "SKB_DROP_REASON_SUBSYS_");
	return c->subsys_type;
}

#define CAT2(a, b) a##b
#define CAT(a, b) CAT2(a, b)
#define ROW_TYPE(expr)                                                         \
	static const struct type *CAT(row_type_, __LINE__)(struct checker * c) \
	{                                                                      \
		(void)c;                                                       \
		return expr;                                                   \
	}
#define FIELD(ID, name, type, bit, bits, doc) ROW_TYPE(type)
#define CALC(id, name, need, type, doc) ROW_TYPE(type)
#define META(name, type, path, ctx, doc) ROW_TYPE(type)
#define SOCK(id, name, type, doc) ROW_TYPE(type)
#include "parser/packet.def"

/* In the order of packet_rows; NULL for what is true or false. */
static const struct type *(*const row_types[])(struct checker *c) = {
#define PROTO(...) NULL,
#define FIELD(...) CAT(row_type_, __LINE__),
#define CALC(...) CAT(row_type_, __LINE__),
#define META(...) CAT(row_type_, __LINE__),
#define SOCK(...) CAT(row_type_, __LINE__),
#define LATENCY(...) NULL,
#define EITHER(...) NULL,
#define ALIAS(...) NULL,
#include "parser/packet.def"
};

static const struct type *row_type(struct checker *c, const struct packet_row *row)
{
	if (row->kind == PACKET_LATENCY)
		return &type_duration;
	return row_types[row - packet_rows] ? row_types[row - packet_rows](c) : &type_bool;
}

/* ---- what this kernel has ---- */

static const struct field *member(struct checker *c, const char *tag, const char *name)
{
	const struct type *t = btf_tag(c, tag);

	return t && t->kind == TYPE_RECORD ? btf_field(c, t, name) : NULL;
}

static uint32_t struct_id(struct checker *c, const char *tag)
{
	return kbtf_find(kernel_btf(c->kernel), tag, BTF_KIND_STRUCT);
}

static const struct packet_kernel *packet_kernel(struct checker *c)
{
	struct packet_kernel *k = c->packet;
	const struct kbtf *b = kernel_btf(c->kernel);
	const struct field *bytes;

	if (k || !b)
		return k;
	k = c->packet = arena_alloc(c->arena, sizeof(*k));
	if (c->options->kernel >= KERNEL_CAST) {
		k->cast = kbtf_find(b, "bpf_rdonly_cast", BTF_KIND_FUNC);
		k->to_kern_ctx = kbtf_find(b, "bpf_cast_to_kern_ctx", BTF_KIND_FUNC);
	}
	k->dynptr = kbtf_find(b, "bpf_dynptr_from_skb", BTF_KIND_FUNC);
	k->sk_buff = struct_id(c, "sk_buff");
	k->sock = struct_id(c, "sock");
	k->sock_common = struct_id(c, "sock_common");
	k->inet_sock = struct_id(c, "inet_sock");
	k->tcp_sock = struct_id(c, "tcp_sock");
	k->net_device = struct_id(c, "net_device");
	k->shared_info = struct_id(c, "skb_shared_info");
	k->bytes = struct_id(c, "__kernel_sockaddr_storage");
	bytes = member(c, "__kernel_sockaddr_storage", "__data");
	k->bytes_offset = bytes ? bytes->offset : 0;
	if (!bytes)
		k->cast = 0;
#define X(id, tag, name) k->members[MEMBER_##id] = member(c, tag, name);
	PACKET_MEMBERS(X)
#undef X
	return k;
}

/* "dev.name" from struct sk_buff on: pointers are steps, structs in place add to the offset. */
static const struct packet_path *packet_path(struct checker *c, const char *text)
{
	struct packet_path *p = arena_alloc(c->arena, sizeof(*p));
	const struct type *t = btf_tag(c, "sk_buff");
	uint32_t id = t ? t->btf_id : 0, offset = 0;

	while (t && t->kind == TYPE_RECORD && t->btf && p->nsteps < PATH_STEPS) {
		size_t len = strcspn(text, ".!");
		const struct field *f = btf_field(c, t, arena_strndup(c->arena, text, len));
		struct field *at = arena_alloc(c->arena, sizeof(*at));

		if (!f)
			return NULL;
		*at = *f;
		at->offset = offset += f->offset;
		text += len;
		p->zero_absent = *text == '!';
		if (*text != '.' || f->type->kind == TYPE_PTR) {
			p->steps[p->nsteps].field = at;
			p->steps[p->nsteps++].btf_id = id;
		}
		if (*text++ != '.')
			return p;
		t = f->type;
		if (t->kind == TYPE_PTR) {
			t = t->elem;
			id = t ? t->btf_id : 0;
			offset = 0;
		}
	}
	return NULL;
}

/* ---- names ---- */

/* "tcp.flags.syn" of its nodes, "vlan[1].id" of an index; NULL: it is no such name. */
static const char *dotted(struct checker *c, const struct node *n)
{
	const char *base;

	if (n->kind == NODE_IDENT || n->kind == NODE_PACKET)
		return n->text;
	if (n->kind == NODE_INDEX && n->kids[1]->kind == NODE_INT && n->kids[1]->number < 2) {
		base = dotted(c, n->kids[0]);
		return base && !strcmp(base, "vlan")
			       ? arena_printf(c->arena, "vlan[%u]", (unsigned)n->kids[1]->number)
			       : NULL;
	}
	if (n->kind != NODE_FIELD)
		return NULL;
	base = dotted(c, n->kids[0]);
	return base ? arena_printf(c->arena, "%s.%s", base, n->text) : NULL;
}

/* The first word of a name, when it is one of packets and nothing else. */
static bool is_packet(struct checker *c, const struct node *n)
{
	while (n->nkids && (n->kind == NODE_FIELD || n->kind == NODE_INDEX))
		n = n->kids[0];
	return n->kind == NODE_PACKET ||
	       (n->kind == NODE_IDENT && packet_is_root(n->text) &&
		!TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text) && !cdef_enumerator(c, n->text));
}

/* Fills in row, index and whether it is the inner packet; false: there is no such field. */
static bool find(struct checker *c, const char *name, struct packet_use *use)
{
	*use = (struct packet_use){ 0 };
	if (!strncmp(name, "inner.", 6)) {
		use->inner = true;
		name += 6;
	}
	if (!strncmp(name, "vlan[", 5)) {
		use->index = name[5] - '0';
		name = arena_printf(c->arena, "vlan%s", name + 7);
	}
	use->row = packet_find(name);
	return use->row && (!use->inner || packet_has_inner(use->row));
}

static const struct type *unknown(struct checker *c, const struct node *n, const char *name)
{
	const char *dot = strrchr(name, '.');
	const char *whole = dot ? arena_strndup(c->arena, name, dot - name) : name;
	struct suggest s = { .word = dot ? dot + 1 : name };
	struct diag *g;
	const char *base = strncmp(whole, "inner.", 6) ? whole : whole + 6;
	size_t len = strlen(base);

	g = ERR(c, UNKNOWN_FIELD, n->span, "%s has no field '%s'", whole, s.word);
	for (size_t i = 0; i < packet_count; i++)
		if (!strncmp(packet_rows[i].name, base, len) && packet_rows[i].name[len] == '.')
			suggest_try(&s, packet_rows[i].name + len + 1);
	if (s.best && strcmp(s.best, s.word))
		HINT(c, g, "did you mean '%s'?", s.best);
	else if (s.best || !strncmp(whole, "inner", 5))
		HINT(c, g, "a packet in a tunnel has what comes from its own bytes");
	else
		HINT(c, g, "pktscript -l fields lists those of packets");
	return &type_error;
}

static const struct type *bad_place(struct checker *c, const struct node *n, const char *where)
{
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "'%s' does not exist in %s", n->text,
		 c->body->attach->name),
	     "%s", where);
	return &type_error;
}

/* A capture has no more of what the kernel knew than, perhaps, a name of the interface. */
static const struct type *replay_type(struct checker *c, const struct node *n,
				      const struct packet_row *row)
{
	if (!strcmp(row->name, "iface"))
		return row_type(c, row);
	ERR(c, BAD_CONTEXT, n->span, "a captured packet has no '%s'", n->text);
	return &type_error;
}

/* The kernel's structures have the field, or the program's context does. */
static const struct type *meta_type(struct checker *c, const struct node *n, struct packet_use *use)
{
	const struct packet_source *s = &c->body->attach->packet;
	bool frame = s->place >= PACKET_FRAME;

	if (s->place == PACKET_REPLAY)
		return replay_type(c, n, use->row);
	if (frame && s->place != PACKET_XDP && use->row->ctx)
		use->ctx = member(c, "__sk_buff", use->row->ctx);
	if (use->ctx)
		return row_type(c, use->row);
	if (frame && !c->packet->to_kern_ctx) {
		ERR(c, BAD_CONTEXT, n->span, "'%s' here takes Linux 6.2", n->text);
		return &type_error;
	}
	use->path = packet_path(c, use->row->path);
	if (!use->path) {
		ERR(c, BAD_CONTEXT, n->span, "this kernel has no '%s'", n->text);
		return &type_error;
	}
	return row_type(c, use->row);
}

/* A latency is known where it ends, to the body of the probe. */
static const struct type *latency_type(struct checker *c, const struct node *n,
				       struct packet_use *use)
{
	const char *name = use->row->name;

	if (c->options->replay && !latency_replays(name))
		return bad_place(
			c, n,
			"a captured packet was seen once: it has the latencies of connections");
	if (c->function)
		return bad_place(c, n, "give it to the function as a parameter");
	use->var = check_latency_var(c, arena_printf(c->arena, "$%s.t", name));
	if (!use->var)
		return bad_place(
			c, n, arena_printf(c->arena, "it is known at %s", latency_where(c, name)));
	return row_type(c, use->row);
}

static bool has_socket(const struct checker *c)
{
	const struct packet_source *s = &c->body->attach->packet;

	return s->sock.size || s->place != PACKET_NONE;
}

/* The probe's socket, or that of its packet. */
static const struct type *sock_type(struct checker *c, const struct node *n,
				    const struct packet_use *use)
{
	const struct packet_source *s = &c->body->attach->packet;

	if (s->place == PACKET_REPLAY)
		return replay_type(c, n, use->row);
	if (s->place < PACKET_FRAME || c->packet->to_kern_ctx)
		return row_type(c, use->row);
	ERR(c, BAD_CONTEXT, n->span, "'%s' here takes Linux 6.2", n->text);
	return &type_error;
}

static const struct type *place_type(struct checker *c, const struct node *n,
				     struct packet_use *use)
{
	const struct packet_row *row = use->row;
	const char *where = packet_lacks(row, &c->body->attach->packet);

	if (row->kind == PACKET_LATENCY)
		return latency_type(c, n, use);
	if (where && !use->inner)
		return bad_place(c, n, where);
	if (c->body->attach->packet.place == PACKET_XDP && c->options->kernel < KERNEL_FRAGS) {
		ERR(c, BAD_CONTEXT, n->span, "fields of packets in xdp probes take Linux 5.18");
		return &type_error;
	}
	if (row->kind == PACKET_META)
		return meta_type(c, n, use);
	if (row->kind == PACKET_SOCK)
		return sock_type(c, n, use);
	return row_type(c, row);
}

const struct type *check_packet(struct checker *c, struct node *n)
{
	struct packet_use *use = arena_alloc(c->arena, sizeof(*use));
	const struct type *t;

	if (!find(c, n->text, use))
		return unknown(c, n, n->text);
	if (use->row->kind == PACKET_SOCK && !has_socket(c)) {
		HINT(c,
		     ERR(c, BAD_CONTEXT, n->span, "'%s' is of a socket, and %s has none", n->text,
			 c->body->attach->name),
		     "sockets are at tcp:*, sock:*, iter:tcp, iter:udp and where packets are; not "
		     "with args of tracepoints that do not record them");
		return &type_error;
	}
	if (use->row->kind != PACKET_SOCK && use->row->kind != PACKET_LATENCY &&
	    c->body->attach->packet.place == PACKET_NONE) {
		HINT(c,
		     ERR(c, BAD_CONTEXT, n->span, "'%s' is of a packet, and %s has none", n->text,
			 c->body->attach->name),
		     WHERE_PACKETS_ARE);
		return &type_error;
	}
	if (use->row->kind == PACKET_EITHER) {
		HINT(c,
		     ERR(c, BAD_OPERAND, n->span,
			 "'%s' is two fields: it stands on one side of a comparison", n->text),
		     "name one of them: %s, %s", use->row->either[0], use->row->either[1]);
		return &type_error;
	}
	if (!packet_kernel(c)) {
		ERR(c, KERNEL, n->span, "%s", kernel_error(c->kernel));
		return &type_error;
	}
	n->is.packet = use;
	t = place_type(c, n, use);
	if (t->kind == TYPE_ERROR || !n->number)
		return t;
	use->offset = n->number >> 32;
	return type_buffer(c->arena, (uint32_t)n->number);
}

bool check_is_payload(const struct node *n)
{
	return n->kind == NODE_PACKET && n->is.packet && n->is.packet->row->kind == PACKET_CALC &&
	       n->is.packet->row->calc == CALC_data && !n->number;
}

const struct type *check_payload(struct checker *c, struct node *n, uint32_t offset,
				 uint32_t length)
{
	n->number = (uint64_t)offset << 32 | length;
	return n->type = check_packet(c, n);
}

const struct packet_row *check_packet_row(struct checker *c, const struct node *n)
{
	const char *name = is_packet(c, n) ? dotted(c, n) : NULL;
	struct packet_use use;

	return name && find(c, name, &use) ? use.row : NULL;
}

bool check_packet_name(struct checker *c, struct node *n)
{
	const char *name = is_packet(c, n) ? dotted(c, n) : NULL;

	if (!name)
		return false;
	n->kind = NODE_PACKET;
	n->text = name;
	n->length = strlen(name);
	n->nkids = 0;
	return true;
}

/* A copy of the comparison @n, with field @name in the place of kid @i. */
static struct node *with_field(struct checker *c, const struct node *n, uint32_t i,
			       const char *name)
{
	struct node *copy = node_clone(c->arena, n), *k = copy->kids[i];

	k->kind = NODE_PACKET;
	k->text = name;
	k->length = strlen(name);
	k->nkids = 0;
	return copy;
}

bool check_packet_either(struct checker *c, struct node *n)
{
	struct packet_use use;
	const char *name;

	for (uint32_t i = 0; i < 2; i++) {
		const char *inner;
		struct node *a, *b;

		name = is_packet(c, n->kids[i]) ? dotted(c, n->kids[i]) : NULL;
		if (!name || !find(c, name, &use) || use.row->kind != PACKET_EITHER)
			continue;
		inner = use.inner ? "inner." : "";
		a = with_field(c, n, i, arena_printf(c->arena, "%s%s", inner, use.row->either[0]));
		b = with_field(c, n, i, arena_printf(c->arena, "%s%s", inner, use.row->either[1]));
		n->op = &op_rows[n->op->id == OP_ID_NE ? OP_ID_LAND : OP_ID_LOR];
		n->kids[0] = a;
		n->kids[1] = b;
		return true;
	}
	return false;
}

static bool is_text(const struct node *n)
{
	return n->type->kind == TYPE_STRING;
}

const struct type *check_default(struct checker *c, struct node *n)
{
	struct node *a = n->kids[0], *b = n->kids[1];
	const struct type *t;

	if (b->kind == NODE_STRING && is_text(b) && !is_text(a))
		return type_optional(c->arena, a->type, b->text);
	if (type_equal(a->type, b->type))
		return a->type;
	if (type_is_number(a->type) && type_is_number(b->type))
		return b->literal ? a->type : check_arith_type(a, b);
	t = check_merge(c, a->type, b->type);
	if (t && t->kind != TYPE_AGG)
		return t;
	ERR(c, TYPE_MISMATCH, n->span,
	    "the two values of '?"
	    "?' differ: %s and %s",
	    TYPE_NAME(c, a->type), TYPE_NAME(c, b->type));
	return &type_error;
}

const struct type *defined_type(struct checker *c, struct node *n)
{
	return check_expr(c, n->kids[0])->kind == TYPE_ERROR ? &type_error : &type_bool;
}
