/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/*
 * One arena holds everything a compilation allocates. Nothing in it is freed by
 * itself: arena_free() gives all of it back at once. Out of memory ends the
 * process with a message, so no caller checks for NULL.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);

/* @size zeroed bytes, aligned for any object. */
void *arena_alloc(struct arena *a, size_t size);

/* Copies of the first @len bytes of @s with a NUL added; of all of @s; of a printf. */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/*
 * Append to a growable array kept in the arena: VEC_PUSH(arena, vec, n, item)
 * where @vec is a T pointer and @n its length. The room doubles at powers of two.
 */
void *arena_grow(struct arena *a, void *vec, size_t n, size_t item);
#define VEC_PUSH(a, vec, n, item)                                    \
	do {                                                         \
		(vec) = arena_grow((a), (vec), (n), sizeof(*(vec))); \
		(vec)[(n)++] = (item);                               \
	} while (0)

#endif
