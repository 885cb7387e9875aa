/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_PCAPLIB_H
#define UTIL_PCAPLIB_H

/*
 * libpcap, which is loaded when it is asked for: with all that it depends on it would make every
 * start of the program slower by a millisecond.
 */

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

/* "IEEE802_11_RADIO" of a DLT_ number; "unknown" when it has no name, or libpcap is not there. */
const char *pcaplib_link_name(int link);

/* An instruction of classic BPF (linux/filter.h). */
struct pcaplib_insn {
	uint16_t code;
	uint8_t jt, jf;
	uint32_t k;
};

struct pcaplib_program {
	const struct pcaplib_insn *insns;
	uint32_t count;
	const char *error; /* why there are none; NULL: all is well */
};

/* Compiles a filter for packets with an Ethernet header, or with that of IP. All is in @a. */
struct pcaplib_program pcaplib_compile(struct arena *a, const char *filter, bool ethernet);

#endif
