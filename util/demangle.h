/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_DEMANGLE_H
#define UTIL_DEMANGLE_H

/* "ns::f(int)" for the symbol _ZN2ns1fEi of C++, to free(); NULL when it is no such symbol. */
char *demangle(const char *symbol);

#endif
