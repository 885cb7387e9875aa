/* SPDX-License-Identifier: Apache-2.0 */
/* What a probe is given: args, arg0 and on. */
#include "parser/checker.h"

#include <string.h>

#include "parser/hook.h"
#include "parser/regs.h"

enum space check_attach_space(const struct attach *at)
{
	enum provider_id id = at->provider->id;
	bool user = id == PROVIDER_uprobe || id == PROVIDER_uretprobe || id == PROVIDER_usdt ||
		    (id == PROVIDER_watchpoint && (int64_t)at->number >= 0);

	return user || (id == PROVIDER_tracepoint && !strcmp(at->target, "syscalls"))
		       ? SPACE_USER
		       : SPACE_KERNEL;
}

/* An argument takes whole words of the context; what has no type of ours is a number. */
static struct field arg_field(struct checker *c, const struct kbtf *b, const char *name,
			      uint32_t id, enum space space, uint32_t *offset)
{
	struct field f = { .name = name, .type = btf_type(c, b, id, space) };

	if (!f.type->size)
		f.type = &type_uint64;
	f.offset = *offset;
	*offset += (f.type->size + 7) & ~7u;
	return f;
}

static const struct type *args_record(struct checker *c, const struct field *fields, uint32_t count)
{
	struct type *t = arena_alloc(c->arena, sizeof(*t));

	t->kind = TYPE_RECORD;
	t->name = c->body->attach->name;
	t->fields = fields;
	t->count = count;
	return type_pointer(c->arena, t, SPACE_CTX);
}

static const struct type *raw_args(struct checker *c, const struct attach *at)
{
	const struct raw_tracepoint *tp = kernel_raw_tracepoint(c->kernel, at->target, at->symbol);
	uint32_t offset = 0;
	struct field *fields;

	if (!tp)
		return &type_error;
	fields = arena_alloc(c->arena, (tp->nargs + 1) * sizeof(*fields));
	for (uint32_t i = 0; i < tp->nargs; i++)
		fields[i] = arg_field(c, tp->btf, tp->args[i].name, tp->args[i].type, SPACE_KERNEL,
				      &offset);
	return args_record(c, fields, tp->nargs);
}

static const struct type *function_args(struct checker *c, const struct attach *at)
{
	uint32_t offset = 0, count = 0, type;
	struct field *fields;
	const char *name;

	kbtf_proto(at->btf, at->btf_id, &count, &type);
	fields = arena_alloc(c->arena, (count + 1) * sizeof(*fields));
	for (uint32_t i = 0; i < count; i++) {
		kbtf_param(at->btf, at->btf_id, i, &name, &type);
		fields[i] = arg_field(c, at->btf, name, type, SPACE_KERNEL, &offset);
	}
	return args_record(c, fields, count);
}

/* By the binary's debugging information: each argument but fractions takes a register. */
static const struct type *binary_args(struct checker *c, const struct attach *at)
{
	const struct kbtf *b = btf_binary(c);
	uint32_t id = b ? kbtf_find(b, at->linkage ? at->linkage : at->symbol, BTF_KIND_FUNC) : 0;
	uint32_t count = 0, type, taken = 0, known = 0, unused = 0;
	struct field *fields;
	const char *name;

	if (!id || !kbtf_proto(b, id, &count, &type))
		return &type_error;
	fields = arena_alloc(c->arena, (count + 1) * sizeof(*fields));
	for (uint32_t i = 0; i < count && taken < at->nargs; i++) {
		struct kbtf_type t;

		kbtf_param(b, id, i, &name, &type);
		kbtf_type(b, kbtf_resolve(b, type), &t);
		if (t.kind == BTF_KIND_FLOAT)
			continue;
		fields[known] = arg_field(c, b, name, type, SPACE_USER, &unused);
		fields[known++].offset = at->args[taken++].base;
	}
	return args_record(c, fields, known);
}

const struct type *check_typed_args(struct checker *c)
{
	const struct attach *at = c->body->attach;

	if (at->btf && at->prog == PROG_RAW)
		return raw_args(c, at);
	if (at->btf && at->prog == PROG_FUNC)
		return function_args(c, at);
	return at->provider->id == PROVIDER_uprobe ? binary_args(c, at) : &type_error;
}

/* A context is a struct of the kernel. */
const struct type *ctx_type(struct checker *c)
{
	const struct attach *at = c->body->attach;

	if (hook_is(at->prog))
		return hook_ctx_type(c);
	if (at->prog != PROG_ITER)
		return &type_error;
	return type_pointer(c->arena, btf_type(c, at->btf, at->number, SPACE_KERNEL), SPACE_CTX);
}

/* A register or word may be a pointer or a number of any size: as in bpftrace it is an int64. */
static const struct type *number_type(const struct attach *at, const struct arg *a)
{
	if (!a->size)
		return &type_error;
	return at->provider->id == PROVIDER_usdt ? type_int(a->size, a->is_signed) : &type_word;
}

const struct type *arg_type(struct checker *c, uint32_t i)
{
	const struct attach *at = c->body->attach;

	return i < at->nargs ? number_type(at, &at->args[i]) : &type_error;
}

const struct type *retval_type(struct checker *c)
{
	const struct attach *at = c->body->attach;

	uint32_t count, returns;

	if (!at->retval)
		return &type_error;
	if (at->prog != PROG_FUNC || !kbtf_proto(at->btf, at->btf_id, &count, &returns))
		return number_type(at, at->retval);
	return btf_type(c, at->btf, returns, SPACE_KERNEL);
}

const struct type *func_type(struct checker *c)
{
	const char *symbol = c->body->attach->symbol;

	return symbol ? type_string(c->arena, strlen(symbol) + 1) : &type_error;
}

const struct type *reg_type(struct checker *c, struct node *n)
{
	const struct attach *at = c->body->attach;
	const struct node *name = n->kids[0];
	struct arg reg;

	if (name->kind != NODE_STRING) {
		ERR(c, BAD_ARGUMENT, name->span, "reg() takes a name between quotes");
		return &type_error;
	}
	if (at->prog != PROG_REGS && at->prog != PROG_PERF) {
		HINT(c, ERR(c, BAD_CONTEXT, n->span, "%s has no registers", at->name),
		     "reg() exists in kprobe, uprobe, usdt, profile, software and hardware probes");
		return &type_error;
	}
	if (!regs_find(name->text, true, &reg)) {
		ERR(c, BAD_ARGUMENT, name->span, "no register '%s' on this machine", name->text);
		return &type_error;
	}
	n->number = reg.base;
	return type_int(reg.size, false);
}

/* Which probes have what only some have. */
static const struct {
	enum builtin_id first, last;
	const char *where;
} places[] = {
	{ BUILTIN_arg0, BUILTIN_arg9, "rawtracepoint, kprobe, fentry, fexit, uprobe and usdt" },
	{ BUILTIN_func, BUILTIN_func, "kprobe, kretprobe, fentry, fexit, uprobe and uretprobe" },
	{ BUILTIN_retval, BUILTIN_retval, "kretprobe, fexit and uretprobe" },
	{ BUILTIN_ctx, BUILTIN_ctx, "iter, xdp, tc, socket and cgroup_skb" },
	{ BUILTIN_usermode, BUILTIN_usermode, "profile, software, hardware, kprobe and uprobe" },
	{ BUILTIN_args, BUILTIN_args,
	  "tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe" },
};

const char *check_where(struct checker *c, const struct builtin *b)
{
	uint32_t n = c->body->attach->nargs;

	if (n > b->id - BUILTIN_arg0 && b->id <= BUILTIN_arg9)
		return "it is a floating-point number, or where BPF cannot read";
	if (n && b->id >= BUILTIN_arg0 && b->id <= BUILTIN_arg9)
		return n == 1 ? "it has only arg0"
			      : arena_printf(c->arena, "it has arg0 to arg%u", n - 1);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (b->id >= places[i].first && b->id <= places[i].last)
			return arena_printf(c->arena, "'%s' exists in %s probes", b->name,
					    places[i].where);
	return "other kinds of probes have it";
}
