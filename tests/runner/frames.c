/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Sends the packets of a capture as they are, for test cases:
 *	frames send DEVICE CAPTURE [CUT]   out of a device; packet n has mark n
 *	frames tap DEVICE CAPTURE [CUT]    makes a tap device, which receives them
 *	frames tun DEVICE CAPTURE          the same without a link header
 *	frames save - CAPTURE              writes to standard output what the others send
 *	frames tag DEVICE VLAN             what is sent from now on has a tag, not in its bytes
 * With CUT that many bytes of CANARY follow each packet, and are cut off by a BPF program (of tc or
 * XDP) just before the tracepoints: they still lie in memory behind the packet's end.
 */

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/packets/capture.h"

#define CANARY 0xa7
#define MAX_CUT 512

#define INSN(c, d, s, o, i)                                                         \
	{                                                                           \
		.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) \
	}
#define MOVE(to, value) INSN(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value)
#define CALL(function) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, function)
#define SKIP_IF_ZERO(r) INSN(BPF_JMP | BPF_JEQ | BPF_K, r, 0, 1, 0)
#define COUNT(insns) (sizeof(insns) / sizeof(*(insns)))
#define EXIT INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

static int load(enum bpf_prog_type type, const struct bpf_insn *insns, size_t n)
{
	int fd = bpf_prog_load(type, "cut", "GPL", insns, n, NULL);

	if (fd < 0)
		err(1, "cannot load a program");
	return fd;
}

/* XDP: cuts @cut bytes off, or drops the packet. */
static void cut_received(int ifindex, int cut)
{
	const struct bpf_insn insns[] = {
		MOVE(BPF_REG_2, -cut),
		CALL(BPF_FUNC_xdp_adjust_tail),
		SKIP_IF_ZERO(BPF_REG_0),
		MOVE(BPF_REG_0, -1),
		INSN(BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_0, 0, 0, XDP_PASS),
		EXIT,
	};
	int fd = load(BPF_PROG_TYPE_XDP, insns, COUNT(insns));

	if (bpf_xdp_attach(ifindex, fd, XDP_FLAGS_DRV_MODE, NULL))
		errx(1, "cannot attach XDP");
}

static void attach_tc(int ifindex, const struct bpf_insn *insns, size_t n)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex, .attach_point = BPF_TC_EGRESS);
	LIBBPF_OPTS(bpf_tc_opts, opts, .prog_fd = load(BPF_PROG_TYPE_SCHED_CLS, insns, n));

	if (bpf_tc_hook_create(&hook) || bpf_tc_attach(&hook, &opts))
		errx(1, "cannot attach to tc");
}

/* tc egress: a tag, as of a device that puts it in by itself. */
static void tag_sent(int ifindex, int vlan)
{
	const struct bpf_insn insns[] = {
		MOVE(BPF_REG_2, htons(ETH_P_8021Q)),
		MOVE(BPF_REG_3, vlan),
		CALL(BPF_FUNC_skb_vlan_push),
		MOVE(BPF_REG_0, TC_ACT_OK),
		EXIT,
	};

	attach_tc(ifindex, insns, COUNT(insns));
}

/* tc egress: cuts @cut bytes off, or drops the packet. */
static void cut_sent(int ifindex, int cut)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_LDX | BPF_MEM | BPF_W, BPF_REG_2, BPF_REG_1, 0, 0), /* len */
		INSN(BPF_ALU64 | BPF_SUB | BPF_K, BPF_REG_2, 0, 0, cut),
		MOVE(BPF_REG_3, 0),
		CALL(BPF_FUNC_skb_change_tail),
		SKIP_IF_ZERO(BPF_REG_0),
		MOVE(BPF_REG_0, TC_ACT_SHOT),
		EXIT,
	};

	attach_tc(ifindex, insns, COUNT(insns));
}

static int make_device(const char *name, int kind)
{
	struct ifreq r = { .ifr_flags = (short)(kind | IFF_NO_PI) };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC), s = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(r.ifr_name, name, sizeof(r.ifr_name) - 1);
	if (fd < 0 || s < 0 || ioctl(fd, TUNSETIFF, &r) < 0)
		err(1, "cannot make %s", name);
	if (ioctl(s, SIOCGIFFLAGS, &r) < 0)
		err(1, "%s", name);
	r.ifr_flags |= IFF_UP;
	if (ioctl(s, SIOCSIFFLAGS, &r) < 0)
		err(1, "%s", name);
	close(s);
	return fd;
}

static int index_of(const char *name)
{
	struct ifreq r = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(r.ifr_name, name, sizeof(r.ifr_name) - 1);
	if (fd < 0 || ioctl(fd, SIOCGIFINDEX, &r) < 0)
		err(1, "%s", name);
	close(fd);
	return r.ifr_ifindex;
}

static int open_sender(const char *name)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = index_of(name) };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "cannot send to %s", name);
	return fd;
}

/* What the kernel refuses (less than a header) is not sent. */
static void put(int fd, struct packet *p, uint32_t cut, uint32_t mark)
{
	memset(p->data + p->size, CANARY, cut);
	setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark));
	if (write(fd, p->data, p->size + cut) < 0)
		warn("packet %u", mark);
}

static void save(const struct capture *c)
{
	capture_begin(stdout);
	for (uint32_t i = 0; i < c->count; i++) {
		c->packets[i].wire = c->packets[i].size;
		capture_write(stdout, &c->packets[i]);
	}
}

int main(int argc, char **argv)
{
	int cut = argc == 5 ? atoi(argv[4]) : 0, fd;
	struct capture c = { 0 };
	bool out;

	if (argc < 4 || cut < 0 || cut > MAX_CUT)
		errx(2, "usage: frames send|tap|tun|save|tag DEVICE CAPTURE|VLAN [CUT]");
	if (!strcmp(argv[1], "tag")) {
		tag_sent(index_of(argv[2]), atoi(argv[3]));
		return 0;
	}
	capture_read(&c, argv[3]);
	if (!strcmp(argv[1], "save")) {
		save(&c);
		return 0;
	}
	out = !strcmp(argv[1], "send");
	fd = out ? open_sender(argv[2])
		 : make_device(argv[2], argv[1][1] == 'a' ? IFF_TAP : IFF_TUN);
	if (cut)
		(out ? cut_sent : cut_received)(index_of(argv[2]), cut);
	for (uint32_t i = 0; i < c.count; i++)
		put(fd, &c.packets[i], (uint32_t)cut, i + 1);
	return 0;
}
