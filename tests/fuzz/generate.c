/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A random script that is well typed: generate SEED. It passes check(), and the kernel takes it:
 * a refusal by the verifier is a bug. tests/fuzz/load runs many.
 *
 * The tables are the grammar. In a template
 *   %n  is a number, %t a text, %w a text that is no expression of others
 *   %s  is some statements, %v one of the variables that have numbers
 *   %c  is a small constant, %o an operator of assignments
 *   %u  is a number that names of this template have, so that no two are the same
 */
#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static unsigned int state;
static int loops, max_loops, functions, in_function, budget, names;

static unsigned int pick(unsigned int n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static const char *const leaf_numbers[] = {
	"%c",
	"-%c",
	"%v",
	"%v",
	"%v",
	"@n%c",
	"pid",
	"tid",
	"(int64)rand",
	"(uid + gid)",
	"cpu",
	"ncpus",
	"(int64)nsecs",
	"sizeof(struct pair)",
	"offsetof(struct pair, b)",
	"100000000000",
	"curtask->pid",
};

static const char *const numbers[] = {
	"(%n + %n)",
	"(%n - %n)",
	"(%n * %n)",
	"(%n / ((uint8)pid + 1 + %n))",
	"(%n %% (1 + (uint8)%n + pid))",
	"(%n & %n)",
	"(%n | %n)",
	"(%n ^ %n)",
	"(%n << %n)",
	"(%n >> %n)",
	"((%n) in {1, 5..9, 100, 200..300, 1000, 5000})",
	"((%n) in {-1, 2, 4, 8, 16})",
	"((%n) has %n)",
	"((%t) contains \"ex\")",
	"((%t) starts_with \"a lo\")",
	"((%t) in {\"t1\", \"a longer text\"})",
	"((%t)[1:4] == \"ext\")",
	"(ntop((uint32)%n) in {10.0.0.0/8, fd00::/8, 1.2.3.4..1.2.3.9})",
	"((%n ? 10.0.0.%c : fd00::%c) == ntop((uint32)%n))",
	"((enum ipproto)%n == tcp)",
	"(%n == %n)",
	"(%n != %n)",
	"(%n < %n)",
	"(%n <= %n)",
	"(%n > %n)",
	"(%n >= %n)",
	"(%n && %n)",
	"(%n || %n)",
	"(%v == %c)",
	"(%v > %c)",
	"(!%n)",
	"(~%n)",
	"(-(%n))",
	"(int8)%n",
	"(uint8)%n",
	"(int16)%n",
	"(uint32)%n",
	"(int64)(uint64)%n",
	"(int64)(bool)%n",
	"(%t == %t)",
	"(%t != %w)",
	"((%n, %t) == (%n, %w))",
	"(%n ? %n : %n)",
	"(%n ?: %n)",
	"%v++",
	"--%v",
	"@n%c++",
	"--@n%c",
	"@k[%n, %n]",
	"@ks[%t]",
	"@kt[%n, (%t, %n)].0",
	"@kr[%n].a",
	"@tuple.0",
	"(int64)@c[%n]",
	"(int64)@sum[%t, %n]",
	"(int64)@max",
	"(int64)@avg[%c]",
	"(@count > %n)",
	"(%n, %n).1",
	"(%w, (%n, %n)).1.1",
	"(a=%n, b=%n).a",
	"(a=%t, b=(c=%n, d=%n)).b.d",
	"{ let $w%u = %n; $w%u + %n }",
	"{ %s 0 + %n }",
	"twice(%n, %n)",
	"bump(%v)",
	"either(%n, %n, %n)",
	"strlen(%t)",
	"strcap(%w)",
	"strcontains(%t, %t)",
	"strstr(%t, %w)",
	"strncmp(%t, %t, 5)",
	"memcmp(%w, %w, 7)",
	"memcmp(curtask, curtask, 24)",
	"(int64)comm[%c]",
	"(int64)$s[%v]",
	"(int64)bswap((uint32)%n)",
	"bswap((uint16)%n)",
	"(int64)has_key(@k, (%n, %n))",
	"(int64)has_key(@ks, %t)",
	"(int64)delete(@k, (%n, %n))",
	"(int64)delete(@lru, %n)",
	"(find(@k, (%n, %n), $found%u) ? $found%u : %n)",
	"len(@k)",
	"len(kstack(3))",
	"(int64)curtask->comm[%c]",
	"curtask->real_parent->tgid",
	"curtask->mm->map_count",
	"(int64)*(uint32 *)curtask",
	"(uint32)pton(\"10.0.0.%c\")",
	"(int64)pton(\"10.1.2.3\")[3]",
	"(ntop((uint32)%n) == \"10.0.0.1\")",
	"((uint32)%n == pton(\"10.0.0.1\"))",
	"(macaddr((uint8[8])(uint64)%n) == macaddr((uint8[8])%n))",
	"(buf(%w) == buf(%w))",
	"((uint8[8])(uint64)%n == (uint8[8])(uint64)%n)",
	"(int64)((uint8[8])(uint64)%n)[%v]",
	"sizeof(%n)",
	"(int64)cgroup",
	"(int64)jiffies",
	"(int64)elapsed",
	"(int64)nsecs(monotonic)",
	"(int64)is_str(%w)",
	"(comptime 5 * %c)",
	"(%n in {1, 5, 7..9, 100..200})",
	"(%n in {10, 20, 53, 70, 99, 1000, 5000..6000})",
	"(%n in 5..50)",
	"(ntop((uint32)%n) in 10.0.0.0/8)",
	"(ntop((uint32)%n) in {10.0.0.1, 192.168.0.0/16, 172.16.0.0..172.31.255.255})",
	"((%n ? 10.0.0.1 : fd00::1) in {fd00::/8, ::1, 10.0.0.0/8})",
	"((%n ? 10.0.0.1 : 10.0.0.2) == 10.0.0.2)",
	"(%w in {\"t1\", \"t2\", \"a longer text\"})",
	"(%w starts_with \"t\")",
	"(buf(%w) contains \"x\")",
	"((%t) contains \"on\")",
	"(buf(curtask->comm)[1:4] == h\"01 02 03 04\")",
	"(%n has 5)",
	"(if (%n) { %n } else { %n })",
};

static const char *const calls[] = { "f0(%n)", "f1(%n, %t)", "f2(%n, %n, %t, %n, %w)", "f3(%n)" };

static const char *const leaf_texts[] = { "\"t%c\"", "\"a longer text\"", "comm",     "$s",
					  "@s",      "curtask->comm",     "probetype" };

static const char *const texts[] = {
	"(%n ? %t : %t)",
	"(%n ? %w : %t)",
	"(string[16])str_concat(%w, %w)",
	"str(curtask->comm, 16)",
	"str($s, 7)",
	"@texts[%n]",
	"@kt[%n, (%w, %n)].1",
	"@tuple.1.0",
	"@kr[%n].b",
	"(%n, %t).1",
	"(a=%t, b=%n).a",
	"{ let $w%u = %t; $w%u }",
	"pcomm",
	"(string[8])%t",
	"either(%n, %t, %t)",
};

static const char *const text_calls[] = { "g0(%n)", "g0(%n)" };

static const char *const leaf_statements[] = {
	"%v = %n;",
	"%v %o= %n;",
	"@n%c = %n;",
	"@n%c %o= %n;",
	"$s = %t;",
	"@s = %t;",
	"@k[%n, %n] = %n;",
	"@k[%n, %n] %o= %n;",
	"@k[%n, %n]++;",
	"@ks[%t] = %n;",
	"@ks[%t] %o= %n;",
	"@texts[%n] = %t;",
	"@kt[%n, (%t, %n)] = (%n, %t);",
	"@kr[%n] = (a=%n, b=%t);",
	"@tuple = (%n, (%t, %n));",
	"@lru[%n] = %n;",
	"@stack[kstack(3), %n] = %n;",
	"@inet[ntop((uint32)%n)] = ntop((uint32)%n);",
	"@c[%n] = count();",
	"@c[%c] = count();",
	"@sum[%t, %n] = sum(%n);",
	"@min[%n, %n] = min(%n);",
	"@avg[%c] = avg(%n);",
	"@stats[%w] = stats(%n);",
	"@quantile[%n] = quantile(%n);",
	"@hist[%n] = hist(%n);",
	"@hist2 = hist(%n, 3);",
	"@lhist[%t] = lhist(%n, 0, 100, 7);",
	"@series = tseries(%n, 1s, 5);",
	"@peak[%n] = tseries(%n, 10ms, 5, \"max\");",
	"@count = count();",
	"@max = max(%n);",
	"printf(\"%%d %%s\\n\", %n, %t);",
	"printf(\"%%5d|%%-8s|%%x|%%c\\n\", %n, %w, %n, %n);",
	"printf(\"%%s %%s\\n\", ntop((uint32)%n), kstack(2));",
	"@address[%n ? 10.0.0.1 : fd00::1] = aa:bb:cc:dd:ee:ff;",
	"print(%n ? fd00::1 : 10.0.0.1);",
	"print(%n);",
	"print(%t);",
	"print((%n, (%t, %n)));",
	"print((a=%n, b=%t));",
	"print(@k, 3);",
	"print(@c);",
	"print(@c[%n]);",
	"print(@tuple);",
	"print(ksym((uint64)%n));",
	"print(usym((uint64)%n));",
	"print(ustack(2));",
	"print(buf(%w));",
	"print(buf(curtask, 16));",
	"print(strerror(%n));",
	"print(signal_name(%n));",
	"print(syscall_name(%n));",
	"print(username);",
	"print(strftime(\"%%H\", (uint64)%n));",
	"print(cgroup_path(cgroup));",
	"print(macaddr((uint8[8])(uint64)%n));",
	"print((uint8[8])(uint64)%n);",
	"print(curtask->real_parent->comm);",
	"time(\"%%H\\n\");",
	"errorf(\"%%d\", %n);",
	"warnf(\"%%s\", %t);",
	"debugf(\"%%d\", %n);",
	"clear(@texts);",
	"zero(@c);",
	"delete(@k, (%n, %n));",
	"delete(@ks[%t]);",
	"delete(@max);",
	"_ = %n;",
	"assert(1 || %n);",
	"show(%n, %t);",
};

static const char *const statements[] = {
	"if (%n) { %s }",
	"if (%n) { %s } else { %s }",
	"if (%v == %c) { %s } else if (%v > %c) { %s } else { %s }",
	"if (%n && %n || %n) { %s }",
	"if (%t == %t) { %s }",
	"if comptime (%c > 3) { %s } else { %s }",
	"{ let $l%u = %n; %s $l%u++; }",
	"unroll(2) { %s }",
	"unroll(3) { %s }",
	"if (%n) { return; }",
};

static const char *const loop_statements[] = {
	"for ($i%u : 0..%c) { %v ^= $i%u; %s }",
	"for ($i%u : -2..40) { @c[$i%u] = count(); %s }",
	"for ($i%u : 0..(%n & 7)) { %v += $i%u; %s }",
	"for ($e%u : @k) { %v += $e%u.0.1 + $e%u.1; %s }",
	"for ($e%u : @ks) { $s = $e%u.0; %s }",
	"for ($e%u : @kt) { $s = $e%u.0.1.0; %v = $e%u.1.0; %s }",
	"for ($e%u : @c) { %v += $e%u.1; %s }",
	"for ($e%u : @texts) { $s = $e%u.1; %s }",
	"{ let $c%u = 0; while ($c%u < %c) { $c%u++; %s } }",
	"{ let $c%u = 9; while (%n && $c%u) { $c%u--; if (%n) { continue; } %s } }",
	"for ($i%u : 0..20) { if (%n) { break; } %s }",
};

static void expand(const char *template, int depth);

#define PICK(array) ((array)[pick(COUNT(array))])

static void number(int depth)
{
	budget--;
	if (depth <= 0 || budget < 0)
		expand(PICK(leaf_numbers), 0);
	else if (functions && pick(20) == 0)
		expand(calls[pick(functions < 4 ? functions : 4)], depth - 1);
	else if (pick(3))
		expand(numbers[pick(24)], depth - 1);
	else
		expand(PICK(numbers), depth - 1);
}

static void text(int depth)
{
	budget--;
	if (depth <= 0 || budget < 0)
		expand(PICK(leaf_texts), 0);
	else if (functions > 4 && pick(10) == 0)
		expand(PICK(text_calls), depth - 1);
	else
		expand(PICK(texts), depth - 1);
}

static void statement(int depth)
{
	budget -= 3;
	if (depth > 0 && budget > 0 && loops < max_loops && pick(6) == 0) {
		loops++;
		expand(PICK(loop_statements), depth - 1);
		loops--;
	} else if (depth > 0 && budget > 0 && pick(2)) {
		expand(statements[pick(COUNT(statements) - (in_function ? 1 : 0))], depth - 1);
	} else {
		expand(PICK(leaf_statements), depth);
	}
	putchar('\n');
}

static void some_statements(int depth)
{
	for (unsigned int n = 1 + pick(4); n; n--)
		statement(depth);
}

static void expand_one(char letter, int depth, int name)
{
	switch (letter) {
	case 'n':
		number(depth);
		break;
	case 't':
		text(depth);
		break;
	case 'w':
		text(0);
		break;
	case 's':
		some_statements(depth);
		break;
	case 'v':
		printf("$v%u", pick(4));
		break;
	case 'c':
		printf("%u", pick(10));
		break;
	case 'o':
		fputs(&"+\0-\0*\0|\0&\0^"[2 * pick(6)], stdout);
		break;
	case 'u':
		printf("%d", name);
		break;
	default:
		putchar(letter);
	}
}

static void expand(const char *template, int depth)
{
	int name = names++;

	for (; *template; template ++)
		if (*template == '%')
			expand_one(*++template, depth, name);
		else
			putchar(*template);
}

static const char *const function_heads[] = {
	"fn f0($v0: int64): int64 {\nlet $s = comm;",
	"fn f1($v0: int64, $s: string[16]): int64 {",
	"fn f2($v0: int8, $x: uint32, $s: string[16], $y: int64, $z: string[8]): int64 {",
	"fn f3($v0: int64): int64 {\nlet $s = \"abc\"; if ($v0 > 5) { return f0($v0); }",
	"fn g0($v0: int64): string[16] {\nlet $s = comm; if ($v0) { return \"early\"; }",
};

static void function(void)
{
	puts(function_heads[functions]);
	puts("let $v1 = 1; let $v2 = pid; let $v3 = 2;");
	max_loops = pick(3);
	some_statements(2);
	expand(functions < 4 ? "return %n;\n}\n" : "return %t;\n}\n", 2);
	functions++;
}

static const char begin[] = "struct pair { int a; char b; };\n"
			    "let @lru = lruhash(10);\n"
			    "macro twice(x, y) { x + y + x }\n"
			    "macro bump($v) { $v += 1; $v }\n"
			    "macro either(c, a, b) { c ? a : b }\n"
			    "macro show(a, b) { print((b, a)); }\n";

static const char first[] =
	"BEGIN {\n$v0 = 1; $v1 = (int64)nsecs; $v2 = pid; $v3 = 7; $s = comm;\n"
	"for ($i : 0..10) { if (pid == 1) { @n0 = 1; @n1 = 1; @n2 = 1; @n3 = 1; @n4 = 1;\n"
	"@n5 = 1; @n6 = 1; @n7 = 1; @n8 = 1; @n9 = 1; } }\n"
	"@s = comm; @k[1, 2] = 3; @ks[\"a\"] = 1; @texts[1] = comm; @lru[1] = 1;\n"
	"@kt[1, (comm, 1)] = (1, comm); @kr[1] = (a=1, b=comm); @tuple = (1, (comm, 1));\n"
	"@c[1] = count(); @sum[comm, 1] = sum(1); @max = max(1); @avg[1] = avg(1);\n"
	"@count = count();\n";

int main(int argc, char **argv)
{
	static const int budgets[] = { 80, 200, 600, 2000 };
	unsigned int n, size;

	state = argc > 1 ? (unsigned int)atoi(argv[1]) * 2654435761u + 1 : 1;
	size = pick(COUNT(budgets));
	fputs(begin, stdout);
	in_function = 1;
	for (n = pick(COUNT(function_heads) + 1); n; n--) {
		budget = 40;
		function();
	}
	in_function = 0;
	budget = budgets[size];
	max_loops = pick(8) ? 2 : 4;
	fputs(first, stdout);
	for (n = 4 + pick(8); n || budget > budgets[size] / 4; n -= n ? 1 : 0)
		statement(4);
	puts("exit();\n}");
	return 0;
}
