/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing maps. A scalar is an array of one: its value, then its written flag. */
#include "codegen/cg.h"

static bool is_scalar(const struct map *m)
{
	return !m->key;
}

uint32_t map_index(const struct cg *cg, const struct map *m)
{
	uint32_t i = 0;

	while (i + 1 < cg->plan->nmaps && cg->plan->maps[i] != m)
		i++;
	return i;
}

LLVMValueRef map_global(struct cg *cg, const struct map *m)
{
	return cg->maps[map_index(cg, m)];
}

LLVMValueRef map_lookup(struct cg *cg, LLVMValueRef map, LLVMValueRef key)
{
	return cg_helper(cg, BPF_FUNC_map_lookup_elem, true, 2, map, key);
}

LLVMValueRef map_key_zero(struct cg *cg)
{
	LLVMValueRef key = cg_temp(cg, 8);

	cg_store(cg, key, cg_int(cg, 0), 4);
	return key;
}

LLVMValueRef map_word(struct cg *cg, LLVMValueRef map, uint32_t offset)
{
	LLVMBasicBlockRef found = cg_block(cg, "found"), done = cg_block(cg, "done"), from[2];
	LLVMValueRef at, values[2] = { cg_int(cg, 0) };

	at = map_lookup(cg, map, map_key_zero(cg));
	from[0] = LLVMGetInsertBlock(cg->b);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at), done, found);
	cg_at(cg, found);
	values[1] = cg_load(cg, cg_offset(cg, at, offset), 8, false);
	from[1] = found;
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

LLVMValueRef map_key(struct cg *cg, const struct node *target)
{
	const struct map *m = target->is.map;
	LLVMBasicBlockRef absent = cg->f.absent;
	LLVMValueRef key;

	if (is_scalar(m))
		return map_key_zero(cg);
	key = cg_temp(cg, m->key->size);
	if (target == cg->f.keyed)
		cg->f.absent = cg->f.no_key;
	emit_to(cg, target->kids[0], key, m->key);
	cg->f.absent = absent;
	return key;
}

/* The value at @key, in block @found; the builder goes on there. */
static LLVMValueRef lookup(struct cg *cg, const struct map *m, LLVMValueRef key,
			   LLVMBasicBlockRef missing)
{
	LLVMBasicBlockRef found = cg_block(cg, "found");
	LLVMValueRef value = map_lookup(cg, map_global(cg, m), key);

	LLVMBuildCondBr(cg->b, cg_is_null(cg, value), missing, found);
	cg_at(cg, found);
	return value;
}

/* A missing key reads as zero bytes. */
LLVMValueRef map_read(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct type *t = n->is.map->value;
	LLVMBasicBlockRef done, missing, from[2];
	LLVMValueRef key, values[2], at;

	if (t->kind == TYPE_AGG)
		return agg_read(cg, n->is.map, map_key(cg, n));
	done = cg_block(cg, "done");
	key = map_key(cg, n);
	if (to)
		cg_zero(cg, to, t->size);
	missing = cg->plan->failures ? cg_block(cg, "missing") : done;
	from[0] = LLVMGetInsertBlock(cg->b);
	at = lookup(cg, n->is.map, key, missing);
	from[1] = LLVMGetInsertBlock(cg->b);
	values[0] = cg_int(cg, 0);
	values[1] = to ? NULL : cg_load(cg, at, 8, t->is_signed);
	if (to)
		cg_copy(cg, to, at, t->size);
	cg_jump(cg, done);
	if (missing != done) {
		cg_at(cg, missing);
		event_failure(cg, BPF_FUNC_map_lookup_elem, cg_int(cg, 0));
		from[0] = LLVMGetInsertBlock(cg->b);
		cg_jump(cg, done);
	}
	cg_at(cg, done);
	if (to)
		return NULL;
	return cg_phi(cg, values, from, 2);
}

/* Counts a refused update; a key that came to exist meanwhile is no refusal. */
static void update(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef value,
		   uint64_t flags)
{
	LLVMBasicBlockRef refused = cg_block(cg, "refused"), done = cg_block(cg, "done");
	LLVMValueRef rc =
		HELPER(cg, map_update_elem, 4, map_global(cg, m), key, value, cg_int(cg, flags));

	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntSLT, rc, cg_int(cg, 0), ""), refused, done);
	cg_at(cg, refused);
	event_lost(cg, LOST_MAP_UPDATES);
	event_warn(cg, WARN_MAP_FULL, rc);
	cg_jump(cg, done);
	cg_at(cg, done);
}

static void set_flag(struct cg *cg, const struct map *m, LLVMValueRef at, uint64_t flag)
{
	if (is_scalar(m))
		cg_store(cg, cg_offset(cg, at, m->flag_offset), cg_int(cg, flag), 8);
}

/* Integers are written in place where the key exists: cheaper than an update, and as atomic. */
LLVMValueRef map_put(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef value)
{
	LLVMBasicBlockRef missing = cg_block(cg, "missing"), done = cg_block(cg, "done");
	LLVMValueRef at, temp;

	at = lookup(cg, m, key, missing);
	cg_store(cg, at, value, 8);
	set_flag(cg, m, at, 1);
	cg_jump(cg, done);
	cg_at(cg, missing);
	if (!is_scalar(m)) {
		temp = cg_temp(cg, 8);
		cg_store(cg, temp, value, 8);
		update(cg, m, key, temp, BPF_ANY);
	}
	cg_jump(cg, done);
	cg_at(cg, done);
	return value;
}

void map_write(struct cg *cg, const struct node *target, const struct node *value)
{
	const struct map *m = target->is.map;
	LLVMBasicBlockRef done;
	LLVMValueRef temp, key, at;

	if (type_shape(m->value) == SHAPE_INT) {
		temp = emit_expr(cg, value, NULL);
		cg->span = target->span;
		if (!site_call(cg, target, SITE_WRITE, temp))
			map_put(cg, m, map_key(cg, target), temp);
		return;
	}
	temp = cg_temp(cg, m->value->size);
	emit_to(cg, value, temp, m->value);
	cg->span = target->span;
	key = map_key(cg, target);
	if (!is_scalar(m)) {
		update(cg, m, key, temp, BPF_ANY);
		return;
	}
	done = cg_block(cg, "done");
	at = lookup(cg, m, key, done);
	cg_copy(cg, at, temp, m->value->size);
	set_flag(cg, m, at, 1);
	cg_jump(cg, done);
	cg_at(cg, done);
}

/* The new value of the word at @at after @op; adding is one atomic instruction. */
static LLVMValueRef update_word(struct cg *cg, LLVMValueRef at, enum op_id op, bool is_signed,
				LLVMValueRef value)
{
	LLVMValueRef old;

	if (op == OP_ID_ADD) {
		old = cg->plan->kernel >= KERNEL_FETCH ? NULL : cg_load(cg, at, 8, is_signed);
		if (cg->plan->kernel >= KERNEL_FETCH)
			old = LLVMBuildAtomicRMW(cg->b, LLVMAtomicRMWBinOpAdd, at, value,
						 LLVMAtomicOrderingMonotonic, false);
		else
			LLVMBuildAtomicRMW(cg->b, LLVMAtomicRMWBinOpAdd, at, value,
					   LLVMAtomicOrderingMonotonic, false);
		return LLVMBuildAdd(cg->b, old, value, "");
	}
	value = cg_widen(cg,
			 emit_operator(cg, op, is_signed, cg_load(cg, at, 8, is_signed), value));
	cg_store(cg, at, value, 8);
	return value;
}

/*
 * A missing key is inserted as zero first; who loses that race finds the other's.
 * When even that fails the update is lost, and counted.
 */
static LLVMValueRef change(struct cg *cg, const struct map *m, LLVMValueRef key, enum op_id op,
			   LLVMValueRef value)
{
	LLVMBasicBlockRef missing = cg_block(cg, "missing"), refused = cg_block(cg, "refused");
	LLVMBasicBlockRef apply = cg_block(cg, "apply"), done = cg_block(cg, "done"), from[2];
	LLVMValueRef map = map_global(cg, m), at[2], zero, phi, values[2], rc = NULL;

	at[0] = map_lookup(cg, map, key);
	from[0] = LLVMGetInsertBlock(cg->b);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at[0]), missing, apply);
	cg_at(cg, missing);
	zero = cg_temp(cg, 8);
	cg_store(cg, zero, cg_int(cg, 0), 8);
	if (!is_scalar(m))
		rc = HELPER(cg, map_update_elem, 4, map, key, zero, cg_int(cg, BPF_NOEXIST));
	at[1] = map_lookup(cg, map, key);
	from[1] = LLVMGetInsertBlock(cg->b);
	LLVMBuildCondBr(cg->b, cg_is_null(cg, at[1]), refused, apply);
	cg_at(cg, apply);
	phi = LLVMBuildPhi(cg->b, cg->ptr, "");
	LLVMAddIncoming(phi, at, from, 2);
	values[0] = update_word(cg, phi, op, m->value->is_signed, value);
	set_flag(cg, m, phi, 1);
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, refused);
	event_lost(cg, LOST_MAP_UPDATES);
	if (rc)
		event_warn(cg, WARN_MAP_FULL, rc);
	values[1] = cg_int(cg, 0);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	phi = LLVMBuildPhi(cg->b, cg->i64, "");
	LLVMAddIncoming(phi, values, from, 2);
	return phi;
}

LLVMValueRef map_add(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef value)
{
	return change(cg, m, key, OP_ID_ADD, value);
}

LLVMValueRef map_update(struct cg *cg, const struct node *target, enum op_id op, LLVMValueRef value)
{
	LLVMValueRef result = NULL;

	if (op == OP_ID_SUB) {
		value = LLVMBuildNeg(cg->b, value, "");
		op = OP_ID_ADD;
	}
	if (op == OP_ID_ADD)
		result = site_call(cg, target, SITE_ADD, value);
	return result ? result : change(cg, target->is.map, map_key(cg, target), op, value);
}

/* Zeroes the scalar at @at, and notes in @was whether it was written. */
static void delete_value(struct cg *cg, const struct map *m, LLVMValueRef at, LLVMValueRef was)
{
	LLVMValueRef flag = cg_load(cg, cg_offset(cg, at, m->flag_offset), 8, false);

	cg_store(cg, was, LLVMBuildOr(cg->b, cg_load(cg, was, 8, false), flag, ""), 8);
	cg_zero(cg, at, m->value_size);
}

static LLVMValueRef delete_scalar(struct cg *cg, const struct node *target)
{
	const struct map *m = target->is.map;
	LLVMBasicBlockRef done = cg_block(cg, "done");
	LLVMValueRef key = map_key_zero(cg), was = cg_temp(cg, 8);

	cg_store(cg, was, cg_int(cg, 0), 8);
	if (m->storage == MAP_SCALAR_PERCPU)
		agg_each_cpu(cg, m, key, "delete", delete_value, was);
	else
		delete_value(cg, m, lookup(cg, m, key, done), was);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_load(cg, was, 8, false);
}

LLVMValueRef map_delete(struct cg *cg, const struct node *target)
{
	LLVMValueRef rc;

	if (is_scalar(target->is.map))
		return delete_scalar(cg, target);
	rc = HELPER(cg, map_delete_elem, 2, map_global(cg, target->is.map), map_key(cg, target));
	return cg_widen(cg, LLVMBuildICmp(cg->b, LLVMIntEQ, rc, cg_int(cg, 0), ""));
}

/* Opaque: of tests of a pointer LLVM would make one of that pointer's bits. */
LLVMValueRef map_has_key(struct cg *cg, const struct node *target)
{
	LLVMValueRef key = map_key(cg, target);
	LLVMValueRef at = map_lookup(cg, map_global(cg, target->is.map), key);

	return cg_opaque(cg, cg_widen(cg, LLVMBuildNot(cg->b, cg_is_null(cg, at), "")));
}
