/* SPDX-License-Identifier: Apache-2.0 */
/* getopt("name"[, default[, "description"]]): named parameters, given as --name=value after --. */
#include "parser/checker.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What was given for @name, "" for a bare --name, or NULL. The last one counts. */
static const char *given(const struct checker *c, const char *name)
{
	const char *value = NULL;
	size_t len = strlen(name);

	for (uint32_t i = 0; i < c->options->nnamed; i++) {
		const char *s = c->options->named[i] + 2;

		if (!strncmp(s, name, len) && (!s[len] || s[len] == '='))
			value = s[len] ? s + len + 1 : "";
	}
	return value;
}

static struct diag *bad_value(struct checker *c, const struct node *n, const char *value,
			      const char *takes)
{
	return ERR(c, BAD_OPTION, n->span, "--%s takes %s, not '%s'", n->kids[0]->text, takes,
		   value);
}

static const struct type *bool_option(struct checker *c, struct node *n, const char *value)
{
	bool yes = value && (!*value || !strcmp(value, "true") || !strcmp(value, "1"));

	if (value && !yes && strcmp(value, "false") && strcmp(value, "0")) {
		bad_value(c, n, value, "true or false");
		return &type_error;
	}
	if (!value)
		yes = n->nkids > 1 && n->kids[1]->number;
	check_fold(n, yes, false);
	n->type = &type_bool;
	return n->type;
}

static const struct type *number_option(struct checker *c, struct node *n, const char *value)
{
	uint64_t number = n->kids[1]->number;
	char *end;

	errno = 0;
	if (value)
		number = *value == '-' ? (uint64_t)strtoll(value, &end, 0)
				       : strtoull(value, &end, 0);
	if (value && (!*value || *end || errno)) {
		bad_value(c, n, value, "a number");
		return &type_error;
	}
	check_fold(n, number, value ? *value != '-' : n->kids[1]->is_unsigned);
	return n->type;
}

static const struct type *text_option(struct checker *c, struct node *n, const char *value)
{
	n->text = value ? value : n->kids[1]->text;
	n->length = value ? strlen(value) : n->kids[1]->length;
	n->kind = NODE_STRING;
	n->nkids = 0;
	return check_expr(c, n);
}

static bool literals(struct checker *c, struct node *n)
{
	for (uint32_t i = 0; i < n->nkids; i++) {
		struct node *k = n->kids[i];

		if (check_expr(c, k)->kind == TYPE_ERROR)
			return false;
		if (k->kind == NODE_STRING ? k->literal : i != 1 || !k->literal) {
			ERR(c, BAD_ARGUMENT, k->span,
			    i == 1 ? "the default of getopt() is a literal"
				   : "getopt() takes a string between quotes here");
			return false;
		}
	}
	return true;
}

static void remember(struct checker *c, const struct node *n)
{
	const struct node *value = n->nkids > 1 ? n->kids[1] : NULL;
	struct option o = { .name = n->kids[0]->text, .doc = n->nkids > 2 ? n->kids[2]->text : "" };

	for (uint32_t i = 0; i < c->ngetopts; i++)
		if (!strcmp(c->getopts[i].name, o.name))
			return;
	o.flag = !value || value->type->kind == TYPE_BOOL;
	o.value = !value                       ? ""
		  : value->kind == NODE_STRING ? value->text
		  : value->type->kind == TYPE_BOOL
			  ? (value->number ? "true" : "")
			  : arena_printf(c->arena, "%" PRId64, (int64_t)value->number);
	VEC_PUSH(c->arena, c->getopts, c->ngetopts, o);
}

const struct type *check_getopt(struct checker *c, struct node *n)
{
	const char *value;

	if (!n->nkids || n->nkids > 3) {
		HINT(c, ERR(c, ARGUMENT_COUNT, n->span, "getopt() takes 1 to 3 arguments"),
		     "getopt(\"name\"[, default[, \"description\"]])");
		return &type_error;
	}
	if (!literals(c, n))
		return &type_error;
	remember(c, n);
	value = given(c, n->kids[0]->text);
	if (n->nkids < 2 || n->kids[1]->type->kind == TYPE_BOOL)
		return bool_option(c, n, value);
	return n->kids[1]->kind == NODE_STRING ? text_option(c, n, value)
					       : number_option(c, n, value);
}

static const char *option_text(struct checker *c, const struct option *o)
{
	return o->flag ? arena_printf(c->arena, "--%s", o->name)
		       : arena_printf(c->arena, "--%s=%s", o->name, *o->value ? o->value : "TEXT");
}

static void set_help(struct checker *c)
{
	const char *s = "HINT: expected program options:\n";

	for (uint32_t i = 0; i < c->ngetopts; i++)
		s = arena_printf(c->arena, *c->getopts[i].doc ? "%s  %-20s %s\n" : "%s  %s\n", s,
				 option_text(c, &c->getopts[i]), c->getopts[i].doc);
	c->diags->help = c->ngetopts ? s : "the script has no options\n";
}

static void unknown(struct checker *c, const char *word)
{
	const struct span nowhere = { 0 };
	size_t len = strcspn(word, "=");
	struct suggest s = { .word = arena_strndup(c->arena, word + 2, len - 2) };
	struct diag *g =
		ERR(c, BAD_OPTION, nowhere, "the script has no option %.*s", (int)len, word);
	const char *list = "";

	for (uint32_t i = 0; i < c->ngetopts; i++) {
		suggest_try(&s, c->getopts[i].name);
		list = arena_printf(c->arena, "%s%s%s", list, i ? ", " : "",
				    option_text(c, &c->getopts[i]));
	}
	if (s.best)
		HINT(c, g, "did you mean --%s?", s.best);
	else if (*list)
		HINT(c, g, "expected program options: %s", list);
}

bool check_options_given(struct checker *c)
{
	for (uint32_t i = 0; i < c->options->nnamed; i++) {
		const char *word = c->options->named[i];
		size_t len = strcspn(word + 2, "=");
		bool known = false;

		for (uint32_t j = 0; j < c->ngetopts; j++)
			known = known || (strlen(c->getopts[j].name) == len &&
					  !strncmp(c->getopts[j].name, word + 2, len));
		if (!known && !strcmp(word, "--help")) {
			set_help(c);
			return false;
		}
		if (!known)
			unknown(c, word);
	}
	return true;
}
