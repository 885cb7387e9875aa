# printf: every conversion and flag prints what C prints; and print.

== %d and %i: signed, with width, zeros, sign, precision
requires: root
script: BEGIN { printf("%d|%i|%5d|%-5d|%05d|%+d|% d|%.3d|%8.3d|%-8.3d|%+5d|%ld|%lld|%d\n", 42, -42, 42, 42, 42, 42, 42, 7, 7, 7, -3, 1, 2, -0x7fffffffffffffff - 1); }
expect:
	42|-42|   42|42   |00042|+42| 42|007|     007|007     |   -3|1|2|-9223372036854775808
	
	

== %u, %x, %X, %o with # and widths
requires: root
script: BEGIN { printf("%u|%x|%X|%o|%#x|%#X|%#o|%08x|%-8x|%8X|%#010x|%#x|%lu|%llx\n", 42, 255, 255, 8, 255, 255, 8, 255, 255, 255, 255, 0, 18446744073709551615, 18446744073709551615); }
expect:
	42|ff|FF|10|0xff|0XFF|010|000000ff|ff      |      FF|0x000000ff|0|18446744073709551615|ffffffffffffffff
	
	

== the same is what printf of the shell prints
requires: root
run:
	for f in '%d' '%5d' '%-5d|' '%05d' '%+d' '% d' '%+05d' '%.4d' '%8.4d' '%x' '%#x' '%#8x' '%-#8x|' '%08X' '%o' '%#o' '%u' '%20u'; do
		for n in 0 1 42 -1 -42 2147483647 9223372036854775807; do
			printf "$f\n" $n
			echo "printf(\"$f\\\\n\", (int64)$n);" >> calls
		done
	done > shell
	{ echo 'BEGIN {'; head -n 63 calls; echo '}'; } | "$PKTSCRIPT" -q - | head -n -2 > ours
	{ echo 'BEGIN {'; tail -n +64 calls; echo '}'; } | "$PKTSCRIPT" -q - | head -n -2 >> ours
	diff shell ours && grep -c . ours
expect: 126

== %hhd and %hd cut, l and ll do not
requires: root
script: BEGIN { printf("%hhd %hhu %hd %hu %ld %hhx\n", 511, 511, 65537, 65537, 4294967296, -1); }
expect:
	-1 255 1 1 4294967296 ff
	
	

== %c
requires: root
script: BEGIN { printf("%c%c%c|%3c|%-3c|\n", 65, 66, 0x43, 88, 89); }
expect:
	ABC|  X|Y  |
	
	

== %s of everything
requires: root
script: BEGIN { printf("%s|%s|%s|%s|%s|%s\n", "text", 42, -1, true, (1, "a", (2, 3)), 18446744073709551615); $s = ""; printf("[%s]\n", $s); }
expect:
	text|42|-1|true|(1, a, (2, 3))|18446744073709551615
	[]
	
	

== %s with width and precision
requires: root
script: BEGIN { printf("[%10s][%-10s][%.3s][%10.3s][%-10.3s][%3s][%.0s]\n", "abcdef", "abcdef", "abcdef", "abcdef", "abcdef", "abcdef", "abcdef"); printf("[%6s][%-6s]\n", 42, (1, 2)); }
expect:
	[    abcdef][abcdef    ][abc][       abc][abc       ][abcdef][]
	[    42][(1, 2)]
	
	

== %p
requires: root
script: BEGIN { printf("%p %p %20p|%-20p|\n", 0xffff888000000000, 0, 255, 255); }
expect:
	0xffff888000000000 0x0                 0xff|0xff                |
	
	

== %r, %rx and %rh show bytes
requires: root
script: BEGIN { $s = "a\tb\x01\xff~"; printf("%r|%rx|%rh\n", $s, $s, $s); }
expect:
	a\x09b\x01\xff~|\x61\x09\x62\x01\xff\x7e|61 09 62 01 ff 7e
	
	

== %% and nothing else
requires: root
script: BEGIN { printf("100%%\n"); printf("plain\n"); printf(""); printf("%d%%|%%|%%%%\n", 50); }
expect:
	100%
	plain
	50%|%|%%
	
	

== no newline at the end
requires: root
script: BEGIN { printf("a"); printf("b"); }
expect:
	ab
	

== many arguments
requires: root
script: BEGIN { printf("%d %d %d %d %d %d %d %d %d %d %d %d %d %d %d %d %s %d %s\n", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "seventeen", 18, "nineteen"); }
expect:
	1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 seventeen 18 nineteen
	
	

== long text around the arguments
requires: root
script: BEGIN { printf("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa %d bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb %s\n", 1, "c"); }
expect:
	aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb c
	
	

== arguments of fewer bytes keep their value and sign
requires: root
script: BEGIN { printf("%d %u %x %d\n", (int8)-1, (uint8)255, (uint16)0xffff, (uint32)4294967295); printf("%x %u %x\n", (int8)-1, (int16)-1, (int64)-1); }
expect:
	-1 255 ffff 4294967295
	ffffffff 4294967295 ffffffffffffffff
	
	

== the order of what several events print is theirs
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { for ($i : 0..1000) { printf("%d\n", $i); } }' | awk 'NF && $1 != NR - 1 { print "wrong at", NR } END { print NR - 2 }'
expect: 1000

== print: numbers, text, truth, tuples, each on a line
requires: root
script: BEGIN { print(1); print(-1); print("text"); print(""); print(true); print((1, "a")); print(5 > 3); print(0xffffffffffffffff); print((uint8)7); }
expect:
	1
	-1
	text

	true
	(1, a)
	true
	18446744073709551615
	7
	
	

== print of a value of a map with a key
requires: root
script: BEGIN { @x["a"] = 5; @x["b"] = 6; print(@x["a"]); print((@x["a"], @x["b"])); clear(@x); }
expect:
	5
	(5, 6)
	
	

== time: the wall clock, in the format of strftime, and H:M:S without one
requires: root
run:
	before=$(date +%s)
	"$PKTSCRIPT" -q -e 'BEGIN { time("%s %Y\n"); time("%H:%M:%S\n"); time(); time("%%|%a%n"); }' > out
	after=$(date +%s)
	{ read -r s year; read -r hms; read -r default; read -r last; } < out
	[ "$s" -ge "$before" ] && [ "$s" -le "$after" ] && echo "seconds are right"
	[ "$year" = "$(date +%Y)" ] && echo "the year is right"
	echo "$hms $default" | sed 's/[0-9]/9/g'
	echo "$last" | sed 's/[A-Z][a-z][a-z]/Day/'
expect:
	seconds are right
	the year is right
	99:99:99 99:99:99
	%|Day
