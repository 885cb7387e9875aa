# The structure of the language: definitions, types, blocks, macros, functions, parameters.

== struct definitions are laid out as in C
requires: root
script:
	struct inner { u8 a; __be16 b; unsigned long long c; };
	struct outer {
		struct inner in[2];
		union { int i; char text[8]; };
		struct { uint8 x : 3; uint8 y : 5; unsigned int z : 12; } bits;
		struct outer *next;
		char name[6];
	} __attribute__((packed));
	struct wide { char c; } __attribute__((aligned(16)));
	typedef struct { int x; short y; } point_t;
	BEGIN
	{
		printf("%d %d %d %d\n", sizeof(struct inner), sizeof(struct outer), sizeof(point_t), sizeof(struct wide));
		printf("%d %d %d\n", offsetof(struct outer, in[1].c), offsetof(struct outer, text), offsetof(point_t, y));
		printf("%d\n", sizeof(unsigned long) + sizeof(size_t) + sizeof(short) + sizeof(char *));
	}
expect:
	16 58 8 16
	24 32 4
	26
	
	

== the members of a script's struct are read from memory
requires: root
script:
	struct parts { uint8 low : 4; uint8 high : 4; uint8 b; uint16 c; uint32 d; };
	BEGIN
	{
		$n = (uint64)0x1122334455667788;
		$p = (uint8[8])$n;
		$s = (struct parts)$p;
		printf("%x %x %x %x %x\n", $s.low, $s.high, $s.b, $s.c, $s.d);
		print($s);
	}
expect:
	8 8 77 5566 11223344
	{ .low = 8, .high = 8, .b = 119, .c = 21862, .d = 287454020 }
	
	

== a definition of the script wins over the kernel's
requires: root
script:
	struct sk_buff { int mine; };
	BEGIN { print(sizeof(struct sk_buff)); print(offsetof(struct sk_buff, mine)); }
expect:
	4
	0
	
	

== enums: values by name, printed by name
requires: root
script:
	enum color { RED, GREEN = 5, BLUE, LAST = -1 };
	BEGIN
	{
		print(BLUE); $c = (enum color)5; print($c); printf("%s %d\n", $c, $c); @c[RED] = GREEN; print((enum color)77);
		print(LAST + 1);
	}
expect:
	BLUE
	GREEN
	GREEN 5
	77
	0


	@c[RED]: GREEN

== #define: constants and simple functions
requires: root
script:
	#define ANSWER 42
	#define TWICE(x) ((x) * 2)
	#define FORMAT "the answer is %d\n"
	BEGIN { printf(FORMAT, TWICE(ANSWER)); @h = lhist(3, 0, ANSWER, TWICE(7)); }
expect:
	the answer is 84


	@h:
	[0, 14)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== an #include of the kernel's headers is not needed, one of others not read
requires: root
script:
	#include <linux/skbuff.h>
	#include <mine/all.h>
	BEGIN { print(sizeof(struct list_head)); }
expect:
	16
	
	
error:
	-e:2:1: WARNING: <mine/all.h> is not read: types come from the kernel's BTF [include]
	#include <mine/all.h>
	^~~~~~~~~~~~~~~~~~~~~
	hint: a constant that is missing is defined with #define, or with enum { ... };

== casts: arrays, pointers, typeof, strings, buffers
requires: root
script:
	BEGIN
	{
		print((uint8[4])0x01020304); print((uint32)(uint8[4])0x01020304); print((int8[])"str");
		print((string[64])"abc"); print(sizeof((string[16])"abc"));
		$x = (uint8)200; $y = (typeof($x))456; print($y); print(sizeof($x));
		print(sizeof(int32*)); print(sizeof(int32*[4])); print(sizeof(int32[2][3])); print(sizeof(int32*[4]*));
		$p = (int32 *)8; print($p + 2); print((uint8[2])1 == (uint8[2])1); print((uint8[2])1 == (uint8[2])2);
	}
expect:
	[4,3,2,1]
	16909060
	[115,116,114,0]
	abc
	16
	200
	1
	8
	32
	24
	8
	0x10
	true
	false
	
	

== records and tuples
requires: root
script:
	BEGIN
	{
		$r = (a=1, b="x", c=(d=(1, 2)));
		print($r); print($r.b); print($r.c.d.1); print((1,)); print($r.a + 1);
		print((a=1, b="x") == (a=1, b="xy")); print((1, ("a", 2)) == (1, ("a", 2))); print((1, 2) != (1, 3));
		@r[$r] = 3;
	}
expect:
	{ .a = 1, .b = x, .c = { .d = (1, 2) } }
	x
	2
	(1,)
	2
	false
	true
	true


	@r[{ .a = 1, .b = x, .c = { .d = (1, 2) } }]: 3

== a block is a value
requires: root
script:
	BEGIN
	{
		$x = { let $y = 4; $y * 2 }; print($x); print({ $x++; $x } + { 1 }); if ({ $x }) { print("yes"); }
		_ = 5; $z = $x > 3 ? { "large" } : { "small" }; print($z);
	}
expect:
	8
	10
	yes
	large
	
	

== ?: and the short form of it
requires: root
script:
	BEGIN { @n = 0; print(@n ?: 7); print(3 ?: 7); $s = @n ? "a" : "long"; print($s); $p = (int8*)0; print($p ?: (int8*)16); clear(@n); }
expect:
	7
	3
	long
	0x10
	
	

== let
requires: root
script:
	BEGIN { let $a; print($a); let $b: int8 = 3; print($b); let $c: string[8]; print($c); let $d = 5; print($d); let $e; $e = "text"; print($e); }
expect:
	0
	3

	5
	text
	
	

== unreachable statements and unused values are warned of
requires: root
script:
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
expect:
	
	
error:
	-e:1:9: WARNING: Return value discarded. [unused-value]
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
	        ^~~~~~~
	-e:1:35: WARNING: Unreachable statement [unreachable]
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
	                                  ^~~~~~~~~~~
	-e:1:27: note: because of this one
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
	                          ^~~~~~
	-e:1:72: WARNING: Unreachable statement [unreachable]
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
	                                                                       ^~~~~~~~~~~~~~
	-e:1:64: note: because of this one
	BEGIN { 1 + pid; if (1) { return; print("no"); } print("yes"); exit(); print("never"); }
	                                                               ^~~~~~

== signed and unsigned values under one name
requires: root
script:
	BEGIN { $n = -5; $u = (uint64)pid; @x = $u; @x = $n; clear(@x); }
expect:
	
	
error:
	-e:1:50: WARNING: the value of @x holds signed and unsigned values: it is int64 [sign-change]
	BEGIN { $n = -5; $u = (uint64)pid; @x = $u; @x = $n; clear(@x); }
	                                                 ^~
	-e:1:41: note: its type comes from here
	BEGIN { $n = -5; $u = (uint64)pid; @x = $u; @x = $n; clear(@x); }
	                                        ^~

== macros
requires: root
script:
	macro inc($x, n) { $t = n; $x += $t; $x }
	macro inc($x) { $x++; $x }
	macro add_to(@m, k) { @m[k] += 10; }
	macro two() { 2 }
	macro square(e) { e * e }
	BEGIN
	{
		$t = 1; $y = 5;
		print(inc($y, $t + 1)); print(inc($y)); print($t); add_to(@z, 3); print(two); print(two() + two);
		print(square({ $y++; $y }));
	}
expect:
	7
	8
	1
	2
	4
	90


	@z[3]: 10

== errors in a macro are told at the call
requires: root
status: 1
script:
	macro bad($x) { $x + "s" }
	BEGIN { $y = 1; print(bad($y)); }
expect:
error:
	-e:2:23: error: '+' takes numbers, not int64 and string[8] [bad-operand]
	BEGIN { $y = 1; print(bad($y)); }
	                      ^~~~~~~
	-e:1:17: note: in the macro
	macro bad($x) { $x + "s" }
	                ^~~~~~~~

== a call that fits no macro
requires: root
status: 1
script:
	macro m($x) { $x }
	BEGIN { print(m(3)); }
expect:
error:
	-e:2:15: error: no macro 'm' takes these arguments [argument-count]
	BEGIN { print(m(3)); }
	              ^~~~
	-e:1:7: note: a parameter $x takes a variable, @m a map, x any value
	macro m($x) { $x }
	      ^

== a macro that calls itself
requires: root
status: 1
script:
	macro m(x) { m(x) }
	BEGIN { m(1); }
expect:
error:
	-e:1:14: error: macro 'm' calls itself [bad-definition]
	macro m(x) { m(x) }
	             ^~~~
	-e:1:7: note: it is defined here
	macro m(x) { m(x) }
	      ^

== a macro sees no maps but its parameters
requires: root
status: 1
script:
	macro m() { @q = 1; }
	BEGIN { m; }
expect:
error:
	-e:2:9: error: macro 'm' uses map @q, which is no parameter of it [bad-definition]
	BEGIN { m; }
	        ^
	-e:1:13: note: it is used here
	macro m() { @q = 1; }
	            ^~

== functions
requires: root
script:
	fn add($a: int64, $b: int64): int64 { return $a + $b; }
	fn greet($s: string[16], $n: uint8): string[32]
	{
		if ($n > 3) { return "many"; }
		for ($i : 0..100) { if ($i == 50) { return $s; } }
		return "none";
	}
	fn five($a: int64, $b: int64, $c: int64, $d: int64, $e: string[8]): int64 { print($e); return $a + $b + $c + $d; }
	fn first($r: int64): int64 { return add(add($r, 1), later($r)); }
	fn later($q: int64): int64 { return $q * 10; }
	fn stop($x: int64) { if ($x > 2) { printf("stop\n"); exit(); } printf("go on %d\n", $x); }
	BEGIN
	{
		$x = 4; print(add($x, add($x, 1))); print(greet("hello", 1)); print(greet("hello", 9));
		printf("%s %d\n", greet("inside", 2), first(3)); print(five(1, 2, 3, 4, "fifth"));
		@m[greet("key", 1)] = add(1, 1);
		stop(1); stop(3); print("never");
	}
expect:
	9
	hello
	many
	inside 34
	fifth
	10
	go on 1
	stop


	@m[key]: 2

== what functions cannot do
requires: root
status: 1
script:
	fn f($a: int64): int64 { return f($a); }
	fn g($a: int64): int64 { if ($a) { return 1; } }
	fn h() { return 3; }
	BEGIN { f(1); g("a"); h(); g(1, 2); return 5; }
expect:
error:
	-e:1:33: error: function 'f' calls itself [bad-definition]
	fn f($a: int64): int64 { return f($a); }
	                                ^~~~~
	-e:1:4: note: a program of the kernel has no recursion
	fn f($a: int64): int64 { return f($a); }
	   ^
	-e:2:4: error: g() can end without a value [bad-definition]
	fn g($a: int64): int64 { if ($a) { return 1; } }
	   ^
	-e:3:10: error: h() has no result [bad-context]
	fn h() { return 3; }
	         ^~~~~~~~
	-e:4:17: error: parameter $a of g() is int64, not string[8] [bad-argument]
	BEGIN { f(1); g("a"); h(); g(1, 2); return 5; }
	                ^~~
	-e:2:6: note: it is declared here
	fn g($a: int64): int64 { if ($a) { return 1; } }
	     ^~~~~~~~~
	-e:4:28: error: g() takes 1 argument, and 2 are given [argument-count]
	BEGIN { f(1); g("a"); h(); g(1, 2); return 5; }
	                           ^~~~~~~
	-e:2:4: note: it is defined here
	fn g($a: int64): int64 { if ($a) { return 1; } }
	   ^
	-e:4:37: error: a probe returns no value: only functions do [bad-context]
	BEGIN { f(1); g("a"); h(); g(1, 2); return 5; }
	                                    ^~~~~~~~
	hint: exit(n) ends the script with a status

== a function with six parameters
requires: root
status: 1
script:
	fn f($a: int8, $b: int8, $c: int8, $d: int8, $e: int8, $f: int8) { }
	BEGIN { f(1,2,3,4,5,6); }
expect:
error:
	-e:1:56: error: a function has at most 5 parameters [too-large]
	fn f($a: int8, $b: int8, $c: int8, $d: int8, $e: int8, $f: int8) { }
	                                                       ^~~~~~~~

== named parameters
requires: root
run:
	script='BEGIN { printf("%d %s %d\n", getopt("count", 5, "how many"), getopt("name", "bob"), getopt("flag")); }'
	"$PKTSCRIPT" -q -e "$script"
	"$PKTSCRIPT" -q -e "$script" -- --count=7 --flag --name=joe
	"$PKTSCRIPT" -e "$script" -- --help
	"$PKTSCRIPT" -q -e "$script" -- --cuont=7
	"$PKTSCRIPT" -q -e "$script" -- --count=x
	true
expect:
	5 bob 0


	7 joe 1


	HINT: expected program options:
	  --count=5            how many
	  --name=bob
	  --flag
error:
	-e:1:1: error: the script has no option --cuont [bad-option]
	hint: did you mean --count?
	-e:1:30: error: --count takes a number, not 'x' [bad-option]
	BEGIN { printf("%d %s %d\n", getopt("count", 5, "how many"), getopt("name", "bob"), getopt("flag")); }
	                             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

== positional parameters
requires: root
run:
	"$PKTSCRIPT" -q -e 'BEGIN { printf("%d %s %d\n", $1, str($2), $#); unroll($1) { print("turn"); } @h = lhist(1, 0, $1, $1); clear(@h); }' 2 text
expect:
	2 text 2
	turn
	turn
	
	

== config and declared maps
requires: root
script:
	config = { max_map_keys = 10; MAX_STRLEN=64, BPFTRACE_MAX_PROBES = 5; }
	let @m = lruhash(5);
	let @s;
	let @p = percpuhash(10);
	BEGIN
	{
		@m[1] = 2; @s = 4; @p[1] = 3;
		for ($i : 0..3) {
			for ($kv : @m) {
				if ($i == 1) { continue; }
				printf("%d %d %d\n", $i, $kv.0, $kv.1);
			}
			if ($i == 2) { break; }
		}
	}
expect:
	0 1 2
	2 1 2


	@m[1]: 2
	@p[1]: 3
	@s: 4

== import
requires: root
run:
	mkdir -m 700 d
	echo 'macro from_file(x) { x + 1 } fn sum($a: int64): int64 { return $a + 1; }' > d/lib.pkt
	echo 'struct h { int x; }; typedef unsigned int my_t; #define NO' | tr '#' '\n' | head -1 > d/h.h
	printf 'import "lib.pkt"; import "lib.pkt";\n#include "h.h"\nBEGIN { print(from_file(1)); print(sum(5)); print(sizeof(struct h)); print(sizeof(my_t)); }\n' > d/s.pkt
	"$PKTSCRIPT" -q d/s.pkt
	printf 'BEGIN {}\nimport "none.pkt";\n' > d/t.pkt
	"$PKTSCRIPT" d/t.pkt
	mkdir -m 777 e && chmod 777 e
	printf 'import "x.pkt";\nBEGIN {}\n' > e/s.pkt
	"$PKTSCRIPT" e/s.pkt
	printf 'nonsense' > d/bad.pkt; printf 'import "bad.pkt";\nBEGIN {}\n' > d/u.pkt
	"$PKTSCRIPT" d/u.pkt
	true
expect:
	2
	6
	4
	4
	
	
error:
	d/t.pkt:2:8: error: cannot read 'd/none.pkt': No such file or directory [bad-import]
	import "none.pkt";
	       ^~~~~~~~~~
	e/s.pkt:1:8: error: 'e/x.pkt' is in a directory that everyone can write to [bad-import]
	import "x.pkt";
	       ^~~~~~~
	hint: anyone could have put it there: move it
	d/bad.pkt:1:9: error: unexpected end of the script, expected '{' [syntax]
	nonsense
	        ^
	hint: a probe has a body: PROBE { ... }

== wrong definitions
requires: root
status: 1
script:
	struct a { int x; int x; };
	struct b { struct c y; };
	struct b { int z; };
	struct d { uint8 f : 9; };
	enum e { A = pid };
	BEGIN { print((struct nosuch *)0); print(sizeof(struct nosuch)); print(offsetof(struct a, y)); }
expect:
error:
	-e:1:8: error: two members are called 'x' [bad-definition]
	struct a { int x; int x; };
	       ^
	-e:2:19: error: unknown type 'c' [bad-cast]
	struct b { struct c y; };
	                  ^
	-e:3:8: error: 'b' is defined twice [bad-definition]
	struct b { int z; };
	       ^
	-e:2:8: note: the first definition
	struct b { struct c y; };
	       ^
	-e:4:22: error: a bit-field of uint8 has 1 to 8 bits [bad-definition]
	struct d { uint8 f : 9; };
	                     ^
	-e:5:14: error: this is no constant [bad-definition]
	enum e { A = pid };
	             ^~~
	-e:6:56: error: unknown type 'nosuch' [bad-cast]
	BEGIN { print((struct nosuch *)0); print(sizeof(struct nosuch)); print(offsetof(struct a, y)); }
	                                                       ^~~~~~
	-e:6:91: error: struct a has no field 'y' [unknown-field]
	int((struct nosuch *)0); print(sizeof(struct nosuch)); print(offsetof(struct a, y)); }
	                                                                                ^

== wrong types
requires: root
status: 1
script:
	BEGIN
	{
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
	}
expect:
error:
	-e:3:8: error: '==' cannot compare (int64, int64) and (int64, string[8]) [bad-operand]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		      ^~~~~~~~~~~~~~~~~~
	-e:3:35: error: the two values of '?:' differ: int64 and string[8] [type-mismatch]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                 ^~~~~~~~
	-e:3:53: error: unroll takes a number from 1 to 100 [bad-argument]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                                   ^
	-e:3:60: error: 'break' is not inside a loop [bad-context]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                                          ^~~~~
	-e:3:67: WARNING: Unreachable statement [unreachable]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                                                 ^~~~~~~~~~~~~~~~~
	-e:3:60: note: because of this one
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                                          ^~~~~
	-e:3:79: error: two members are called 'a' [bad-definition]
		print((1, 2) == (1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
		                                                                             ^~~
	-e:3:98: error: (int64) has no field 'b' [unknown-field]
	(1, "a")); print(1 ?: "a"); unroll(0) { } break; print((a=1, a=2)); print((a=1).b);
	                                                                                ^
	hint: its fields are a

== what nests too deep
requires: root
run:
	{ printf 'BEGIN { $x = 1; print('; for i in $(seq 2000); do printf '$x+'; done; echo '1); }'; } > deep.pkt
	"$PKTSCRIPT" deep.pkt 2>&1 | grep -o 'error.*'
	{ printf 'BEGIN { '; for i in $(seq 2000); do printf '{'; done; } > deep.pkt
	"$PKTSCRIPT" deep.pkt 2>&1 | grep -o 'error.*'
expect:
	error: the script is nested too deep [too-large]
	error: unexpected end of the script, expected '}' [syntax]

== a script of 200 probes compiles quickly
requires: root
run:
	for i in $(seq 200); do echo "interval:s:$i { @a[$i] = count(); \$x = $i; if (\$x > 3) { printf(\"%d\", \$x); } }"; done > many.pkt
	timeout 10 "$PKTSCRIPT" --check many.pkt && echo fine
expect:
	fine

== #if, #ifdef, #ifndef, #elif, #else and #endif, nested, in and between the probes
requires: root
script:
	#ifndef BPFTRACE_HAVE_BTF
	#include <linux/none.h>
	  #if 1
	 broken {{{
	  #else
	  #endif
	#else
	#include <sys/socket.h>
	#endif
	#define V 5
	#define W (V + 1)
	#if W == 6 && defined(V) && !defined NONE && PKTSCRIPT // a comment
	BEGIN { print("six");
	# ifdef V
	 print("v");
	# elif 1
	 print("not");
	# endif
	}
	#elif V
	BEGIN { print("five"); }
	#else
	#error none
	#endif
	BEGIN { exit(); }
expect:
	six
	v
	
	

== constants of headers
requires: root
script: BEGIN { print((AF_INET, AF_INET6, ETH_P_ARP, EPERM, SIGKILL, PF_KTHREAD, TASK_RUNNING, AT_FDCWD)); print((INT64_MIN, UINT64_MAX)); }
expect:
	(2, 10, 2054, 1, 9, 2097152, 0, -100)
	(-9223372036854775808, 18446744073709551615)
	
	

== constants of headers are listed
run: "$PKTSCRIPT" -l constants
expect~:
	^AF_INET +2 \(sys/socket.h\)$
	^ETH_P_IPV6 +34525 \(linux/if_ether.h\)$
	^UINT64_MAX +18446744073709551615 \(limits.h\)$

== comptime, and an if whose other branch is not checked
requires: root
script:
	BEGIN
	{
		$x = "a";
		if comptime (is_str($x) && probetype == "special") { print("string"); }
		else if comptime is_ptr($x) { nope(3); }
		else { fail("neither"); }
		if comptime !(sizeof(uint8) == 1) { nope(1); }
		print((comptime (2 > 1 ? 5 : 6), comptime sizeof(uint32) == 4));
		static_assert(sizeof(uint32) == 4, "never");
		exit();
	}
expect:
	string
	(5, true)
	
	

== assert ends the script with a message
requires: root
script: BEGIN { assert(1 == 1); assert(1 == 2, "100% wrong"); }
status: 1
error:
	stdin:1:25-53: ERROR: 100% wrong
expect:
	
	

== buf of a string
requires: root
script: BEGIN { print(buf("ab\xff")); print(buf("abc", 2)); printf("%rx %d\n", buf("a\xff", 2), 1); exit(); }
expect:
	ab\xff
	ab
	\x61\xff 1
	
	

== usermode
requires: root
script: profile:ms:10 { print(usermode <= 1); exit(); }
expect~: ^true$

== & of variables and maps
requires: root
script:
	fn next($p: int64 *): int64 { return *$p + 1; }
	BEGIN
	{
		$x = 5; $p = &$x; $x = 7; print((*$p, *(&$x))); print(next(&$x)); print(&$x != 0);
		$s = "text"; $t = (1, "b"); print((*(&$s), (*(&$t)).1)); print(str(&$s));
		@a = 5; $m = &@a; @a = 6; print(*$m);
		@b[1, "k"] = 3; print((*(&@b[1, "k"]), *(&@b[2, "k"]))); print(&@b[2, "k"]); print(&@b != 0);
		for ($i : 0..2) { $q = &$i; print(*$q); }
		@c = count(); print(&@c != 0); clear(@c);
	}
expect:
	(7, 7)
	8
	true
	(text, b)
	text
	6
	(3, 0)
	0x0
	true
	0
	1
	true


	@a: 6
	@b[1, k]: 3

== & of what has no address
script: BEGIN { print(&5); @h = count(); $x = *(&@h); print(&$none); }
args: --check
status: 1
error:
	-e:1:15: error: '&' takes a variable, a map or what is behind a pointer, not this number [bad-operand]
	BEGIN { print(&5); @h = count(); $x = *(&@h); print(&$none); }
	              ^~
	-e:1:39: error: '*' cannot read through void * [bad-operand]
	BEGIN { print(&5); @h = count(); $x = *(&@h); print(&$none); }
	                                      ^~~~~~
	hint: cast it to a pointer to something: *(uint64 *)...
	-e:1:54: error: variable $none is read before anything is assigned to it [undefined-variable]
	BEGIN { print(&5); @h = count(); $x = *(&@h); print(&$none); }
	                                                     ^~~~~
	hint: a variable lives until the end of its block; a map is seen by all probes

== a declared variable keeps its width
requires: root
script:
	fn low($p: uint8): uint8 { return $p; }
	fn result($p: int64): uint16 { return $p; }
	BEGIN
	{
		let $u: uint8 = 255; $u++; print($u); $u = 300; print($u); $u += 250; print($u); --$u; print($u); print(sizeof($u));
		let $i: int8 = 127; $i++; print($i); $i = -1; print($i); $i <<= 7; print($i);
		let $w: uint16 = 1; $w = $w - 2; print($w); let $b: bool = 5; print($b);
		let $a: uint32 = -1; let $c: int32 = 4294967295; print(($a, $c)); let $t: typeof($u) = 257; print($t);
		print((low(300), result(65537)));
		@m[1] = 700; if (find(@m, 1, $u)) { print($u); }
	}
expect:
	0
	44
	38
	37
	1
	-128
	-1
	-128
	65535
	true
	(4294967295, -1)
	1
	(44, 1)
	188


	@m[1]: 700

== sizeof: numbers as small as they are, strings as they were written
requires: root
script:
	struct s { int m; char n[4]; uint16_t k; };
	BEGIN
	{
		$f = (struct s *)0; print((sizeof($f.n), sizeof(*$f), sizeof($f.k), sizeof($f)));
		print((sizeof(1), sizeof(-1), sizeof(200), sizeof(-200), sizeof(70000), sizeof(5000000000)));
		$a = 1; $b = (uint32)1; @m = (int16)5; print((sizeof($a), sizeof($b), sizeof(@m), sizeof($a + 1)));
		print((sizeof("abc"), sizeof(pid), sizeof((uint8)1), sizeof((1, 2)))); clear(@m);
	}
expect:
	(4, 12, 2, 8)
	(1, 1, 1, 2, 4, 8)
	(1, 4, 2, 8)
	(4, 4, 1, 16)
	
	

== pointers move by what they point at
requires: root
script:
	BEGIN
	{
		$p = (int32 *)16; $p++; print($p); $p += 2; print($p); $p -= 1; print($p); --$p; print(($p + 2, $p - 1)); print($p--);
		@p = (uint16 *)16; @p++; @p += 2; @q["k"] = (struct list_head *)0; @q["k"]++; @q["k"] += 1; print(@q["k"]++);
	}
expect:
	0x14
	0x1c
	0x18
	(0x1c, 0x10)
	0x14
	0x20


	@p: 0x16
	@q[k]: 0x30

== part of a positional parameter
requires: root
args: hello 5
script: BEGIN { print(str($1 + 1)); print(str($1 + 2, 3)); print(str($1 + 5)); print($2 + 1); print(str($2)); }
expect:
	ello
	ll

	6
	5
	
	

== more than a positional parameter has, and strings of the script
args: --check hello
status: 1
script: BEGIN { print(str($1 + 6)); print("hello" + 1); }
error:
	-e:1:19: error: '+' takes numbers, not string[8] and int64 [bad-operand]
	BEGIN { print(str($1 + 6)); print("hello" + 1); }
	                  ^~~~~~
	-e:1:35: error: '+' takes numbers, not string[8] and int64 [bad-operand]
	BEGIN { print(str($1 + 6)); print("hello" + 1); }
	                                  ^~~~~~~~~~~

== settings that say what is done anyway
requires: root
script:
	config = {
		unstable_map_decl = enable, unstable_addr=enable; unstable_macro="warn"; UNSTABLE_TSERIES=error;
		BPFTRACE_CACHE_USER_SYMBOLS=PER_PROGRAM; lazy_symbolication=true; cpp_demangle=false; log_size=2000000;
		on_stack_limit=64; perf_rb_pages=128; show_debug_info=false; unstable_typeinfo=enable; unstable_import=enable;
		unstable_dw_ustack=enable; unstable_import_statement=enable; max_ast_nodes=1000; max_type_res_iterations=10;
	}
	BEGIN { print("run"); }
expect:
	run
	
	

== if is a value, and so is a block at the end of one
requires: root
script:
	macro nested(x) { { let $y = x; $y * 2 } }
	macro size(x) { if (x > 3) { "big" } else if (x > 2) { "middle" } else { "small" } }
	macro say(x, @m) { if (x) { print("said") } else { @m++ } }
	BEGIN
	{
		$x = if (1) { 5 } else { 6 }; print($x); print(if 0 { "a" } else { "bcd" }); print({ { 7 } });
		let $y = { if ($x == 5) { let $z = 2; $z } else { 1 } }; print($y);
		print(nested(nested(3))); print((size(5), size(3), size(1))); say(1, @m); say(0, @m);
		if ($x) { print("a statement") } else { @m++ }
	}
expect:
	5
	bcd
	7
	2
	12
	(big, middle, small)
	said
	a statement


	@m: 1

== an if and a block without a value
args: --check
status: 1
script: BEGIN { $x = if (1) { 5 }; $y = if (1) { 5; } else { 6 }; print({ }); $z = if (1) { 5 } else { "a" }; }
error:
	-e:1:14: error: this 'if' has no value [syntax]
	BEGIN { $x = if (1) { 5 }; $y = if (1) { 5; } else { 6 }; print({ }); $z = if (1) { 5 } else { "a" }; }
	             ^~
	hint: if (c) { x } else { y } is a value; its blocks end with an expression without ';'
	-e:1:33: error: this 'if' has no value [syntax]
	BEGIN { $x = if (1) { 5 }; $y = if (1) { 5; } else { 6 }; print({ }); $z = if (1) { 5 } else { "a" }; }
	                                ^~
	hint: if (c) { x } else { y } is a value; its blocks end with an expression without ';'
	-e:1:65: error: this block has no value [syntax]
	BEGIN { $x = if (1) { 5 }; $y = if (1) { 5; } else { 6 }; print({ }); $z = if (1) { 5 } else { "a" }; }
	                                                                ^
	hint: a block that is a value ends with an expression without ';'

== an if whose blocks have values of two types
args: --check
status: 1
script: BEGIN { $z = if (1) { 5 } else { "a" }; }
error:
	-e:1:14: error: a call without a value cannot be stored in a variable [bad-assignment]
	BEGIN { $z = if (1) { 5 } else { "a" }; }
	             ^~~~~~~~~~~~~~~~~~~~~~~~~

== char[N] of a struct is text, wherever it prints
requires: root
script:
	struct T { char a[8]; char c; uint8_t b[2]; }
	BEGIN { $v = (0x636261, 5); $p = (struct T *)&$v; print(*$p); print($p.a); @[*$p] = 1; }
expect:
	{ .a = abc, .c = 5, .b = [0,0] }
	abc


	@[{ .a = abc, .c = 5, .b = [0,0] }]: 1

== the empty tuple
requires: root
script: BEGIN { print(()); $x = (); print(((), 1)); print(() == ()); @ = (); }
expect:
	()
	((), 1)
	true


	@: ()

== begin and end are special
requires: root
script: BEGIN { print(probetype); } interval:ms:1 { print(probetype); exit(); } END { print(probetype); }
expect:
	special
	interval
	special
	
	

== str() keeps max_strlen bytes exactly, of positional parameters too
requires: root
run:
	long=$(printf '%2000s' '' | tr ' ' x)
	for n in 1 5 6 7; do BPFTRACE_MAX_STRLEN=$n "$PKTSCRIPT" -q -e 'BEGIN { print((str($1), strlen(str($1)))); printf("%s\n", str($1, 3)); }' hello; done | sed '/^$/d'
	"$PKTSCRIPT" -q -e 'config = { max_strlen = 4096 } BEGIN { print(strlen(str($1))); @ = str($1); @k[str($1, 20)] = strlen(@); clear(@); }' "$long"
	"$PKTSCRIPT" -q -e 'config = { max_strlen = 16; str_trunc_trailer = "" } BEGIN { print(str($1)); print(strlen($1)); }' "$long"
expect:
	(.., 0)
	he
	(hell.., 4)
	he
	(hello.., 5)
	he
	(hello, 5)
	he
	2000


	@k[xxxxxxxxxxxxxxxxxxx]: 2000
	xxxxxxxxxxxxxxx
	2000
	
	

== C declarations as headers have them
requires: root
script:
	#ifndef LIMIT
	#define LIMIT 3
	#endif
	#define SUM(a, b) \
		((a) + \
		 (b))
	#undef LIMIT
	#ifdef LIMIT
	nonsense
	#endif
	#define LIMIT 4
	struct later;
	union later_too;
	typedef struct foo {
		const char *name; volatile int x; struct later *unknown; int (*call)(int, char *);
		unsigned int *p, q; /* two */ double d; char data[]; // of any length
	} foo_t;
	enum { ANON_A = 5, ANON_B, };
	typedef enum color { RED, GREEN, } color_t;
	struct nested { struct { int a; } in; struct named { int b[LIMIT]; } n; enum { P, Q } e; int :0; };
	BEGIN
	{
		print((LIMIT, SUM(1, 2), ANON_B, (color_t)1, Q)); $f = (foo_t *)0; print(($f.x, $f.unknown, $f.d));
		print((sizeof(foo_t), offsetof(foo_t, q), offsetof(struct foo, data), sizeof(struct nested), sizeof(struct named)));
	}
expect:
	(4, 3, ANON_B, GREEN, Q)
	(0, 0x0, [0,0,0,0,0,0,0,0])
	(56, 40, 56, 24, 16)
	
	

== a name, and a comparison between parentheses, as sides of an operator
requires: root
script: BEGIN { print(ncpus & (pid == 0)); print((cpu * 0) | (ncpus > 0)); exit(); }
expect:
	0
	1
	
	

== types of the kernel by their typedefs
requires: root
script:
	BEGIN
	{
		let $u: kuid_t;
		$k = (kuid_t *)curtask; $g = (gfp_t *)5;
		print(($u, sizeof($k), $g, (gfp_t)$#, (gfp_t)(5) * 2, (loff_t)pid > 0));
		print((sizeof(gfp_t), sizeof(kuid_t), sizeof(kuid_t *), offsetof(kuid_t, val), sizeof(typeof(kuid_t))));
		print(((pid) * 2 > 4, (uid) in 0..5, sizeof(pid)));
	}
expect:
	({ .val = 0 }, 8, 0x5, 0, 10, true)
	(4, 4, 8, 0, 4)
	(true, true, 4)
	
	

== typedefs that are not there
requires: root
script: BEGIN { $x = (nonsuch_t)5; $y = (nonsuch_t *)5; print(sizeof(nonsuch_t)); }
status: 1
error:
	-e:1:15: error: unknown type 'nonsuch_t' [bad-cast]
	BEGIN { $x = (nonsuch_t)5; $y = (nonsuch_t *)5; print(sizeof(nonsuch_t)); }
	              ^~~~~~~~~
	-e:1:34: error: unknown type 'nonsuch_t' [bad-cast]
	BEGIN { $x = (nonsuch_t)5; $y = (nonsuch_t *)5; print(sizeof(nonsuch_t)); }
	                                 ^~~~~~~~~
	-e:1:62: error: unknown name 'nonsuch_t' [unknown-name]
	BEGIN { $x = (nonsuch_t)5; $y = (nonsuch_t *)5; print(sizeof(nonsuch_t)); }
	                                                             ^~~~~~~~~
	hint: variables start with $, maps with @, strings stand between quotes
