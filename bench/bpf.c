/* SPDX-License-Identifier: Apache-2.0 */
/* Programs in the kernel: what the statistics say, and a few of our own to compare with. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

int bpf_stats(bool on)
{
	static int fd = -1;

	if (on && fd < 0) {
		fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
		return fd < 0 ? fd : 0;
	}
	if (!on && fd >= 0) {
		close(fd);
		fd = -1;
	}
	return 0;
}

bool bpf_prog_next(uint32_t *id)
{
	return !bpf_prog_get_next_id(*id, id);
}

uint32_t bpf_last_prog(void)
{
	uint32_t id = 0, last = 0;

	while (bpf_prog_next(&id))
		last = id;
	return last;
}

static bool info(uint32_t id, struct bpf_prog_info *i)
{
	uint32_t size = sizeof(*i);
	int fd = bpf_prog_get_fd_by_id(id), err;

	memset(i, 0, sizeof(*i));
	if (fd < 0)
		return false;
	err = bpf_obj_get_info_by_fd(fd, i, &size);
	close(fd);
	return !err;
}

bool bpf_prog_read(uint32_t id, struct prog_stats *s)
{
	struct bpf_prog_info i;

	if (!info(id, &i))
		return false;
	*s = (struct prog_stats){
		.ns = i.run_time_ns,
		.runs = i.run_cnt,
		.instructions = i.xlated_prog_len / 8,
		.jited = i.jited_prog_len,
	};
	return true;
}

bool bpf_prog_ran(uint32_t id)
{
	struct prog_stats s;

	return bpf_prog_read(id, &s) && s.runs;
}

bool bpf_prog_gone(uint32_t id)
{
	int fd = bpf_prog_get_fd_by_id(id);

	if (fd >= 0)
		close(fd);
	return fd < 0;
}

static int tracepoint_id(const char *name)
{
	char path[256];
	int id = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/kernel/tracing/events/%s/id", name);
	f = fopen(path, "re");
	if (!f) {
		snprintf(path, sizeof(path), "/sys/kernel/debug/tracing/events/%s/id", name);
		f = fopen(path, "re");
	}
	if (f && fscanf(f, "%d", &id) != 1)
		id = -1;
	if (f)
		fclose(f);
	return id;
}

static int open_tracepoint(const char *name)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof(attr),
		.config = (uint64_t)tracepoint_id(name),
		.sample_period = 1,
		.wakeup_events = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
}

static uint32_t id_of(int fd)
{
	struct bpf_prog_info i = { 0 };
	uint32_t size = sizeof(i);

	return bpf_obj_get_info_by_fd(fd, &i, &size) ? 0 : i.id;
}

bool own_empty(struct own *o, const char *tracepoint)
{
	static const struct bpf_insn nothing[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	*o = (struct own){ .perf = -1 };
	o->prog = bpf_prog_load(BPF_PROG_TYPE_TRACEPOINT, "bench_empty", "GPL", nothing, 2, NULL);
	if (o->prog >= 0)
		o->perf = open_tracepoint(tracepoint);
	if (o->perf >= 0 && !ioctl(o->perf, PERF_EVENT_IOC_SET_BPF, o->prog)) {
		o->id = id_of(o->prog);
		return true;
	}
	fprintf(stderr, "bench: cannot attach the empty program: %s\n", strerror(errno));
	own_close(o);
	return false;
}

static int quiet(enum libbpf_print_level level, const char *format, va_list ap)
{
	(void)level, (void)format, (void)ap;
	return 0;
}

bool own_hand(struct own *o, const char *program)
{
	struct bpf_program *p, *wanted;

	*o = (struct own){ .prog = -1, .perf = -1 };
	libbpf_set_print(quiet);
	o->object = bpf_object__open_file(bench.hand, NULL);
	if (!o->object)
		return false;
	bpf_object__for_each_program(p, o->object)
		bpf_program__set_autoload(p, !strcmp(bpf_program__name(p), program));
	wanted = bpf_object__find_program_by_name(o->object, program);
	if (wanted && !bpf_object__load(o->object))
		o->link = bpf_program__attach(wanted);
	if (o->link) {
		o->id = id_of(bpf_program__fd(wanted));
		return true;
	}
	fprintf(stderr, "bench: cannot attach '%s': %s\n", program, strerror(errno));
	own_close(o);
	return false;
}

void own_close(struct own *o)
{
	if (o->link)
		bpf_link__destroy(o->link);
	if (o->object)
		bpf_object__close(o->object);
	if (o->perf >= 0)
		close(o->perf);
	if (o->prog >= 0)
		close(o->prog);
}
