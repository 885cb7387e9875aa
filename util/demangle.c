/* SPDX-License-Identifier: Apache-2.0 */
#include "util/demangle.h"

#include <stddef.h>

/* Of the C++ runtime: Itanium C++ ABI, 3.4. */
char *__cxa_demangle(const char *symbol, char *to, size_t *length, int *status);

char *demangle(const char *symbol)
{
	int status;

	return symbol[0] == '_' && symbol[1] == 'Z' ? __cxa_demangle(symbol, NULL, NULL, &status)
						    : NULL;
}
