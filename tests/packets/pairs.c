/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Compares what was read of pairs of packets (see mutate.c), a line each with values between tabs:
 *	pairs [<NAME | ^NAME | !NAME]... < lines
 * The first line has the names of the fields. A value of the first packet of a pair is "-" or that
 * of the second; of fields given with < it is at most that, with ^ the beginning of it, and with !
 * it may be false. Prints what is not so, and exits with 1.
 */

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FIELDS 512
#define MAX_SHOWN 40

enum rule { RULE_SAME, RULE_LESS, RULE_BEGINS, RULE_OR_FALSE };

struct line {
	char *text;
	size_t room;
	char *values[MAX_FIELDS];
	unsigned int count;
};

static bool read_line(struct line *l)
{
	ssize_t n = getline(&l->text, &l->room, stdin);
	char *at = l->text;

	if (n <= 0)
		return false;
	l->text[n - (l->text[n - 1] == '\n')] = 0;
	for (l->count = 0; at && l->count < MAX_FIELDS; l->count++)
		l->values[l->count] = strsep(&at, "\t");
	return true;
}

static enum rule rule_of(const char *name, char **rules)
{
	static const char letters[] = { [RULE_SAME] = ' ', '<', '^', '!' };

	for (; *rules; rules++)
		for (unsigned int i = RULE_LESS; i < sizeof(letters); i++)
			if (**rules == letters[i] && !strcmp(*rules + 1, name))
				return i;
	return RULE_SAME;
}

static bool holds(enum rule rule, const char *first, const char *second)
{
	switch (rule) {
	case RULE_LESS:
		return strtoull(first, NULL, 10) <= strtoull(second, NULL, 10);
	case RULE_BEGINS:
		return !strncmp(first, second, strlen(first));
	case RULE_OR_FALSE:
		return !strcmp(first, "false") || !strcmp(first, second);
	case RULE_SAME:
	default:
		return !strcmp(first, second);
	}
}

int main(int argc, char **argv)
{
	static struct line names, first, second;
	unsigned long pairs = 0, values = 0, wrong = 0;
	enum rule rules[MAX_FIELDS];
	unsigned int i;

	(void)argc;
	if (!read_line(&names))
		errx(1, "nothing to compare");
	for (i = 0; i < names.count; i++)
		rules[i] = rule_of(names.values[i], argv + 1);
	for (; read_line(&first); pairs++) {
		if (!read_line(&second) || first.count != names.count ||
		    second.count != names.count)
			errx(1, "pair %lu is not whole", pairs + 1);
		for (i = 0; i < names.count; i++) {
			if (!strcmp(first.values[i], "-"))
				continue;
			values++;
			if (holds(rules[i], first.values[i], second.values[i]))
				continue;
			if (wrong++ < MAX_SHOWN)
				printf("packet %lu: %s is %s, and %s with more bytes after it\n",
				       2 * pairs + 1, names.values[i], first.values[i],
				       second.values[i]);
		}
	}
	printf("%lu pairs, %u fields, %lu values, %lu wrong\n", pairs, names.count, values, wrong);
	return wrong > 0 || !values;
}
