/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A random script that is well typed: generate SEED. It passes check(), and the kernel takes it:
 * a refusal by the verifier is a bug. tests/fuzz/load runs many.
 */
#include <stdio.h>
#include <stdlib.h>

#define VARS 4

static unsigned int state;
static int loops, functions, in_function, budget;

static unsigned int pick(unsigned int n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static void number(int depth);
static void text(int depth);
static void block(int depth);

static void pair(const char *open, void (*part)(int), const char *middle, int depth,
		 const char *close)
{
	fputs(open, stdout);
	part(depth - 1);
	fputs(middle, stdout);
	part(depth - 1);
	fputs(close, stdout);
}

static void operation(int depth)
{
	static const char *const operators[] = { " + ",  " - ",  " * ", " / (1 + ", " % (1 + ",
						 " & ",  " | ",  " ^ ", " << ",     " >> ",
						 " == ", " != ", " < ", " <= ",     " > ",
						 " >= ", " && ", " || " };
	unsigned int i = pick(sizeof(operators) / sizeof(*operators));
	/* 1 + x may be zero when it is known beforehand: the divisor is not. */
	if (i == 3 || i == 4)
		pair("(", number, i == 3 ? " / ((uint8)pid + 1 + " : " % ((uint8)pid + 1 + ", depth,
		     "))");
	else
		pair("(", number, operators[i], depth, ")");
}

static void leaf(void)
{
	switch (pick(8)) {
	case 0:
		printf("%u", pick(100000));
		break;
	case 1:
		printf("-%u", pick(100));
		break;
	case 2:
		fputs("pid", stdout);
		break;
	case 3:
		printf("@n%u", pick(3));
		break;
	case 4:
		fputs("sizeof(struct pair)", stdout);
		break;
	default:
		printf("$v%u", pick(VARS));
	}
}

static void call(int depth)
{
	unsigned int i = pick(functions);

	printf("f%u(", i);
	number(depth - 1);
	if (i == 1) {
		fputs(", ", stdout);
		text(depth - 1);
	}
	fputs(")", stdout);
}

/* What functions of strings and the kernel's structs give. */
static void newer_number(int depth)
{
	static const char *const fields[] = { "curtask->pid",
					      "curtask->real_parent->tgid",
					      "curtask->mm->map_count",
					      "strlen($s)",
					      "len(@k)",
					      "(int64)curtask->comm[1]" };

	switch (pick(4)) {
	case 0:
		pair("strcontains(", text, ", ", depth, ")");
		break;
	case 1:
		pair("twice(", number, ", ", depth, ")");
		break;
	case 2:
		pair("(int64)has_key(@k, (", number, ", ", depth, "))");
		break;
	default:
		fputs(fields[pick(6)], stdout);
	}
}

static void larger_number(int depth)
{
	static const char *const types[] = { "int8", "uint8", "int16", "uint32", "int64", "bool" };
	int id = budget;

	switch (pick(13)) {
	case 0:
		printf("(%s)", types[pick(6)]);
		number(depth - 1);
		break;
	case 1:
		pair("(", text, pick(2) ? " == " : " != ", depth, ")");
		break;
	case 2:
		fputs("(", stdout);
		number(depth - 1);
		pair(" ? ", number, " : ", depth, ")");
		break;
	case 3:
		printf("@k[");
		pair("", number, ", ", depth, "]");
		break;
	case 4:
		pair("(", number, ", ", depth, ").1");
		break;
	case 5:
		pair("(a=", number, ", b=", depth, ").a");
		break;
	case 6:
		printf("{ let $w%d = ", id);
		number(depth - 1);
		printf("; $w%d }", id);
		break;
	case 7:
		printf(pick(2) ? "$v%u++" : "--@n%u", pick(2));
		break;
	case 9:
	case 10:
		newer_number(depth);
		break;
	case 8:
		if (functions)
			call(depth);
		else
			operation(depth);
		break;
	default:
		operation(depth);
	}
}

static void number(int depth)
{
	budget--;
	if (depth <= 0 || budget < 0)
		leaf();
	else
		larger_number(depth);
}

static void text(int depth)
{
	switch (depth > 0 && budget > 0 ? pick(7) : pick(3)) {
	case 0:
		printf("\"t%u\"", pick(10));
		break;
	case 1:
		fputs("comm", stdout);
		break;
	case 2:
		fputs("$s", stdout);
		break;
	case 3:
		fputs("@s", stdout);
		break;
	case 4:
		fputs("curtask->comm", stdout);
		break;
	default:
		fputs("(", stdout);
		number(depth - 1);
		pair(" ? ", text, " : ", depth, ")");
	}
}

static void assign(int depth)
{
	static const char *const operators[] = { "=", "+=", "-=", "*=", "|=", "&=", "^=" };

	if (pick(4) == 0) {
		fputs(pick(2) ? "$s = " : "@s = ", stdout);
		text(depth);
	} else {
		printf("%s%u %s ", pick(2) ? "$v" : "@n", pick(3), operators[pick(7)]);
		number(depth);
	}
	fputs(";\n", stdout);
}

static void aggregate(int depth)
{
	static const char *const calls[] = {
		"c[%u] = count()", "d[%u] = sum(", "e[%u] = max(",
		"h[%u] = hist(",   "a[%u] = avg(", "q[%u] = quantile("
	};
	unsigned int i = pick(6);

	fputs("@", stdout);
	printf(calls[i], pick(4));
	if (i) {
		number(depth);
		fputs(")", stdout);
	}
	fputs(";\n", stdout);
}

static void loop(int depth)
{
	int id = budget;

	loops++;
	if (pick(3) == 0)
		printf("for ($e%d : @k) ", id);
	else if (pick(3) == 0)
		printf("unroll(%u) ", 1 + pick(3));
	else
		printf("for ($i%d : 0..%u) ", id, 1 + pick(40));
	block(depth - 1);
	loops--;
}

static void condition(int depth)
{
	fputs("if (", stdout);
	number(depth - 1);
	fputs(") ", stdout);
	block(depth - 1);
	if (pick(2)) {
		fputs(" else ", stdout);
		block(depth - 1);
	}
}

static void output(int depth)
{
	fputs("printf(\"%d %s\\n\", ", stdout);
	number(depth);
	fputs(", ", stdout);
	text(depth);
	fputs(");\n", stdout);
}

static void statement(int depth)
{
	budget -= 4;
	switch (depth > 0 && budget > 0 ? pick(9) : pick(4)) {
	case 0:
		aggregate(depth);
		break;
	case 1:
		fputs("@k[", stdout);
		pair("", number, ", ", depth, "] = 1;\n");
		break;
	case 2:
		output(depth > 2 ? 2 : depth);
		break;
	case 4:
	case 5:
		condition(depth);
		break;
	case 6:
		if (loops < 2 && !in_function) {
			loop(depth);
			break;
		}
		/* fall through */
	default:
		assign(depth);
	}
}

static void block(int depth)
{
	fputs("{\n", stdout);
	for (unsigned int n = 1 + pick(4); n; n--)
		statement(depth);
	fputs("}\n", stdout);
}

static void function(unsigned int i)
{
	printf("fn f%u($v0: int64%s): int64 {\nlet $v1 = 1; let $v2 = pid; let $v3 = 2;\n", i,
	       i == 1 ? ", $s: string[16]" : "");
	if (i != 1)
		fputs("let $s = comm;\n", stdout);
	block(2);
	fputs("return ", stdout);
	number(2);
	fputs(";\n}\n", stdout);
	functions++;
}

int main(int argc, char **argv)
{
	unsigned int n;

	state = argc > 1 ? (unsigned int)atoi(argv[1]) * 2654435761u + 1 : 1;
	budget = 150;
	puts("struct pair { int a; char b; };\nmacro twice(x, y) { x + y + x }");
	in_function = 1;
	for (n = pick(4); n; n--)
		function(functions);
	in_function = 0;
	puts("BEGIN {\n$v0 = 1; $v1 = (int64)nsecs; $v2 = pid; $v3 = 7; $s = comm;");
	puts("@n0 = 1; @n1 = 2; @n2 = (int64)tid; @s = comm; @k[1, 2] = 3;");
	for (n = 4 + pick(8); n; n--)
		statement(3);
	puts("exit();\n}");
	return 0;
}
