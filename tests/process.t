# What a program of C has in memory: structs, arrays, pointers and registers of tests/process/values.c.

== members, arrays of one and two dimensions, pointers to structs
requires: root cc
run:
	c_values '
	uprobe:./values:take_all
	{
		$a = (struct all *)arg0;
		printf("%d %c %ld %d %d\n", $a->a, $a.b, $a.c, $a.in.y, $a.pointer.x);
		print($a.array); print($a.array[2]); $i = 3; print($a.array[$i]); print($a.name); print(str($a.text)); print($a.matrix);
		print($a.matrix[1]); print($a.matrix[1][2]); print($a.inners); print($a.inners[1].x); print($a.bytes); print($a.in);
		print(*$a.pointer); print($a.pointer->y); print($a.text[2]);
	}'
expect:
	-1 b 1099511627776 2 5
	[1,2,3,4]
	3
	4
	name
	a string
	[[1,2,3],[4,5,6]]
	[4,5,6]
	6
	[{ .x = 7, .y = 8 },{ .x = 9, .y = 10 }]
	9
	[170,187,204,221]
	{ .x = 1, .y = 2 }
	{ .x = 5, .y = 6 }
	6
	115
	
	

== a struct as a whole: copied, printed, in maps and keys
requires: root cc
run:
	c_values '
	uprobe:./values:take_all
	{
		$a = (struct all *)arg0; $b = *$a; $i = 1; $b.pointer;
		print(($b.in.x, $b.inners[1], $b.name == "name", $b.array[$i], sizeof($b), $b.array == $a.array));
		@key[$a.in] = 1; @value = $a.in; @array = $a.array; @both[$a.array, $b.name] = $a.name; print(@value.y);
	}' 2> /dev/null
expect:
	(1, { .x = 9, .y = 10 }, true, 2, 112, true)
	2


	@array: [1,2,3,4]
	@both[[1,2,3,4], name]: name
	@key[{ .x = 1, .y = 2 }]: 1
	@value: { .x = 1, .y = 2 }

== bit-fields, unions, anonymous members, lists, enums, bool, floating point, packed
requires: root cc
run:
	c_values '
	uprobe:./values:take_bits { $p = (struct bits *)arg0; print(($p.a, $p.b, $p.c, $p.d, $p.e, $p.f, $p.g)); print(*$p); $q = *$p; @c = $q.c; }
	uprobe:./values:take_either { $p = (union either *)arg0; print(($p.i, $p.s, $p.c)); print(*$p); }
	uprobe:./values:take_anonymous { $p = (struct anonymous *)arg0; print(($p.t, $p.i, $p.low, $p.high, $p.z)); print(*$p); }
	uprobe:./values:take_list
	{
		$p = (struct list *)arg0; print(($p.value, $p.next.value, $p->next->next));
		$n = $p; $sum = 0; unroll(3) { if ($n) { $sum += $n.value; $n = $n.next; } } print($sum);
		$n = $p; while ($n) { printf("%d ", $n.value); $n = $n.next; } printf("\n");
	}
	uprobe:./values:take_mixed
	{
		$p = (struct mixed *)arg0; print(($p.e, $p.b)); print(*$p); printf("%d %s\n", $p.e, $p.e); @e[$p.e] = $p.e;
		$q = (struct packed *)arg1; print(($q.c, $q.i, $q.s)); print(*$q); printf("%c\n", $q.c);
	}'
expect:
	(5, 200, -2, 1, 43981, 8589934591, 5)
	{ .a = 5, .b = 200, .c = -2, .d = 1, .e = 43981, .f = 8589934591, .g = 5 }
	(1145258561, 16961, ABCD)
	{ .i = 1145258561, .s = 16961, .c = ABCD }
	(1, 327686, 6, 5, 9)
	{ .t = 1, .i = 327686, .low = 6, .high = 5, .z = 9 }
	(1, 2, 0x0)
	3
	1 2 
	(LETTER_N, true)
	{ .e = LETTER_N, .b = true, .d = [0,0,0,0,0,0,248,63], .f = [0,0,0,64] }
	-3 LETTER_N
	(112, 77, -8)
	{ .c = 112, .i = 77, .s = -8 }
	p


	@c: -2
	@e[LETTER_N]: LETTER_N

== registers: %d takes an int of them, %ld all, print the number
requires: root cc
run:
	c_values '
	uprobe:./values:take_numbers
	{
		printf("%d %u %x %ld %lx|%5d|%ld\n", arg0, arg0, arg0, arg0, arg0, arg0, arg4);
		printf("%d %u %d %d %d\n", arg1, arg1, (int8)arg2, arg3, arg5);
		$x = arg0; @x = arg0; printf("%d %ld %d\n", $x, $x, @x); print(arg0); print((int32)arg0); print((int32)arg0 < 0);
		printf("%ld\n", arg0 + 1); $x = 5; printf("%d\n", $x); clear(@x);
	}
	uretprobe:./values:take_numbers { printf("%d %ld\n", retval, retval); print((int32)retval); }'
expect:
	-5 4294967291 fffffffb 4294967291 fffffffb|   -5|-1099511627776
	-294967296 4000000000 -3 250 65535
	-5 4294967291 -5
	4294967291
	-5
	true
	4294967292
	5
	-4 4294967292
	-4
	
	

== pointers to numbers, to pointers, to text
requires: root cc
run:
	c_values '
	uprobe:./values:take_pointers
	{
		$n = (int32 *)arg0; $nn = (int32 **)arg1; print((*$n, **$nn, *(int32 *)arg0 + 1));
		$s = (int8 **)arg2; print((str(*$s), str($s[1]), $s[2])); join(arg2); join($s, ","); print(str(arg4));
		$b = (uint8 *)arg3; print(($b[3], *($b + 1), $b[0])); print(buf(arg3, 4)); printf("%r\n", buf($b, 2)); print(*(uint8[4] *)arg3);
		$l = (int64 *)arg5; print(($l[0], *($l + 1))); $l++; print(*$l);
	}'
expect:
	(42, 42, 43)
	(one, two, 0x0)
	one two
	one,two
	text
	(255, 2, 1)
	\x01\x02\x03\xff
	\x01\x02
	[1,2,3,255]
	(-5, 6)
	6
	
	

== text of a process: compared, as key, up to a length
requires: root cc
run:
	c_values '
	uprobe:./values:take_strings
	{
		print((str(arg0) == str(arg1), str(arg0, 4) == str(arg1, 4), str(arg0) != "hello", strncmp(str(arg0), str(arg1), 4)));
		@[str(arg0)] = count(); @["hello"] = count(); print((func, probe, comm, str(arg0)[1], strlen(str(arg1))));
	}
	uretprobe:./values:take_strings /str(retval) == "hello"/ { print(str(retval)); }
	END { print(@["hello"]); }'
expect:
	(false, true, false, 0)
	(take_strings, uprobe:./values:take_strings, values, 101, 5)
	hello
	2


	@[hello]: 2
