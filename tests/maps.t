# Maps: reads and writes, keys of all kinds, delete, clear, zero, order and text of what is printed.

== a map without a key, maps by name at the end, each once
requires: root
script: BEGIN { @b = 2; @ = 1; @a = "text"; @c = (1, "x"); @B = -5; @u = 0xffffffffffffffff; @t = true; }
expect:


	@: 1
	@B: -5
	@a: text
	@b: 2
	@c: (1, x)
	@t: true
	@u: 18446744073709551615

== a map that is never written, or cleared, or deleted is not printed at the end
requires: root
script: BEGIN { if (0) { @never = 1; } @a = 1; @b[1] = 1; @c = count(); @d = 1; clear(@a); clear(@b); clear(@c); delete(@d); @e = 0; printf("%d\n", @d); }
expect:
	0


	@e: 0

== print of an unset scalar prints its zero, and an empty map nothing
requires: root
script: BEGIN { if (0) { @s = "x"; @n = 1; @c = count(); @k[1] = 1; @m = max(1); @a = avg(5); } print(@s); print(@n); print(@c); print(@k); print(@m); print(@a); }
expect:
	@s: 
	@n: 0
	@c: 0
	@m: 0
	@a: 0
	
	

== a key that is missing reads as 0 and ""
requires: root
script: BEGIN { @n["a"] = 1; @s[1] = "x"; printf("%d '%s' %d\n", @n["b"], @s[2], has_key(@n, "b")); clear(@n); clear(@s); }
expect:
	0 '' 0
	
	

== keys: numbers in order of their value, signed
requires: root
script: BEGIN { @s[3] = "c"; @s[-1] = "m"; @s[10] = "j"; @s[0] = "z"; }
expect:


	@s[-1]: m
	@s[0]: z
	@s[3]: c
	@s[10]: j

== keys: strings, bytewise
requires: root
script: BEGIN { @s["b"] = "1"; @s["a"] = "2"; @s["ab"] = "3"; @s["B"] = "4"; @s[""] = "5"; @s["a much longer key than the others"] = "6"; }
expect:


	@s[]: 5
	@s[B]: 4
	@s[a]: 2
	@s[a much longer key than the others]: 6
	@s[ab]: 3
	@s[b]: 1

== keys of several parts, ordered part by part
requires: root
script: BEGIN { @s["b", 2] = "1"; @s["b", 1] = "2"; @s["a", 3] = "3"; @s["a", -3] = "4"; @s[("c", 0)] = "5"; printf("%s %s\n", @s["a", 3], @s[("b", 1)]); }
expect:
	3 2


	@s[a, -3]: 4
	@s[a, 3]: 3
	@s[b, 1]: 2
	@s[b, 2]: 1
	@s[c, 0]: 5

== nested tuples in a key keep their parentheses
requires: root
script: BEGIN { @p[1, (2, "x")] = 3; @p[1, (2, "x")] += 4; @q[(1,)] = 1; }
expect:


	@p[1, (2, x)]: 7
	@q[1]: 1

== the same key is found whatever widths its parts were written with
requires: root
script: BEGIN { @m[1, "a"] = "first"; @m[(int64)1, "a"] = "second"; @m[(uint8)1, "a long one"] = "third"; $k = 1; @m[$k, "a"] = "last"; }
expect:


	@m[1, a]: last
	@m[1, a long one]: third

== integer values print in ascending order of the values
requires: root
script: BEGIN { @n["x"] = 5; @n["y"] = -7; @n["z"] = 3; @n["w"] = 100; }
expect:


	@n[y]: -7
	@n[z]: 3
	@n[x]: 5
	@n[w]: 100

== the order of counts and sums is that of their values
requires: root
script:
	BEGIN
	{
		for ($i : 0..3) { @c["three"] = count(); }
		@c["one"] = count();
		@c["two"] = count(); @c["two"] = count();
		@s["low"] = sum(-5); @s["high"] = sum(5); @s["zero"] = sum(0);
	}
expect:


	@c[one]: 1
	@c[two]: 2
	@c[three]: 3
	@s[low]: -5
	@s[zero]: 0
	@s[high]: 5

== the order of min, max, avg and stats is that of their values
requires: root
script:
	BEGIN
	{
		@min["b"] = min(2); @min["a"] = min(3); @min["c"] = min(-1);
		@max["b"] = max(2); @max["a"] = max(3); @max["c"] = max(-1);
		@avg["b"] = avg(2); @avg["a"] = avg(3); @avg["c"] = avg(-1);
		@stats["b"] = stats(2); @stats["a"] = stats(3); @stats["c"] = stats(-1);
	}
expect:


	@avg[c]: -1
	@avg[b]: 2
	@avg[a]: 3
	@max[c]: -1
	@max[b]: 2
	@max[a]: 3
	@min[c]: -1
	@min[b]: 2
	@min[a]: 3
	@stats[c]: { .count = 1, .average = -1, .total = -1 }
	@stats[b]: { .count = 1, .average = 2, .total = 2 }
	@stats[a]: { .count = 1, .average = 3, .total = 3 }

== histograms by key, the one with most events last
requires: root
script: BEGIN { for ($i : 0..3) { @h["many"] = hist($i); } @h["few"] = hist(5); @l[1] = lhist(5, 0, 10, 5); }
expect:


	@h[few]:
	[4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[many]:
	[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2, 4)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@l[1]:
	[5, 10)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== print(@m, top) keeps the largest, print(@m, top, div) divides
requires: root
script: BEGIN { for ($i : 1..6) { @m[$i] = $i * 100; @c[$i] = sum($i * 100); } print(@m, 2); print(@m, 2, 100); print(@m, 0, 100); print(@c, 1); print(@c, 1, 7); clear(@m); clear(@c); }
expect:
	@m[4]: 400
	@m[5]: 500
	@m[4]: 4
	@m[5]: 5
	@m[1]: 1
	@m[2]: 2
	@m[3]: 3
	@m[4]: 4
	@m[5]: 5
	@c[5]: 500
	@c[5]: 71
	
	

== print divides a histogram's counts, and what avg and stats hold
requires: root
script: BEGIN { for ($i : 0..10) { @h = hist(4); @a = avg($i * 10); @s = stats($i * 10); @x = max($i * -100); } print(@h, 0, 5); print(@a, 0, 5); print(@s, 0, 5); print(@x, 0, 10); clear(@h); clear(@a); clear(@s); clear(@x); }
expect:
	@h:
	[4, 8)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@a: 9
	@s: { .count = 10, .average = 9, .total = 90 }
	@x: 0
	
	

== print(@m[key]) prints the value alone
requires: root
script: BEGIN { @m["k"] = 7; print(@m["k"]); print(@m["none"]); @t[1] = (1, "two"); print(@t[1]); clear(@m); clear(@t); }
expect:
	7
	0
	(1, two)
	
	

== delete with both ways to say the key, and what it returns
requires: root
script: BEGIN { @m[1] = 1; @m[2] = 2; @m[3] = 3; printf("%s %s %s\n", delete(@m, 1), delete(@m[2]), delete(@m, 9)); @k["a", 1] = 1; @k["b", 2] = 2; delete(@k, ("a", 1)); delete(@k["none", 0]); }
expect:
	true true false


	@k[b, 2]: 2
	@m[3]: 3

== delete of a scalar
requires: root
script: BEGIN { @a = 5; printf("%s %d %s\n", delete(@a), @a, delete(@a)); @b = 1; delete(@b); @b = 2; }
expect:
	true 0 false


	@b: 2

== clear removes all keys, zero sets all values to 0
requires: root
script: BEGIN { @a[1] = 1; @a[2] = 2; @z["x"] = 5; @z["y"] = 6; @c["k"] = count(); @h = hist(3); @n = 4; clear(@a); zero(@z); zero(@c); zero(@h); zero(@n); }
expect:


	@c[k]: 0
	@h:

	@n: 0
	@z[x]: 0
	@z[y]: 0

== clear, then it is used again
requires: root
script: BEGIN { @a[1] = 1; clear(@a); } interval:ms:20 { @a[2]++; @c = count(); if (@a[2] == 3) { clear(@c); exit(); } }
expect:


	@a[2]: 3

== has_key, after it was written and deleted
requires: root
script: BEGIN { printf("%d", has_key(@m, 1)); @m[1] = 0; printf("%d", has_key(@m, 1)); delete(@m, 1); printf("%d\n", has_key(@m[1])); }
expect:
	010
	
	

== a value may be a string of any length, and becomes shorter again
requires: root
script: BEGIN { @s[1] = "a rather long string, longer than the first words"; @s[1] = "short"; @s[2] = @s[1]; @t = "long long long"; @t = "x"; }
expect:


	@s[1]: short
	@s[2]: short
	@t: x

== a map copied into another, key by key
requires: root
script: BEGIN { @a[1] = 10; @a[2] = 20; for ($kv : @a) { @b[$kv.1] = $kv.0; } @sum = 0; for ($kv : @a) { @sum += $kv.1; } }
expect:


	@a[1]: 10
	@a[2]: 20
	@b[10]: 1
	@b[20]: 2
	@sum: 30

== a loop over a map: break, continue, keys of several parts, an empty map
requires: root
script:
	BEGIN
	{
		@m["a", 1] = 5; @m["b", 2] = 6; @m["c", 3] = 7;
		$n = 0; $sum = 0;
		for ($kv : @m) { if ($kv.0.1 == 2) { continue; } $n++; $sum += $kv.1; }
		printf("%d turns, sum %d\n", $n, $sum);
		$n = 0;
		for ($kv : @m) { $n++; break; }
		printf("%d turn\n", $n);
		clear(@m);
	}
	END { for ($kv : @m) { printf("never\n"); } printf("end\n"); }
expect:
	2 turns, sum 12
	1 turn
	end
	
	

== deleting keys while looping over them
requires: root
script: BEGIN { for ($i : 0..100) { @m[$i] = $i; } for ($kv : @m) { if ($kv.0 % 10) { delete(@m, $kv.0); } } }
expect:


	@m[0]: 0
	@m[10]: 10
	@m[20]: 20
	@m[30]: 30
	@m[40]: 40
	@m[50]: 50
	@m[60]: 60
	@m[70]: 70
	@m[80]: 80
	@m[90]: 90

== a declared map holds as many keys as it says
requires: root
script: let @m = hash(3); BEGIN { @m[1] = 1; @m[2] = 2; @m[3] = 3; @m[4] = 4; }
expect:


	@m[1]: 1
	@m[2]: 2
	@m[3]: 3
error:
	stdin:1:60-65: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	let @m = hash(3); BEGIN { @m[1] = 1; @m[2] = 2; @m[3] = 3; @m[4] = 4; }
	                                                           ~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 1 map update
	hint: @m is full at 3 keys; declare it larger

== a declared LRU map forgets the oldest keys and loses nothing else
requires: root
script: let @m = lruhash(1000); BEGIN { for ($i : 0..5000) { @m[$i] = 1; @n = count(); } $n = 0; for ($kv : @m) { $n++; } printf("%s\n", $n > 0 && $n <= 1000 ? "at most 1000" : "wrong"); clear(@m); }
expect:
	at most 1000


	@n: 5000

== maps larger than a batch are printed whole
requires: root
run:
	"$PKTSCRIPT" -q -e 'config = { max_map_keys = 100000 } BEGIN { for ($i : 0..50000) { @m[$i] = $i; } }' > out
	grep -c '^@m' out
	sed -n '3p;50002p' out
expect:
	50000
	@m[0]: 0
	@m[49999]: 49999

== the limit of config = { print_maps_on_exit = 0 }
requires: root
script: config = { print_maps_on_exit = 0 } BEGIN { @a = 1; @b[1] = 1; print(@b); }
expect:
	@b[1]: 1
	
	

== what one program writes, the next one reads
requires: root
script: BEGIN { @start = 41; @name["x"] = "from begin"; } interval:ms:10 { printf("%d %s\n", @start + 1, @name["x"]); clear(@start); clear(@name); exit(); }
expect:
	42 from begin
	
	

== a loop over a map of aggregations: values are totals over all CPUs
requires: root
script:
	BEGIN {
		@c["a"] = count(); @c["a"] = count(); @s[1, 2] = sum(-3); @lo[1] = min(-7); @lo[1] = min(4);
		@hi[1] = max(9); @avg[3] = avg(10); @avg[3] = avg(5);
		for ($kv : @c) { print($kv); if ($kv.1 > 1) { @copy[$kv.0] = $kv.1; } }
		for ($kv : @s) { print($kv); }
		for ($kv : @lo) { printf("%d %d\n", $kv.0, $kv.1); }
		for ($kv : @hi) { print($kv.1 + 1); }
		for ($kv : @avg) { print($kv.1 * 2); }
		clear(@c); clear(@s); clear(@lo); clear(@hi); clear(@avg);
	}
expect:
	(a, 2)
	((1, 2), -3)
	1 -7
	10
	14


	@copy[a]: 2

== the values of a loop count what two CPUs did
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[args.policy % 4] = count(); }
	END { for ($kv : @) { @total += $kv.1; } clear(@); }
traffic: calls 100000 0 1
expect:


	@total: 200000

== a loop over histograms is refused
script: BEGIN { @h[1] = hist(3); @st[1] = stats(3); for ($kv : @h) { print($kv.1); } for ($kv : @st) { print($kv.0); } }
args: --check
status: 1
error:
	-e:1:56: error: @h holds hist(), which is not a value to compute with [bad-operand]
	BEGIN { @h[1] = hist(3); @st[1] = stats(3); for ($kv : @h) { print($kv.1); } for ($kv : @st) { print($kv.0); } }
	                                                       ^~
	-e:1:17: note: it is assigned here
	BEGIN { @h[1] = hist(3); @st[1] = stats(3); for ($kv : @h) { print($kv.1); } for ($kv : @st) { print($kv.0); } }
	                ^~~~~~~
	-e:1:89: error: @st holds stats(), which is not a value to compute with [bad-operand]
	@h[1] = hist(3); @st[1] = stats(3); for ($kv : @h) { print($kv.1); } for ($kv : @st) { print($kv.0); } }
	                                                                                ^~~
	-e:1:35: note: it is assigned here
	BEGIN { @h[1] = hist(3); @st[1] = stats(3); for ($kv : @h) { print($kv.1); } for ($kv : @st) { print($kv.0); } }
	                                  ^~~~~~~~

== an aggregation without a key is deleted on all CPUs
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = count(); @h = hist(2); @t = tseries(1, 1s, 1000); }
	END { print((delete(@), delete(@h), delete(@t))); print((delete(@), delete(@h), delete(@t))); print(@); }
traffic: calls 1000 0 1
expect:
	(true, true, true)
	(false, false, false)
	@: 0
	
	

== scalars that are deleted or cleared are not printed at exit
requires: root
script: BEGIN { @a = 5; print(delete(@a)); print(delete(@a)); @b = count(); clear(@b); @c = 5; clear(@c); @d = max(3); delete(@d); @e = 1; delete(@e); @e = 2; }
expect:
	true
	false


	@e: 2

== totals are numbers in tuples, keys and arithmetic
requires: root
script:
	BEGIN {
		@c = count(); @c = count(); @s = sum(-5); @lo = min(3); @hi = max(-2); @avg = avg(10); @avg = avg(5);
		print(@c); print(@s); print(@lo); print(@hi); print(@avg);
		print((@c, @s, @lo, @hi, @avg));
		print(@avg * 2 + @c); print(@avg / 2); print(-@lo);
		@k[3] = "three"; @by[@c] = 3; print(@k[@by[@c]]); @neg[@s] += 4; print(@neg[@s]);
		clear(@c); clear(@s); clear(@lo); clear(@hi); clear(@avg); clear(@k); clear(@by); clear(@neg);
	}
expect:
	@c: 2
	@s: -5
	@lo: 3
	@hi: -2
	@avg: 7
	(2, -5, 3, -2, 7)
	16
	3
	-3
	three
	4
	
	

== unsigned values beyond the signed ones sort last, equal ones by key
requires: root
script:
	BEGIN {
		@u[1] = (uint64)18446744073709551615; @u[2] = (uint64)9223372036854775808;
		@u[3] = (uint64)9223372036854775807; @u[4] = (uint64)1;
		@k[3] = 5; @k[-1] = 5; @k[-10] = 5; @k[0] = 5; @k[7] = -5;
		@hi[1] = max((uint64)18446744073709551615); @hi[2] = max((uint64)3);
	}
expect:


	@hi[2]: 3
	@hi[1]: 18446744073709551615
	@k[7]: -5
	@k[-10]: 5
	@k[-1]: 5
	@k[0]: 5
	@k[3]: 5
	@u[4]: 1
	@u[3]: 9223372036854775807
	@u[2]: 9223372036854775808
	@u[1]: 18446744073709551615
