/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/replay.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/bpf.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime/attach.h"
#include "runtime/caplink.h"
#include "runtime/fail.h"
#include "runtime/loop.h"
#include "runtime/memory.h"
#include "runtime/provider.h"
#include "runtime/session.h"
#include "util/pcaplib.h"

#define PACKETS_A_ROUND 64   /* then signals and the output have their turn */
#define FIRINGS_A_GAP 100000 /* of intervals between two packets */
#define MIN_INPUT 54         /* kernel: an Ethernet header, and that of IPv6 where one follows */
#define MAX_WIRE 65536       /* kernel: GSO_LEGACY_MAX_SIZE */

/* An interval probe: when it is due by the clock of the capture. */
struct due {
	const struct program *program;
	uint64_t period, next;
};

struct replay {
	const char *path;
	int fd;
	bool may_block;
	struct capread reader;
	struct capread_packet packet; /* the one that is next */
	int got;                      /* what reading it gave */
	uint64_t packets, started;    /* read, and when that began */
	const struct program **programs;
	uint32_t nprograms;
	struct due *dues;
	uint32_t ndues;
	uint32_t limit; /* of bytes that the kernel takes */
	uint64_t *clock, own_clock[CLOCK_WORDS];
	int ifaces_fd; /* -1: nobody asks for names */
	uint32_t named;
};

static uint64_t monotonic_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

bool replay_open(struct session *s)
{
	const char *path = s->options->read_path;
	struct replay *r;
	struct stat st;

	if (!path)
		return true;
	r = s->replay = memory_new(1, sizeof(*r));
	r->path = strcmp(path, "-") ? path : "standard input";
	r->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
	r->ifaces_fd = -1;
	r->limit = UINT32_MAX;
	r->clock = r->own_clock;
	if (r->fd < 0 || fstat(r->fd, &st) < 0) {
		fail(NULL, "cannot read %s: %s", r->path, fail_text(errno));
		return false;
	}
	r->may_block = !S_ISREG(st.st_mode);
	return true;
}

void replay_close(struct session *s)
{
	struct replay *r = s->replay;

	if (!r)
		return;
	capread_close(&r->reader);
	if (r->fd >= 0)
		close(r->fd);
	if (r->clock != r->own_clock)
		munmap(r->clock, sizeof(r->own_clock));
	free(r->programs);
	free(r->dues);
	free(r);
}

void replay_prepare(struct session *s)
{
	struct bpf_map *map = bpf_object__find_map_by_name(s->object, PLAN_MAP_CLOCK);

	if (map)
		bpf_map__set_map_flags(map, BPF_F_MMAPABLE);
}

/* The clock is memory that programs and we share, when any of them asks for the time. */
static bool open_clock(struct session *s)
{
	struct replay *r = s->replay;
	int fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_CLOCK);
	void *at;

	r->ifaces_fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_IFACES);
	if (fd < 0)
		return true;
	at = mmap(NULL, sizeof(r->own_clock), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED) {
		fail(NULL, "cannot set the clock: %s", fail_text(errno));
		return false;
	}
	r->clock = at;
	return true;
}

uint64_t replay_now(const struct session *s)
{
	return s->replay->clock[CLOCK_NOW];
}

/* Waits for input while all else goes on; false when the run ends before. */
static bool wait_input(struct session *s)
{
	struct pollfd fds[2] = { { .fd = s->replay->fd, .events = POLLIN },
				 { .fd = s->epoll, .events = POLLIN } };

	if (poll(fds, 1, 0) != 0)
		return true;
	loop_drain_all(s);
	while (!s->done) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return true;
		if (fds[0].revents)
			return true;
		loop_poll(s);
	}
	return false;
}

static ssize_t read_input(void *session, void *to, size_t n)
{
	struct session *s = session;
	ssize_t got;

	do {
		if (s->replay->may_block && !wait_input(s))
			return 0;
		got = read(s->replay->fd, to, n);
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	return got < 0 ? -errno : got;
}

/* Names of interfaces that the file has described since. */
static void name_ifaces(struct replay *r)
{
	char name[PLAN_IFACE_NAME];

	for (; r->named < r->reader.nifaces && r->named < PLAN_IFACES; r->named++) {
		memset(name, 0, sizeof(name));
		memcpy(name, r->reader.ifaces[r->named].name, sizeof(name) - 1);
		bpf_map_update_elem(r->ifaces_fd, &r->named, name, BPF_ANY);
	}
}

static void read_next(struct session *s)
{
	struct replay *r = s->replay;

	r->got = capread_next(&r->reader, &r->packet);
	if (r->got < 0 && !s->done) {
		fail(NULL, "cannot read %s: %s", r->path, r->reader.error);
		s->failed = true;
	}
	if (r->ifaces_fd >= 0)
		name_ifaces(r);
}

bool replay_begin(struct session *s)
{
	struct replay *r = s->replay;

	if (!open_clock(s))
		return false;
	loop_start(s);
	if (capread_open(&r->reader, read_input, s)) {
		if (!s->done)
			fail(NULL, "cannot read %s: %s", r->path, r->reader.error);
		return s->done;
	}
	read_next(s);
	if (r->got > 0)
		r->clock[CLOCK_NOW] = r->clock[CLOCK_START] = r->packet.ns;
	return true;
}

static void add_due(struct replay *r, const struct program *p, uint64_t period)
{
	r->dues = memory_resize(r->dues, r->ndues + 1, sizeof(*r->dues));
	r->dues[r->ndues++] = (struct due){ p, period, r->clock[CLOCK_START] + period };
}

bool replay_attach(struct session *s, const struct program *p, uint32_t index)
{
	struct replay *r = s->replay;

	if (r && p->provider->id == PROVIDER_interval) {
		add_due(r, p, p->attaches[index].number);
		return true;
	}
	if (!r || p->prog != PROG_SKB)
		return false;
	r->programs = memory_resize(r->programs, r->nprograms + 1, sizeof(*r->programs));
	r->programs[r->nprograms++] = p;
	return true;
}

/* The first of those that are due at @now; NULL: none is. */
static struct due *first_due(struct replay *r, uint64_t now)
{
	struct due *first = NULL;

	for (uint32_t i = 0; i < r->ndues; i++)
		if (r->dues[i].next <= now && (!first || r->dues[i].next < first->next))
			first = &r->dues[i];
	return first;
}

/* After a leap of the capture's clock, back or far ahead, periods count from @now. */
static void restart_dues(struct replay *r, uint64_t now, bool all)
{
	for (uint32_t i = 0; i < r->ndues; i++)
		if (all || r->dues[i].next - r->dues[i].period > now)
			r->dues[i].next = now + r->dues[i].period;
}

static void set_time(struct session *s, uint64_t now)
{
	struct replay *r = s->replay;
	struct due *due;
	uint32_t n = 0;

	restart_dues(r, now, false);
	while (!s->done && (due = first_due(r, now))) {
		r->clock[CLOCK_NOW] = due->next;
		due->next += due->period;
		attach_call_program(s, due->program);
		if (++n == FIRINGS_A_GAP)
			restart_dues(r, now, true);
		if (n % PACKETS_A_ROUND == 0)
			loop_poll(s);
	}
	r->clock[CLOCK_NOW] = now;
}

/* What the kernel is given of a packet. */
struct input {
	struct __sk_buff ctx;
	unsigned char padded[MIN_INPUT];
	const unsigned char *data;
	uint32_t size;
};

static void make_input(struct input *in, uint16_t link, struct capread_packet *p)
{
	bool no_link = caplink_strip(link, p);
	uint32_t ours = no_link ? ETHERNET_HEADER : 0;

	in->data = p->data - ours;
	in->size = p->captured + ours;
	if (in->size < MIN_INPUT) {
		memset(in->padded, 0, sizeof(in->padded));
		memcpy(in->padded, in->data, in->size);
		in->data = in->padded;
		in->size = MIN_INPUT;
	}
	in->ctx = (struct __sk_buff){ .tstamp = p->timed ? p->ns : 0 };
	in->ctx.cb[REPLAY_FLAGS] =
		(no_link ? REPLAY_NO_LINK : 0) | (p->direction == CAPREAD_IN ? REPLAY_IN : 0) |
		(p->direction == CAPREAD_OUT ? REPLAY_OUT : 0) | (p->timed ? REPLAY_TIME : 0);
	in->ctx.cb[REPLAY_IFACE] = p->iface;
	in->ctx.cb[REPLAY_LENGTH] = p->length;
	in->ctx.cb[REPLAY_CAPTURED] = p->captured;
	if (p->length + ours >= in->size && p->length + ours <= MAX_WIRE)
		in->ctx.wire_len = p->length + ours;
}

/* One run on what the kernel takes of the packet. 0 or -errno. */
static int test_run(struct replay *r, int fd, struct input *in)
{
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = in->data, .ctx_in = &in->ctx,
		    .ctx_size_in = sizeof(in->ctx));
	uint32_t lost;

	options.data_size_in = in->size < r->limit ? in->size : r->limit;
	lost = in->size - options.data_size_in;
	in->ctx.cb[REPLAY_CAPTURED] -= lost;
	in->size -= lost;
	return bpf_prog_test_run_opts(fd, &options);
}

/*
 * Some kernels take what fits a page with what they put around it; how much that is depends on the
 * kernel. True when there is a smaller limit to try.
 */
static bool lower_limit(struct replay *r, uint32_t size)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);
	uint32_t limits[] = { page - 384, page - 1024 };

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (size > limits[i]) {
			r->limit = limits[i];
			return true;
		}
	return false;
}

static bool run_program(struct session *s, const struct program *p, struct input *in)
{
	int err;

	do
		err = test_run(s->replay, provider_fd(s, p), in);
	while (err == -EINVAL && lower_limit(s->replay, in->size));
	if (err) {
		fail(NULL, "cannot run %s on a packet: %s", p->attaches[0].name, fail_text(err));
		s->failed = s->done = true;
	}
	return !err;
}

static void unknown_link(struct session *s, uint16_t link)
{
	fail("Ethernet, raw IP, BSD loopback and Linux cooked captures are understood",
	     "cannot replay %s: its packets are of link type %u (%s)", s->replay->path, link,
	     pcaplib_link_name(link));
	s->failed = s->done = true;
}

static void run_packet(struct session *s)
{
	struct replay *r = s->replay;
	uint16_t link = r->reader.ifaces[r->packet.iface].link;
	struct input in;

	if (!caplink_known(link)) {
		unknown_link(s, link);
		return;
	}
	if (r->packet.timed)
		set_time(s, r->packet.ns);
	make_input(&in, link, &r->packet);
	for (uint32_t i = 0; i < r->nprograms && !s->done; i++)
		if (run_program(s, r->programs[i], &in))
			loop_take(s);
	r->packets++;
}

static void say_speed(const struct replay *r)
{
	double seconds = (double)(monotonic_ns() - r->started) / 1e9;

	fprintf(stderr, "read %" PRIu64 " packet%s in %.3f s, %.0f packets/s\n", r->packets,
		r->packets == 1 ? "" : "s", seconds,
		seconds > 0 ? (double)r->packets / seconds : 0);
}

void replay_run(struct session *s)
{
	struct replay *r = s->replay;

	r->started = monotonic_ns();
	while (r->got > 0 && !s->done) {
		run_packet(s);
		if (r->packets % PACKETS_A_ROUND == 0)
			loop_poll(s);
		if (!s->done)
			read_next(s);
	}
	if (s->options->verbose)
		say_speed(r);
}
