/* SPDX-License-Identifier: Apache-2.0 */
/* Programs on packets: their context, and what the kernel keeps from them. */
#include "parser/checker.h"

#include <string.h>

#include "parser/hook.h"

const struct type *hook_ctx_type(struct checker *c)
{
	const struct attach *at = c->body->attach;
	const struct kbtf *b;
	uint32_t id = hook_context(c->kernel, at->provider, &b), count = 0;
	struct type *t = arena_alloc(c->arena, sizeof(*t));
	struct field *fields = NULL;
	struct kbtf_member m;

	for (uint32_t i = 0; id && kbtf_member_at(b, id, i, &m); i++)
		if (hook_reads(at->provider, b, &m))
			VEC_PUSH(c->arena, fields, count,
				 ((struct field){ .name = m.name,
						  .type = btf_type(c, b, m.type, SPACE_KERNEL),
						  .offset = m.bit_offset / 8 }));
	if (!count)
		return &type_error;
	t->kind = TYPE_RECORD;
	t->name = at->name;
	t->fields = fields;
	t->count = count;
	return type_pointer(c->arena, t, SPACE_CTX);
}

/* What they have since some version of Linux only (0: never), and where else it is found. */
static const struct {
	const char *name;
	uint32_t since;
	const char *task; /* in the current task, or NULL */
} lacks[] = {
	{ "pid", KERNEL(6, 10), "tgid" },
	{ "tid", KERNEL(6, 10), "pid" },
	{ "comm", KERNEL(6, 16), "comm" },
	{ "uid", KERNEL(6, 16), "cred.uid.val" },
	{ "username", KERNEL(6, 16), "cred.uid.val" },
	{ "gid", KERNEL(6, 16), "cred.gid.val" },
	{ "cgroup", KERNEL(6, 16), NULL },
	{ "signal", KERNEL(6, 16), NULL },
	{ "signal_thread", KERNEL(6, 16), NULL },
	{ "kstack", 0, NULL },
	{ "ustack", 0, NULL },
};

static bool lacking(struct checker *c, struct node *n, uint32_t since, const char *task)
{
	struct diag *g;

	if (task && kernel_btf(c->kernel))
		return task_type(c, n, task)->kind == TYPE_ERROR;
	g = ERR(c, BAD_CONTEXT, n->span, "%s has no '%s'", c->body->attach->name, n->text);
	if (since)
		HINT(c, g, "programs on packets have it since Linux %u.%u", since >> 16,
		     since & 0xffff);
	else
		HINT(c, g,
		     "the kernel takes no stacks for programs on packets; tracepoint, kprobe "
		     "and fentry probes have it");
	return true;
}

bool check_lacks(struct checker *c, struct node *n)
{
	if (check_replay_lacks(c, n))
		return true;
	if (!hook_is(c->body->attach->prog))
		return false;
	for (size_t i = 0; i < sizeof(lacks) / sizeof(*lacks); i++)
		if (!strcmp(lacks[i].name, n->text) &&
		    (!lacks[i].since || c->options->kernel < lacks[i].since))
			return lacking(c, n, lacks[i].since, lacks[i].task);
	return false;
}
