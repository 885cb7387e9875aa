/* SPDX-License-Identifier: Apache-2.0 */
/* pktscript side by side with bpftrace, and with C. See README.md. */
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "bench.h"

struct bench bench = { .times = 1 };

static const struct {
	const char *name;
	group_fn *run;
} groups[] = {
	{ "start", group_start },   { "events", group_events }, { "flow", group_flow },
	{ "stream", group_stream }, { "keys", group_keys },
};

#define GROUPS (sizeof(groups) / sizeof(*groups))

static int usage(void)
{
	size_t i;

	fputs("usage: bench [--peer=BPFTRACE] [--hand=OBJECT] [--json=FILE] [--only=GROUP]\n"
	      "             [--times=N] [--strict] PKTSCRIPT\n"
	      "groups:",
	      stderr);
	for (i = 0; i < GROUPS; i++)
		fprintf(stderr, " %s", groups[i].name);
	fputs("\n", stderr);
	return 2;
}

static bool options(int argc, char **argv)
{
	static const struct option names[] = {
		{ "peer", required_argument, NULL, 'p' },
		{ "hand", required_argument, NULL, 'h' },
		{ "json", required_argument, NULL, 'j' },
		{ "only", required_argument, NULL, 'o' },
		{ "times", required_argument, NULL, 't' },
		{ "strict", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (c) {
		case 'p':
			bench.peer = optarg;
			break;
		case 'h':
			bench.hand = optarg;
			break;
		case 'j':
			bench.json = optarg;
			break;
		case 'o':
			bench.only = optarg;
			break;
		case 't':
			bench.times = (unsigned int)atoi(optarg);
			break;
		case 's':
			bench.strict = true;
			break;
		default:
			return false;
		}
	}
	bench.ours = argv[optind];
	return optind == argc - 1;
}

/* Tracefs where everyone looks for it: mounted for us alone when it is not there. */
static void mount_tracing(void)
{
	if (!access("/sys/kernel/tracing/events", F_OK) &&
	    !access("/sys/kernel/debug/tracing/events", F_OK))
		return;
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, NULL) ||
	    mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL))
		perror("bench: cannot mount tracefs and debugfs");
}

/* Packets are sent from one CPU, and a short sleep is short. */
static void hold_still(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 1 : 0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	prctl(PR_SET_TIMERSLACK, 1);
}

static unsigned int row_count(void)
{
	unsigned int count;

	rows_all(&count);
	return count;
}

/* Whether a row missed its target, of those after the first @i. */
static bool missed(unsigned int i)
{
	const struct row *r;
	unsigned int count;

	r = rows_all(&count);
	for (; i < count; i++)
		if (strchr("mf", row_verdict(&r[i])[0]))
			return true;
	return false;
}

static void run_groups(void)
{
	unsigned int n, before;
	uint64_t start;
	size_t i;

	for (i = 0; i < GROUPS; i++) {
		if (bench.only && strcmp(bench.only, groups[i].name))
			continue;
		start = now_ns();
		before = row_count();
		fprintf(stderr, "%s ...", groups[i].name);
		for (n = 0; n < bench.times; n++)
			groups[i].run();
		/* It may have been the machine: more samples tell. */
		if (missed(before))
			groups[i].run();
		fprintf(stderr, " %.0f s\n", (double)(now_ns() - start) / 1e9);
	}
}

int main(int argc, char **argv)
{
	int err = 0;

	if (!options(argc, argv))
		return usage();
	if (geteuid()) {
		fputs("bench: needs root\n", stderr);
		return 77;
	}
	mount_tracing();
	if (!net_open())
		return 3;
	hold_still();
	getloadavg(bench.load, 1);
	run_groups();
	getloadavg(bench.load + 1, 1);
	report_table(stdout);
	if (bench.json)
		err = report_json(bench.json);
	if (err)
		fprintf(stderr, "bench: cannot write %s: %s\n", bench.json, strerror(-err));
	return err ? 3 : bench.strict && missed(0) ? 1 : 0;
}
