/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/hook.h"

#include <string.h>

#define SOCKET_OF "|family|remote_ip4|local_ip4|remote_port|local_port|"
#define QUEUED "|tc_classid|data_meta|wire_len|tstamp_type|"

/* Members of the context that the kernel keeps from programs of that kind. */
static const char *const kept[PROVIDER_COUNT] = {
	[PROVIDER_xdp] = "|egress_ifindex|",
	[PROVIDER_tc] = SOCKET_OF,
	[PROVIDER_socket] = SOCKET_OF QUEUED "|data|data_end|tstamp|hwtstamp|",
	[PROVIDER_cgroup_skb] = QUEUED,
};

uint32_t hook_context(struct kernel *k, const struct provider *p, const struct kbtf **b)
{
	*b = kernel_btf(k);
	return *b ? kbtf_find(*b, p->prog == PROG_XDP ? "xdp_md" : "__sk_buff", BTF_KIND_STRUCT)
		  : 0;
}

static bool is_kept(const struct provider *p, const char *name)
{
	const char *at = kept[p->id];
	size_t n = strlen(name);

	while ((at = strstr(at, name)))
		if (at[-1] == '|' && at[n] == '|')
			return true;
		else
			at++;
	return false;
}

bool hook_reads(const struct provider *p, const struct kbtf *b, const struct kbtf_member *m)
{
	struct kbtf_type t;

	return *m->name && !m->bit_size && kbtf_type(b, kbtf_resolve(b, m->type), &t) &&
	       t.kind == BTF_KIND_INT && !is_kept(p, m->name);
}
