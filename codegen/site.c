/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A map that is changed in many places of the script has one function for all of them. That is a
 * global function where the kernel has those: it is verified once, not again for each call.
 */
#include "codegen/cg.h"

#define FEW_SITES 4   /* when there are more, there is a function */
#define SITE_STACK 64 /* bytes of stack of that */

/* What a function does with the value at @key, and the number that comes of it. */
static LLVMValueRef (*const changes[SITES])(struct cg *cg, const struct map *m, LLVMValueRef key,
					    LLVMValueRef v) = {
	[SITE_AGG] = agg_add,
	[SITE_WRITE] = map_put,
	[SITE_ADD] = map_add,
};

static void count_site(void *ctx, const struct node *n)
{
	const struct node *target = n->nkids ? n->kids[0] : NULL;
	struct cg *cg = ctx;
	struct sites *s;

	if ((n->kind != NODE_STMT_ASSIGN && n->kind != NODE_INCDEC) || target->kind != NODE_MAP)
		return;
	s = &cg->sites[map_index(cg, target->is.map)];
	if (n->op)
		s->count[SITE_ADD] += n->op->id == OP_ID_ADD || n->op->id == OP_ID_SUB;
	else if (n->kids[1]->kind == NODE_CALL && n->kids[1]->call == CALL_AGG)
		s->count[SITE_AGG]++;
	else if (target->is.map->key && type_shape(target->is.map->value) == SHAPE_INT)
		s->count[SITE_WRITE]++;
}

static void count_sites(struct cg *cg)
{
	for (uint32_t i = 0; i < cg->plan->nprograms; i++) {
		const struct program *p = &cg->plan->programs[i];

		for (uint32_t j = 0; j < p->nfunctions; j++)
			node_walk(p->functions[j]->body, count_site, cg);
		for (uint32_t j = 0; j < p->nclauses; j++)
			node_walk(p->clauses[j].body, count_site, cg);
	}
}

/* WHAT_MAP(key, v), without the key for a scalar. A global function may get NULL as it knows. */
static LLVMValueRef emit_function(struct cg *cg, const struct map *m, enum site what)
{
	static const char *const names[SITES] = { "aggregate", "write", "add" };
	LLVMTypeRef types[2] = { cg->ptr, cg->i64 };
	LLVMMetadataRef params[2];
	uint32_t skip = m->key ? 0 : 1;
	LLVMTypeRef type = LLVMFunctionType(cg->i64, types + skip, 2 - skip, false);
	const char *name = arena_printf(cg->arena, "%s_%s", names[what], m->symbol);
	LLVMValueRef function = LLVMAddFunction(cg->module, name, type), key;
	LLVMBasicBlockRef have;

	params[0] = m->key ? debug_bytes(cg, m->key->size) : NULL;
	params[1] = cg->di_long;
	if (cg->plan->kernel < KERNEL_GLOBAL)
		LLVMSetLinkage(function, LLVMInternalLinkage);
	cg->f = (struct frame){ .max_stack = SITE_STACK };
	cg->span = m->span;
	cg->params = params + skip;
	frame_begin(cg, function, name, 2 - skip);
	cg->params = NULL;
	have = cg_block(cg, "have_key");
	key = m->key ? LLVMGetParam(function, 0) : map_key_zero(cg);
	if (m->key)
		LLVMBuildCondBr(cg->b, cg_is_null(cg, key), cg->f.leave, have);
	else
		cg_jump(cg, have);
	cg_at(cg, have);
	LLVMBuildRet(cg->b, changes[what](cg, m, key, LLVMGetParam(function, 1 - skip)));
	cg_at(cg, cg->f.leave);
	LLVMBuildRet(cg->b, cg_int(cg, 0));
	frame_end(cg);
	return function;
}

void site_functions(struct cg *cg)
{
	cg->sites = arena_alloc(cg->arena, (cg->plan->nmaps + 1) * sizeof(*cg->sites));
	count_sites(cg);
	for (uint32_t i = 0; i < cg->plan->nmaps; i++)
		for (int what = 0; what < SITES; what++) {
			if (cg->sites[i].count[what] <= FEW_SITES)
				continue;
			cg->sites[i].function[what] = emit_function(cg, cg->plan->maps[i], what);
			cg->site_stack = SITE_STACK;
		}
}

LLVMValueRef site_call(struct cg *cg, const struct node *target, enum site what, LLVMValueRef v)
{
	const struct map *m = target->is.map;
	LLVMValueRef function = cg->sites[map_index(cg, m)].function[what], args[2] = { NULL, v };

	if (!function || cg->deep)
		return NULL;
	cg_uses(cg, function);
	if (m->key)
		args[0] = map_key(cg, target);
	return LLVMBuildCall2(cg->b, LLVMGlobalGetValueType(function), function,
			      m->key ? args : args + 1, m->key ? 2 : 1, "");
}
