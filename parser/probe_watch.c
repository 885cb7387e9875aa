/* SPDX-License-Identifier: Apache-2.0 */
/* Watchpoints: an address whose use the processor reports. */
#include "parser/probe.h"

#include <ctype.h>
#include <linux/hw_breakpoint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	char letter;
	uint32_t bit;
} modes[] = { { 'r', HW_BREAKPOINT_R }, { 'w', HW_BREAKPOINT_W }, { 'x', HW_BREAKPOINT_X } };

/* "rw" to the bits of linux/hw_breakpoint.h; 0 when it is no mode. */
static uint32_t read_mode(const char *text)
{
	uint32_t mode = 0;

	for (; *text; text++) {
		uint32_t before = mode;

		for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
			if (modes[i].letter == *text)
				mode |= modes[i].bit;
		if (mode == before)
			return 0;
	}
	return mode;
}

static void bad_part(struct spec *s, const char *what, const char *given)
{
	HINT(s->c, ERR(s->c, BAD_PROBE, s->node->span, "%s, not '%s'", what, given), "written %s",
	     s->provider->syntax);
}

void expand_watchpoint(struct spec *s)
{
	char *end = NULL, *after = NULL;
	uint64_t address, length;
	struct attach *at;
	uint32_t mode;

	if (s->nparts != 3) {
		probe_malformed(s);
		return;
	}
	address = strtoull(s->parts[0], &end, 0);
	length = strtoull(s->parts[1], &after, 0);
	mode = read_mode(s->parts[2]);
	if (!isdigit((unsigned char)*s->parts[0]) || *end) {
		bad_part(s, "the address of a watchpoint is a number", s->parts[0]);
	} else if (*after || (length != 1 && length != 2 && length != 4 && length != 8)) {
		bad_part(s, "a watchpoint is 1, 2, 4 or 8 bytes long", s->parts[1]);
	} else if (!mode) {
		bad_part(s, "the mode of a watchpoint has letters of r, w and x, each once",
			 s->parts[2]);
	} else {
		at = probe_add(s, arena_printf(s->c->arena, "%s:%s:%s:%s", s->provider->name,
					       s->parts[0], s->parts[1], s->parts[2]));
		at->number = address;
		at->watch_length = (uint8_t)length;
		at->watch_mode = (uint8_t)mode;
	}
}
