/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_LEX_H
#define PARSER_LEX_H

/* What the scanner's rules do with a token's text. Each returns the token. */

#include "parser/parse.h"

struct text {
	const char *text;
	uint32_t length;
};

struct number {
	uint64_t value;
	bool is_unsigned; /* does not fit int64 */
};

union YYSTYPE;

/* The scanner; yylex() is what the grammar calls. */
int script_lex(union YYSTYPE *v, struct span *where, void *scanner);
int yylex(union YYSTYPE *v, struct span *where, struct parser *p);

int lex_word(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
int lex_number(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
int lex_param(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
int lex_string(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len);
/* lex_net.c: an IPv4 or IPv6 address or prefix; an Ethernet address; h"de ad". */
int lex_address(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
int lex_ether(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
int lex_bytes(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len);
/* Quotes that are none of ours around a string; the text is between them. */
int lex_quoted(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len);
int lex_fraction(struct parser *p, union YYSTYPE *v, struct span span, const char *text);
/* A line that starts with # where no comment of ours does. */
void lex_hash(struct parser *p, struct span span, const char *text);
/* Of two in a row the second is most likely the end of the first, and not told. */
int lex_open_string(struct parser *p, struct span span);
int lex_open_comment(struct parser *p, struct span span);
/* Complains about a character. 0: it is left out, else the token that it counts as. */
int lex_bad(struct parser *p, struct span span, const char *text);
/* The same between the bodies, where a whole line may be wrong: the first one is told. */
int lex_stray(struct parser *p, struct span span, const char *text);
int lex_brace(struct parser *p, struct span span);
/* True when the brace closes a set. */
bool lex_close_set(struct parser *p);
/* True when the brace that closes is the outermost. */
bool lex_close(struct parser *p);
/* The same for a brace with no ';' behind it, which a definition may leave out. */
bool lex_end_definition(struct parser *p);

/* "string" and "buffer": a number in brackets is their size. */
bool lex_sized(const char *word);
/* The names that a TYPEDEF declares are words of types from here on. */
void lex_typedef(struct parser *p, const struct node *n);
/* What a C attribute means: 1 packed, twice the bytes of aligned(bytes). */
struct number lex_attribute(struct text name, uint64_t value);
/*
 * A line of C's preprocessor between the bodies: its token, with as much of the line as belongs to
 * it; -1: it says nothing; 0: none that is taken.
 */
int lex_directive(struct parser *p, union YYSTYPE *v, struct span *where, const char *text);
/* "#define NAME" or "#define NAME(": the name, and where it is. */
void lex_define(struct parser *p, union YYSTYPE *v, struct span *where, const char *text,
		int token);

/* A line of a script's conditional part, or a skipped one: says what is skipped from here on. */
void cond_line(struct parser *p, struct span where, const char *text);
/* The end of a file: an #if that is still open is an error. */
void cond_end(struct parser *p);
/* #define NAME VALUE: @value ends with its line. */
void cond_define(struct parser *p, struct text name, const char *value);
void cond_undef(struct parser *p, struct text name);

void lex_begin(struct parser *p);
void lex_end(struct parser *p);

#endif
