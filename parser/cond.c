/* SPDX-License-Identifier: Apache-2.0 */
/* Conditional parts of a script: #if, #ifdef, #ifndef, #elif, #else and #endif, as in C. */
#include "parser/lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define MAX_EXPANDED 32 /* of parentheses, and of names that stand for names */

/* What scripts for bpftrace ask for, and how they know us. */
static const char *const predefined[] = { "BPFTRACE_HAVE_BTF", "PKTSCRIPT" };

static size_t word_length(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

void cond_define(struct parser *p, struct text name, const char *value)
{
	struct define d = { name.text, arena_strndup(p->arena, value, strcspn(value, "\r\n")) };

	VEC_PUSH(p->arena, p->imports->defines, p->imports->ndefines, d);
}

void cond_undef(struct parser *p, struct text name)
{
	struct define d = { name.text, NULL };

	VEC_PUSH(p->arena, p->imports->defines, p->imports->ndefines, d);
}

/* What the name stands for, or NULL. */
static const char *definition(const struct parser *p, const char *name, size_t len)
{
	for (size_t i = 0; i < COUNT(predefined); i++)
		if (strlen(predefined[i]) == len && !memcmp(predefined[i], name, len))
			return "1";
	for (uint32_t i = p->imports->ndefines; i; i--) {
		const struct define *d = &p->imports->defines[i - 1];

		if (strlen(d->name) == len && !memcmp(d->name, name, len))
			return d->value;
	}
	return NULL;
}

/* A condition that is being read. */
struct reader {
	const struct parser *p;
	const char *at;
	int depth;
	bool bad;
};

static const struct {
	const char *symbol;
	int level;
} operators[] = {
	{ "||", 1 }, { "&&", 2 }, { "==", 3 }, { "!=", 3 }, { "<=", 4 }, { ">=", 4 },
	{ "<", 4 },  { ">", 4 },  { "+", 5 },  { "-", 5 },  { "*", 6 },
};

static int64_t compute(const char *symbol, int64_t a, int64_t b)
{
	switch (symbol[0] + symbol[1]) {
	case '|' + '|':
		return a || b;
	case '&' + '&':
		return a && b;
	case '=' + '=':
		return a == b;
	case '!' + '=':
		return a != b;
	case '<' + '=':
		return a <= b;
	case '>' + '=':
		return a >= b;
	case '<':
		return a < b;
	case '>':
		return a > b;
	case '+':
		return (uint64_t)a + (uint64_t)b;
	case '-':
		return (uint64_t)a - (uint64_t)b;
	default:
		return (uint64_t)a * (uint64_t)b;
	}
}

static void skip_space(struct reader *r)
{
	r->at += strspn(r->at, " \t\r");
}

static int64_t read_condition(struct reader *r, int level);

/* defined NAME, defined(NAME) */
static int64_t read_defined(struct reader *r)
{
	bool parens, found;
	size_t len;

	skip_space(r);
	parens = *r->at == '(';
	r->at += parens;
	skip_space(r);
	len = word_length(r->at);
	found = definition(r->p, r->at, len) != NULL;
	r->at += len;
	skip_space(r);
	r->bad = r->bad || !len || (parens && *r->at != ')');
	r->at += parens && *r->at == ')';
	return found;
}

/* A name is what it is defined as, else 0. */
static int64_t read_name(struct reader *r)
{
	size_t len = word_length(r->at);
	struct reader inner = *r;
	int64_t value = 0;

	inner.at = definition(r->p, r->at, len);
	r->at += len;
	if (len == 7 && !memcmp(r->at - len, "defined", len))
		return read_defined(r);
	if (inner.at)
		value = read_condition(&inner, 1);
	r->bad = r->bad || inner.bad;
	return value;
}

static int64_t read_operand(struct reader *r)
{
	int64_t value;
	char *end;

	skip_space(r);
	if (*r->at == '!' || *r->at == '-') {
		bool negate = *r->at++ == '!';

		value = read_operand(r);
		return negate ? !value : (int64_t) - (uint64_t)value;
	}
	if (*r->at == '(') {
		r->at++;
		value = read_condition(r, 1);
		skip_space(r);
		r->bad = r->bad || *r->at != ')';
		r->at += *r->at == ')';
		return value;
	}
	if (!isdigit((unsigned char)*r->at)) {
		r->bad = r->bad || !word_length(r->at);
		return r->bad ? 0 : read_name(r);
	}
	value = strtoull(r->at, &end, 0);
	r->at = end + strspn(end, "uUlL");
	return value;
}

static int64_t read_condition(struct reader *r, int level)
{
	int64_t value;
	size_t i;

	if (r->depth++ > MAX_EXPANDED) {
		r->bad = true;
		return 0;
	}
	value = read_operand(r);
	for (;;) {
		skip_space(r);
		for (i = 0; i < COUNT(operators); i++)
			if (!strncmp(r->at, operators[i].symbol, strlen(operators[i].symbol)))
				break;
		if (r->bad || i == COUNT(operators) || operators[i].level < level)
			break;
		r->at += strlen(operators[i].symbol);
		value = compute(operators[i].symbol, value,
				read_condition(r, operators[i].level + 1));
	}
	r->depth--;
	return value;
}

static bool at_end(const char *text)
{
	text += strspn(text, " \t\r");
	return !*text || !strncmp(text, "//", 2) || !strncmp(text, "/*", 2);
}

static bool condition(struct parser *p, struct span where, const char *text)
{
	struct reader r = { .p = p, .at = text };
	int64_t value = read_condition(&r, 1);

	if (!r.bad && at_end(r.at))
		return value != 0;
	diag_hint(p->diags, diag_add(p->diags, E_SYNTAX, where, "this is no condition of #if"),
		  "it has numbers, names of #define, defined(NAME), comparisons, !, && and ||");
	return false;
}

/* #ifdef NAME */
static bool is_defined(struct parser *p, struct span where, const char *text)
{
	size_t len = word_length(text);

	if (!len || !at_end(text + len))
		diag_add(p->diags, E_SYNTAX, where, "#ifdef and #ifndef take one name");
	return len && definition(p, text, len);
}

static void open_cond(struct parser *p, struct span where, bool holds)
{
	struct cond *c = &p->conds[p->nconds];

	if (p->nconds == (int)COUNT(p->conds)) {
		diag_add(p->diags, E_TOO_LARGE, where, "more than %d #if in each other",
			 (int)COUNT(p->conds));
		p->stop = true;
		return;
	}
	*c = (struct cond){ .where = where, .outer = p->skipping, .taken = holds };
	p->skipping = c->outer || !holds;
	p->nconds++;
}

/* #elif and #else: @last tells which. */
static void next_branch(struct parser *p, struct span where, const char *text, bool last)
{
	struct cond *c = &p->conds[p->nconds - 1];

	if (c->last) {
		diag_note(p->diags,
			  diag_add(p->diags, E_SYNTAX, where, "%s after #else",
				   last ? "#else" : "#elif"),
			  c->where, "of this #if");
		return;
	}
	p->skipping = c->outer || c->taken || (!last && !condition(p, where, text));
	c->taken = c->taken || !p->skipping;
	c->last = last;
}

static bool is_word(const char *at, size_t len, const char *word)
{
	return len == strlen(word) && !memcmp(at, word, len);
}

static void lone(struct parser *p, struct span where, const char *word)
{
	diag_add(p->diags, E_SYNTAX, where, "%s without #if", word);
}

void cond_line(struct parser *p, struct span where, const char *text)
{
	const char *at = text + strspn(text, " \t"), *rest;
	size_t len;

	if (*at != '#')
		return;
	at += 1 + strspn(at + 1, " \t");
	len = word_length(at);
	rest = at + len + strspn(at + len, " \t");
	where.length = at + len - text;
	if (is_word(at, len, "if"))
		open_cond(p, where, !p->skipping && condition(p, where, rest));
	else if (is_word(at, len, "ifdef") || is_word(at, len, "ifndef"))
		open_cond(p, where, !p->skipping && is_defined(p, where, rest) == (at[2] == 'd'));
	else if (is_word(at, len, "elif") || is_word(at, len, "else"))
		p->nconds ? next_branch(p, where, rest, at[2] == 's')
			  : lone(p, where, at[2] == 's' ? "#else" : "#elif");
	else if (is_word(at, len, "endif") && p->nconds)
		p->skipping = p->conds[--p->nconds].outer;
	else if (is_word(at, len, "endif"))
		lone(p, where, "#endif");
	else if (is_word(at, len, "error") && !p->skipping)
		diag_add(p->diags, E_SYNTAX, where, "%.*s", (int)strcspn(rest, "\r\n"), rest);
}

void cond_end(struct parser *p)
{
	while (p->nconds && !p->stop)
		diag_add(p->diags, E_SYNTAX, p->conds[--p->nconds].where, "this has no #endif");
}
