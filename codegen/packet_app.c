/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers of applications: found once, where the frame begins, when the script has fields of them.
 * Nothing is remembered from one packet to the next, so each is told by its first bytes.
 */
#include "codegen/packet_build.h"

#define BIT(id) (1u << HEADER_##id)
#define ONES 0x0101010101010101u

/* i1: @size bytes of the payload from @at on can be read. */
static LLVMValueRef payload_has(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
				uint32_t size)
{
	return at_most(cg, add(cg, at, size), GET(DATA_END));
}

static LLVMValueRef number(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			   uint32_t offset, uint32_t size)
{
	return packet_payload_number(cg, l, at, offset, size);
}

/*
 * On to @yes when @condition is true. Many conditions are tried one after the other like this: a
 * value made of all of them would have the verifier follow every combination.
 */
static void try(struct cg *cg, LLVMValueRef condition, LLVMBasicBlockRef yes)
{
	LLVMBasicBlockRef next = cg_block(cg, "next");

	cg_branch(cg, condition, yes, next);
	cg_at(cg, next);
}

/* On to @yes when the source or destination port is @port. */
static void try_port(struct cg *cg, const struct packet_level *l, uint32_t port,
		     LLVMBasicBlockRef yes)
{
	LLVMValueRef ports = packet_number(cg, GET(L4), 0, 4);

	try(cg, is(cg, bits(cg, ports, 16, 0xffff), port), yes);
	try(cg, is(cg, bits(cg, ports, 0, 0xffff), port), yes);
}

/* RFC 1035; over TCP the length comes first. */
static void find_dns(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef dns = cg_block(cg, "dns"), mdns = cg_block(cg, "mdns");
	LLVMValueRef start, udp = is(cg, GET(HDR), 17);

	try_port(cg, l, 53, dns);
	only_if(cg, udp, done);
	try_port(cg, l, 5353, mdns);
	cg_jump(cg, done);
	cg_at(cg, mdns);
	only_if(cg, payload_has(cg, l, GET(DATA), 12), done);
	SET(MDNS, GET(DATA));
	cg_jump(cg, dns);
	cg_at(cg, dns);
	start = sum(cg, GET(DATA), choose(cg, udp, cg_int(cg, 0), cg_int(cg, 2)));
	only_if(cg, payload_has(cg, l, start, 12), done);
	SET(DNS, start);
	if (!(l->headers & BIT(DNS_RESPONSE)))
		return;
	only_if(cg, and(cg, number(cg, l, start, 2, 1), 0x80), done);
	SET(DNS_RESPONSE, start);
}

/* i1: the 8 bytes @word, first byte highest, begin with @text. */
static LLVMValueRef begins(struct cg *cg, LLVMValueRef word, const char *text)
{
	uint64_t bytes = 0, n = 0;

	for (; text[n]; n++)
		bytes = bytes << 8 | (uint8_t)text[n];
	return is(cg, shift(cg, word, 64 - 8 * n), bytes);
}

/* RFC 9110, RFC 9112 */
static void find_http(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	static const char *const methods[] = { "GET ",     "POST ",    "HEAD ",  "PUT ",  "DELETE ",
					       "OPTIONS ", "CONNECT ", "PATCH ", "TRACE " };
	LLVMBasicBlockRef request = cg_block(cg, "request");
	LLVMValueRef start = GET(DATA), word;

	only_if(cg, is(cg, GET(HDR), 6), done);
	only_if(cg, payload_has(cg, l, start, 8), done);
	word = number(cg, l, start, 0, 8);
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		try(cg, begins(cg, word, methods[i]), request);
	only_if(cg, begins(cg, word, "HTTP/1."), done);
	SET(HTTP, start);
	SET(HTTP_RESPONSE, start);
	cg_jump(cg, done);
	cg_at(cg, request);
	SET(HTTP, start);
	SET(HTTP_REQUEST, start);
}

/* i1: bit @v of the word @set. */
static LLVMValueRef in_word(struct cg *cg, LLVMValueRef v, uint64_t set)
{
	LLVMValueRef bit = LLVMBuildLShr(cg->b, cg_int(cg, set), and(cg, v, 63), "");

	return both(cg, below(cg, v, cg_int(cg, 64)), is(cg, and(cg, bit, 1), 1));
}

#define TLS_CONTENTS (0x1full << 20)
#define TLS_MAX_LENGTH 0x48 /* of a record, in units of 256 bytes */
/* Messages that are sent in clear text; hello_request, 0, is what encrypted ones may look like. */
#define TLS_MESSAGES \
	(1ull << 1 | 1ull << 2 | 1ull << 4 | 1ull << 5 | 1ull << 8 | 0x3full << 11 | 1ull << 22)

/* RFC 8446, RFC 5246 */
static void find_tls(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMValueRef start = GET(DATA), word, type, fine;

	only_if(cg, is(cg, GET(HDR), 6), done);
	only_if(cg, payload_has(cg, l, start, 5), done);
	word = number(cg, l, start, 0, 4);
	type = shift(cg, word, 24);
	fine = both(cg, in_word(cg, type, TLS_CONTENTS), is(cg, bits(cg, word, 16, 255), 3));
	fine = both(cg, fine, below(cg, bits(cg, word, 8, 255), cg_int(cg, 5)));
	fine = both(cg, fine, at_most(cg, and(cg, word, 255), cg_int(cg, TLS_MAX_LENGTH)));
	only_if(cg, fine, done);
	SET(TLS, start);
	if (!(l->headers & BIT(TLS_HANDSHAKE)))
		return;
	only_if(cg, is(cg, type, 22), done);
	start = add(cg, start, 5);
	only_if(cg, payload_has(cg, l, start, 4), done);
	word = number(cg, l, start, 0, 4);
	only_if(cg,
		both(cg, in_word(cg, shift(cg, word, 24), TLS_MESSAGES),
		     is(cg, bits(cg, word, 16, 255), 0)),
		done);
	SET(TLS_HANDSHAKE, start);
}

/* On to @yes when it is 1 or 2, that of a draft, or one that nobody has. */
static void try_version(struct cg *cg, LLVMValueRef v, LLVMBasicBlockRef yes)
{
	try(cg, is(cg, v, 1), yes);
	try(cg, is(cg, v, QUIC_V2), yes);
	try(cg, is(cg, shift(cg, v, 8), 0xff0000), yes);
	try(cg, is(cg, and(cg, v, 0x0f0f0f0f), 0x0a0a0a0a), yes);
}

/* RFC 8999, RFC 9000, RFC 9369 */
static void find_quic(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done)
{
	LLVMBasicBlockRef longer = cg_block(cg, "long"), shorter = cg_block(cg, "short"),
			  known = cg_block(cg, "known"), port = cg_block(cg, "port");
	LLVMValueRef start = GET(DATA), first, version;

	only_if(cg, is(cg, GET(HDR), 17), done);
	only_if(cg, payload_has(cg, l, start, 1), done);
	first = number(cg, l, start, 0, 1);
	cg_branch(cg, and(cg, first, 0x80), longer, shorter);
	cg_at(cg, longer);
	only_if(cg, payload_has(cg, l, start, 7), done);
	version = number(cg, l, start, 1, 4);
	try_version(cg, version, known);
	only_if(cg, is(cg, version, 0), done);
	try_port(cg, l, 443, known);
	cg_jump(cg, done);
	cg_at(cg, known);
	SET(QUIC, start);
	SET(QUIC_LONG, start);
	cg_jump(cg, done);
	cg_at(cg, shorter);
	only_if(cg, and(cg, first, 0x40), done);
	try_port(cg, l, 443, port);
	cg_jump(cg, done);
	cg_at(cg, port);
	SET(QUIC, start);
}

static const struct {
	uint32_t headers;
	void (*find)(struct cg *cg, const struct packet_level *l, LLVMBasicBlockRef done);
} applications[] = {
	{ BIT(DNS) | BIT(MDNS) | BIT(DNS_RESPONSE), find_dns },
	{ BIT(HTTP) | BIT(HTTP_REQUEST) | BIT(HTTP_RESPONSE), find_http },
	{ BIT(TLS) | BIT(TLS_HANDSHAKE), find_tls },
	{ BIT(QUIC) | BIT(QUIC_LONG), find_quic },
};
#define APPLICATIONS (sizeof(applications) / sizeof(*applications))

uint32_t packet_app_headers(enum packet_calc calc)
{
	switch ((int)calc) {
	case CALC_dns_qry_name:
	case CALC_dns_qry_type:
	case CALC_dns_qry_class:
		return BIT(DNS);
	case CALC_http_method:
	case CALC_http_uri:
	case CALC_http_host:
		return BIT(HTTP_REQUEST);
	case CALC_http_code:
		return BIT(HTTP_RESPONSE);
	case CALC_tls_version:
	case CALC_tls_sni:
	case CALC_tls_alpn:
		return BIT(TLS_HANDSHAKE);
	case CALC_quic_type:
		return BIT(QUIC_LONG);
	default:
		return 0;
	}
}

void packet_applications(struct cg *cg, const struct packet_level *l)
{
	LLVMBasicBlockRef outer = cg->f.absent, done, next;
	LLVMValueRef available, at, udp_or_tcp;
	uint32_t wanted = 0;

	for (size_t i = 0; i < APPLICATIONS; i++)
		wanted |= l->headers & applications[i].headers;
	if (!wanted)
		return;
	cg->f.absent = done = cg_block(cg, "applications");
	udp_or_tcp = either(cg, is(cg, GET(HDR), 6), is(cg, GET(HDR), 17));
	only_if(cg, udp_or_tcp, done);
	at = packet_readable(cg, l, &available);
	only_if(cg, available, done);
	SET(DATA, at);
	SET(DATA_END, sum(cg, at, available));
	for (size_t i = 0; i < APPLICATIONS; i++) {
		if (!(l->headers & applications[i].headers))
			continue;
		next = cg_block(cg, "next_application");
		applications[i].find(cg, l, next);
		cg_jump(cg, next);
		cg_at(cg, next);
	}
	cg_jump(cg, done);
	cg_at(cg, done);
	cg->f.absent = outer;
}

/* ---- texts ---- */

/* 0x80 in each byte of @x that is more than @last. */
static LLVMValueRef above(struct cg *cg, LLVMValueRef x, uint8_t last)
{
	LLVMValueRef low = add(cg, and(cg, x, 0x7f * ONES), (uint64_t)(0x7f - last) * ONES);

	return and(cg, either(cg, low, x), 0x80 * ONES);
}

void packet_cut(struct cg *cg, LLVMValueRef text, uint32_t size, uint8_t last)
{
	LLVMValueRef alive = cg_int(cg, UINT64_MAX), x, at, end, keep;

	for (uint32_t i = 0; i < size; i += 8) {
		at = cg_offset(cg, text, i);
		x = cg_load(cg, at, 8, false);
		/* Its first byte that ends the text is the lowest one. */
		end = LLVMBuildXor(cg->b, above(cg, x, last), cg_int(cg, 0x80 * ONES), "");
		keep = both(cg, end, LLVMBuildNeg(cg->b, end, ""));
		keep = LLVMBuildSub(cg->b, shift(cg, keep, 7), cg_int(cg, 1), "");
		cg_store(cg, at, both(cg, both(cg, x, keep), alive), 8);
		end = shift(cg, either(cg, end, LLVMBuildNeg(cg->b, end, "")), 63);
		alive = both(cg, alive, LLVMBuildSub(cg->b, end, cg_int(cg, 1), ""));
	}
}

void packet_clean(struct cg *cg, LLVMValueRef text, uint32_t size)
{
	LLVMValueRef x, at, bad;

	for (uint32_t i = 0; i < size; i += 8) {
		at = cg_offset(cg, text, i);
		x = cg_load(cg, at, 8, false);
		bad = LLVMBuildXor(cg->b, above(cg, x, 0), above(cg, x, 0x1f), "");
		bad = LLVMBuildMul(cg->b, shift(cg, bad, 7), cg_int(cg, 0xff), "");
		x = both(cg, x, LLVMBuildNot(cg->b, bad, ""));
		cg_store(cg, at, either(cg, x, and(cg, bad, '?' * ONES)), 8);
	}
}

void packet_text(struct cg *cg, const struct packet_level *l, LLVMValueRef to, const struct type *t,
		 LLVMValueRef position, LLVMValueRef size)
{
	size = minimum(cg, size, cg_int(cg, t->size));
	cg_zero(cg, to, t->size);
	packet_payload_bytes(cg, l, to, position, size, t->size);
}
