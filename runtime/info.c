/* SPDX-License-Identifier: Apache-2.0 */
/* --info: what the kernel offers to programs, asked of it. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "runtime/runtime.h"

struct info_row {
	const char *name;
	int id;
};

static const struct info_row helpers[] = {
	{ "probe_read_kernel", BPF_FUNC_probe_read_kernel },
	{ "probe_read_user", BPF_FUNC_probe_read_user },
	{ "ktime_get_boot_ns", BPF_FUNC_ktime_get_boot_ns },
	{ "ktime_get_tai_ns", BPF_FUNC_ktime_get_tai_ns },
	{ "get_current_cgroup_id", BPF_FUNC_get_current_cgroup_id },
	{ "send_signal", BPF_FUNC_send_signal },
	{ "override_return", BPF_FUNC_override_return },
	{ "get_stackid", BPF_FUNC_get_stackid },
	{ "for_each_map_elem", BPF_FUNC_for_each_map_elem },
	{ "loop", BPF_FUNC_loop },
	{ "map_lookup_percpu_elem", BPF_FUNC_map_lookup_percpu_elem },
	{ "jiffies64", BPF_FUNC_jiffies64 },
};

static const struct info_row maps[] = {
	{ "array", BPF_MAP_TYPE_ARRAY },
	{ "percpu array", BPF_MAP_TYPE_PERCPU_ARRAY },
	{ "hash", BPF_MAP_TYPE_HASH },
	{ "percpu hash", BPF_MAP_TYPE_PERCPU_HASH },
	{ "lru hash", BPF_MAP_TYPE_LRU_HASH },
	{ "stack_trace", BPF_MAP_TYPE_STACK_TRACE },
	{ "perf_event_array", BPF_MAP_TYPE_PERF_EVENT_ARRAY },
	{ "ringbuf", BPF_MAP_TYPE_RINGBUF },
};

static const struct info_row programs[] = {
	{ "kprobe", BPF_PROG_TYPE_KPROBE },
	{ "tracepoint", BPF_PROG_TYPE_TRACEPOINT },
	{ "perf_event", BPF_PROG_TYPE_PERF_EVENT },
	{ "raw_tracepoint", BPF_PROG_TYPE_RAW_TRACEPOINT },
	{ "fentry", BPF_PROG_TYPE_TRACING },
	{ "xdp", BPF_PROG_TYPE_XDP },
};

static int ask_helper(int id)
{
	return libbpf_probe_bpf_helper(BPF_PROG_TYPE_KPROBE, id, NULL);
}

static int ask_map(int id)
{
	return libbpf_probe_bpf_map_type(id, NULL);
}

static int ask_program(int id)
{
	return libbpf_probe_bpf_prog_type(id, NULL);
}

static void print_rows(const char *title, const struct info_row *rows, size_t n, int (*ask)(int id))
{
	printf("\n%s\n", title);
	for (size_t i = 0; i < n; i++)
		printf("  %s: %s\n", rows[i].name, ask(rows[i].id) > 0 ? "yes" : "no");
}

static int no_message(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	(void)level, (void)fmt, (void)ap;
	return 0;
}

#define ROWS(rows) (rows), sizeof(rows) / sizeof(*(rows))

int runtime_info(const char *version)
{
	struct utsname u = { 0 };

	uname(&u);
	libbpf_set_print(no_message);
	printf("System\n  OS: %s %s %s\n  Arch: %s\n", u.sysname, u.release, u.version, u.machine);
	printf("\nBuild\n  version: %s\n  libbpf: %s\n", version, libbpf_version_string());
	print_rows("Kernel helpers", ROWS(helpers), ask_helper);
	printf("\nKernel features\n  btf: %s\n",
	       access("/sys/kernel/btf/vmlinux", R_OK) ? "no" : "yes");
	print_rows("Map types", ROWS(maps), ask_map);
	print_rows("Probe types", ROWS(programs), ask_program);
	return 0;
}
