/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_FORMAT_H
#define RUNTIME_FORMAT_H

/* printf: a format string prepared once, then printed from records. */

#include "parser/plan.h"
#include "runtime/out.h"

struct format;

/* @fmt with the arguments at @args; both must outlive it. Give back with format_free(). */
struct format *format_new(const struct fmt *fmt, const struct field *args);
void format_free(struct format *f);

/* Prints with the arguments that lie in @record at their fields' offsets. */
void format_print(struct out *o, struct format *f, const void *record);

#endif
