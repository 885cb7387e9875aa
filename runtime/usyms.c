/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/usyms.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/elfsyms.h"
#include "runtime/memory.h"

/* A mapping of a file into a process. */
struct mapping {
	uint64_t start, end, offset;
	char *path;
};

struct process {
	uint32_t pid;
	struct mapping *maps;
	uint32_t nmaps;
	bool gone; /* its maps could not be read again */
};

/* A file with its symbols; @path is as the first process saw it. */
struct file {
	struct elfsyms *symbols;
	uint64_t device, inode;
};

struct usyms {
	struct process *processes;
	uint32_t nprocesses;
	struct file *files;
	uint32_t nfiles;
};

struct usyms *usyms_new(void)
{
	return memory_new(1, sizeof(struct usyms));
}

static void forget_maps(struct process *p)
{
	uint32_t i;

	for (i = 0; i < p->nmaps; i++)
		free(p->maps[i].path);
	free(p->maps);
	p->maps = NULL;
	p->nmaps = 0;
}

void usyms_free(struct usyms *u)
{
	uint32_t i;

	if (!u)
		return;
	for (i = 0; i < u->nprocesses; i++)
		forget_maps(&u->processes[i]);
	for (i = 0; i < u->nfiles; i++)
		elfsyms_free(u->files[i].symbols);
	free(u->processes);
	free(u->files);
	free(u);
}

/* One line of /proc/PID/maps: "start-end rwxp offset dev inode path". */
static void add_mapping(struct process *p, const char *line)
{
	struct mapping m;
	int at = 0;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64 " %*s %*s %n", &m.start, &m.end,
		   &m.offset, &at) != 3 ||
	    !at || line[at] == '\n' || !line[at])
		return;
	m.path = strndup(line + at, strcspn(line + at, "\n"));
	p->maps = memory_resize(p->maps, p->nmaps + 1, sizeof(*p->maps));
	p->maps[p->nmaps++] = m;
}

/* A process that has ended has no maps; those it had stay. */
static void read_maps(struct process *p)
{
	struct process now = { .pid = p->pid };
	char path[32], line[4352];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/maps", p->pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		add_mapping(&now, line);
	if (f)
		fclose(f);
	p->gone = !now.nmaps;
	if (p->gone)
		return;
	forget_maps(p);
	*p = now;
}

static struct process *find_process(struct usyms *u, uint32_t pid)
{
	struct process *p;
	uint32_t i;

	for (i = 0; i < u->nprocesses; i++)
		if (u->processes[i].pid == pid)
			return &u->processes[i];
	u->processes = memory_resize(u->processes, u->nprocesses + 1, sizeof(*p));
	p = &u->processes[u->nprocesses++];
	*p = (struct process){ .pid = pid };
	read_maps(p);
	return p;
}

/* Libraries that were loaded since make us look again. */
static const struct mapping *find_mapping(struct process *p, uint64_t address)
{
	int again;
	uint32_t i;

	for (again = 0; again < 2 && (!again || !p->gone); again++) {
		for (i = 0; i < p->nmaps; i++)
			if (address >= p->maps[i].start && address < p->maps[i].end)
				return &p->maps[i];
		if (!again)
			read_maps(p);
	}
	return NULL;
}

/* The symbols of a file, as the process sees its path; also when the process is gone. */
static const struct elfsyms *find_file(struct usyms *u, uint32_t pid, const char *path)
{
	struct elfsyms_id id;
	char *there = NULL;
	struct file *f;
	uint32_t i;

	if (path[0] != '/' || asprintf(&there, "/proc/%" PRIu32 "/root%s", pid, path) < 0)
		return NULL;
	if (!elfsyms_identify(there, &id) && !elfsyms_identify(path, &id)) {
		free(there);
		return NULL;
	}
	for (i = 0; i < u->nfiles; i++)
		if (u->files[i].inode == id.inode && u->files[i].device == id.device)
			break;
	if (i == u->nfiles) {
		u->files = memory_resize(u->files, u->nfiles + 1, sizeof(*u->files));
		f = &u->files[u->nfiles++];
		*f = (struct file){ elfsyms_read(there), id.device, id.inode };
		if (!f->symbols)
			f->symbols = elfsyms_read(path);
	}
	free(there);
	return u->files[i].symbols;
}

void usyms_remember(struct usyms *u, uint32_t pid)
{
	uint32_t known = u->nprocesses;
	struct process *p = find_process(u, pid);

	if (u->nprocesses == known)
		read_maps(p);
}

const char *usyms_find(struct usyms *u, uint32_t pid, uint64_t address, uint64_t *offset,
		       const char **path)
{
	const struct mapping *m = find_mapping(find_process(u, pid), address);
	const struct elfsyms *symbols;

	*path = m ? m->path : NULL;
	symbols = m ? find_file(u, pid, m->path) : NULL;
	return symbols ? elfsyms_find(symbols, address - m->start + m->offset, offset) : NULL;
}
