/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/btf-fixture.h"

#include <linux/btf.h>
#include <stdint.h>
#include <string.h>

#define INFO(kind, vlen, flag) ((uint32_t)(flag) << 31 | (uint32_t)(kind) << 24 | (vlen))

/* The two sections while they grow. */
struct builder {
	uint32_t types[512], ntypes;
	char strings[1024];
	uint32_t nstrings, first_string;
};

static uint32_t string(struct builder *b, const char *s)
{
	uint32_t at = b->nstrings;

	if (!*s && !b->first_string)
		return 0;
	memcpy(b->strings + at, s, strlen(s) + 1);
	b->nstrings += (uint32_t)strlen(s) + 1;
	return b->first_string + at;
}

static void word(struct builder *b, uint32_t value)
{
	b->types[b->ntypes++] = value;
}

static void type(struct builder *b, const char *name, uint32_t info, uint32_t size)
{
	word(b, *name ? string(b, name) : 0);
	word(b, info);
	word(b, size);
}

static void pair(struct builder *b, const char *name, uint32_t value)
{
	word(b, *name ? string(b, name) : 0);
	word(b, value);
}

static void member(struct builder *b, const char *name, uint32_t id, uint32_t offset)
{
	pair(b, name, id);
	word(b, offset);
}

static void finish(struct builder *b, struct btf_image *image)
{
	struct btf_header h = {
		.magic = BTF_MAGIC,
		.version = BTF_VERSION,
		.hdr_len = sizeof(h),
		.type_len = b->ntypes * 4,
		.str_off = b->ntypes * 4,
		.str_len = b->nstrings,
	};

	memcpy(image->data, &h, sizeof(h));
	memcpy(image->data + sizeof(h), b->types, h.type_len);
	memcpy(image->data + sizeof(h) + h.type_len, b->strings, h.str_len);
	image->length = sizeof(h) + h.type_len + h.str_len;
}

static void composites(struct builder *b)
{
	type(b, "", INFO(BTF_KIND_STRUCT, 2, 1), 8);
	member(b, "deep", FX_INT, 0);
	member(b, "flag", FX_BITS, 3u << 24 | 33);
	type(b, "", INFO(BTF_KIND_UNION, 2, 0), 8);
	member(b, "", FX_INNER, 0);
	member(b, "alias", FX_INT, 0);
	type(b, "demo", INFO(BTF_KIND_STRUCT, 3, 0), 48);
	member(b, "first", FX_INT, 0);
	member(b, "", FX_OUTER, 64);
	member(b, "last", FX_ARRAY, 128);
	type(b, "", INFO(BTF_KIND_ARRAY, 0, 0), 0);
	word(b, FX_PTR);
	word(b, FX_INT);
	word(b, 4);
	type(b, "demo_t", INFO(BTF_KIND_TYPEDEF, 0, 0), FX_CONST);
	type(b, "", INFO(BTF_KIND_CONST, 0, 0), FX_DEMO);
}

static void functions(struct builder *b)
{
	type(b, "", INFO(BTF_KIND_PTR, 0, 0), 0);
	type(b, "", INFO(BTF_KIND_FUNC_PROTO, 3, 0), 0);
	pair(b, "", FX_VOID_PTR);
	pair(b, "", FX_PTR);
	pair(b, "", FX_INT);
	type(b, "", INFO(BTF_KIND_PTR, 0, 0), FX_PROTO);
	type(b, "btf_trace_demo", INFO(BTF_KIND_TYPEDEF, 0, 0), FX_PROTO_PTR);
	type(b, "", INFO(BTF_KIND_FUNC_PROTO, 3, 0), FX_INT);
	pair(b, "__data", FX_VOID_PTR);
	pair(b, "d", FX_PTR);
	pair(b, "why", FX_INT);
	type(b, "__probestub_demo", INFO(BTF_KIND_FUNC, 0, 0), FX_NAMED);
}

void btf_fixture(struct btf_image *image)
{
	struct builder b = { .nstrings = 1 };

	type(&b, "int", INFO(BTF_KIND_INT, 0, 0), 4);
	word(&b, BTF_INT_SIGNED << 24 | 32);
	type(&b, "unsigned int", INFO(BTF_KIND_INT, 0, 0), 4);
	word(&b, 32);
	type(&b, "", INFO(BTF_KIND_PTR, 0, 0), FX_DEMO);
	composites(&b);
	type(&b, "color", INFO(BTF_KIND_ENUM, 3, 1), 4);
	pair(&b, "RED", 0);
	pair(&b, "GREEN", 5);
	pair(&b, "NONE", (uint32_t)-1);
	type(&b, "big", INFO(BTF_KIND_ENUM64, 1, 0), 8);
	member(&b, "HUGE", 0, 256);
	functions(&b);
	type(&b, "loop", INFO(BTF_KIND_TYPEDEF, 0, 0), FX_LOOP);
	type(&b, "self", INFO(BTF_KIND_STRUCT, 2, 0), 4);
	member(&b, "", FX_SELF, 0);
	member(&b, "", FX_SELF, 0);
	finish(&b, image);
}

void btf_fixture_module(struct btf_image *image, const struct btf_image *base)
{
	struct builder b = { 0 };
	struct btf_header h;

	memcpy(&h, base->data, sizeof(h));
	b.first_string = h.str_len;
	string(&b, "");
	type(&b, "mod_data", INFO(BTF_KIND_STRUCT, 1, 0), 48);
	member(&b, "inside", FX_DEMO, 0);
	finish(&b, image);
}
