/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/fail.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void fail(const char *hint, const char *fmt, ...)
{
	va_list ap;

	fputs("pktscript: error: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	if (hint)
		fprintf(stderr, "hint: %s\n", hint);
}

const char *fail_text(int err)
{
	static char text[128];
	const char *name = strerrordesc_np(err < 0 ? -err : err);

	if (!name) {
		snprintf(text, sizeof(text), "error %d", err < 0 ? -err : err);
		return text;
	}
	snprintf(text, sizeof(text), "%s", name);
	/* "No such device" but "RPC version wrong". */
	if (!isupper((unsigned char)text[1]))
		text[0] = (char)tolower((unsigned char)text[0]);
	return text;
}
