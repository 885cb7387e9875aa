/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_FAIL_H
#define RUNTIME_FAIL_H

/* What went wrong while running, told on standard error. */

/* "pktscript: error: ..." and, unless @hint is NULL, "hint: ..." on the next line. */
void fail(const char *hint, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What errno value @err means, in lower case; valid until the next call. */
const char *fail_text(int err);

#endif
