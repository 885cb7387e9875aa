/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/load.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "runtime/fail.h"
#include "runtime/loaderror.h"
#include "runtime/loadtype.h"
#include "runtime/memory.h"
#include "runtime/prepare.h"
#include "runtime/replay.h"
#include "runtime/session.h"

/* What libbpf says while it loads: the reason of a failure. It knows no context. */
static struct out libbpf_log;
static bool libbpf_aloud;
static libbpf_print_fn_t libbpf_before;

static int __attribute__((format(printf, 2, 0)))
keep_log(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	char *line = NULL;
	int n;

	if (level == LIBBPF_DEBUG)
		return 0;
	n = vasprintf(&line, fmt, ap);
	if (n < 0)
		return 0;
	if (libbpf_log.data)
		out_bytes(&libbpf_log, line, (size_t)n);
	if (libbpf_aloud && !strstr(line, "elf: skipping"))
		fputs(line, stderr);
	free(line);
	return n;
}

/* Two files per attached probe, one per program and map, and some to live on. */
static void raise_files(const struct plan *plan)
{
	rlim_t wanted = 256 + 2ul * plan->nattaches + 2ul * plan->nprograms + 2ul * plan->nmaps;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = wanted;
	if (limit.rlim_max < wanted)
		limit.rlim_max = wanted;
	if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
		return;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Before Linux 5.11 maps and programs count as locked memory. */
static void raise_memlock(void)
{
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &limit);
}

static struct bpf_map *find_map(struct session *s, const char *symbol)
{
	struct bpf_map *map = symbol ? bpf_object__find_map_by_name(s->object, symbol) : NULL;

	if (symbol && !map)
		fail("please report this bug of pktscript", "the object has no map '%s'", symbol);
	return map;
}

static bool find_maps(struct session *s)
{
	struct bpf_map *map, *overflow;
	uint32_t i;

	s->maps = memory_new(s->plan->nmaps, sizeof(*s->maps));
	for (i = 0; i < s->plan->nmaps; i++) {
		const struct map *m = s->plan->maps[i];

		map = find_map(s, m->symbol);
		overflow = find_map(s, m->overflow);
		if (!map || (m->overflow && !overflow))
			return false;
		s->maps[i] = (struct live_map){
			.map = m,
			.fd = bpf_map__fd(map),
			.overflow_fd = overflow ? bpf_map__fd(overflow) : -1,
			.overflow_size = overflow ? bpf_map__value_size(overflow) : 0,
		};
	}
	return true;
}

static bool find_programs(struct session *s)
{
	uint32_t i;

	s->programs = memory_new(s->plan->nprograms, sizeof(struct bpf_program *));
	for (i = 0; i < s->plan->nprograms; i++) {
		const char *symbol = s->plan->programs[i].symbol;

		s->programs[i] = bpf_object__find_program_by_name(s->object, symbol);
		if (s->programs[i])
			continue;
		fail("please report this bug of pktscript", "the object has no program '%s'",
		     symbol);
		return false;
	}
	return true;
}

/* cpid: the command waits to be started. */
static void tell_command(struct session *s)
{
	int fd = bpf_object__find_map_fd_by_name(s->object, PLAN_MAP_COMMAND);
	uint64_t pid = (uint64_t)s->command.pid;
	uint32_t key = 0;

	if (fd >= 0)
		bpf_map_update_elem(fd, &key, &pid, BPF_ANY);
}

/* -v: what the programs came to. */
static void say_programs(const struct session *s)
{
	for (uint32_t i = 0; i < s->plan->nprograms; i++) {
		const struct program *p = &s->plan->programs[i];
		struct bpf_prog_info info = { 0 };
		uint32_t size = sizeof(info);

		if (bpf_obj_get_info_by_fd(bpf_program__fd(s->programs[i]), &info, &size))
			continue;
		fprintf(stderr,
			"program %s: %s, %u probe%s, %u instructions, verified in %u steps\n",
			p->symbol, p->section, p->nattaches, p->nattaches == 1 ? "" : "s",
			info.xlated_prog_len / 8, info.verified_insns);
	}
}

static bool load_object(struct session *s, const void *object, size_t size,
			const struct prepared *prepared)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "pktscript");
	int err;

	s->object = bpf_object__open_mem(object, size, &options);
	if (!s->object) {
		load_error(s, -errno, &libbpf_log);
		return false;
	}
	if (!find_programs(s))
		return false;
	replay_prepare(s);
	err = prepare_use(prepared, s->object);
	if (!err)
		err = bpf_object__load(s->object);
	if (err) {
		load_error(s, err, &libbpf_log);
		return false;
	}
	tell_command(s);
	if (s->options->verbose)
		say_programs(s);
	return find_maps(s);
}

bool load(struct session *s, const void *object, size_t size, const struct prepared *prepared)
{
	bool ok;
	int err;

	raise_files(s->plan);
	raise_memlock();
	libbpf_before = libbpf_set_print(keep_log);
	libbpf_aloud = s->options->verbose;
	out_open(&libbpf_log, -1);
	err = loadtype_begin(s->plan);
	if (err)
		fail(NULL, "cannot set up libbpf: %s", fail_text(err));
	ok = !err && load_object(s, object, size, prepared);
	loadtype_end();
	out_close(&libbpf_log);
	return ok;
}

void unload(struct session *s)
{
	bpf_object__close(s->object);
	if (libbpf_before)
		libbpf_set_print(libbpf_before);
	libbpf_before = NULL;
	free(s->programs);
	free(s->maps);
}
