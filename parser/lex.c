/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/lex.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parser/grammar.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Which ( and [ are open; none is after the end of a statement. */
static void track_parens(struct parser *p, int token, struct span where)
{
	switch (token) {
	case '(':
	case '[':
		if (p->nparens < (int)COUNT(p->parens))
			p->parens[p->nparens] = where;
		p->nparens++;
		break;
	case ')':
	case ']':
		p->nparens -= p->nparens > 0;
		break;
	case '{':
	case '}':
	case ';':
	case PREDICATE_END:
	case END:
		p->unclosed = (struct span){ 0 };
		if (p->nparens && p->nparens <= (int)COUNT(p->parens))
			p->unclosed = p->parens[p->nparens - 1];
		p->nparens = 0;
		break;
	default:
		break;
	}
}

/* A value follows: a '{' there begins a block expression. */
static bool lex_is_operator(int token)
{
	switch (token) {
	case '=':
	case '(':
	case ',':
	case '[':
	case '?':
	case ':':
	case RETURN:
	case DOTDOT:
	case '+':
	case '-':
	case '*':
	case '/':
	case '%':
	case '&':
	case '|':
	case '^':
	case '~':
	case '!':
	case '<':
	case '>':
	case EQ:
	case NE:
	case LE:
	case GE:
	case IN:
	case CONTAINS:
	case STARTS_WITH:
	case HAS:
	case SHL:
	case SHR:
	case LAND:
	case LOR:
	case DEFAULT:
	case ASSIGN_ADD:
	case ASSIGN_SUB:
	case ASSIGN_MUL:
	case ASSIGN_DIV:
	case ASSIGN_MOD:
	case ASSIGN_AND:
	case ASSIGN_OR:
	case ASSIGN_XOR:
	case ASSIGN_SHL:
	case ASSIGN_SHR:
		return true;
	default:
		return false;
	}
}

/* The scanner as the grammar calls it; the end of the script is an empty span. */
int yylex(union YYSTYPE *v, struct span *where, struct parser *p)
{
	int token = p->pending;

	p->before = p->last;
	p->last = p->token;
	p->last_end = p->token_end;
	if (p->stop) {
		token = END;
	} else if (token) {
		p->pending = 0;
		*where = (struct span){ p->last_end, 0 };
	} else {
		token = script_lex(v, where, p->scanner);
	}
	if (token == '{' && lex_is_operator(p->last) && !p->in_definition)
		token = BLOCK_OPEN;
	if (token == IF && lex_is_operator(p->last))
		token = IF_VALUE;
	if (!token)
		*where = (struct span){ p->end, 0 };
	p->token = token;
	p->token_end = where->offset + where->length;
	track_parens(p, token, *where);
	return token;
}

static const struct {
	const char *word;
	int token;
} keywords[] = {
	{ "if", IF },
	{ "else", ELSE },
	{ "while", WHILE },
	{ "for", FOR },
	{ "unroll", UNROLL },
	{ "let", LET },
	{ "return", RETURN },
	{ "break", BREAK },
	{ "sizeof", SIZEOF },
	{ "continue", CONTINUE },
	{ "true", TRUE },
	{ "false", FALSE },
	{ "struct", STRUCT },
	{ "union", UNION },
	{ "enum", ENUM },
	{ "typeof", TYPEOF },
	{ "container_of", CONTAINER_OF },
	{ "offsetof", OFFSETOF },
	{ "comptime", COMPTIME },
	{ "__attribute__", ATTRIBUTE },
};

/* Words of types: ours, those of C, and the kernel's own names of integers. */
static const char *const type_words[] = {
	"int8",     "int16",  "int32",    "int64",     "uint8",   "uint16",  "uint32",   "uint64",
	"bool",     "_Bool",  "string",   "buffer",    "void",    "char",    "short",    "int",
	"long",     "signed", "unsigned", "u8",        "u16",     "u32",     "u64",      "s8",
	"s16",      "s32",    "s64",      "__u8",      "__u16",   "__u32",   "__u64",    "__s8",
	"__s16",    "__s32",  "__s64",    "__be16",    "__be32",  "__be64",  "__le16",   "__le32",
	"__le64",   "int8_t", "int16_t",  "int32_t",   "int64_t", "uint8_t", "uint16_t", "uint32_t",
	"uint64_t", "size_t", "ssize_t",  "uintptr_t", "pid_t",   "uid_t",   "gid_t",    "off_t",
};

bool lex_sized(const char *word)
{
	return !strcmp(word, "string") || !strcmp(word, "buffer");
}

static bool is_type_word(const struct parser *p, const char *word)
{
	for (size_t i = 0; i < COUNT(type_words); i++)
		if (!strcmp(word, type_words[i]))
			return !p->in_definition || !lex_sized(word);
	for (uint32_t i = 0; i < p->imports->ntypedefs; i++)
		if (!strcmp(word, p->imports->typedefs[i]))
			return true;
	return false;
}

void lex_typedef(struct parser *p, const struct node *n)
{
	for (uint32_t i = 0; i < n->nkids; i++)
		if (n->kids[i]->text)
			VEC_PUSH(p->arena, p->imports->typedefs, p->imports->ntypedefs,
				 n->kids[i]->text);
}

struct number lex_attribute(struct text name, uint64_t value)
{
	if (!strcmp(name.text, "packed") || !strcmp(name.text, "__packed__"))
		return (struct number){ 1, false };
	if (!strcmp(name.text, "aligned") || !strcmp(name.text, "__aligned__"))
		return (struct number){ (value ? value : 16) << 1, false };
	return (struct number){ 0, false };
}

static size_t word_length(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

void lex_define(struct parser *p, union YYSTYPE *v, struct span *where, const char *text, int token)
{
	size_t len = where->length - (token == DEFINE_CALL), start = len;

	while (start && (isalnum((unsigned char)text[start - 1]) || text[start - 1] == '_'))
		start--;
	p->in_define = true;
	v->text = (struct text){ arena_strndup(p->arena, text + start, len - start), len - start };
	cond_define(p, v->text, p->source->text + where->offset + len);
	*where = (struct span){ where->offset + start, len - start };
}

/* The path with its quotes or angles. */
static int include(struct parser *p, union YYSTYPE *v, const char *text)
{
	const char *end = *text == '<'   ? strchr(text, '>')
			  : *text == '"' ? strchr(text + 1, '"')
					 : NULL;

	if (!end)
		return 0;
	v->text = (struct text){ arena_strndup(p->arena, text, end + 1 - text), end + 1 - text };
	return INCLUDE;
}

int lex_directive(struct parser *p, union YYSTYPE *v, struct span *where, const char *text)
{
	const char *at = text + 1 + strspn(text + 1, " \t"), *rest = at + word_length(at);
	size_t word = rest - at, len;

	rest += strspn(rest, " \t");
	if (word == 7 && !strncmp(at, "include", 7))
		return include(p, v, rest);
	if (word == 6 && !strncmp(at, "define", 6)) {
		len = word_length(rest);
		if (!len || isdigit((unsigned char)*rest))
			return 0;
		where->length = rest + len + (rest[len] == '(') - text;
		return rest[len] == '(' ? DEFINE_CALL : DEFINE;
	}
	if (word == 5 && !strncmp(at, "undef", 5) && word_length(rest)) {
		v->text.text = arena_strndup(p->arena, rest, word_length(rest));
		v->text.length = word_length(rest);
		cond_undef(p, v->text);
		return UNDEF;
	}
	if (p->included && word == 6 && !strncmp(at, "pragma", 6))
		return -1;
	return 0;
}

/* Operators that are words, where a value has just ended; names everywhere else. */
static const struct {
	const char *word;
	int token;
} operators[] = {
	{ "in", IN },
	{ "contains", CONTAINS },
	{ "starts_with", STARTS_WITH },
	{ "has", HAS },
};

static bool ends_value(int token)
{
	switch (token) {
	case IDENT:
	case INT:
	case STRING:
	case ADDRESS:
	case BYTES:
	case PARAM:
	case VAR:
	case MAP:
	case TRUE:
	case FALSE:
	case INC:
	case DEC:
	case SET_CLOSE:
	case ')':
	case ']':
		return true;
	default:
		return false;
	}
}

/* Words of other languages, what to write instead, and the tokens that they count as. */
static const struct {
	const char *word, *ours;
	int token, then;
} foreign[] = {
	{ "elseif", "else if", ELSE, IF },
	{ "elif", "else if", ELSE, IF },
	{ "elsif", "else if", ELSE, IF },
	{ "and", "&&", LAND, 0 },
	{ "or", "||", LOR, 0 },
	{ "not", "!", '!', 0 },
};

static int foreign_word(struct parser *p, union YYSTYPE *v, struct span span, size_t i)
{
	diag_hint(p->diags,
		  diag_add(p->diags, E_SYNTAX, span, "unknown word '%s'", foreign[i].word),
		  "write '%s'", foreign[i].ours);
	v->text = (struct text){ foreign[i].ours, strlen(foreign[i].ours) };
	p->pending = foreign[i].then;
	return foreign[i].token;
}

/* Members of a struct may be called like our other keywords. */
static bool is_c_word(const char *word)
{
	return !strcmp(word, "struct") || !strcmp(word, "union") || !strcmp(word, "enum") ||
	       !strcmp(word, "sizeof") || !strcmp(word, "__attribute__");
}

static bool is_operator_word(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT(operators); i++)
		if (strlen(operators[i].word) == len && !strncmp(text, operators[i].word, len))
			return true;
	for (size_t i = 0; i < COUNT(foreign); i++)
		if (strlen(foreign[i].word) == len && !strncmp(text, foreign[i].word, len))
			return true;
	return false;
}

/*
 * A name behind '(' is a type of the kernel where it can be nothing else: "(name *)", and
 * "(name)" with a value right behind it.
 */
static bool is_cast(const struct parser *p, struct span name)
{
	const char *at = p->source->text + name.offset + name.length;
	size_t stars = 0;

	if (p->token != '(')
		return false;
	for (at += strspn(at, " \t"); *at == '*'; at += 1 + strspn(at + 1, " \t"))
		stars++;
	if (*at++ != ')')
		return false;
	if (stars)
		return true;
	at += strspn(at, " \t");
	if (!lex_is_operator(p->before) && p->before != ')')
		return false;
	if (strchr("$@\"(", *at))
		return *at;
	return word_length(at) && !is_operator_word(at, word_length(at));
}

int lex_word(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	size_t len = span.length;

	v->text = (struct text){ arena_strndup(p->arena, text, len), len };
	if (p->after_dot) {
		p->after_dot = false;
		return IDENT;
	}
	for (size_t i = 0; i < COUNT(keywords); i++)
		if (!strcmp(text, keywords[i].word) && (!p->in_definition || is_c_word(text)))
			return keywords[i].token;
	if (is_type_word(p, text))
		return TYPEWORD;
	if (p->in_definition)
		return IDENT;
	for (size_t i = 0; ends_value(p->token) && i < COUNT(operators); i++)
		if (!strcmp(text, operators[i].word))
			return operators[i].token;
	for (size_t i = 0; i < COUNT(foreign); i++)
		if (!strcmp(text, foreign[i].word))
			return foreign_word(p, v, span, i);
	return is_cast(p, span) ? TYPEWORD : IDENT;
}

/* What a number may end with, and what it multiplies by; C suffixes are ignored. */
static const struct {
	const char *suffix;
	uint64_t factor;
} suffixes[] = {
	{ "", 1 },
	{ "ns", 1 },
	{ "us", 1000 },
	{ "ms", 1000000 },
	{ "s", 1000000000 },
	{ "m", 60000000000 },
	{ "h", 3600000000000 },
	{ "d", 86400000000000 },
	{ "u", 1 },
	{ "l", 1 },
	{ "ul", 1 },
	{ "ll", 1 },
	{ "ull", 1 },
};

static bool suffix_factor(const char *end, uint64_t *factor)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (!strcasecmp(end, suffixes[i].suffix)) {
			*factor = suffixes[i].factor;
			return true;
		}
	}
	return false;
}

/* 10^exponent, when @end is "e" and digits (and a suffix). */
static const char *exponent(const char *end, uint64_t *factor, bool *overflow)
{
	unsigned long n;
	char *after;

	*factor = 1;
	if ((*end != 'e' && *end != 'E') || !isdigit((unsigned char)end[1]))
		return end;
	n = strtoul(end + 1, &after, 10);
	if (n > 19)
		*overflow = true;
	for (; n && n <= 19; n--)
		*factor *= 10;
	return after;
}

static const char *number_hint(const char *digits)
{
	if (digits[0] == '0' && tolower((unsigned char)digits[1]) == 'x')
		return "hexadecimal digits, 0-9 and a-f, follow 0x";
	if (digits[0] == '0' && tolower((unsigned char)digits[1]) == 'b')
		return "binary digits, 0 and 1, follow 0b";
	if (digits[0] == '0' && isdigit((unsigned char)digits[1]))
		return "a number that starts with 0 is octal: its digits are 0-7";
	return "a number ends with a digit, or with ns, us, ms, s, m, h or d for a time";
}

int lex_fraction(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	diag_hint(p->diags, diag_add(p->diags, E_BAD_NUMBER, span, "'%s' is no integer", text),
		  "there are no fractions; times have units: 1500ms");
	v->number = (struct number){ 0, false };
	return INT;
}

int lex_number(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	char *digits = arena_strdup(p->arena, text), *to = digits, *end;
	uint64_t value, power = 1, factor = 1;
	bool overflow = false;
	const char *rest;
	int base = 0;

	p->after_dot = false;
	for (; *text; text++)
		if (*text != '_')
			*to++ = *text;
	*to = 0;
	if (digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B'))
		base = 2;
	errno = 0;
	value = strtoull(base ? digits + 2 : digits, &end, base);
	overflow = errno == ERANGE;
	rest = exponent(end, &power, &overflow);
	if ((base && end == digits + 2) || !suffix_factor(rest, &factor))
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_NUMBER, span, "'%s' is no number", digits), "%s",
			  number_hint(digits));
	else if (overflow || __builtin_mul_overflow(value, power, &value) ||
		 __builtin_mul_overflow(value, factor, &value))
		diag_add(p->diags, E_BAD_NUMBER, span, "'%s' does not fit 64 bits", digits);
	v->number = (struct number){ value, value > INT64_MAX };
	return INT;
}

int lex_param(struct parser *p, union YYSTYPE *v, struct span span, const char *text)
{
	unsigned long n = strtoul(text + 1, NULL, 10);

	p->after_dot = false;
	if (n == 0 || n > 1000) {
		diag_add(p->diags, E_BAD_NUMBER, span,
			 "no positional parameter '%s': they are $1 to $1000", text);
		n = 1;
	}
	v->number = (struct number){ n, false };
	return PARAM;
}

/* Reads up to @max digits of @base, puts their value into *@to and returns what follows. */
static const char *escape_number(const char *s, int base, int max, char *to)
{
	char buf[4] = { 0 };

	for (int i = 0; i < max && isxdigit((unsigned char)s[i]); i++) {
		if (base == 8 && s[i] > '7')
			break;
		buf[i] = s[i];
	}
	*to = (char)strtoul(buf, NULL, base);
	return s + strlen(buf);
}

/* The character after a backslash: its value goes to *@to. NULL: no such escape. */
static const char *unescape(const char *s, char *to)
{
	static const char from[] = "ntrabfv0\\\"'", into[] = "\n\t\r\a\b\f\v\0\\\"'";
	const char *at;

	if (*s == 'x' && isxdigit((unsigned char)s[1]))
		return escape_number(s + 1, 16, 2, to);
	if (*s >= '0' && *s <= '7')
		return escape_number(s, 8, 3, to);
	at = strchr(from, *s);
	if (!at || !*s)
		return NULL;
	*to = into[at - from];
	return s + 1;
}

static void unescape_string(struct parser *p, union YYSTYPE *v, struct span span, const char *s,
			    size_t len)
{
	char *out = arena_alloc(p->arena, len + 1), *to = out;
	const char *start = s, *end = s + len, *next;

	while (s < end) {
		if (*s != '\\') {
			*to++ = *s++;
			continue;
		}
		next = unescape(s + 1, to);
		if (next) {
			to++;
			s = next;
			continue;
		}
		len = 1 + source_char(s + 1, end);
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_STRING,
				   (struct span){ span.offset + 1 + (s - start), len },
				   "unknown escape '%.*s'", (int)len, s),
			  "known are \\n \\t \\r \\\" \\\\ \\ooo (octal) and \\xhh");
		s += len;
	}
	v->text = (struct text){ out, to - out };
}

int lex_string(struct parser *p, union YYSTYPE *v, struct span span, const char *text, size_t len)
{
	unescape_string(p, v, span, text + 1, len - 2);
	return STRING;
}

int lex_open_string(struct parser *p, struct span span)
{
	if (p->open_strings++ % 2 == 0)
		diag_hint(p->diags,
			  diag_add(p->diags, E_BAD_STRING, span,
				   "this string does not end on its line"),
			  "close it with \", and write a new line inside it as \\n");
	return YYerror;
}

int lex_open_comment(struct parser *p, struct span span)
{
	diag_hint(p->diags, diag_add(p->diags, E_BAD_COMMENT, span, "this comment does not end"),
		  "close it with */");
	p->stop = true;
	return YYerror;
}

int lex_brace(struct parser *p, struct span span)
{
	if (p->depth < (int)(sizeof(p->open) / sizeof(*p->open)))
		p->open[p->depth] = span;
	p->depth++;
	p->lost = false;
	return '{';
}

bool lex_close_set(struct parser *p)
{
	bool set = p->in_set;

	p->in_set = false;
	return set;
}

bool lex_close(struct parser *p)
{
	if (p->depth)
		p->depth--;
	p->lost = false;
	return !p->depth;
}

bool lex_end_definition(struct parser *p)
{
	bool outermost = lex_close(p);

	if (!outermost || p->in_define || p->in_typedef)
		return false;
	if (p->in_definition)
		p->pending = ';';
	p->in_definition = false;
	return true;
}
