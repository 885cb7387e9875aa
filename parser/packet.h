/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_PACKET_H
#define PARSER_PACKET_H

/*
 * Packets: the fields of packet.def as rows, and what a plan says of a program that reads some
 * of them: where the packet is, and where the kernel's structures have what is asked for.
 */

#include <stddef.h>

#include "parser/type.h"

/* Headers, in the order in which a packet has them. */
enum packet_header {
#define PROTO(ID, name, size, doc) HEADER_##ID,
#include "parser/packet.def"
	HEADERS
};

/* How far a packet is walked for a field. */
enum packet_need { NEED_NONE, NEED_LINK, NEED_NET, NEED_TRANSPORT, NEED_PAYLOAD };

enum packet_kind {
	PACKET_PROTO,
	PACKET_FIELD,
	PACKET_CALC,
	PACKET_META,
	PACKET_SOCK,
	PACKET_LATENCY,
	PACKET_EITHER,
	PACKET_ALIAS
};

enum packet_calc {
#define CALC(id, name, need, type, doc) CALC_##id,
#include "parser/packet.def"
	CALCS
};

enum packet_sock {
#define SOCK(id, name, type, doc) SOCK_##id,
#include "parser/packet.def"
	SOCKS
};

struct var;

struct packet_row {
	const char *name;
	enum packet_kind kind;
	enum packet_header header; /* PROTO, FIELD */
	uint16_t bit, bits;    /* FIELD: from the header's start; PROTO: bits is its least size */
	enum packet_calc calc; /* CALC */
	enum packet_sock sock; /* SOCK */
	enum packet_need need;
	const char *path, *ctx; /* META; ALIAS: path is the name it stands for */
	const char *either[2];  /* EITHER */
	const char *doc;
};
extern const struct packet_row packet_rows[];
extern const size_t packet_count;

/* Where a program finds its packet. */
enum packet_place {
	PACKET_NONE,
	PACKET_RX, /* struct sk_buff: see hook.def */
	PACKET_TX,
	PACKET_ANY,
	PACKET_GONE,   /* it may have been freed: nothing of it is read */
	PACKET_FRAME,  /* struct __sk_buff that begins with a link header */
	PACKET_REPLAY, /* the same, of a captured packet: see enum replay_cb */
	PACKET_NET,    /* struct __sk_buff that begins with the network header */
	PACKET_XDP,    /* struct xdp_md */
};

enum packet_dir { DIR_UNKNOWN, DIR_IN, DIR_OUT, DIR_DROP };

/* A number in the program's context: bytes 0 when there is none. */
struct packet_word {
	uint16_t offset;
	uint8_t size;
};

struct packet_source {
	enum packet_place place;
	enum packet_dir dir;
	bool always;                         /* no call is without a packet */
	struct packet_word skb;              /* RX, TX, ANY: address of the struct sk_buff */
	struct packet_word reason, location; /* of kfree_skb */
	bool fragments; /* bytes behind the linear part can be read too: takes a typed program */
	struct packet_word sock; /* address of a struct sock or sock_common */
};

/* Bytes of a header at least. */
uint32_t packet_header_size(enum packet_header header);
/* The row of that name, aliases followed; NULL when there is none. */
const struct packet_row *packet_find(const char *name);
/* True when the packet in a tunnel may have it: what comes from its bytes, but tunnels. */
bool packet_has_inner(const struct packet_row *row);
/* Where else a field is that such places never have; NULL: they may have it. */
const char *packet_lacks(const struct packet_row *row, const struct packet_source *s);
/* True when the latency @row is known at the tracepoint @event. */
bool packet_ends(const struct packet_row *row, const char *event);
/* True for the first part of a name: "tcp" of tcp.flags. */
bool packet_is_root(const char *word);
/* True for one whose fields may take bytes of the payload. */
bool packet_reads_payload(const char *root);

/* A member behind pointers: each step is a pointer to follow, the last is what is read. */
#define PATH_STEPS 6
struct packet_path {
	struct {
		const struct field *field;
		uint32_t btf_id; /* of the struct that has it */
	} steps[PATH_STEPS];
	uint32_t nsteps;
	bool zero_absent; /* 0 means that there is none */
};

/* Members of the kernel's structures that packets are read by. */
#define PACKET_MEMBERS(X)                                \
	X(len, "sk_buff", "len")                         \
	X(data_len, "sk_buff", "data_len")               \
	X(head, "sk_buff", "head")                       \
	X(data, "sk_buff", "data")                       \
	X(end, "sk_buff", "end")                         \
	X(protocol, "sk_buff", "protocol")               \
	X(mac_header, "sk_buff", "mac_header")           \
	X(network_header, "sk_buff", "network_header")   \
	X(skb_iif, "sk_buff", "skb_iif")                 \
	X(vlan_all, "sk_buff", "vlan_all")               \
	X(vlan_present, "sk_buff", "vlan_present")       \
	X(vlan_proto, "sk_buff", "vlan_proto")           \
	X(vlan_tci, "sk_buff", "vlan_tci")               \
	X(dev, "sk_buff", "dev")                         \
	X(gso_size, "skb_shared_info", "gso_size")       \
	X(gso_segs, "skb_shared_info", "gso_segs")       \
	X(gso_type, "skb_shared_info", "gso_type")       \
	X(nr_frags, "skb_shared_info", "nr_frags")       \
	X(dev_type, "net_device", "type")                \
	X(sk, "sk_buff", "sk")                           \
	X(sk_family, "sock_common", "skc_family")        \
	X(sk_state, "sock_common", "skc_state")          \
	X(sk_num, "sock_common", "skc_num")              \
	X(sk_dport, "sock_common", "skc_dport")          \
	X(sk_src4, "sock_common", "skc_rcv_saddr")       \
	X(sk_dst4, "sock_common", "skc_daddr")           \
	X(sk_src6, "sock_common", "skc_v6_rcv_saddr")    \
	X(sk_dst6, "sock_common", "skc_v6_daddr")        \
	X(sk_cookie, "sock_common", "skc_cookie")        \
	X(sk_protocol, "sock", "sk_protocol")            \
	X(sk_uid, "sock", "sk_uid")                      \
	X(sk_sport, "inet_sock", "inet_sport")           \
	X(sk_srtt, "tcp_sock", "srtt_us")                \
	X(ctx_len, "__sk_buff", "len")                   \
	X(ctx_protocol, "__sk_buff", "protocol")         \
	X(ctx_vlan_present, "__sk_buff", "vlan_present") \
	X(ctx_vlan_tci, "__sk_buff", "vlan_tci")         \
	X(ctx_vlan_proto, "__sk_buff", "vlan_proto")     \
	X(ctx_gso_segs, "__sk_buff", "gso_segs")         \
	X(ctx_gso_size, "__sk_buff", "gso_size")         \
	X(ctx_pkt_type, "__sk_buff", "pkt_type")         \
	X(ctx_cb, "__sk_buff", "cb")

enum packet_member {
#define X(id, tag, name) MEMBER_##id,
	PACKET_MEMBERS(X)
#undef X
		MEMBERS
};

/* What this kernel has for reading packets, for the whole plan. */
struct packet_kernel {
	uint32_t cast;        /* id of the function bpf_rdonly_cast, 0: it has none */
	uint32_t to_kern_ctx; /* of bpf_cast_to_kern_ctx */
	uint32_t dynptr;      /* of bpf_dynptr_from_skb */
	uint32_t sk_buff, shared_info, net_device; /* ids of the structs */
	uint32_t sock, sock_common, inet_sock, tcp_sock;
	uint32_t bytes;                       /* a struct with a long array of bytes ... */
	uint32_t bytes_offset;                /* ... at this offset in it */
	const struct field *members[MEMBERS]; /* NULL: this kernel does not have it */
};

/* How a script uses a field. */
struct packet_use {
	const struct packet_row *row;
	const struct packet_path *path; /* META of a struct sk_buff */
	const struct field *ctx;        /* META of a struct __sk_buff */
	uint8_t index;                  /* vlan[1]: 1 */
	uint32_t offset;                /* payload[40:8]: 40 */
	struct var *var;                /* LATENCY: ns, and 1; 0: there is none */
	bool inner;                     /* of the packet in the tunnel */
};

#endif
