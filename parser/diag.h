/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_DIAG_H
#define PARSER_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "util/arena.h"
#include "util/source.h"

enum diag_id {
#define ERROR(ID, tag, doc) E_##ID,
#define WARNING(ID, tag, doc) W_##ID,
#include "parser/errors.def"
#undef ERROR
#undef WARNING
	DIAG_IDS
};

/* One message about the script. Strings live in the arena. */
struct diag {
	enum diag_id id;
	struct span span;
	const char *message;
	const char *hint;  /* NULL: none */
	struct span other; /* a second place ... */
	const char *note;  /* ... and what is there; NULL: none */
	uint32_t order;
};

/* The messages of one compilation, collected and printed once. */
struct diags {
	struct arena *arena;
	const struct source *source;
	struct diag **list;
	uint32_t count, errors;
	bool quiet;       /* warnings are not printed */
	const char *help; /* what the user asked for instead of running the script, or NULL */
};

struct diag *diag_add(struct diags *d, enum diag_id id, struct span span, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void diag_hint(struct diags *d, struct diag *g, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void diag_note(struct diags *d, struct diag *g, struct span span, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Prints all messages in the order of their places, each one once, at most 20 errors. */
void diag_print(FILE *f, const struct diags *d);

#endif
