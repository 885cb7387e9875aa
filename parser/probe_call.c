/* SPDX-License-Identifier: Apache-2.0 */
/* Probes that run from user space: begin, end, signals to ourselves. */
#include "parser/probe.h"

#include <signal.h>
#include <string.h>

void expand_begin(struct spec *s)
{
	if (s->nparts)
		probe_malformed(s);
	else
		probe_add(s, s->provider->name);
}

void expand_end(struct spec *s)
{
	expand_begin(s);
}

static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "SIGUSR1", SIGUSR1 }, { "SIGUSR2", SIGUSR2 },   { "SIGALRM", SIGALRM },
	{ "SIGCONT", SIGCONT }, { "SIGWINCH", SIGWINCH }, { "SIGIO", SIGIO },
};

void expand_self(struct spec *s)
{
	struct suggest near = { .word = s->nparts == 2 ? s->parts[1] : "" };
	struct diag *g;

	if (s->nparts != 2 || strcmp(s->parts[0], "signal")) {
		probe_malformed(s);
		return;
	}
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		suggest_try(&near, signals[i].name);
		if (strcmp(signals[i].name, s->parts[1]))
			continue;
		probe_add(s, arena_printf(s->c->arena, "self:signal:%s", s->parts[1]))->offset =
			signals[i].number;
		return;
	}
	g = ERR(s->c, UNKNOWN_PROBE, s->node->span, "no signal '%s'", s->parts[1]);
	HINT(s->c, g, "%s",
	     near.best ? arena_printf(s->c->arena, "did you mean '%s'?", near.best)
		       : "SIGUSR1 and SIGUSR2 are free for scripts");
}
