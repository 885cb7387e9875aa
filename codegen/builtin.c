/* SPDX-License-Identifier: Apache-2.0 */
/* Builtin variables: numbers are returned, strings written to @to. */
#include <string.h>

#include "codegen/cg.h"

static LLVMValueRef builtin_args(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return LLVMBuildPtrToInt(cg->b, cg->f.ctx, cg->i64, "");
}

/* The address in the process's memory where an argument is. */
static LLVMValueRef user_address(struct cg *cg, const struct arg *a)
{
	LLVMValueRef at = cg_int(cg, a->value), v;

	if (a->base != ARG_NO_REGISTER)
		at = LLVMBuildAdd(cg->b, cg_context(cg, a->base, &type_uint64), at, "");
	if (a->index == ARG_NO_REGISTER)
		return at;
	v = cg_context(cg, a->index, &type_uint64);
	return LLVMBuildAdd(cg->b, at, LLVMBuildMul(cg->b, v, cg_int(cg, a->scale), ""), "");
}

static LLVMValueRef emit_arg(struct cg *cg, const struct arg *a)
{
	const struct type *t = type_int(a->size, a->is_signed);
	LLVMValueRef temp;

	if (a->kind == ARG_CONST)
		return cg_int(cg, a->value);
	if (a->kind == ARG_CTX)
		return cg_context(cg, a->base, t);
	temp = cg_temp(cg, 8);
	HELPER(cg, probe_read_user, 3, temp, LLVMConstInt(cg->i32, a->size, false),
	       user_address(cg, a));
	return cg_load(cg, temp, a->size, a->is_signed);
}

#define ARG(n)                                                                     \
	static LLVMValueRef builtin_arg##n(struct cg *cg, const struct node *node, \
					   LLVMValueRef to)                        \
	{                                                                          \
		(void)node;                                                        \
		(void)to;                                                          \
		return emit_arg(cg, &cg->program->attaches[0].args[n]);            \
	}
ARG(0)
ARG(1)
ARG(2)
ARG(3)
ARG(4)
ARG(5)
ARG(6)
ARG(7)
ARG(8)
ARG(9)
#undef ARG

/* Some kernels (6.1) do not pad what they copy. */
static LLVMValueRef builtin_comm(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	cg_zero(cg, to, n->type->size);
	HELPER(cg, get_current_comm, 2, to, LLVMConstInt(cg->i32, n->type->size, false));
	return NULL;
}

static LLVMValueRef builtin_cpu(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return HELPER(cg, get_smp_processor_id, 0);
}

static LLVMValueRef builtin_nsecs(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return clock_now(cg);
}

static LLVMValueRef builtin_ctx(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return builtin_args(cg, n, to);
}

static LLVMValueRef builtin_elapsed(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return LLVMBuildSub(cg->b, clock_now(cg), clock_start(cg), "");
}

static LLVMValueRef high(struct cg *cg, LLVMValueRef v)
{
	return LLVMBuildLShr(cg->b, v, cg_int(cg, 32), "");
}

static LLVMValueRef low(struct cg *cg, LLVMValueRef v)
{
	return LLVMBuildAnd(cg->b, v, cg_int(cg, UINT32_MAX), "");
}

/* What our namespace of processes does not have has no id in it: 0. */
static LLVMValueRef id_in_namespace(struct cg *cg, bool process)
{
	LLVMValueRef ids = cg_temp(cg, 8); /* struct bpf_pidns_info: thread, process */

	cg_store(cg, ids, cg_int(cg, 0), 8);
	HELPER(cg, get_ns_current_pid_tgid, 4, cg_int(cg, cg->plan->pid_dev),
	       cg_int(cg, cg->plan->pid_ino), ids, LLVMConstInt(cg->i32, 8, false));
	return cg_load(cg, cg_offset(cg, ids, process ? 4 : 0), 4, false);
}

LLVMValueRef cg_process(struct cg *cg)
{
	return cg->plan->pid_ino ? id_in_namespace(cg, true)
				 : high(cg, HELPER(cg, get_current_pid_tgid, 0));
}

static LLVMValueRef builtin_pid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return cg_process(cg);
}

static LLVMValueRef builtin_tid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return cg->plan->pid_ino ? id_in_namespace(cg, false)
				 : low(cg, HELPER(cg, get_current_pid_tgid, 0));
}

LLVMValueRef func_pid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return n->kids[0]->number ? builtin_pid(cg, n, to)
				  : high(cg, HELPER(cg, get_current_pid_tgid, 0));
}

LLVMValueRef func_tid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return n->kids[0]->number ? builtin_tid(cg, n, to)
				  : low(cg, HELPER(cg, get_current_pid_tgid, 0));
}

static LLVMValueRef builtin_gid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return high(cg, HELPER(cg, get_current_uid_gid, 0));
}

static LLVMValueRef builtin_uid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return low(cg, HELPER(cg, get_current_uid_gid, 0));
}

/* A text that is known, padded to @size. */
static void emit_text(struct cg *cg, const char *text, uint32_t size, LLVMValueRef to)
{
	cg_text(cg, to, text, strlen(text), size);
}

/* A program that names its probe is attached to that one alone. */
static LLVMValueRef builtin_probe(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	emit_text(cg, cg->program->attaches[0].name, n->type->size, to);
	return NULL;
}

static LLVMValueRef builtin_probetype(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	emit_text(cg, provider_type(cg->program->provider), n->type->size, to);
	return NULL;
}

static LLVMValueRef builtin_ncpus(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return cg_int(cg, cg->plan->ncpus);
}

static LLVMValueRef builtin_has_cpid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return cg_int(cg, cg->plan->command);
}

/* The command is known when the object is loaded: user space writes its process id to a map. */
static LLVMValueRef builtin_cpid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return map_word(cg, cg_command(cg), 0);
}

/* What check() has spelled out as members of the task. */
static LLVMValueRef member(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return emit_expr(cg, n->kids[0], to);
}

LLVMValueRef func_ppid(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return member(cg, n, to);
}

LLVMValueRef func_pcomm(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	return member(cg, n, to);
}

#define builtin_ppid member
#define builtin_pcomm member
#define builtin_leader_tid member
#define builtin_leader_comm member
#define builtin_usermode member

/* Numbers that a helper gives. */
#define BUILTIN_HELPER(id, helper)                                                             \
	static LLVMValueRef builtin_##id(struct cg *cg, const struct node *n, LLVMValueRef to) \
	{                                                                                      \
		(void)n, (void)to;                                                             \
		return HELPER(cg, helper, 0);                                                  \
	}

BUILTIN_HELPER(cgroup, get_current_cgroup_id)
BUILTIN_HELPER(curtask, get_current_task)
BUILTIN_HELPER(jiffies, jiffies64)
BUILTIN_HELPER(numaid, get_numa_node_id)
BUILTIN_HELPER(rand, get_prandom_u32)

#define builtin_username builtin_uid

static LLVMValueRef builtin_func(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	emit_text(cg, cg->program->attaches[0].symbol, n->type->size, to);
	return NULL;
}

static LLVMValueRef builtin_retval(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	(void)n;
	(void)to;
	return emit_arg(cg, cg->program->attaches[0].retval);
}

static LLVMValueRef (*const emit_row[BUILTIN_COUNT])(struct cg *cg, const struct node *n,
						     LLVMValueRef to) = {
#define BUILTIN(id, type, varies, doc) [BUILTIN_##id] = builtin_##id,
#include "parser/builtin.def"
#undef BUILTIN
};

LLVMValueRef emit_builtin(struct cg *cg, const struct node *n, LLVMValueRef to)
{
	if (n->nkids)
		return member(cg, n, to);
	return emit_row[n->is.builtin->id](cg, n, to);
}
