/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/net.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "runtime/value.h"

#define NS_PER_S 1000000000ull
#define MINUTE 60
#define HOUR 3600
#define DAY 86400

static void print_address(struct out *o, bool is4, const unsigned char *p)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(is4 ? AF_INET : AF_INET6, p, text, sizeof(text));
	out_string(o, text);
}

static void print_ip4(struct out *o, uint32_t address)
{
	uint32_t bytes = htonl(address);

	print_address(o, true, (const unsigned char *)&bytes);
}

static void print_mac(struct out *o, const unsigned char *p, const char *format)
{
	char text[20];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, sizeof(text), format, p[0], p[1], p[2], p[3], p[4], p[5]);
#pragma GCC diagnostic pop
	out_string(o, text);
}

static void print_ether(struct out *o, uint64_t v)
{
	unsigned char bytes[6];
	int i;

	for (i = 0; i < 6; i++)
		bytes[i] = (unsigned char)(v >> (40 - 8 * i));
	print_mac(o, bytes, "%02x:%02x:%02x:%02x:%02x:%02x");
}

static void print_flags(struct out *o, const struct type *t, uint64_t v)
{
	const char *before = "";
	uint32_t i;

	if (!v)
		out_string(o, "none");
	for (i = 0; i < t->count; i++) {
		uint64_t mask = (uint64_t)t->values[i].value;

		if (!mask || (v & mask) != mask)
			continue;
		out_string(o, before);
		out_string(o, t->values[i].name);
		before = ",";
		v &= ~mask;
	}
	if (!v)
		return;
	out_string(o, before);
	out_string(o, "0x");
	out_hex(o, v);
}

/* @v / @unit, rounded to three digits, without zeros at the end; false: it rounds to @limit. */
static bool print_scaled(struct out *o, uint64_t v, uint64_t unit, uint64_t limit, const char *name)
{
	uint64_t scale = 100, n = 0;
	char text[32];
	int digits;

	for (; scale; scale /= 10) {
		n = (v * scale + unit / 2) / unit;
		if (n < 1000 && n < limit * scale)
			break;
	}
	if (!scale)
		return false;
	digits = scale == 100 ? 2 : scale == 10 ? 1 : 0;
	for (; digits && n % 10 == 0; digits--, scale /= 10)
		n /= 10;
	if (digits)
		snprintf(text, sizeof(text), "%llu.%0*llu%s", (unsigned long long)(n / scale),
			 digits, (unsigned long long)(n % scale), name);
	else
		snprintf(text, sizeof(text), "%llu%s", (unsigned long long)n, name);
	out_string(o, text);
	return true;
}

/* Two parts of a long time, the second one if there is any. */
static void print_parts(struct out *o, uint64_t v, uint64_t first, uint64_t second,
			const char *units)
{
	out_unsigned(o, v / first);
	out_char(o, units[0]);
	if (!(v % first / second))
		return;
	out_unsigned(o, v % first / second);
	out_char(o, units[1]);
}

void net_duration(struct out *o, int64_t ns)
{
	uint64_t v = ns < 0 ? -(uint64_t)ns : (uint64_t)ns, s = v / NS_PER_S;

	if (ns < 0)
		out_char(o, '-');
	if (v < 1000) {
		out_unsigned(o, v);
		out_string(o, "ns");
		return;
	}
	if (v < 1000000 && print_scaled(o, v, 1000, 1000, "us"))
		return;
	if (v < 1000000000 && print_scaled(o, v, 1000000, 1000, "ms"))
		return;
	if (s < MINUTE && print_scaled(o, v, NS_PER_S, MINUTE, "s"))
		return;
	s += v % NS_PER_S >= NS_PER_S / 2;
	if (s < HOUR)
		print_parts(o, s, MINUTE, 1, "ms");
	else if (s < DAY)
		print_parts(o, s, HOUR, MINUTE, "hm");
	else
		print_parts(o, s, DAY, HOUR, "dh");
}

/* The name of @v in an ENUM type, or the number. */
static void print_symbol(struct out *o, const struct type *t, uint8_t v)
{
	value_print(o, t, &v, VALUE_TEXT);
}

static bool has_ports(uint8_t proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_SCTP ||
	       proto == IPPROTO_DCCP || proto == IPPROTO_UDPLITE;
}

static void print_end(struct out *o, const struct flow *f, const uint8_t *address, uint16_t port)
{
	bool ports = has_ports(f->proto) && !(f->flags & FLOW_FRAGMENT);
	bool brackets = ports && f->family != 4;

	if (brackets)
		out_char(o, '[');
	print_address(o, f->family == 4, address);
	if (brackets)
		out_char(o, ']');
	if (!ports)
		return;
	out_char(o, ':');
	out_unsigned(o, port);
}

/* Types of ICMP that have an identifier. */
static bool has_id(const struct type *t, uint8_t icmp)
{
	if (t == &type_icmp6_type)
		return icmp == 128 || icmp == 129;
	return icmp == 0 || icmp == 8 || icmp == 13 || icmp == 14;
}

static void print_icmp(struct out *o, const struct flow *f, const struct type *t)
{
	out_char(o, ' ');
	print_symbol(o, t, (uint8_t)(f->sport >> 8));
	if (f->sport & 0xff) {
		out_char(o, '/');
		out_unsigned(o, f->sport & 0xff);
	}
	if (!has_id(t, (uint8_t)(f->sport >> 8)))
		return;
	out_string(o, " id ");
	out_unsigned(o, f->dport);
}

static void print_flow(struct out *o, const struct flow *f)
{
	print_symbol(o, &type_ipproto, f->proto);
	out_char(o, ' ');
	print_end(o, f, f->src, f->sport);
	out_string(o, " > ");
	print_end(o, f, f->dst, f->dport);
	if (f->flags & FLOW_FRAGMENT)
		out_string(o, " frag");
	else if (f->proto == IPPROTO_ICMP)
		print_icmp(o, f, &type_icmp_type);
	else if (f->proto == IPPROTO_ICMPV6)
		print_icmp(o, f, &type_icmp6_type);
}

void net_print(struct out *o, const struct type *t, const unsigned char *value)
{
	struct flow f;

	switch ((int)t->kind) {
	case TYPE_INET:
		print_address(o, value[0] == 4, value + 8);
		break;
	case TYPE_IP4:
		print_ip4(o, (uint32_t)value_integer(t, value));
		break;
	case TYPE_IP6:
		print_address(o, false, value);
		break;
	case TYPE_MAC:
		print_mac(o, value, "%02X:%02X:%02X:%02X:%02X:%02X");
		break;
	case TYPE_ETHER:
		print_ether(o, (uint64_t)value_integer(t, value));
		break;
	case TYPE_FLAGS:
		print_flags(o, t, (uint64_t)value_integer(t, value));
		break;
	case TYPE_FLOW:
		memcpy(&f, value, sizeof(f));
		print_flow(o, &f);
		break;
	default:
		break;
	}
}
