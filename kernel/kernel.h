/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KERNEL_KERNEL_H
#define KERNEL_KERNEL_H

/*
 * What this kernel offers, as data. Everything is opened at its first use: a
 * script that names no tracepoint never touches tracefs.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"

struct kernel;

struct kernel_config {
	const char
		*tracefs;  /* directory to read tracepoint descriptions from; NULL: this kernel's */
	const char *btf;   /* BTF file, modules' beside it; NULL: this kernel's */
	const char *netns; /* namespace of interfaces; NULL: ours */
};

/* Never fails; results live in @a, which must outlive the kernel. @config may be NULL. */
struct kernel *kernel_open(struct arena *a, const struct kernel_config *config);

/* Closes its files; the types of its BTF are gone with it, all other results stay. */
void kernel_close(struct kernel *k);

/* False when it describes another kernel: tracefs or BTF were given as files. */
bool kernel_is_running(const struct kernel *k);

/* CPUs that this machine may ever have: what per-CPU maps have values for. */
uint32_t kernel_cpus(void);

/* Our namespace of processes, as bpf_get_ns_current_pid_tgid() takes it; 0 when it is the first. */
void kernel_pid_namespace(uint64_t *device, uint64_t *inode);

/*
 * Why the last call that failed did so: one sentence ("cannot read tracefs: permission
 * denied"), and what to do about it ("run as root ...") or NULL.
 */
const char *kernel_error(const struct kernel *k);
const char *kernel_hint(const struct kernel *k);

enum tp_field_kind {
	TP_INT,     /* size 1, 2, 4 or 8 */
	TP_POINTER, /* size 4 or 8 */
	TP_CHARS,   /* char name[size]; size 0: to the record's end */
	TP_ARRAY,   /* other bytes in place, elem_size each; a struct is an array of one */
	TP_STRING,  /* __data_loc char[]: u32 with the offset from the record's start in its low
		       half and the length in its high half */
	TP_DYNAMIC  /* __data_loc of another element type, elem_size each */
};

/*
 * A field of a record. An integer that a record keeps wider than its C type (system call
 * arguments fill a register) is given as the bytes that count: `int dfd` is 4 bytes, signed.
 */
struct tp_field {
	const char *name;
	const char *ctype; /* as in the kernel: "unsigned short", "char[16]", "__data_loc char[]" */
	enum tp_field_kind kind;
	bool is_signed, relative; /* relative: __rel_loc, offset counted from the field's end */
	uint32_t offset, size, elem_size; /* bytes; elem_size is never 0 */
};

/* A tracepoint's record, from its format file; the common_ fields are left out. */
struct tracepoint {
	const char *category, *name;
	uint64_t id;
	const struct tp_field *fields;
	uint32_t nfields;
};

/* NULL with kernel_error() when there is none of that name or it cannot be read; cached. */
const struct tracepoint *kernel_tracepoint(struct kernel *k, const char *category,
					   const char *name);

/*
 * Calls @fn for each tracepoint whose category and name match the globs, in
 * byte order of "category:name". Returns how many, or -errno with kernel_error();
 * after 0 kernel_error() says that none matched. @fn's strings live in the arena.
 */
int kernel_tracepoints(struct kernel *k, const char *category, const char *name,
		       void (*fn)(void *ctx, const char *category, const char *name), void *ctx);

/*
 * Reads the text of a format file (kernel/trace/trace_events.c, f_show()) into @tp's id and
 * fields. Returns 0, else the number of the line that is wrong. Pure; any bytes will do.
 */
uint32_t tracepoint_parse(struct arena *a, const char *text, size_t length, struct tracepoint *tp);

/*
 * An open file of tracefs ("events/net/..."), or -errno with kernel_error(). @flags as for
 * open() but for O_CREAT; the caller closes it. tracefs is found where it is mounted, else
 * mounted detached: no path of the host changes, and the mount is gone with the process.
 */
int kernel_tracefs_open(struct kernel *k, const char *path, int flags);

#endif
