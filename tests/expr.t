# Expressions: precedence, signs, overflow, casts, tuples, strings, control flow.

== the table of expressions has the values that C gives, when they are known beforehand
requires: root cc
run:
	values()
	{
		echo 'let $a: int64 = 7; let $b: int64 = -3; let $c: int64 = 0;'
		echo 'let $m: int64 = -0x7fffffffffffffff - 1; let $x: int64 = 0x7fffffffffffffff;'
		echo 'let $u: uint64 = 10; let $v: uint64 = 0xffffffffffffffff; let $w: uint64 = 1 << 63;'
	}
	expressions_in_script "$(values)" | "$PKTSCRIPT" -q - | sed "/^$/d" > ours
	expressions_in_c > theirs
	echo "$(grep -c = theirs) expressions"
	diff theirs ours && echo the same
expect:
	135 expressions
	the same

== and when they are not
requires: root cc
run:
	values()
	{
		echo '@a = 7; @b = -3; @c = 0; @m = -0x7fffffffffffffff - 1; @x = 0x7fffffffffffffff;'
		echo '@u = (uint64)10; @v = 0xffffffffffffffff; @w = (uint64)(1 << 63);'
		for v in a b c m x u v w; do echo "\$$v = @$v;"; done
	}
	for part in 1,50 51,100 101,150; do
		expressions_in_script "$(values)" "$part" | "$PKTSCRIPT" -q - | sed '/^$/d; /^@/d' >> ours
	done
	expressions_in_c > theirs
	echo "$(grep -c = theirs) expressions"
	diff theirs ours && echo the same
expect:
	135 expressions
	the same

== some of them, to read
requires: root
script:
	BEGIN
	{
		printf("%d %d %d\n", 1 + 2 * 3, (1 + 2) * 3, 1 << 2 + 3);
		printf("%d %d %d %d\n", -7 / 2, -7 % 2, 7 / -2, 7 % -2);
		printf("%d %d\n", 5 & 3 == 3, (5 & 3) == 3);
		printf("%d\n", 0x7fffffffffffffff + 1);
	}
expect:
	7 9 32
	-3 -1 -3 1
	1 0
	-9223372036854775808
	
	

== division by what turns out to be zero gives 1, as the rest does, and warns
requires: root
script: BEGIN { @zero = 0; @a = -7; @b = (uint64)7; printf("%d %d %d %d\n", @a / @zero, @a % @zero, @b / @zero, @b % @zero); clear(@a); clear(@b); clear(@zero); }
expect:
	1 1 1 1
	
	
error:
	stdin:1:69-79: WARNING: Divide or modulo by 0 detected. The result is 1.
	BEGIN { @zero = 0; @a = -7; @b = (uint64)7; printf("%d %d %d %d\n", @a / @zero, @a % @zero, @b / @zero, @b % @zero); clear(@a); clear(@b); clear(@zero); }
	                                                                    ~~~~~~~~~~
	stdin:1:81-91: WARNING: Divide or modulo by 0 detected. The result is 1.
	BEGIN { @zero = 0; @a = -7; @b = (uint64)7; printf("%d %d %d %d\n", @a / @zero, @a % @zero, @b / @zero, @b % @zero); clear(@a); clear(@b); clear(@zero); }
	                                                                                ~~~~~~~~~~
	stdin:1:93-103: WARNING: Divide or modulo by 0 detected. The result is 1.
	BEGIN { @zero = 0; @a = -7; @b = (uint64)7; printf("%d %d %d %d\n", @a / @zero, @a % @zero, @b / @zero, @b % @zero); clear(@a); clear(@b); clear(@zero); }
	                                                                                            ~~~~~~~~~~
	stdin:1:105-115: WARNING: Divide or modulo by 0 detected. The result is 1.
	BEGIN { @zero = 0; @a = -7; @b = (uint64)7; printf("%d %d %d %d\n", @a / @zero, @a % @zero, @b / @zero, @b % @zero); clear(@a); clear(@b); clear(@zero); }
	                                                                                                        ~~~~~~~~~~

== INT64_MIN / -1 wraps, and its rest is 0
requires: root
script: BEGIN { @m = -0x7fffffffffffffff - 1; @n = -1; printf("%d %d\n", @m / @n, @m % @n); clear(@m); clear(@n); }
expect:
	-9223372036854775808 0
	
	

== a shift by 64 or more takes the low six bits of the distance
requires: root
script: BEGIN { @n = 65; printf("%d %d %d\n", 1 << @n, 8 >> @n, -8 >> @n); clear(@n); }
expect:
	2 4 -4
	
	

== unsigned 64-bit values print as such
requires: root
script: BEGIN { $v = 0xffffffffffffffff; print($v); print($v / 2); printf("%u %d %x\n", $v, $v, $v); print(18446744073709551615); }
expect:
	18446744073709551615
	9223372036854775807
	18446744073709551615 -1 ffffffffffffffff
	18446744073709551615
	
	

== the right side of && and || runs only when needed
requires: root
script: BEGIN { @n = 0; $r = 0 && @n++; $r = 1 || @n++; $r = 1 && @n++; $r = 0 || @n++; print($r); }
expect:
	true
	
	
	@n: 2

== comparisons are true or false, and numbers
requires: root
script: BEGIN { print(1 < 2); print(2 < 1); printf("%d %s\n", 1 == 1, 1 == 1); $b = 3 > 2; print($b); print(true); print(false); print((1 < 2) + 1); }
expect:
	true
	false
	1 true
	true
	true
	false
	2
	
	

== numbers: decimal, hex, octal, binary, exponents, separators, suffixes, times
requires: root
script: BEGIN { printf("%d %d %d %d %d %d %d\n", 1_000_000, 0xff, 017, 0b101, 2e3, 1UL, 7LL); printf("%d %d %d %d %d\n", 1us, 2ms, 3s, 1m, 1h); }
expect:
	1000000 255 15 5 2000 1 7
	1000 2000000 3000000000 60000000000 3600000000000
	
	

== casts cut and extend
requires: root
script:
	BEGIN
	{
		@v = 0x1ff; $v = @v;
		printf("%d %d %d %d\n", (uint8)$v, (int8)$v, (uint8)300, (int8)200);
		@v = -1; $n = @v;
		printf("%d %d %d %d\n", (uint8)$n, (uint16)$n, (uint32)$n, (int32)$n);
		printf("%u\n", (uint64)$n);
		print((int16)0x18000); print((bool)5); print((bool)0); print((int64)true);
		clear(@v);
	}
expect:
	255 -1 44 -56
	255 65535 4294967295 -1
	18446744073709551615
	-32768
	true
	false
	1
	
	

== a cast binds tighter than an operator
requires: root
script: BEGIN { print((uint8)255 + 1); print((uint8)(255 + 1)); print(-(int8)1); print((int8)-1 + 2); }
expect:
	256
	0
	-1
	1
	
	

== assignment operators
requires: root
script:
	BEGIN
	{
		$x = 10;
		$x += 5; print($x);
		$x -= 20; print($x);
		$x *= 3; print($x);
		$x /= 2; print($x);
		$x %= 4; print($x);
		$x <<= 4; print($x);
		$x >>= 2; print($x);
		$x |= 3; print($x);
		$x &= 6; print($x);
		$x ^= 7; print($x);
	}
expect:
	15
	-5
	-15
	-7
	-3
	-48
	-12
	-9
	6
	1
	
	

== the same operators on a map
requires: root
script:
	BEGIN
	{
		@x = 10;
		@x += 5; printf("%d\n", @x);
		@x -= 20; printf("%d\n", @x);
		@x *= 3; printf("%d\n", @x);
		@x /= 2; printf("%d\n", @x);
		@x %= 4; printf("%d\n", @x);
		@x <<= 4; printf("%d\n", @x);
		@x >>= 2; printf("%d\n", @x);
		@x |= 3; printf("%d\n", @x);
		@x &= 6; printf("%d\n", @x);
		@x ^= 7; printf("%d\n", @x);
	}
expect:
	15
	-5
	-15
	-7
	-3
	-48
	-12
	-9
	6
	1
	
	
	@x: 1

== increments before and after
requires: root
script: BEGIN { $i = 5; print($i++); print($i); print(++$i); print($i--); print(--$i); @m = 5; printf("%d %d\n", @m++, ++@m); printf("%d %d\n", @m--, --@m); printf("%d %d\n", @k["new"]++, @k["new"]); }
expect:
	5
	6
	7
	7
	5
	5 7
	7 5
	0 1
	
	
	@k[new]: 1
	@m: 5

== strings are compared as text, whatever their capacity
requires: root
script:
	BEGIN
	{
		$s = "abc";
		printf("%d%d%d%d\n", $s == "abc", $s == "abcd", $s == "ab", $s == "");
		printf("%d%d\n", $s != "abc", $s != "abd");
		$long = "abcdefghijklmnopqrstuvwxyz";
		printf("%d%d\n", $long == "abcdefghijklmnopqrstuvwxyz", $long == "abcdefghijklmnopqrstuvwxyZ");
		@s["k"] = "abc";
		printf("%d%d%d\n", @s["k"] == $s, @s["none"] == "", @s["none"] == $s);
		clear(@s);
	}
expect:
	1000
	01
	10
	110
	
	

== a string variable keeps what it was given, shorter or longer
requires: root
script: BEGIN { $s = "a long string at first"; print($s); $s = "short"; print($s); $s = $s == "short" ? "yes, it is" : "no"; print($s); print($s == "yes, it is"); }
expect:
	a long string at first
	short
	yes, it is
	true
	
	

== escapes and UTF-8 in strings
requires: root
script: BEGIN { printf("tab\there \"quoted\" back\\slash \101\x42\n"); print("größe → 日本"); print($1); }
args: 'a b"c'
expect:
	tab	here "quoted" back\slash AB
	größe → 日本
	a b"c
	
	

== tuples: elements, nesting, comparison, assignment
requires: root
script:
	BEGIN
	{
		$t = (1, "two", (3, 4));
		print($t); print($t.0); print($t.1); print($t.2.1); print((5,));
		print((1, 2) == (1, 2)); print((1, 2) != (1, 3)); print((1, "a") == (1, "b"));
		$t = (10, "twenty", (-3, 0xffffffffffffffff));
		print($t);
		@t[1] = (1, -1); @t[2] = (2, -2);
		print(@t[1].1 + @t[2].1); print(@t[3].1);
	}
expect:
	(1, two, (3, 4))
	1
	two
	4
	(5,)
	true
	true
	false
	(10, twenty, (-3, -1))
	-3
	0
	
	
	@t[1]: (1, -1)
	@t[2]: (2, -2)

== a string has characters by index
requires: root
script: BEGIN { $s = "AZ"; @i = 1; printf("%d %c %d\n", $s[0], $s[@i], $s[2]); clear(@i); }
expect:
	65 Z 0
	
	

== if, else if, else
requires: root
script: BEGIN { for ($i : 0..4) { if ($i == 0) { printf("zero\n"); } else if ($i == 1) { printf("one\n"); } else if ($i < 3) { printf("few\n"); } else { printf("many\n"); } } if (0) { printf("no\n"); } if (5) { printf("yes\n"); } }
expect:
	zero
	one
	few
	many
	yes
	
	

== for over a range: the end is excluded, bounds are computed once
requires: root
script:
	BEGIN
	{
		for ($i : 2..5) { printf("%d ", $i); }
		$n = 3; for ($i : 0..$n) { $n = 10; printf("%d ", $i); }
		for ($i : 5..2) { printf("never "); }
		for ($i : -2..1) { printf("%d ", $i); }
		for ($i : 0..3) { for ($j : 0..$i) { printf("%d%d ", $i, $j); } }
		printf("\n");
	}
expect:
	2 3 4 0 1 2 -2 -1 0 10 20 21 
	
	

== a long loop
requires: root
script: BEGIN { $sum = 0; for ($i : 0..100000) { $sum += $i; } print($sum); }
expect:
	4999950000
	
	

== break, continue and return
requires: root
script:
	BEGIN
	{
		for ($i : 0..10) { if ($i % 2) { continue; } if ($i > 6) { break; } printf("%d ", $i); }
		for ($i : 0..3) { for ($j : 0..3) { if ($j == 1) { break; } printf("%d%d ", $i, $j); } }
		printf("\n");
		for ($i : 0..3) { if ($i == 1) { return; } printf("before %d\n", $i); }
		printf("never\n");
	}
	BEGIN { printf("the next clause\n"); }
expect:
	0 2 4 6 00 10 20 
	before 0
	the next clause
	
	

== while, with variables from outside, on a map's value too
requires: root
script:
	BEGIN
	{
		$n = 0;
		while ($n < 5) { $n++; if ($n == 2) { continue; } if ($n == 4) { break; } printf("%d ", $n); }
		@left = 3;
		while (@left > 0) { @left--; printf("left %d ", @left); }
		while (0) { printf("never"); }
		printf("\n");
	}
expect:
	1 3 left 2 left 1 left 0 
	
	
	@left: 0

== unroll
requires: root
script: BEGIN { $i = 0; unroll(5) { printf("%d ", $i); $i++; } unroll($1) { printf("x"); } printf("\n"); }
args: 3
expect:
	0 1 2 3 4 xxx
	
	

== a variable belongs to its block
requires: root
script: BEGIN { let $x = 1; if ($x) { let $y = 2; $x += $y; } { let $y = 10; $x += $y; } for ($i : 0..2) { let $y = $i; $x += $y; } print($x); let $z; $z = "late"; print($z); let $n: uint64; print($n); }
expect:
	14
	late
	0
	
	

== sizeof
requires: root
script: BEGIN { printf("%d %d %d %d\n", sizeof(int32), sizeof(uint64), sizeof(bool), sizeof(uint8)); }
expect:
	4 8 1 1
	
	

== comments stand anywhere
requires: root
script:
	// first
	BEGIN /* a probe */ { print(/* in */ 1 /* and */ + // out
		2); } // last
expect:
	3
	
	

== loops in loops: a hundred thousand turns, a counter that is compared
requires: root
script:
	BEGIN
	{
		@n = 1000; $n = 0;
		for ($i : 0..10) { for ($j : 0..10) { for ($k : 0..10) { for ($l : 0..10) { for ($m : 0..10) { $n++; if ($n == @n) { @n += 1000; } } } } } }
		print($n);
	}
expect:
	100000


	@n: 101000
