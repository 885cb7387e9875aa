/* SPDX-License-Identifier: Apache-2.0 */
/* The results: a table to read, JSON to keep. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench.h"

static const char *const subjects[SUBJECT_COUNT] = {
	[SUBJECT_OURS] = "pktscript", [SUBJECT_PEER] = "bpftrace", [SUBJECT_C_TP] = "C tracepoint",
	[SUBJECT_C_BTF] = "C tp_btf", [SUBJECT_EMPTY] = "empty",
};

/* Columns of a table in Markdown, so that it can be pasted. */
static void cell(FILE *f, int digits, double value, int width)
{
	if (isnan(value))
		fprintf(f, " %*s |", width, "-");
	else
		fprintf(f, " %*.*f |", width, digits, value);
}

static void table_row(FILE *f, const struct row *r)
{
	enum subject s;

	fprintf(f, "| %-30s | %-12s |", r->name, r->unit);
	for (s = 0; s < SUBJECT_COUNT; s++)
		cell(f, r->digits, row_median(r, s), (int)strlen(subjects[s]));
	cell(f, 2, row_ratio(r, SUBJECT_PEER), 5);
	cell(f, 2, r->target > 0 ? r->target : NAN, 6);
	cell(f, 2, row_ratio(r, SUBJECT_C_BTF), 4);
	cell(f, 2, r->limit > 0 ? r->limit : NAN, 5);
	fprintf(f, " %-7s |\n", row_verdict(r));
}

void report_table(FILE *f)
{
	const struct row *r;
	unsigned int count, i;
	enum subject s;

	fprintf(f, "\n| %-30s | %-12s |", "line (median)", "unit");
	for (s = 0; s < SUBJECT_COUNT; s++)
		fprintf(f, " %s |", subjects[s]);
	fputs(" ratio | target | to C | limit | verdict |\n|---|---|", f);
	for (s = 0; s < SUBJECT_COUNT + 4; s++)
		fputs("---:|", f);
	fputs("---|\n", f);
	r = rows_all(&count);
	for (i = 0; i < count; i++)
		table_row(f, &r[i]);
	fprintf(f, "\nload average: %.2f before, %.2f after\n", bench.load[0], bench.load[1]);
}

static void json_string(FILE *f, const char *text)
{
	putc('"', f);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', f);
		if ((unsigned char)*text >= ' ')
			putc(*text, f);
	}
	putc('"', f);
}

static void json_number(FILE *f, double value)
{
	if (isfinite(value))
		fprintf(f, "%.6g", value);
	else
		fputs("null", f);
}

static void cpu_model(char *text, size_t size)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[256], *at;

	snprintf(text, size, "unknown");
	while (f && fgets(line, sizeof(line), f)) {
		at = strchr(line, ':');
		if (!at || strncmp(line, "model name", 10))
			continue;
		snprintf(text, size, "%.*s", (int)strcspn(at + 2, "\n"), at + 2);
		break;
	}
	if (f)
		fclose(f);
}

static void tool_version(char *text, size_t size, const char *tool)
{
	char command[512];
	FILE *f;

	text[0] = '\0';
	if (!tool)
		return;
	snprintf(command, sizeof(command), "'%s' --version 2>/dev/null", tool);
	f = popen(command, "re");
	if (f && fgets(text, (int)size, f))
		text[strcspn(text, "\n")] = '\0';
	if (f)
		pclose(f);
}

static void json_head(FILE *f)
{
	char text[256];
	struct utsname u;

	uname(&u);
	fputs("{\n  \"kernel\": ", f);
	json_string(f, u.release);
	fputs(",\n  \"machine\": ", f);
	json_string(f, u.machine);
	fputs(",\n  \"cpu\": ", f);
	cpu_model(text, sizeof(text));
	json_string(f, text);
	fprintf(f, ",\n  \"cpus\": %ld,\n  \"load\": [%.2f, %.2f]", sysconf(_SC_NPROCESSORS_ONLN),
		bench.load[0], bench.load[1]);
	fputs(",\n  \"pktscript\": ", f);
	tool_version(text, sizeof(text), bench.ours);
	json_string(f, text);
	fputs(",\n  \"bpftrace\": ", f);
	tool_version(text, sizeof(text), bench.peer);
	json_string(f, text);
}

static void json_subject(FILE *f, const struct row *r, enum subject s)
{
	unsigned int i;

	fprintf(f, ",\n      \"%s\": {\"median\": ", subjects[s]);
	json_number(f, row_median(r, s));
	fputs(", \"samples\": [", f);
	for (i = 0; i < r->count[s]; i++) {
		fputs(i ? ", " : "", f);
		json_number(f, r->sample[s][i]);
	}
	fputs("]}", f);
}

static void json_row(FILE *f, const struct row *r)
{
	enum subject s;

	fputs("    {\"line\": ", f);
	json_string(f, r->name);
	fputs(", \"unit\": ", f);
	json_string(f, r->unit);
	fputs(", \"ratio\": ", f);
	json_number(f, row_ratio(r, SUBJECT_PEER));
	fputs(", \"target\": ", f);
	json_number(f, r->target > 0 ? r->target : NAN);
	fputs(", \"to_c\": ", f);
	json_number(f, row_ratio(r, SUBJECT_C_BTF));
	fputs(", \"limit\": ", f);
	json_number(f, r->limit > 0 ? r->limit : NAN);
	fputs(", \"verdict\": ", f);
	json_string(f, row_verdict(r));
	for (s = 0; s < SUBJECT_COUNT; s++)
		if (r->count[s])
			json_subject(f, r, s);
	fputs("}", f);
}

int report_json(const char *path)
{
	const struct row *r;
	unsigned int count, i;
	FILE *f = fopen(path, "we");
	bool bad;

	if (!f)
		return -errno;
	json_head(f);
	fputs(",\n  \"lines\": [\n", f);
	r = rows_all(&count);
	for (i = 0; i < count; i++) {
		json_row(f, &r[i]);
		fputs(i + 1 < count ? ",\n" : "\n", f);
	}
	fputs("  ]\n}\n", f);
	bad = ferror(f);
	return fclose(f) || bad ? -EIO : 0;
}
