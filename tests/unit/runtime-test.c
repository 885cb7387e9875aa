/* SPDX-License-Identifier: Apache-2.0 */
/* runtime/: what needs no kernel: values, formats, histograms, sorting, JSON, -c, error logs. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser/tables.h"
#include "runtime/cells.h"
#include "runtime/command.h"
#include "runtime/format.h"
#include "runtime/histogram.h"
#include "runtime/loaderror.h"
#include "runtime/output.h"
#include "runtime/rows.h"
#include "runtime/value.h"

#define SIGN (1ull << 63)

static unsigned int tests, failures;
static struct out out;

static void ok(bool good, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void ok(bool good, const char *fmt, ...)
{
	va_list ap;

	printf("%sok %u - ", good ? "" : "not ", ++tests);
	failures += !good;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* Compares what was printed since the last time. */
static void is(const char *what, const char *want)
{
	bool same = out.length == strlen(want) && memcmp(out.data, want, out.length) == 0;

	ok(same, "%s", what);
	if (!same)
		printf("# got:  %.*s\n# want: %s\n", (int)out.length, out.data, want);
	out_reset(&out);
}

static const struct agg *agg(const char *name)
{
	return TABLE_FIND(agg_rows, agg_count, name);
}

static struct type string_type(uint32_t size)
{
	return (struct type){ .kind = TYPE_STRING, .size = size };
}

static const struct enum_value reasons[] = { { "NOT_SPECIFIED", 2 },
					     { "NO_SOCKET", 3 },
					     { "LESS", -1 } };
static const struct type reason = {
	.kind = TYPE_ENUM,
	.size = 4,
	.is_signed = true,
	.count = 3,
	.values = reasons,
};
static const struct type pointer = { .kind = TYPE_PTR, .size = 8 };

static void text(const struct type *t, const void *data, const char *want)
{
	value_print(&out, t, data, VALUE_TEXT);
	is(want, want);
}

static void json(const struct type *t, const void *data, const char *want)
{
	value_print(&out, t, data, VALUE_JSON);
	is(want, want);
}

static void test_numbers(void)
{
	const int64_t minus = -1, big = (1ll << 53) + 1;
	const uint64_t most = UINT64_MAX, address = 0xffff888100000001ull;
	const int64_t three = 3, four = 4;
	const bool yes = true, no = false;

	text(&type_int8, &minus, "-1");
	text(&type_uint8, &minus, "255");
	text(&type_int32, &minus, "-1");
	text(&type_uint32, &minus, "4294967295");
	text(&type_uint64, &most, "18446744073709551615");
	text(&type_int64, (const int64_t[]){ INT64_MIN }, "-9223372036854775808");
	text(&type_bool, &yes, "true");
	text(&type_bool, &no, "false");
	text(&reason, &three, "NO_SOCKET");
	text(&reason, &minus, "LESS");
	text(&reason, &four, "4");
	text(&pointer, &address, "0xffff888100000001");
	json(&type_int64, &big, "\"9007199254740993\"");
	json(&type_uint64, &most, "\"18446744073709551615\"");
	json(&type_int64, (const int64_t[]){ 1ll << 53 }, "9007199254740992");
	json(&type_int64, (const int64_t[]){ INT64_MIN }, "-9223372036854775808");
	json(&type_bool, &yes, "true");
	json(&reason, &three, "3");
	json(&pointer, (const uint64_t[]){ 16 }, "16");
}

static void address(int family, const char *want)
{
	struct {
		uint64_t length;
		unsigned char bytes[16];
	} v = { family == AF_INET ? 4 : 16, { 0 } };

	inet_pton(family, want, v.bytes);
	text(&type_inet, &v, want);
	if (family == AF_INET6)
		text(&type_ip6, v.bytes, want);
}

static void test_addresses(void)
{
	const uint32_t v4 = 0x0a000001;
	const uint64_t ether = 0xaabbccddeeff, low = 1;

	text(&type_ip4, &v4, "10.0.0.1");
	json(&type_ip4, &v4, "\"10.0.0.1\"");
	text(&type_ether, &ether, "aa:bb:cc:dd:ee:ff");
	text(&type_ether, &low, "00:00:00:00:00:01");
	json(&type_ether, &ether, "\"aa:bb:cc:dd:ee:ff\"");
	address(AF_INET, "10.0.0.1");
	address(AF_INET6, "::");
	address(AF_INET6, "::1");
	address(AF_INET6, "1::");
	address(AF_INET6, "fd00::1:0:0:1");
	address(AF_INET6, "2001:db8:0:1:1:1:1:1");
	address(AF_INET6, "2001:0:0:1::1");
	address(AF_INET6, "::ffff:1.2.3.4");
	address(AF_INET6, "2001:db8:1:2:3:4:5:6");
}

static const struct enum_value bits[] = { { "FIN", 1 }, { "SYN", 2 }, { "ACK", 16 } };
static const struct type tcp_flags = {
	.kind = TYPE_FLAGS,
	.size = 2,
	.count = 3,
	.values = bits,
};

static void test_flags(void)
{
	text(&tcp_flags, (const uint16_t[]){ 0 }, "none");
	text(&tcp_flags, (const uint16_t[]){ 18 }, "SYN,ACK");
	text(&tcp_flags, (const uint16_t[]){ 0x142 }, "SYN,0x140");
	text(&tcp_flags, (const uint16_t[]){ 0x100 }, "0x100");
	json(&tcp_flags, (const uint16_t[]){ 17 }, "\"FIN,ACK\"");
	text(&type_ipproto, "\x06", "TCP");
	text(&type_ipproto, "\xfd", "253");
}

static void test_durations(void)
{
	static const struct {
		int64_t ns;
		const char *want;
	} rows[] = {
		{ 0, "0ns" },
		{ 850, "850ns" },
		{ -850, "-850ns" },
		{ 1000, "1us" },
		{ 1001, "1us" },
		{ 12345, "12.3us" },
		{ 123456, "123us" },
		{ 999499, "999us" },
		{ 999500, "1ms" },
		{ 4560000, "4.56ms" },
		{ 9999999, "10ms" },
		{ 1200000000, "1.2s" },
		{ 59940000000, "59.9s" },
		{ 59960000000, "1m" },
		{ 123000000000, "2m3s" },
		{ 3723000000000, "1h2m" },
		{ 90000000000000, "1d1h" },
		{ INT64_MAX, "106751d23h" },
		{ INT64_MIN, "-106751d23h" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		text(&type_duration, &rows[i].ns, rows[i].want);
	json(&type_duration, &rows[5].ns, "12345");
}

static struct flow flow4(uint8_t proto, uint16_t sport, uint16_t dport)
{
	return (struct flow){
		.src = { 10, 0, 0, 1 },
		.dst = { 10, 0, 0, 2 },
		.sport = sport,
		.dport = dport,
		.proto = proto,
		.family = 4,
	};
}

static struct flow flow6(uint8_t proto, uint16_t sport, uint16_t dport)
{
	struct flow f = flow4(proto, sport, dport);

	f.family = 6;
	inet_pton(AF_INET6, "fd00::1", f.src);
	inet_pton(AF_INET6, "fd00::2", f.dst);
	return f;
}

static void test_flows(void)
{
	struct flow f = flow4(IPPROTO_TCP, 443, 51000), g = f;
	const struct type *t = &type_flow;

	text(t, &f, "TCP 10.0.0.1:443 > 10.0.0.2:51000");
	json(t, &f, "\"TCP 10.0.0.1:443 > 10.0.0.2:51000\"");
	f.flags = FLOW_FRAGMENT;
	text(t, &f, "TCP 10.0.0.1 > 10.0.0.2 frag");
	ok(value_compare(t, &g, &f) < 0, "fragments after others");
	f = flow4(IPPROTO_TCP, 80, 1);
	ok(value_compare(t, &f, &g) < 0 && value_compare(t, &g, &f) > 0, "ports by number");
	f = flow6(IPPROTO_UDP, 53, 1024);
	text(t, &f, "UDP [fd00::1]:53 > [fd00::2]:1024");
	ok(value_compare(t, &g, &f) < 0, "IPv4 before IPv6");
	f = flow4(89, 0, 0);
	text(t, &f, "OSPF 10.0.0.1 > 10.0.0.2");
	f = flow6(253, 0, 0);
	text(t, &f, "253 fd00::1 > fd00::2");
	f = flow4(IPPROTO_ICMP, 8 << 8, 77);
	text(t, &f, "ICMP 10.0.0.1 > 10.0.0.2 ECHO_REQUEST id 77");
	f = flow4(IPPROTO_ICMP, 3 << 8 | 13, 0);
	text(t, &f, "ICMP 10.0.0.1 > 10.0.0.2 DEST_UNREACHABLE/13");
	f = flow6(IPPROTO_ICMPV6, 135 << 8, 0);
	text(t, &f, "ICMPv6 fd00::1 > fd00::2 NEIGHBOR_SOLICITATION");
	f = flow6(IPPROTO_ICMPV6, 128 << 8, 7);
	text(t, &f, "ICMPv6 fd00::1 > fd00::2 ECHO_REQUEST id 7");
}

static void test_optional(void)
{
	struct arena *a = arena_new();
	const struct type *t = type_optional(a, &type_ip4, "-");
	const uint64_t some[] = { 1, 0x7f000001 }, none[] = { 0, 0 };

	text(t, some, "127.0.0.1");
	text(t, none, "-");
	json(t, some, "\"127.0.0.1\"");
	json(t, none, "\"-\"");
	ok(value_compare(t, none, some) < 0, "no value comes first");
	arena_free(a);
}

static void test_strings(void)
{
	const struct type s8 = string_type(8), s16 = string_type(16);
	const struct {
		uint32_t length;
		unsigned char data[8];
	} buffer = { 5, { 'a', 0, 0xff, '\\', '~' } };
	const struct type buf = { .kind = TYPE_BUF, .size = 12 };

	text(&s8, "abc\0\0\0\0", "abc");
	text(&s8, "12345678", "12345678");
	text(&buf, &buffer, "a\\x00\\xff\\~");
	json(&buf, &buffer, "[97,0,255,92,126]");
	json(&s16, "q\"b\\n\nt\tr\r\x01\x7f\0\0\0", "\"q\\\"b\\\\n\\nt\\tr\\r\\u0001\x7f\"");
	json(&s16, "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x9d\0\0",
	     "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x9d\"");
	json(&s8, "\xc3 \xa9\0\0\0\0", "\"\\u00c3 \\u00a9\"");
	json(&s8, "\xed\xa0\x80\0\0\0\0", "\"\\u00ed\\u00a0\\u0080\"");
	json(&s8, "\xc0\x80\xf5\xe2\x82\0\0", "\"\\u00c0\\u0080\\u00f5\\u00e2\\u0082\"");
	out.max_strlen = 8;
	text(&s8, "1234567", "1234567..");
	json(&s8, "1234567", "\"1234567..\"");
	text(&s8, "123456\0", "123456");
	out.max_strlen = 0;
}

static void test_composites(void)
{
	const struct type s8 = string_type(8);
	const struct type bytes = {
		.kind = TYPE_ARRAY, .size = 4, .elem = &type_uint8, .count = 4
	};
	const struct field inner_fields[] = { { .type = &type_int64 },
					      { .type = &s8, .offset = 8 } };
	const struct type inner = {
		.kind = TYPE_TUPLE,
		.size = 16,
		.count = 2,
		.fields = inner_fields,
	};
	const struct field outer_fields[] = { { .type = &type_int64 },
					      { .type = &inner, .offset = 8 } };
	const struct type outer = {
		.kind = TYPE_TUPLE,
		.size = 24,
		.count = 2,
		.fields = outer_fields,
	};
	const struct type single = {
		.kind = TYPE_TUPLE, .size = 8, .count = 1, .fields = inner_fields
	};
	const struct field record_fields[] = {
		{ .name = "a", .type = &type_int64 },
		{ .name = "b", .type = &s8, .offset = 8 },
		{ .name = "lo", .type = &type_uint8, .offset = 16, .bit_size = 4 },
		{ .name = "hi", .type = &type_int8, .offset = 16, .bit_offset = 4, .bit_size = 4 },
	};
	const struct type record = {
		.kind = TYPE_RECORD,
		.size = 24,
		.count = 4,
		.fields = record_fields,
	};
	const struct {
		int64_t a, b;
		char c[8];
	} v = { -5, 2, "x y" };
	const struct {
		int64_t a;
		char b[8];
		uint8_t bits;
	} r = { 1, "x", 0xf3 };

	text(&bytes, "\x0a\x00\x00\x01", "[10,0,0,1]");
	json(&bytes, "\x0a\x00\x00\x01", "[10,0,0,1]");
	text(&outer, &v, "(-5, (2, x y))");
	json(&outer, &v, "[-5,[2,\"x y\"]]");
	text(&single, &v, "(-5,)");
	text(&record, &r, "{ .a = 1, .b = x, .lo = 3, .hi = -1 }");
	json(&record, &r, "{\"a\": 1, \"b\": \"x\", \"lo\": 3, \"hi\": -1}");
	value_print_key(&out, &outer, &v, VALUE_TEXT);
	is("a tuple key has no parentheses of its own", "-5, (2, x y)");
	value_print_key(&out, &outer, &v, VALUE_KEY);
	is("a JSON key has no blanks but those of strings", "-5,(2,x y)");
	ok(value_compare(&outer, &v, &v) == 0, "a tuple equals itself");
}

static void test_compare(void)
{
	const struct type s8 = string_type(8);
	const struct type address = {
		.kind = TYPE_ARRAY, .size = 4, .elem = &type_uint8, .count = 4
	};
	const int64_t minus = -1, one = 1;

	ok(value_compare(&type_int64, &minus, &one) < 0, "-1 before 1 when signed");
	ok(value_compare(&type_uint64, &minus, &one) > 0, "and after it when not");
	ok(value_compare(&s8, "ab\0\0\0\0\0", "abc\0\0\0\0") < 0, "a prefix comes first");
	ok(value_compare(&s8, "\xff\0\0\0\0\0\0", "a\0\0\0\0\0\0") > 0,
	   "strings by unsigned bytes");
	ok(value_compare(&s8, "a\0junk\0", "a\0\0\0\0\0\0") == 0,
	   "what follows the NUL is nothing");
	ok(value_compare(&address, "\x0a\x00\x00\x02", "\x0a\x00\x01\x01") < 0,
	   "addresses by bytes");
	ok(value_compare(&address, "\xc0\x00\x00\x02", "\x0a\x00\x01\x01") > 0,
	   "high bytes are high");
}

/* Reads "%-5.3hhd" and the like. */
static struct fmt_piece piece_of(const char *p)
{
	struct fmt_piece piece = { .text = "<", .length = 1, .width = -1, .precision = -1 };
	char *end;

	for (p++; *p && strchr("-+ #0", *p); p++) {
		piece.left |= *p == '-';
		piece.plus |= *p == '+';
		piece.space |= *p == ' ';
		piece.alternate |= *p == '#';
		piece.zero |= *p == '0';
	}
	if (*p >= '1' && *p <= '9') {
		piece.width = (int)strtol(p, &end, 10);
		p = end;
	}
	if (*p == '.') {
		piece.precision = (int)strtol(p + 1, &end, 10);
		p = end;
	}
	piece.bytes = p[0] == 'h' ? p[1] == 'h' ? 1 : 2 : 0;
	p += strspn(p, "h");
	piece.conv = *p;
	piece.modifier = p[1];
	return piece;
}

/* One argument in a record, printed by the conversion @spec. */
static void conversion(const char *spec, const struct type *t, const void *data, const char *want)
{
	const struct fmt_piece pieces[] = { piece_of(spec), { .text = ">", .length = 1 } };
	const struct fmt fmt = { .pieces = pieces, .count = 2, .args = 1 };
	const struct field arg = { .type = t, .offset = EVENT_HEADER };
	unsigned char record[64] = { 0 };
	char expected[128];
	struct format *f;

	memcpy(record + EVENT_HEADER, data, t->size < 8 ? 8 : t->size);
	f = format_new(&fmt, &arg);
	format_print(&out, f, record);
	format_free(f);
	snprintf(expected, sizeof(expected), "<%s>", want);
	is(spec, expected);
}

static void test_conversions(void)
{
	const int64_t minus = -1, n = 42, zero = 0;
	const uint64_t most = UINT64_MAX, wide = 0xffffffff;

	conversion("%d", &type_int64, &minus, "-1");
	conversion("%d", &type_uint32, &wide, "4294967295");
	conversion("%d", &reason, (const int64_t[]){ 3 }, "3");
	conversion("%d", &type_bool, (const int64_t[]){ 1 }, "1");
	conversion("%u", &type_int32, &minus, "4294967295");
	conversion("%u", &type_uint64, &most, "18446744073709551615");
	conversion("%x", &type_int32, &minus, "ffffffff");
	conversion("%x", &type_int8, &minus, "ff");
	conversion("%X", &type_int64, &minus, "FFFFFFFFFFFFFFFF");
	conversion("%o", &type_int64, (const int64_t[]){ 8 }, "10");
	conversion("%c", &type_int8, (const int64_t[]){ 'A' }, "A");
	conversion("%p", &pointer, (const int64_t[]){ 4096 }, "0x1000");
	conversion("%hhd", &type_int64, (const int64_t[]){ 0x1ff }, "-1");
	conversion("%hu", &type_int64, (const int64_t[]){ 0x1ffff }, "65535");
	conversion("%5d", &type_int64, &minus, "   -1");
	conversion("%-5d", &type_int64, &minus, "-1   ");
	conversion("%05d", &type_int64, &minus, "-0001");
	conversion("%5.3d", &type_int64, &minus, " -001");
	conversion("%+d", &type_int64, &n, "+42");
	conversion("% d", &type_int64, &n, " 42");
	conversion("%#x", &type_int64, &n, "0x2a");
	conversion("%#08x", &type_int64, &n, "0x00002a");
	conversion("%#o", &type_int64, &n, "052");
	conversion("%.0d", &type_int64, &zero, "");
	conversion("%70d", &type_int64, &n,
		   "                                                                    42");
}

static void test_string_conversions(void)
{
	const struct type s8 = string_type(8), buf = { .kind = TYPE_BUF, .size = 12 };
	const unsigned char buffer[12] = { 3, 0, 0, 0, 'a', 0x0a, 0xfe };

	conversion("%s", &s8, "abcdef\0", "abcdef");
	conversion("%8s", &s8, "abcdef\0", "  abcdef");
	conversion("%-8s", &s8, "abcdef\0", "abcdef  ");
	conversion("%.3s", &s8, "abcdef\0", "abc");
	conversion("%5.3s", &s8, "abcdef\0", "  abc");
	conversion("%.0s", &s8, "abcdef\0", "");
	conversion("%6s", &type_int64, (const int64_t[]){ -7 }, "    -7");
	conversion("%s", &reason, (const int64_t[]){ 2 }, "NOT_SPECIFIED");
	conversion("%s", &type_bool, (const int64_t[]){ 0 }, "false");
	conversion("%s", &pointer, (const int64_t[]){ 255 }, "0xff");
	conversion("%r", &buf, buffer, "a\\x0a\\xfe");
	conversion("%rx", &buf, buffer, "\\x61\\x0a\\xfe");
	conversion("%rh", &buf, buffer, "61 0a fe");
	conversion("%rh", &s8, "ab\0\0\0\0\0", "61 62");
}

static struct type agg_type(const char *name, bool is_signed, uint32_t cells)
{
	return (struct type){
		.kind = TYPE_AGG,
		.agg = agg(name),
		.is_signed = is_signed,
		.count = cells,
		.size = cells * 8,
	};
}

/* Two CPUs' values; of extremes the second cell says whether there is one: 0 is none here. */
static void folded(const char *name, bool is_signed, uint64_t a, uint64_t b, const char *want)
{
	struct type t = agg_type(name, is_signed, agg(name)->cells[1] == CELL_NONE ? 1 : 2);
	uint64_t first[] = { a, a != 0 }, second[] = { b, b != 0 };

	cells_fold(&t, first, second);
	text(&t, first, want);
}

static void test_aggregations(void)
{
	const uint64_t one[] = { 1, 4 }, down[] = { 2, (uint64_t)-7 }, none[] = { 0, 0 };
	struct type stats = agg_type("stats", true, 2), avg = agg_type("avg", true, 2);
	struct type plain = agg_type("avg", false, 2);
	uint64_t smallest[] = { ~((uint64_t)-6 ^ SIGN), 1 };
	struct type min = agg_type("min", true, 2);

	folded("count", false, 3, 4, "7");
	folded("sum", true, (uint64_t)-3, 1, "-2");
	folded("sum", false, (uint64_t)-3, 0, "18446744073709551613");
	folded("max", true, (uint64_t)-3 ^ SIGN, (uint64_t)-2 ^ SIGN, "-2");
	folded("max", true, 0, (uint64_t)-2 ^ SIGN, "-2");
	folded("max", false, 5, 9, "9");
	folded("min", true, ~((uint64_t)-3 ^ SIGN), ~(5 ^ SIGN), "-3");
	folded("min", false, ~3ull, 0, "3");
	folded("min", true, 0, 0, "0");
	text(&stats, one, "{ .count = 1, .average = 4, .total = 4 }");
	json(&stats, one, "{\"count\": 1, \"average\": 4, \"total\": 4}");
	text(&stats, down, "{ .count = 2, .average = -3, .total = -7 }");
	text(&avg, down, "-3");
	text(&avg, none, "0");
	text(&plain, (const uint64_t[]){ 2, UINT64_MAX }, "9223372036854775807");
	cells_divide(&min, smallest, 4);
	text(&min, smallest, "-1");
}

static void histogram(const struct type *t, const uint64_t *cells, const char *want)
{
	histogram_text(&out, t, cells);
	is(t->agg->name, want);
}

static const char bars_small[] =
	"(..., 0)               1 |@@@@@@@@@@@@@                                       |\n"
	"[0]                    4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n"
	"[1]                    0 |                                                    |\n"
	"[2, 4)                 3 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@             |\n";

static const char bars_kilo[] =
	"[512, 1K)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n"
	"[1K, 2K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n";

static const char bars_fine[] =
	"[7]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n"
	"[8, 10)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n";

static const char bars_linear[] =
	"(..., 0)               1 |@@@@@@@@@@@@@                                       |\n"
	"[0, 50)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |\n"
	"[50, 100)              0 |                                                    |\n"
	"[100, ...)             4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n";

static const char bars_mega[] =
	"[0, 1M)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n"
	"[1M, 2M)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |\n";

static const char bars_single[] =
	"[-1]                   2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n"
	"[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |\n";

static void test_log2(void)
{
	struct type t = agg_type("hist", true, agg_log2_buckets(0));
	struct type fine = agg_type("hist", true, agg_log2_buckets(2));
	uint64_t cells[400] = { 0 };

	fine.bits = 2;
	histogram(&t, cells, "");
	cells[0] = 1;
	cells[1] = 4;
	cells[3] = 3;
	histogram(&t, cells, bars_small);
	histogram_json(&out, &t, cells);
	is("hist as JSON",
	   "[{\"max\": -1, \"count\": 1},{\"min\": 0, \"max\": 0, \"count\": 4},"
	   "{\"min\": 1, \"max\": 1, \"count\": 0},{\"min\": 2, \"max\": 3, \"count\": 3}]");
	memset(cells, 0, sizeof(cells));
	cells[11] = 1;
	cells[12] = 1;
	histogram(&t, cells, bars_kilo);
	memset(cells, 0, sizeof(cells));
	cells[t.count - 1] = UINT64_MAX;
	histogram_json(&out, &t, cells);
	is("the last bucket", "[{\"min\": 9223372036854775808, \"max\": \"18446744073709551615\", "
			      "\"count\": 18446744073709551615}]");
	memset(cells, 0, sizeof(cells));
	cells[8] = cells[9] = 1;
	histogram(&fine, cells, bars_fine);
}

static void test_quantiles(void)
{
	struct type t = agg_type("quantile", true, 2 + agg_log2_buckets(AGG_QUANTILE_BITS));
	uint64_t cells[400] = { ~(1500 ^ SIGN), 2500000 ^ SIGN };

	t.bits = AGG_QUANTILE_BITS;
	cells[2 + 37] = 9; /* 1280 and on, 256 values */
	cells[2 + 81] = 1; /* 2097152 and on */
	text(&t, cells, "count 10, min 1500, p50 1500, p90 1500, p99 2359296, max 2500000");
	t.elem = &type_duration;
	text(&t, cells, "count 10, min 1.5us, p50 1.5us, p90 1.5us, p99 2.36ms, max 2.5ms");
	json(&t, cells,
	     "{\"count\": 10, \"min\": 1500, \"p50\": 1500, \"p90\": 1500, \"p99\": 2359296, "
	     "\"max\": 2500000}");
}

static void test_linear(void)
{
	struct type t = agg_type("lhist", true, agg_linear_buckets(0, 100, 50));
	struct type kilo = agg_type("lhist", true, agg_linear_buckets(0, 2097152, 1048576));
	struct type single = agg_type("lhist", true, agg_linear_buckets(-1, 1, 1));
	uint64_t cells[] = { 1, 2, 0, 4 };

	t.max = 100;
	t.step = 50;
	histogram(&t, cells, bars_linear);
	histogram_json(&out, &t, cells);
	is("lhist as JSON",
	   "[{\"max\": -1, \"count\": 1},{\"min\": 0, \"max\": 49, \"count\": 2},"
	   "{\"min\": 50, \"max\": 99, \"count\": 0},{\"min\": 100, \"count\": 4}]");
	kilo.max = 2097152;
	kilo.step = 1048576;
	cells[0] = cells[3] = 0;
	cells[2] = 1;
	histogram(&kilo, cells, bars_mega);
	single.min = -1;
	single.max = 1;
	single.step = 1;
	histogram(&single, cells, bars_single);
}

static struct map hash_map(const char *name, const struct type *key, const struct type *value)
{
	return (struct map){
		.name = name,
		.key = key,
		.value = value,
		.storage = MAP_HASH,
		.key_size = key->size,
		.value_size = value->size,
		.max_entries = 10,
	};
}

/* Prints a map of @n keys and values of 8 bytes. */
static void print_pairs(const struct map *map, const int64_t (*pairs)[2], uint32_t n, uint64_t top,
			uint64_t div, enum output_id format)
{
	struct rows r;
	uint32_t i;

	rows_begin(&r, map);
	for (i = 0; i < n; i++)
		rows_add(&r, &pairs[i][0], &pairs[i][1], 1);
	rows_arrange(&r, top, div);
	output_rows[format].map(&out, &r);
	rows_free(&r);
}

static void test_maps(void)
{
	static const int64_t pairs[][2] = { { 1, 50 }, { 3, -10 }, { -2, 50 }, { 4, 7 } };
	struct type max = agg_type("max", true, 2);
	struct rows r;
	const struct map numbers = hash_map("@n", &type_int64, &type_int64);
	const struct map flags = hash_map("@b", &type_int64, &pointer);
	const struct map best = hash_map("@m", &type_int64, &max);

	print_pairs(&numbers, pairs, 4, 0, 0, OUTPUT_TEXT);
	is("numbers by value, ties by key", "@n[3]: -10\n@n[4]: 7\n@n[-2]: 50\n@n[1]: 50\n");
	print_pairs(&numbers, pairs, 4, 2, 0, OUTPUT_TEXT);
	is("the last two", "@n[-2]: 50\n@n[1]: 50\n");
	print_pairs(&numbers, pairs, 4, 9, 7, OUTPUT_TEXT);
	is("divided", "@n[3]: -1\n@n[4]: 1\n@n[-2]: 7\n@n[1]: 7\n");
	print_pairs(&flags, pairs, 2, 0, 0, OUTPUT_TEXT);
	is("others by key", "@b[1]: 0x32\n@b[3]: 0xfffffffffffffff6\n");
	print_pairs(&numbers, pairs, 2, 0, 0, OUTPUT_JSON);
	is("as JSON", "{\"type\": \"map\", \"data\": {\"@n\": {\"3\": -10, \"1\": 50}}}\n");
	print_pairs(&numbers, pairs, 0, 0, 0, OUTPUT_JSON);
	is("empty JSON", "{\"type\": \"map\", \"data\": {\"@n\": {}}}\n");
	rows_begin(&r, &best);
	rows_add(&r, &pairs[0][0], (const uint64_t[]){ 5 ^ SIGN, 1 }, 1);
	rows_add(&r, &pairs[1][0], (const uint64_t[]){ 3, 1 }, 1);
	rows_arrange(&r, 0, 0);
	text_map(&out, &r);
	rows_free(&r);
	is("maxima by value", "@m[3]: -9223372036854775805\n@m[1]: 5\n");
}

static void test_per_cpu(void)
{
	struct type count = agg_type("count", false, 1), hist = agg_type("hist", false, 66);
	struct type s8 = string_type(8);
	struct map map = hash_map("@c", &s8, &count), bars = hash_map("@h", &s8, &hist);
	uint64_t values[2 * 66] = { [1] = 1, [66 + 1] = 1 };
	struct rows r;

	map.storage = MAP_HASH_PERCPU;
	bars.storage = MAP_HASH_PERCPU;
	rows_begin(&r, &map);
	rows_add(&r, "b\0\0\0\0\0\0", (const uint64_t[]){ 1, 2, 3 }, 3);
	rows_add(&r, "a\0\0\0\0\0\0", (const uint64_t[]){ 4, 0, 2 }, 3);
	r.other = calloc(1, 8);
	memcpy(r.other, (const uint64_t[]){ 9 }, 8);
	rows_arrange(&r, 0, 0);
	text_map(&out, &r);
	is("CPUs are added, what did not fit comes last", "@c[a]: 6\n@c[b]: 6\n@c[(other)]: 9\n");
	json_map(&out, &r);
	is("the same as JSON", "{\"type\": \"map\", \"data\": "
			       "{\"@c\": {\"a\": 6, \"b\": 6, \"(other)\": 9}}}\n");
	rows_free(&r);
	rows_begin(&r, &bars);
	rows_add(&r, "x\0\0\0\0\0\0", values, 2);
	rows_arrange(&r, 0, 2);
	text_map(&out, &r);
	is("bars of a key, divided",
	   "@h[x]:\n"
	   "[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|\n\n");
	json_map(&out, &r);
	is("bars as JSON", "{\"type\": \"hist\", \"data\": "
			   "{\"@h\": {\"x\": [{\"min\": 0, \"max\": 0, \"count\": 1}]}}}\n");
	rows_free(&r);
}

static void test_lines(void)
{
	struct losses l = { .events = 3, .map_updates = 120 };

	json_message(&out, "printf", "a\n", 2);
	is("a message", "{\"type\": \"printf\", \"data\": \"a\\n\"}\n");
	json_attached(&out, 2);
	is("probes", "{\"type\": \"attached_probes\", \"count\": 2, \"data\": {\"probes\": 2}}\n");
	json_lost(&out, &l);
	is("losses",
	   "{\"type\": \"lost_events\", \"data\": {\"events\": 3, \"map_updates\": 120}}\n");
	text_ended(&out);
	is("two newlines before the maps", "\n\n");
	ok(runtime_output("json") == OUTPUT_JSON, "formats have names");
	ok(runtime_output("xml") == OUTPUT_COUNT, "and others have none");
}

static void splits(const char *line, const char *want)
{
	char **words = command_split(line);
	uint32_t i;

	for (i = 0; words && words[i]; i++) {
		out_string(&out, words[i]);
		out_char(&out, '|');
	}
	free(words);
	is(line, want);
}

static void test_command(void)
{
	splits("ls", "ls|");
	splits("  curl  -s\thttp://x ", "curl|-s|http://x|");
	splits("sh -c 'a \"b\" \\n'", "sh|-c|a \"b\" \\n|");
	splits("a\"b c\"d \"\\\"\\\\ \\n\"", "ab cd|\"\\ \\n|");
	splits("a\\ b '' c", "a b||c|");
	splits("'open", "");
	splits("  ", "");
	splits("\"\" \"\" \"\"", "|||");
}

static void test_refusal(void)
{
	static const char log[] =
		"libbpf: prog 'tp_1': BPF program load failed: Permission denied\n"
		"libbpf: prog 'tp_1': -- BEGIN PROG LOAD LOG --\n"
		"0: R1=ctx() R10=fp0\n; 1:2| first @ script:1\n0: (79) r1 = *(u64 *)(r1 +8)\n"
		"; 4:8| args.skb.sk @ script:2\n1: (79) r1 = *(u64 *)(r1 +0)\n"
		"R1 invalid mem access 'scalar'\nverification time 12 usec\n"
		"processed 2 insns (limit 1000000)\n-- END PROG LOAD LOG --\n";
	struct refusal r;

	ok(refusal_parse(log, &r), "a refusal is found");
	ok(r.program_length == 4 && !memcmp(r.program, "tp_1", 4), "with its program");
	ok(r.line == 4 && r.column == 8, "where the script has it");
	out_bytes(&out, r.reason, r.reason_length);
	is("and the verifier's reason", "R1 invalid mem access 'scalar'");
	ok(!refusal_parse("libbpf: map 'm': failed to create\n", &r), "other errors are none");
}

int main(void)
{
	out_open(&out, -1);
	test_numbers();
	test_addresses();
	test_flags();
	test_durations();
	test_flows();
	test_optional();
	test_strings();
	test_composites();
	test_compare();
	test_conversions();
	test_string_conversions();
	test_aggregations();
	test_log2();
	test_quantiles();
	test_linear();
	test_maps();
	test_per_cpu();
	test_lines();
	test_command();
	test_refusal();
	out_close(&out);
	printf("1..%u\n", tests);
	return failures != 0;
}
