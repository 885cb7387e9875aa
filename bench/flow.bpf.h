/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets by flow, by hand: what `@[flow] = count()` checks, in C. Tags in the frame, extension
 * headers, fragments, and the packet's end before every read; nothing is counted whose headers are
 * cut short. The key is that of pktscript. Included by hand.bpf.c.
 */
#define NET_HEADER(name, ...) \
	struct name {         \
		__VA_ARGS__   \
	} __attribute__((preserve_access_index))

NET_HEADER(ethhdr, __u8 h_dest[6]; __u8 h_source[6]; __u16 h_proto;);
NET_HEADER(vlan_hdr, __u16 h_vlan_TCI; __u16 h_vlan_encapsulated_proto;);
NET_HEADER(iphdr, __u8 ihl : 4; __u8 version : 4; __u8 tos; __u16 tot_len; __u16 id; __u16 frag_off;
	   __u8 ttl; __u8 protocol; __u16 check; __u32 saddr; __u32 daddr;);
NET_HEADER(
	in6_addr, union {
		__u64 words[2];
		__u32 u6_addr32[4];
	} in6_u;);
NET_HEADER(ipv6hdr, __u8 priority : 4; __u8 version : 4; __u8 flow_lbl[3]; __u16 payload_len;
	   __u8 nexthdr; __u8 hop_limit; struct in6_addr saddr; struct in6_addr daddr;);
NET_HEADER(frag_hdr, __u8 nexthdr; __u8 reserved; __u16 frag_off;);
NET_HEADER(tcphdr, __u16 source; __u16 dest; __u32 seq; __u32 ack_seq; __u16 res1 : 4;
	   __u16 doff : 4;);
NET_HEADER(
	icmphdr, __u8 type; __u8 code; __u16 checksum; struct {
		struct {
			__u16 id;
		} echo;
	} un;);

extern void *bpf_rdonly_cast(const void *object, __u32 type) __ksym;

#define AT(type, address)                                        \
	((struct type *)bpf_rdonly_cast((const void *)(address), \
					bpf_core_type_id_kernel(struct type)))
#define NTOHS(v) __builtin_bswap16(v)

struct flow {
	__u64 src[2], dst[2];
	__u16 sport, dport;
	__u8 proto, version, later, zero;
};

MAP(flows, BPF_MAP_TYPE_PERCPU_HASH, struct flow, __u64, 4096);

struct walk {
	__u64 l3, end, true_end, l4, limit;
	__u16 type;
};

static __always_inline bool flow_tag(struct walk *w)
{
	if (w->type != NTOHS(0x8100) && w->type != NTOHS(0x88a8) && w->type != NTOHS(0x9100))
		return false;
	if (w->l3 + 4 > w->end)
		return false;
	w->type = AT(vlan_hdr, w->l3)->h_vlan_encapsulated_proto;
	w->l3 += 4;
	return true;
}

static __always_inline bool flow_ip4(struct walk *w, struct flow *f)
{
	struct iphdr *ip = AT(iphdr, w->l3);
	__u16 frag, length;
	__u8 size;

	if (w->l3 + 20 > w->end || ip->version != 4 || ip->ihl < 5)
		return false;
	size = ip->ihl;
	length = ip->tot_len;
	frag = ip->frag_off;
	f->proto = ip->protocol;
	f->version = 4;
	f->later = (frag & NTOHS(0x1fff)) != 0;
	f->src[0] = ip->saddr;
	f->dst[0] = ip->daddr;
	w->l4 = w->l3 + size * 4;
	w->limit = length ? w->l3 + NTOHS(length) : w->true_end;
	return true;
}

static __always_inline bool is_extension(__u8 protocol)
{
	switch (protocol) {
	case 0:
	case 43:
	case 44:
	case 51:
	case 60:
	case 135:
	case 139:
	case 140:
		return true;
	}
	return false;
}

/* One extension header; false at the last. */
static __always_inline bool flow_extension(struct walk *w, struct flow *f)
{
	struct frag_hdr *e = AT(frag_hdr, w->l4);
	__u8 kind = f->proto;

	if (!is_extension(kind) || w->l4 + 8 > w->end)
		return false;
	f->proto = e->nexthdr;
	if (kind == 44) {
		w->l4 += 8;
		f->later = (e->frag_off & NTOHS(0xfff8)) != 0;
		return !f->later;
	}
	w->l4 += kind == 51 ? (e->reserved + 2) * 4 : (e->reserved + 1) * 8;
	return true;
}

static __always_inline bool flow_ip6(struct walk *w, struct flow *f)
{
	struct ipv6hdr *ip = AT(ipv6hdr, w->l3);
	int i;

	if (w->l3 + 40 > w->end || ip->version != 6)
		return false;
	f->proto = ip->nexthdr;
	f->version = 6;
	__builtin_memcpy(f->src, &ip->saddr, 16);
	__builtin_memcpy(f->dst, &ip->daddr, 16);
	w->l4 = w->l3 + 40;
	w->limit = ip->payload_len ? w->l4 + NTOHS(ip->payload_len) : w->true_end;
	for (i = 0; i < 8; i++)
		if (!flow_extension(w, f))
			break;
	return true;
}

static __always_inline void flow_icmp(struct walk *w, struct flow *f, bool echo)
{
	struct icmphdr *icmp = AT(icmphdr, w->l4);

	f->sport = icmp->type << 8 | icmp->code;
	f->dport = echo ? NTOHS(icmp->un.echo.id) : 0;
}

/* False: the header that is announced is cut short or wrong. */
static __always_inline bool flow_transport(struct walk *w, struct flow *f)
{
	struct tcphdr *h = AT(tcphdr, w->l4);
	__u8 size, type;

	switch (f->proto) {
	case 6:
		size = 20;
		break;
	case 132:
		size = 12;
		break;
	case 1:
	case 17:
	case 58:
		size = 8;
		break;
	default:
		return !is_extension(f->proto) || f->version == 4;
	}
	if (w->l4 + size > w->end || w->l4 + size > w->limit || (f->proto == 6 && h->doff < 5))
		return false;
	if (f->proto == 1 || f->proto == 58) {
		type = AT(icmphdr, w->l4)->type;
		flow_icmp(w, f,
			  f->proto == 1 ? type == 8 || type == 0 : type == 128 || type == 129);
	} else {
		f->sport = NTOHS(h->source);
		f->dport = NTOHS(h->dest);
	}
	return true;
}

static __always_inline int flow(struct sk_buff *skb, bool received)
{
	struct walk w = { .l3 = (__u64)skb->data, .type = skb->protocol };
	__u64 head = (__u64)skb->head, one = 1, *n;
	struct flow f = {};

	w.true_end = w.l3 + skb->len;
	w.end = w.true_end - skb->data_len;
	if (!received && (__u64)skb->network_header - skb->mac_header < 14) {
		w.l3 = head + skb->network_header;
	} else if (!received) {
		if (w.l3 + 14 > w.end)
			return 0;
		w.type = AT(ethhdr, w.l3)->h_proto;
		w.l3 += 14;
	}
	if (flow_tag(&w) && !skb->vlan_all)
		flow_tag(&w);
	if (!(w.type == NTOHS(0x0800)   ? flow_ip4(&w, &f)
	      : w.type == NTOHS(0x86dd) ? flow_ip6(&w, &f)
					: false))
		return 0;
	if (!f.later && !flow_transport(&w, &f))
		return 0;
	n = bpf_map_lookup_elem(&flows, &f);
	if (n)
		*n += 1;
	else
		bpf_map_update_elem(&flows, &f, &one, BPF_NOEXIST);
	return 0;
}

SEC("tracepoint/net/netif_receive_skb")
int flow_in_tp(struct record *r)
{
	return flow(AT(sk_buff, r->skbaddr), true);
}

SEC("tp_btf/netif_receive_skb")
int flow_in_btf(struct sk_buff **args)
{
	return flow(args[0], true);
}

SEC("tracepoint/net/net_dev_queue")
int flow_out_tp(struct record *r)
{
	return flow(AT(sk_buff, r->skbaddr), false);
}

SEC("tp_btf/net_dev_queue")
int flow_out_btf(struct sk_buff **args)
{
	return flow(args[0], false);
}
