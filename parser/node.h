/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_NODE_H
#define PARSER_NODE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "parser/type.h"
#include "util/arena.h"
#include "util/source.h"

enum node_kind {
#define EXPR(ID, id, name, kids) NODE_##ID,
#define STMT(ID, id, name, kids) NODE_STMT_##ID,
#define TOP(ID, id, name, kids) NODE_##ID,
#include "parser/nodes.def"
#undef EXPR
#undef STMT
#undef TOP
	NODE_KINDS
};

enum op_class {
	OP_ARITH,
	OP_SHIFT,
	OP_COMPARE,
	OP_ORDER,
	OP_MEMBER,
	OP_LOGIC,
	OP_DEFAULT,
	OP_PREFIX
};

enum op_id {
#define OP(ID, symbol, class) OP_ID_##ID,
#include "parser/ops.def"
#undef OP
	OP_COUNT
};

struct op {
	enum op_id id;
	const char *symbol;
	enum op_class class;
};
extern const struct op op_rows[OP_COUNT];

/* A variable; one object for all its uses within a body. */
struct var {
	const char *name;
	const struct type *type;   /* NULL until the first assignment is checked */
	struct span span;          /* where it was declared or first assigned */
	uint32_t index;            /* number within its program, for codegen */
	const struct type *narrow; /* what it is declared as, when that has less than 8 bytes */
	bool hoisted;              /* used outside of the block that first assigns to it */
};

/* A member of a set. */
struct member {
	uint64_t first, last; /* of numbers, IPv4 and Ethernet addresses */
	const char *bytes;    /* of other values, as they stand in memory; zeros follow */
	const char *mask;     /* which bits of them count; NULL: all */
	const char *end;      /* of a range of addresses: the last one */
	uint32_t length;      /* of these */
};

/* What stands behind 'in'. Numbers are in order, and do not touch. */
struct set {
	const struct member *members;
	uint32_t count;
};

/* What a name turned out to be; set by check(), NULL or 0 before. */
union meaning {
	const struct builtin *builtin;   /* IDENT */
	const struct func *func;         /* CALL of a pure function */
	const struct event *event;       /* CALL of an action */
	const struct function *function; /* CALL of a function of the script */
	const struct type *agg;          /* CALL of an aggregation: the AGG type */
	const struct map *map;           /* MAP */
	struct var *var;                 /* VAR, LET, RANGE, EACH */
	const struct field *field;       /* FIELD, ELEMENT */
	const struct packet_use *packet; /* PACKET */
	const struct set *set;           /* SET */
	const struct filter *filter;     /* STRING of pcap() */
	const struct type *common;       /* BINARY of values in memory: how both are compared */
};

enum call_kind { CALL_UNKNOWN, CALL_FUNC, CALL_ACTION, CALL_AGG, CALL_USER };

/* A node of the tree; which kids a kind has is in nodes.def. */
struct node {
	enum node_kind kind;
	struct span span;
	const struct type *type; /* expressions, after check() */
	struct node **kids;
	uint32_t nkids;
	uint32_t depth;      /* of the tree below */
	const char *text;    /* STRING bytes, PREFIX as an INET, or the name (with its $ or @) */
	uint32_t length;     /* of @text, which has a NUL after it */
	uint64_t number;     /* INT value; PARAM number (0: the count); PREFIX bits; ELEMENT index;
			     PROBE specs */
	bool is_unsigned;    /* INT: does not fit int64 */
	bool literal;        /* INT: written or folded, so its signedness is free */
	bool prefix;         /* INCDEC; STRUCT: a union; TYPENAME: a tag; BLOCK: ends with a value;
			     PROBE: of a latency, not the script's */
	bool expansion;      /* BLOCK: a macro's body */
	const struct op *op; /* UNARY, BINARY, INCDEC (ADD, SUB), ASSIGN (NULL: plain) */
	enum call_kind call; /* CALL */
	union meaning is;
};

struct node *node_new(struct arena *a, enum node_kind kind, struct span span);
struct node *node_add(struct arena *a, struct node *parent, struct node *kid);
/* A copy of the whole tree; meanings and types are copied as they are. */
struct node *node_clone(struct arena *a, const struct node *n);
const char *node_name(enum node_kind kind);
/* The tree as an indented list, one node a line, with types where known. */
void node_print(FILE *f, struct arena *a, const struct node *n, int depth);

/* Calls @fn for @n and everything below it, parents first. */
void node_walk(const struct node *n, void (*fn)(void *ctx, const struct node *n), void *ctx);

#endif
