/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/loadtype.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "parser/plan.h"
#include "parser/tables.h"

/* Sections that are ours instead of libbpf's, and what programs in them attach to. */
static const struct {
	const char *section;
	enum bpf_attach_type type;
} types[] = {
	{ "tp_btf+", BPF_TRACE_RAW_TP },
	{ "iter+", BPF_TRACE_ITER },
	{ "fentry+", BPF_TRACE_FENTRY },
	{ "fexit+", BPF_TRACE_FEXIT },
};
#define TYPES (sizeof(types) / sizeof(*types))

/* libbpf's handlers know no context but a number. */
static const struct plan *loading;
static int handlers[TYPES];

static const struct attach *find_attach(const struct bpf_program *prog)
{
	const char *name = bpf_program__name(prog);
	uint32_t i;

	for (i = 0; loading && i < loading->nprograms; i++)
		if (strcmp(loading->programs[i].symbol, name) == 0)
			return &loading->programs[i].attaches[0];
	return NULL;
}

/* The id of a type is that of the kernel's BTF, or of a module's, which is a file. */
static int module_file(const char *module)
{
	struct bpf_btf_info info;
	uint32_t id = 0, size;
	char name[64];
	int fd;

	while (bpf_btf_get_next_id(id, &id) == 0) {
		fd = bpf_btf_get_fd_by_id(id);
		if (fd < 0)
			continue;
		memset(&info, 0, sizeof(info));
		info.name = (uintptr_t)name;
		info.name_len = sizeof(name);
		size = sizeof(info);
		if (bpf_obj_get_info_by_fd(fd, &info, &size) == 0 && info.kernel_btf &&
		    strcmp(name, module) == 0)
			return fd;
		close(fd);
	}
	return -ENOENT;
}

static int prepare(struct bpf_program *prog, struct bpf_prog_load_opts *options, long type)
{
	const struct attach *at = find_attach(prog);
	int fd;

	if (!at)
		return -EINVAL;
	bpf_program__set_type(prog, BPF_PROG_TYPE_TRACING);
	bpf_program__set_expected_attach_type(prog, (enum bpf_attach_type)type);
	options->expected_attach_type = (enum bpf_attach_type)type;
	options->attach_btf_id = at->btf_id;
	if (!at->target || strcmp(at->target, "vmlinux") == 0 ||
	    at->provider->id == PROVIDER_tracepoint)
		return 0;
	fd = module_file(at->target);
	options->attach_btf_obj_fd = fd;
	return fd < 0 ? fd : 0;
}

int loadtype_begin(const struct plan *plan)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, options, .prog_prepare_load_fn = prepare);
	size_t i;

	loading = plan;
	for (i = 0; i < TYPES; i++) {
		options.cookie = types[i].type;
		/* As TRACING it would make libbpf read the kernel's BTF. */
		handlers[i] = libbpf_register_prog_handler(
			types[i].section, BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &options);
		if (handlers[i] < 0)
			return handlers[i];
	}
	return 0;
}

void loadtype_end(void)
{
	size_t i;

	for (i = 0; i < TYPES; i++)
		if (handlers[i] > 0)
			libbpf_unregister_prog_handler(handlers[i]);
	memset(handlers, 0, sizeof(handlers));
	loading = NULL;
}
