/* SPDX-License-Identifier: Apache-2.0 */
/* len() and find(): functions on the keys of a map. */
#include "parser/checker.h"

const struct type *len_type(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];
	const struct map_state *m;

	if (k->kind == NODE_MAP && !k->nkids) {
		m = check_map_name(c, k);
		if (c->options->kernel < KERNEL_EACH) {
			ERR(c, BAD_CONTEXT, n->span, "len() of a map needs Linux 5.13");
			return &type_error;
		}
		if (m->keyed || !m->used)
			return &type_int64;
		ERR(c, BAD_ARGUMENT, k->span, "%s has no keys to count", k->text);
		return &type_error;
	}
	if (check_expr(c, k)->kind == TYPE_ERROR)
		return &type_error;
	if (k->type->kind == TYPE_STACK && k->kind == NODE_CALL)
		return &type_int64;
	check_bad_argument(c, n, 0, "a map, kstack or ustack");
	return &type_error;
}

/* find(@m, key, $out) becomes @m[key], and an assignment that is done when the key is there. */
static bool spell_out(struct checker *c, struct node *n)
{
	struct node *map = n->kids[0], *assign;

	if (n->nkids != 3 || map->kind != NODE_MAP || map->nkids || n->kids[2]->kind != NODE_VAR) {
		ERR(c, BAD_ARGUMENT, n->span, "find() takes a map, a key and a variable");
		return false;
	}
	map = node_clone(c->arena, map);
	node_add(c->arena, map, n->kids[1]);
	assign = node_new(c->arena, NODE_STMT_ASSIGN, n->kids[2]->span);
	node_add(c->arena, assign, n->kids[2]);
	node_add(c->arena, assign, node_clone(c->arena, map));
	n->kids[0] = map;
	n->kids[1] = assign;
	n->nkids = 2;
	return true;
}

const struct type *find_type(struct checker *c, struct node *n)
{
	if (!c->scope) {
		ERR(c, BAD_CONTEXT, n->span, "a predicate cannot assign to a variable");
		return &type_error;
	}
	if ((n->nkids != 2 || n->kids[1]->kind != NODE_STMT_ASSIGN) && !spell_out(c, n))
		return &type_error;
	check_map_use(c, n->kids[0]);
	check_assign(c, n->kids[1]);
	return &type_bool;
}
