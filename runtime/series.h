/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_SERIES_H
#define RUNTIME_SERIES_H

/* Time series: folding the CPUs' slots, and intervals as a plot and as JSON, oldest first. */

#include <stdint.h>

#include "parser/type.h"
#include "runtime/out.h"

/* The newer interval of a slot counts; values of the same one fold as their mode says. */
void series_fold(const struct type *t, uint64_t *into, const uint64_t *from);

/* One line per interval, from the first to the last that has a value. */
void series_text(struct out *o, const struct type *t, const uint64_t *cells);

/* [{"interval_start": "2025-01-31 10:41:46.700000000", "value": 1},...] */
void series_json(struct out *o, const struct type *t, const uint64_t *cells);

#endif
