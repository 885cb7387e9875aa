/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_NET_H
#define RUNTIME_NET_H

/* What packets are made of, as text. */

#include <stdint.h>

#include "parser/type.h"
#include "runtime/out.h"

/* The text of a value of a type of a packet (see value.c). */
void net_print(struct out *o, const struct type *t, const unsigned char *value);

/* Nanoseconds with the unit that suits, and three digits: 850ns, 12.3us, 2m3s. */
void net_duration(struct out *o, int64_t ns);

#endif
