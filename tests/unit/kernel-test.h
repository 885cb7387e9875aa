/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_KERNEL_TEST_H
#define TESTS_UNIT_KERNEL_TEST_H

/* What the files of this test program share: TAP, and files in a directory of their own. */

#include <stdbool.h>
#include <stddef.h>

#include "kernel/kernel.h"

void ok(bool good, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void is(const char *got, const char *want);
void skip(const char *what, const char *why);

/* The last call failed, saying this. */
void fails(const struct kernel *k, const char *error, const char *hint);

/* A file of the test's directory; main() removes the directory, not what is in it. */
const char *path_of(struct arena *a, const char *name);
void write_file(const char *path, const void *data, size_t length);

/* BTF: of a file that is fine, of damaged ones, of the running kernel. */
void test_btf(struct arena *a);

#endif
