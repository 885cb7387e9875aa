/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_HISTOGRAM_H
#define RUNTIME_HISTOGRAM_H

/* Rows of buckets as bars and as JSON, from the first to the last that has events. */

#include <stdint.h>

#include "parser/type.h"
#include "runtime/out.h"

/* One line per bucket: label, count, bar of at most 52 columns. */
void histogram_text(struct out *o, const struct type *t, const uint64_t *cells);

/* [{"min": 0, "max": 1, "count": 2},...] where max is the largest value inside. */
void histogram_json(struct out *o, const struct type *t, const uint64_t *cells);

#endif
