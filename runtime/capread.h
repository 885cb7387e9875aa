/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CAPREAD_H
#define RUNTIME_CAPREAD_H

/*
 * Reads captures: pcap in all its byte orders and resolutions, and pcapng with its interfaces
 * (draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng). libpcap reads both too, but does not tell
 * the interface and the direction of a packet.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct capread_iface {
	char name[64]; /* "": the file does not say */
	uint16_t link; /* LINKTYPE_ number */
	uint32_t snaplen;
	uint8_t resolution; /* units of time: 10^-n s, or with bit 7 2^-n s */
	int64_t offset;     /* of its times, in s */
};

enum capread_direction { CAPREAD_UNKNOWN, CAPREAD_IN, CAPREAD_OUT };

#define CAPREAD_FRONT 16 /* bytes before a packet's data that may be overwritten */

/* A packet; its data is valid until the next one is read. */
struct capread_packet {
	unsigned char *data;
	uint32_t captured, length; /* bytes that are there, and that it had */
	uint64_t ns;               /* since 1970 */
	bool timed;                /* @ns is known */
	uint32_t iface;            /* index of capread.ifaces */
	enum capread_direction direction;
};

/* At most @n bytes into @to; how many, 0 at the end, negative (errno) on failure. */
typedef ssize_t capread_fn(void *ctx, void *to, size_t n);

struct capread {
	capread_fn *read;
	void *ctx;
	unsigned char *data; /* what was read and is not used up is from @at to @end */
	size_t at, end, room;
	bool swapped, pcapng, eof;
	uint32_t trailer; /* pcap: bytes between a record's header and its data */
	uint32_t first;   /* pcapng: first interface of this section */
	uint64_t units;   /* pcap: ns in a unit of time */
	struct capread_iface *ifaces;
	uint32_t nifaces;
	char error[160]; /* why the last call failed */
};

/* Reads the head of a capture. 0, or -1 with c->error when it is none; close it in any case. */
int capread_open(struct capread *c, capread_fn *read, void *ctx);
/* 1 and a packet, 0 at the end, -1 with c->error. */
int capread_next(struct capread *c, struct capread_packet *p);
void capread_close(struct capread *c);

#endif
