/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_PARSE_H
#define PARSER_PARSE_H

#include "parser/diag.h"
#include "parser/node.h"

/* The SCRIPT node, or NULL when @d got errors. Touches nothing but memory. */
struct node *parse(struct arena *a, const struct source *src, struct diags *d);

/* Prints the tokens of the script, one a line: offset, name, text. */
void parse_print_tokens(FILE *f, struct arena *a, const struct source *src, struct diags *d);

#define MAX_DEPTH 1000 /* of the tree: what comes after recurses over it */

/* What the lexer and the grammar share; theirs alone. */
struct parser {
	struct arena *arena;
	const struct source *source;
	struct diags *diags;
	struct node *script;
	void *scanner;
	uint32_t offset;      /* where the next token starts */
	int depth;            /* open braces */
	bool after_dot;       /* the next word is a member's name, whatever it is */
	bool in_predicate;    /* between the slashes */
	struct span open[64]; /* where the open braces are */
	struct span parens[64]; /* where the open ( and [ of this statement are */
	int nparens;
	struct span unclosed; /* the innermost of them when the last statement ended */
	int token, last;      /* the token read last, and the one before it */
	uint32_t token_end, last_end; /* where these two end */
	int pending;          /* a token to come that has no text */
	uint32_t bad_end;     /* where the last character that was complained about ended */
	bool lost;            /* between bodies, until a brace: one message is enough */
	bool stop;            /* nothing more is read */
	int open_strings;     /* that did not end */
};

#endif
