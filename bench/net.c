/* SPDX-License-Identifier: Apache-2.0 */
/* Traffic: datagrams over a veth pair between two network namespaces of this process. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

#define PEER_DEVICE "bench1"
#define OUR_ADDRESS "10.203.0.1"
#define PEER_ADDRESS "10.203.0.2"
#define PORT 9
#define SMALL 64
#define LARGE 1000

static int host_ns = -1, sender = -1;

struct request {
	struct nlmsghdr head;
	struct ifinfomsg info;
	char room[512];
};

static struct rtattr *attribute(struct request *r, unsigned short type, const void *data,
				size_t size)
{
	struct rtattr *a = (void *)((char *)r + NLMSG_ALIGN(r->head.nlmsg_len));

	a->rta_type = type;
	a->rta_len = (unsigned short)RTA_LENGTH(size);
	if (size)
		memcpy(RTA_DATA(a), data, size);
	r->head.nlmsg_len = NLMSG_ALIGN(r->head.nlmsg_len) + (unsigned int)RTA_SPACE(size);
	return a;
}

static void end(struct request *r, struct rtattr *a)
{
	a->rta_len = (unsigned short)((char *)r + r->head.nlmsg_len - (char *)a);
}

static int ask(struct request *r)
{
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char room[1024];
	} answer = { .error.error = -EIO };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		return -errno;
	if (send(fd, r, r->head.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		answer.error.error = -errno;
	close(fd);
	return answer.error.error;
}

/* Makes the pair, the other end in the namespace @ns. Returns 0 or -errno. */
static int make_pair(int ns)
{
	struct request r = {
		.head.nlmsg_len = NLMSG_LENGTH(sizeof(r.info)),
		.head.nlmsg_type = RTM_NEWLINK,
		.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK,
	};
	struct ifinfomsg none = { 0 };
	struct rtattr *info, *data, *peer;

	attribute(&r, IFLA_IFNAME, NET_DEVICE, sizeof(NET_DEVICE));
	info = attribute(&r, IFLA_LINKINFO, NULL, 0);
	attribute(&r, IFLA_INFO_KIND, "veth", 4);
	data = attribute(&r, IFLA_INFO_DATA, NULL, 0);
	peer = attribute(&r, VETH_INFO_PEER, &none, sizeof(none));
	attribute(&r, IFLA_IFNAME, PEER_DEVICE, sizeof(PEER_DEVICE));
	attribute(&r, IFLA_NET_NS_FD, &ns, sizeof(ns));
	end(&r, peer);
	end(&r, data);
	end(&r, info);
	return ask(&r);
}

static struct sockaddr_in address(const char *text, unsigned short port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };

	inet_pton(AF_INET, text, &a.sin_addr);
	return a;
}

/* Gives @device, in the namespace of the socket @fd, its address and brings it up. */
static bool configure(int fd, const char *device, const char *text)
{
	struct sockaddr_in a = address(text, 0), mask = address("255.255.255.0", 0);
	struct ifreq r = { 0 };

	strcpy(r.ifr_name, device);
	memcpy(&r.ifr_addr, &a, sizeof(a));
	if (ioctl(fd, SIOCSIFADDR, &r))
		return false;
	memcpy(&r.ifr_netmask, &mask, sizeof(mask));
	if (ioctl(fd, SIOCSIFNETMASK, &r))
		return false;
	memset(&r.ifr_ifru, 0, sizeof(r.ifr_ifru));
	r.ifr_flags = IFF_UP;
	return !ioctl(fd, SIOCSIFFLAGS, &r);
}

/* A namespace of our own; returns a socket in it, and a file that names it in *@ns. */
static int enter_new(int *ns)
{
	if (unshare(CLONE_NEWNET))
		return -1;
	*ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* The receiver never reads: its small queue fills, and what follows is dropped there. */
static bool set_up(void)
{
	struct sockaddr_in here = address("0.0.0.0", PORT), there = address(PEER_ADDRESS, PORT);
	int far = -1, near = -1, receiver = enter_new(&far), small = 1, err;

	sender = enter_new(&near);
	if (receiver < 0 || sender < 0)
		return false;
	err = make_pair(far);
	if (err) {
		errno = -err;
		return false;
	}
	setsockopt(receiver, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	return configure(receiver, PEER_DEVICE, PEER_ADDRESS) &&
	       configure(sender, NET_DEVICE, OUR_ADDRESS) &&
	       !bind(receiver, (struct sockaddr *)&here, sizeof(here)) &&
	       !connect(sender, (struct sockaddr *)&there, sizeof(there));
}

bool net_open(void)
{
	host_ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (host_ns >= 0 && set_up())
		return true;
	fprintf(stderr, "bench: cannot make a network to measure in: %s\n", strerror(errno));
	return false;
}

void net_host(void)
{
	if (setns(host_ns, CLONE_NEWNET))
		perror("bench: setns");
}

void net_send(unsigned int packets)
{
	static const char data[LARGE];
	unsigned int i;

	for (i = 0; i < packets; i++)
		while (send(sender, data, i % 2 ? LARGE : SMALL, 0) < 0 && errno == ENOBUFS)
			;
}

void net_pace(unsigned int packets, unsigned int a_second)
{
	uint64_t start = now_ns(), sent = 0, due;

	while (sent < packets) {
		due = (now_ns() - start) * a_second / 1000000000;
		if (due > packets)
			due = packets;
		net_send((unsigned int)(due - sent));
		sent = due;
		sleep_ns(500000);
	}
}
