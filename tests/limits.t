# What passes check() loads: programs that choose often, nest deep or are long.

== many comparisons of one variable
requires: root
timeout: 120
run:
	awk 'BEGIN {
		print "BEGIN { $x = (int64)pid; $n = 0;"
		for (i = 0; i < 1000; i++)
			printf "if ($x == -%d) { @hit = %d; $n++; } if ($x > %d) { $n++; }\n", i + 1, i, 9000000 - i
		print "print($n); exit(); }"
	}' > many.pkt
	"$PKTSCRIPT" -q many.pkt
expect:
	0
	
	

== flags that are set here and there and tested later
requires: root
run:
	awk 'BEGIN {
		print "BEGIN { $all = 0;"
		for (i = 0; i < 40; i++)
			printf "$f%d = 0; if (pid > %d) { $f%d = 1; @set[%d] = count(); }\n", i, i - 1, i, i
		for (i = 0; i < 40; i++)
			printf "if ($f%d) { $all++; @tested[%d] = count(); }\n", i, i
		print "print($all); print(len(@set)); print(len(@tested)); clear(@set); clear(@tested); exit(); }"
	}' > flags.pkt
	"$PKTSCRIPT" -q flags.pkt
expect:
	40
	40
	40
	
	

== strings and loops in a program whose variables are in memory
requires: root
run:
	awk 'BEGIN {
		print "BEGIN { $s = \"a\"; $n = 0; let $u; @k[1] = 2; @k[3] = 4;"
		for (i = 0; i < 40; i++)
			printf "if ($n == %d) { $s = \"b%d\"; $n = %d; }\n", i, i, i + 1
		print "for ($i : 0..100) { $n += $i; if ($i == 50) { break; } }"
		print "for ($e : @k) { $n += $e.1; $u = $e.0; }"
		print "$w = 0; while ($w < 5) { $w++; if ($w == 2) { continue; } $n++; }"
		print "print(($s, $n, $w, $u > 0)); clear(@k); exit(); }"
	}' > memory.pkt
	"$PKTSCRIPT" -q memory.pkt
expect:
	(b39, 1325, 5, true)
	
	

== seven loops in each other, and an aggregation with a function inside
requires: root
script:
	BEGIN {
		$n = 0; @k[1] = 1; @k[2] = 2; $a = 2;
		for ($b : 0..$a) { $c = 0; while ($c < 2) { $c++; for ($d : @k) { for ($e : 0..$a) {
		$f = 0; while ($f < 2) { $f++; for ($g : @k) { for ($h : 0..$a) {
			$n++; @c[1] = count(); @c[2] = count(); @c[3] = count(); @c[4] = count(); @c[$h] = count();
		} } } } } } }
		print($n); print(@c[1]); clear(@k); clear(@c); exit();
	}
expect:
	128
	192
	
	

== eight loops in each other
script: begin { for ($a : 0..9) { for ($b : 0..9) { for ($c : 0..9) { for ($d : 0..9) { while (1) { while (1) { while (1) { while (1) { } } } } } } } } }
status: 1
error:
	-e:1:117: error: loops and calls of functions are nested more than 7 deep [too-large]
	0..9) { for ($c : 0..9) { for ($d : 0..9) { while (1) { while (1) { while (1) { while (1) { } } } } } } } } }
	                                                                                ^~~~~~~~~~~~~

== calls in loops in calls
script:
	fn a($n: int64): int64 { for ($i : 0..$n) { @ = count(); } return 1; }
	fn b($n: int64): int64 { for ($i : 0..$n) { for ($j : 0..$n) { a($i); } } return 2; }
	begin { while (1) { while (1) { b(1); } } while (1) { while (1) { while (1) { b(1); } } } }
status: 1
error:
	-e:3:79: error: loops and calls of functions are nested more than 7 deep [too-large]
	begin { while (1) { while (1) { b(1); } } while (1) { while (1) { while (1) { b(1); } } } }
	                                                                              ^~~~

== a program that jumps far
requires: root kernel-6.7
run:
	awk 'BEGIN {
		print "BEGIN { if (pid == 0) { return; } @w[0, 0] = 1;"
		for (i = 0; i < 1500; i++)
			printf "@w[%d, pid] = %d; $n = %d;\n", i, i, i
		print "print($n); print(len(@w)); clear(@w); exit(); }"
	}' > far.pkt
	"$PKTSCRIPT" -q far.pkt
expect:
	1499
	1501
	
	

== a long run of statements does not take the square of its length
requires: root kernel-6.7
timeout: 60
run:
	awk 'BEGIN {
		print "BEGIN { $x = 1;"
		for (i = 0; i < 12000; i++)
			printf "@ = sum($x); $x = $x * 3 + %d;\n", i
		print "print($x); clear(@); exit(); }"
	}' > run.pkt
	"$PKTSCRIPT" -q run.pkt
expect~:
	^-?[0-9]+$

== loops that the verifier walks, where the stack is full
requires: root
script:
	BEGIN {
		@a = "text"; @c["x"] = count(); $t = (@a, @a, @a, @a, @a, @a, @a, @a);
		$u = ($t.0, $t.1, $t.2, $t.3, $t.4, $t.5, $t.6, $t.7, $t);
		printf("%d %d %s\n", strstr(@a, "x"), @c[strcontains(str_concat($u.0, comm), "t") ? "x" : "y"], $u.8.7);
		clear(@a); clear(@c); exit();
	}
expect:
	2 1 text
	
	

== a time series that is updated in many places
requires: root
script:
	BEGIN {
		@s[1] = tseries(1, 1d, 3, "sum"); @s[1] = tseries(2, 1d, 3, "sum"); @s[1] = tseries(3, 1d, 3, "sum");
		@s[1] = tseries(4, 1d, 3, "sum"); @s[1] = tseries(5, 1d, 3, "sum"); @s[1] = tseries(6, 1d, 3, "sum");
		exit();
	}
expect~:
	^@s\[1\]:
	\* .* 21$

== buffers whose lengths are no whole words
requires: root
script: BEGIN { $b = buf("abc"); print((buf("ab") == buf("abc"), buf("abc") == buf(str("abc")), buf("a", 1) == buf("a"), $b == buf("abd"))); @b[1] = buf("a"); @b[1] = buf("a longer one"); print(@b[1]); clear(@b); exit(); }
expect:
	(false, false, true, false)
	a longer one
	
	

== has_key() in arithmetic
requires: root
script: BEGIN { @k[1] = 1; $a = (int64)cpu * 0; if ($a | (int64)has_key(@k, 1)) { print(1); } if (($a || has_key(@k, 2)) | (int64)has_key(@k, 3)) { print(2); } clear(@k); exit(); }
expect:
	1
	
	

== a loop that is known to have no turns
requires: root
script: BEGIN { for ($i : 0..((uint8)sizeof(int64) & 7)) { for ($j : 0..pid) { print($i); } } $z = (pid == 0) * 9; if ($z == 0) { for ($i : 0..$z) { for ($j : 0..pid) { print($i); } } } print("none"); exit(); }
expect:
	none
	
	

== many searches in long texts and totals over CPUs
requires: root kernel-6.7
timeout: 120
run:
	awk 'BEGIN {
		print "BEGIN { $n = 0; $s = str_concat(comm, str(0, 500)); $p = \"script\"; @c[1] = count(); @max = max(7); @min = min(-7);"
		for (i = 0; i < 100; i++)
			printf "if (strcontains($s, \"pkt\")) { $n++; } if (strstr($s, $p) == 3 && @c[1] == 1) { $n += 2; } if (strstr($s, \"x%d\") >= 0 || @max < 7 || @min > -7 || @c[%d] > 0) { $n += 1000; }\n", i, i + 2
		print "print($n); print(strstr($s, \"\")); print(strstr(\"\", $s)); delete(@max); print(@max); clear(@c); clear(@min); exit(); }"
	}' > search.pkt
	"$PKTSCRIPT" -q search.pkt
expect:
	300
	0
	-1
	@max: 0
	
	

== more loops than the kernel takes functions
run:
	{ printf 'begin { $n = 9; '; yes 'for ($i : 0..$n) { $n++; } ' | head -256 | tr -d '\n'; echo '}'; } > loops.pkt
	"$PKTSCRIPT" --check loops.pkt 2>&1 | grep error
expect:
	loops.pkt:1:6902: error: the kernel lets a program have 255 loops and functions, and begin has more [too-large]

== more strings than the kernel gives memory for
run:
	{ echo 'begin {'; i=0; while [ $i -lt 40 ]; do echo "\$s$i = str(0, 1000);"; i=$((i + 1)); done; echo '}'; } > strings.pkt
	"$PKTSCRIPT" --check strings.pkt
	echo $?
expect:
	1
error:
	strings.pkt:18:1: error: the kernel lets a program have 32768 bytes of large values, and begin has more [too-large]
	$s16 = str(0, 1000);
	^~~~~~~~~~~~~~~~~~~
