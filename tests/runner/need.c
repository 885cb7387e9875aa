/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/runner/need.h"

#include <grp.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static bool can_bpf(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1
	};
	int fd = (int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static bool can_unshare(void)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(!!unshare(CLONE_NEWNET | CLONE_NEWNS));
	return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

/* Without privileges the tree may be out of reach: then a case for nobody cannot run. */
static bool nobody_can_read(const char *path)
{
	int status = -1;
	pid_t pid;

	if (geteuid())
		return true;
	pid = fork();
	if (!pid)
		_exit(setgroups(0, NULL) || setgid(65534) || setuid(65534) || !!access(path, R_OK));
	return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

static bool kernel_is_at_least(const char *version)
{
	unsigned int want[2] = { 0, 0 }, have[2] = { 0, 0 };
	struct utsname u;

	uname(&u);
	if (sscanf(version, "%u.%u", &want[0], &want[1]) < 1 ||
	    sscanf(u.release, "%u.%u", &have[0], &have[1]) < 1)
		return false;
	return have[0] > want[0] || (have[0] == want[0] && have[1] >= want[1]);
}

static bool in_path(struct arena *a, const char *program)
{
	const char *path = getenv("PATH");

	while (path && *path) {
		size_t len = strcspn(path, ":");

		if (!access(arena_printf(a, "%.*s/%s", (int)len, path, program), X_OK))
			return true;
		path += len + (path[len] == ':');
	}
	return false;
}

static bool has_kprobes(void)
{
	return !access("/sys/bus/event_source/devices/kprobe", F_OK);
}

/* NULL when the word is met. */
static const char *unmet(struct arena *a, const char *word)
{
	if (!strcmp(word, "root")) {
		if (geteuid())
			return "needs root";
		return can_bpf() ? NULL : "needs root that may use BPF";
	}
	if (!strcmp(word, "net"))
		return can_unshare() ? NULL : "needs private network namespaces (root)";
	if (!strcmp(word, "tracefs-absent"))
		return access("/sys/kernel/tracing/events", F_OK) &&
				       access("/sys/kernel/debug/tracing/events", F_OK)
			       ? NULL
			       : "needs a machine where tracefs is not mounted";
	if (!strncmp(word, "kernel-", 7))
		return kernel_is_at_least(word + 7) ? NULL
						    : arena_printf(a, "needs kernel %s", word + 7);
	if (!strcmp(word, "kprobe"))
		return has_kprobes() ? NULL : "needs a kernel with kprobes";
	if (!strcmp(word, "no-kprobe"))
		return has_kprobes() ? "needs a kernel without kprobes" : NULL;
	if (!strcmp(word, "watchpoint"))
		return access("/sys/bus/event_source/devices/breakpoint", F_OK)
			       ? "needs hardware breakpoints"
			       : NULL;
	if (!strcmp(word, "fentry"))
		return has_kprobes() ? NULL : "needs a kernel with kprobes and fentry";
	if (!strcmp(word, "vm"))
		return getenv("PKT_VM") ? NULL : "needs a virtual machine (PKT_VM)";
	return in_path(a, word) ? NULL : arena_printf(a, "needs %s", word);
}

static const char *next_word(const char **list, size_t *len)
{
	const char *word = *list + strspn(*list, " ,\n");

	*len = strcspn(word, " ,\n");
	*list = word + *len;
	return word;
}

bool need_has(const struct tcase *c, const char *word)
{
	const char *list = c->value[KEY_REQUIRES];
	size_t len;

	while (list && *list) {
		const char *w = next_word(&list, &len);

		if (len == strlen(word) && !strncmp(w, word, len))
			return true;
	}
	return false;
}

bool need_netns(const struct tcase *c)
{
	return need_has(c, "root") || need_has(c, "net") || c->value[KEY_TRAFFIC];
}

const char *need_unmet(struct arena *a, const struct tcase *c)
{
	const char *list = c->value[KEY_REQUIRES], *why = NULL;
	size_t len;

	while (list && *list && !why) {
		const char *w = next_word(&list, &len);

		if (len)
			why = unmet(a, arena_strndup(a, w, len));
	}
	if (!why && c->value[KEY_USER] && !nobody_can_read(getenv("SRCDIR")))
		why = "the source tree is out of reach for nobody";
	if (!why && need_netns(c))
		why = unmet(a, "net");
	return why;
}
