/* SPDX-License-Identifier: Apache-2.0 */
/* What a probe is given: args, arg0 and on. */
#include "parser/checker.h"

#include <string.h>

enum space check_attach_space(const struct attach *at)
{
	return at->provider->id == PROVIDER_tracepoint && !strcmp(at->target, "syscalls")
		       ? SPACE_USER
		       : SPACE_KERNEL;
}

/* An argument takes whole words of the context; what has no type of ours is a number. */
static struct field arg_field(struct checker *c, const struct kbtf *b, const char *name,
			      uint32_t id, uint32_t *offset)
{
	struct field f = { .name = name, .type = btf_type(c, b, id, SPACE_KERNEL) };

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
		fields[i] = arg_field(c, tp->btf, tp->args[i].name, tp->args[i].type, &offset);
	return args_record(c, fields, tp->nargs);
}

const struct type *check_typed_args(struct checker *c)
{
	const struct attach *at = c->body->attach;

	return at->btf && at->provider->prog == PROG_RAW ? raw_args(c, at) : &type_error;
}

/* An iterator's context is a struct of the kernel. */
const struct type *ctx_type(struct checker *c)
{
	const struct attach *at = c->body->attach;

	if (at->provider->prog != PROG_ITER)
		return &type_error;
	return type_pointer(c->arena, btf_type(c, at->btf, at->number, SPACE_KERNEL), SPACE_CTX);
}

const struct type *arg_type(struct checker *c, uint32_t i)
{
	const struct attach *at = c->body->attach;

	if (i >= at->nargs)
		return &type_error;
	if (at->provider->prog != PROG_REGS || at->args[i].kind != ARG_CTX)
		return type_int(at->args[i].size, at->args[i].is_signed);
	return &type_uint64;
}

/* Which probes have what only some have. */
static const struct {
	enum builtin_id first, last;
	const char *where;
} places[] = {
	{ BUILTIN_arg0, BUILTIN_arg9, "rawtracepoint" },
	{ BUILTIN_ctx, BUILTIN_ctx, "iter" },
	{ BUILTIN_args, BUILTIN_args, "tracepoint and rawtracepoint" },
};

const char *check_where(struct checker *c, const struct builtin *b)
{
	uint32_t n = c->body->attach->nargs;

	if (n && b->id >= BUILTIN_arg0 && b->id <= BUILTIN_arg9)
		return n == 1 ? "it has only arg0"
			      : arena_printf(c->arena, "it has arg0 to arg%u", n - 1);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (b->id >= places[i].first && b->id <= places[i].last)
			return arena_printf(c->arena, "'%s' exists in %s probes", b->name,
					    places[i].where);
	return "other kinds of probes have it";
}
