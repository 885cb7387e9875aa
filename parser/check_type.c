/* SPDX-License-Identifier: Apache-2.0 */
/* Which type a name has when several values are stored under it. */
#include "parser/checker.h"

#include <string.h>

static const struct type *merge(struct checker *c, const struct type *a, const struct type *b);

static const struct type *merge_fields(struct checker *c, const struct type *a,
				       const struct type *b)
{
	const struct type **types = arena_alloc(c->arena, a->count * sizeof(*types));
	const char **names = arena_alloc(c->arena, a->count * sizeof(*names));

	if (a->count != b->count)
		return NULL;
	for (uint32_t i = 0; i < a->count; i++) {
		types[i] = merge(c, a->fields[i].type, b->fields[i].type);
		names[i] = a->fields[i].name;
		if (!types[i] || (names[i] && strcmp(names[i], b->fields[i].name)))
			return NULL;
	}
	return type_tuple(c->arena, types, a->kind == TYPE_RECORD ? names : NULL, a->count);
}

/* Two enums are one, or both are none. */
static bool same_names(const struct type *a, const struct type *b)
{
	return a->btf || b->btf ? a->btf == b->btf && a->btf_id == b->btf_id
				: a->values == b->values;
}

static const struct type *merge_numbers(const struct type *a, const struct type *b)
{
	if (a->kind == b->kind && a->kind != TYPE_INT && same_names(a, b))
		return a->size > b->size ? a : b;
	if (a == &type_word && b == &type_word)
		return a;
	return type_int(8, a->is_signed || b->is_signed);
}

/* The same aggregation of signed and of unsigned numbers is one of signed numbers. */
static const struct type *merge_aggs(const struct type *a, const struct type *b)
{
	struct type same = *b;

	same.is_signed = a->is_signed;
	return !type_equal(a, &same) ? NULL : a->is_signed ? a : b;
}

static bool is_address(const struct type *t)
{
	return t->kind == TYPE_IP4 || t->kind == TYPE_IP6 || t->kind == TYPE_INET;
}

/* The type that holds every value of @a and of @b, or NULL. */
static const struct type *merge(struct checker *c, const struct type *a, const struct type *b)
{
	if (type_is_number(a) && type_is_number(b))
		return merge_numbers(a, b);
	if (is_address(a) && is_address(b) && a->kind != b->kind)
		return &type_inet;
	if (a->kind != b->kind)
		return NULL;
	if (a->kind == TYPE_STRING || a->kind == TYPE_BUF)
		return a->size > b->size ? a : b;
	if (a->kind == TYPE_TUPLE || (a->kind == TYPE_RECORD && !a->name && !b->name))
		return merge_fields(c, a, b);
	if (a->kind == TYPE_PTR)
		return a;
	if (a->kind == TYPE_AGG)
		return merge_aggs(a, b);
	if (a->kind == TYPE_IP4)
		return a->size > b->size ? a : b;
	return type_equal(a, b) ? a : NULL;
}

const struct type *check_merge(struct checker *c, const struct type *a, const struct type *b)
{
	return merge(c, a, b);
}

static enum sureness sureness(const struct node *n, const struct type *t)
{
	if (n->kind == NODE_INT && n->literal && !n->is_unsigned)
		return SURE_LITERAL;
	return t->is_signed ? SURE_SIGNED : SURE_UNSIGNED;
}

const struct type *check_stored(struct checker *c, const struct type *t)
{
	return btf_complete(c, type_stored(c->arena, t));
}

/* The smallest integer that has a number of the script; 0x80 is one byte too. */
static uint32_t literal_width(const struct node *n)
{
	uint64_t high = (int64_t)n->number < 0 && !n->is_unsigned ? ~n->number << 1 : n->number;

	return high > UINT32_MAX ? 8 : high > UINT16_MAX ? 4 : high > UINT8_MAX ? 2 : 1;
}

uint32_t check_width(const struct node *n)
{
	if (n->literal && n->type->kind == TYPE_INT)
		return literal_width(n);
	if (n->kind == NODE_VAR && n->is.var)
		return ((const struct var_state *)n->is.var)->value.width;
	if (n->kind == NODE_MAP && n->is.map)
		return ((const struct map_state *)n->is.map)->value.width;
	return n->type->size;
}

uint32_t check_literal_width(const struct node *n)
{
	int64_t v = (int64_t)n->number;
	uint64_t most = v < 0 ? ~n->number : n->number;
	uint32_t sign = v < 0 && !n->is_unsigned, width = 1;

	if (!n->literal && n->kind == NODE_VAR && n->is.var)
		return ((const struct var_state *)n->is.var)->value.literal;
	if (!n->literal && n->kind == NODE_MAP && n->is.map)
		return ((const struct map_state *)n->is.map)->value.literal;
	if (!n->literal)
		return 0;
	for (most = n->is_unsigned ? n->number : most; width < 8 && most >> (8 * width - sign);)
		width *= 2;
	return width;
}

static void keep_width(struct checker *c, struct growing *g, const struct node *n)
{
	bool number = n->type && type_is_number(n->type);
	uint32_t width = number ? check_width(n) : 0, literal = number ? check_literal_width(n) : 0;

	c->changed |= width > g->width || literal > g->literal;
	g->width = width > g->width ? width : g->width;
	g->literal = literal > g->literal ? literal : g->literal;
}

/* A name that is signed somewhere and unsigned elsewhere is signed. */
static void warn_sign(struct checker *c, struct growing *g, const struct node *n, const char *what,
		      const char *name, bool huge, enum sureness sure)
{
	if (g->type && g->type->kind == TYPE_INT && n->span.offset != g->span.offset &&
	    ((huge && g->sure == SURE_SIGNED) || (g->huge && sure == SURE_SIGNED)))
		NOTE(c,
		     diag_add(c->diags, W_SIGN_CHANGE, n->span,
			      "%s %s holds signed and unsigned values: it is int64", what, name),
		     g->span, "its type comes from here");
	g->huge = g->huge || huge;
}

bool check_store(struct checker *c, struct growing *g, const struct node *n, const struct type *t,
		 const char *what, const char *name)
{
	const struct type *merged, *old = g->type;
	enum sureness sure = sureness(n, t);
	bool huge;

	if (t->kind == TYPE_ERROR)
		return false;
	huge = t->kind == TYPE_INT && t->size == 8 && sure == SURE_UNSIGNED;
	warn_sign(c, g, n, what, name, huge, sure);
	t = check_stored(c, t);
	keep_width(c, g, n);
	if (!old) {
		*g = (struct growing){ t, sure, n->span, g->width, g->literal, huge };
		c->changed = true;
		return true;
	}
	merged = merge(c, old, t);
	if (!merged) {
		NOTE(c,
		     ERR(c, TYPE_MISMATCH, n->span, "%s %s is %s, not %s", what, name,
			 TYPE_NAME(c, old), TYPE_NAME(c, t)),
		     g->span, "its type comes from here");
		return false;
	}
	if (merged->kind == TYPE_INT && merged != &type_word) {
		g->sure = sure > g->sure ? sure : g->sure;
		merged = type_int(8, g->sure != SURE_UNSIGNED);
	}
	if (!type_equal(merged, old)) {
		g->type = merged;
		c->changed = true;
	}
	return true;
}

const struct type *check_arith_type(const struct node *a, const struct node *b)
{
	bool signed_a = a->type->is_signed && !(a->literal && (int64_t)a->number >= 0);
	bool signed_b = b->type->is_signed && !(b->literal && (int64_t)b->number >= 0);

	if (a->literal && b->literal)
		return a->is_unsigned || b->is_unsigned ? &type_uint64 : &type_int64;
	return type_int(8, signed_a || signed_b);
}

/* BPF has no floating point: these are bytes, so that structs are laid out right. */
static const struct type type_float = { .kind = TYPE_ARRAY,
					.size = 4,
					.elem = &type_uint8,
					.count = 4,
					.align = 4 };
static const struct type type_double = { .kind = TYPE_ARRAY,
					 .size = 8,
					 .elem = &type_uint8,
					 .count = 8,
					 .align = 8 };

static const struct {
	const char *word;
	const struct type *type;
} words[] = {
	{ "int8", &type_int8 },       { "int16", &type_int16 },     { "int32", &type_int32 },
	{ "int64", &type_int64 },     { "uint8", &type_uint8 },     { "uint16", &type_uint16 },
	{ "uint32", &type_uint32 },   { "uint64", &type_uint64 },   { "bool", &type_bool },
	{ "_Bool", &type_bool },      { "void", &type_void },       { "char", &type_char },
	{ "u8", &type_uint8 },        { "u16", &type_uint16 },      { "u32", &type_uint32 },
	{ "u64", &type_uint64 },      { "s8", &type_int8 },         { "s16", &type_int16 },
	{ "s32", &type_int32 },       { "s64", &type_int64 },       { "__u8", &type_uint8 },
	{ "__u16", &type_uint16 },    { "__u32", &type_uint32 },    { "__u64", &type_uint64 },
	{ "__s8", &type_int8 },       { "__s16", &type_int16 },     { "__s32", &type_int32 },
	{ "__s64", &type_int64 },     { "__be16", &type_uint16 },   { "__be32", &type_uint32 },
	{ "__be64", &type_uint64 },   { "__le16", &type_uint16 },   { "__le32", &type_uint32 },
	{ "__le64", &type_uint64 },   { "int8_t", &type_int8 },     { "int16_t", &type_int16 },
	{ "int32_t", &type_int32 },   { "int64_t", &type_int64 },   { "uint8_t", &type_uint8 },
	{ "uint16_t", &type_uint16 }, { "uint32_t", &type_uint32 }, { "uint64_t", &type_uint64 },
	{ "size_t", &type_uint64 },   { "ssize_t", &type_int64 },   { "uintptr_t", &type_uint64 },
	{ "pid_t", &type_int32 },     { "uid_t", &type_uint32 },    { "gid_t", &type_uint32 },
	{ "off_t", &type_int64 },     { "float", &type_float },     { "double", &type_double },
};

#define MAX_DECLARED 1024 /* bytes of a string or buffer, elements of an array */

/* "unsigned long int" and its like; NULL when the words are no type of C. */
static const struct type *c_words(const char *text)
{
	static const char *const known[] = { "unsigned", "signed", "long", "short", "char", "int" };
	uint32_t count[6] = { 0 }, i;

	while (*text) {
		size_t len = strcspn(text, " ");

		for (i = 0; i < 6 && (strlen(known[i]) != len || strncmp(text, known[i], len));)
			i++;
		if (i == 6)
			return NULL;
		count[i]++;
		text += len + (text[len] == ' ');
	}
	if (count[0] + count[1] > 1 || count[2] > 2 || count[3] + count[4] + !!count[2] > 1 ||
	    count[5] > 1)
		return NULL;
	if (count[4])
		return count[0] ? &type_uint8 : count[1] ? &type_int8 : &type_char;
	return type_int(count[2] ? 8 : count[3] ? 2 : 4, !count[0]);
}

/* A size in brackets; false after a message. */
static bool declared_size(struct checker *c, struct node *n, uint64_t *size)
{
	if (check_expr(c, n)->kind == TYPE_ERROR)
		return false;
	*size = n->number;
	if (n->literal && *size && *size <= MAX_DECLARED)
		return true;
	ERR(c, BAD_CAST, n->span, "the size of a type is a number from 1 to %d", MAX_DECLARED);
	return false;
}

static const struct type *sized_type(struct checker *c, struct node *n)
{
	uint64_t size = c->config.max_strlen;

	if (n->nkids && !declared_size(c, n->kids[0], &size))
		return &type_error;
	return *n->text == 's' ? type_string(c->arena, size) : type_buffer(c->arena, size);
}

const struct type *check_tag(struct checker *c, const char *tag)
{
	const struct type *t = cdef_tag(c, tag);

	if (!t)
		t = btf_tag(c, tag);
	return t ? t : type_symbols(tag);
}

/* A type by its word or tag. */
static const struct type *named_type(struct checker *c, const struct node *n)
{
	const struct type *t;

	if (n->prefix)
		return check_tag(c, n->text);
	t = cdef_typedef(c, n->text);
	for (size_t i = 0; !t && i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(n->text, words[i].word))
			t = words[i].type;
	if (!t)
		t = c_words(n->text);
	if (t)
		return t;
	return btf_typedef(c, n->text);
}

static const struct type *array_of(struct checker *c, struct node *n)
{
	const struct type *t = check_typename(c, n->kids[0]);
	uint64_t size = 0;

	if (t->kind == TYPE_ERROR || (n->nkids > 1 && !declared_size(c, n->kids[1], &size)))
		return &type_error;
	if (t->size && (uint64_t)t->size * size <= UINT16_MAX)
		return type_array(c->arena, t, size);
	ERR(c, BAD_CAST, n->span,
	    t->size ? "an array of more than 64 KiB" : "an array of something without a size");
	return &type_error;
}

/* Also to a struct that nobody knows, as long as nothing is read through it. */
static const struct type *pointer_to(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct type *t;
	struct type *p;

	if (k->prefix && !check_tag(c, k->text)) {
		p = (struct type *)type_pointer(c->arena, NULL, check_space(c));
		p->name = k->text;
		return p;
	}
	t = check_typename(c, k);
	if (t->kind == TYPE_ERROR)
		return t;
	return type_pointer(c->arena, t->kind == TYPE_VOID ? NULL : t, check_space(c));
}

static const struct type *unknown_type(struct checker *c, const struct node *n)
{
	struct suggest s = { .word = n->text };
	struct diag *g = ERR(c, BAD_CAST, n->span, "unknown type '%s'", n->text);

	for (uint32_t i = 0; i < c->ndefinitions; i++)
		if (*c->definitions[i]->name)
			suggest_try(&s, c->definitions[i]->name);
	for (size_t i = 0; !n->prefix && i < sizeof(words) / sizeof(*words); i++)
		suggest_try(&s, words[i].word);
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	else if (!kernel_btf(c->kernel))
		HINT(c, g, "%s", kernel_error(c->kernel));
	return &type_error;
}

bool check_is_type(struct checker *c, struct node *n)
{
	if (n->kind == NODE_IDENT && !TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text) &&
	    !TABLE_FIND(func_rows, FUNC_COUNT, n->text) && !check_packet_name(c, n) &&
	    named_type(c, n))
		n->kind = NODE_TYPENAME;
	return n->kind == NODE_TYPENAME;
}

/* typeof(x): a number has the width that was stored in it. */
static const struct type *type_of(struct checker *c, struct node *n)
{
	bool is_type = check_is_type(c, n);
	const struct type *t = is_type ? check_typename(c, n) : check_expr(c, n);
	uint32_t width = !is_type && t->kind == TYPE_INT ? check_width(n) : 0;

	return width ? type_int(width, t->is_signed) : t;
}

const struct type *check_typename(struct checker *c, struct node *n)
{
	const struct type *t;

	if (n->kind == NODE_STRUCT || n->kind == NODE_ENUM)
		return cdef_here(c, n);
	if (*n->text == '*')
		return pointer_to(c, n);
	if (*n->text == '[')
		return array_of(c, n);
	if (!n->prefix && !strcmp(n->text, "typeof"))
		return type_of(c, n->kids[0]);
	if (!n->prefix && (!strcmp(n->text, "string") || !strcmp(n->text, "buffer")))
		return sized_type(c, n);
	t = named_type(c, n);
	return t ? t : unknown_type(c, n);
}
