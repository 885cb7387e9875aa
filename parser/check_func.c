/* SPDX-License-Identifier: Apache-2.0 */
/* What functions return, and what they ask of their arguments beyond their signature. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

#define MAX_BYTES 1024   /* of a string or buffer */
#define MAX_SEARCH 65536 /* words that a search compares */

const struct type *text_type(struct checker *c, struct node *n, enum type_kind kind)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = kind;
	t->size = kind == TYPE_USYM ? 16 : 8;
	t->name = kind == TYPE_CGROUP && n->nkids > 1 ? n->kids[1]->text : "";
	return t;
}

const struct type *concat_type(struct checker *c, struct node *n)
{
	uint32_t size = n->kids[0]->type->size + n->kids[1]->type->size;

	if (size <= MAX_BYTES)
		return type_string(c->arena, size);
	HINT(c,
	     ERR(c, TOO_LARGE, n->span, "this string may have %u bytes, more than %d", size,
		 MAX_BYTES),
	     "str(ptr, length) takes a shorter string");
	return &type_error;
}

/* The verifier walks through a search step by step, a million at most. */
const struct type *search_type(struct checker *c, struct node *n, const struct type *t)
{
	uint32_t places = n->kids[0]->type->size, part = n->kids[1]->type->size;

	if (places * ((part + 7) / 8) <= MAX_SEARCH)
		return t;
	HINT(c,
	     ERR(c, TOO_LARGE, n->span,
		 "%s() of %u bytes in %u takes more steps than a program has", n->text, part,
		 places),
	     "str(ptr, length) takes a shorter string");
	return &type_error;
}

static bool check_length(struct checker *c, struct node *n, uint32_t i)
{
	uint64_t length = n->kids[i]->number;

	if (length && length <= MAX_BYTES)
		return true;
	ERR(c, BAD_ARGUMENT, n->kids[i]->span, "the length is from 1 to %d, not %" PRId64,
	    MAX_BYTES, (int64_t)length);
	return false;
}

const struct type *strncmp_type(struct checker *c, struct node *n)
{
	return check_length(c, n, 2) ? &type_int64 : &type_error;
}

/* Two values of at least so many bytes, or what addresses point at. */
const struct type *memcmp_type(struct checker *c, struct node *n)
{
	if (!check_length(c, n, 2))
		return &type_error;
	for (uint32_t i = 0; i < 2; i++) {
		const struct type *t;
		uint64_t length = n->kids[2]->number;

		check_raw_array(n->kids[i]);
		t = n->kids[i]->type;
		if (t->kind == TYPE_PTR)
			continue;
		if (t->kind != TYPE_ARRAY && t->kind != TYPE_STRING && t->kind != TYPE_RECORD) {
			check_bad_argument(c, n, i, "bytes or a pointer to them");
			return &type_error;
		}
		if (t->size >= length)
			continue;
		ERR(c, BAD_ARGUMENT, n->kids[i]->span, "%s has fewer than %" PRIu64 " bytes",
		    TYPE_NAME(c, t), length);
		return &type_error;
	}
	return &type_int64;
}

const struct type *strcap_type(struct checker *c, struct node *n)
{
	(void)c;
	check_fold(n, n->kids[0]->type->size, false);
	return n->type;
}

void check_raw_array(struct node *n)
{
	const struct field *f = n->kind == NODE_FIELD ? n->is.field : NULL;

	if (f && f->source == FIELD_PLAIN && f->type->kind == TYPE_ARRAY && f->type->size)
		n->type = f->type;
}

static const struct type *buffer(struct checker *c, uint32_t capacity)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = TYPE_BUF;
	t->size = 4 + capacity;
	return t;
}

const struct type *buf_type(struct checker *c, struct node *n)
{
	struct node *from = n->kids[0], *length = n->nkids > 1 ? n->kids[1] : NULL;
	uint32_t size = 0;

	check_raw_array(from);
	if (from->type->kind == TYPE_STRING && from->kind == NODE_STRING) {
		size = from->length ? from->length : 1;
	} else if (from->type->kind == TYPE_ARRAY || from->type->kind == TYPE_RECORD ||
		   from->type->kind == TYPE_STRING) {
		size = from->type->size;
	} else if (from->type->kind != TYPE_PTR && from->type->kind != TYPE_INT) {
		check_bad_argument(c, n, 0, "an array, a string or an address");
		return &type_error;
	}
	if (!length && !size) {
		HINT(c, ERR(c, ARGUMENT_COUNT, n->span, "buf() of an address takes a length"),
		     "write buf(ptr, length)");
		return &type_error;
	}
	if (length && length->literal && !check_length(c, n, 1))
		return &type_error;
	if (length && length->literal && (!size || length->number < size))
		size = length->number;
	if (!size)
		size = c->config.max_strlen;
	return buffer(c, size < MAX_BYTES ? size : MAX_BYTES);
}

const struct type *bswap_type(struct checker *c, struct node *n)
{
	uint32_t width = check_width(n->kids[0]);

	if (width)
		return type_int(width, false);
	HINT(c,
	     ERR(c, BAD_ARGUMENT, n->kids[0]->span, "bswap() cannot tell how many bytes this has"),
	     "say it with a cast: bswap((uint16)80)");
	return &type_error;
}

const struct type *space_type(struct checker *c, struct node *n, enum space space)
{
	const struct type *from = n->kids[0]->type;
	struct type *t;

	if (from->kind != TYPE_PTR)
		return type_pointer(c->arena, NULL, space);
	t = arena_alloc(c->arena, sizeof(*t));
	*t = *from;
	t->space = space;
	return t;
}

#define CLOCKS (sizeof(clocks) / sizeof(*clocks))

static const char *const clocks[] = { "monotonic", "boot", "tai", "sw_tai" };

/* nsecs(boot): after this the number of the clock stands in place of its name. */
const struct type *clock_type(struct checker *c, struct node *n)
{
	struct node *k = n->nkids ? n->kids[0] : NULL;
	struct suggest s = { .word = k && k->text ? k->text : "" };
	struct diag *g;

	for (size_t i = 0; k && k->kind == NODE_IDENT && i < CLOCKS; i++) {
		suggest_try(&s, clocks[i]);
		if (strcmp(k->text, clocks[i]))
			continue;
		k->number = i;
		return &type_uint64;
	}
	g = ERR(c, BAD_ARGUMENT, k ? k->span : n->span,
		"the clock of nsecs() is monotonic, boot, tai or sw_tai");
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	return &type_error;
}

const struct type *strftime_type(struct checker *c, struct node *n)
{
	struct type *t = (struct type *)text_type(c, n, TYPE_TIME);

	t->name = n->kids[0]->text;
	return t;
}

const struct type *is_type(struct checker *c, struct node *n, bool is)
{
	(void)c;
	return check_fold_bool(n, is);
}

const struct type *unsafe_type(struct checker *c, struct node *n)
{
	if (c->options->unsafe)
		return &type_void;
	HINT(c, ERR(c, BAD_CONTEXT, n->span, "%s() changes the machine", n->text),
	     "pktscript --unsafe allows it");
	return &type_error;
}
