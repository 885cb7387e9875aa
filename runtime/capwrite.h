/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CAPWRITE_H
#define RUNTIME_CAPWRITE_H

/* Writes captures: pcapng (draft-ietf-opsawg-pcapng). */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/capread.h"

struct capwrite;

#define CAPWRITE_PARTS 3

struct capwrite_packet {
	const char *iface; /* "": unknown */
	uint16_t link;     /* LINKTYPE_ number */
	uint64_t ns;       /* since 1970 */
	enum capread_direction direction;
	const char *comment; /* "": none */
	struct capwrite_part {
		const unsigned char *data;
		uint32_t size;
	} parts[CAPWRITE_PARTS]; /* what there is of it, in order */
	uint32_t length;         /* bytes that it had */
};

/* Makes the file and writes its head: it is of @program. NULL with errno. */
struct capwrite *capwrite_open(const char *path, const char *program);

/* 0 or -errno: of this packet or an earlier one. */
int capwrite_packet(struct capwrite *w, const struct capwrite_packet *p);
int capwrite_flush(struct capwrite *w);
int capwrite_close(struct capwrite *w);

#endif
