/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/elfsyms.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/memory.h"

#define NO_SIZE 4096 /* bytes of a function, at most, whose size the file does not tell */

struct symbol {
	uint64_t address, size;
	char *name;
};

/* A part of the file that is loaded at an address. */
struct segment {
	uint64_t offset, size, address;
};

struct elfsyms {
	struct symbol *list;
	uint32_t count, room;
	struct segment *segments;
	uint32_t nsegments;
};

bool elfsyms_identify(const char *path, struct elfsyms_id *id)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	*id = (struct elfsyms_id){ st.st_dev, st.st_ino };
	return true;
}

static void add_segments(struct elfsyms *s, Elf *elf)
{
	size_t n, i;
	GElf_Phdr p;

	if (elf_getphdrnum(elf, &n))
		return;
	s->segments = memory_new(n + 1, sizeof(*s->segments));
	for (i = 0; i < n; i++)
		if (gelf_getphdr(elf, (int)i, &p) && p.p_type == PT_LOAD)
			s->segments[s->nsegments++] =
				(struct segment){ p.p_offset, p.p_filesz, p.p_vaddr };
}

static void add_symbol(struct elfsyms *s, const GElf_Sym *sym, const char *name)
{
	int type = GELF_ST_TYPE(sym->st_info);

	if ((type != STT_FUNC && type != STT_GNU_IFUNC) || !sym->st_value || !name || !*name)
		return;
	if (s->count == s->room) {
		s->room = s->room ? 2 * s->room : 256;
		s->list = memory_resize(s->list, s->room, sizeof(*s->list));
	}
	s->list[s->count++] = (struct symbol){ sym->st_value, sym->st_size, strdup(name) };
}

static void add_table(struct elfsyms *s, Elf *elf, Elf_Scn *scn, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t n = header->sh_entsize ? header->sh_size / header->sh_entsize : 0, i;
	GElf_Sym sym;

	for (i = 0; data && i < n; i++)
		if (gelf_getsym(data, (int)i, &sym))
			add_symbol(s, &sym, elf_strptr(elf, header->sh_link, sym.st_name));
}

/* By address; of two names for one function the one that is larger comes last. */
static int compare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address > y->address ? 1 : -1;
	if (x->size != y->size)
		return x->size > y->size ? 1 : -1;
	return strcmp(y->name, x->name);
}

static void read_elf(struct elfsyms *s, Elf *elf)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr header;

	add_segments(s, elf);
	while ((scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &header) &&
		    (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM))
			add_table(s, elf, scn, &header);
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), compare);
}

struct elfsyms *elfsyms_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct elfsyms *s = NULL;
	Elf *elf;

	if (fd < 0)
		return NULL;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF) {
		s = memory_new(1, sizeof(*s));
		read_elf(s, elf);
	}
	elf_end(elf);
	close(fd);
	return s;
}

void elfsyms_free(struct elfsyms *s)
{
	uint32_t i;

	for (i = 0; s && i < s->count; i++)
		free(s->list[i].name);
	if (s) {
		free(s->list);
		free(s->segments);
	}
	free(s);
}

/* The address that byte @at of the file is loaded at; 0: none. */
static uint64_t address_of(const struct elfsyms *s, uint64_t at)
{
	uint32_t i;

	for (i = 0; i < s->nsegments; i++)
		if (at >= s->segments[i].offset && at - s->segments[i].offset < s->segments[i].size)
			return at - s->segments[i].offset + s->segments[i].address;
	return 0;
}

const char *elfsyms_find(const struct elfsyms *s, uint64_t at, uint64_t *offset)
{
	uint64_t address = address_of(s, at);
	uint32_t low = 0, high = s->count;
	const struct symbol *found;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->list[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!address || !low)
		return NULL;
	found = &s->list[low - 1];
	*offset = address - found->address;
	return *offset < (found->size ? found->size : NO_SIZE) ? found->name : NULL;
}
