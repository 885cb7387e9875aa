/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_PARSE_H
#define PARSER_PARSE_H

#include "parser/diag.h"
#include "parser/node.h"

/*
 * The SCRIPT node, or NULL when @d got errors. Reads the files that the script imports, and adds
 * their text to @src.
 */
struct node *parse(struct arena *a, struct source *src, struct diags *d);

/* The same of text that is added to the source after that. */
struct node *parse_more(struct arena *a, struct source *src, struct diags *d, const char *name,
			const char *text);

/* Prints the tokens of the script, one a line: offset, name, text. */
void parse_print_tokens(FILE *f, struct arena *a, struct source *src, struct diags *d);

#define MAX_DEPTH 1000 /* of the tree: what comes after recurses over it */

/* What all files of one script share: those read already, and the words that name a type. */
struct imports {
	const char **paths;
	uint32_t count;
	const char **typedefs;
	uint32_t ntypedefs;
	struct define {
		const char *name, *value; /* NULL: undefined */
	} * defines;                      /* of #define, for #if */
	uint32_t ndefines;
};

/* An #if that is open. */
struct cond {
	struct span where;
	bool outer; /* all of it is skipped */
	bool taken; /* a branch of it was not skipped */
	bool last;  /* its #else was there */
};

/* What the lexer and the grammar share; theirs alone. */
struct parser {
	struct arena *arena;
	struct source *source;
	struct diags *diags;
	struct node *script;
	void *scanner;
	uint32_t offset;        /* where the next token starts */
	uint32_t end;           /* of this file in the source */
	int depth;              /* open braces */
	bool after_dot;         /* the next word is a member's name, whatever it is */
	bool in_predicate;      /* between the slashes */
	bool in_set;            /* between the braces behind 'in' */
	struct span open[64];   /* where the open braces are */
	struct span parens[64]; /* where the open ( and [ of this statement are */
	int nparens;
	struct span unclosed;         /* the innermost of them when the last statement ended */
	int token, last, before;      /* the token read last, and those before it */
	uint32_t token_end, last_end; /* where these two end */
	int pending;                  /* a token to come that has no text */
	uint32_t bad_end;             /* where the last character that was complained about ended */
	bool lost;                    /* between bodies, until a brace: one message is enough */
	bool stop;                    /* nothing more is read */
	int open_strings;             /* that did not end */
	bool in_definition;           /* of C: up to the next ';' outside of braces */
	bool in_typedef;              /* a definition that ends with a name */
	bool in_define;               /* up to the end of the line */
	struct node *decl_type;       /* of the members that are declared in a row */
	struct cond conds[32];
	int nconds;
	bool skipping; /* up to the next #elif, #else or #endif that matters */
	int resume;    /* the scanner's state after that */
	struct imports *imports;
	int nested;             /* files that import this one */
	bool included;          /* this one is a C header */
	struct node **imported; /* items of other files */
	uint32_t nimported;
};

/* import.c: the text of @path becomes a part of the source, at *@offset. False: nothing to read. */
bool import_file(struct parser *p, struct span span, const char *path, bool include,
		 uint32_t *offset);
/* A file that --include names, as an #include of its absolute path. */
const char *import_path(struct arena *a, const char *file);
void parse_import(struct parser *p, struct span span, const char *path, bool include);

#endif
