/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_PROBE_H
#define PARSER_PROBE_H

/* What check_probe.c and the probe_*.c files share; no one else's business. */

#include "parser/checker.h"

#define MAX_PARTS 8

/* One probe specification being expanded. */
struct spec {
	struct checker *c;
	const struct node *node;
	const char *text; /* as written, with the parameters put in */
	const struct provider *provider;
	const char *netns;      /* written before it: "netns:NAME:"; NULL: nothing is */
	char *parts[MAX_PARTS]; /* after the provider's name */
	uint32_t nparts;
	struct attach *out; /* what it expands to */
	uint32_t nout;
};

/* Every provider's expand_<id>() turns a specification into places, or reports why not. */
#define PROBE(id, name, short_name, prog, section, syntax, doc) void expand_##id(struct spec *s);
#include "parser/probe.def"
#undef PROBE

/* A new place; valid until the next one. */
struct attach *probe_add(struct spec *s, const char *name);

/* Reports that the specification is not written as its provider's are. */
struct diag *probe_malformed(struct spec *s);

/* Reports kernel_error(). */
void probe_kernel_says(struct spec *s, enum diag_id id);

bool probe_has_glob(const char *s);

/* The first @n words of a context that is nothing but arguments: arg0 and on. */
const struct arg *probe_context_words(struct checker *c, uint32_t n);

/*
 * probe_replay.c, for -r: the places of @s that have a packet run on those of a file, the others
 * go. And whether @at is one of them.
 */
void probe_replay(struct spec *s);
bool probe_replayed(const struct checker *c, const struct attach *at);

/* probe_place.c: places that several PROBEs may name. */
struct place {
	struct attach attach;
	const struct tracepoint *tp;
	const struct node **probes; /* PROBE nodes that name it, in order */
	uint32_t nprobes;
	const char *signature;
};

struct places {
	struct place *list;
	uint32_t count;
};

/* The place @at, which may be there already. */
struct place *place_find(struct checker *c, struct places *ps, const struct attach *at);

/* probe_iter.c: reports iterators beside other probes. */
void probe_check_iter(struct checker *c, const struct places *ps);

/* probe_packet.c: which packet the place is given, by the cheapest hook for what it asks. */
void probe_packet(struct checker *c, struct place *p);
/* True when the place is given a packet. */
bool probe_has_packet(struct checker *c, const struct attach *at);

/* One program for each group of places that can share it. */
void place_programs(struct checker *c, struct places *ps);

#endif
