/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_PCAPLIB_H
#define UTIL_PCAPLIB_H

/*
 * libpcap, which is loaded when it is asked for: with all that it depends on it would make every
 * start of the program slower by a millisecond.
 */

/* "IEEE802_11_RADIO" of a DLT_ number; "unknown" when it has no name, or libpcap is not there. */
const char *pcaplib_link_name(int link);

#endif
