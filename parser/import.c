/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a script names: import "x.pkt", and #include "x.h" of C definitions. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parser/parse.h"

#define MAX_FILE (1u << 20)
#define MAX_NESTED 16

static void refuse(struct parser *p, struct span span, const char *path, const char *why)
{
	diag_add(p->diags, E_BAD_IMPORT, span, "cannot read '%s': %s", path, why);
}

/* Beside the file that names it. */
static const char *beside(struct parser *p, struct span span, const char *path)
{
	const char *name = source_position(p->source, span).name, *slash = strrchr(name, '/');

	if (*path == '/' || !slash)
		return path;
	return arena_printf(p->arena, "%.*s/%s", (int)(slash - name), name, path);
}

/* Anyone could have put the file there. */
static bool world_writable(struct parser *p, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct stat st;

	path = slash ? arena_printf(p->arena, "%.*s/", (int)(slash - path), path) : ".";
	return !stat(path, &st) && (st.st_mode & S_IWOTH);
}

/* All of the file at @fd, or NULL with errno. */
static char *read_all(struct parser *p, int fd, size_t size)
{
	char *text = arena_alloc(p->arena, size + 1);
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(fd, text + have, size - have);

		if (n < 0)
			return NULL;
		if (!n)
			break;
		have += n;
	}
	return text;
}

static bool read_file(struct parser *p, struct span span, const char *path, uint32_t *offset)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st = { 0 };
	char *text = NULL;

	if (fd < 0 || fstat(fd, &st) ||
	    (S_ISREG(st.st_mode) && st.st_size <= MAX_FILE &&
	     !(text = read_all(p, fd, st.st_size))))
		refuse(p, span, path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		refuse(p, span, path, "it is no plain file");
	else if (!text)
		refuse(p, span, path, "it is larger than 1 MiB");
	else
		*offset = source_add(p->arena, p->source, path, text, strlen(text));
	if (fd >= 0)
		close(fd);
	return text != NULL;
}

static bool known(struct parser *p, const char *path)
{
	for (uint32_t i = 0; i < p->imports->count; i++)
		if (!strcmp(p->imports->paths[i], path))
			return true;
	VEC_PUSH(p->arena, p->imports->paths, p->imports->count, path);
	return false;
}

/* Headers of the kernel and of C: constants of theirs are known, and types come from BTF. */
static bool known_header(const char *path)
{
	static const char *const folders[] = { "linux/", "uapi/",        "net/",     "sys/",
					       "asm/",   "asm-generic/", "netinet/", "arpa/",
					       "bits/",  "std",          "rdma/",    "scsi/",
					       "drm/",   "sound/",       "trace/" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (!strncmp(path + 1, folders[i], strlen(folders[i])))
			return true;
	return !strchr(path, '/'); /* <errno.h> */
}

/* <...>: what it defines comes from the kernel itself. */
static bool skip_header(struct parser *p, struct span span, const char *path)
{
	if (*path != '<')
		return false;
	if (known_header(path))
		return true;
	diag_hint(p->diags,
		  diag_add(p->diags, W_INCLUDE, span,
			   "%s is not read: types come from the kernel's BTF", path),
		  "a constant that is missing is defined with #define, or with enum { ... };");
	return true;
}

/* The first directory of -I that has the file, or NULL. */
static const char *in_dirs(struct parser *p, const char *name)
{
	const struct include_options *o = p->source->includes;

	for (uint32_t i = 0; o && i < o->ndirs; i++) {
		const char *path = arena_printf(p->arena, "%s/%s", o->dirs[i], name);

		if (!access(path, R_OK))
			return path;
	}
	return NULL;
}

const char *import_path(struct arena *a, const char *file)
{
	char path[PATH_MAX];

	return realpath(file, path) ? arena_printf(a, "\"%s\"", path)
				    : arena_printf(a, "<%s>", file);
}

bool import_file(struct parser *p, struct span span, const char *path, bool include,
		 uint32_t *offset)
{
	const char *name = include ? arena_strndup(p->arena, path + 1, strlen(path) - 2) : path;
	const char *found = include ? in_dirs(p, name) : NULL;
	struct diag *g;

	if (include && !found && skip_header(p, span, path))
		return false;
	path = beside(p, span, name);
	if (found && access(path, R_OK))
		path = found;
	if (known(p, path))
		return false;
	if (p->nested == MAX_NESTED) {
		refuse(p, span, path, "files import each other more than 16 deep");
		return false;
	}
	if (world_writable(p, path)) {
		g = diag_add(p->diags, E_BAD_IMPORT, span,
			     "'%s' is in a directory that everyone can write to", path);
		diag_hint(p->diags, g, "anyone could have put it there: move it");
		return false;
	}
	return read_file(p, span, path, offset);
}
