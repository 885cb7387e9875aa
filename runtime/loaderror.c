/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/loaderror.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fail.h"
#include "runtime/session.h"

#define REPORT_HINT                                                                           \
	"this is a bug of pktscript: please report it with the script and the output of -v, " \
	"which prints the verifier's full log"

#define LARGE_HINT                                                                              \
	"the program is too large for the kernel: it came as far as this place; share what it " \
	"does among several probes"

static bool file_has(const char *path, const char *word)
{
	char text[256];
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		return false;
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = 0;
	return strstr(text, word);
}

const char *privilege_hint(void)
{
	if (file_has("/sys/kernel/security/lockdown", "[confidentiality]"))
		return "this kernel is locked down (confidentiality), which forbids tracing; boot "
		       "with lockdown=integrity or without it";
	if (geteuid() != 0)
		return "run as root (sudo), or with the capabilities CAP_BPF and CAP_PERFMON";
	if (file_has("/proc/sys/kernel/unprivileged_bpf_disabled", "0"))
		return "root lacks a capability here: in a container it needs CAP_BPF and "
		       "CAP_PERFMON, or CAP_SYS_ADMIN";
	return "root lacks a capability here, or kernel.unprivileged_bpf_disabled forbids it: a "
	       "container needs CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN";
}

static size_t line_length(const char *p)
{
	return strcspn(p, "\n");
}

static const char *next_line(const char *p)
{
	p += line_length(p);
	return *p ? p + 1 : p;
}

/* "; LINE:COLUMN| text". Not by sscanf(), which looks for the end of the whole log each time. */
static void read_place(const char *p, struct refusal *r)
{
	unsigned long line, column;
	char *end;

	if (strncmp(p, "; ", 2) != 0)
		return;
	line = strtoul(p + 2, &end, 10);
	if (end == p + 2 || *end != ':')
		return;
	column = strtoul(end + 1, &end, 10);
	if (*end != '|')
		return;
	r->line = (unsigned int)line;
	r->column = (unsigned int)column;
}

/*
 * The log has the generated code with the script between, "; LINE:COLUMN| text", then a
 * sentence on what is wrong, then "processed N insns". The script's last words count.
 */
bool refusal_parse(const char *log, struct refusal *r)
{
	static const char marker[] = "': -- BEGIN PROG LOAD LOG --\n";
	const char *begin = strstr(log, marker), *end, *p;

	*r = (struct refusal){ .program = begin };
	if (!begin)
		return false;
	while (r->program > log && r->program[-1] != '\'')
		r->program--;
	r->program_length = (size_t)(begin - r->program);
	begin += sizeof(marker) - 1;
	end = strstr(begin, "-- END PROG LOAD LOG --");
	for (p = begin; *p && (!end || p < end); p = next_line(p)) {
		read_place(p, r);
		if (strncmp(p, "processed ", 10) == 0)
			break;
		if (strchr(";\n\0", *p) == NULL && strncmp(p, "verification time", 17) != 0) {
			r->reason = p;
			r->reason_length = line_length(p);
		}
	}
	return true;
}

static const struct program *find_program(const struct plan *plan, const struct refusal *r)
{
	uint32_t i;

	for (i = 0; i < plan->nprograms; i++) {
		const char *symbol = plan->programs[i].symbol;

		if (strlen(symbol) == r->program_length &&
		    memcmp(symbol, r->program, r->program_length) == 0)
			return &plan->programs[i];
	}
	return NULL;
}

/* The script's line, for the message. */
static void print_source(const struct source *src, uint32_t line, uint32_t column)
{
	const char *p = src ? src->text : NULL;
	uint32_t i;

	for (i = 1; p && i < line; i++) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	if (p && line)
		fprintf(stderr, "%.*s\n%*s\n", (int)line_length(p), p, (int)column, "^");
}

/* The verifier takes a million steps, 8192 jumps of one way that wait, and 512 bytes of stack. */
static bool too_large(const struct refusal *r)
{
	static const char *const reasons[] = { "BPF program is too large.", "The sequence of ",
					       "combined stack size of " };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (!strncmp(r->reason, reasons[i], strlen(reasons[i])))
			return true;
	return false;
}

static void refused(const struct session *s, const struct refusal *r)
{
	const struct program *p = find_program(s->plan, r);
	const char *probe = p && p->nattaches && p->attaches[0].name ? p->attaches[0].name : "?";
	const struct source *src = s->plan->source;
	bool large = too_large(r);
	char where[64] = "";

	if (r->line)
		snprintf(where, sizeof(where), "%.32s:%u:%u: ", src ? src->name : "", r->line,
			 r->column);
	fprintf(stderr, "pktscript: error: %sthe %s of %s: %.*s\n", where,
		large ? "kernel gave up checking the program" : "kernel refused the program", probe,
		(int)r->reason_length, r->reason);
	print_source(src, r->line, r->column);
	fprintf(stderr, "hint: %s\n", large ? LARGE_HINT : REPORT_HINT);
}

/* libbpf: map 'symbol': failed to create: reason(-errno) */
static bool map_failed(const struct session *s, int err, const char *log)
{
	static const char marker[] = "': failed to create";
	const char *end = strstr(log, marker), *name = end;
	uint32_t i;

	if (!end)
		return false;
	while (name > log && name[-1] != '\'')
		name--;
	for (i = 0; i < s->plan->nmaps; i++) {
		const struct map *m = s->plan->maps[i];

		if (strncmp(m->symbol, name, (size_t)(end - name)) != 0 || m->symbol[end - name])
			continue;
		fail("give it fewer keys with config = { max_map_keys = N }, or shorter strings",
		     "cannot create map %s of %u keys, %u + %u bytes each%s: %s", m->name,
		     m->max_entries, m->key_size, m->value_size,
		     rows_per_cpu(m) ? " and per CPU" : "", fail_text(err));
		return true;
	}
	if (strncmp(name, PLAN_MAP_EVENTS "'", sizeof(PLAN_MAP_EVENTS)) == 0)
		fail(err == -EINVAL ? "ring buffers need Linux 5.8 or later"
				    : "lower ring_buffer_pages in the config block",
		     "cannot create the ring buffer of %llu pages: %s",
		     (unsigned long long)s->plan->config.ring_buffer_pages, fail_text(err));
	else
		fail("-v prints what libbpf says", "cannot create map '%.*s': %s",
		     (int)(end - name), name, fail_text(err));
	return true;
}

/* BPF is permitted, but not programs at the entry or exit of functions. */
static bool functions_refused(const struct session *s, const char *log)
{
	uint32_t i;

	for (i = 0; i < s->plan->nprograms; i++)
		if (s->plan->programs[i].prog == PROG_FUNC)
			return strstr(log, "BPF program load failed") != NULL;
	return false;
}

/* Programs on packets take a capability more. */
static const char *load_hint(const struct session *s)
{
	for (uint32_t i = 0; geteuid() == 0 && i < s->plan->nprograms; i++)
		if (s->plan->programs[i].prog == PROG_XDP || s->plan->programs[i].prog == PROG_SKB)
			return "root lacks a capability here: programs on packets take "
			       "CAP_NET_ADMIN besides CAP_BPF and CAP_PERFMON";
	return privilege_hint();
}

void load_error(const struct session *s, int err, struct out *log)
{
	struct refusal r;

	out_char(log, 0);
	if (err == -EPERM && functions_refused(s, log->data))
		fail("kprobe or rawtracepoint probes may do instead",
		     "fentry and fexit are refused by this kernel");
	else if (err == -EPERM)
		fail(load_hint(s), "not permitted to load BPF programs");
	else if (err == -ENOSYS)
		fail("CONFIG_BPF_SYSCALL is needed", "this kernel has no BPF");
	else if (err == -EMFILE || err == -ENFILE)
		fail("raise the limit of open files with ulimit -n", "cannot load the programs: %s",
		     fail_text(err));
	else if (refusal_parse(log->data, &r) && r.reason)
		refused(s, &r);
	else if (!map_failed(s, err, log->data))
		fail("-v prints what libbpf says", "cannot load the programs: %s",
		     err <= -__LIBBPF_ERRNO__START ? "the object is not valid" : fail_text(err));
}
