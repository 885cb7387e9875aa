/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_VALUE_H
#define RUNTIME_VALUE_H

/* Values as text and JSON, by their type. */

#include <stdint.h>

#include "parser/type.h"
#include "runtime/out.h"

enum value_mode {
	VALUE_TEXT, /* (1, a) */
	VALUE_KEY,  /* the same without spaces between parts, as JSON keys have it */
	VALUE_JSON  /* [1,"a"] */
};

/* Prints the value of type @t at @data, which need not be aligned. */
void value_print(struct out *o, const struct type *t, const void *data, enum value_mode mode);

/* A key of a map: a tuple's parts stand without parentheses. */
void value_print_key(struct out *o, const struct type *t, const void *data, enum value_mode mode);

/* INT, BOOL, ENUM and PTR at @data, sign- or zero-extended. */
int64_t value_integer(const struct type *t, const void *data);

/* Length of a string, which need not have a NUL. */
size_t value_string_length(const struct type *t, const void *data);

/* Order of two values: negative, 0 or positive. Numbers by value, text and addresses by bytes. */
int value_compare(const struct type *t, const void *a, const void *b);

#endif
