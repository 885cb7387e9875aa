/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_MACRO_H
#define PARSER_MACRO_H

#include "parser/diag.h"
#include "parser/node.h"

/*
 * Puts the bodies of macros in the place of their calls, in the whole tree. Their own variables
 * get names of their own; what becomes of a block is one with expansion set.
 */
void macro_expand(struct arena *a, struct node *script, struct diags *d);

#endif
