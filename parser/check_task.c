/* SPDX-License-Identifier: Apache-2.0 */
/* Builtins and functions of the task that runs, of others, and of the probe itself. */
#include "parser/checker.h"

#include <string.h>

const struct type *probe_type(struct checker *c)
{
	return type_string(c->arena, strlen(c->body->attach->name) + 1);
}

const struct type *probetype_type(struct checker *c)
{
	return type_string(c->arena, strlen(provider_type(c->body->attach->provider)) + 1);
}

const struct type *cpid_type(struct checker *c, const struct node *n)
{
	struct diag *g;

	if (c->options->command)
		return &type_uint32;
	g = diag_add(c->diags, W_NO_COMMAND, n->span, "there is no command for 'cpid': it is 0");
	HINT(c, g, "pktscript -c COMMAND starts one; has_cpid is true then");
	return &type_uint32;
}

const struct type *curtask_type(struct checker *c)
{
	struct type *t = (struct type *)type_pointer(c->arena, NULL, SPACE_KERNEL);

	t->name = "task_struct";
	return t;
}

static struct node *named(struct checker *c, const struct node *n, enum node_kind kind,
			  const char *name, size_t length)
{
	struct node *k = node_new(c->arena, kind, n->span);

	k->text = arena_strndup(c->arena, name, length);
	k->length = length;
	return k;
}

const struct type *task_type(struct checker *c, struct node *n, const char *members)
{
	struct node *k = n->nkids ? n->kids[0]
				  : named(c, n, NODE_IDENT, "curtask", strlen("curtask"));

	for (size_t length; !n->prefix && *members; members += length + (members[length] == '.')) {
		length = strcspn(members, ".");
		k = node_add(c->arena, named(c, n, NODE_FIELD, members, length), k);
	}
	n->prefix = true; /* the members are spelled out */
	n->nkids = 0;
	node_add(c->arena, n, k);
	return check_expr(c, k);
}

/* pid(init): after this the node's number tells whether our own namespace counts. */
const struct type *ids_type(struct checker *c, struct node *n)
{
	static const char *const spaces[] = { "init", "curr_ns" };
	struct node *k = n->kids[0];

	for (size_t i = 0; k->kind == NODE_IDENT && i < 2; i++) {
		if (strcmp(k->text, spaces[i]))
			continue;
		k->number = i;
		return &type_uint32;
	}
	check_bad_argument(c, n, 0, "init or curr_ns");
	return &type_error;
}

const struct type *is_err_type(struct checker *c, struct node *n)
{
	const struct type *t = n->kids[0]->type;

	if (t->kind == TYPE_PTR || t->kind == TYPE_INT)
		return &type_bool;
	check_bad_argument(c, n, 0, "a pointer");
	return &type_error;
}
