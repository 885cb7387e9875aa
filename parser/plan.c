/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/plan.h"

#include <inttypes.h>

#include "parser/check.h"
#include "parser/tables.h"

static const char *const storage_names[] = {
	[MAP_SCALAR] = "array of 1", [MAP_SCALAR_PERCPU] = "per-CPU array of 1",
	[MAP_HASH] = "hash",         [MAP_HASH_PERCPU] = "per-CPU hash",
	[MAP_LRU] = "LRU hash",      [MAP_LRU_PERCPU] = "per-CPU LRU hash",
};

static void print_program(FILE *f, const struct program *p)
{
	fprintf(f, "program %s: %s, %u clause%s\n", p->symbol, p->section, p->nclauses,
		p->nclauses == 1 ? "" : "s");
	for (uint32_t i = 0; i < p->nattaches; i++)
		fprintf(f, "  attach %s\n", p->attaches[i].name);
}

static void print_map(FILE *f, struct arena *a, const struct map *m)
{
	fprintf(f, "map %s: %s", m->name, storage_names[m->storage]);
	if (m->key)
		fprintf(f, ", %u keys of %s (%u bytes)", m->max_entries, type_name(a, m->key),
			m->key_size);
	fprintf(f, ", value %s (%u bytes)%s\n", type_name(a, m->value), m->value_size,
		m->shared ? ", shared" : "");
}

static void print_event(FILE *f, struct arena *a, const struct event *e)
{
	fprintf(f, "event %u: %s", e->id, e->action->name);
	if (e->map)
		fprintf(f, " %s", e->map->name);
	fprintf(f, ", %u bytes", e->size);
	for (uint32_t i = 0; i < e->nargs; i++)
		fprintf(f, "%s%s at %u", i ? ", " : ": ", type_name(a, e->args[i].type),
			e->args[i].offset);
	fputc('\n', f);
}

void plan_print(FILE *f, struct arena *a, const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->nprograms; i++) {
		print_program(f, &plan->programs[i]);
		for (uint32_t j = 0; j < plan->programs[i].nfunctions; j++) {
			const struct function *fn = plan->programs[i].functions[j];

			fprintf(f, "  function %s\n", fn->name);
			node_print(f, a, fn->body, 2);
		}
		for (uint32_t j = 0; j < plan->programs[i].nclauses; j++) {
			const struct clause *clause = &plan->programs[i].clauses[j];

			if (clause->predicate)
				node_print(f, a, clause->predicate, 1);
			node_print(f, a, clause->body, 1);
		}
	}
	for (uint32_t i = 0; i < plan->nmaps; i++)
		print_map(f, a, plan->maps[i]);
	for (uint32_t i = 0; i < plan->nevents; i++)
		print_event(f, a, plan->events[i]);
}
