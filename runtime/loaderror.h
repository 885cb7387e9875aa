/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_LOADERROR_H
#define RUNTIME_LOADERROR_H

/* Why the kernel did not take an object, in the words of the script. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out;
struct session;

/* Reports that loading failed with @err; @log is what libbpf said. */
void load_error(const struct session *s, int err, struct out *log);

/* How to get the right to load and attach programs. */
const char *privilege_hint(void);

/* What a verifier's log comes down to; the strings point into the log and end at a newline. */
struct refusal {
	const char *program; /* function in the object, ends at a quote */
	size_t program_length;
	const char *reason; /* the final sentence, or NULL */
	size_t reason_length;
	uint32_t line, column; /* of the script; 0: unknown */
};

/* Finds the refused program in what libbpf printed (NUL-terminated); false when none is there. */
bool refusal_parse(const char *log, struct refusal *r);

#endif
