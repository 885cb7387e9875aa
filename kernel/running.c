/* SPDX-License-Identifier: Apache-2.0 */
/* Files that processes have mapped as code. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/binary.h"
#include "kernel/internal.h"

struct paths {
	const char **list;
	uint32_t count;
};

static void add_path(struct kernel *k, struct paths *p, const char *path)
{
	for (uint32_t i = 0; i < p->count; i++)
		if (!strcmp(p->list[i], path))
			return;
	VEC_PUSH(k->arena, p->list, p->count, arena_strdup(k->arena, path));
}

static void add_process(struct kernel *k, struct paths *p, uint32_t pid)
{
	char name[40], line[4352], rights[8], *path;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%" PRIu32 "/maps", pid);
	f = fopen(name, "re");
	while (f && fgets(line, sizeof(line), f)) {
		path = strchr(line, '/');
		if (!path || sscanf(line, "%*s %7s", rights) != 1 || !strchr(rights, 'x'))
			continue;
		path[strcspn(path, "\n")] = 0;
		add_path(k, p, path);
	}
	if (f)
		fclose(f);
}

void kernel_running_files(struct kernel *k, uint32_t pid, void (*fn)(void *ctx, const char *path),
			  void *ctx)
{
	struct paths p = { 0 };
	struct dirent *e;
	DIR *proc;

	if (pid) {
		add_process(k, &p, pid);
	} else {
		proc = opendir("/proc");
		while (proc && (e = readdir(proc)))
			if (atoi(e->d_name) > 0)
				add_process(k, &p, (uint32_t)atoi(e->d_name));
		if (proc)
			closedir(proc);
	}
	for (uint32_t i = 0; i < p.count; i++)
		fn(ctx, p.list[i]);
}
