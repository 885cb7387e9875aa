/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/caplink.h"

#include <linux/if_ether.h>
#include <string.h>

#define NO_TYPE 0      /* nothing can be said of what follows */
#define SLL_OUTGOING 4 /* packet type: sent by this machine; the others are received */

/* A link layer: how long its header is, and what that says. */
struct layer {
	uint16_t link;
	uint16_t size;
	uint16_t (*ethertype)(struct capread_packet *p);
};

static uint16_t big16(const unsigned char *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

/* The IP version in the first bits of the packet. */
static uint16_t raw_type(struct capread_packet *p)
{
	uint8_t version = p->captured ? p->data[0] >> 4 : 0;

	return version == 4 ? ETH_P_IP : version == 6 ? ETH_P_IPV6 : NO_TYPE;
}

static uint16_t ipv4_type(struct capread_packet *p)
{
	(void)p;
	return ETH_P_IP;
}

static uint16_t ipv6_type(struct capread_packet *p)
{
	(void)p;
	return ETH_P_IPV6;
}

/* An address family, in the order of the machine that captured; IPv6 has a number per system. */
static uint16_t family_type(struct capread_packet *p)
{
	const unsigned char *at = p->data;
	unsigned int family = at[0] | at[1] ? at[0] : at[3];

	switch (family) {
	case 2:
		return ETH_P_IP;
	case 10:
	case 24:
	case 28:
	case 30:
		return ETH_P_IPV6;
	default:
		return NO_TYPE;
	}
}

static uint16_t sll_type(struct capread_packet *p)
{
	p->direction = big16(p->data) == SLL_OUTGOING ? CAPREAD_OUT : CAPREAD_IN;
	return big16(p->data + 14);
}

static uint16_t sll2_type(struct capread_packet *p)
{
	p->direction = p->data[10] == SLL_OUTGOING ? CAPREAD_OUT : CAPREAD_IN;
	return big16(p->data);
}

static const struct layer layers[] = {
	{ CAPLINK_RAW, 0, raw_type },         { CAPLINK_RAW_BSD, 0, raw_type },
	{ CAPLINK_RAW_OPENBSD, 0, raw_type }, { CAPLINK_IPV4, 0, ipv4_type },
	{ CAPLINK_IPV6, 0, ipv6_type },       { CAPLINK_NULL, 4, family_type },
	{ CAPLINK_LOOP, 4, family_type },     { CAPLINK_SLL, 16, sll_type },
	{ CAPLINK_SLL2, 20, sll2_type },
};

static const struct layer *find_layer(uint16_t link)
{
	for (size_t i = 0; i < sizeof(layers) / sizeof(*layers); i++)
		if (layers[i].link == link)
			return &layers[i];
	return NULL;
}

bool caplink_known(uint16_t link)
{
	return link == CAPLINK_ETHERNET || find_layer(link);
}

bool caplink_strip(uint16_t link, struct capread_packet *p)
{
	const struct layer *l = find_layer(link);
	uint16_t type = NO_TYPE, size;

	if (!l)
		return false;
	size = p->captured < l->size ? (uint16_t)p->captured : l->size;
	if (size == l->size)
		type = l->ethertype(p);
	p->data += size;
	p->captured -= size;
	p->length -= size;
	memset(p->data - ETHERNET_HEADER, 0, ETHERNET_HEADER - 2);
	p->data[-2] = (unsigned char)(type >> 8);
	p->data[-1] = (unsigned char)type;
	return true;
}
