/* SPDX-License-Identifier: Apache-2.0 */
/* Characters that no token starts with: what was meant by them, said once. */
#include "parser/lex.h"

#include <ctype.h>
#include <string.h>

#include "parser/grammar.h"

/* Characters that web pages and text processors put in place of ours; token 0: left out. */
static const struct {
	const char *character, *name, *hint;
	int token;
} lookalikes[] = {
	{ "\u2018", "typographic quote", "strings stand between plain quotes: \"...\"", YYerror },
	{ "\u2019", "typographic quote", "strings stand between plain quotes: \"...\"", YYerror },
	{ "\u201c", "typographic quote", "strings stand between plain quotes: \"...\"", YYerror },
	{ "\u201d", "typographic quote", "strings stand between plain quotes: \"...\"", YYerror },
	{ "\u201e", "typographic quote", "strings stand between plain quotes: \"...\"", YYerror },
	{ "'", "quote", "strings stand between double quotes: \"...\"", YYerror },
	{ "`", "quote", "strings stand between double quotes: \"...\"", YYerror },
	{ "\u2013", "dash", "minus is the plain '-'", '-' },
	{ "\u2014", "dash", "minus is the plain '-'", '-' },
	{ "\u2212", "minus sign", "minus is the plain '-'", '-' },
	{ "\u2026", "ellipsis", "a range is written with two dots: 1..10", DOTDOT },
	{ "\u00a0", "no-break space", "replace it with a plain space", 0 },
	{ "\u202f", "no-break space", "replace it with a plain space", 0 },
	{ "\u200b", "zero-width space", "remove it", 0 },
	{ "\ufeff", "byte order mark", "remove it", 0 },
};

static bool is_word(unsigned char c)
{
	return isalnum(c) || c == '_' || c >= 0x80;
}

/* Characters of one word, or one after the other, are one mistake. */
static bool complained(struct parser *p, struct span span)
{
	uint32_t at = p->bad_end;

	p->bad_end = span.offset + span.length;
	if (!at || at > span.offset)
		return false;
	while (at < span.offset && is_word(p->source->text[at]))
		at++;
	return at == span.offset;
}

static int complain_unknown(struct parser *p, struct span span, const char *text)
{
	unsigned char c = *text;
	struct diag *g;

	if (complained(p, span))
		return YYerror;
	if (span.length == 1 && !isprint(c)) {
		diag_add(p->diags, E_BAD_CHARACTER, span, "unexpected byte 0x%02x", c);
		return YYerror;
	}
	g = diag_add(p->diags, E_BAD_CHARACTER, span, "unexpected character '%.*s'",
		     (int)span.length, text);
	/* The full-width forms are ASCII, moved. */
	if (!strncmp(text, "\xef\xbc", 2) && (unsigned char)text[2] <= 0xbf)
		diag_hint(p->diags, g, "write '%c'", (unsigned char)text[2] - 0x81 + '!');
	else if (span.length > 1)
		diag_hint(p->diags, g, "names consist of the letters a to z, digits and '_'");
	else if (c == '$' || c == '@')
		diag_hint(p->diags, g, "a name follows: %cname", c);
	return YYerror;
}

int lex_bad(struct parser *p, struct span span, const char *text)
{
	span.length = source_char(text, p->source->text + p->source->length);
	p->after_dot = false;
	for (size_t i = 0; i < sizeof(lookalikes) / sizeof(*lookalikes); i++) {
		size_t len = strlen(lookalikes[i].character);

		if (span.length != len || memcmp(text, lookalikes[i].character, len))
			continue;
		p->bad_end = span.offset + span.length;
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_CHARACTER, span, "%s %s%.*s%s",
				   lookalikes[i].name, *text == '\'' ? "" : "'", (int)len, text,
				   *text == '\'' ? "" : "'"),
			  "%s", lookalikes[i].hint);
		return lookalikes[i].token;
	}
	return complain_unknown(p, span, text);
}

int lex_stray(struct parser *p, struct span span, const char *text)
{
	struct diag *g;

	if (p->lost)
		return 0;
	p->lost = true;
	if (!isprint((unsigned char)*text))
		return lex_bad(p, span, text);
	g = diag_add(p->diags, E_SYNTAX, span, "unexpected '%c', expected %s", *text,
		     p->last == SPEC ? "'{'" : "a probe");
	if (*text == ':')
		diag_hint(p->diags, g, "a probe is written without spaces: CATEGORY:EVENT");
	else if (p->last == SPEC)
		diag_hint(p->diags, g,
			  "a predicate stands between two slashes: /args.len > 100/ { ... }");
	else
		diag_hint(p->diags, g, "statements stand in the body of a probe: PROBE { ... }");
	return YYerror;
}

void lex_hash(struct parser *p, struct span span, const char *text)
{
	struct diag *g;

	span.length = 1;
	g = diag_add(p->diags, E_BAD_CHARACTER, span, "unexpected character '#'");
	if (!strncmp(text, "#include", 8) || !strncmp(text, "#define", 7))
		diag_hint(p->diags, g, "#include and #define stand between the probes");
	else
		diag_hint(p->diags, g, "a comment starts with //");
}

int lex_quoted(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len)
{
	const char *end = text + len;
	int first = source_char(text, end), last = 1;
	const char *inside = text + first;
	struct diag *g;

	while (((unsigned char)text[len - last] & 0xc0) == 0x80)
		last++;
	g = diag_add(p->diags, E_BAD_CHARACTER, span, "a string between the wrong quotes");
	diag_hint(p->diags, g, "plain double quotes are right: \"%.*s\"",
		  (int)(end - last - inside), inside);
	p->after_dot = false;
	v->text = (struct text){ arena_strndup(p->arena, inside, end - last - inside),
				 end - last - inside };
	return STRING;
}
