/* SPDX-License-Identifier: Apache-2.0 */
/* Hellos of TLS, as far as one packet has them, and the first bytes of QUIC. */
#include "codegen/packet_build.h"

#define CLIENT_HELLO 1
#define SERVER_HELLO 2
#define MAX_EXTENSIONS 64
#define EXTENSION_SNI 0
#define EXTENSION_ALPN 16

static LLVMValueRef number(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			   uint32_t offset, uint32_t size)
{
	packet_require(cg, at_most(cg, add(cg, at, offset + size), GET(DATA_END)));
	return packet_payload_number(cg, l, at, offset, size);
}

/* From here on what is not there is in another packet. */
static void count_split(struct cg *cg)
{
	LLVMBasicBlockRef here = LLVMGetInsertBlock(cg->b), split = cg_block(cg, "split");

	cg_at(cg, split);
	event_lost(cg, LOST_TLS_SPLIT);
	cg_jump(cg, cg->f.absent);
	cg->f.absent = split;
	cg_at(cg, here);
}

/* The begin of a hello, its type in *@type. */
static LLVMValueRef hello(struct cg *cg, const struct packet_level *l, LLVMValueRef *type)
{
	LLVMValueRef at = GET(TLS_HANDSHAKE);

	packet_require(cg, at);
	*type = number(cg, l, at, 0, 1);
	packet_require(cg, either(cg, is(cg, *type, CLIENT_HELLO), is(cg, *type, SERVER_HELLO)));
	return at;
}

LLVMValueRef packet_tls_version(CALC_ARGS)
{
	LLVMValueRef type, at = hello(cg, l, &type);

	UNUSED;
	return number(cg, l, at, 4, 2);
}

/* Behind what has its length, @size bytes, before it. */
static LLVMValueRef behind(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			   uint32_t size)
{
	return sum(cg, add(cg, at, size), number(cg, l, at, 0, size));
}

/* The extensions of the hello at @at: RFC 8446, 4.1.2 and 4.1.3. */
static LLVMValueRef extensions(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			       LLVMValueRef type)
{
	LLVMBasicBlockRef client = cg_block(cg, "client"), server = cg_block(cg, "server"),
			  done = cg_block(cg, "extensions"), from[2];
	LLVMValueRef values[2];

	at = behind(cg, l, add(cg, at, 4 + 2 + 32), 1); /* version, random, session */
	cg_branch(cg, is(cg, type, CLIENT_HELLO), client, server);
	cg_at(cg, client);
	values[0] = behind(cg, l, behind(cg, l, at, 2), 1); /* ciphers, compression */
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, server);
	values[1] = add(cg, at, 3); /* one of each */
	from[1] = server;
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

/* Where the content of extension @kind is, and where it ends; @none: there is no such extension. */
static LLVMValueRef extension(struct cg *cg, const struct packet_level *l, LLVMValueRef at,
			      uint32_t kind, LLVMBasicBlockRef none, LLVMValueRef *limit)
{
	LLVMBasicBlockRef found = cg_block(cg, "found");
	LLVMValueRef slot = cg_stack(cg, 8), end = behind(cg, l, at, 2), head;
	struct turns t;

	cg_store(cg, slot, add(cg, at, 2), 8);
	turns_begin(cg, &t, MAX_EXTENSIONS, none);
	at = cg_load(cg, slot, 8, false);
	only_if(cg, below(cg, at, end), none);
	head = number(cg, l, at, 0, 4);
	cg_store(cg, slot, sum(cg, add(cg, at, 4), and(cg, head, 0xffff)), 8);
	cg_branch(cg, is(cg, shift(cg, head, 16), kind), found, t.next);
	turns_end(cg, &t);
	cg_at(cg, found);
	*limit = cg_load(cg, slot, 8, false);
	return add(cg, at, 4);
}

/*
 * The text in extension @kind that comes after @skip bytes and its length, @size bytes: absent
 * where it does not end in the extension.
 */
static LLVMValueRef extension_text(struct cg *cg, const struct packet_level *l, LLVMValueRef to,
				   const struct type *t, uint32_t kind, uint32_t skip,
				   uint32_t size)
{
	LLVMBasicBlockRef none = cg->f.absent;
	LLVMValueRef type, at = hello(cg, l, &type), limit, length, end;

	count_split(cg);
	at = extension(cg, l, extensions(cg, l, at, type), kind, none, &limit);
	at = add(cg, at, skip);
	only_if(cg, at_most(cg, add(cg, at, size), limit), none);
	length = number(cg, l, at, 0, size);
	at = add(cg, at, size);
	end = sum(cg, at, length);
	only_if(cg, both(cg, is_not(cg, length, 0), at_most(cg, end, limit)), none);
	packet_require(cg, at_most(cg, end, GET(DATA_END)));
	cg->f.absent = none;
	packet_text(cg, l, to, t, at, length);
	packet_cut(cg, to, t->size, 0);
	packet_clean(cg, to, t->size);
	return NULL;
}

/* RFC 6066: the length of the list, the type of the name, the name. */
LLVMValueRef packet_tls_sni(CALC_ARGS)
{
	return extension_text(cg, l, to, n->type, EXTENSION_SNI, 3, 2);
}

/* RFC 7301: the length of the list, names. */
LLVMValueRef packet_tls_alpn(CALC_ARGS)
{
	return extension_text(cg, l, to, n->type, EXTENSION_ALPN, 2, 1);
}

/* Version 2 numbers them differently: RFC 9369. */
LLVMValueRef packet_quic_type(CALC_ARGS)
{
	LLVMValueRef at = GET(QUIC_LONG), version, type;

	UNUSED;
	packet_require(cg, at);
	version = packet_payload_number(cg, l, at, 1, 4);
	packet_require(cg, version);
	type = bits(cg, packet_payload_number(cg, l, at, 0, 1), 4, 3);
	return choose(cg, is(cg, version, QUIC_V2), bits(cg, add(cg, type, 3), 0, 3), type);
}
