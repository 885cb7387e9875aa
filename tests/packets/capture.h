/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PACKETS_CAPTURE_H
#define TESTS_PACKETS_CAPTURE_H

/* Captures of make.py: classic pcap in this machine's byte order, read whole. */

#include <stdint.h>
#include <stdio.h>

#define CAPTURE_MAX 2048 /* bytes of a packet */

struct packet {
	uint8_t data[CAPTURE_MAX];
	uint32_t size, wire; /* captured, and on the wire */
};

struct capture {
	struct packet *packets;
	uint32_t count;
};

/* Adds the packets of a file to @c; ends the program when that is impossible. */
void capture_read(struct capture *c, const char *path);

void capture_begin(FILE *f);
void capture_write(FILE *f, const struct packet *p);

#endif
