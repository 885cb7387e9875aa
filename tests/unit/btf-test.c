/* SPDX-License-Identifier: Apache-2.0 */
/* kernel/btf.h, as part of kernel-test. */
#include "kernel/btf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/btf-fixture.h"
#include "tests/unit/kernel-test.h"

static void test_btf_members(struct arena *a, const struct kbtf *b)
{
	struct kbtf_member m;
	const char *name;
	uint32_t type;
	int64_t v = 0;

	ok(kbtf_member(b, FX_TYPEDEF, "last", &m) && m.bit_offset == 128 && m.type == FX_ARRAY,
	   "member");
	ok(kbtf_member(b, FX_DEMO, "deep", &m) && m.bit_offset == 64,
	   "member of an anonymous struct");
	ok(kbtf_member(b, FX_DEMO, "flag", &m) && m.bit_offset == 97 && m.bit_size == 3,
	   "bit field");
	ok(!kbtf_member(b, FX_DEMO, "none", &m) && !kbtf_member(b, FX_INT, "x", &m), "no member");
	ok(!kbtf_member(b, FX_SELF, "x", &m), "a struct in itself ends");
	is(kbtf_suggest_member(b, FX_DEMO, "alais"), "alias");
	ok(kbtf_size(b, FX_ARRAY) == 32 && kbtf_size(b, FX_TYPEDEF) == 48, "sizes");
	ok(!kbtf_resolve(b, FX_LOOP) && !kbtf_size(b, 0), "loop and void");
	ok(kbtf_enum_value(b, FX_ENUM, "NONE", &v) && v == -1, "signed enumerator");
	is(kbtf_enum_name(b, FX_ENUM, 5), "GREEN");
	ok(kbtf_find_enumerator(b, "HUGE", &v) == FX_ENUM64 && v == 1ll << 40, "64-bit enumerator");
	ok(kbtf_param(b, FX_FUNC, 2, &name, &type) && !strcmp(name, "why") && type == FX_INT,
	   "parameter");
	is(kbtf_ctype(b, a, FX_ARRAY), "struct demo *[4]");
	is(kbtf_ctype(b, a, FX_PROTO_PTR), "void (*)()");
	is(kbtf_ctype(b, a, FX_CONST), "const struct demo");
}

static void test_good_btf(struct arena *a, const struct btf_image *image)
{
	struct kernel_config config = { .btf = path_of(a, "vmlinux") };
	struct kernel *k = kernel_open(a, &config);
	const struct raw_tracepoint *tp;
	struct btf_image module;
	const struct kbtf *b;
	struct kbtf_member m;

	write_file(config.btf, image->data, image->length);
	b = kernel_btf(k);
	ok(b && kbtf_count(b) == FX_COUNT, "BTF opens");
	if (!b)
		return;
	for (int i = 0; i < 40; i++) /* by then it is hashed */
		if (kbtf_find(b, "demo", BTF_KIND_STRUCT) != FX_DEMO ||
		    kbtf_find(b, "x", BTF_KIND_STRUCT))
			ok(false, "find %d", i);
	ok(kbtf_find(b, "big", BTF_KIND_ENUM) == FX_ENUM64, "find");
	test_btf_members(a, b);
	tp = kernel_raw_tracepoint(k, NULL, "demo");
	ok(tp && tp->nargs == 2 && tp->args[0].type == FX_PTR && tp->id == FX_RAW,
	   "raw tracepoint");
	is(tp ? tp->args[1].name : NULL, "why");
	ok(!kernel_raw_tracepoint(k, NULL, "deno"), "no raw tracepoint");
	fails(k, "no raw tracepoint deno", "did you mean demo?");
	btf_fixture_module(&module, image);
	write_file(path_of(a, "mod"), module.data, module.length);
	b = kernel_btf_module(k, "mod");
	ok(b && kbtf_find(b, "mod_data", BTF_KIND_STRUCT) == FX_COUNT && kbtf_first(b) == FX_COUNT,
	   "module's own type");
	ok(b && kbtf_find(b, "demo", BTF_KIND_STRUCT) == FX_DEMO, "vmlinux's type in a module");
	ok(b && kbtf_member(b, FX_COUNT, "inside", &m) && m.type == FX_DEMO, "module's member");
	ok(!kernel_btf_module(k, "gone"), "no such module");
	fails(k, "there is no BTF of module gone", "load it with modprobe gone");
	unlink(path_of(a, "mod"));
	kernel_close(k);
}

static void touch(void *ctx, uint32_t id, const char *name)
{
	(void)ctx;
	(void)id;
	(void)name;
}

/* Calls all of the interface with all ids of a file that may be anything. */
static void use_all(struct arena *a, struct kernel *k, const struct kbtf *b)
{
	for (uint32_t id = 0; id <= kbtf_count(b); id++) {
		struct kbtf_member m;
		struct kbtf_type t;
		const char *name;
		uint32_t type;
		int64_t v;

		kbtf_type(b, id, &t);
		kbtf_size(b, id);
		kbtf_ctype(b, a, id);
		kbtf_member(b, id, "none", &m);
		kbtf_enum_value(b, id, "none", &v);
		kbtf_param(b, id, 1, &name, &type);
		kbtf_find(b, "demo", BTF_KIND_STRUCT);
	}
	kbtf_each(b, BTF_KIND_TYPEDEF, "*", touch, NULL);
	kernel_raw_tracepoint(k, NULL, "demo");
}

static const char *btf_error(struct arena *a, const struct btf_image *image, bool use)
{
	struct kernel_config config = { .btf = path_of(a, "vmlinux") };
	struct kernel *k = kernel_open(a, &config);
	const struct kbtf *b;

	write_file(config.btf, image->data, image->length);
	b = kernel_btf(k);
	if (b && use)
		use_all(a, k, b);
	kernel_close(k);
	return b ? "none" : strrchr(kernel_error(k), ':') + 2;
}

static void test_hostile_btf(const struct btf_image *image)
{
	struct arena *a = arena_new();
	struct btf_image bad = *image;

	bad.data[0] = image->data[1];
	bad.data[1] = image->data[0];
	is(btf_error(a, &bad, false), "it is for a machine of the other byte order");
	bad = *image;
	bad.length = 30;
	is(btf_error(a, &bad, false), "its types are cut off");
	bad.length = 0;
	is(btf_error(a, &bad, false), "it is too short");
	bad = *image;
	bad.data[24 + 7] = 31;
	is(btf_error(a, &bad, false), "it has a kind of type that this version does not know");
	for (int i = 0; i < 300; i++) {
		arena_free(a);
		a = arena_new();
		bad = *image;
		for (int j = rand() % 4; j >= 0; j--)
			bad.data[8 + (size_t)rand() % (bad.length - 8)] = (char)(rand() % 24);
		btf_error(a, &bad, true);
	}
	ok(true, "survives damaged BTF");
	unlink(path_of(a, "vmlinux"));
	arena_free(a);
}

static void count_one(void *ctx, const char *name)
{
	(void)name;
	++*(int *)ctx;
}

static void test_live(struct arena *a)
{
	struct kernel *k = kernel_open(a, NULL);
	const struct kbtf *b = kernel_btf(k);
	struct kbtf_member m;
	int n = 0;

	if (b) {
		const struct raw_tracepoint *tp = kernel_raw_tracepoint(k, NULL, "kfree_skb");
		uint32_t skb = kbtf_find(b, "sk_buff", BTF_KIND_STRUCT);

		ok(kbtf_member(b, skb, "dev", &m) && m.bit_offset == 128, "sk_buff.dev");
		is(kbtf_ctype(b, a, m.type), "struct net_device *");
		is(tp ? tp->args[0].name : NULL, "skb");
		ok(kernel_raw_tracepoints(k, NULL, "net*", count_one, &n) == n && n > 5,
		   "raw tracepoints");
	} else {
		skip("this kernel's BTF", kernel_error(k));
	}
	kernel_close(k);
}

void test_btf(struct arena *a)
{
	struct btf_image image;

	btf_fixture(&image);
	test_good_btf(a, &image);
	test_hostile_btf(&image);
	test_live(a);
}
