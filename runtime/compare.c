/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/value.h"

static int compare_integers(const struct type *t, const void *a, const void *b)
{
	int64_t x = value_integer(t, a), y = value_integer(t, b);

	if (t->is_signed)
		return (x > y) - (x < y);
	return ((uint64_t)x > (uint64_t)y) - ((uint64_t)x < (uint64_t)y);
}

static int compare_strings(const struct type *t, const void *a, const void *b)
{
	size_t n = value_string_length(t, a), m = value_string_length(t, b);
	int order = memcmp(a, b, n < m ? n : m);

	return order ? order : (n > m) - (n < m);
}

static int compare_buffers(const struct type *t, const unsigned char *a, const unsigned char *b)
{
	uint32_t n, m, capacity = t->size > 4 ? t->size - 4 : 0;
	int order;

	memcpy(&n, a, sizeof(n));
	memcpy(&m, b, sizeof(m));
	n = n < capacity ? n : capacity;
	m = m < capacity ? m : capacity;
	order = memcmp(a + 4, b + 4, n < m ? n : m);
	return order ? order : (n > m) - (n < m);
}

static int compare_members(const struct type *t, const unsigned char *a, const unsigned char *b)
{
	uint32_t i;
	int order;

	for (i = 0; i < t->count; i++) {
		const struct field *f = &t->fields[i];

		order = value_compare(f->type, a + f->offset, b + f->offset);
		if (order)
			return order;
	}
	return 0;
}

static int compare_elements(const struct type *t, const unsigned char *a, const unsigned char *b)
{
	uint32_t i;
	int order;

	for (i = 0; i < t->count; i++) {
		size_t at = (size_t)i * t->elem->size;

		order = value_compare(t->elem, a + at, b + at);
		if (order)
			return order;
	}
	return 0;
}

static int compare_flows(const void *a, const void *b)
{
	struct flow x, y;
	int order;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	order = x.family - y.family;
	order = order ? order : memcmp(x.src, y.src, sizeof(x.src));
	order = order ? order : memcmp(x.dst, y.dst, sizeof(x.dst));
	order = order ? order : x.proto - y.proto;
	order = order ? order : x.sport - y.sport;
	order = order ? order : x.dport - y.dport;
	return order ? order : x.flags - y.flags;
}

static int compare_optional(const struct type *t, const unsigned char *a, const unsigned char *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	if (!x || !y)
		return (x > y) - (x < y);
	return value_compare(t->elem, a + 8, b + 8);
}

int value_compare(const struct type *t, const void *a, const void *b)
{
	switch (t->kind) {
	case TYPE_INT:
	case TYPE_BOOL:
	case TYPE_ENUM:
	case TYPE_PTR:
	case TYPE_KSYM:
	case TYPE_TIME:
	case TYPE_USERNAME:
	case TYPE_COMM:
	case TYPE_ERRNO:
	case TYPE_SIGNAL:
	case TYPE_SYSCALL:
	case TYPE_CGROUP:
	case TYPE_IP4:
	case TYPE_ETHER:
	case TYPE_FLAGS:
	case TYPE_DURATION:
		return compare_integers(t, a, b);
	case TYPE_STRING:
		return compare_strings(t, a, b);
	case TYPE_BUF:
		return compare_buffers(t, a, b);
	case TYPE_ARRAY:
		return compare_elements(t, a, b);
	case TYPE_TUPLE:
	case TYPE_RECORD:
		return compare_members(t, a, b);
	case TYPE_FLOW:
		return compare_flows(a, b);
	case TYPE_OPTIONAL:
		return compare_optional(t, a, b);
	case TYPE_INET:
	case TYPE_IP6:
	case TYPE_MAC:
	case TYPE_USYM:
	case TYPE_STACK:
	case TYPE_VOID:
	case TYPE_ERROR:
	case TYPE_AGG:
	case TYPE_KINDS:
	default:
		return memcmp(a, b, t->size);
	}
}
