/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that act where they stand. */
#include "parser/checker.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <strings.h>

#define MAX_TRACED 3 /* arguments of bpf_trace_printk() */

/* Their numbers are those of this machine. */
static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "HUP", SIGHUP },   { "INT", SIGINT },   { "QUIT", SIGQUIT }, { "TRAP", SIGTRAP },
	{ "ABRT", SIGABRT }, { "FPE", SIGFPE },   { "KILL", SIGKILL }, { "USR1", SIGUSR1 },
	{ "SEGV", SIGSEGV }, { "USR2", SIGUSR2 }, { "PIPE", SIGPIPE }, { "ALRM", SIGALRM },
	{ "TERM", SIGTERM }, { "CHLD", SIGCHLD }, { "CONT", SIGCONT }, { "STOP", SIGSTOP },
	{ "TSTP", SIGTSTP }, { "BUS", SIGBUS },   { "ILL", SIGILL },   { "WINCH", SIGWINCH },
};

static bool signal_number(struct checker *c, struct node *k)
{
	const char *name = strncasecmp(k->text, "SIG", 3) ? k->text : k->text + 3;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		if (strcasecmp(name, signals[i].name))
			continue;
		check_fold(k, signals[i].number, false);
		return true;
	}
	ERR(c, BAD_ARGUMENT, k->span, "no signal '%s'", k->text);
	return false;
}

const struct type *signal_type(struct checker *c, struct node *n)
{
	struct node *k = n->kids[0];

	if (unsafe_type(c, n)->kind == TYPE_ERROR)
		return &type_error;
	if (k->kind == NODE_STRING && !signal_number(c, k))
		return &type_error;
	if (!type_is_number(k->type)) {
		check_bad_argument(c, n, 0, "the number or the name of a signal");
		return &type_error;
	}
	if (!k->literal || (k->number >= 1 && k->number <= 64))
		return &type_void;
	ERR(c, BAD_ARGUMENT, k->span, "signals are from 1 to 64, not %" PRId64, (int64_t)k->number);
	return &type_error;
}

static bool traceable(struct checker *c, const struct fmt_piece *p, const struct node *arg)
{
	if (p->conv == 's' ? arg->type->kind == TYPE_STRING
			   : strchr("duxXcp", p->conv) && type_shape(arg->type) == SHAPE_INT)
		return true;
	HINT(c,
	     ERR(c, BAD_FORMAT, arg->span, "the kernel cannot print %s with '%%%c'",
		 TYPE_NAME(c, arg->type), p->conv),
	     "it prints numbers with %%d %%u %%x %%X %%c %%p, and strings with %%s");
	return false;
}

/* The format as the kernel reads it, where all numbers are long long. */
static const char *kernel_format(struct checker *c, const struct fmt *fmt)
{
	const char *s = "";

	for (uint32_t i = 0; i < fmt->count; i++) {
		const struct fmt_piece *p = &fmt->pieces[i];

		s = arena_printf(c->arena, "%s%.*s", s, (int)p->length, p->text);
		if (!p->conv)
			continue;
		s = arena_printf(c->arena, "%s%%%s%s", s, p->zero ? "0" : "", p->left ? "-" : "");
		if (p->width > 0)
			s = arena_printf(c->arena, "%s%d", s, p->width);
		s = arena_printf(c->arena, "%s%s%c", s, strchr("scp", p->conv) ? "" : "ll",
				 p->conv);
	}
	return s;
}

const struct type *debugf_type(struct checker *c, struct node *n)
{
	uint32_t errors = c->diags->errors, arg = 1;
	const struct fmt *fmt;
	const char *format;

	n->kids[0]->type = NULL;
	check_expr(c, n->kids[0]);
	if (n->nkids > 1 + MAX_TRACED) {
		ERR(c, ARGUMENT_COUNT, n->span,
		    "debugf() takes a format and at most %d arguments, and here are %u", MAX_TRACED,
		    n->nkids - 1);
		return &type_error;
	}
	fmt = check_format(c, n, 0);
	for (uint32_t i = 0; i < fmt->count && c->diags->errors == errors; i++)
		if (fmt->pieces[i].conv && !traceable(c, &fmt->pieces[i], n->kids[arg++]))
			return &type_error;
	if (c->diags->errors != errors)
		return &type_error;
	format = kernel_format(c, fmt);
	n->kids[0]->text = format;
	n->kids[0]->length = strlen(format);
	check_expr(c, n->kids[0]);
	return &type_void;
}
