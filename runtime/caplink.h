/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_CAPLINK_H
#define RUNTIME_CAPLINK_H

/* Packets of all link types that are understood, as Ethernet frames. */

#include "runtime/capread.h"

#define ETHERNET_HEADER 14

/* LINKTYPE_ numbers (https://www.tcpdump.org/linktypes.html). */
enum caplink {
	CAPLINK_NULL = 0,
	CAPLINK_ETHERNET = 1,
	CAPLINK_RAW_BSD = 12, /* what some systems write for RAW */
	CAPLINK_RAW_OPENBSD = 14,
	CAPLINK_RAW = 101,
	CAPLINK_LOOP = 108,
	CAPLINK_SLL = 113,
	CAPLINK_IPV4 = 228,
	CAPLINK_IPV6 = 229,
	CAPLINK_SLL2 = 276
};

/* True when packets of that link type are understood. */
bool caplink_known(uint16_t link);

/*
 * Makes @p, of type @link, begin with an Ethernet header or with what follows one. True when the
 * file has no Ethernet header: then the 14 bytes before p->data are one, with zeros for
 * addresses and the right ethertype.
 */
bool caplink_strip(uint16_t link, struct capread_packet *p);

#endif
