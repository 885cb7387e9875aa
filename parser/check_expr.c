/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/checker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARAM 4095 /* bytes of a positional parameter */

void check_fold(struct node *n, uint64_t value, bool is_unsigned)
{
	n->kind = NODE_INT;
	n->number = value;
	n->is_unsigned = is_unsigned && value > INT64_MAX;
	n->literal = true;
	n->nkids = 0;
	n->type = n->is_unsigned ? &type_uint64 : &type_int64;
}

void check_fold_bytes(struct node *n, const struct type *t, const void *bytes, uint32_t length)
{
	n->kind = NODE_STRING;
	n->text = bytes;
	n->length = length;
	n->nkids = 0;
	n->type = t;
}

const struct type *check_fold_bool(struct node *n, bool value)
{
	check_fold(n, value, false);
	n->type = &type_bool;
	return n->type;
}

static bool is_error(const struct node *n)
{
	return n->type->kind == TYPE_ERROR;
}

static const struct type *check_int(struct checker *c, struct node *n)
{
	(void)c;
	if (n->type && n->type->kind != TYPE_INT)
		return n->type;
	return n->is_unsigned ? &type_uint64 : &type_int64;
}

static const struct type *check_string(struct checker *c, struct node *n)
{
	uint64_t longest = c->config.max_strlen > 1024 ? c->config.max_strlen : 1024;

	if (n->type && n->type->kind != TYPE_STRING && n->type->kind != TYPE_ERROR)
		return n->type; /* bytes that check_fold_bytes() made */
	if (!n->number && n->length >= longest)
		ERR(c, TOO_LARGE, n->span, "this string has %u bytes, more than %" PRIu64,
		    n->length, longest - 1);
	return type_string(c->arena, n->length + 1);
}

/* What the parser knows to be of its type. */
static const struct type *check_literal(struct checker *c, struct node *n)
{
	(void)c;
	n->kind = NODE_STRING;
	return n->type;
}

static const struct type *builtin_type(struct checker *c, struct node *n, enum builtin_id id)
{
	switch (id) {
#define BUILTIN(id, type, varies, doc) \
	case BUILTIN_##id:             \
		return type;
#include "parser/builtin.def"
#undef BUILTIN
	case BUILTIN_COUNT:
		break;
	}
	return &type_error;
}

/* AF_INET: a macro of the kernel's headers, or of C's. */
static bool constant(struct node *n)
{
	const struct constant *row = TABLE_FIND(constant_rows, constant_count, n->text);

	if (row)
		check_fold(n, row->value, row->is_unsigned);
	return row != NULL;
}

/* SKB_DROP_REASON_NO_SOCKET: a constant of the kernel, or of the script. */
static bool enumerator(struct checker *c, struct node *n)
{
	const struct enumerator *own = cdef_enumerator(c, n->text);
	const struct kbtf *b;
	int64_t value;
	uint32_t id;

	if (own) {
		check_fold(n, own->value, false);
		n->type = own->type;
		return true;
	}
	if (n->text[0] < 'A' || n->text[0] > 'Z')
		return false;
	b = btf_binary(c);
	id = b ? kbtf_find_enumerator(b, n->text, &value) : 0;
	if (!id)
		b = kernel_btf(c->kernel);
	if (!id)
		id = b ? kbtf_find_enumerator(b, n->text, &value) : 0;
	if (!id)
		return constant(n);
	check_fold(n, value, false);
	n->type = btf_type(c, b, id, SPACE_KERNEL);
	return true;
}

static bool is_probe_field(struct checker *c, const char *name)
{
	const struct attach *at = c->body->attach;
	const struct tracepoint *tp = at->provider->id == PROVIDER_tracepoint
					      ? kernel_tracepoint(c->kernel, at->target, at->symbol)
					      : NULL;

	for (uint32_t i = 0; tp && i < tp->nfields; i++)
		if (!strcmp(tp->fields[i].name, name))
			return true;
	return false;
}

static const struct type *unknown_name(struct checker *c, const struct node *n)
{
	struct suggest s = { .word = n->text };
	struct diag *g = ERR(c, UNKNOWN_NAME, n->span, "unknown name '%s'", n->text);

	if (c->symbols) {
		HINT(c, g, "%s", check_symbol_hint(c, n->text));
		return &type_error;
	}
	if (!is_probe_field(c, n->text) && (TABLE_FIND(func_rows, FUNC_COUNT, n->text) ||
					    TABLE_FIND(action_rows, ACTION_COUNT, n->text) ||
					    TABLE_FIND(agg_rows, agg_count, n->text))) {
		HINT(c, g, "'%s' is a function: %s(...)", n->text, n->text);
		return &type_error;
	}
	TABLE_SUGGEST(builtin_rows, BUILTIN_COUNT, &s);
	if (is_probe_field(c, n->text))
		HINT(c, g, "fields of the probe are members of args: args.%s", n->text);
	else if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	else if (n->text[0] >= 'A' && n->text[0] <= 'Z')
		HINT(c, g,
		     "a constant of a header that 'pktscript -l constants' lacks: #define %s VALUE",
		     n->text);
	else if (c->body->tp && c->body->tp->nfields)
		HINT(c, g,
		     "fields of the probe are args.NAME, variables start with $, maps with @");
	else
		HINT(c, g, "variables start with $, maps with @, strings stand between quotes");
	return &type_error;
}

const struct type *check_builtin(struct checker *c, struct node *n, const struct builtin *b)
{
	const struct type *t = check_lacks(c, n) ? NULL : builtin_type(c, n, b->id);

	n->is.builtin = b;
	if (!t)
		return &type_error;
	if (t->kind == TYPE_ERROR && !n->nkids)
		HINT(c,
		     ERR(c, BAD_CONTEXT, n->span, "%s has no '%s'", c->body->attach->name, b->name),
		     "%s", check_where(c, b));
	return t;
}

static const struct type *check_ident(struct checker *c, struct node *n)
{
	const struct builtin *b = TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text);
	const struct func *func = TABLE_FIND(func_rows, FUNC_COUNT, n->text);

	if (b)
		return check_builtin(c, n, b);
	if (check_packet_name(c, n))
		return check_packet(c, n);
	if (func && (!*func->args || func->args[1] == '?')) {
		n->kind = NODE_CALL; /* kstack is kstack() */
		return check_call(c, n);
	}
	return enumerator(c, n) ? n->type : unknown_name(c, n);
}

/* An aggregation read as a number. A count is never negative, whatever it counts. */
static const struct type *total_type(struct checker *c, const struct node *n, const struct type *t)
{
	if (c->options->kernel >= KERNEL_PERCPU)
		return t->elem ? t->elem
			       : type_int(8, t->is_signed && (t->agg->print == AGG_AVERAGE ||
							      t->agg->cells[0] != CELL_INC));
	HINT(c,
	     ERR(c, BAD_OPERAND, n->span,
		 "reading %s takes a total over all CPUs, which programs can do since Linux 5.19",
		 n->text),
	     "print(%s) prints it", n->text);
	return &type_error;
}

const struct type *check_agg_value(struct checker *c, const struct node *n,
				   const struct map_state *m)
{
	const struct type *t = m->value.type;

	if (t->agg->print == AGG_CELL || t->agg->print == AGG_AVERAGE)
		return total_type(c, n, t);
	NOTE(c,
	     ERR(c, BAD_OPERAND, n->span, "%s holds %s(), which is not a value to compute with",
		 n->text, t->agg->name),
	     m->value.span, "it is assigned here");
	return &type_error;
}

static const struct type *check_map(struct checker *c, struct node *n)
{
	struct map_state *m = check_map_use(c, n);
	const struct type *t = check_map_value(c, m, n);

	if (m->keyed != (n->nkids > 0))
		return &type_error;
	return t->kind == TYPE_AGG ? check_agg_value(c, n, m) : t;
}

/* $1: a number when it looks like one, else a string; after this the node is a literal. */
static const struct type *check_param(struct checker *c, struct node *n)
{
	const struct check_options *o = c->options;
	const char *text = n->number <= o->nparams && n->number ? o->params[n->number - 1] : "";
	char *end;
	int64_t value;

	if (!n->number) {
		check_fold(n, o->nparams, false);
		return n->type;
	}
	n->text = text;
	n->length = strlen(text);
	value = strtoll(text, &end, 0);
	if (!*end) {
		check_fold(n, value, false);
		return n->type;
	}
	n->kind = NODE_STRING;
	n->length = n->length < MAX_PARAM ? n->length : MAX_PARAM;
	return type_string(c->arena, n->length + 1);
}

static bool is_truth(const struct type *t)
{
	return type_is_number(t) || t->kind == TYPE_PTR;
}

bool check_condition(struct checker *c, struct node *n)
{
	const struct type *t = check_expr(c, n);

	if (t->kind == TYPE_ERROR)
		return false;
	if (is_truth(t))
		return true;
	HINT(c,
	     ERR(c, BAD_OPERAND, n->span, "a condition is true or false, and this is %s",
		 TYPE_NAME(c, t)),
	     t->kind == TYPE_STRING   ? "compare it: ... == \"text\""
	     : t->kind == TYPE_RECORD ? "'==' compares, '=' assigns"
				      : "compare it with something");
	return false;
}

/* A number that may be one; a plain one in the script is a mistake. */
static bool may_be_address(const struct node *n)
{
	return n->type->kind == TYPE_INT && n->type->size == 8 &&
	       !(n->literal && n->type->is_signed);
}

/* *kaddr("avenrun"): an address that is a number has 8 bytes behind it. */
static struct node *address_of_number(struct checker *c, struct node *n)
{
	struct node *cast = node_new(c->arena, NODE_CAST, n->kids[0]->span);
	struct node *star = node_new(c->arena, NODE_TYPENAME, cast->span);
	struct node *name = node_new(c->arena, NODE_TYPENAME, cast->span);

	name->text = "uint64";
	star->text = "*";
	name->length = strlen(name->text);
	star->length = strlen(star->text);
	node_add(c->arena, cast, node_add(c->arena, star, name));
	node_add(c->arena, cast, n->kids[0]);
	n->kids[0] = cast;
	check_expr(c, cast);
	return cast;
}

/* True when @n is a member or element that a pointer leads to: *@space is the pointer's. */
static bool memory_space(const struct node *n, enum space *space)
{
	const struct type *whole;

	if (n->kind != NODE_FIELD && n->kind != NODE_INDEX)
		return false;
	whole = n->kids[0]->type;
	if (whole->kind != TYPE_PTR)
		return type_shape(whole) == SHAPE_MEM && memory_space(n->kids[0], space);
	*space = whole->space;
	return whole->space != SPACE_CTX;
}

/*
 * &$x, &@m[k], &p->member: a pointer to the value; of a map with keys, or of aggregations, the
 * address of the map. Variables and maps are in the kernel's memory.
 */
static const struct type *check_address(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct type *t;
	enum space space;

	if (k->kind == NODE_FIELD || k->kind == NODE_INDEX) {
		t = check_expr(c, k);
		if (t->kind == TYPE_ERROR)
			return t;
		if (memory_space(k, &space))
			return type_pointer(c->arena, k->kind == NODE_FIELD ? k->is.field->type : t,
					    space);
	}
	if (k->kind != NODE_VAR && k->kind != NODE_MAP) {
		ERR(c, BAD_OPERAND, n->span,
		    "'&' takes a variable, a map or what is behind a pointer, not this %s",
		    node_name(k->kind));
		return &type_error;
	}
	if (k->kind == NODE_VAR) {
		t = check_expr(c, k);
		return t->kind == TYPE_ERROR ? t : type_pointer(c->arena, t, SPACE_KERNEL);
	}
	if (!k->nkids && check_map_name(c, k)->keyed)
		return type_pointer(c->arena, NULL, SPACE_KERNEL);
	t = check_map_value(c, check_map_use(c, k), k);
	if (t->kind == TYPE_ERROR)
		return t;
	return type_pointer(c->arena, t->kind == TYPE_AGG ? NULL : t, SPACE_KERNEL);
}

static const struct type *check_unary(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];

	if (n->op->id == OP_ID_ADDRESS)
		return check_address(c, n);

	if (n->op->id == OP_ID_NOT)
		return check_condition(c, k) ? &type_bool : &type_error;
	if (check_expr(c, k)->kind == TYPE_ERROR)
		return k->type;
	if (n->op->id == OP_ID_DEREF && may_be_address(k))
		k = address_of_number(c, n);
	if (n->op->id == OP_ID_DEREF && k->type->kind == TYPE_PTR)
		return check_deref(c, n);
	if (!type_is_number(k->type)) {
		ERR(c, BAD_OPERAND, n->span, "'%s' takes a number, and this is %s", n->op->symbol,
		    TYPE_NAME(c, k->type));
		return &type_error;
	}
	if (n->op->id == OP_ID_DEREF) {
		ERR(c, BAD_OPERAND, n->span, "'*' takes a pointer, and this is %s",
		    TYPE_NAME(c, k->type));
		return &type_error;
	}
	if (k->literal && n->op->id == OP_ID_PLUS)
		check_fold(n, k->number, k->is_unsigned);
	else if (k->literal && n->op->id == OP_ID_NEG && k->number <= (uint64_t)1 << 63)
		check_fold(n, -k->number, false);
	else if (k->literal && n->op->id == OP_ID_INV)
		check_fold(n, ~k->number, false);
	if (n->kind == NODE_INT)
		return n->type;
	return type_int(8, n->op->id == OP_ID_NEG || k->type->is_signed);
}

static const struct type *check_incdec(struct checker *c, struct node *n)
{
	static struct node one = {
		.kind = NODE_INT, .number = 1, .literal = true, .type = &type_int64
	};
	struct node *target = n->kids[0];
	const struct type *t = &type_error;
	struct map_state *m;

	if (target->kind == NODE_MAP) {
		m = check_map_use(c, target);
		m->assigned = true;
		one.span = n->span;
		if (m->value.type && m->value.type->kind == TYPE_PTR)
			check_map_step(c, m, target);
		else
			check_map_write(c, m, target, &one);
		t = target->type;
	} else if (target->kind == NODE_VAR) {
		t = check_expr(c, target);
	} else {
		ERR(c, BAD_ASSIGNMENT, target->span,
		    "'%s%s' takes a variable or a map, not this %s", n->op->symbol, n->op->symbol,
		    node_name(target->kind));
	}
	if (target->kind == NODE_VAR && t->kind != TYPE_ERROR && !type_is_number(t) &&
	    t->kind != TYPE_PTR) {
		ERR(c, BAD_OPERAND, target->span, "'%s%s' takes a number, and this is %s",
		    n->op->symbol, n->op->symbol, TYPE_NAME(c, t));
		return &type_error;
	}
	return t->kind == TYPE_AGG ? &type_error : t;
}

/* Both sides known: the result of an arithmetic operator, wrapping at 64 bits. */
static bool fold_value(enum op_id op, uint64_t a, uint64_t b, bool is_unsigned, uint64_t *out)
{
	switch ((int)op) {
	case OP_ID_ADD:
		*out = a + b;
		return true;
	case OP_ID_SUB:
		*out = a - b;
		return true;
	case OP_ID_MUL:
		*out = a * b;
		return true;
	case OP_ID_DIV:
		if (!b || (a == (uint64_t)INT64_MIN && b == UINT64_MAX))
			return false;
		*out = is_unsigned ? a / b : (uint64_t)((int64_t)a / (int64_t)b);
		return true;
	case OP_ID_MOD:
		if (!b || (a == (uint64_t)INT64_MIN && b == UINT64_MAX))
			return false;
		*out = is_unsigned ? a % b : (uint64_t)((int64_t)a % (int64_t)b);
		return true;
	case OP_ID_AND:
		*out = a & b;
		return true;
	case OP_ID_OR:
		*out = a | b;
		return true;
	case OP_ID_XOR:
		*out = a ^ b;
		return true;
	case OP_ID_SHL:
		*out = a << (b & 63);
		return true;
	case OP_ID_SHR:
		*out = is_unsigned ? a >> (b & 63) : (uint64_t)((int64_t)a >> (b & 63));
		return true;
	default:
		return false;
	}
}

static struct diag *bad_operands(struct checker *c, const struct node *n)
{
	return ERR(c, BAD_OPERAND, n->span, "'%s' takes numbers, not %s and %s", n->op->symbol,
		   TYPE_NAME(c, n->kids[0]->type), TYPE_NAME(c, n->kids[1]->type));
}

/* $1 that is a text: its number is still there. str($1 + 2) leaves out its start. */
static bool is_parameter(const struct node *n)
{
	return n->kind == NODE_STRING && n->number && n->type->kind == TYPE_STRING;
}

/* Bits of flags are flags, and times are times, where the operator keeps them so. */
static const struct type *kept_type(const struct node *n)
{
	const struct type *a = n->kids[0]->type, *b = n->kids[1]->type;
	bool time = a->kind == TYPE_DURATION, times = b->kind == TYPE_DURATION;

	switch ((int)n->op->id) {
	case OP_ID_AND:
	case OP_ID_OR:
	case OP_ID_XOR:
		return a->kind == TYPE_FLAGS ? a : b->kind == TYPE_FLAGS ? b : NULL;
	case OP_ID_ADD:
	case OP_ID_SUB:
		return time || times ? &type_duration : NULL;
	case OP_ID_MUL:
		return time != times ? &type_duration : NULL;
	case OP_ID_DIV:
	case OP_ID_MOD:
		return time && !times ? &type_duration : NULL;
	default:
		return NULL;
	}
}

static const struct type *check_arith(struct checker *c, struct node *n)
{
	struct node *a = n->kids[0], *b = n->kids[1];
	const struct type *t, *kept;
	uint64_t value;

	if (a->type->kind == TYPE_PTR && type_is_number(b->type) && n->op->id <= OP_ID_SUB)
		return a->type;
	if (is_parameter(a) && b->literal && n->op->id == OP_ID_ADD && b->number <= a->length) {
		check_fold_bytes(n, type_string(c->arena, a->length - b->number + 1),
				 a->text + b->number, a->length - b->number);
		return n->type;
	}
	if (!type_is_number(a->type) || !type_is_number(b->type)) {
		bad_operands(c, n);
		return &type_error;
	}
	if (b->literal && !b->number && (n->op->id == OP_ID_DIV || n->op->id == OP_ID_MOD)) {
		ERR(c, DIVISION_BY_ZERO, n->span, "division by zero");
		return &type_error;
	}
	t = check_arith_type(a, n->op->class == OP_SHIFT ? a : b);
	if (n->op->id == OP_ID_SUB)
		t = &type_int64;
	kept = kept_type(n);
	if (a->literal && b->literal &&
	    fold_value(n->op->id, a->number, b->number, !t->is_signed, &value)) {
		check_fold(n, value, !t->is_signed);
		return kept ? kept : n->type;
	}
	return kept ? kept : t;
}

static bool is_text(const struct type *t)
{
	return t->kind == TYPE_STRING;
}

/* How two values in memory are compared: arrays by their bytes, all else as one type. */
static const struct type *common_type(struct checker *c, const struct type *a, const struct type *b)
{
	if (a->kind == TYPE_ARRAY && b->kind == TYPE_ARRAY && a->size == b->size &&
	    a->count == b->count && type_is_number(a->elem) && type_is_number(b->elem))
		return a;
	return check_merge(c, a, b);
}

/* A number and as many bytes, as of pton(): the bytes become a number. */
static void bytes_as_number(struct checker *c, struct node *n, uint32_t i)
{
	struct node *number = n->kids[!i], *bytes = n->kids[i], *cast, *name;
	const struct type *t = bytes->type;

	if (t->kind != TYPE_ARRAY || !type_is_number(number->type) || t->elem->size != 1 ||
	    (t->size != 4 && t->size != 8))
		return;
	cast = node_new(c->arena, NODE_CAST, bytes->span);
	name = node_new(c->arena, NODE_TYPENAME, bytes->span);
	name->text = t->size == 4 ? "uint32" : "uint64";
	name->length = 6;
	node_add(c->arena, cast, name);
	node_add(c->arena, cast, bytes);
	n->kids[i] = cast;
	check_expr(c, cast);
}

/* Addresses that are numbers. */
static bool is_address(const struct type *t)
{
	return t->kind == TYPE_IP4 || t->kind == TYPE_ETHER;
}

static bool other_family(const struct type *a, const struct type *b)
{
	return (a->kind == TYPE_IP4 && b->kind == TYPE_IP6) ||
	       (a->kind == TYPE_IP6 && b->kind == TYPE_IP4);
}

static const struct type *check_compare(struct checker *c, struct node *n)
{
	const struct type *a, *b;
	bool equality = n->op->class == OP_COMPARE;

	for (uint32_t i = 0; equality && i < 2; i++) {
		if (!check_literal_as(c, n->kids[i], n->kids[!i]->type))
			return &type_error;
		bytes_as_number(c, n, i);
	}
	if (equality && check_is_prefix(n))
		return check_membership(c, n);
	a = n->kids[0]->type;
	b = n->kids[1]->type;
	if ((is_truth(a) && is_truth(b)) || (a->kind == b->kind && is_address(a)))
		return &type_bool;
	if (equality && is_text(a) && is_text(b))
		return &type_bool;
	if (equality && a->kind != TYPE_AGG && a->kind != TYPE_VOID && !other_family(a, b)) {
		n->is.common = common_type(c, a, b);
		if (n->is.common)
			return &type_bool;
	}
	ERR(c, BAD_OPERAND, n->span, "'%s' cannot compare %s and %s", n->op->symbol,
	    TYPE_NAME(c, a), TYPE_NAME(c, b));
	return &type_error;
}

static const struct type *check_binary(struct checker *c, struct node *n)
{
	bool ok;

	if (n->op->class == OP_LOGIC) {
		ok = check_condition(c, n->kids[0]);
		return check_condition(c, n->kids[1]) && ok ? &type_bool : &type_error;
	}
	if (check_packet_either(c, n))
		return check_binary(c, n);
	check_sides(c, n);
	if (is_error(n->kids[0]) || is_error(n->kids[1]))
		return &type_error;
	if (n->op->class == OP_DEFAULT)
		return check_default(c, n);
	if (n->op->class == OP_MEMBER)
		return check_membership(c, n);
	return n->op->class == OP_ARITH || n->op->class == OP_SHIFT ? check_arith(c, n)
								    : check_compare(c, n);
}

static const struct type *check_cond(struct checker *c, struct node *n)
{
	const struct node *then = n->kids[n->nkids - 2];
	const struct type *a, *b, *t;

	if (!check_condition(c, n->kids[0]))
		return &type_error;
	a = n->nkids > 2 ? check_expr(c, n->kids[1]) : n->kids[0]->type;
	b = check_expr(c, n->kids[n->nkids - 1]);
	if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR)
		return &type_error;
	if (type_is_number(a) && type_is_number(b) && (a->kind != b->kind || a->kind == TYPE_INT))
		return type_equal(a, b) ? a : check_arith_type(then, n->kids[n->nkids - 1]);
	if (a->kind == TYPE_VOID && b->kind == TYPE_VOID)
		return a;
	t = check_merge(c, a, b);
	if (t && a->kind != TYPE_AGG)
		return t;
	if (n->prefix)
		return &type_void; /* an if that may have been meant as a statement */
	ERR(c, TYPE_MISMATCH, n->span, "the two values of '?:' differ: %s and %s", TYPE_NAME(c, a),
	    TYPE_NAME(c, b));
	return &type_error;
}

static const struct type *check_tuple(struct checker *c, struct node *n)
{
	const struct type **types = arena_alloc(c->arena, n->nkids * sizeof(*types));

	for (uint32_t i = 0; i < n->nkids; i++) {
		types[i] = check_expr(c, n->kids[i]);
		if (types[i]->kind == TYPE_ERROR)
			return types[i];
		if (types[i]->kind == TYPE_VOID) {
			ERR(c, BAD_OPERAND, n->kids[i]->span,
			    "this has no value to put into a tuple or key");
			return &type_error;
		}
	}
	return type_tuple(c->arena, types, NULL, n->nkids);
}

static const struct type *(*const check_node[NODE_KINDS])(struct checker *c, struct node *n) = {
#define STMT(ID, id, name, kids)
#define TOP(ID, id, name, kids)
#define EXPR(ID, id, name, kids) [NODE_##ID] = check_##id,
#include "parser/nodes.def"
#undef EXPR
#undef TOP
#undef STMT
};

const struct type *check_expr(struct checker *c, struct node *n)
{
	n->type = check_node[n->kind](c, n);
	return n->type;
}
