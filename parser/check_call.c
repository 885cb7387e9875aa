/* SPDX-License-Identifier: Apache-2.0 */
/* Calls: functions a program computes, actions of user space, aggregations. */
#include "parser/checker.h"

#include <inttypes.h>
#include <string.h>

/* "lhist(n, min, max, step)" is at the end of the documentation of most calls. */
static const char *call_doc(const char *name)
{
	const struct agg *agg = TABLE_FIND(agg_rows, agg_count, name);
	const struct func *func = TABLE_FIND(func_rows, FUNC_COUNT, name);
	const struct action *action = TABLE_FIND(action_rows, ACTION_COUNT, name);
	const char *doc = agg ? agg->doc : func ? func->doc : action ? action->doc : "";

	return strchr(doc, '(') ? doc : NULL;
}

static struct diag *argument_count(struct checker *c, const struct node *n, const char *takes)
{
	const char *given = n->nkids ? arena_printf(c->arena, "%u", n->nkids) : "none";
	struct diag *g = ERR(c, ARGUMENT_COUNT, n->span, "%s() takes %s, and %s %s given", n->text,
			     takes, given, n->nkids < 2 ? "is" : "are");

	if (call_doc(n->text))
		HINT(c, g, "%s", call_doc(n->text));
	return g;
}

static const char *count_text(struct checker *c, uint32_t min, uint32_t max)
{
	if (min == max)
		return min ? arena_printf(c->arena, "%u argument%s", min, min == 1 ? "" : "s")
			   : "no arguments";
	if (max == UINT32_MAX)
		return arena_printf(c->arena, "at least %u argument%s", min, min == 1 ? "" : "s");
	if (!min)
		return arena_printf(c->arena, "at most %u argument%s", max, max == 1 ? "" : "s");
	return arena_printf(c->arena, "%u %s %u arguments", min, max == min + 1 ? "or" : "to", max);
}

static const char *ordinal(struct checker *c, uint32_t i)
{
	static const char *const words[] = { "first", "second", "third", "fourth" };

	return i < 4 ? words[i] : arena_printf(c->arena, "%uth", i + 1);
}

static bool bad_argument(struct checker *c, const struct node *n, uint32_t i, const char *takes)
{
	const struct node *k = n->kids[i];

	if (k->type && k->type->kind != TYPE_VOID)
		ERR(c, BAD_ARGUMENT, k->span, "the %s argument of %s() is %s, and this is %s",
		    ordinal(c, i), n->text, takes, TYPE_NAME(c, k->type));
	else
		ERR(c, BAD_ARGUMENT, k->span, "the %s argument of %s() is %s", ordinal(c, i),
		    n->text, takes);
	return false;
}

static bool check_map_arg(struct checker *c, struct node *n, uint32_t i, bool whole)
{
	struct node *k = n->kids[i];

	if (k->kind != NODE_MAP)
		return bad_argument(c, n, i, "a map (@name)");
	if (!whole || !k->nkids)
		return true;
	HINT(c, ERR(c, BAD_ARGUMENT, k->span, "%s() takes a whole map, without a key", n->text),
	     "write %s(%s); delete(%s[key]) removes one key", n->text, k->text, k->text);
	return false;
}

static bool not_a_format(struct checker *c, const struct node *n, const struct node *arg)
{
	struct diag *g = ERR(c, BAD_ARGUMENT, arg->span,
			     "the format of %s() is a string between quotes", n->text);

	if (!strcmp(n->text, "printf"))
		HINT(c, g, "print(value) prints any value");
	return false;
}

bool check_bad_argument(struct checker *c, const struct node *n, uint32_t i, const char *takes)
{
	return bad_argument(c, n, i, takes);
}

/* str($1) is the text of the parameter, also when it looks like a number. */
static void param_text(struct checker *c, struct node *n)
{
	if (n->kind != NODE_INT || !n->text)
		return;
	n->kind = NODE_STRING;
	n->literal = false;
	n->type = type_string(c->arena, n->length + 1);
}

/* A string between quotes, or a positional parameter. */
static bool known_string(struct checker *c, struct node *k)
{
	param_text(c, k);
	return k->kind == NODE_STRING && k->type->kind == TYPE_STRING;
}

/* One argument against one letter of a signature (see func.def). */
static bool check_arg(struct checker *c, struct node *n, uint32_t i, char letter)
{
	struct node *k = n->kids[i];
	const struct type *t;

	if (letter == 'm' || letter == 'k')
		return check_map_arg(c, n, i, letter == 'm');
	if (letter == 'F')
		return k->kind == NODE_STRING || not_a_format(c, n, k);
	if (letter == '-')
		return true;
	t = check_expr(c, k);
	if (t->kind == TYPE_ERROR)
		return false;
	switch (letter) {
	case 'q':
		return known_string(c, k) || bad_argument(c, n, i, "a constant string");
	case 'i':
		return type_is_number(t) || bad_argument(c, n, i, "a number");
	case 'l':
		return k->literal || bad_argument(c, n, i, "a constant number");
	case 'A':
		return t->kind == TYPE_PTR || t->kind == TYPE_INT ||
		       bad_argument(c, n, i, "an address");
	case 's':
		return t->kind == TYPE_STRING || bad_argument(c, n, i, "a string");
	case 'p':
		return t->kind == TYPE_STRING || t->kind == TYPE_PTR || t->kind == TYPE_INT ||
		       bad_argument(c, n, i, "an address or a string");
	default:
		return t->kind != TYPE_VOID || bad_argument(c, n, i, "a value");
	}
}

/* All arguments against a signature; false after a message. */
static bool check_args(struct checker *c, struct node *n, const char *signature)
{
	uint32_t min = 0, max = 0, i = 0;
	bool ok = true;

	for (const char *s = signature; *s; s++) {
		if (*s == '*') {
			max = UINT32_MAX;
		} else if (*s != '?') {
			max++;
			min += s[1] != '?';
		}
	}
	if (n->nkids < min || n->nkids > max) {
		argument_count(c, n, count_text(c, min, max));
		return false;
	}
	for (const char *s = signature; i < n->nkids; i++) {
		ok = check_arg(c, n, i, *s && *s != '*' ? *s : 'a') && ok;
		s += *s && *s != '*';
		s += *s == '?';
	}
	return ok;
}

const struct agg *check_is_agg(const struct node *n)
{
	return n->kind == NODE_CALL ? TABLE_FIND(agg_rows, agg_count, n->text) : NULL;
}

#define MAX_BUCKETS 1000
#define MAX_HIST_BITS 5

static bool check_buckets(struct checker *c, struct node *n, struct type *t)
{
	for (uint32_t i = 1; i < n->nkids; i++)
		if (!n->kids[i]->literal)
			return bad_argument(c, n, i, "a constant number");
	if (t->agg->cells[0] == CELL_LOG2) {
		t->bits = n->nkids > 1 ? n->kids[1]->number : 0;
		t->count = agg_log2_buckets(t->bits);
		if (n->nkids > 1 && n->kids[1]->number > MAX_HIST_BITS) {
			ERR(c, BAD_ARGUMENT, n->kids[1]->span,
			    "the second argument of %s() is from 0 to %d", n->text, MAX_HIST_BITS);
			return false;
		}
		return true;
	}
	t->min = n->kids[1]->number;
	t->max = n->kids[2]->number;
	t->step = n->kids[3]->number;
	if (t->min >= t->max || t->step <= 0) {
		ERR(c, BAD_ARGUMENT, n->span,
		    "%s() takes a value, min, max and step, with min < max and step > 0", n->text);
		return false;
	}
	t->count = agg_linear_buckets(t->min, t->max, t->step);
	if (((uint64_t)t->max - (uint64_t)t->min) / t->step > MAX_BUCKETS) {
		HINT(c,
		     ERR(c, TOO_LARGE, n->span, "%s() would have more than %d buckets", n->text,
			 MAX_BUCKETS),
		     "take a larger step");
		return false;
	}
	return true;
}

const struct type *check_agg(struct checker *c, struct node *n)
{
	const struct agg *agg = check_is_agg(n);
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	n->type = &type_error;
	n->call = CALL_AGG;
	t->kind = TYPE_AGG;
	t->agg = agg;
	if (n->nkids < agg->min_args || n->nkids > agg->max_args) {
		argument_count(c, n, count_text(c, agg->min_args, agg->max_args));
		return n->type;
	}
	for (uint32_t i = 0; i < n->nkids; i++)
		if (!check_arg(c, n, i, agg->print == AGG_SERIES && i == 3 ? 'q' : 'i'))
			return n->type;
	while (t->count < AGG_MAX_CELLS && agg->cells[t->count] != CELL_NONE)
		t->count++;
	t->is_signed = n->nkids && n->kids[0]->type->is_signed && !n->kids[0]->literal;
	if (n->nkids && n->kids[0]->literal && !n->kids[0]->is_unsigned)
		t->is_signed = true;
	if (n->nkids && n->kids[0]->type->kind == TYPE_DURATION)
		t->elem = &type_duration;
	if (agg->print == AGG_BUCKETS && !check_buckets(c, n, t))
		return n->type;
	if (agg->print == AGG_QUANTILES) {
		t->bits = AGG_QUANTILE_BITS;
		t->count += agg_log2_buckets(t->bits) - 1;
	}
	if (agg->print == AGG_SERIES && !check_series(c, n, t))
		return n->type;
	t->size = 8 * t->count;
	n->is.agg = t;
	n->type = t;
	return t;
}

static struct event *new_event(struct checker *c, struct node *n, const struct action *action)
{
	struct event *e = arena_alloc(c->arena, sizeof(*e));

	e->id = c->nevents;
	e->action = action;
	e->span = n->span;
	e->size = EVENT_HEADER;
	n->call = CALL_ACTION;
	n->is.event = e;
	VEC_PUSH(c->arena, c->events, c->nevents, e);
	return e;
}

/* The arguments of @n from the @first on go into the record. */
static void add_event_args(struct checker *c, struct event *e, const struct node *n, uint32_t first)
{
	struct field *args = arena_alloc(c->arena, (n->nkids + 1) * sizeof(*args));

	for (uint32_t i = first; i < n->nkids; i++) {
		struct field *f = &args[e->nargs++];

		f->type = check_stored(c, n->kids[i]->type);
		f->offset = e->size;
		e->size += (f->type->size + 7) & ~7u;
	}
	e->args = args;
}

static void check_printf(struct checker *c, struct node *n, struct event *e)
{
	e->fmt = check_format(c, n, 0);
	add_event_args(c, e, n, 1);
}

static void check_errorf(struct checker *c, struct node *n, struct event *e)
{
	check_printf(c, n, e);
}

static void check_warnf(struct checker *c, struct node *n, struct event *e)
{
	check_printf(c, n, e);
}

static void check_cat(struct checker *c, struct node *n, struct event *e)
{
	check_printf(c, n, e);
}

static void check_system(struct checker *c, struct node *n, struct event *e)
{
	if (unsafe_type(c, n)->kind != TYPE_ERROR)
		check_printf(c, n, e);
}

/* Text that goes along with an event. */
const struct fmt *check_plain_text(struct checker *c, const char *text)
{
	struct fmt_piece *piece = arena_alloc(c->arena, sizeof(*piece));
	struct fmt *fmt = arena_alloc(c->arena, sizeof(*fmt));

	piece->text = text;
	piece->length = strlen(text);
	*fmt = (struct fmt){ .pieces = piece, .count = 1 };
	return fmt;
}

/* The record: how many strings there are, then room for all that there may be. */
static void check_join(struct checker *c, struct node *n, struct event *e)
{
	struct field *args = arena_alloc(c->arena, (1 + EVENT_JOINED) * sizeof(*args));

	for (uint32_t i = 0; i <= EVENT_JOINED; i++) {
		args[i].type = i ? type_string(c->arena, c->config.max_strlen) : &type_int64;
		args[i].offset = e->size;
		e->size += args[i].type->size;
	}
	e->args = args;
	e->nargs = 1 + EVENT_JOINED;
	e->fmt = check_plain_text(c, n->nkids > 1 ? n->kids[1]->text : " ");
}

static bool is_map_name(const struct node *n)
{
	return n->kind == NODE_MAP && !n->nkids;
}

/* @h[key] of an aggregation that is more than one number. */
static bool is_whole_value(struct checker *c, struct node *n)
{
	const struct map_state *m;

	if (n->kind != NODE_MAP || !n->nkids)
		return false;
	m = check_map_use(c, n);
	return m->keyed && m->key.type && m->value.type && m->value.type->kind == TYPE_AGG &&
	       m->value.type->agg->print != AGG_CELL && m->value.type->agg->print != AGG_AVERAGE;
}

/* The record has the key as the map has it. */
static void check_print_key(struct checker *c, const struct node *n, struct event *e)
{
	const struct map_state *m = (const struct map_state *)n->is.map;
	struct field *arg = arena_alloc(c->arena, sizeof(*arg));

	*arg = (struct field){ .type = m->key.type, .offset = e->size };
	e->size += (arg->type->size + 7) & ~7u;
	e->args = arg;
	e->nargs = 1;
	e->map = &m->map;
	e->keyed = true;
}

/* The buckets of quantiles cannot be divided without losing what they promise. */
static bool may_divide(struct checker *c, const struct node *n)
{
	const struct type *t = n->kids[0]->type;

	if (n->nkids < 3 || t->kind != TYPE_AGG || t->agg->print != AGG_QUANTILES)
		return true;
	HINT(c,
	     ERR(c, BAD_ARGUMENT, n->kids[2]->span, "%s holds %s(), which print() does not divide",
		 n->kids[0]->text, t->agg->name),
	     "divide what is counted: %s = %s(EXPR / N)", n->kids[0]->text, t->agg->name);
	return false;
}

static void check_print(struct checker *c, struct node *n, struct event *e)
{
	struct node *k = n->nkids ? n->kids[0] : NULL;

	if (k)
		check_spread_args(c, k);
	if (!k || n->nkids > 3) {
		argument_count(c, n, count_text(c, 1, 3));
	} else if (is_map_name(k)) {
		e->map = &check_map_name(c, k)->map;
		if (check_args(c, n, "mi?i?") && may_divide(c, n))
			add_event_args(c, e, n, 1);
	} else if (n->nkids == 1 && is_whole_value(c, k)) {
		check_print_key(c, k, e);
	} else if (n->nkids > 1) {
		HINT(c, argument_count(c, n, "1 argument unless the first is a map"),
		     "a map is printed with print(@m, top, divisor)");
	} else if (check_arg(c, n, 0, 'a')) {
		add_event_args(c, e, n, 0);
	}
}

static void check_clear(struct checker *c, struct node *n, struct event *e)
{
	e->map = &check_map_name(c, n->kids[0])->map;
}

static void check_zero(struct checker *c, struct node *n, struct event *e)
{
	check_clear(c, n, e);
}

static void check_unwatch(struct checker *c, struct node *n, struct event *e)
{
	add_event_args(c, e, n, 0);
}

static void check_exit(struct checker *c, struct node *n, struct event *e)
{
	if (c->function)
		c->function->function.exits = true;
	add_event_args(c, e, n, 0);
}

/* What an earlier round added to what the script wrote goes. */
static void forget_added(struct node *n)
{
	if (n->number)
		n->nkids = n->number;
	n->number = n->nkids;
}

static void check_time(struct checker *c, struct node *n, struct event *e)
{
	e->fmt = check_plain_text(c, n->nkids ? n->kids[0]->text : "%H:%M:%S\n");
}

static const struct type *check_action(struct checker *c, struct node *n, const struct action *a)
{
	struct event *e = new_event(c, n, a);

	if (a->id == ACTION_capture)
		forget_added(n);
	if (*a->args && !check_args(c, n, a->args))
		return &type_error;
	if (a->id == ACTION_capture && !check_capture_args(c, n))
		return &type_error;
	switch (a->id) {
#define ACTION(id, args, doc)        \
	case ACTION_##id:            \
		check_##id(c, n, e); \
		break;
#include "parser/action.def"
#undef ACTION
	case ACTION_COUNT:
		break;
	}
	return &type_void;
}

static const struct type *str_type(struct checker *c, struct node *n)
{
	uint64_t size = c->config.max_strlen;

	param_text(c, n->kids[0]);
	if (n->kids[0]->type->kind == TYPE_STRING && n->kids[0]->type->size < size)
		size = n->kids[0]->type->size;
	if (n->nkids > 1 && !n->kids[1]->literal)
		return type_string(c->arena, size);
	if (n->nkids > 1) {
		if (!n->kids[1]->number ||
		    n->kids[1]->number > config_rows[CONFIG_max_strlen].max) {
			ERR(c, BAD_ARGUMENT, n->kids[1]->span,
			    "the length of a string is from 1 to %" PRIu64,
			    config_rows[CONFIG_max_strlen].max);
			return &type_error;
		}
		size = n->kids[1]->number;
	}
	return type_string(c->arena, size);
}

/* f(@m, key) and f(@m[key]) are the same; from here on it is the second. */
static bool join_key(struct checker *c, struct node *n)
{
	if (n->nkids != 2)
		return true;
	if (n->kids[0]->nkids) {
		ERR(c, ARGUMENT_COUNT, n->kids[1]->span, "%s() takes one key, and this is a second",
		    n->text);
		return false;
	}
	n->kids[0] = node_clone(c->arena, n->kids[0]);
	n->kids[0]->nkids = 0;
	node_add(c->arena, n->kids[0], n->kids[1]);
	n->nkids = 1;
	return true;
}

static const struct type *delete_type(struct checker *c, struct node *n)
{
	const struct map_state *m;

	if (!join_key(c, n))
		return &type_error;
	m = check_map_use(c, n->kids[0]);
	if (!m->keyed && m->value.type && m->value.type->kind == TYPE_AGG &&
	    c->options->kernel < KERNEL_PERCPU)
		HINT(c,
		     ERR(c, BAD_OPERAND, n->span,
			 "deleting %s on all CPUs is what programs can do since Linux 5.19",
			 m->map.name),
		     "write clear(%s)", m->map.name);
	return &type_bool;
}

static const struct type *has_key_type(struct checker *c, struct node *n)
{
	if (!join_key(c, n))
		return &type_error;
	check_map_use(c, n->kids[0]);
	return &type_bool;
}

static const struct type *result_type(struct checker *c, struct node *n, enum func_id id)
{
	switch (id) {
#define FUNC(id, args, result, doc) \
	case FUNC_##id:             \
		return result;
#include "parser/func.def"
#undef FUNC
	case FUNC_COUNT:
		break;
	}
	return &type_error;
}

static const struct type *unknown_call(struct checker *c, const struct node *n)
{
	struct suggest s = { .word = n->text };
	struct span name = { n->span.offset, n->length };
	struct diag *g = ERR(c, UNKNOWN_CALL, name, "unknown function '%s'", n->text);

	TABLE_SUGGEST(func_rows, FUNC_COUNT, &s);
	TABLE_SUGGEST(action_rows, ACTION_COUNT, &s);
	TABLE_SUGGEST(agg_rows, agg_count, &s);
	for (uint32_t i = 0; i < c->nfunctions; i++)
		suggest_try(&s, c->functions[i]->text);
	if (s.best)
		HINT(c, g, "did you mean '%s'?", s.best);
	else
		HINT(c, g, "pktscript --list functions shows them all");
	return &type_error;
}

static const struct type *misplaced_agg(struct checker *c, const struct node *n)
{
	HINT(c,
	     ERR(c, BAD_AGGREGATION, n->span, "%s() is not a value: it is only assigned to a map",
		 n->text),
	     "write @ = %s(...) or @name[key] = %s(...)", n->text, n->text);
	return &type_error;
}

const struct type *check_call(struct checker *c, struct node *n)
{
	const struct builtin *b = TABLE_FIND(builtin_rows, BUILTIN_COUNT, n->text);
	const struct action *action = TABLE_FIND(action_rows, ACTION_COUNT, n->text);
	const struct func *func = TABLE_FIND(func_rows, FUNC_COUNT, n->text);
	const struct node *own = check_find_function(c, n->text);

	if (own)
		return check_user_call(c, n, own);
	if (check_is_agg(n))
		return misplaced_agg(c, n);
	if (!strcmp(n->text, "getopt"))
		return check_getopt(c, n);
	if (action)
		return check_action(c, n, action);
	if (b && !n->nkids) {
		n->kind = NODE_IDENT;
		return check_builtin(c, n, b);
	}
	if (b && !func)
		argument_count(c, n, "no arguments");
	if (!func)
		return b ? &type_error : unknown_call(c, n);
	if (check_lacks(c, n))
		return &type_error;
	n->call = CALL_FUNC;
	n->is.func = func;
	return check_args(c, n, func->args) ? result_type(c, n, func->id) : &type_error;
}
