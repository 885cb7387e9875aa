/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_ADDRESS_H
#define PARSER_ADDRESS_H

/* Addresses and prefixes as text, numbers and bytes. */

#include <stdbool.h>
#include <stdint.h>

#include "parser/node.h"

/* The bytes of an INET: as in a packet, IPv4 in the first 4, the rest zero. */
struct inet {
	uint64_t length; /* 4 or 16 */
	unsigned char bytes[16];
};

struct address {
	struct inet inet;
	bool prefix;   /* it was written with a length ... */
	uint32_t bits; /* ... of so many bits, else all of them */
};

/* "10.0.0.1", "fd00::/8"; false: it is none. */
bool address_parse(const char *text, struct address *a);
/* 32 or 128. */
static inline uint32_t address_bits(const struct address *a)
{
	return (uint32_t)a->inet.length * 8;
}
/* Clears the bits behind the prefix; false when one was set. */
bool address_mask(struct address *a);
const char *address_text(struct arena *arena, const struct address *a);
/* An IPv4 address as a number. */
uint32_t address_ip4(const struct address *a);
/* The address that a literal of type IP4, IP6 or INET, or a PREFIX is. */
void address_of(const struct node *n, struct address *a);
/* "aa:bb:cc:dd:ee:ff" as a number; false: it is none. */
bool ether_parse(const char *text, uint64_t *value);
/* Makes @n a number of type @t. */
void address_number(struct node *n, const struct type *t, uint64_t value);

#endif
