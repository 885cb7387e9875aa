/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_BTF_FIXTURE_H
#define TESTS_UNIT_BTF_FIXTURE_H

#include <stddef.h>

/* A small BTF file in memory, with the ids below; and a module's that continues it. */
struct btf_image {
	char data[4096];
	size_t length;
};

enum fixture_id {
	FX_INT = 1, /* int */
	FX_BITS,    /* unsigned int */
	FX_PTR,     /* struct demo * */
	FX_INNER,   /* struct { int deep; unsigned int flag : 3; } at bit 64 of: */
	FX_OUTER,   /* union { struct { ... }; int alias; } */
	FX_DEMO,    /* struct demo { int first; <outer>; int *last[4]; } */
	FX_ARRAY,   /* struct demo *[4] */
	FX_TYPEDEF, /* typedef const struct demo demo_t */
	FX_CONST,
	FX_ENUM,     /* enum color { RED = 0, GREEN = 5, NONE = -1 } */
	FX_ENUM64,   /* enum big { HUGE = 1 << 40 } */
	FX_VOID_PTR, /* void * */
	FX_PROTO,    /* void (void *, struct demo *, int) */
	FX_PROTO_PTR,
	FX_RAW,   /* typedef btf_trace_demo */
	FX_NAMED, /* int (void *__data, struct demo *d, int why) */
	FX_FUNC,  /* __probestub_demo */
	FX_LOOP,  /* typedef loop loop */
	FX_SELF,  /* struct self { struct self; } */
	FX_COUNT
};

void btf_fixture(struct btf_image *image);
void btf_fixture_module(struct btf_image *image, const struct btf_image *base);

#endif
