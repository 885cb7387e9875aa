/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/skbout.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/caplink.h"
#include "runtime/fail.h"
#include "runtime/loop.h"
#include "runtime/memory.h"
#include "runtime/names.h"
#include "runtime/session.h"

#define PAGES 512        /* of each CPU's buffer */
#define MAGIC 0xa1b2c3d4 /* microseconds */
#define SNAPLEN 65535

struct file_head {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, accuracy, snaplen, link;
};

struct packet_head {
	uint32_t seconds, microseconds, captured, length;
};

static void failed(struct session *s, uint32_t file)
{
	fail(NULL, "cannot write to %s: %s", s->plan->skb_files[file], fail_text(errno));
	s->failed = s->done = true;
}

/* The first file of that name: one that several calls write has one place. */
static uint32_t first_of(const struct plan *plan, uint32_t file)
{
	uint32_t i = 0;

	while (strcmp(plan->skb_files[i], plan->skb_files[file]) != 0)
		i++;
	return i;
}

static void on_packet(void *ctx, int cpu, void *data, uint32_t size)
{
	struct session *s = ctx;
	struct skb_head head;
	struct packet_head packet;
	uint64_t ns;

	(void)cpu;
	if (size < sizeof(head) || s->failed)
		return;
	memcpy(&head, data, sizeof(head));
	size -= sizeof(head);
	/* Behind the packet the kernel pads. */
	size = size < head.length ? size : head.length;
	if (head.file >= s->plan->nskb_files || head.offset > size)
		return;
	ns = head.ns + (uint64_t)names_wall_ns(s->names);
	size -= head.offset;
	size = size < SNAPLEN ? size : SNAPLEN;
	packet = (struct packet_head){ (uint32_t)(ns / 1000000000),
				       (uint32_t)(ns % 1000000000 / 1000), size, size };
	if (fwrite(&packet, sizeof(packet), 1, s->skb_files[head.file]) != 1 ||
	    (size && fwrite((char *)data + sizeof(head) + head.offset, size, 1,
			    s->skb_files[head.file]) != 1))
		failed(s, head.file);
}

static void on_lost(void *ctx, int cpu, unsigned long long count)
{
	struct session *s = ctx;

	(void)cpu;
	s->skb_lost += count;
}

static void ready(struct session *s, struct watch *w)
{
	(void)w;
	skbout_take(s);
}

static bool open_file(struct session *s, uint32_t i)
{
	static const struct file_head head = { MAGIC, 2, 4, 0, 0, SNAPLEN, CAPLINK_RAW };

	if (first_of(s->plan, i) != i)
		return true;
	s->skb_files[i] = fopen(s->plan->skb_files[i], "we");
	if (s->skb_files[i] && fwrite(&head, sizeof(head), 1, s->skb_files[i]) == 1)
		return true;
	failed(s, i);
	return false;
}

bool skbout_open(struct session *s)
{
	int map = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_PACKETS), fd;

	s->skb_files = memory_new(s->plan->nskb_files + 1, sizeof(*s->skb_files));
	for (uint32_t i = 0; i < s->plan->nskb_files; i++)
		if (!open_file(s, i))
			return false;
	if (map < 0)
		return true;
	s->skb_buffer = perf_buffer__new(map, PAGES, on_packet, on_lost, s, NULL);
	fd = s->skb_buffer ? dup(perf_buffer__epoll_fd(s->skb_buffer)) : -1;
	if (fd >= 0 && loop_watch(s, fd, ready))
		return true;
	fail(NULL, "cannot wait for packets: %s", fail_text(errno));
	return false;
}

void skbout_take(struct session *s)
{
	if (s->skb_buffer)
		perf_buffer__consume(s->skb_buffer);
}

void skbout_flush(struct session *s)
{
	skbout_take(s);
	for (uint32_t i = 0; i < s->plan->nskb_files; i++)
		if (s->skb_files[i] && fflush(s->skb_files[i]) && !s->failed)
			failed(s, i);
}

void skbout_close(struct session *s)
{
	for (uint32_t i = 0; s->skb_files && i < s->plan->nskb_files; i++)
		if (s->skb_files[i] && fclose(s->skb_files[i]) && !s->failed)
			failed(s, i);
	free(s->skb_files);
	s->skb_files = NULL;
	perf_buffer__free(s->skb_buffer);
	s->skb_buffer = NULL;
}
