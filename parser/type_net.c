/* SPDX-License-Identifier: Apache-2.0 */
/* Types of what packets are made of. */
#include "parser/type.h"

#include <string.h>

const struct type type_ip4 = { .kind = TYPE_IP4, .size = 4 };
const struct type type_ip6 = { .kind = TYPE_IP6, .size = 16 };
const struct type type_inet = { .kind = TYPE_INET, .size = 24 };
const struct type type_ether = { .kind = TYPE_ETHER, .size = 8 };
const struct type type_duration = { .kind = TYPE_DURATION, .size = 8, .is_signed = true };
const struct type type_flow = { .kind = TYPE_FLOW, .size = sizeof(struct flow) };

/* clang-format off */
#define SYMBOLS(set, kind_, size_) static const struct enum_value set##_values[] = {
#define SYMBOL(name, value) { name, value },
#define END(set, kind_, size_)                                                  \
	};                                                                      \
	const struct type type_##set = {                                        \
		.kind = TYPE_##kind_,                                           \
		.size = size_,                                                  \
		.name = #set,                                                   \
		.values = set##_values,                                         \
		.count = sizeof(set##_values) / sizeof(set##_values[0]),        \
	};
#include "parser/symbol.def"
#undef SYMBOLS
#undef SYMBOL
#undef END

#define SYMBOLS(set, kind_, size_) &type_##set,
#define SYMBOL(name, value)
#define END(set, kind_, size_)
static const struct type *const sets[] = {
#include "parser/symbol.def"
};
#undef SYMBOLS
#undef SYMBOL
#undef END
/* clang-format on */

const struct type *type_symbols(const char *set)
{
	for (uint32_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (!strcmp(sets[i]->name, set))
			return sets[i];
	return NULL;
}

const struct type *type_optional(struct arena *a, const struct type *elem, const char *text)
{
	struct type *t = arena_alloc(a, sizeof(*t));

	t->kind = TYPE_OPTIONAL;
	t->elem = type_stored(a, elem);
	t->size = 8 + ((t->elem->size + 7) & ~7u);
	t->name = text;
	return t;
}
