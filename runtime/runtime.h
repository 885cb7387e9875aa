/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_RUNTIME_H
#define RUNTIME_RUNTIME_H

/* An object in memory becomes loaded, attached, drained and reported. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "parser/plan.h"

enum output_id {
#define OUTPUT(ID, name, doc) OUTPUT_##ID,
#include "runtime/output.def"
#undef OUTPUT
	OUTPUT_COUNT
};

struct runtime_options {
	enum output_id format;
	const char *program;     /* name and version, for files that are written */
	const char *output_path; /* -o; NULL: standard output */
	const char *command;     /* -c; NULL: none */
	const char *read_path;   /* -r, "-": standard input; NULL: the probes are live */
	pid_t pid;               /* -p: end with this process; 0: none */
	uint64_t for_ns;         /* --for: end after this long; 0: no limit */
	bool quiet, verbose, strict;
	bool buffered;    /* -B full: output waits until there is much */
	bool dry_run;     /* end when all is attached */
	bool no_warnings; /* of warnf() */
};

#define RUNTIME_FAILED 3        /* the script is fine, the machine refused */
#define RUNTIME_LOST 4          /* --strict, and something was lost */
#define RUNTIME_INTERRUPTED 130 /* told twice to end while nobody read the output */

/*
 * What takes the kernel long is begun before the object is there: call it as soon as there is
 * a plan, and hand the result (it may be NULL) to runtime_run() or runtime_forget().
 */
struct prepared;
struct prepared *runtime_prepare(const struct plan *plan);
void runtime_forget(struct prepared *prepared);

/*
 * Runs @plan, whose programs are in the ELF @object of @size bytes, until it
 * ends by itself or is told to. Errors are reported on standard error. Returns the
 * process's exit status: the script's exit() code, else 0, RUNTIME_FAILED or RUNTIME_LOST.
 */
int runtime_run(const struct plan *plan, struct prepared *prepared, const void *object, size_t size,
		const struct runtime_options *options);

/* Prints what the kernel offers to programs, for --info. Returns the exit status. */
int runtime_info(const char *version);

/* The format called @name, or OUTPUT_COUNT. */
enum output_id runtime_output(const char *name);

/* Name and description of a format, for help and lists. */
const char *runtime_output_name(enum output_id id);
const char *runtime_output_doc(enum output_id id);

#endif
