/* SPDX-License-Identifier: Apache-2.0 */
/* Programs on packets, at interfaces and cgroups. */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/netns.h"
#include "runtime/fail.h"
#include "runtime/provider.h"
#include "runtime/runtime.h"
#include "runtime/session.h"

/* What Linux 6.6 added, whatever headers we are built with. */
#define TCX_INGRESS ((enum bpf_attach_type)46)
#define TCX_EGRESS ((enum bpf_attach_type)47)
#define FLAG_BEFORE (1u << 3) /* of an attachment: before all others */

/* -v: by what means it was done. */
static void say(const struct session *s, const struct attach *at, const char *how)
{
	if (s->options->verbose)
		fprintf(stderr, "%s: %s\n", at->name, how);
}

/* A link, or what takes its place; 0, or the error that there is instead. */
static int hold(struct session *s, int fd)
{
	if (fd < 0)
		return fd;
	provider_link(s, fd);
	return 0;
}

static const char *hook_hint(int err)
{
	switch (-err) {
	case ENODEV:
	case ENXIO:
		return "the interface is gone";
	case EACCES:
	case EPERM:
		return "run as root (sudo), or with the capabilities CAP_BPF and CAP_NET_ADMIN";
	default:
		return NULL;
	}
}

static bool end(const struct attach *at, int err)
{
	return !err || provider_failed(at, err, hook_hint(err));
}

/* Attaches where the interface is. 0 or -errno. */
static int in_netns(struct session *s, const struct attach *at, int program,
		    int (*attach)(struct session *s, const struct attach *at, int program))
{
	int before, err = netns_enter(at->netns, &before);

	if (err)
		return err;
	err = attach(s, at, program);
	netns_leave(before);
	return err;
}

static int link_xdp(struct session *s, const struct attach *at, int program, uint32_t mode)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = mode);

	return hold(s, bpf_link_create(program, (int)at->number, BPF_XDP, &options));
}

static bool is_taken(int err)
{
	return err == -EBUSY || err == -EEXIST;
}

/* The driver's own way is faster; not all drivers have one, or for this configuration. */
static int add_xdp(struct session *s, const struct attach *at, int program)
{
	int err = link_xdp(s, at, program, XDP_FLAGS_DRV_MODE);

	if (!err)
		say(s, at, "XDP in the driver");
	if (!err || is_taken(err) || err == -EPERM || err == -ENODEV)
		return err;
	err = link_xdp(s, at, program, XDP_FLAGS_SKB_MODE);
	if (!err)
		say(s, at, "generic XDP, as the driver has none for this interface");
	return err;
}

/* The program that has the interface's one place, in @hint of 256 bytes. */
static void name_holder(const struct attach *at, char *hint, size_t size)
{
	struct bpf_prog_info info = { 0 };
	uint32_t info_size = sizeof(info), id = 0;
	int before, fd = -1;

	if (netns_enter(at->netns, &before))
		return;
	if (!bpf_xdp_query_id((int)at->number, 0, &id))
		fd = bpf_prog_get_fd_by_id(id);
	netns_leave(before);
	if (fd < 0)
		return;
	if (!bpf_obj_get_info_by_fd(fd, &info, &info_size))
		snprintf(hint, size,
			 "program '%s' (id %u) is there, and XDP takes one only; tc:ingress:%s "
			 "sees what it lets through",
			 info.name, id, at->target);
	close(fd);
}

bool attach_xdp(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	char hint[256] = "XDP takes one program only, and another one is there";
	int err = in_netns(s, at, provider_fd(s, p), add_xdp);

	if (!is_taken(err))
		return end(at, err);
	name_holder(at, hint, sizeof(hint));
	return provider_failed(at, err, hint);
}

static int add_tc(struct session *s, const struct attach *at, int program)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = FLAG_BEFORE);
	int err = hold(s, bpf_link_create(program, (int)at->number,
					  at->egress ? TCX_EGRESS : TCX_INGRESS, &options));

	if (!err)
		say(s, at, "a tcx link");
	if (err != -EINVAL)
		return err;
	err = clsact_attach(&s->clsact, at, program);
	if (!err)
		say(s, at, "a filter of clsact, as this kernel has no tcx links");
	return err;
}

bool attach_tc(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];

	return end(at, in_netns(s, at, provider_fd(s, p), add_tc));
}

/* The program refuses each packet, so that nothing is ever queued. */
static int add_socket(struct session *s, const struct attach *at, int program)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
				       .sll_protocol = htons(ETH_P_ALL),
				       .sll_ifindex = (int)at->number };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), err;

	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof(program)) == 0 &&
	    bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return hold(s, fd);
	err = errno;
	if (fd >= 0)
		close(fd);
	return -err;
}

bool attach_socket(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];

	return end(at, in_netns(s, at, provider_fd(s, p), add_socket));
}

bool attach_cgroup_skb(struct session *s, const struct program *p, uint32_t index)
{
	const struct attach *at = &p->attaches[index];
	int dir = open(at->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err;

	if (dir < 0)
		return provider_failed(at, -errno, NULL);
	err = hold(s, bpf_link_create(provider_fd(s, p), dir,
				      at->egress ? BPF_CGROUP_INET_EGRESS : BPF_CGROUP_INET_INGRESS,
				      NULL));
	close(dir);
	if (err == -EPERM && geteuid() == 0)
		return provider_failed(at, err,
				       "a program there, or above, suffers no other beside it");
	return end(at, err);
}
