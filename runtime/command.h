/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_COMMAND_H
#define RUNTIME_COMMAND_H

/* -c: a command that runs while the probes are attached. */

#include <stdbool.h>
#include <sys/types.h>

#include "runtime/stop.h"

struct command {
	pid_t pid;  /* 0: none */
	int go;     /* written to when it may start; -1: started */
	int result; /* errno of a failed start comes from here */
	bool traced;
	int signal; /* that it had got when it stopped; 0: none */
};

#define COMMAND_INIT                   \
	{                              \
		.go = -1, .result = -1 \
	}

/*
 * Splits @line as a shell does simple words: blanks separate, '...' and "..." keep,
 * a backslash takes the next character as it is. Returns a NULL-terminated
 * array in one allocation to free(), or NULL when a quote is open or nothing is there.
 */
char **command_split(const char *line);

/* Forks a child that waits. Reports what is wrong with @line and returns false. */
bool command_prepare(struct command *c, const char *line, const struct stop *stop);
/*
 * Lets it become the command. Reports a failure and returns false. Where it can be traced, it
 * waits at its first instruction until command_continue().
 */
bool command_start(struct command *c, const char *line);
void command_continue(struct command *c);
/* Ends it unless it has ended, and takes its status. */
void command_end(struct command *c);

#endif
