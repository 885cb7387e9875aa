/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_BINARY_H
#define KERNEL_BINARY_H

/*
 * Programs and libraries: where their functions and static probes are (ELF, 64 bits, of this
 * machine's byte order). The file is untrusted: what is out of its bounds reads as absent.
 */

#include <stdbool.h>
#include <stdint.h>

#include "kernel/dwarf.h"
#include "kernel/kernel.h"

struct binary;

/*
 * Opens the program or library called @name: a path, a program in $PATH, or a library's short
 * name ("libc"). NULL with kernel_error(). It stays open, and its names valid, until the kernel
 * is closed.
 */
const struct binary *kernel_binary(struct kernel *k, const char *name);

const char *binary_path(const struct binary *b);

/* Calls @fn once for each file that process @pid runs code of, or any process when it is 0. */
void kernel_running_files(struct kernel *k, uint32_t pid, void (*fn)(void *ctx, const char *path),
			  void *ctx);

/* Where in the file the code at address @address is; false when there is none. */
bool binary_offset(const struct binary *b, uint64_t address, uint64_t *offset);

/* Where the code at that place in the file is loaded, as symbols count; false: nowhere. */
bool binary_address(const struct binary *b, uint64_t offset, uint64_t *address);

/* A symbol of any kind by its name. */
bool binary_symbol(const struct binary *b, const char *name, uint64_t *address, uint64_t *size);

/* Calls @fn for each function; one may come twice, from either of two tables. */
void binary_functions(const struct binary *b,
		      void (*fn)(void *ctx, const char *name, uint64_t address, uint64_t size),
		      void *ctx);

/* Where the debugging information is; false when there is none, or it is compressed. */
bool binary_debug(const struct binary *b, struct dwarf_sections *s);

/*
 * The types and functions of the binary's debugging information, functions by their symbols;
 * NULL when there is none. Read at the first call.
 */
struct kbtf;
const struct kbtf *kernel_binary_types(struct kernel *k, const struct binary *b);

/* A static probe of a program (USDT): a no-op in its code. Format: .note.stapsdt (SystemTap). */
struct static_probe {
	const char *provider, *name;
	const char *args;   /* "-4@%eax 8@16(%rbp)": where its arguments are */
	uint64_t offset;    /* of the no-op in the file */
	uint64_t semaphore; /* offset of its counter of users in the file; 0: none */
};

void binary_static_probes(const struct binary *b,
			  void (*fn)(void *ctx, const struct static_probe *probe), void *ctx);

#endif
