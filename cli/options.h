/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "kernel/kernel.h"
#include "parser/check.h"
#include "runtime/runtime.h"

#define USAGE_ERROR 2

/* What -d prints on the way. */
enum debug_stage { DEBUG_AST = 1, DEBUG_IR = 2, DEBUG_ASM = 4 };

/* What the command line says. Strings are borrowed from argv. */
struct options {
	const char *script; /* -e; NULL: read from @file */
	const char *file;   /* "-": standard input */
	const char *dump;   /* stage, or NULL */
	uint32_t debug;     /* bits of enum debug_stage */
	bool list, check, info, no_warnings;
	struct include_options includes;
	const char *pattern; /* of -l; NULL: all */
	struct check_options checking;
	struct kernel_config kernel;
	struct runtime_options runtime;
};

/*
 * Returns -1 to go on, else the exit status: after --help and --version, or after a
 * message about wrong use.
 */
int options_parse(int argc, char **argv, struct options *o);

#endif
