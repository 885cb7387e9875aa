/* SPDX-License-Identifier: Apache-2.0 */
/* Memory, addresses and names: what user space prints by a number is that number here. */
#include "codegen/cg.h"
#include "parser/regs.h"

#define BPF_STACK_USER 256 /* BPF_F_USER_STACK */

enum space cg_space(const struct cg *cg, const struct node *n)
{
	return n->type->kind == TYPE_PTR ? n->type->space : cg->program->space;
}

void cg_read(struct cg *cg, enum space space, LLVMValueRef to, LLVMValueRef size, LLVMValueRef at)
{
	if (space == SPACE_USER)
		HELPER(cg, probe_read_user, 3, to, size, at);
	else
		HELPER(cg, probe_read_kernel, 3, to, size, at);
}

/* Bytes that buf() keeps: the type's capacity, or less when the call says so. */
static LLVMValueRef buf_length(struct cg *cg, const struct node *n)
{
	LLVMValueRef max = cg_int(cg, n->type->size - 4), length, larger;

	if (n->nkids < 2 || n->kids[1]->literal)
		return max;
	length = emit_expr(cg, n->kids[1], NULL);
	larger = LLVMBuildICmp(cg->b, LLVMIntUGT, length, max, "");
	return LLVMBuildSelect(cg->b, larger, max, length, "");
}

LLVMValueRef func_buf(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	const struct node *from = n->kids[0];
	bool memory = type_shape(from->type) == SHAPE_MEM;
	LLVMValueRef at = memory ? emit_address(cg, from) : emit_expr(cg, from, NULL);
	LLVMValueRef length = buf_length(cg, n), size;

	cg_zero(cg, to, (n->type->size + 7) & ~7u);
	cg_store(cg, to, length, 4);
	size = LLVMBuildTrunc(cg->b, length, cg->i32, "");
	cg_read(cg, memory ? SPACE_KERNEL : cg_space(cg, from), cg_offset(cg, to, 4), size, at);
	return NULL;
}

LLVMValueRef func_bswap(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef v = emit_expr(cg, n->kids[0], NULL);

	(void)to;
	return n->type->size == 1 ? LLVMBuildAnd(cg->b, v, cg_int(cg, 255), "")
				  : cg_bswap(cg, v, n->type->size);
}

LLVMValueRef func_kptr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return emit_expr(cg, n->kids[0], NULL);
}

LLVMValueRef func_uptr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

/* The clocks are in the order of check_func.c. */
LLVMValueRef func_nsecs(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	if (cg->plan->replay)
		return clock_now(cg);
	switch (n->kids[0]->number) {
	case 0:
		return HELPER(cg, ktime_get_ns, 0);
	case 2:
		return HELPER(cg, ktime_get_tai_ns, 0);
	case 3:
		return LLVMBuildAdd(cg->b, HELPER(cg, ktime_get_boot_ns, 0),
				    cg_int(cg, cg->plan->tai_offset_ns), "");
	default:
		return HELPER(cg, ktime_get_boot_ns, 0);
	}
}

LLVMValueRef func_ksym(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

LLVMValueRef func_usym(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef address = emit_expr(cg, n->kids[0], NULL);

	cg_store(cg, to, address, 8);
	cg_store(cg, cg_offset(cg, to, 8), cg_process(cg), 8);
	return NULL;
}

static LLVMValueRef stack_map(struct cg *cg, const struct type *t)
{
	for (uint32_t i = 0; i < cg->plan->nstacks; i++)
		if (cg->plan->stacks[i] == plan_stack(t))
			return cg->stacks[i];
	cg->error = "a stack map is not in the plan";
	return NULL;
}

static LLVMValueRef take_stack(struct cg *cg, const struct type *t, LLVMValueRef to)
{
	bool user = t->space == SPACE_USER;
	LLVMValueRef id = HELPER(cg, get_stackid, 3, cg->f.ctx, stack_map(cg, t),
				 cg_int(cg, user ? BPF_STACK_USER : 0));

	cg_store(cg, to, id, 8);
	cg_store(cg, cg_offset(cg, to, 8), user ? cg_process(cg) : cg_int(cg, 0), 8);
	return NULL;
}

LLVMValueRef func_kstack(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return take_stack(cg, n->type, to);
}

LLVMValueRef func_ustack(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return take_stack(cg, n->type, to);
}

LLVMValueRef func_strerror(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

LLVMValueRef func_signal_name(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

LLVMValueRef func_syscall_name(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

LLVMValueRef func_cgroup_path(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

LLVMValueRef func_strftime(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)to;
	return emit_expr(cg, n->kids[1], NULL);
}

LLVMValueRef func_comm(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return func_kptr(cg, n, to);
}

/* What is known is how far the symbol is from the probe, and that is where the program runs. */
LLVMValueRef func_uaddr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef at = cg->plan->kernel >= KERNEL_FUNC_IP
				  ? HELPER(cg, get_func_ip, 1, cg->f.ctx)
				  : cg_context(cg, regs_ip(), &type_uint64);

	(void)to;
	return LLVMBuildAdd(cg->b, at, cg_int(cg, n->number), "");
}

#define MAX_ERRNO 4095

/* The kernel's functions return errors as the highest addresses. */
LLVMValueRef func_is_err(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef v = emit_expr(cg, n->kids[0], NULL);

	(void)to;
	return LLVMBuildICmp(cg->b, LLVMIntUGE, v, cg_int(cg, -(uint64_t)MAX_ERRNO), "");
}

/* The kernel keeps how far each CPU's own symbols are from their addresses: @n is that array's. */
LLVMValueRef func_percpu_kaddr(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	LLVMValueRef cpu = n->nkids > 1 ? emit_expr(cg, n->kids[1], NULL)
					: HELPER(cg, get_smp_processor_id, 0);
	LLVMValueRef temp = cg_temp(cg, 8), at, exists;

	(void)to;
	at = LLVMBuildAdd(cg->b, LLVMBuildMul(cg->b, cpu, cg_int(cg, 8), ""), cg_int(cg, n->number),
			  "");
	cg_store(cg, temp, cg_int(cg, 0), 8);
	cg_read(cg, SPACE_KERNEL, temp, LLVMConstInt(cg->i32, 8, false), at);
	at = LLVMBuildAdd(cg->b, cg_load(cg, temp, 8, false), cg_int(cg, n->kids[0]->number), "");
	exists = LLVMBuildICmp(cg->b, LLVMIntULT, cpu, cg_int(cg, cg->plan->ncpus), "");
	return LLVMBuildSelect(cg->b, exists, at, cg_int(cg, 0), "");
}
