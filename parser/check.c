/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From tree to plan. Probes are looked up and grouped into programs first; then all
 * bodies are checked, again and again while the type of some map or variable still
 * grows (each can only grow a few times); the messages of the last round count.
 */
#include "parser/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "parser/checker.h"
#include "parser/latency.h"
#include "parser/macro.h"

#define MAX_ROUNDS 64

static void check_round(struct checker *c)
{
	uint32_t program = 0;

	c->changed = false;
	c->round++;
	for (uint32_t i = 0; i < c->nprograms; i++)
		c->programs[i].nfunctions = 0;
	c->nevents = 0;
	c->nstacks = 0;
	c->nskb_files = 0;
	c->nusers = 0;
	for (uint32_t i = 0; i < c->nmaps; i++) {
		c->maps[i]->writer = c->maps[i]->user = 0;
		c->maps[i]->map.shared = false;
	}
	for (uint32_t i = 0; i < c->nbodies; i++) {
		if (c->bodies[i]->program != program)
			c->nvars = c->latencies.nvars = 0;
		program = c->bodies[i]->program;
		check_body(c, c->bodies[i]);
	}
}

static void check_unassigned(struct checker *c)
{
	for (uint32_t i = 0; i < c->nmaps; i++) {
		struct map_state *m = c->maps[i];
		struct suggest s = { .word = m->map.name };
		struct diag *g;

		if (m->value.type || m->assigned || !m->read.length)
			continue;
		g = ERR(c, UNDEFINED_MAP, m->read, "nothing is ever assigned to %s", m->map.name);
		for (uint32_t j = 0; j < c->nmaps; j++)
			if (c->maps[j]->assigned)
				suggest_try(&s, c->maps[j]->map.name);
		if (s.best)
			HINT(c, g, "did you mean '%s'?", s.best);
		else
			HINT(c, g, "a map gets its type from an assignment: %s = count()",
			     m->map.name);
	}
}

static void check_bodies(struct checker *c)
{
	uint32_t count = c->diags->count, errors = c->diags->errors;

	for (int round = 0; round < MAX_ROUNDS; round++) {
		c->diags->count = count;
		c->diags->errors = errors;
		check_round(c);
		if (!c->changed)
			break;
	}
	check_unassigned(c);
}

static void warn_missing(void *ctx, const struct node *n)
{
	struct checker *c = ctx;

	if (n->kind == NODE_PARAM && n->number > c->options->nparams)
		diag_add(c->diags, W_MISSING_PARAM, n->span,
			 "positional parameter $%" PRIu64 " is not given: it is 0 or \"\"",
			 n->number);
}

static int by_name(const void *a, const void *b)
{
	const struct map *x = *(const struct map *const *)a, *y = *(const struct map *const *)b;

	return strcmp(x->name, y->name);
}

/* The maps that are used, in name order. */
static void plan_maps(struct checker *c, struct plan *plan)
{
	const struct map **maps = arena_alloc(c->arena, (c->nmaps + 1) * sizeof(*maps));

	for (uint32_t i = 0; i < c->nmaps; i++) {
		if (!c->maps[i]->value.type)
			continue;
		check_map_layout(c, c->maps[i]);
		maps[plan->nmaps++] = &c->maps[i]->map;
	}
	qsort(maps, plan->nmaps, sizeof(*maps), by_name);
	plan->maps = maps;
}

/* kernel/bpf: MAX_USED_MAPS. A few are ours: events, lost, scratch, zeros. */
#define MAX_MAPS 60

/* Users are in the order of their programs. */
static void check_map_count(struct checker *c)
{
	uint32_t count = 0, program = 0;

	for (uint32_t i = 0; i < c->nusers; i++) {
		const struct map_user *u = &c->users[i];
		uint32_t before = count;

		if (u->body->program != program)
			before = count = 0;
		program = u->body->program;
		count += 1 + (u->map->map.overflow != NULL);
		if (before <= MAX_MAPS && count > MAX_MAPS)
			HINT(c,
			     ERR(c, TOO_LARGE, u->map->map.span,
				 "the kernel lets a program use 64 maps, and %s takes more",
				 u->body->attach->name),
			     "an aggregation with a key counts as two; several values fit one map "
			     "with a key");
	}
}

const struct plan *check(struct arena *a, struct node *script, struct source *src, struct kernel *k,
			 struct diags *d, const struct check_options *options)
{
	const struct attach place = { .provider = &provider_rows[PROVIDER_begin],
				      .name = "a definition" };
	const struct body nowhere = { .attach = &place };
	struct checker c = { .arena = a, .kernel = k, .diags = d, .options = options };
	struct plan *plan = arena_alloc(a, sizeof(*plan));

	macro_expand(a, script, d);
	if (d->errors)
		return NULL;
	node_walk(script, warn_missing, &c);
	check_configs(&c, script);
	latency_add(&c, script, src);
	c.body = &nowhere;
	check_definitions(&c, script);
	check_functions(&c, script);
	check_map_decls(&c, script);
	check_probes(&c, script);
	check_bodies(&c);
	if (!check_options_given(&c))
		return NULL;
	plan_maps(&c, plan);
	latency_plan(&c, plan);
	check_map_count(&c);
	if (d->errors)
		return NULL;
	plan->source = src;
	plan->programs = c.programs;
	plan->nprograms = c.nprograms;
	plan->events = (const struct event *const *)c.events;
	plan->nevents = c.nevents;
	plan->nattaches = c.nattaches;
	plan->config = c.config;
	plan->failures = options->failures;
	plan->pid = options->pid;
	plan->stacks = c.stacks;
	plan->nstacks = c.nstacks;
	plan->skb_files = c.skb_files;
	plan->nskb_files = c.nskb_files;
	plan->packet = c.packet;
	plan->ncpus = options->ncpus;
	plan->command = options->command;
	plan->replay = options->replay;
	plan->pid_dev = options->pid_dev;
	plan->pid_ino = options->pid_ino;
	plan->tai_offset_ns = options->tai_offset_ns;
	plan->wall_offset_ns = options->replay ? 0 : options->wall_offset_ns;
	plan->kernel = options->kernel;
	plan->start_ns = options->start_ns;
	return plan;
}
