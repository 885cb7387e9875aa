/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of some kinds of probes only, and what is looked up in the kernel beforehand. */
#include "parser/checker.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "kernel/binary.h"
#include "kernel/cgroup.h"
#include "kernel/kallsyms.h"

#define OFFSETS "__per_cpu_offset"

static bool symbol_address(struct checker *c, const struct node *n, const char *name,
			   uint64_t *address)
{
	if (ksyms_address(name, address))
		return true;
	HINT(c, ERR(c, BAD_ARGUMENT, n->span, "the kernel has no symbol '%s'", name),
	     "/proc/kallsyms lists them, with addresses for root only");
	return false;
}

const struct type *kaddr_type(struct checker *c, struct node *n)
{
	const char *name = n->kids[0]->text;
	uint64_t address;

	if (!symbol_address(c, n->kids[0], name, &address))
		return &type_error;
	check_fold(n, address, true);
	n->type = &type_uint64;
	return n->type;
}

/* After this the numbers are addresses: of the symbol, and of the array of the CPUs' offsets. */
const struct type *percpu_type(struct checker *c, struct node *n)
{
	struct node *name = n->kids[0];

	if (!symbol_address(c, name, name->text, &name->number) ||
	    !symbol_address(c, name, OFFSETS, &n->number))
		return &type_error;
	return type_pointer(c->arena, &type_uint64, SPACE_KERNEL);
}

const struct type *kfunc_type(struct checker *c, struct node *n)
{
	const struct kbtf *b = kernel_btf(c->kernel);

	return check_fold_bool(n, b && kbtf_find(b, n->kids[0]->text, BTF_KIND_FUNC));
}

const struct type *override_type(struct checker *c, struct node *n)
{
	if (unsafe_type(c, n)->kind == TYPE_ERROR)
		return &type_error;
	if (c->body->attach->provider->id == PROVIDER_kprobe)
		return &type_void;
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "%s cannot keep a function from running",
		 c->body->attach->name),
	     "kprobe probes can, of functions that ALLOW_ERROR_INJECTION names in the kernel");
	return &type_error;
}

/* The number is the distance from the probe: added to where it was hit, it is the address. */
const struct type *uaddr_type(struct checker *c, struct node *n)
{
	const struct attach *at = c->body->attach;
	const char *name = n->kids[0]->text;
	const struct binary *b;
	uint64_t symbol, size, place;

	if (at->provider->prog != PROG_REGS || check_attach_space(at) != SPACE_USER) {
		HINT(c, ERR(c, BAD_CONTEXT, n->span, "%s is in no binary", at->name),
		     "uaddr() is for uprobe, uretprobe and usdt probes");
		return &type_error;
	}
	b = kernel_binary(c->kernel, at->target);
	if (!b || !binary_symbol(b, name, &symbol, &size) ||
	    !binary_address(b, at->offset, &place)) {
		ERR(c, BAD_ARGUMENT, n->kids[0]->span, "%s has no symbol '%s'", at->target, name);
		return &type_error;
	}
	n->number = symbol - place;
	size = size == 1 || size == 2 || size == 4 ? size : 8;
	return type_pointer(c->arena, type_int(size, false), SPACE_USER);
}

const struct type *cgroupid_type(struct checker *c, struct node *n)
{
	const char *path = n->kids[0]->text;
	uint64_t id;

	if (cgroup_id(path, &id)) {
		check_fold(n, id, true);
		n->type = &type_uint64;
		return n->type;
	}
	HINT(c,
	     ERR(c, BAD_ARGUMENT, n->kids[0]->span, "'%s' is no cgroup: %s", path,
		 errno == ENOENT ? "there is no such directory" : strerror(errno)),
	     "write the directory of a cgroup below the mount of cgroup2");
	return &type_error;
}

/* True when the probe is one of the kinds in @kinds: "|kprobe|kretprobe|". */
static bool probe_is(const struct checker *c, const char *kinds)
{
	const char *name = c->body->attach->provider->name, *at = strstr(kinds, name);
	size_t n = strlen(name);

	return at && at[-1] == '|' && at[n] == '|';
}

/*
 * Helpers take a pointer of the probe's own arguments, or to what lies inside its target; those
 * that follow pointers take all that is found from there.
 */
static bool from_context(const struct node *n, bool follows)
{
	const struct node *whole = n->kind == NODE_FIELD ? n->kids[0] : NULL;

	if (!whole)
		return false;
	if (whole->type->kind == TYPE_PTR && whole->type->space == SPACE_CTX)
		return true;
	return (follows || n->type->kind == TYPE_RECORD) && from_context(whole, follows);
}

static bool check_pointer(struct checker *c, struct node *n, bool follows)
{
	if (from_context(n->kids[0], follows))
		return true;
	HINT(c,
	     ERR(c, BAD_ARGUMENT, n->kids[0]->span, "%s() takes an argument of the probe itself",
		 n->text),
	     "the kernel trusts args.NAME, not a pointer that was read or stored");
	return false;
}

const struct type *cookie_type(struct checker *c, struct node *n)
{
	if (probe_is(c, "|fentry|fexit|rawtracepoint|"))
		return check_pointer(c, n, false) ? &type_uint64 : &type_error;
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "the kernel gives %s no cookie of a socket",
		 c->body->attach->name),
	     "fentry, fexit and rawtracepoint probes have it");
	return &type_error;
}

struct origin {
	const char *name;
	struct node *value;
	uint32_t count;
};

static void find_origin(void *ctx, const struct node *n)
{
	struct origin *o = ctx;

	if (n->kind != NODE_STMT_ASSIGN || n->kids[0]->kind != NODE_VAR ||
	    strcmp(n->kids[0]->text, o->name))
		return;
	o->value = n->kids[1];
	o->count++;
}

/* What a pointer is without casts, and where it was stored in a variable once, what was stored. */
static struct node *origin(struct checker *c, struct node *n)
{
	struct origin o = { .name = n->text };

	if (n->kind == NODE_CAST)
		return origin(c, n->kids[1]);
	if (n->kind != NODE_VAR)
		return n;
	node_walk(c->body->block, find_origin, &o);
	return o.count == 1 && o.value->kind != NODE_VAR ? origin(c, o.value) : n;
}

static bool is_skb(const struct type *t)
{
	return t->kind == TYPE_PTR && t->elem && t->elem->name && !strcmp(t->elem->name, "sk_buff");
}

const struct type *skboutput_type(struct checker *c, struct node *n)
{
	struct node *skb = origin(c, n->kids[1]);
	const char *path = n->kids[0]->text;

	if (!probe_is(c, "|fentry|fexit|rawtracepoint|") || c->options->replay) {
		HINT(c,
		     ERR(c, BAD_CONTEXT, n->span, "%s has no packet for skboutput()",
			 c->options->replay ? "a replay" : c->body->attach->name),
		     "fentry, fexit and rawtracepoint probes have it; capture() is for all others");
		return &type_error;
	}
	if (skb->type->kind == TYPE_ERROR)
		return skb->type;
	if (!is_skb(skb->type) || !from_context(skb, false)) {
		HINT(c,
		     ERR(c, BAD_ARGUMENT, n->kids[1]->span,
			 "skboutput() takes a struct sk_buff * of the probe itself"),
		     "the kernel trusts args.NAME, not a pointer that was read");
		return &type_error;
	}
	n->kids[1] = skb;
	VEC_PUSH(c->arena, c->skb_files, c->nskb_files, path);
	return &type_int64;
}

const struct type *path_type(struct checker *c, struct node *n)
{
	/* path(&args.file->f_path) is path(args.file->f_path). */
	const struct node *from = n->kids[0];
	uint64_t length = n->nkids > 1 ? n->kids[1]->number : c->config.max_strlen;

	if (!length || length > config_rows[CONFIG_max_strlen].max) {
		ERR(c, BAD_ARGUMENT, n->kids[1]->span, "the length of a path is from 1 to %" PRIu64,
		    config_rows[CONFIG_max_strlen].max);
		return &type_error;
	}
	if (from->kind == NODE_UNARY && from->op->id == OP_ID_ADDRESS)
		n->kids[0] = from->kids[0];
	if (probe_is(c, "|fentry|fexit|iter|"))
		return check_pointer(c, n, true) ? type_string(c->arena, length) : &type_error;
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "the kernel resolves no path for %s",
		 c->body->attach->name),
	     "iter probes have it, and fentry and fexit probes of some functions: filp_close, "
	     "vfs_open and the like");
	return &type_error;
}
