/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/packet.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

#define NEED_OF(header)                                \
	((header) <= HEADER_MPLS      ? NEED_LINK      \
	 : (header) <= HEADER_FRAGHDR ? NEED_NET       \
	 : (header) <= HEADER_ESP     ? NEED_TRANSPORT \
				      : NEED_PAYLOAD)

const struct packet_row packet_rows[] = {
#define PROTO(ID, name_, size, doc_)    \
	{ .name = name_,                \
	  .kind = PACKET_PROTO,         \
	  .header = HEADER_##ID,        \
	  .bits = 8 * (size),           \
	  .need = NEED_OF(HEADER_##ID), \
	  .doc = doc_ },
#define FIELD(ID, name_, type, bit_, bits_, doc_) \
	{ .name = name_,                          \
	  .kind = PACKET_FIELD,                   \
	  .header = HEADER_##ID,                  \
	  .bit = bit_,                            \
	  .bits = bits_,                          \
	  .need = NEED_OF(HEADER_##ID),           \
	  .doc = doc_ },
#define CALC(id, name_, need_, type, doc_) \
	{ .name = name_,                   \
	  .kind = PACKET_CALC,             \
	  .calc = CALC_##id,               \
	  .need = NEED_##need_,            \
	  .doc = doc_ },
#define META(name_, type, path_, ctx_, doc_) \
	{ .name = name_, .kind = PACKET_META, .path = path_, .ctx = ctx_, .doc = doc_ },
#define SOCK(id, name_, type, doc_) \
	{ .name = name_, .kind = PACKET_SOCK, .sock = SOCK_##id, .doc = doc_ },
#define LATENCY(name_, doc_) { .name = name_, .kind = PACKET_LATENCY, .doc = doc_ },
#define EITHER(name_, a, b, doc_) \
	{ .name = name_, .kind = PACKET_EITHER, .either = { a, b }, .doc = doc_ },
#define ALIAS(name_, of) { .name = name_, .kind = PACKET_ALIAS, .path = of },
#include "parser/packet.def"
};
const size_t packet_count = COUNT(packet_rows);

const struct packet_row *packet_find(const char *name)
{
	for (size_t i = 0; i < packet_count; i++) {
		if (strcmp(packet_rows[i].name, name))
			continue;
		return packet_rows[i].kind == PACKET_ALIAS ? packet_find(packet_rows[i].path)
							   : &packet_rows[i];
	}
	return NULL;
}

uint32_t packet_header_size(enum packet_header header)
{
	static const uint32_t sizes[HEADERS] = {
#define PROTO(ID, name, size, doc) [HEADER_##ID] = size,
#include "parser/packet.def"
	};

	return sizes[header];
}

static bool begins_with(const struct packet_row *row, const char *root)
{
	size_t n = strlen(root);

	return !strncmp(row->name, root, n) && (!row->name[n] || row->name[n] == '.');
}

bool packet_is_root(const char *word)
{
	for (size_t i = 0; i < packet_count; i++)
		if (begins_with(&packet_rows[i], word))
			return true;
	return !strcmp(word, "inner");
}

bool packet_reads_payload(const char *root)
{
	for (size_t i = 0; i < packet_count; i++)
		if (begins_with(&packet_rows[i], root) && packet_rows[i].need == NEED_PAYLOAD)
			return true;
	return false;
}

/* The link header, or what is known of it. */
static bool is_link(const struct packet_row *row)
{
	if (row->kind == PACKET_CALC)
		return row->calc == CALC_eth_type || row->calc == CALC_llc;
	return (row->kind == PACKET_PROTO || row->kind == PACKET_FIELD) &&
	       row->header == HEADER_ETH;
}

static bool is_drop(const struct packet_row *row)
{
	return row->kind == PACKET_CALC &&
	       (row->calc == CALC_drop_reason || row->calc == CALC_drop_subsys ||
		row->calc == CALC_drop_location);
}

/* What only a struct sk_buff has. */
static bool is_skb(const struct packet_row *row)
{
	if (row->kind == PACKET_CALC)
		return row->calc == CALC_gso_type || row->calc == CALC_linear ||
		       row->calc == CALC_frags || row->calc == CALC_skb_addr;
	return row->kind == PACKET_META || row->kind == PACKET_SOCK;
}

bool packet_has_inner(const struct packet_row *row)
{
	if (row->kind == PACKET_CALC)
		return row->need >= NEED_LINK && row->calc != CALC_tunnel &&
		       row->calc != CALC_tunnel_type && row->calc != CALC_tunnel_id &&
		       row->calc != CALC_wire_pkts && row->calc != CALC_wire_len;
	return row->kind == PACKET_PROTO || row->kind == PACKET_FIELD || row->kind == PACKET_EITHER;
}

const char *packet_lacks(const struct packet_row *row, const struct packet_source *s)
{
	if (row->kind == PACKET_LATENCY || (row->kind == PACKET_SOCK && s->sock.size))
		return NULL;
	if (s->place == PACKET_NONE)
		return "there is no packet";
	if (s->place == PACKET_GONE && (row->kind != PACKET_CALC || row->calc != CALC_skb_addr))
		return "the packet may have been freed by then: net:net_dev_start_xmit has it";
	if (s->place == PACKET_NET && is_link(row))
		return "cgroup_skb probes see packets from the network header on";
	if (s->place == PACKET_XDP && is_skb(row))
		return "xdp probes run before the kernel makes a struct sk_buff, which has it";
	if (!s->reason.size && is_drop(row))
		return "skb:kfree_skb has it, since Linux 5.17";
	return NULL;
}
