/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/names.h"

#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/cgroup.h"
#include "runtime/memory.h"
#include "runtime/names_internal.h"
#include "runtime/net.h"
#include "runtime/syscalls.h"

#define NS_PER_S 1000000000ll

static int64_t now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

static int stack_fd(struct bpf_object *object, uint32_t id)
{
	char name[32];

	snprintf(name, sizeof(name), PLAN_MAP_STACKS, id);
	return bpf_object__find_map_fd_by_name(object, name);
}

struct names *names_open(const struct plan *plan, struct bpf_object *object)
{
	struct names *n = memory_new(1, sizeof(*n));
	uint32_t i;

	n->plan = plan;
	n->arena = arena_new();
	n->wall_ns = plan->replay ? 0 : now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME);
	n->stack_fds = memory_new(plan->nstacks + 1, sizeof(*n->stack_fds));
	for (i = 0; i < plan->nstacks; i++)
		n->stack_fds[i] = stack_fd(object, plan->stacks[i]);
	return n;
}

int64_t names_wall_ns(const struct names *n)
{
	return n->wall_ns;
}

void names_close(struct names *n)
{
	if (!n)
		return;
	usyms_free(n->usyms);
	arena_free(n->arena);
	free(n->stack_fds);
	free(n);
}

void names_remember(struct names *n, uint32_t pid)
{
	if (!n->usyms)
		n->usyms = usyms_new();
	usyms_remember(n->usyms, pid);
}

const char *names_cut_mark(const struct names *n)
{
	return n ? config_text(n->plan->config.str_trunc_trailer) : "..";
}

/* From the file alone: network directories are not asked. */
static void print_user(struct out *o, uint32_t uid)
{
	FILE *f = fopen("/etc/passwd", "re");
	struct passwd *p = NULL;

	while (f && (p = fgetpwent(f)) && p->pw_uid != uid)
		;
	if (p)
		out_string(o, p->pw_name);
	else
		out_unsigned(o, uid);
	if (f)
		fclose(f);
}

/* A process that is gone has no name. */
static void print_comm(struct out *o, int64_t pid)
{
	char path[40], name[32];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	f = fopen(path, "re");
	if (f && fgets(name, sizeof(name), f))
		out_bytes(o, name, strcspn(name, "\n"));
	if (f)
		fclose(f);
}

static void print_errno(struct out *o, int64_t v)
{
	/* The kernel's functions return them negative. */
	out_string(o, strerror((int)(v < 0 ? -v : v)));
}

static void print_signal(struct out *o, int64_t v)
{
	const char *name = v > 0 && v < NSIG ? sigabbrev_np((int)v) : NULL;

	if (!name) {
		out_signed(o, v);
		return;
	}
	out_string(o, "SIG");
	out_string(o, name);
}

static void print_syscall(struct out *o, int64_t v)
{
	const char *name = syscall_name(v);

	if (name)
		out_string(o, name);
	else
		out_signed(o, v);
}

/* @format with %f, the microseconds, written out; strftime() does the rest. */
static void expand_micros(struct out *o, const char *format, int64_t ns)
{
	char digits[8];

	snprintf(digits, sizeof(digits), "%06d", (int)(ns % NS_PER_S / 1000));
	for (; *format; format++) {
		if (format[0] == '%' && format[1] == 'f') {
			out_string(o, digits);
			format++;
		} else {
			out_char(o, *format);
			if (format[0] == '%' && format[1])
				out_char(o, *++format);
		}
	}
	out_char(o, 0);
}

/* The script's author chose the format. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void print_time(struct out *o, const char *format, int64_t ns)
{
	time_t seconds = ns / NS_PER_S;
	struct out expanded;
	char text[1024];
	struct tm tm;

	out_open(&expanded, -1);
	expand_micros(&expanded, format, ns);
	if (localtime_r(&seconds, &tm))
		out_bytes(o, text, strftime(text, sizeof(text), expanded.data, &tm));
	out_close(&expanded);
}
#pragma GCC diagnostic pop

void names_print(struct out *o, const struct type *t, const unsigned char *value)
{
	int64_t words[2] = { 0, 0 };

	memcpy(words, value, t->size < sizeof(words) ? t->size : sizeof(words));
	switch ((int)t->kind) {
	case TYPE_KSYM:
		names_ksym(o, o->names, (uint64_t)words[0], false);
		break;
	case TYPE_USYM:
		names_usym(o, o->names, (uint32_t)words[1], (uint64_t)words[0], false, false);
		break;
	case TYPE_STACK:
		names_stack(o, o->names, t, words[0], (uint32_t)words[1]);
		break;
	case TYPE_TIME:
		print_time(o, t->name, words[0] + (o->names ? o->names->wall_ns : 0));
		break;
	case TYPE_USERNAME:
		print_user(o, (uint32_t)words[0]);
		break;
	case TYPE_COMM:
		print_comm(o, words[0]);
		break;
	case TYPE_ERRNO:
		print_errno(o, words[0]);
		break;
	case TYPE_SIGNAL:
		print_signal(o, words[0]);
		break;
	case TYPE_SYSCALL:
		print_syscall(o, words[0]);
		break;
	case TYPE_CGROUP:
		cgroup_print(o, (uint64_t)words[0], t->name);
		break;
	default:
		net_print(o, t, value);
		break;
	}
}
