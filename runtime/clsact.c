/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/clsact.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/netns.h"
#include "runtime/memory.h"

struct clsact_filter {
	const struct attach *at;
	uint32_t handle, priority;
	bool own; /* the discipline is ours */
};

static struct bpf_tc_hook hook_of(const struct attach *at)
{
	return (struct bpf_tc_hook){ .sz = sizeof(struct bpf_tc_hook),
				     .ifindex = (int)at->number,
				     .attach_point = at->egress ? BPF_TC_EGRESS : BPF_TC_INGRESS };
}

int clsact_attach(struct clsact *c, const struct attach *at, int program)
{
	struct bpf_tc_hook hook = hook_of(at);
	LIBBPF_OPTS(bpf_tc_opts, options, .prog_fd = program);
	int made = bpf_tc_hook_create(&hook), err;

	if (made && made != -EEXIST)
		return made;
	err = bpf_tc_attach(&hook, &options);
	if (err)
		return err;
	c->list = memory_resize(c->list, c->count + 1, sizeof(*c->list));
	c->list[c->count++] = (struct clsact_filter){ at, options.handle, options.priority, !made };
	return 0;
}

/* Asks for all filters of one direction; true when there is one, or no answer. */
static bool has_filters(int fd, int ifindex, uint32_t minor)
{
	struct {
		struct nlmsghdr header;
		struct tcmsg tc;
	} ask = { .header = { .nlmsg_len = sizeof(ask),
			      .nlmsg_type = RTM_GETTFILTER,
			      .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
		  .tc = { .tcm_ifindex = ifindex, .tcm_parent = TC_H_MAKE(TC_H_CLSACT, minor) } };
	struct nlmsghdr answer[1024];

	if (send(fd, &ask, sizeof(ask), 0) < 0 || recv(fd, answer, sizeof(answer), 0) < 0)
		return true;
	return answer->nlmsg_type != NLMSG_DONE;
}

static bool is_used(int ifindex)
{
	static const uint32_t minors[] = { TC_H_MIN_INGRESS, TC_H_MIN_EGRESS };
	bool used = false;

	/* A socket for each: what is left of an answer is not read. */
	for (int i = 0; i < 2; i++) {
		int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

		used = used || fd < 0 || has_filters(fd, ifindex, minors[i]);
		if (fd >= 0)
			close(fd);
	}
	return used;
}

static void detach_one(const struct clsact_filter *f)
{
	struct bpf_tc_hook hook = hook_of(f->at);
	LIBBPF_OPTS(bpf_tc_opts, options, .handle = f->handle, .priority = f->priority);

	bpf_tc_detach(&hook, &options);
}

static void remove_discipline(const struct clsact_filter *f)
{
	struct bpf_tc_hook hook = hook_of(f->at);

	hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
	if (!is_used(hook.ifindex))
		bpf_tc_hook_destroy(&hook);
}

void clsact_detach(struct clsact *c)
{
	int before;

	/* The first filter of an interface is the one that made its discipline: it goes last. */
	while (c->count) {
		const struct clsact_filter *f = &c->list[--c->count];

		if (netns_enter(f->at->netns, &before))
			continue;
		detach_one(f);
		if (f->own)
			remove_discipline(f);
		netns_leave(before);
	}
	free(c->list);
	*c = (struct clsact){ 0 };
}
