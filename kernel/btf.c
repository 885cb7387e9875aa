/* SPDX-License-Identifier: Apache-2.0 */
/* Opening BTF: the file in memory, its header checked, its types indexed. */
#include "kernel/btf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel/btf-internal.h"
#include "kernel/internal.h"

#define BTF_DIR "/sys/kernel/btf"
#define MAX_FILE (256u << 20)
#define BYTES_PER_TYPE 24 /* a first guess, right for most kernels */

struct btf_entry {
	struct btf_entry *next;
	const char *name; /* "vmlinux", or of the module */
	struct kbtf btf;
};

const struct btf_type *kbtf_record(const struct kbtf *b, uint32_t id)
{
	if (b->base && id < b->first)
		b = b->base;
	if (id < b->first || id >= b->count)
		return NULL;
	return (const struct btf_type *)(b->types + b->offsets[id - b->first]);
}

const char *kbtf_string(const struct kbtf *b, uint32_t offset)
{
	if (b->base && offset < b->first_string)
		b = b->base;
	offset -= b->first_string;
	return offset < b->strings_length ? b->strings + offset : "";
}

uint32_t kbtf_count(const struct kbtf *b)
{
	return b->count;
}

uint32_t kbtf_first(const struct kbtf *b)
{
	return b->first;
}

/* Bytes each kind has behind struct btf_type: a fixed part, and one for each of its vlen. */
static const struct trailer {
	uint8_t known, fixed, each;
} trailers[NR_BTF_KINDS] = {
	[BTF_KIND_INT] = { 1, sizeof(uint32_t), 0 },
	[BTF_KIND_PTR] = { 1, 0, 0 },
	[BTF_KIND_ARRAY] = { 1, sizeof(struct btf_array), 0 },
	[BTF_KIND_STRUCT] = { 1, 0, sizeof(struct btf_member) },
	[BTF_KIND_UNION] = { 1, 0, sizeof(struct btf_member) },
	[BTF_KIND_ENUM] = { 1, 0, sizeof(struct btf_enum) },
	[BTF_KIND_FWD] = { 1, 0, 0 },
	[BTF_KIND_TYPEDEF] = { 1, 0, 0 },
	[BTF_KIND_VOLATILE] = { 1, 0, 0 },
	[BTF_KIND_CONST] = { 1, 0, 0 },
	[BTF_KIND_RESTRICT] = { 1, 0, 0 },
	[BTF_KIND_FUNC] = { 1, 0, 0 },
	[BTF_KIND_FUNC_PROTO] = { 1, 0, sizeof(struct btf_param) },
	[BTF_KIND_VAR] = { 1, sizeof(struct btf_var), 0 },
	[BTF_KIND_DATASEC] = { 1, 0, sizeof(struct btf_var_secinfo) },
	[BTF_KIND_FLOAT] = { 1, 0, 0 },
	[BTF_KIND_DECL_TAG] = { 1, sizeof(struct btf_decl_tag), 0 },
	[BTF_KIND_TYPE_TAG] = { 1, 0, 0 },
	[BTF_KIND_ENUM64] = { 1, 0, sizeof(struct btf_enum64) },
};

/* Finds the two sections. */
static const char *read_header(struct kbtf *b)
{
	struct btf_header h;
	size_t room;

	if (b->length < sizeof(h))
		return "it is too short";
	memcpy(&h, b->data, sizeof(h));
	if (h.magic == __builtin_bswap16(BTF_MAGIC))
		return "it is for a machine of the other byte order";
	if (h.magic != BTF_MAGIC)
		return "it does not begin like BTF";
	if (h.version != BTF_VERSION)
		return "its version is unknown";
	if (h.hdr_len < sizeof(h) || h.hdr_len > b->length || h.hdr_len % 4)
		return "its header is damaged";
	room = b->length - h.hdr_len;
	if (h.type_off > room || h.type_len > room - h.type_off || h.type_off % 4)
		return "its types are cut off";
	if (h.str_off > room || h.str_len > room - h.str_off || !h.str_len)
		return "its names are cut off";
	b->types = b->data + h.hdr_len + h.type_off;
	b->types_length = h.type_len;
	b->strings = b->data + h.hdr_len + h.str_off;
	b->strings_length = h.str_len;
	if (b->strings[h.str_len - 1])
		return "its names do not end";
	return NULL;
}

/* The bytes of a whole type record, or 0 when it has no known kind. */
static inline uint32_t record_size(uint32_t info)
{
	uint32_t kind = BTF_INFO_KIND(info);

	/* Half of all types: known without a table, so that the next one is read early. */
	if (kind == BTF_KIND_FUNC || kind == BTF_KIND_PTR)
		return sizeof(struct btf_type);
	if (kind >= NR_BTF_KINDS || !trailers[kind].known)
		return 0;
	return (uint32_t)sizeof(struct btf_type) + trailers[kind].fixed +
	       trailers[kind].each * BTF_INFO_VLEN(info);
}

/* Room for @room types in the index, keeping @n. False: no memory. */
static bool grow_index(struct kbtf *b, uint32_t n, uint32_t room)
{
	uint32_t *offsets = malloc(room * (sizeof(*b->offsets) + sizeof(*b->kinds)));
	uint8_t *kinds = (uint8_t *)(offsets + room);

	if (!offsets)
		return false;
	if (n) {
		memcpy(offsets, b->offsets, n * sizeof(*offsets));
		memcpy(kinds, b->kinds, n);
	}
	free(b->offsets);
	b->offsets = offsets;
	b->kinds = kinds;
	return true;
}

const char *kbtf_index(struct kbtf *b)
{
	const char *wrong = read_header(b);
	uint32_t at = 0, n = 0, room;

	if (wrong)
		return wrong;
	b->first = b->base ? b->base->count : 1;
	b->first_string = b->base ? b->base->first_string + b->base->strings_length : 0;
	room = b->types_length / BYTES_PER_TYPE + 16;
	if (!grow_index(b, 0, room))
		return "there is no memory for it";
	while (at < b->types_length) {
		const struct btf_type *t = (const struct btf_type *)(b->types + at);
		uint32_t left = b->types_length - at, kind, size;

		if (left < sizeof(*t))
			return "its last type is cut off";
		size = record_size(t->info);
		if (!size)
			return "it has a kind of type that this version does not know";
		if (size > left)
			return "its last type is cut off";
		if (n == room && !grow_index(b, n, room *= 2))
			return "there is no memory for it";
		kind = BTF_INFO_KIND(t->info);
		b->offsets[n] = at;
		b->kinds[n++] = (uint8_t)(kind == BTF_KIND_ENUM64 ? BTF_KIND_ENUM : kind);
		at += size;
	}
	b->count = b->first + n;
	return NULL;
}

void kbtf_clear(struct kbtf *b)
{
	if (b->mapped)
		munmap(b->data, b->length);
	else
		free(b->data);
	free(b->offsets);
	for (size_t i = 0; i < NR_BTF_KINDS; i++)
		free(b->hash[i].slots);
	memset(b, 0, sizeof(*b));
}

/*
 * Brings the file into memory: 0 or -errno. Only sysfs is mapped (since Linux 6.16): its
 * bytes cannot change under us after they are checked, those of a common file can.
 */
static int load(struct kbtf *b, int fd)
{
	struct statfs fs;
	struct stat st;
	long n;

	if (fstat(fd, &st))
		return -errno;
	if (st.st_size > MAX_FILE)
		return -EFBIG;
	b->length = (size_t)st.st_size;
	if (b->length && !fstatfs(fd, &fs) && fs.f_type == SYSFS_MAGIC) {
		b->data = mmap(NULL, b->length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
		b->mapped = b->data != MAP_FAILED;
		if (b->mapped)
			return 0;
	}
	b->data = malloc(b->length + 1);
	if (!b->data)
		return -ENOMEM;
	n = kernel_read(fd, b->data, b->length);
	if (n < 0)
		return (int)n;
	b->length = (size_t)n;
	return 0;
}

static struct kbtf *find_open(const struct kernel *k, const char *name)
{
	for (struct btf_entry *e = k->btfs; e; e = e->next)
		if (!strcmp(e->name, name))
			return &e->btf;
	return NULL;
}

const struct kbtf *kernel_btf_opened(const struct kernel *k, const char *name)
{
	return find_open(k, name);
}

const struct kbtf *kernel_btf_add(struct kernel *k, const char *name, char *data, size_t length)
{
	struct btf_entry *e = arena_alloc(k->arena, sizeof(*e));

	e->name = arena_strdup(k->arena, name);
	e->btf.data = data;
	e->btf.length = length;
	e->btf.user = true;
	if (kbtf_index(&e->btf)) {
		kbtf_clear(&e->btf);
		return NULL;
	}
	e->next = k->btfs;
	k->btfs = e;
	return &e->btf;
}

bool kbtf_is_user(const struct kbtf *b)
{
	return b->user;
}

/* Opens and indexes the file @path as @name. NULL with kernel_error(). */
static struct kbtf *open_file(struct kernel *k, const char *name, const char *path,
			      const struct kbtf *base)
{
	struct btf_entry *e = arena_alloc(k->arena, sizeof(*e));
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;
	const char *wrong = NULL;

	if (fd < 0) {
		kernel_fail_errno(k, errno, arena_printf(k->arena, "open BTF file %s", path),
				  KERNEL_LOCKDOWN);
		return NULL;
	}
	e->name = arena_strdup(k->arena, name);
	e->btf.base = base;
	err = load(&e->btf, fd);
	close(fd);
	if (err)
		kernel_fail_errno(k, -err, arena_printf(k->arena, "read BTF file %s", path),
				  KERNEL_LOCKDOWN);
	else if ((wrong = kbtf_index(&e->btf)))
		kernel_fail(k, EINVAL, NULL, "cannot use BTF file %s: %s", path, wrong);
	if (err || wrong) {
		kbtf_clear(&e->btf);
		return NULL;
	}
	e->next = k->btfs;
	k->btfs = e;
	return &e->btf;
}

const struct kbtf *kernel_btf(struct kernel *k)
{
	const struct kbtf *b = find_open(k, "vmlinux");

	if (b)
		return b;
	if (!k->btf && access(BTF_DIR "/vmlinux", F_OK)) {
		kernel_fail(k, ENOENT, "its types need one built with CONFIG_DEBUG_INFO_BTF",
			    "this kernel has no BTF");
		return NULL;
	}
	return open_file(k, "vmlinux", k->btf ? k->btf : BTF_DIR "/vmlinux", NULL);
}

const struct kbtf *kernel_btf_module(struct kernel *k, const char *module)
{
	const struct kbtf *b = find_open(k, module), *base;
	const char *vmlinux = k->btf ? k->btf : BTF_DIR "/vmlinux", *slash, *path;

	if (b)
		return b;
	base = kernel_btf(k);
	if (!base)
		return NULL;
	slash = strrchr(vmlinux, '/');
	path = arena_printf(k->arena, "%.*s%s", slash ? (int)(slash + 1 - vmlinux) : 0, vmlinux,
			    module);
	if (!*module || *module == '.' || strchr(module, '/') || access(path, F_OK)) {
		kernel_fail(k, ENOENT, arena_printf(k->arena, "load it with modprobe %s", module),
			    "there is no BTF of module %s", module);
		return NULL;
	}
	return open_file(k, module, path, base);
}

void kernel_btf_close(struct kernel *k)
{
	for (struct btf_entry *e = k->btfs; e; e = e->next)
		kbtf_clear(&e->btf);
	k->btfs = NULL;
}
