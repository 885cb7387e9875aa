/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar: shape only. Names get their meaning in check(). */
%define api.pure full
%define api.location.type {struct span}
%define parse.error custom
%param {struct parser *p}
%expect 0

%code requires {
#include "parser/lex.h"
typedef struct span YYLTYPE;
}

%code {
#include <string.h>

static void yyerror(const YYLTYPE *where, struct parser *p, const char *message);
static void limit(struct parser *p, struct span span, uint32_t depth);

#define YYLLOC_DEFAULT(cur, rhs, n)                                                \
	do {                                                                       \
		if (n)                                                             \
			(cur) = span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n));     \
		else                                                               \
			(cur) = (struct span){ YYRHSLOC(rhs, 0).offset +           \
					       YYRHSLOC(rhs, 0).length, 0 };       \
	} while (0)

/* Nodes of this grammar are made here; kids that are NULL are left out. */
static struct node *make(struct parser *p, enum node_kind kind, struct span span, struct node *a,
			 struct node *b, struct node *c)
{
	struct node *n = node_new(p->arena, kind, span);

	node_add(p->arena, n, a);
	node_add(p->arena, n, b);
	node_add(p->arena, n, c);
	n->span = span;
	limit(p, span, n->depth);
	return n;
}

static struct node *named(struct parser *p, enum node_kind kind, struct span span, struct text text,
			  struct node *kid)
{
	struct node *n = make(p, kind, span, kid, NULL, NULL);

	n->text = text.text;
	n->length = text.length;
	return n;
}

static struct node *number(struct parser *p, enum node_kind kind, struct span span, struct number value)
{
	struct node *n = node_new(p->arena, kind, span);

	n->number = value.value;
	n->is_unsigned = value.is_unsigned;
	n->literal = kind == NODE_INT;
	return n;
}

static struct node *operation(struct parser *p, enum node_kind kind, struct span span, enum op_id op,
			      struct node *a, struct node *b)
{
	struct node *n = make(p, kind, span, a, b, NULL);

	n->op = &op_rows[op];
	return n;
}

/* @list's kids become those of a new node. */
static struct node *adopt(struct parser *p, enum node_kind kind, struct span span, struct node *list)
{
	struct node *n = node_new(p->arena, kind, span);

	n->kids = list->kids;
	n->nkids = list->nkids;
	n->depth = list->depth;
	limit(p, span, n->depth);
	return n;
}

/* A map's key: the expression itself, or a tuple of several. */
static struct node *key(struct parser *p, struct span span, struct node *list)
{
	return list->nkids == 1 ? list->kids[0] : adopt(p, NODE_TUPLE, span, list);
}

/* A type made from another: "*" a pointer to it, "[" an array of it (@size may be NULL). */
static struct node *derived(struct parser *p, struct span span, const char *how, struct node *type,
			    struct node *size)
{
	struct node *n = make(p, NODE_TYPENAME, span, type, size, NULL);

	n->text = how;
	n->length = 1;
	return n;
}

/* (type *)((uint64)member - offsetof(type, path)): the whole that a member is in. */
static struct node *container_of(struct parser *p, struct span span, struct node *member,
				 struct node *type, struct node *path)
{
	struct node *number = named(p, NODE_TYPENAME, span, (struct text){ "uint64", 6 }, NULL);
	struct node *offset = make(p, NODE_OFFSETOF, span, node_clone(p->arena, type), path, NULL);

	number = make(p, NODE_CAST, span, number, member, NULL);
	return make(p, NODE_CAST, span, derived(p, span, "*", type, NULL),
		    operation(p, NODE_BINARY, span, OP_ID_SUB, number, offset), NULL);
}

static struct node *pointers(struct parser *p, struct span span, uint64_t stars, struct node *type)
{
	for (; stars && !p->stop; stars--)
		type = derived(p, span, "*", type, NULL);
	return type;
}

/*
 * One declarator: @dims are the sizes of an array from the outside in. The members of one line
 * share their type's node.
 */
static struct node *declarator(struct parser *p, struct span span, struct number stars,
			       struct text name, struct node *dims, struct node *bits)
{
	struct node *type = pointers(p, span, stars.value, p->decl_type);

	for (uint32_t i = dims->nkids; i && !p->stop; i--)
		type = derived(p, span, "[", type,
			       dims->kids[i - 1]->kind == NODE_TYPENAME ? NULL : dims->kids[i - 1]);
	type = named(p, NODE_DECL, span, name, type);
	node_add(p->arena, type, bits);
	type->span = span;
	return type;
}

/* The value of a block expression or macro is its last statement, written without ';'. */
static bool has_value(const struct node *n)
{
	const struct node *last = n->nkids ? n->kids[n->nkids - 1] : NULL;

	if (n->kind == NODE_STMT_IF)
		return n->nkids > 2 && has_value(n->kids[1]) && has_value(n->kids[2]);
	return n->kind == NODE_STMT_BLOCK && last &&
	       (n->prefix ? last->kind == NODE_STMT_EXPR : has_value(last));
}

static void end_with_value(struct parser *p, struct node *n);

/* { ...; x } and if (c) { x } else { y } as expressions, where has_value(). */
static struct node *value_of(struct parser *p, struct node *n)
{
	struct node *value;

	if (n->kind == NODE_STMT_IF) {
		value = make(p, NODE_COND, n->span, n->kids[0], value_of(p, n->kids[1]),
			     value_of(p, n->kids[2]));
		value->prefix = true;
		return value;
	}
	value = adopt(p, NODE_BLOCK, n->span, n);
	end_with_value(p, value);
	return value;
}

/* The last statement of a block, when it may be read as the value of the block, becomes that. */
static void end_with_value(struct parser *p, struct node *n)
{
	struct node **last = n->nkids ? &n->kids[n->nkids - 1] : NULL;

	if (!last || !has_value(*last))
		return;
	*last = make(p, NODE_STMT_EXPR, (*last)->span, value_of(p, *last), NULL, NULL);
	n->prefix = true;
}

static struct node *block_value(struct parser *p, struct span span, struct node *stmts)
{
	struct node *n = adopt(p, NODE_BLOCK, span, stmts), *last;

	end_with_value(p, n);
	last = n->nkids ? n->kids[n->nkids - 1] : NULL;
	if (!last || last->kind != NODE_STMT_EXPR)
		diag_hint(p->diags,
			  diag_add(p->diags, E_SYNTAX, (struct span){ span.offset, 1 },
				   "this block has no value"),
			  "a block that is a value ends with an expression without ';'");
	return n;
}

static struct node *if_value(struct parser *p, struct node *n)
{
	if (has_value(n))
		return value_of(p, n);
	diag_hint(p->diags,
		  diag_add(p->diags, E_SYNTAX, (struct span){ n->span.offset, 2 },
			   "this 'if' has no value"),
		  "if (c) { x } else { y } is a value; its blocks end with an expression without ';'");
	return n->kids[0];
}

/* Words of a C type in a row: "unsigned long". */
static struct text join_words(struct parser *p, struct text a, struct text b)
{
	char *s = arena_printf(p->arena, "%s %s", a.text, b.text);

	return (struct text){ s, strlen(s) };
}

#define BINARY(span, op, a, b) operation(p, NODE_BINARY, span, OP_ID_##op, a, b)
#define UNARY(span, op, a) operation(p, NODE_UNARY, span, OP_ID_##op, a, NULL)
}

%union {
	struct text text;
	struct number number;
	struct node *node;
	const struct op *op;
}

%token CONFIG "'config'" LET "'let'" PREDICATE_END "'/'"
%token IF "'if'" ELSE "'else'" WHILE "'while'" FOR "'for'" UNROLL "'unroll'" RETURN "'return'"
%token BREAK "'break'" CONTINUE "'continue'" SIZEOF "'sizeof'" TRUE "'true'" FALSE "'false'"
%token STRUCT "'struct'" UNION "'union'" ENUM "'enum'" TYPEDEF "'typedef'" ATTRIBUTE "'__attribute__'"
%token IF_VALUE "an 'if'" TYPEOF "'typeof'" COMPTIME "'comptime'" OFFSETOF "'offsetof'" CONTAINER_OF "'container_of'" IMPORT "'import'" FN "'fn'" MACRO "'macro'"
%token BLOCK_OPEN "'{'" DEFINE_END "end of the line"
%token ASSIGN_ADD "'+='" ASSIGN_SUB "'-='" ASSIGN_MUL "'*='" ASSIGN_DIV "'/='" ASSIGN_MOD "'%='"
%token ASSIGN_AND "'&='" ASSIGN_OR "'|='" ASSIGN_XOR "'^='" ASSIGN_SHL "'<<='" ASSIGN_SHR "'>>='"
%token EQ "'=='" NE "'!='" LE "'<='" GE "'>='" SHL "'<<'" SHR "'>>'" LAND "'&&'" LOR "'||'"
%token DEFAULT "'??'"
%token IN "'in'" CONTAINS "'contains'" STARTS_WITH "'starts_with'" HAS "'has'" SET_OPEN "a set" SET_CLOSE "the end of the set"
%token INC "'++'" DEC "'--'" DOTDOT "'..'" ARROW "'->'"
%token END 0 "end of the script"
%token <text> DEFINE "'#define'" DEFINE_CALL "'#define' of a function" INCLUDE "'#include'" UNDEF "'#undef'"
%token <text> SPEC "a probe" IDENT "a name" VAR "a variable" MAP "a map" STRING "a string" TYPEWORD "a type"
%token <number> INT "a number" PARAM "a positional parameter"

%token <node> ADDRESS "an address" BYTES "bytes"

%type <node> set members_in member_in
%type <node> items item specs spec predicate settings setting setting_value block stmts stmt simple
%type <node> value_block path members declarators declarator dims bits c_type c_def enumerators
%type <node> enumerator typedef function params param result macro_params macro_param record
%type <text> words
%type <number> attributes attribute_list attribute
%type <node> if_stmt expr cond unary postfix primary args keys type type_name any_type other_type map_name else_opt target
%type <op> assign_op
%type <number> stars

%precedence ONE
%precedence DOTDOT
%left LOR
%left LAND
%left '|'
%left '^'
%left '&'
%left EQ NE
%left '<' '>' LE GE IN CONTAINS STARTS_WITH HAS
%right DEFAULT
%left SHL SHR
%left '+' '-'
%left '*' '/' '%'

%start script

%%

script: items           { p->script = $1; p->script->span = @1; }
        ;

items:  %empty          { $$ = node_new(p->arena, NODE_SCRIPT, @$); }
        | items item    { $$ = node_add(p->arena, $1, $2); }
        | items ';'     { $$ = $1; }
        | items error '}'       { $$ = $1; }
        | items error block     { $$ = $1; }
        ;

item:   specs predicate block   { $$ = adopt(p, NODE_PROBE, @$, $1);
                                  $$->number = $1->nkids;
                                  node_add(p->arena, $$, $3);
                                  node_add(p->arena, $$, $2); }
        | CONFIG '=' BLOCK_OPEN settings '}'   { $$ = adopt(p, NODE_CONFIG, @$, $4); }
        | CONFIG '=' BLOCK_OPEN settings error '}'     { $$ = adopt(p, NODE_CONFIG, @$, $4); }
        | LET MAP '=' IDENT '(' expr ')' ';'
                                { $$ = named(p, NODE_MAPDECL, @2, $2,
                                             named(p, NODE_CALL, span_join(@4, @7), $4, $6)); }
        | LET MAP ';'   { $$ = named(p, NODE_MAPDECL, @2, $2, NULL); }
        | c_def ';'
        | STRUCT IDENT ';'      { $$ = NULL; }
        | UNION IDENT ';'       { $$ = NULL; }
        | ENUM IDENT ';'        { $$ = NULL; }
        | typedef ';'
        | function
        | MACRO IDENT '(' macro_params ')' block
                        { end_with_value(p, $6);
                          $$ = adopt(p, NODE_MACRO, @2, $4);
                          $$->text = $2.text;
                          $$->length = $2.length;
                          $$->number = $4->nkids;
                          node_add(p->arena, $$, $6);
                          $$->span = @2; }
        | DEFINE expr DEFINE_END        { $$ = named(p, NODE_MACRO, @1, $1, $2); $$->literal = true; }
        | DEFINE DEFINE_END             { $$ = named(p, NODE_MACRO, @1, $1, NULL); }
        | DEFINE_CALL macro_params ')' expr DEFINE_END
                        { $$ = adopt(p, NODE_MACRO, @1, $2);
                          $$->text = $1.text;
                          $$->length = $1.length;
                          $$->number = $2->nkids;
                          $$->literal = true;
                          node_add(p->arena, $$, $4);
                          $$->span = @1; }
        | UNDEF         { $$ = named(p, NODE_MACRO, @1, $1, NULL); $$->prefix = true; }
        | IMPORT STRING ';'     { $$ = NULL; parse_import(p, @2, $2.text, false); }
        | INCLUDE       { $$ = NULL; parse_import(p, @1, $1.text, true); }
        ;

/* fn f($a: int64): int64 { ... }: the parameters, the result's type, the body. */
function: FN IDENT '(' params ')' result block
                        { $$ = adopt(p, NODE_FUNC, @2, $4);
                          $$->text = $2.text;
                          $$->length = $2.length;
                          $$->number = $4->nkids;
                          node_add(p->arena, node_add(p->arena, $$, $6), $7);
                          $$->span = @2; }
        ;

params: %empty          { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | param         { $$ = make(p, NODE_TUPLE, @$, $1, NULL, NULL); }
        | params ',' param      { $$ = node_add(p->arena, $1, $3); }
        ;

param:  VAR ':' any_type    { $$ = named(p, NODE_STMT_LET, @$, $1, $3); }
        ;

result: %empty          { $$ = named(p, NODE_TYPENAME, @$, (struct text){ "void", 4 }, NULL); }
        | ':' any_type  { $$ = $2; }
        ;

macro_params: %empty    { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | macro_param   { $$ = make(p, NODE_TUPLE, @$, $1, NULL, NULL); }
        | macro_params ',' macro_param  { $$ = node_add(p->arena, $1, $3); }
        ;

macro_param: VAR        { $$ = named(p, NODE_VAR, @1, $1, NULL); }
        | MAP           { $$ = named(p, NODE_MAP, @1, $1, NULL); }
        | IDENT         { $$ = named(p, NODE_IDENT, @1, $1, NULL); }
        ;

/* Definitions as in C. A RECORD's number: 1 packed, and the alignment in the higher bits. */
c_def:  STRUCT IDENT '{' members '}' attributes { $$ = adopt(p, NODE_STRUCT, @2, $4);
                                  $$->text = $2.text; $$->length = $2.length; $$->number = $6.value; }
        | STRUCT '{' members '}' attributes     { $$ = adopt(p, NODE_STRUCT, @1, $3);
                                  $$->number = $5.value; }
        | UNION IDENT '{' members '}' attributes { $$ = adopt(p, NODE_STRUCT, @2, $4);
                                  $$->text = $2.text; $$->length = $2.length;
                                  $$->number = $6.value; $$->prefix = true; }
        | UNION '{' members '}' attributes      { $$ = adopt(p, NODE_STRUCT, @1, $3);
                                  $$->number = $5.value; $$->prefix = true; }
        | ENUM IDENT '{' enumerators comma '}' attributes { $$ = adopt(p, NODE_ENUM, @2, $4);
                                  $$->text = $2.text; $$->length = $2.length; }
        | ENUM '{' enumerators comma '}' attributes { $$ = adopt(p, NODE_ENUM, @1, $3); }
        ;

typedef: TYPEDEF c_type decl_type declarators   { $$ = adopt(p, NODE_TYPEDEF, @$, $4);
                                  lex_typedef(p, $$); }
        ;

comma:  %empty | ','
        ;

enumerators: enumerator { $$ = make(p, NODE_TUPLE, @$, $1, NULL, NULL); }
        | enumerators ',' enumerator    { $$ = node_add(p->arena, $1, $3); }
        ;

enumerator: IDENT       { $$ = named(p, NODE_IDENT, @1, $1, NULL); }
        | IDENT '=' expr        { $$ = named(p, NODE_IDENT, @1, $1, $3); }
        ;

members: %empty         { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | members c_type decl_type declarators ';'
                        { $$ = $1;
                          p->decl_type = NULL;
                          for (uint32_t i = 0; i < $4->nkids; i++)
                                  node_add(p->arena, $$, $4->kids[i]); }
        | members c_type ';'
                        { $$ = node_add(p->arena, $1, make(p, NODE_DECL, @2, $2, NULL, NULL)); }
        | members error ';'     { $$ = $1; }
        ;

decl_type: %empty       { p->decl_type = $<node>0; }
        ;

declarators: declarator { $$ = make(p, NODE_TUPLE, @$, $1, NULL, NULL); }
        | declarators ',' declarator    { $$ = node_add(p->arena, $1, $3); }
        ;

declarator: stars IDENT dims bits attributes
                        { $$ = declarator(p, @2, $1, $2, $3, $4); $$->number = $5.value; }
        | stars ':' expr        { $$ = declarator(p, @$, $1, (struct text){ NULL, 0 },
                                          node_new(p->arena, NODE_TUPLE, @$), $3); }
        | stars '(' '*' IDENT ')' '(' c_params ')'
                        { p->decl_type = named(p, NODE_TYPENAME, @2, (struct text){ "void", 4 }, NULL);
                          $$ = declarator(p, @4, (struct number){ 1, false }, $4,
                                          node_new(p->arena, NODE_TUPLE, @$), NULL); }
        ;

c_params: %empty
        | c_param
        | c_params ',' c_param
        ;

c_param: c_type stars
        | c_type stars IDENT
        ;

dims:   %empty          { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | dims '[' expr ']'     { $$ = node_add(p->arena, $1, $3); }
        | dims '[' ']'  { $$ = node_add(p->arena, $1, node_new(p->arena, NODE_TYPENAME, @$)); }
        ;

bits:   %empty          { $$ = NULL; }
        | ':' expr      { $$ = $2; }
        ;

attributes: %empty      { $$ = (struct number){ 0, false }; }
        | attributes ATTRIBUTE '(' '(' attribute_list ')' ')'
                        { $$ = (struct number){ $1.value | $5.value, false }; }
        ;

attribute_list: attribute
        | attribute_list ',' attribute  { $$ = (struct number){ $1.value | $3.value, false }; }
        ;

attribute: IDENT        { $$ = lex_attribute($1, 0); }
        | IDENT '(' INT ')'     { $$ = lex_attribute($1, $3.value); }
        ;

c_type: c_def
        | words         { $$ = named(p, NODE_TYPENAME, @1, $1, NULL); }
        | IDENT         { $$ = named(p, NODE_TYPENAME, @1, $1, NULL); }
        | STRUCT IDENT  { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        | UNION IDENT   { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        | ENUM IDENT    { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        ;

words:  TYPEWORD
        | words TYPEWORD        { $$ = join_words(p, $1, $2); }
        ;

specs:  spec            { $$ = make(p, NODE_PROBE, @$, $1, NULL, NULL); }
        | specs ',' spec        { $$ = node_add(p->arena, $1, $3); }
        | specs ','     { $$ = $1; }
        ;

spec:   SPEC            { $$ = named(p, NODE_SPEC, @1, $1, NULL); }
        ;

predicate: %empty       { $$ = NULL; }
        | '/' expr PREDICATE_END        { $$ = $2; }
        ;

settings: %empty        { $$ = node_new(p->arena, NODE_CONFIG, @$); }
        | settings setting      { $$ = node_add(p->arena, $1, $2); }
        | settings ';'  { $$ = $1; }
        | settings ','  { $$ = $1; }
        | settings error ';'    { $$ = $1; }
        ;

setting: IDENT '=' setting_value        { $$ = named(p, NODE_SETTING, @$, $1, $3); }
        ;

setting_value: INT      { $$ = number(p, NODE_INT, @1, $1); }
        | STRING        { $$ = named(p, NODE_STRING, @1, $1, NULL); }
        | IDENT         { $$ = named(p, NODE_IDENT, @1, $1, NULL); }
        | TRUE          { $$ = number(p, NODE_INT, @1, (struct number){ 1, false }); }
        | FALSE         { $$ = number(p, NODE_INT, @1, (struct number){ 0, false }); }
        ;

block:  '{' stmts '}'           { $$ = adopt(p, NODE_STMT_BLOCK, @$, $2); }
        | '{' stmts simple '}'  { $$ = adopt(p, NODE_STMT_BLOCK, @$, node_add(p->arena, $2, $3));
                                  $$->prefix = true; }
        | '{' stmts error '}'   { $$ = adopt(p, NODE_STMT_BLOCK, @$, $2); }
        ;

value_block: BLOCK_OPEN stmts '}'       { $$ = block_value(p, @$, $2); }
        | BLOCK_OPEN stmts simple '}'   { $$ = block_value(p, @$, node_add(p->arena, $2, $3)); }
        | BLOCK_OPEN stmts error '}'    { $$ = adopt(p, NODE_BLOCK, @$, $2); }
        ;

stmts:  %empty          { $$ = node_new(p->arena, NODE_STMT_BLOCK, @$); }
        | stmts stmt    { $$ = node_add(p->arena, $1, $2); }
        | stmts simple ';'      { $$ = node_add(p->arena, $1, $2); }
        | stmts ';'     { $$ = $1; }
        | stmts error ';'       { $$ = $1; }
        | stmts error block     { $$ = $1; }
        ;

stmt:   if_stmt
        | FOR '(' VAR ':' expr DOTDOT expr ')' block
                        { $$ = named(p, NODE_STMT_RANGE, @$, $3, $5);
                          node_add(p->arena, node_add(p->arena, $$, $7), $9); }
        | FOR '(' VAR ':' map_name ')' block
                        { $$ = named(p, NODE_STMT_EACH, @$, $3, $5);
                          node_add(p->arena, $$, $7); }
        | FOR VAR ':' map_name block
                        { $$ = named(p, NODE_STMT_EACH, @$, $2, $4);
                          node_add(p->arena, $$, $5); }
        | FOR VAR ':' expr DOTDOT expr block
                        { $$ = named(p, NODE_STMT_RANGE, @$, $2, $4);
                          node_add(p->arena, node_add(p->arena, $$, $6), $7); }
        | WHILE expr block      { $$ = make(p, NODE_STMT_WHILE, @$, $2, $3, NULL); }
        | UNROLL expr block     { $$ = make(p, NODE_STMT_UNROLL, @$, $2, $3, NULL); }
        | block
        ;

map_name: MAP           { $$ = named(p, NODE_MAP, @1, $1, NULL); }
        ;

if_stmt: IF expr block else_opt { $$ = make(p, NODE_STMT_IF, @$, $2, $3, $4); }
        ;

else_opt: %empty        { $$ = NULL; }
        | ELSE if_stmt  { $$ = $2; }
        | ELSE block    { $$ = $2; }
        ;

simple: expr            { $$ = make(p, NODE_STMT_EXPR, @$, $1, NULL, NULL); }
        | target assign_op expr { $$ = make(p, NODE_STMT_ASSIGN, @$, $1, $3, NULL); $$->op = $2; }
        | LET VAR       { $$ = named(p, NODE_STMT_LET, @$, $2, NULL); }
        | LET VAR ':' any_type      { $$ = named(p, NODE_STMT_LET, @$, $2, $4); }
        | LET VAR '=' expr      { $$ = named(p, NODE_STMT_LET, @$, $2, $4); }
        | LET VAR ':' any_type '=' expr     { $$ = named(p, NODE_STMT_LET, @$, $2, $4);
                                          node_add(p->arena, $$, $6); }
        | RETURN        { $$ = node_new(p->arena, NODE_STMT_RETURN, @$); }
        | RETURN expr   { $$ = make(p, NODE_STMT_RETURN, @$, $2, NULL, NULL); }
        | BREAK         { $$ = node_new(p->arena, NODE_STMT_BREAK, @$); }
        | CONTINUE      { $$ = node_new(p->arena, NODE_STMT_CONTINUE, @$); }
        ;

target: postfix
        ;

assign_op: '='          { $$ = NULL; }
        | ASSIGN_ADD    { $$ = &op_rows[OP_ID_ADD]; }
        | ASSIGN_SUB    { $$ = &op_rows[OP_ID_SUB]; }
        | ASSIGN_MUL    { $$ = &op_rows[OP_ID_MUL]; }
        | ASSIGN_DIV    { $$ = &op_rows[OP_ID_DIV]; }
        | ASSIGN_MOD    { $$ = &op_rows[OP_ID_MOD]; }
        | ASSIGN_AND    { $$ = &op_rows[OP_ID_AND]; }
        | ASSIGN_OR     { $$ = &op_rows[OP_ID_OR]; }
        | ASSIGN_XOR    { $$ = &op_rows[OP_ID_XOR]; }
        | ASSIGN_SHL    { $$ = &op_rows[OP_ID_SHL]; }
        | ASSIGN_SHR    { $$ = &op_rows[OP_ID_SHR]; }
        ;

expr:   cond
        | cond '?' expr ':' expr        { $$ = make(p, NODE_COND, @$, $1, $3, $5); }
        | COMPTIME expr { $$ = named(p, NODE_CALL, @$, (struct text){ "comptime", 8 }, $2); }
        | cond '?' ':' expr     { $$ = make(p, NODE_COND, @$, $1, $4, NULL); }
        ;

cond:   unary
        | cond DEFAULT cond     { $$ = BINARY(@$, DEFAULT, $1, $3); }
        | cond LOR cond         { $$ = BINARY(@$, LOR, $1, $3); }
        | cond LAND cond        { $$ = BINARY(@$, LAND, $1, $3); }
        | cond '|' cond         { $$ = BINARY(@$, OR, $1, $3); }
        | cond '^' cond         { $$ = BINARY(@$, XOR, $1, $3); }
        | cond '&' cond         { $$ = BINARY(@$, AND, $1, $3); }
        | cond EQ cond          { $$ = BINARY(@$, EQ, $1, $3); }
        | cond NE cond          { $$ = BINARY(@$, NE, $1, $3); }
        | cond '<' cond         { $$ = BINARY(@$, LT, $1, $3); }
        | cond '>' cond         { $$ = BINARY(@$, GT, $1, $3); }
        | cond LE cond          { $$ = BINARY(@$, LE, $1, $3); }
        | cond GE cond          { $$ = BINARY(@$, GE, $1, $3); }
        | cond CONTAINS cond    { $$ = BINARY(@$, CONTAINS, $1, $3); }
        | cond STARTS_WITH cond { $$ = BINARY(@$, STARTS_WITH, $1, $3); }
        | cond HAS cond         { $$ = BINARY(@$, HAS, $1, $3); }
        | cond IN set           { $$ = BINARY(@$, IN, $1, $3); }
        | cond SHL cond         { $$ = BINARY(@$, SHL, $1, $3); }
        | cond SHR cond         { $$ = BINARY(@$, SHR, $1, $3); }
        | cond '+' cond         { $$ = BINARY(@$, ADD, $1, $3); }
        | cond '-' cond         { $$ = BINARY(@$, SUB, $1, $3); }
        | cond '*' cond         { $$ = BINARY(@$, MUL, $1, $3); }
        | cond '/' cond         { $$ = BINARY(@$, DIV, $1, $3); }
        | cond '%' cond         { $$ = BINARY(@$, MOD, $1, $3); }
        ;

/* Right of 'in': a set, or what could be its only member. */
set:    SET_OPEN members_in SET_CLOSE    { $$ = $2; $$->span = @$; }
        | SET_OPEN members_in ',' SET_CLOSE   { $$ = $2; $$->span = @$; }
        | unary %prec ONE       { $$ = make(p, NODE_SET, @$, $1, NULL, NULL); }
        | unary DOTDOT unary    { $$ = make(p, NODE_SET, @$, make(p, NODE_INTERVAL, @$, $1, $3, NULL), NULL, NULL); }
        ;

members_in: member_in   { $$ = make(p, NODE_SET, @$, $1, NULL, NULL); }
        | members_in ',' member_in      { $$ = node_add(p->arena, $1, $3); }
        ;

member_in: cond
        | cond DOTDOT cond      { $$ = make(p, NODE_INTERVAL, @$, $1, $3, NULL); }
        ;

unary:  postfix
        | '!' unary     { $$ = UNARY(@$, NOT, $2); }
        | '~' unary     { $$ = UNARY(@$, INV, $2); }
        | '-' unary     { $$ = UNARY(@$, NEG, $2); }
        | '+' unary     { $$ = UNARY(@$, PLUS, $2); }
        | '*' unary     { $$ = UNARY(@$, DEREF, $2); }
        | '&' unary     { $$ = UNARY(@$, ADDRESS, $2); }
        | INC unary     { $$ = operation(p, NODE_INCDEC, @$, OP_ID_ADD, $2, NULL); $$->prefix = true; }
        | DEC unary     { $$ = operation(p, NODE_INCDEC, @$, OP_ID_SUB, $2, NULL); $$->prefix = true; }
        | '(' type ')' unary    { $$ = make(p, NODE_CAST, @$, $2, $4, NULL); }
        | '(' type ')' block    { $$ = make(p, NODE_CAST, @$, $2, block_value(p, @4, $4), NULL); }
        | SIZEOF '(' type ')'   { $$ = make(p, NODE_SIZEOF, @$, $3, NULL, NULL); }
        | SIZEOF '(' expr ')'   { $$ = make(p, NODE_SIZEOF, @$, $3, NULL, NULL); }
        | OFFSETOF '(' type ',' path ')'        { $$ = make(p, NODE_OFFSETOF, @$, $3, $5, NULL); }
        | OFFSETOF '(' expr ',' path ')'        { $$ = make(p, NODE_OFFSETOF, @$, $3, $5, NULL); }
        ;

postfix: primary
        | postfix '.' IDENT     { $$ = named(p, NODE_FIELD, @$, $3, $1); }
        | postfix ARROW IDENT   { $$ = named(p, NODE_FIELD, @$, $3, $1); }
        | postfix '.' INT       { $$ = number(p, NODE_ELEMENT, @$, $3); node_add(p->arena, $$, $1); }
        | postfix '[' keys ']'  { $$ = $1->kind == NODE_MAP && !$1->nkids
                                       ? named(p, NODE_MAP, @$, (struct text){ $1->text, $1->length },
                                               key(p, @3, $3))
                                       : make(p, NODE_INDEX, @$, $1, key(p, @3, $3), NULL); }
        | postfix '[' expr ':' expr ']' { $$ = make(p, NODE_SLICE, @$, $1, $3, $5); }
        | postfix INC   { $$ = operation(p, NODE_INCDEC, @$, OP_ID_ADD, $1, NULL); }
        | postfix DEC   { $$ = operation(p, NODE_INCDEC, @$, OP_ID_SUB, $1, NULL); }
        ;

primary: INT            { $$ = number(p, NODE_INT, @1, $1); }
        | CONTAINER_OF '(' expr ',' any_type ',' path ')'   { $$ = container_of(p, @$, $3, $5, $7); }
        | TRUE          { $$ = number(p, NODE_INT, @1, (struct number){ 1, false }); $$->type = &type_bool; }
        | FALSE         { $$ = number(p, NODE_INT, @1, (struct number){ 0, false }); $$->type = &type_bool; }
        | STRING        { $$ = named(p, NODE_STRING, @1, $1, NULL); }
        | ADDRESS       { $$ = $1; }
        | '[' ADDRESS ']'       { $$ = $2; }
        | BYTES         { $$ = $1; }
        | PARAM         { $$ = number(p, NODE_PARAM, @1, $1); }
        | VAR           { $$ = named(p, NODE_VAR, @1, $1, NULL); }
        | MAP           { $$ = named(p, NODE_MAP, @1, $1, NULL); }
        | IDENT         { $$ = named(p, NODE_IDENT, @1, $1, NULL); }
        | IDENT '(' args ')'    { $$ = adopt(p, NODE_CALL, @$, $3);
                                  $$->text = $1.text;
                                  $$->length = $1.length; }
        | value_block
        | IF_VALUE expr block else_opt
                        { $$ = if_value(p, make(p, NODE_STMT_IF, @$, $2, $3, $4)); }
        | '(' record ')'        { $$ = $2; $$->span = @$; }
        | '(' record ',' ')'    { $$ = $2; $$->span = @$; }
        | '(' ')'       { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | '(' expr ')'  { $$ = $2; }
        | '(' expr ',' ')'      { $$ = make(p, NODE_TUPLE, @$, $2, NULL, NULL); }
        | '(' expr ',' keys ')' { $$ = make(p, NODE_TUPLE, @$, $2, NULL, NULL);
                                  for (uint32_t i = 0; i < $4->nkids; i++)
                                          node_add(p->arena, $$, $4->kids[i]);
                                  $$->span = @$; }
        ;

record: IDENT '=' expr  { $$ = make(p, NODE_RECORD, @$, named(p, NODE_MEMBER, @$, $1, $3), NULL, NULL); }
        | record ',' IDENT '=' expr
                        { $$ = node_add(p->arena, $1, named(p, NODE_MEMBER, span_join(@3, @5), $3, $5)); }
        ;

/* a.b[1].c: fields and elements, outermost last. */
path:   IDENT           { $$ = named(p, NODE_FIELD, @1, $1, NULL); }
        | path '.' IDENT        { $$ = named(p, NODE_FIELD, @$, $3, $1); }
        | path '[' expr ']'     { $$ = make(p, NODE_INDEX, @$, $1, $3, NULL); }
        ;

args:   %empty          { $$ = node_new(p->arena, NODE_TUPLE, @$); }
        | keys
        ;

keys:   expr            { $$ = make(p, NODE_TUPLE, @$, $1, NULL, NULL); }
        | keys ',' expr { $$ = node_add(p->arena, $1, $3); }
        ;

/* TYPENAME: text is the word or tag (prefix), a kid its size; or "*", "[", "typeof" of a kid. */
type:   type_name
        | type '*'      { $$ = derived(p, @$, "*", $1, NULL); }
        | type '[' expr ']'     { $$ = $1->kind == NODE_TYPENAME && !$1->nkids && lex_sized($1->text)
                                       ? node_add(p->arena, $1, $3)
                                       : derived(p, @$, "[", $1, $3);
                                  $$->span = @$; }
        | type '[' ']'  { $$ = derived(p, @$, "[", $1, NULL); }
        ;

/* Where a value cannot stand, any name is a type. */
any_type: type
        | other_type
        ;

other_type: IDENT       { $$ = named(p, NODE_TYPENAME, @1, $1, NULL); }
        | other_type '*'        { $$ = derived(p, @$, "*", $1, NULL); }
        ;

stars:  %empty          { $$ = (struct number){ 0, false }; }
        | stars '*'     { $$ = (struct number){ $1.value + 1, false }; }
        ;

type_name: words        { $$ = named(p, NODE_TYPENAME, @1, $1, NULL); }
        | STRUCT IDENT  { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        | UNION IDENT   { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        | ENUM IDENT    { $$ = named(p, NODE_TYPENAME, @2, $2, NULL); $$->prefix = true; }
        | TYPEOF '(' type ')'   { $$ = $3; }
        | TYPEOF '(' expr ')'   { $$ = named(p, NODE_TYPENAME, @$, (struct text){ "typeof", 6 }, $3); }
        ;

%%

/* One message about too many levels, and the end. */
static void limit(struct parser *p, struct span span, uint32_t depth)
{
	if (depth <= MAX_DEPTH || p->stop)
		return;
	span.length = 1;
	diag_hint(p->diags, diag_add(p->diags, E_TOO_LARGE, span, "the script is nested too deep"),
		  "%d levels are possible", MAX_DEPTH);
	p->stop = true;
}

static void yyerror(const YYLTYPE *where, struct parser *p, const char *message)
{
	(void)message;
	limit(p, *where, MAX_DEPTH + 1);
}

#define CHAR(c) YYTRANSLATE(c)

/* A token that cannot be, and what could have been there. */
struct unexpected {
	struct parser *p;
	yysymbol_kind_t token;
	struct span span;
	yysymbol_kind_t list[YYNTOKENS];
	int count;
};

static bool expects(const struct unexpected *u, yysymbol_kind_t token)
{
	for (int i = 0; i < u->count; i++)
		if (u->list[i] == token)
			return true;
	return false;
}

#define MAX_EXPECTED 5

/* ", expected ';' or '}'", or nothing when there is too much to name. */
static const char *expected_text(const struct unexpected *u)
{
	const char *list = "";

	if (expects(u, YYSYMBOL_CONFIG))
		return ", expected a probe";
	if (expects(u, YYSYMBOL_IF))
		return u->token == YYSYMBOL_YYEOF ? ", expected '}'" : ", expected a statement";
	if (expects(u, YYSYMBOL_INT) && expects(u, YYSYMBOL_VAR))
		return ", expected a value";
	if (expects(u, YYSYMBOL_TYPEWORD) && expects(u, YYSYMBOL_STRUCT))
		return ", expected a type";
	for (int i = 0; i < u->count && u->count <= MAX_EXPECTED; i++)
		list = arena_printf(u->p->arena, "%s%s%s", list,
				    !i			? ", expected " :
				    i == u->count - 1	? " or " :
							  ", ",
				    yysymbol_name(u->list[i]));
	return list;
}

/* What the token looks like in the script. */
static const char *token_text(const struct unexpected *u)
{
	if (u->token == YYSYMBOL_YYEOF || !u->span.length)
		return yysymbol_name(YYSYMBOL_YYEOF);
	return arena_printf(u->p->arena, "'%.*s'", (int)u->span.length,
			    u->p->source->text + u->span.offset);
}

static bool starts_statement(const struct unexpected *u)
{
	switch ((int)u->token) {
	case YYSYMBOL_IDENT:
	case YYSYMBOL_VAR:
	case YYSYMBOL_MAP:
	case YYSYMBOL_IF:
	case YYSYMBOL_FOR:
	case YYSYMBOL_WHILE:
	case YYSYMBOL_UNROLL:
	case YYSYMBOL_LET:
	case YYSYMBOL_RETURN:
	case YYSYMBOL_BREAK:
	case YYSYMBOL_CONTINUE:
		return u->p->last_end < u->span.offset;
	default:
		return false;
	}
}

static bool starts_value(const struct unexpected *u)
{
	return starts_statement(u) || u->token == YYSYMBOL_INT || u->token == YYSYMBOL_STRING;
}

/* The bracket that is open around the token: '(' or '[', 0 for none. */
static char open_bracket(const struct parser *p)
{
	if (!p->nparens || p->nparens > (int)(sizeof(p->parens) / sizeof(*p->parens)))
		return 0;
	return p->source->text[p->parens[p->nparens - 1].offset];
}

/* A bracket or brace that is open although it should not be. */
static bool note_open(struct diag *g, const struct unexpected *u)
{
	struct parser *p = u->p;
	int room = sizeof(p->open) / sizeof(*p->open);
	struct span open = p->unclosed;

	if (u->token == CHAR('=') && open_bracket(p) == '[')
		open = p->parens[p->nparens - 1];
	else if (u->token == YYSYMBOL_YYEOF && !open.length && p->depth > 0)
		open = p->open[p->depth < room ? p->depth - 1 : room - 1];
	else if (u->token != YYSYMBOL_YYEOF && u->token != CHAR('{') && u->token != CHAR('}') &&
		 u->token != CHAR(';'))
		return false;
	if (!open.length)
		return false;
	diag_note(p->diags, g, open, "this '%c' is not closed", p->source->text[open.offset]);
	return true;
}

static const char *header_hint(const struct unexpected *u)
{
	const struct parser *p = u->p;
	const char *text = p->source->text + u->span.offset;

	if (expects(u, YYSYMBOL_CONFIG))
		return *text == '}' ? "there is no '{' for it" :
				      "a probe comes first: PROBE /predicate/ { ... }";
	if (!expects(u, CHAR('{')) || p->depth)
		return NULL;
	if (u->token == YYSYMBOL_YYEOF && strstr(p->source->text + p->last_end, "//"))
		return "'//' starts a comment";
	if (u->token == YYSYMBOL_SPEC && memchr(text, ':', u->span.length))
		return "probes are separated by ','";
	if (u->token == YYSYMBOL_SPEC)
		return "a predicate stands between two slashes: /args.len > 100/ { ... }";
	return "a probe has a body: PROBE { ... }";
}

static const char *equals_hint(const struct unexpected *u)
{
	if (u->p->in_predicate || open_bracket(u->p) == '(' || expects(u, YYSYMBOL_INT))
		return "'==' compares, '=' assigns";
	if (expects(u, CHAR(';')))
		return "a statement assigns once, to a variable ($x) or a map (@x)";
	return NULL;
}

static const char *statement_hint(const struct unexpected *u)
{
	char c = u->p->source->text[u->span.offset];

	if (expects(u, YYSYMBOL_TYPEWORD) && !expects(u, YYSYMBOL_INT))
		return "types are int8 to int64, uint8 to uint64, bool, string and struct NAME";
	if (expects(u, CHAR('=')) && u->count == 1)
		return "settings are written config = { KEY = VALUE }";
	if (expects(u, CHAR(':')) && u->count == 1)
		return "a loop is written for ($i : 0..10) { ... } or for ($kv : @map) { ... }";
	if (expects(u, YYSYMBOL_DOTDOT) && u->count == 1)
		return "a loop is over a range, 0..10, or a map";
	if (expects(u, YYSYMBOL_VAR) && u->count <= 2)
		return "variables start with $: let $x = 1";
	if (u->token == YYSYMBOL_ELSE)
		return "'else' follows the '}' of its 'if'";
	if (c == '/' && u->span.offset && u->p->source->text[u->span.offset - 1] == '*')
		return "comments do not nest: the first */ ends them";
	if ((c == ')' || c == ']') && expects(u, CHAR(';')))
		return c == ')' ? "there is no '(' for it" : "there is no '[' for it";
	if (c == '(' && u->p->last == IDENT)
		return "functions take what they work on as an argument: str(args.name)";
	if (c == '{' && expects(u, CHAR(';')))
		return "a block follows if, else, for, while or unroll";
	if (open_bracket(u->p) && starts_value(u))
		return "values are separated by ','";
	if (u->p->last_end == u->span.offset && (u->p->last == MAP || u->p->last == PARAM))
		return "a name starts with a letter or '_'";
	if (expects(u, CHAR('{')))
		return "a block follows between braces: { ... }";
	return expects(u, CHAR(';')) ? "statements are separated by ';'" : NULL;
}

static void explain(struct diag *g, const struct unexpected *u)
{
	const char *hint = NULL;

	if (u->token == CHAR('='))
		hint = equals_hint(u);
	if (!hint && !expects(u, YYSYMBOL_CONFIG) &&
	    (u->p->in_predicate || expects(u, YYSYMBOL_PREDICATE_END) ||
		      u->token == YYSYMBOL_PREDICATE_END))
		hint = "a predicate stands between two slashes: /args.len > 100/ { ... }";
	if (!hint && note_open(g, u))
		return;
	if (!hint)
		hint = header_hint(u);
	if (!hint)
		hint = statement_hint(u);
	if (hint)
		diag_hint(u->p->diags, g, "%s", hint);
}

/* The lexer has complained about this token, or there is nothing more to say. */
static bool told(const struct parser *p, struct span span)
{
	const struct diag *last = p->diags->count ? p->diags->list[p->diags->count - 1] : NULL;

	return p->stop || (last && last->span.offset == span.offset);
}

static int yyreport_syntax_error(const yypcontext_t *ctx, struct parser *p)
{
	struct unexpected u = { p, yypcontext_token(ctx), *yypcontext_location(ctx), { 0 }, 0 };
	bool missing;

	u.count = yypcontext_expected_tokens(ctx, u.list, YYNTOKENS);
	p->lost = !p->depth;
	if (told(p, u.span))
		return 0;
	if (u.token == YYSYMBOL_SPEC && u.span.length)
		u.span.length = strcspn(p->source->text + u.span.offset, " \t\r\n,{(");
	missing = expects(&u, CHAR(';')) && expects(&u, CHAR('}')) && starts_statement(&u);
	if (missing)
		diag_hint(p->diags,
			  diag_add(p->diags, E_SYNTAX, (struct span){ p->last_end, 0 },
				   "missing ';' before %s", token_text(&u)),
			  "statements are separated by ';'");
	else
		explain(diag_add(p->diags, E_SYNTAX, u.span, "unexpected %s%s", token_text(&u),
				 expected_text(&u)),
			&u);
	return 0;
}

/* Items of the part of the source from @offset to @end. */
static struct node *parse_part(struct parser *p, uint32_t offset, uint32_t end)
{
	p->offset = offset;
	p->end = end;
	lex_begin(p);
	yyparse(p);
	cond_end(p);
	lex_end(p);
	return p->script;
}

/*
 * A file that a script names becomes a part of its source, and its definitions those of the
 * script. It is read in the middle of the file that names it.
 */
void parse_import(struct parser *p, struct span span, const char *path, bool include)
{
	struct parser inner = *p;
	struct node *script;
	uint32_t offset;

	if (!import_file(p, span, path, include, &offset))
		return;
	inner.token = inner.last = inner.nparens = inner.pending = inner.depth = 0;
	inner.script = NULL;
	inner.imported = NULL;
	inner.nimported = 0;
	inner.in_definition = inner.in_define = false;
	inner.nested++;
	inner.nconds = 0;
	inner.included = inner.included || include;
	script = parse_part(&inner, offset, p->source->length);
	for (uint32_t i = 0; script && i < script->nkids; i++)
		VEC_PUSH(p->arena, p->imported, p->nimported, script->kids[i]);
	for (uint32_t i = 0; i < inner.nimported; i++)
		VEC_PUSH(p->arena, p->imported, p->nimported, inner.imported[i]);
}

struct node *parse(struct arena *a, struct source *src, struct diags *d)
{
	struct imports imports = { 0 };
	struct parser p = { .arena = a, .source = src, .diags = d, .imports = &imports };
	uint32_t end = src->length;
	struct node *script;

	source_add(a, src, src->name, src->text, src->length);
	for (uint32_t i = 0; src->includes && i < src->includes->nfiles; i++)
		parse_import(&p, (struct span){ 0, 0 }, import_path(a, src->includes->files[i]), true);
	script = parse_part(&p, 0, end);
	for (uint32_t i = 0; script && i < script->nkids; i++)
		VEC_PUSH(a, p.imported, p.nimported, script->kids[i]);
	if (script) {
		script->kids = p.imported;
		script->nkids = p.nimported;
	}
	return d->errors ? NULL : script;
}

void parse_print_tokens(FILE *f, struct arena *a, struct source *src, struct diags *d)
{
	struct imports imports = { 0 };
	struct parser p = { .arena = a, .source = src, .diags = d, .imports = &imports };
	YYSTYPE value;
	YYLTYPE where;
	int token;

	p.end = src->length;
	source_add(a, src, src->name, src->text, src->length);
	lex_begin(&p);
	while ((token = yylex(&value, &where, &p)))
		fprintf(f, "%u\t%s\t%.*s\n", where.offset, yysymbol_name(YYTRANSLATE(token)),
			(int)where.length, src->text + where.offset);
	lex_end(&p);
}

struct node *parse_more(struct arena *a, struct source *src, struct diags *d, const char *name,
			const char *text)
{
	struct imports imports = { 0 };
	struct parser p = { .arena = a, .source = src, .diags = d, .imports = &imports };
	uint32_t offset = source_add(a, src, name, text, strlen(text));

	return parse_part(&p, offset, src->length);
}
