/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments of static probes, written as the assembler of the machine writes operands. */
#include "parser/regs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Cuts the next word of letters and digits from *@text into @word; false when there is none. */
static bool take_word(const char **text, char word[16])
{
	size_t len = 0;

	while (isalnum((unsigned char)(*text)[len]) && len < 15)
		len++;
	memcpy(word, *text, len);
	word[len] = 0;
	*text += len;
	return len > 0;
}

/* A register of an address: its place in the context. */
static bool take_register(const char **text, uint16_t *place)
{
	struct arg reg;
	char word[16];

	if (!take_word(text, word) || !regs_find(word, false, &reg))
		return false;
	*place = reg.base;
	return true;
}

static bool take_number(const char **text, int64_t *value)
{
	char *end;

	*value = strtoll(*text, &end, 0);
	if (end == *text)
		return false;
	*text = end;
	return true;
}

static bool take(const char **text, const char *what)
{
	size_t len = strlen(what);

	if (strncmp(*text, what, len))
		return false;
	*text += len;
	return true;
}

/* A whole register: its value, as large as the note says. */
static bool value_of(const char **text, struct arg *a)
{
	uint8_t size = a->size;
	bool is_signed = a->is_signed;
	char word[16];

	if (!take_word(text, word) || !regs_find(word, false, a))
		return false;
	if (size < a->size)
		a->size = size;
	a->is_signed = is_signed;
	return true;
}

#if defined(__x86_64__)

/* $5, %eax, -8(%rbp), (%rax,%rbx,4) */
static bool operand(const char *text, struct arg *a)
{
	if (take(&text, "$")) {
		a->kind = ARG_CONST;
		return take_number(&text, &a->value) && !*text;
	}
	if (take(&text, "%"))
		return value_of(&text, a) && !*text;
	a->kind = ARG_USER;
	if (*text != '(' && !take_number(&text, &a->value))
		return false;
	if (!take(&text, "("))
		return false;
	if (take(&text, "%") && !take_register(&text, &a->base))
		return false;
	if (take(&text, ",")) {
		int64_t scale = 1;

		if (!take(&text, "%") || !take_register(&text, &a->index))
			return false;
		if (take(&text, ",") && (!take_number(&text, &scale) || scale < 1 || scale > 8))
			return false;
		a->scale = scale;
	}
	return take(&text, ")") && !*text;
}

#else

/* 5, x0, [sp, 8], [x0, x1] */
static bool operand(const char *text, struct arg *a)
{
	if (take(&text, "[")) {
		a->kind = ARG_USER;
		if (!take_register(&text, &a->base))
			return false;
		if (take(&text, ",")) {
			text += strspn(text, " ");
			a->scale = 1;
			if (!take_number(&text, &a->value) && !take_register(&text, &a->index))
				return false;
		}
		return take(&text, "]") && !*text;
	}
	if (isalpha((unsigned char)*text))
		return value_of(&text, a) && !*text;
	a->kind = ARG_CONST;
	return take_number(&text, &a->value) && !*text;
}

#endif

/* One argument: "-4@%eax". Without a size it is a whole register. */
static struct arg argument(const char *text)
{
	struct arg a = { .size = 8, .base = ARG_NO_REGISTER, .index = ARG_NO_REGISTER };
	const char *at = strchr(text, '@');
	int64_t size = 8;

	if (at && (!take_number(&text, &size) || text != at))
		size = 0;
	a.is_signed = size < 0;
	a.size = size < 0 ? -size : size;
	if ((a.size != 1 && a.size != 2 && a.size != 4 && a.size != 8) ||
	    !operand(at ? at + 1 : text, &a))
		a.size = 0;
	return a;
}

const struct arg *regs_usdt(struct arena *a, const char *text, uint32_t *n)
{
	struct arg *args = NULL;

	*n = 0;
	while (*(text += strspn(text, " "))) {
		const char *end = text;
		bool inside = false; /* brackets, where spaces are part of it */

		for (; *end && (inside || *end != ' '); end++)
			inside = *end == '[' || (inside && *end != ']');
		VEC_PUSH(a, args, *n, argument(arena_strndup(a, text, end - text)));
		text = end;
	}
	return args;
}
