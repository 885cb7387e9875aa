/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/cg.h"

static LLVMValueRef emit_int(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return cg_int(cg, n->number);
}

/* Strings are written as constants, 8 bytes at a time. */
static LLVMValueRef emit_string(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	cg_text(cg, to, n->text, n->length, n->type->size);
	return NULL;
}

static LLVMValueRef emit_literal(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_string(cg, n, to); /* check() has made it one */
}

static LLVMValueRef emit_prefix(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to); /* these three stand only behind 'in', which knows them */
}

static LLVMValueRef emit_set(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to);
}

static LLVMValueRef emit_interval(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to);
}

static LLVMValueRef emit_ident(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_builtin(cg, n, to);
}

/* A value that stands at @from: loaded, or copied to @to. */
static LLVMValueRef value_at(struct cg *cg, const struct type *t, LLVMValueRef from,
			     LLVMValueRef to)
{
	if (type_shape(t) == SHAPE_INT)
		return cg_load(cg, from, t->size, t->is_signed);
	cg_copy(cg, to, from, t->size);
	return NULL;
}

/* What stands @offset bytes after an 8-aligned address, as C lays out records. */
static LLVMValueRef part_at(struct cg *cg, const struct type *t, LLVMValueRef from, uint64_t offset,
			    LLVMValueRef to)
{
	uint32_t align = offset % 8 ? offset & -offset & 7 : 8;
	LLVMValueRef v;

	if (type_shape(t) != SHAPE_INT) {
		LLVMBuildMemCpy(cg->b, to, 8, cg_offset(cg, from, offset), align,
				cg_int(cg, t->size));
		return NULL;
	}
	v = cg_load(cg, cg_offset(cg, from, offset), t->size, t->is_signed);
	if (align < t->size)
		LLVMSetAlignment(t->size == 8 ? v : LLVMGetOperand(v, 0), align);
	return v;
}

/* A member of a record in the program's own memory. */
static LLVMValueRef member_at(struct cg *cg, const struct node *n, LLVMValueRef from,
			      LLVMValueRef to)
{
	const struct field *f = n->is.field;

	if (f->bit_size)
		return place_bits(cg, f, part_at(cg, f->type, from, f->offset, NULL));
	if (n->type->kind != TYPE_STRING || f->type->kind == TYPE_STRING)
		return part_at(cg, n->type, from, f->offset, to);
	place_text(cg, n->type, f->type, SPACE_KERNEL,
		   LLVMBuildPtrToInt(cg->b, cg_offset(cg, from, f->offset), cg->i64, ""), to);
	return NULL;
}

static LLVMValueRef emit_var(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return value_at(cg, n->is.var->type, cg_var(cg, n->is.var), to);
}

static LLVMValueRef emit_map(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return map_read(cg, n, to);
}

static LLVMValueRef emit_param(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to); /* check() has made it a number or a string */
}

/* What a __data_loc word at @from points at. */
static LLVMValueRef data_at(struct cg *cg, const struct field *f, LLVMValueRef base)
{
	LLVMValueRef word = cg_load(cg, cg_offset(cg, base, f->offset), 4, false);

	word = LLVMBuildAnd(cg->b, word, cg_int(cg, 0xffff), "");
	if (f->source == FIELD_REL_LOC)
		base = cg_offset(cg, base, f->offset + 4);
	return cg_offset_by(cg, base, word);
}

/* A field of the program's context: numbers are loaded, all else is read by a helper. */
static LLVMValueRef context_field(struct cg *cg, const struct node *n, LLVMValueRef base,
				  LLVMValueRef to)
{
	const struct field *f = n->is.field;
	LLVMValueRef at = cg_offset(cg, base, f->offset), size;

	if (type_shape(n->type) == SHAPE_INT)
		return cg_context(cg, f->offset, f->type);
	if (n->type->kind != TYPE_STRING) {
		HELPER(cg, probe_read_kernel, 3, to, LLVMConstInt(cg->i32, n->type->size, false),
		       at);
		return NULL;
	}
	cg_zero(cg, to, n->type->size);
	size = LLVMConstInt(cg->i32, f->source == FIELD_PLAIN ? f->type->count : n->type->size,
			    false);
	HELPER(cg, probe_read_kernel_str, 3, to, size,
	       f->source == FIELD_PLAIN ? at : data_at(cg, f, base));
	return NULL;
}

static LLVMValueRef emit_field(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *base = n->kids[0];

	if (base->type->kind == TYPE_PTR && base->type->space == SPACE_CTX)
		return context_field(cg, n, cg->f.ctx, to);
	if (place_is_memory(n))
		return place_read(cg, n, to);
	return member_at(cg, n, emit_address(cg, base), to);
}

static LLVMValueRef emit_element(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return value_at(cg, n->type,
			cg_offset(cg, emit_address(cg, n->kids[0]), n->is.field->offset), to);
}

/* An element out of bounds is 0, and a warning. */
static LLVMValueRef emit_index(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct type *t = n->kids[0]->type;
	uint32_t count = t->kind == TYPE_ARRAY ? t->count : t->size;
	LLVMValueRef array, index, at, place;
	LLVMBasicBlockRef inside, outside, done;

	if (place_is_memory(n))
		return place_read(cg, n, to);
	array = emit_address(cg, n->kids[0]);
	if (n->kids[1]->literal)
		return part_at(cg, n->type, array, n->kids[1]->number * n->type->size, to);
	index = emit_expr(cg, n->kids[1], NULL);
	place = to ? to : cg_temp(cg, 8);
	cg_zero(cg, place, n->type->size > 8 ? n->type->size : 8);
	inside = cg_block(cg, "inside");
	outside = cg_block(cg, "outside");
	done = cg_block(cg, "done");
	cg_branch(cg, LLVMBuildICmp(cg->b, LLVMIntULT, index, cg_int(cg, count), ""), inside,
		  outside);
	cg_at(cg, outside);
	event_warn(cg, WARN_BOUNDS, NULL);
	cg_jump(cg, done);
	cg_at(cg, inside);
	at = LLVMBuildMul(cg->b, index, cg_int(cg, n->type->size), "");
	at = LLVMBuildAdd(cg->b, LLVMBuildPtrToInt(cg->b, array, cg->i64, ""), at, "");
	HELPER(cg, probe_read_kernel, 3, place, LLVMConstInt(cg->i32, n->type->size, false), at);
	cg_jump(cg, done);
	cg_at(cg, done);
	return to ? NULL : cg_load(cg, place, n->type->size, n->type->is_signed);
}

static LLVMValueRef emit_address_of(struct cg *cg, const struct node *k)
{
	const struct map *m = k->kind == NODE_MAP ? k->is.map : NULL;
	LLVMValueRef at;

	if (k->kind == NODE_FIELD || k->kind == NODE_INDEX)
		return place_address(cg, k);
	if (!m)
		at = cg_var(cg, k->is.var);
	else if ((m->key && !k->nkids) || m->value->kind == TYPE_AGG)
		at = map_global(cg, m);
	else
		at = map_lookup(cg, map_global(cg, m), map_key(cg, k));
	return cg_scalar(cg, LLVMBuildPtrToInt(cg->b, at, cg->i64, ""));
}

static LLVMValueRef emit_logic(struct cg *cg, const struct node *n);

static LLVMValueRef emit_unary(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef v;

	if (n->op->id == OP_ID_ADDRESS)
		return emit_address_of(cg, n->kids[0]);

	if (n->op->id == OP_ID_DEREF)
		return place_read(cg, n, to);
	if (n->op->id == OP_ID_NOT && cg->f.packet.fields)
		return emit_logic(cg, n);
	v = emit_expr(cg, n->kids[0], NULL);
	switch ((int)n->op->id) {
	case OP_ID_NOT:
		return cg_widen(cg, LLVMBuildICmp(cg->b, LLVMIntEQ, v, cg_int(cg, 0), ""));
	case OP_ID_INV:
		return LLVMBuildNot(cg->b, v, "");
	case OP_ID_NEG:
		return LLVMBuildNeg(cg->b, v, "");
	default:
		return v;
	}
}

static LLVMValueRef emit_incdec(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *target = n->kids[0];
	LLVMValueRef step = emit_step(cg, cg_int(cg, 1), n->type), old, value, slot;

	(void)to;
	if (target->kind == NODE_MAP) {
		value = map_update(cg, target, n->op->id, step);
		old = emit_operator(cg, n->op->id == OP_ID_ADD ? OP_ID_SUB : OP_ID_ADD, true, value,
				    step);
		return n->prefix ? value : old;
	}
	slot = cg_var(cg, target->is.var);
	old = cg_load(cg, slot, 8, true);
	value = emit_kept(cg, emit_operator(cg, n->op->id, true, old, step), target->is.var);
	cg_store(cg, slot, value, 8);
	return n->prefix ? value : old;
}

/* -x when @negative (i1), else x. */
static LLVMValueRef negate_if(struct cg *cg, LLVMValueRef negative, LLVMValueRef x)
{
	return LLVMBuildSelect(cg->b, negative, LLVMBuildNeg(cg->b, x, ""), x, "");
}

static LLVMValueRef is_negative(struct cg *cg, LLVMValueRef x)
{
	return LLVMBuildICmp(cg->b, LLVMIntSLT, x, cg_int(cg, 0), "");
}

/* BPF v3 divides unsigned only: divide the absolute values, then give the sign back. */
static LLVMValueRef signed_division(struct cg *cg, bool modulo, LLVMValueRef a, LLVMValueRef b)
{
	LLVMValueRef na = is_negative(cg, a), nb = is_negative(cg, b);
	LLVMValueRef ua = negate_if(cg, na, a), ub = negate_if(cg, nb, b);

	if (modulo)
		return negate_if(cg, na, LLVMBuildURem(cg->b, ua, ub, ""));
	return negate_if(cg, LLVMBuildXor(cg->b, na, nb, ""), LLVMBuildUDiv(cg->b, ua, ub, ""));
}

static const LLVMIntPredicate predicates[2][OP_COUNT] = {
	{ [OP_ID_EQ] = LLVMIntEQ,
	  [OP_ID_NE] = LLVMIntNE,
	  [OP_ID_LT] = LLVMIntULT,
	  [OP_ID_LE] = LLVMIntULE,
	  [OP_ID_GT] = LLVMIntUGT,
	  [OP_ID_GE] = LLVMIntUGE },
	{ [OP_ID_EQ] = LLVMIntEQ,
	  [OP_ID_NE] = LLVMIntNE,
	  [OP_ID_LT] = LLVMIntSLT,
	  [OP_ID_LE] = LLVMIntSLE,
	  [OP_ID_GT] = LLVMIntSGT,
	  [OP_ID_GE] = LLVMIntSGE },
};

LLVMValueRef emit_division(struct cg *cg, enum op_id op, bool is_signed, LLVMValueRef a,
			   LLVMValueRef b)
{
	if (is_signed)
		return signed_division(cg, op == OP_ID_MOD, a, b);
	return op == OP_ID_MOD ? LLVMBuildURem(cg->b, a, b, "") : LLVMBuildUDiv(cg->b, a, b, "");
}

static LLVMValueRef checked_division(struct cg *cg, enum op_id op, bool is_signed, LLVMValueRef a,
				     LLVMValueRef b)
{
	LLVMBasicBlockRef divide, zero, done, from[2];
	LLVMValueRef values[2];

	if (LLVMIsConstant(b))
		return emit_division(cg, op, is_signed, a, b);
	divide = cg_block(cg, "divide");
	zero = cg_block(cg, "zero");
	done = cg_block(cg, "done");
	cg_branch(cg, b, divide, zero);
	cg_at(cg, divide);
	values[0] = emit_division(cg, op, is_signed, a, b);
	from[0] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, zero);
	event_warn(cg, WARN_DIVISION, NULL);
	values[1] = cg_int(cg, 1);
	from[1] = LLVMGetInsertBlock(cg->b);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

LLVMValueRef emit_operator(struct cg *cg, enum op_id op, bool is_signed, LLVMValueRef a,
			   LLVMValueRef b)
{
	if (op_rows[op].class == OP_SHIFT)
		b = LLVMBuildAnd(cg->b, b, cg_int(cg, 63), "");
	switch ((int)op) {
	case OP_ID_ADD:
		return LLVMBuildAdd(cg->b, a, b, "");
	case OP_ID_SUB:
		return LLVMBuildSub(cg->b, a, b, "");
	case OP_ID_MUL:
		return LLVMBuildMul(cg->b, a, b, "");
	case OP_ID_DIV:
	case OP_ID_MOD:
		return checked_division(cg, op, is_signed, a, b);
	case OP_ID_AND:
		return LLVMBuildAnd(cg->b, a, b, "");
	case OP_ID_OR:
		return LLVMBuildOr(cg->b, a, b, "");
	case OP_ID_XOR:
		return LLVMBuildXor(cg->b, a, b, "");
	case OP_ID_SHL:
		return LLVMBuildShl(cg->b, a, b, "");
	case OP_ID_SHR:
		return is_signed ? LLVMBuildAShr(cg->b, a, b, "") : LLVMBuildLShr(cg->b, a, b, "");
	default:
		return LLVMBuildICmp(cg->b, predicates[is_signed][op], a, b, "");
	}
}

/* Signedness of a comparison or division: unsigned when neither side can be negative. */
static bool signed_operation(const struct node *n)
{
	const struct node *a = n->kids[0], *b = n->kids[1];

	if (n->op->class == OP_SHIFT)
		return a->type->is_signed;
	return (a->type->is_signed &&
		!(a->literal && !a->is_unsigned && (int64_t)a->number >= 0)) ||
	       (b->type->is_signed && !(b->literal && !b->is_unsigned && (int64_t)b->number >= 0));
}

static LLVMValueRef emit_logic(struct cg *cg, const struct node *n)
{
	LLVMBasicBlockRef yes = cg_block(cg, "yes"), no = cg_block(cg, "no"),
			  done = cg_block(cg, "done");
	LLVMValueRef values[2] = { cg_int(cg, 1), cg_int(cg, 0) };
	LLVMBasicBlockRef from[2] = { yes, no };

	emit_condition(cg, n, yes, no);
	cg_at(cg, yes);
	cg_jump(cg, done);
	cg_at(cg, no);
	cg_jump(cg, done);
	cg_at(cg, done);
	return cg_phi(cg, values, from, 2);
}

/* What is true or false, and false when a field in it is absent. */
static bool is_comparison(const struct op *op)
{
	return op->class == OP_COMPARE || op->class == OP_ORDER || op->class == OP_MEMBER;
}

/* i64 or i1 */
static LLVMValueRef compare(struct cg *cg, const struct node *n)
{
	LLVMValueRef a, b;

	if (n->op->class == OP_MEMBER || n->kids[1]->kind == NODE_SET)
		return emit_member_operator(cg, n);
	if (type_shape(n->kids[0]->type) == SHAPE_MEM ||
	    type_shape(n->kids[1]->type) == SHAPE_MEM) {
		a = emit_equal(cg, n);
		return cg_widen(cg, n->op->id == OP_ID_EQ ? a : LLVMBuildNot(cg->b, a, ""));
	}
	a = emit_expr(cg, n->kids[0], NULL);
	b = emit_expr(cg, n->kids[1], NULL);
	b = emit_step(cg, b, n->type);
	return cg_widen(cg, emit_operator(cg, n->op->id, signed_operation(n), a, b));
}

/* Where a value goes that nothing takes. */
static LLVMValueRef unused_place(struct cg *cg, const struct node *n)
{
	return type_shape(n->type) == SHAPE_MEM ? cg_temp(cg, n->type->size) : NULL;
}

/* A value that is there, or (NULL) is not. */
static void optional(struct cg *cg, const struct node *value, const struct type *t, LLVMValueRef to)
{
	if (!value) {
		cg_zero(cg, to, t->size);
		return;
	}
	cg_store(cg, to, cg_int(cg, 1), 8);
	emit_to(cg, value, cg_offset(cg, to, 8), t->elem);
}

/* a ?? b: b where a needs a field that is absent. */
static LLVMValueRef emit_default(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMBasicBlockRef outer = cg->f.absent, other = cg_block(cg, "absent"),
			  done = cg_block(cg, "done"), from[2];
	LLVMValueRef values[2] = { NULL, NULL };

	for (int i = 0; i < 2; i++) {
		cg->f.absent = i ? outer : other;
		if (i)
			cg_at(cg, other);
		if (n->type->kind == TYPE_OPTIONAL)
			optional(cg, i ? NULL : n->kids[0], n->type, to);
		else if (to)
			emit_to(cg, n->kids[i], to, n->type);
		else
			values[i] = emit_expr(cg, n->kids[i], NULL);
		from[i] = LLVMGetInsertBlock(cg->b);
		cg_jump(cg, done);
	}
	cg_at(cg, done);
	if (to)
		return NULL;
	return cg_phi(cg, values, from, 2);
}

static LLVMValueRef emit_binary(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	if (n->op->class == OP_DEFAULT)
		return emit_default(cg, n, to);
	if (n->op->class == OP_LOGIC || (cg->f.packet.fields && is_comparison(n->op)))
		return emit_logic(cg, n);
	return cg_widen(cg, compare(cg, n));
}

static LLVMValueRef emit_cond(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMBasicBlockRef blocks[2] = { cg_block(cg, "then"), cg_block(cg, "else") },
			  done = cg_block(cg, "done");
	LLVMValueRef values[2] = { NULL, NULL };
	bool elvis = n->nkids == 2; /* a ?: b */

	if (elvis)
		values[0] = emit_expr(cg, n->kids[0], NULL);
	if (elvis)
		cg_branch(cg, values[0], blocks[0], blocks[1]);
	else
		emit_condition(cg, n->kids[0], blocks[0], blocks[1]);
	for (int i = 0; i < 2; i++) {
		const struct node *k = n->kids[n->nkids - 2 + i];

		cg_at(cg, blocks[i]);
		if (to)
			emit_to(cg, k, to, n->type);
		else if (!elvis || i)
			values[i] = emit_expr(cg, k, unused_place(cg, k));
		blocks[i] = LLVMGetInsertBlock(cg->b);
		cg_jump(cg, done);
	}
	cg_at(cg, done);
	if (to || type_shape(n->type) == SHAPE_NONE)
		return NULL;
	return cg_phi(cg, values, blocks, 2);
}

static LLVMValueRef emit_call(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	if (n->call == CALL_FUNC)
		return emit_func(cg, n, to);
	if (n->call == CALL_USER)
		return emit_user_call(cg, n, to);
	event_emit(cg, n);
	return NULL;
}

/* A value in memory as another that has the same bytes, or a prefix of them. */
static void cast_memory(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct type *from = n->kids[1]->type, *into = n->type;
	uint32_t skip = from->kind == TYPE_BUF ? 4 : 0, head = into->kind == TYPE_BUF ? 4 : 0;
	uint32_t size = from->size - skip, room = into->size - head;
	LLVMValueRef at = emit_address(cg, n->kids[1]);

	size = size < room ? size : room;
	cg_zero(cg, to, into->size);
	if (head)
		cg_store(cg, to, cg_int(cg, size), 4);
	LLVMBuildMemCpy(cg->b, cg_offset(cg, to, head), head ? 4 : 8, cg_offset(cg, at, skip),
			skip ? 4 : 8, cg_int(cg, size));
	if (into->kind == TYPE_STRING)
		cg_store(cg, cg_offset(cg, to, into->size - 1), cg_int(cg, 0), 1);
}

LLVMValueRef emit_narrow(struct cg *cg, LLVMValueRef v, const struct type *t)
{
	LLVMValueRef bits;

	if (t->kind == TYPE_BOOL)
		return cg_widen(cg, LLVMBuildICmp(cg->b, LLVMIntNE, v, cg_int(cg, 0), ""));
	if (t->size == 8)
		return v;
	bits = cg_int(cg, 64 - 8 * t->size);
	v = LLVMBuildShl(cg->b, v, bits, "");
	return t->is_signed ? LLVMBuildAShr(cg->b, v, bits, "") : LLVMBuildLShr(cg->b, v, bits, "");
}

LLVMValueRef emit_kept(struct cg *cg, LLVMValueRef v, const struct var *var)
{
	return var->narrow ? emit_narrow(cg, v, var->narrow) : v;
}

LLVMValueRef emit_step(struct cg *cg, LLVMValueRef n, const struct type *t)
{
	uint64_t size = t->kind == TYPE_PTR ? place_step(t) : 1;

	return size == 1 ? n : LLVMBuildMul(cg->b, n, cg_int(cg, size), "");
}

static LLVMValueRef emit_cast(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	bool from_memory = type_shape(n->kids[1]->type) == SHAPE_MEM;
	LLVMValueRef v;

	if (to && !from_memory) {
		v = emit_expr(cg, n->kids[1], NULL);
		cg_zero(cg, to, n->type->size);
		v = v ? v : cg_int(cg, 0);
		for (uint32_t i = 0; n->type->size % 8 && i < n->type->size; i++)
			cg_store(cg, cg_offset(cg, to, i),
				 LLVMBuildLShr(cg->b, v, cg_int(cg, 8 * i), ""), 1);
		if (n->type->size % 8 == 0)
			cg_store(cg, to, v, 8);
		return NULL;
	}
	if (from_memory && !to)
		return cg_load(cg, emit_address(cg, n->kids[1]), n->type->size, n->type->is_signed);
	if (to) {
		if (n->type->kind == TYPE_STRING && n->kids[1]->type->kind == TYPE_STRING)
			emit_to(cg, n->kids[1], to, n->type);
		else
			cast_memory(cg, n, to);
		return NULL;
	}
	return emit_narrow(cg, emit_expr(cg, n->kids[1], NULL), n->type);
}

static LLVMValueRef emit_tuple(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	emit_to(cg, n, to, n->type);
	return NULL;
}

static LLVMValueRef emit_record(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	emit_to(cg, n, to, n->type);
	return NULL;
}

static LLVMValueRef emit_member(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_expr(cg, n->kids[0], to);
}

static LLVMValueRef emit_block(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *last = n->kids[n->nkids - 1];

	for (uint32_t i = 0; i + 1 < n->nkids; i++)
		emit_stmt(cg, n->kids[i]);
	if (last->kind == NODE_STMT_EXPR)
		return emit_expr(cg, last->kids[0], to);
	emit_stmt(cg, last);
	return NULL;
}

static LLVMValueRef emit_offsetof(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to); /* check() has made it a number */
}

static LLVMValueRef emit_sizeof(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to); /* check() has made it a number */
}

static LLVMValueRef emit_typename(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_int(cg, n, to); /* stands only inside casts, whose operand is emitted */
}

static LLVMValueRef (*const emit_node[NODE_KINDS])(struct cg *cg, const struct node *n,
						   LLVMValueRef to) = {
#define STMT(ID, id, name, kids)
#define TOP(ID, id, name, kids)
#define EXPR(ID, id, name, kids) [NODE_##ID] = emit_##id,
#include "parser/nodes.def"
#undef EXPR
#undef TOP
#undef STMT
};

LLVMValueRef emit_expr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	struct span outer = cg->span;
	LLVMValueRef v;

	cg->span = n->span;
	v = emit_node[n->kind](cg, n, to);
	cg->span = outer;
	return v;
}

/* Memory is compared and hashed in words: the bytes after a value in its last word are zero. */
static void pad(struct cg *cg, LLVMValueRef to, const struct type *t)
{
	if (t->size % 8)
		cg_store(cg, cg_offset(cg, to, t->size & ~7u), cg_int(cg, 0), 8);
}

LLVMValueRef emit_address(struct cg *cg, const struct node *n)
{
	LLVMValueRef to;

	if (n->kind == NODE_VAR)
		return cg_var(cg, n->is.var);
	to = cg_temp(cg, n->type->size);
	pad(cg, to, n->type);
	emit_expr(cg, n, to);
	return to;
}

/* An address of one family as one of either. */
static void widen_address(struct cg *cg, LLVMValueRef to, LLVMValueRef number, LLVMValueRef from)
{
	cg_store(cg, to, cg_int(cg, from ? 16 : 4), 8);
	if (from) {
		cg_copy(cg, cg_offset(cg, to, 8), from, 16);
		return;
	}
	cg_store(cg, cg_offset(cg, to, 8), cg_bswap(cg, number, 4), 8);
	cg_store(cg, cg_offset(cg, to, 16), cg_int(cg, 0), 8);
}

/* Copies a value that stands at @from as @t into the layout of @into. */
static void convert(struct cg *cg, LLVMValueRef to, const struct type *into, LLVMValueRef from,
		    const struct type *t)
{
	if (type_shape(into) == SHAPE_INT) {
		cg_store(cg, to, cg_load(cg, from, t->size, t->is_signed), 8);
	} else if (into->kind == TYPE_INET && t->kind == TYPE_IP4) {
		widen_address(cg, to, cg_load(cg, from, 8, false), NULL);
	} else if (into->kind == TYPE_INET && t->kind == TYPE_IP6) {
		widen_address(cg, to, NULL, from);
	} else if (into->kind == TYPE_TUPLE || (into->kind == TYPE_RECORD && !into->name)) {
		for (uint32_t i = 0; i < into->count; i++)
			convert(cg, cg_offset(cg, to, into->fields[i].offset), into->fields[i].type,
				cg_offset(cg, from, t->fields[i].offset), t->fields[i].type);
	} else if (t->size <= into->size) {
		cg_copy(cg, to, from, t->size);
		cg_zero_rest(cg, to, t->size, into->size);
	} else {
		cg_copy(cg, to, from, into->size);
		if (into->kind == TYPE_STRING)
			cg_store(cg, cg_offset(cg, to, into->size - 1), cg_int(cg, 0), 1);
	}
}

void emit_to(struct cg *cg, const struct node *n, LLVMValueRef to, const struct type *t)
{
	if (type_shape(t) == SHAPE_INT) {
		cg_store(cg, to, emit_expr(cg, n, NULL), 8);
		return;
	}
	pad(cg, to, t);
	if (n->kind == NODE_MEMBER) {
		emit_to(cg, n->kids[0], to, t);
	} else if (n->kind == NODE_TUPLE || n->kind == NODE_RECORD) {
		for (uint32_t i = 0; i < n->nkids; i++)
			emit_to(cg, n->kids[i], cg_offset(cg, to, t->fields[i].offset),
				t->fields[i].type);
	} else if (type_equal(n->type, t)) {
		emit_expr(cg, n, to);
	} else if (type_shape(n->type) == SHAPE_INT) {
		widen_address(cg, to, emit_expr(cg, n, NULL), NULL);
	} else if (n->type->kind == TYPE_STRING && n->type->size < t->size) {
		emit_expr(cg, n, to);
		cg_zero_rest(cg, to, n->type->size, t->size);
	} else {
		convert(cg, to, t, emit_address(cg, n), n->type);
	}
}

void emit_condition(struct cg *cg, const struct node *n, LLVMBasicBlockRef then,
		    LLVMBasicBlockRef otherwise)
{
	LLVMBasicBlockRef right;

	if (n->kind == NODE_UNARY && n->op->id == OP_ID_NOT) {
		emit_condition(cg, n->kids[0], otherwise, then);
	} else if (n->kind == NODE_BINARY && n->op->class == OP_LOGIC) {
		right = cg_block(cg, "right");
		if (n->op->id == OP_ID_LAND)
			emit_condition(cg, n->kids[0], right, otherwise);
		else
			emit_condition(cg, n->kids[0], then, right);
		cg_at(cg, right);
		emit_condition(cg, n->kids[1], then, otherwise);
	} else {
		LLVMBasicBlockRef outer = cg->f.absent;

		cg->f.absent = otherwise;
		if (n->kind == NODE_BINARY && is_comparison(n->op))
			cg_branch(cg, compare(cg, n), then, otherwise);
		else
			cg_branch(cg, emit_expr(cg, n, NULL), then, otherwise);
		cg->f.absent = outer;
	}
}
