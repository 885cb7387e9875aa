/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_RUNNER_STAGE_H
#define TESTS_RUNNER_STAGE_H

#include "tests/runner/case.h"

/* What one run of a case printed and how it ended. */
struct result {
	int status; /* exit status, 128 + n after signal n */
	const char *out, *err;
	const char *note; /* why the case could not be carried out, or NULL */
};

/* Once, before the first case. */
void stage_init(void);

/*
 * Runs a case in processes of their own, with a deadline; when it returns they are
 * gone and so is the temporary directory. An interrupt of the runner ends it too.
 */
struct result stage_run(struct arena *a, const struct tcase *c);

/* What `diff -u` says about two texts, each line after "# "; labels name them. */
void stage_diff(struct arena *a, const char *stream, const char *expected, const char *printed);

#endif
