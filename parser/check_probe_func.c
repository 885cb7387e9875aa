/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of some kinds of probes only, and what is looked up in the kernel beforehand. */
#include "parser/checker.h"

#include <errno.h>
#include <string.h>

#include "kernel/cgroup.h"
#include "kernel/kallsyms.h"

const struct type *kaddr_type(struct checker *c, struct node *n)
{
	const char *name = n->kids[0]->text;
	uint64_t address;

	if (ksyms_address(name, &address)) {
		check_fold(n, address, true);
		n->type = &type_uint64;
		return n->type;
	}
	HINT(c, ERR(c, BAD_ARGUMENT, n->kids[0]->span, "the kernel has no symbol '%s'", name),
	     "/proc/kallsyms lists them, with addresses for root only");
	return &type_error;
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

/* Helpers take a pointer of the probe's own arguments, or to what lies inside its target. */
static bool from_context(const struct node *n)
{
	const struct node *whole = n->kind == NODE_FIELD ? n->kids[0] : NULL;

	if (!whole)
		return false;
	if (whole->type->kind == TYPE_PTR && whole->type->space == SPACE_CTX)
		return true;
	return n->type->kind == TYPE_RECORD && from_context(whole);
}

static bool check_pointer(struct checker *c, struct node *n)
{
	if (from_context(n->kids[0]))
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
		return check_pointer(c, n) ? &type_uint64 : &type_error;
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "the kernel gives %s no cookie of a socket",
		 c->body->attach->name),
	     "fentry, fexit and rawtracepoint probes have it");
	return &type_error;
}

const struct type *path_type(struct checker *c, struct node *n)
{
	if (probe_is(c, "|fentry|fexit|"))
		return check_pointer(c, n) ? type_string(c->arena, c->config.max_strlen)
					   : &type_error;
	HINT(c,
	     ERR(c, BAD_CONTEXT, n->span, "the kernel resolves no path for %s",
		 c->body->attach->name),
	     "fentry and fexit probes of some functions have it: filp_close, vfs_open and the "
	     "like");
	return &type_error;
}
