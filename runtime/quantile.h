/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_QUANTILE_H
#define RUNTIME_QUANTILE_H

/* What a quantile() collected, in one line or as a JSON object. */

#include <stdint.h>

#include "parser/type.h"
#include "runtime/out.h"
#include "runtime/value.h"

void quantile_print(struct out *o, const struct type *t, const uint64_t *cells,
		    enum value_mode mode);

/*
 * Within 12.5 % of the smallest value that @percent of the values do not exceed. When that is
 * negative, some negative number.
 */
uint64_t quantile_value(const struct type *t, const uint64_t *cells, uint32_t percent);

#endif
