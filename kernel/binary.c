/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/binary.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/internal.h"

struct binary {
	struct binary *next;
	const char *name, *path;
	const char *data; /* the file, mapped */
	size_t length;
	const Elf64_Ehdr *header;
};

/* @n items of @size bytes at @offset, or NULL when they are not all in the file, or misplaced. */
static const void *part(const struct binary *b, uint64_t offset, uint64_t n, uint64_t size)
{
	if (offset > b->length || n > (b->length - offset) / (size ? size : 1) || offset % 4)
		return NULL;
	return b->data + offset;
}

/* The string at @offset of string table @s, or "" when it is not there or has no end. */
static const char *string(const struct binary *b, const Elf64_Shdr *s, uint64_t offset)
{
	if (s->sh_offset > b->length || s->sh_size > b->length - s->sh_offset ||
	    offset >= s->sh_size)
		return "";
	if (!memchr(b->data + s->sh_offset + offset, 0, s->sh_size - offset))
		return "";
	return b->data + s->sh_offset + offset;
}

static const Elf64_Shdr *sections(const struct binary *b)
{
	if (b->header->e_shentsize != sizeof(Elf64_Shdr))
		return NULL;
	return part(b, b->header->e_shoff, b->header->e_shnum, sizeof(Elf64_Shdr));
}

/* The section called @name, or NULL. */
static const Elf64_Shdr *section(const struct binary *b, const char *name)
{
	const Elf64_Shdr *s = sections(b);
	uint32_t names = b->header->e_shstrndx;

	for (uint32_t i = 0; s && names < b->header->e_shnum && i < b->header->e_shnum; i++)
		if (!strcmp(string(b, &s[names], s[i].sh_name), name))
			return &s[i];
	return NULL;
}

bool binary_offset(const struct binary *b, uint64_t address, uint64_t *offset)
{
	const Elf64_Phdr *p = part(b, b->header->e_phoff, b->header->e_phnum, sizeof(Elf64_Phdr));

	for (uint32_t i = 0; p && i < b->header->e_phnum; i++) {
		if (p[i].p_type != PT_LOAD || address < p[i].p_vaddr ||
		    address - p[i].p_vaddr >= p[i].p_memsz)
			continue;
		*offset = address - p[i].p_vaddr + p[i].p_offset;
		return true;
	}
	return false;
}

bool binary_address(const struct binary *b, uint64_t offset, uint64_t *address)
{
	const Elf64_Phdr *p = part(b, b->header->e_phoff, b->header->e_phnum, sizeof(Elf64_Phdr));

	for (uint32_t i = 0; p && i < b->header->e_phnum; i++) {
		if (p[i].p_type != PT_LOAD || offset < p[i].p_offset ||
		    offset - p[i].p_offset >= p[i].p_filesz)
			continue;
		*address = offset - p[i].p_offset + p[i].p_vaddr;
		return true;
	}
	return false;
}

/* Calls @fn for each symbol of either table, until it returns true. */
static void each_symbol(const struct binary *b,
			bool (*fn)(void *ctx, const char *name, const Elf64_Sym *symbol), void *ctx)
{
	const Elf64_Shdr *s = sections(b);

	for (uint32_t i = 0; s && i < b->header->e_shnum; i++) {
		uint64_t n = s[i].sh_size / sizeof(Elf64_Sym);
		const Elf64_Sym *symbols = part(b, s[i].sh_offset, n, sizeof(*symbols));

		if ((s[i].sh_type != SHT_SYMTAB && s[i].sh_type != SHT_DYNSYM) || !symbols ||
		    s[i].sh_link >= b->header->e_shnum)
			continue;
		for (uint64_t j = 0; j < n; j++)
			if (symbols[j].st_shndx != SHN_UNDEF && symbols[j].st_value &&
			    fn(ctx, string(b, &s[s[i].sh_link], symbols[j].st_name), &symbols[j]))
				return;
	}
}

struct functions {
	void (*fn)(void *ctx, const char *name, uint64_t address, uint64_t size);
	void *ctx;
};

static bool pass_function(void *ctx, const char *name, const Elf64_Sym *s)
{
	const struct functions *f = ctx;
	uint32_t type = ELF64_ST_TYPE(s->st_info);

	if (type == STT_FUNC || type == STT_GNU_IFUNC)
		f->fn(f->ctx, name, s->st_value, s->st_size);
	return false;
}

void binary_functions(const struct binary *b,
		      void (*fn)(void *ctx, const char *name, uint64_t address, uint64_t size),
		      void *ctx)
{
	struct functions f = { fn, ctx };

	each_symbol(b, pass_function, &f);
}

struct named_symbol {
	const char *name;
	const Elf64_Sym *found;
};

static bool is_named(void *ctx, const char *name, const Elf64_Sym *s)
{
	struct named_symbol *w = ctx;

	if (strcmp(name, w->name))
		return false;
	w->found = s;
	return true;
}

bool binary_symbol(const struct binary *b, const char *name, uint64_t *address, uint64_t *size)
{
	struct named_symbol w = { name, NULL };

	each_symbol(b, is_named, &w);
	if (!w.found)
		return false;
	*address = w.found->st_value;
	*size = w.found->st_size;
	return true;
}

#define NOTE_TYPE 3 /* of a static probe */

/* What a note holds: three addresses and three strings. */
static bool read_note(const struct binary *b, const char *at, uint32_t size, const Elf64_Shdr *base,
		      struct static_probe *probe)
{
	const char *end = at + size, *text = at + 24;
	uint64_t address[3], moved = 0; /* location, base, semaphore */
	const char *strings[3];

	if (size < 27)
		return false;
	memcpy(address, at, sizeof(address));
	for (int i = 0; i < 3; i++) {
		strings[i] = text;
		text = text < end ? memchr(text, 0, end - text) : NULL;
		if (!text)
			return false;
		text++;
	}
	if (base)
		moved = base->sh_addr - address[1]; /* by prelink, after the note was written */
	*probe = (struct static_probe){ strings[0], strings[1], strings[2], 0, 0 };
	if (address[2])
		binary_offset(b, address[2] + moved, &probe->semaphore);
	return binary_offset(b, address[0] + moved, &probe->offset);
}

void binary_static_probes(const struct binary *b,
			  void (*fn)(void *ctx, const struct static_probe *probe), void *ctx)
{
	const Elf64_Shdr *s = section(b, ".note.stapsdt"), *base = section(b, ".stapsdt.base");
	const char *notes = s ? part(b, s->sh_offset, s->sh_size, 1) : NULL;
	uint64_t at = 0;

	while (notes && at + sizeof(Elf64_Nhdr) <= s->sh_size) {
		const Elf64_Nhdr *note = (const void *)(notes + at);
		uint64_t text = at + sizeof(*note) + ((note->n_namesz + 3ull) & ~3ull);
		struct static_probe probe;

		at = text + ((note->n_descsz + 3ull) & ~3ull);
		if (at > s->sh_size)
			break;
		if (note->n_type == NOTE_TYPE &&
		    read_note(b, notes + text, note->n_descsz, base, &probe))
			fn(ctx, &probe);
	}
}

static struct dwarf_section debug_section(const struct binary *b, const char *name)
{
	const Elf64_Shdr *s = section(b, name);

	if (!s || s->sh_type != SHT_PROGBITS || (s->sh_flags & SHF_COMPRESSED) ||
	    s->sh_offset > b->length || s->sh_size > b->length - s->sh_offset)
		return (struct dwarf_section){ 0 };
	return (struct dwarf_section){ (const uint8_t *)b->data + s->sh_offset, s->sh_size };
}

bool binary_debug(const struct binary *b, struct dwarf_sections *s)
{
	*s = (struct dwarf_sections){
		.info = debug_section(b, ".debug_info"),
		.abbrev = debug_section(b, ".debug_abbrev"),
		.str = debug_section(b, ".debug_str"),
		.line_str = debug_section(b, ".debug_line_str"),
		.str_offsets = debug_section(b, ".debug_str_offsets"),
		.line = debug_section(b, ".debug_line"),
	};
	return s->info.length;
}

static int check_header(struct kernel *k, struct binary *b)
{
	const Elf64_Ehdr *h = b->header;

	if (b->length < sizeof(*h) || memcmp(h->e_ident, ELFMAG, SELFMAG))
		return kernel_fail(k, ENOEXEC, "probes go into programs and libraries, not scripts",
				   "%s is no ELF file", b->path);
	if (h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_ident[EI_DATA] != ELFDATA2LSB)
		return kernel_fail(k, ENOEXEC, NULL, "%s is not of 64 bits", b->path);
	return 0;
}

/* Maps the file at b->path. 0, or -errno with kernel_error(). */
static int map_file(struct kernel *k, struct binary *b)
{
	int fd = open(b->path, O_RDONLY | O_CLOEXEC);
	struct stat st = { 0 };
	void *data;

	if (fd < 0)
		return kernel_fail(k, errno, NULL, "cannot open %s: %s", b->path, strerror(errno));
	fstat(fd, &st);
	data = S_ISREG(st.st_mode) && st.st_size
		       ? mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
		       : MAP_FAILED;
	close(fd);
	if (data == MAP_FAILED)
		return kernel_fail(k, EINVAL, NULL, "cannot read %s", b->path);
	b->data = data;
	b->header = data;
	b->length = st.st_size;
	return check_header(k, b);
}

const struct binary *kernel_binary(struct kernel *k, const char *name)
{
	struct binary *b = k->binaries;
	const char *path;

	for (; b; b = b->next)
		if (!strcmp(b->name, name))
			return b;
	path = kernel_binary_path(k, name);
	if (!path)
		return NULL;
	b = arena_alloc(k->arena, sizeof(*b));
	b->name = arena_strdup(k->arena, name);
	b->path = path;
	if (map_file(k, b)) {
		if (b->data)
			munmap((void *)b->data, b->length);
		return NULL;
	}
	b->next = k->binaries;
	k->binaries = b;
	return b;
}

const char *binary_path(const struct binary *b)
{
	return b->path;
}

void kernel_binaries_close(struct kernel *k)
{
	for (struct binary *b = k->binaries; b; b = b->next)
		munmap((void *)b->data, b->length);
	k->binaries = NULL;
}
