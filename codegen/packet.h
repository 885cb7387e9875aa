/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEGEN_PACKET_H
#define CODEGEN_PACKET_H

/*
 * Packets in a program. A frame that mentions fields walks the headers once, at its start, as far
 * as it needs to: what it finds are numbers in slots, which LLVM keeps in registers. Positions are
 * addresses in the kernel's memory, or offsets from the start of what the context gives (tc, xdp).
 */

#include <llvm-c/Core.h>

#include "parser/node.h"
#include "parser/packet.h"

struct cg;

enum packet_slot {
	SLOT_START,    /* where the frame begins: its link header, else its network header */
	SLOT_END,      /* behind the last byte that can be read */
	SLOT_TRUE_END, /* behind the last byte that there is */
	SLOT_LINK,     /* 1: there is a link header, at SLOT_START */
	SLOT_TYPE,     /* EtherType of the frame; 0: none */
	SLOT_LLC,
	SLOT_VLANS, /* tags */
	SLOT_ACCEL, /* 1: the first of them is not in the frame */
	SLOT_TCI0,
	SLOT_TCI1,
	SLOT_NEXT0, /* EtherType after the tag */
	SLOT_NEXT1,
	SLOT_PROTO, /* EtherType of the network header, while it is looked for */
	SLOT_L3,
	SLOT_NET,     /* EtherType of a network header that is there and right; 0: none */
	SLOT_MPLS,    /* where the label stack begins; 0: nowhere */
	SLOT_L3_LEN,  /* bytes of the IP packet */
	SLOT_IPPROTO, /* PROTO_NONE: none */
	SLOT_FRAG,    /* 1: a fragment */
	SLOT_LATER,   /* 1: one without a transport header */
	SLOT_FRAGHDR, /* position; 0: none */
	SLOT_L4,      /* behind the network header and its extensions */
	SLOT_TUNNEL,  /* of the packet inside: how it is carried, as in symbol.def; 0: it is not */
	SLOT_TUNNEL_ID, /* network number or key */
	SLOT_NUMBERED,  /* 1: there is one */
	SLOT_HDR,  /* protocol of a transport header that is there and right; PROTO_NONE: none */
	SLOT_DATA, /* the payload, while an application's header is looked for in it */
	SLOT_DATA_END, /* behind the last byte of it that can be read */
	SLOT_DNS,      /* positions of headers of applications; 0: none */
	SLOT_MDNS,
	SLOT_DNS_RESPONSE,
	SLOT_HTTP,
	SLOT_HTTP_REQUEST,
	SLOT_HTTP_RESPONSE,
	SLOT_TLS,
	SLOT_TLS_HANDSHAKE,
	SLOT_QUIC,
	SLOT_QUIC_LONG,
	SLOTS
};
#define PROTO_NONE 256

/* What one packet, or the one inside of it, was found to be. */
struct packet_level {
	LLVMValueRef slot[SLOTS];
	enum packet_need need;
	bool used;
	uint32_t headers; /* bits of enum packet_header: those whose fields are read */
};

struct packet_frame {
	struct packet_level level[2]; /* the packet; the one in its tunnel */
	uint32_t fields;              /* that the script reads, one of the payload for several */
	const struct packet_source *source;
	bool socket;               /* fields of the socket are read ... */
	LLVMValueRef sock;         /* ... at this address; 0: there is none */
	LLVMValueRef skb, skb_ptr; /* its address, as a number and as what the verifier knows */
	LLVMValueRef dynptr;       /* room for the kernel's view of all of it, or NULL */
};

/* Walks the packet as far as @nodes need it; the builder goes on behind that. */
void packet_begin(struct cg *cg, const struct node *const *nodes, uint32_t n);

/* The value of a field, as emit_expr(); jumps to cg->f.absent when the packet does not have it. */
LLVMValueRef emit_packet(struct cg *cg, const struct node *n, LLVMValueRef to);

LLVMValueRef packet_get(struct cg *cg, const struct packet_level *l, enum packet_slot slot);
void packet_set(struct cg *cg, const struct packet_level *l, enum packet_slot slot, LLVMValueRef v);
/* Goes on when @condition is true, else to where absent fields go. */
void packet_require(struct cg *cg, LLVMValueRef condition);

/* packet_read.c: bytes of the packet and members of the kernel's structures. */

/* A number of 1, 2, 4 or 8 bytes as it is in the packet, first byte highest. */
LLVMValueRef packet_number(struct cg *cg, LLVMValueRef position, uint32_t offset, uint32_t size);
/* The same as memory has it: for what is copied. */
LLVMValueRef packet_raw(struct cg *cg, LLVMValueRef position, uint32_t offset, uint32_t size);
/* Copies @size bytes (at least 1, at most @max) from @position on; what cannot be read is zero. */
void packet_bytes(struct cg *cg, LLVMValueRef to, LLVMValueRef position, LLVMValueRef size,
		  uint32_t max);
/* The same of the payload, which may be in page fragments; packet_end(): what can be read of it. */
LLVMValueRef packet_payload_number(struct cg *cg, const struct packet_level *l,
				   LLVMValueRef position, uint32_t offset, uint32_t size);
void packet_payload_bytes(struct cg *cg, const struct packet_level *l, LLVMValueRef to,
			  LLVMValueRef position, LLVMValueRef size, uint32_t max);
LLVMValueRef packet_end(struct cg *cg, const struct packet_level *l);
/* A member of the packet's struct sk_buff, skb_shared_info or struct __sk_buff; it exists. */
LLVMValueRef packet_member(struct cg *cg, enum packet_member m);
bool packet_has_member(const struct cg *cg, enum packet_member m);
/* A member of the struct @id at @address; @known is that as the verifier knows it, or NULL. */
LLVMValueRef packet_load(struct cg *cg, LLVMValueRef address, LLVMValueRef known, uint32_t id,
			 const struct field *f);
/* Word @i of enum replay_cb of a captured packet. */
LLVMValueRef packet_control(struct cg *cg, uint32_t i);
/* What a path of members leads to; a NULL on the way is absent. */
LLVMValueRef packet_path(struct cg *cg, const struct packet_path *p, const struct type *t,
			 LLVMValueRef to);
/* True when positions are addresses. */
bool packet_in_memory(const struct cg *cg);

/* packet_capture.c: 1 when there is a link header, from a file also one that is cut off. */
LLVMValueRef packet_has_link(struct cg *cg, const struct packet_level *l);
/* Bytes that a capture can have of the packet: those of its linear part. */
LLVMValueRef packet_captured(struct cg *cg);
/* The first @bytes of the packet, at most @max, and the head before them. */
void packet_capture(struct cg *cg, LLVMValueRef to, LLVMValueRef bytes, uint32_t max);

/* The name of the interface, in the file that is replayed. */
LLVMValueRef packet_replay_iface(struct cg *cg, LLVMValueRef to);

/* packet_begin.c: where a packet begins; its Ethernet header; a tag that was taken off it. */
void packet_start(struct cg *cg, const struct packet_level *l);
void packet_ethernet(struct cg *cg, const struct packet_level *l);
void packet_accelerated(struct cg *cg, const struct packet_level *l);

/* packet_walk.c: all of it, and its steps; packet_tunnel.c: the same of the packet inside @out. */
void packet_walk(struct cg *cg);
void packet_tags(struct cg *cg, const struct packet_level *l);
/* @tagged: tags and labels may be before the network header. */
void packet_network(struct cg *cg, const struct packet_level *l, bool tagged);
void packet_transport(struct cg *cg, const struct packet_level *l);
void packet_inner(struct cg *cg, const struct packet_level *out, const struct packet_level *l);
/* Goes on unless the transport header that IP announces is cut short or wrong. */
void packet_require_transport(struct cg *cg, const struct packet_level *l);

/* packet_app.c: looks for the headers of applications that the script asks for. */
void packet_applications(struct cg *cg, const struct packet_level *l);
/* Headers that such a field needs, as bits; 0: it is of no application. */
uint32_t packet_app_headers(enum packet_calc calc);
/* Text of at most the size of @t at @position, @size (at least 1) bytes of it, zeros behind. */
void packet_text(struct cg *cg, const struct packet_level *l, LLVMValueRef to, const struct type *t,
		 LLVMValueRef position, LLVMValueRef size);
/* Ends a text in memory before its first byte that is at most @last. */
void packet_cut(struct cg *cg, LLVMValueRef text, uint32_t size, uint8_t last);
/* Question marks for control characters, which a terminal would obey. */
void packet_clean(struct cg *cg, LLVMValueRef text, uint32_t size);

/* Where the payload begins, and its true length in *@length. */
LLVMValueRef packet_payload(struct cg *cg, const struct packet_level *l, LLVMValueRef *length);

/* The same, and how many bytes of it this program can read. */
LLVMValueRef packet_readable(struct cg *cg, const struct packet_level *l, LLVMValueRef *available);
/* packet_sock.c: the address of the probe's or the packet's socket, and what is read of it. */
LLVMValueRef packet_socket(struct cg *cg);
/* Goes on when the socket is none that only waits for its end or for the handshake's. */
void packet_require_full(struct cg *cg);
#define SOCK(id, name, type, doc) LLVMValueRef sock_##id(struct cg *cg, LLVMValueRef to);
#include "parser/packet.def"

/* packet_calc.c: one for each CALC of packet.def, as emit_packet(). */
#define CALC(id, name, need, type, doc)                                       \
	LLVMValueRef packet_##id(struct cg *cg, const struct packet_level *l, \
				 const struct node *n, LLVMValueRef to);
#include "parser/packet.def"

#endif
