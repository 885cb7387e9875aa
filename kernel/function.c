/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/function.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel/btf.h"
#include "kernel/internal.h"
#include "util/suggest.h"

#define SYMBOLS "/proc/kallsyms"
#define CHUNK (1 << 20)

/* All lines of a file of the kernel, malloc()ed and NUL-terminated; NULL when it cannot be read. */
static char *read_all(int fd)
{
	size_t have = 0, room = CHUNK;
	char *text = malloc(room + 1), *more;
	long n;

	while (text && (n = kernel_read(fd, text + have, room - have)) > 0) {
		have += (size_t)n;
		if (have < room)
			continue;
		room *= 2;
		more = realloc(text, room + 1);
		if (!more)
			free(text);
		text = more;
	}
	if (text)
		text[have] = 0;
	return text;
}

/* Searching the list, whose lines are "name [module]" or "address type name [module]". */
struct search {
	struct kernel *k;
	const char *module, *glob;
	void (*fn)(void *ctx, const char *name, const char *module);
	void *ctx;
	struct suggest near;
	const char **names; /* found so far: an open hash, as some names come several times */
	size_t mask, found;
};

static bool is_new(struct search *s, const char *name)
{
	size_t h = 5381;

	for (const char *p = name; *p; p++)
		h = 33 * h + (unsigned char)*p;
	for (h &= s->mask; s->names[h]; h = (h + 1) & s->mask)
		if (!strcmp(s->names[h], name))
			return false;
	s->names[h] = name;
	return true;
}

/* False when the function is not in the module asked for. */
static bool in_module(const struct search *s, const char *module)
{
	if (!s->module)
		return true;
	return module ? !strcmp(s->module, module) : !strcmp(s->module, "vmlinux");
}

static void take_line(struct search *s, char *name, char *module)
{
	char *end = module ? strchr(module, ']') : NULL;

	if (end)
		*end = 0;
	if (!in_module(s, module))
		return;
	if (glob_match(s->glob, name) && s->found < s->mask / 2 && is_new(s, name)) {
		s->found++;
		s->fn(s->ctx, arena_strdup(s->k->arena, name),
		      module ? arena_strdup(s->k->arena, module) : NULL);
	}
	suggest_try(&s->near, name);
}

static bool is_code(const char *line)
{
	const char *type = strchr(line, ' ');

	return type && type[1] && strchr("tTwW", type[1]) && type[2] == ' ';
}

static void take_text(struct search *s, char *text, bool symbols)
{
	char *next;

	for (char *line = text; *line; line = next) {
		char *name = line, *module;

		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = 0;
		if (symbols) {
			if (!is_code(line))
				continue;
			name = strchr(line, ' ') + 3;
		}
		module = strpbrk(name, " \t");
		if (module) {
			*module = 0;
			module = strchr(module + 1, '[');
		}
		take_line(s, name, module ? module + 1 : NULL);
	}
}

static int no_function(struct search *s)
{
	struct kernel *k = s->k;
	const char *hint = s->near.best ? kernel_did_you_mean(k, s->near.best)
					: "list them with pktscript -l 'kprobe:*'";

	return kernel_fail(k, ENOENT, arena_strdup(k->arena, hint),
			   "the kernel has no function %s%s%s", s->module ? s->module : "",
			   s->module ? ":" : "", s->glob);
}

int kernel_functions(struct kernel *k, const char *module, const char *glob,
		     void (*fn)(void *ctx, const char *name, const char *module), void *ctx)
{
	struct search s = { .k = k,
			    .module = module,
			    .glob = glob,
			    .fn = fn,
			    .ctx = ctx,
			    .near = { .word = glob },
			    .mask = (1 << 19) - 1 };
	int fd = kernel_tracefs_open(k, "available_filter_functions", O_RDONLY);
	bool symbols = fd < 0;
	char *text;

	if (symbols)
		fd = open(SYMBOLS, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return kernel_fail_errno(k, errno, "read the kernel's functions", KERNEL_LOCKDOWN);
	text = read_all(fd);
	close(fd);
	s.names = calloc(s.mask + 1, sizeof(*s.names));
	if (text && s.names) {
		take_text(&s, text, symbols);
		if (!s.found)
			no_function(&s);
	}
	free(text);
	free(s.names);
	return (int)s.found;
}

static void ignore(void *ctx, const char *name, const char *module)
{
	(void)ctx, (void)name, (void)module;
}

/* BTF has most functions, and is searched in no time. */
bool kernel_function(struct kernel *k, const char *module, const char *name)
{
	const struct kbtf *b = kernel_btf_of(k, module);

	if (b && kbtf_find(b, name, BTF_KIND_FUNC))
		return true;
	return kernel_functions(k, module, name, ignore, NULL) > 0;
}

bool kernel_has_kprobes(struct kernel *k)
{
	if (!access("/sys/bus/event_source/devices/kprobe", F_OK))
		return true;
	kernel_fail(k, ENOTSUP, "tracepoints are still there: pktscript -l 'rawtracepoint:*'",
		    "this kernel has no kprobes (CONFIG_KPROBES is not set)");
	return false;
}

bool kernel_has_kprobe_multi(struct kernel *k)
{
	const struct kbtf *b = kernel_btf(k);

	return b && kbtf_find(b, "register_fprobe_ips", BTF_KIND_FUNC);
}
