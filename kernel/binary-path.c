/* SPDX-License-Identifier: Apache-2.0 */
/* Finding programs in $PATH, and libraries in the cache of the dynamic linker. */
#include "kernel/binary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/internal.h"

#define CACHE "/etc/ld.so.cache"
#define CACHE_MAGIC "glibc-ld.so.cache1.1"
#define CACHE_LIMIT (16 << 20)

/* The cache's entries (glibc, sysdeps/generic/dl-cache.h). */
struct cache_header {
	char magic[20];
	uint32_t count, strings_length;
	uint32_t unused[5];
};

struct cache_entry {
	int32_t flags;
	uint32_t key, value; /* offsets of name and path from the header */
	uint32_t version;
	uint64_t hwcap;
};

#if defined(__x86_64__)
#define CACHE_FLAGS 0x0303
#elif defined(__aarch64__)
#define CACHE_FLAGS 0x0a03
#else
#define CACHE_FLAGS 0x0003
#endif

/* "libc" and "c" are libc.so.6: what follows the name is .so and a version. */
static bool is_library(const char *file, const char *name)
{
	size_t len = strlen(name);

	if (strncmp(name, "lib", 3) && !strncmp(file, "lib", 3))
		file += 3;
	if (strncmp(file, name, len))
		return false;
	return !file[len] || !strncmp(file + len, ".so", 3);
}

/* The cache's text at @offset; NULL when it is not a string of it. */
static const char *cache_string(const char *cache, size_t length, uint32_t offset)
{
	if (offset >= length || !memchr(cache + offset, 0, length - offset))
		return NULL;
	return cache + offset;
}

static const char *search_cache(const char *cache, size_t length, const char *name)
{
	const struct cache_header *h = (const void *)cache;
	const struct cache_entry *e = (const void *)(h + 1);

	if (length < sizeof(*h) || memcmp(h->magic, CACHE_MAGIC, sizeof(h->magic)))
		return NULL;
	for (uint32_t i = 0; i < h->count && (const char *)(e + i + 1) <= cache + length; i++) {
		const char *file = cache_string(cache, length, e[i].key);
		const char *path = cache_string(cache, length, e[i].value);

		if (file && path && e[i].flags == CACHE_FLAGS && is_library(file, name))
			return path;
	}
	return NULL;
}

static const char *find_library(struct kernel *k, const char *name)
{
	int fd = open(CACHE, O_RDONLY | O_CLOEXEC);
	const char *path = NULL;
	struct stat st;
	char *cache;
	long n;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && st.st_size > 0 && st.st_size < CACHE_LIMIT) {
		cache = malloc(st.st_size);
		n = cache ? kernel_read(fd, cache, st.st_size) : -1;
		path = n > 0 ? search_cache(cache, n, name) : NULL;
		path = path ? arena_strdup(k->arena, path) : NULL;
		free(cache);
	}
	close(fd);
	return path;
}

static const char *find_program(struct kernel *k, const char *name)
{
	const char *dirs = getenv("PATH"), *path;

	while (dirs && *dirs) {
		size_t len = strcspn(dirs, ":");

		path = arena_printf(k->arena, "%.*s/%s", (int)len, dirs, name);
		if (!access(path, X_OK))
			return path;
		dirs += len + (dirs[len] == ':');
	}
	return NULL;
}

const char *kernel_binary_path(struct kernel *k, const char *name)
{
	const char *path;

	if (strchr(name, '/'))
		return name;
	path = find_program(k, name);
	path = path ? path : find_library(k, name);
	if (!path)
		kernel_fail(k, ENOENT, "give its path, with a slash in it",
			    "no program or library is called %s", name);
	return path;
}
