/* SPDX-License-Identifier: Apache-2.0 */
/* Maps: their uses, and the layout that follows from all of them. */
#include "parser/checker.h"

#include <string.h>

#define MAX_KEY 512     /* kernel/bpf/hashtab.c: keys fit the program's stack */
#define MAX_VALUE 32768 /* per-CPU values: PCPU_MIN_UNIT_SIZE */

static struct map_state *find_map(struct checker *c, const struct node *n)
{
	struct map_state *m;

	for (uint32_t i = 0; i < c->nmaps; i++)
		if (!strcmp(c->maps[i]->map.name, n->text))
			return c->maps[i];
	m = arena_alloc(c->arena, sizeof(*m));
	m->map.name = n->text;
	m->map.symbol = arena_printf(c->arena, "m_%s", n->text + 1);
	m->map.span = n->span;
	m->map.hidden = strchr(n->text, '.') != NULL;
	m->map.max_entries = c->config.max_map_keys;
	VEC_PUSH(c->arena, c->maps, c->nmaps, m);
	return m;
}

static void check_keyed(struct checker *c, struct map_state *m, const struct node *n)
{
	bool keyed = n->nkids > 0;

	if (!m->used) {
		m->used = true;
		m->keyed = keyed;
		m->map.span = n->span;
	} else if (m->keyed != keyed) {
		NOTE(c,
		     ERR(c, BAD_KEY, n->span, "%s is used %s a key here", m->map.name,
			 keyed ? "with" : "without"),
		     m->map.span, "it is used %s a key here", keyed ? "without" : "with");
	}
}

static void count_user(struct checker *c, struct map_state *m)
{
	if (!c->body->program || m->user == c->body->program)
		return;
	m->user = c->body->program;
	VEC_PUSH(c->arena, c->users, c->nusers, ((struct map_user){ m, c->body }));
}

struct map_state *check_map_use(struct checker *c, struct node *n)
{
	struct map_state *m = find_map(c, n);
	const struct type *key;

	n->is.map = &m->map;
	count_user(c, m);
	if (!m->read.length)
		m->read = n->span;
	check_keyed(c, m, n);
	if (!n->nkids)
		return m;
	key = check_expr(c, n->kids[0]);
	if (key->kind == TYPE_VOID)
		ERR(c, BAD_KEY, n->kids[0]->span, "%s() gives no value for a key",
		    n->kids[0]->text);
	else if (key->kind == TYPE_TUPLE && !key->count)
		ERR(c, BAD_KEY, n->kids[0]->span, "() is no key: it has no value");
	else if (m->keyed)
		check_store(c, &m->key, n->kids[0], key, "the key of", m->map.name);
	return m;
}

struct map_state *check_map_name(struct checker *c, struct node *n)
{
	struct map_state *m = find_map(c, n);

	if (!m->read.length)
		m->read = n->span;
	n->is.map = &m->map;
	n->type = m->value.type ? m->value.type : &type_error;
	return m;
}

static void mark_writer(struct checker *c, struct map_state *m)
{
	if (m->writer && m->writer != c->body->program)
		m->map.shared = true;
	m->writer = c->body->program;
}

void check_map_write(struct checker *c, struct map_state *m, struct node *target,
		     struct node *value)
{
	mark_writer(c, m);
	if (value->type->kind == TYPE_VOID)
		ERR(c, BAD_ASSIGNMENT, value->span, "%s() gives no value to store", value->text);
	else
		check_store(c, &m->value, value, value->type, "the value of", m->map.name);
	target->type = m->value.type ? m->value.type : &type_error;
}

void check_map_step(struct checker *c, struct map_state *m, struct node *target)
{
	mark_writer(c, m);
	target->type = m->value.type;
}

const struct type *check_map_value(struct checker *c, struct map_state *m, struct node *n)
{
	(void)c;
	n->type = m->value.type ? m->value.type : &type_error;
	return n->type;
}

static const struct {
	const char *name;
	enum map_storage plain, percpu;
} map_kinds[] = {
	{ "hash", MAP_HASH, MAP_HASH_PERCPU },
	{ "percpuhash", MAP_HASH, MAP_HASH_PERCPU },
	{ "lruhash", MAP_LRU, MAP_LRU_PERCPU },
	{ "percpulruhash", MAP_LRU, MAP_LRU_PERCPU },
};

/* let @m = lruhash(100); */
static void check_decl(struct checker *c, struct node *n)
{
	struct map_state *m = find_map(c, n);
	struct node *call = n->nkids ? n->kids[0] : NULL;
	struct suggest s = { .word = call ? call->text : "" };
	struct diag *g;

	if (!call) {
		if (m->declared)
			ERR(c, REDEFINED_VAR, n->span, "%s is declared twice", m->map.name);
		m->declared = m->used = true;
		m->map.span = n->span;
		return;
	}

	for (size_t i = 0; i < sizeof(map_kinds) / sizeof(*map_kinds); i++) {
		suggest_try(&s, map_kinds[i].name);
		if (strcmp(map_kinds[i].name, call->text))
			continue;
		if (m->declared)
			ERR(c, REDEFINED_VAR, n->span, "%s is declared twice", m->map.name);
		check_expr(c, call->kids[0]);
		if (!call->kids[0]->literal || !call->kids[0]->number ||
		    call->kids[0]->number > 16777216)
			ERR(c, BAD_ARGUMENT, call->kids[0]->span,
			    "the size of a map is a number from 1 to 16777216");
		m->declared = m->keyed = m->used = true;
		m->map.storage = map_kinds[i].plain;
		m->map.max_entries = call->kids[0]->number;
		m->map.span = n->span;
		return;
	}
	g = ERR(c, UNKNOWN_CALL, call->span, "no map type '%s'", call->text);
	HINT(c, g,
	     s.best ? "did you mean '%s'?"
		    : "map types are hash, lruhash, percpuhash and percpulruhash",
	     s.best);
}

void check_map_decls(struct checker *c, struct node *script)
{
	for (uint32_t i = 0; i < script->nkids; i++)
		if (script->kids[i]->kind == NODE_MAPDECL)
			check_decl(c, script->kids[i]);
}

static enum map_storage storage(const struct map_state *m, bool agg)
{
	if (!m->keyed)
		return agg ? MAP_SCALAR_PERCPU : MAP_SCALAR;
	if (m->map.storage == MAP_LRU)
		return agg ? MAP_LRU_PERCPU : MAP_LRU;
	return agg ? MAP_HASH_PERCPU : MAP_HASH;
}

void check_map_layout(struct checker *c, struct map_state *m)
{
	struct map *map = &m->map;
	bool agg = m->value.type->kind == TYPE_AGG;

	if (m->keyed && !m->key.type)
		return;
	map->key = m->keyed ? m->key.type : NULL;
	map->value = m->value.type;
	map->storage = storage(m, agg);
	map->key_size = map->key ? map->key->size : 4;
	map->flag_offset = (map->value->size + 7) & ~7u;
	map->value_size = map->flag_offset + (map->key ? 0 : 8);
	if (map->storage == MAP_HASH_PERCPU)
		map->overflow = arena_printf(c->arena, "o_%s", map->name + 1);
	if (map->key_size > MAX_KEY)
		HINT(c,
		     ERR(c, TOO_LARGE, m->key.span, "the key of %s has %u bytes, more than %d",
			 map->name, map->key_size, MAX_KEY),
		     "str(ptr, length) takes a shorter string");
	if (map->value_size > MAX_VALUE)
		ERR(c, TOO_LARGE, m->value.span, "the value of %s has %u bytes, more than %d",
		    map->name, map->value_size, MAX_VALUE);
}
