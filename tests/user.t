# Programs and libraries: their functions, symbols, stacks and memory.

== uaddr is where a symbol is in the process, and its type has the symbol's size
requires: root cc
setup:
	cat > t.c <<'EOF'
	char one = 'x'; short two = 3; int four = 5; long eight = 77; char text[32] = "array"; const char *more = "pointed at";
	__attribute__((noinline)) void leaf(void) { __asm__ volatile(""); }
	int main(void) { volatile char touched = *more; leaf(); return touched == 0; }
	EOF
	cc -O1 -o pie t.c; cc -O1 -no-pie -o fixed t.c
run:
	for program in pie fixed; do
		"$PKTSCRIPT" -q -e "uprobe:./$program:leaf { print((*uaddr(\"one\"), *uaddr(\"two\"), *uaddr(\"four\"), *uaddr(\"eight\"))); print(str(uaddr(\"text\"))); print(str(*uaddr(\"more\"))); print(usym(uaddr(\"main\"))); }" -c ./$program
		"$PKTSCRIPT" -q -e "uretprobe:./$program:leaf { print(*uaddr(\"four\")); }" -c ./$program
	done
	"$PKTSCRIPT" -q -e 'uprobe:./pie:leaf, uprobe:./pie:main { print((func, *uaddr("four"))); }' -c ./pie
expect:
	(120, 3, 5, 77)
	array
	pointed at
	main


	5


	(120, 3, 5, 77)
	array
	pointed at
	main


	5


	(main, 5)
	(leaf, 5)
	
	

== a symbol that the binary does not have
requires: root cc
run:
	echo 'int main(void) { return 0; }' > t.c && cc -o t t.c
	"$PKTSCRIPT" -e 'uprobe:./t:main { print(uaddr("no_such_symbol")); }'
status: 1
error:
	-e:1:31: error: ./t has no symbol 'no_such_symbol' [bad-argument]
	uprobe:./t:main { print(uaddr("no_such_symbol")); }
	                              ^~~~~~~~~~~~~~~~

== stacks of a process that has ended, in all modes
requires: root cc
setup:
	cat > t.c <<'EOF'
	__attribute__((noinline)) void leaf(void) { __asm__ volatile(""); }
	__attribute__((noinline)) void middle(void) { leaf(); __asm__ volatile(""); }
	int main(void) { middle(); return 0; }
	EOF
	cc -O1 -fno-omit-frame-pointer -Wl,--build-id=0xabcdef -o t t.c
run:
	"$PKTSCRIPT" -q -e 'uprobe:./t:leaf { print(ustack(1)); print(ustack(perf, 2)); print(ustack(raw, 1)); print(ustack(build_id, 2)); print(len(ustack(2))); print(len(ustack) > 2); @[ustack(2)] = count(); @file[ustack(build_id, 1)] = count(); }' -c ./t | sed "s/[0-9a-f]\{12\}/ADDRESS/; s/0x1[0-9a-f]*/OFFSET/; s/+[0-9]*/+N/; s|(.*/t)|(.../t)|"
	"$PKTSCRIPT" -q -e 'config = { stack_mode = build_id } uprobe:./t:leaf { print(ustack(1)); }' -c ./t | sed 's/0x1[0-9a-f]*/OFFSET/'
expect:

	        leaf+N


		ADDRESS leaf+N (.../t)
		ADDRESS main+N (.../t)


	ADDRESS


	ADDRESS0000000000000000000000000000 OFFSET
	ADDRESS0000000000000000000000000000 OFFSET

	2
	true


	@[
	        leaf+N
	        main+N
	]: 1
	@file[
	ADDRESS0000000000000000000000000000 OFFSET
	]: 1

	abcdef0000000000000000000000000000000000 OFFSET
	
	
	

== functions of C++ by the names they are written with
requires: root c++
setup:
	cat > t.cpp <<'EOF'
	namespace ns { struct c { int f(int a) const; }; __attribute__((noinline)) int c::f(int a) const { __asm__ volatile(""); return a; } }
	__attribute__((noinline)) int g(int a) { __asm__ volatile(""); return a; }
	__attribute__((noinline)) int g(long a) { __asm__ volatile(""); return a; }
	int main() { return ns::c().f(0) + g(0) + g(0L); }
	EOF
	c++ -O1 -o t t.cpp
run:
	"$PKTSCRIPT" -q -e 'uprobe:./t:cpp:g { print(probe); print(func); }' -c ./t | grep .
	"$PKTSCRIPT" -q -e 'uprobe:./t:cpp:"g(long)", uprobe:./t:cpp:"ns::*" { print(probe); print(usym(reg("ip"))); print(ustack(1)); }' -c ./t | grep .
	"$PKTSCRIPT" -q -e 'config = { cpp_demangle = false } uretprobe:./t:cpp:"ns::c::f" { print(retval); } uprobe:./t:_ZNK2ns1c1fEi { print(ustack(1)); }' -c ./t | grep .
	"$PKTSCRIPT" -l 'uprobe:./t:cpp:*g*' | sort
	"$PKTSCRIPT" -l 'uprobe:./t:cpp:h'
status: 1
expect:
	uprobe:./t:cpp:"g(int)"
	g(int)
	uprobe:./t:cpp:"g(long)"
	g(long)
	uprobe:./t:cpp:"ns::c::f(int) const"
	ns::c::f(int) const
	        ns::c::f(int) const+0
	uprobe:./t:cpp:"g(long)"
	g(long)
	        g(long)+0
	        _ZNK2ns1c1fEi+0
	0
	uprobe:./t:cpp:"g(int)"
	uprobe:./t:cpp:"g(long)"
error:
	pktscript: error: ./t has no function 'h'
	hint: pktscript -l 'uprobe:./t:*' lists them

== a pattern of files passes over what is none of it
requires: root cc
run:
	echo 'void leaf(void) {} int main(void) { leaf(); return 0; }' > a.c && cc -o a a.c
	cp a b
	"$PKTSCRIPT" -l 'uprobe:./*:leaf'
	"$PKTSCRIPT" -l 'uprobe:*:leaf'
	"$PKTSCRIPT" -l 'uprobe:./*:no_such_function'
status: 1
expect:
	uprobe:./a:leaf
	uprobe:./b:leaf
	uprobe:./a:leaf
	uprobe:./b:leaf
error:
	pktscript: error: no binary that matches './*' has 'no_such_function'

== interval, software: how they may be written
requires: root
run:
	for p in software:faults: s:faults:10 i:1h software:cs interval:1d p:hz:10; do
		"$PKTSCRIPT" -q -e "i:ms:50, $p { @[probe] = 1; exit(); }" --dump=plan | grep -o 'attach .*' | tail -n 1
	done
expect:
	attach software:faults:100
	attach software:faults:10
	attach interval:1h
	attach software:cs:1000
	attach interval:1d
	attach profile:hz:10

== arguments and types by debugging information
requires: root cc
setup:
	cat > t.c <<'EOF'
	enum color { RED, GREEN = 5 };
	typedef unsigned int number;
	struct point { int x, y; };
	number last = 9;
	struct thing { char name[8]; struct point at; unsigned low : 3, high : 5; int table[2][3]; struct thing *next; union { long whole; char part; }; number n; enum color color; };
	__attribute__((noinline)) int f(struct thing *t, const char *s, double d, char c, unsigned char u, enum color e, short h, number n) { __asm__ volatile("" :: "r"(t) : "memory"); return t->at.x; }
	__attribute__((noinline)) int nothing(void) { __asm__ volatile(""); return 0; }
	int main(void)
	{
		struct thing two = { "two", { 3, 4 } };
		struct thing one = { "one", { -1, 2 }, 5, 17, { { 1, 2, 3 }, { 4, 5, 6 } }, &two, { 513 }, 7, GREEN };
		return f(&one, "text", 1.5, 'x', 200, RED, -7, 8) + 1 + nothing();
	}
	EOF
	for version in 4 5; do cc -O1 -gdwarf-$version -o t$version t.c; done
	cc -O1 -o bare t.c
run:
	for version in 4 5; do
		"$PKTSCRIPT" -q -e "uprobe:./t$version:f { print(str(args.s)); print((args.c, args.u, args.e, args.h)); print(args.t->name); print((args.t.at.x, args.t->at.y, args.t->low, args.t->high, args.t->table[1][2], args.t->whole, args.t->part, args.t->n, args.t->color)); print(args.t->next->name); print(args.t->next.at); print(*args.t->next) }" -c ./t$version | sed 's/0x[0-9a-f]*/ADDRESS/g' | grep .
	done
	"$PKTSCRIPT" -q -e 'uprobe:./t5:f { $t = (struct thing *)arg0; print($t.name); print((sizeof(struct thing), offsetof(struct thing, at.y), *uaddr("last"))); print(GREEN); print(args); @[args.c, args.t->color] = count(); }' -c ./t5 | sed 's/0x[0-9a-f]*/ADDRESS/g' | grep .
	"$PKTSCRIPT" -lv 'uprobe:./t5:f'
	"$PKTSCRIPT" -q -e 'uprobe:./t5:f, uprobe:./t5:main { print(func); print(args.h); }' 2>&1 | head -n 1
	"$PKTSCRIPT" -q -e 'uprobe:./bare:f { print(args.t); }'
status: 1
expect:
	text
	(120, 200, RED, -7)
	one
	(-1, 2, 5, 17, 6, 513, 1, 7, GREEN)
	two
	{ .x = 3, .y = 4 }
	{ .name = two, .at = { .x = 3, .y = 4 }, .low = 0, .high = 0, .table = [[0,0,0],[0,0,0]], .next = ADDRESS, .whole = 0, .part = 0, .n = 0, .color = RED }
	text
	(120, 200, RED, -7)
	one
	(-1, 2, 5, 17, 6, 513, 1, 7, GREEN)
	two
	{ .x = 3, .y = 4 }
	{ .name = two, .at = { .x = 3, .y = 4 }, .low = 0, .high = 0, .table = [[0,0,0],[0,0,0]], .next = ADDRESS, .whole = 0, .part = 0, .n = 0, .color = RED }
	one
	(72, 12, 9)
	GREEN
	{ .t = ADDRESS, .s = ADDRESS, .c = 120, .u = 200, .e = RED, .h = -7 }
	@[120, GREEN]: 1
	uprobe:./t5:f
	    struct thing * t
	    const char * s
	    double d
	    char c
	    unsigned char u
	    enum color e
	    short int h
	    number n
	-e:1:59: error: uprobe:./t5:main has no field 'h' [unknown-field]
error:
	-e:1:25: error: uprobe:./bare:f has no 'args' [bad-context]
	uprobe:./bare:f { print(args.t); }
	                        ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== a line of a source file
requires: root cc
setup:
	mkdir src
	cat > src/t.c <<'EOF'
	volatile int x;
	__attribute__((noinline)) int f(int a)
	{
		x = a;
		return a + x;
	}
	int main(void)
	{
		x = 1;
		return f(5) + f(6) - 11 - x + 6 - 6;
	}
	EOF
	for version in 3 4 5; do cc -O1 -gdwarf-$version -o t$version src/t.c; done
run:
	for version in 3 4 5; do
		"$PKTSCRIPT" -q -e "uprobe:./t$version@t.c:4 { @[probe, func] = count(); } uprobe:./t$version@src/t.c:9 { @[probe, func] = count(); }" -c ./t$version | grep .
	done
	"$PKTSCRIPT" -q -e 'uprobe:./t5@t.c:1000 { print(1); }'
	"$PKTSCRIPT" -q -e 'uprobe:./t5@c:4 { print(1); }'
	"$PKTSCRIPT" -q -e 'uprobe:/bin/true@t.c:4 { print(1); }'
status: 1
expect:
	@[uprobe:./t3@src/t.c:9, main]: 1
	@[uprobe:./t3@t.c:4, f]: 2
	@[uprobe:./t4@src/t.c:9, main]: 1
	@[uprobe:./t4@t.c:4, f]: 2
	@[uprobe:./t5@src/t.c:9, main]: 1
	@[uprobe:./t5@t.c:4, f]: 2
error:
	-e:1:1: error: ./t5 has no code at t.c:1000 [unknown-probe]
	uprobe:./t5@t.c:1000 { print(1); }
	^~~~~~~~~~~~~~~~~~~~
	-e:1:1: error: ./t5 has no code at c:4 [unknown-probe]
	uprobe:./t5@c:4 { print(1); }
	^~~~~~~~~~~~~~~
	-e:1:1: error: /bin/true has no debugging information [unknown-probe]
	uprobe:/bin/true@t.c:4 { print(1); }
	^~~~~~~~~~~~~~~~~~~~~~
	hint: lines are known of what was compiled with -g

== debugging information that is damaged is none, or less
requires: root cc
run:
	echo 'struct s { int a; }; int main(int argc, char **argv) { struct s s = { 5 }; return s.a + argc; }' > t.c
	cc -g -o t t.c
	at=$(readelf -S t | sed -n 's/.*\.debug_abbrev *PROGBITS *[0-9a-f]* *\([0-9a-f]*\)$/\1/p')
	info=$(readelf -S t | sed -n 's/.*\.debug_info *PROGBITS *[0-9a-f]* *\([0-9a-f]*\)$/\1/p')
	line=$(readelf -S t | sed -n 's/.*\.debug_line *PROGBITS *[0-9a-f]* *\([0-9a-f]*\)$/\1/p')
	for start in $at $info $line; do
		for byte in 0 3 7 11 12 13 17 23 29 31 40 53; do
			for value in '\000' '\377' '\200' '\007'; do
				cp t damaged
				printf "$value" | dd of=damaged bs=1 seek=$((0x$start + byte)) conv=notrunc 2>/dev/null
				"$PKTSCRIPT" --check -e 'uprobe:./damaged:main { print(args.argc); print(sizeof(struct s)); } uprobe:./damaged@t.c:1 { print(1); }' >/dev/null 2>&1
				[ $? -le 1 ] || echo "crash at $start + $byte"
			done
		done
	done
	echo done
timeout: 60
expect: done

== an enum of the kernel keeps its names where it is stored
requires: root
script: rt:kfree_skb /args.reason == SKB_DROP_REASON_NO_SOCKET/ { $r = args.reason; @[args.reason] = count(); @last = $r; @both[1, args.reason] = 1; print((1, $r)); }
traffic: traffic refused 127.0.0.1 9
expect:
	(1, SKB_DROP_REASON_NO_SOCKET)


	@[SKB_DROP_REASON_NO_SOCKET]: 1
	@both[1, SKB_DROP_REASON_NO_SOCKET]: 1
	@last: SKB_DROP_REASON_NO_SOCKET

== static probes by their provider, of any, and of all that runs
requires: root cc
setup:
	cat > t.c <<'EOF'
	#include <unistd.h>
	#define PROBE(name, fmt, ...) __asm__ volatile("990: nop\n" \
		".pushsection .note.stapsdt,\"\",\"note\"\n.balign 4\n.4byte 992f-991f,994f-993f,3\n" \
		"991: .asciz \"stapsdt\"\n992: .balign 4\n993: .8byte 990b\n.8byte 0\n.8byte 0\n" \
		".asciz \"mine\"\n.asciz \"" name "\"\n.asciz \"" fmt "\"\n994: .balign 4\n.popsection" :: __VA_ARGS__)
	int main(int argc, char **argv)
	{
		for (long i = 0; i < (argc > 1 ? 1000 : 3); i++) {
			PROBE("one", "8@%0", "r"(i));
			PROBE("two", "", "r"(i));
			if (argc > 1)
				usleep(5000);
		}
		return 0;
	}
	EOF
	test "$(uname -m)" = x86_64 && cc -O1 -no-pie -o t t.c
run:
	"$PKTSCRIPT" -q -e 'usdt:./t:one { @one[arg0] = 1; } usdt:./t::two { @[probe] = count(); } U:./t:m*:* { @kind[func, probetype] = count(); }' -c ./t
	"$PKTSCRIPT" -q -e 'usdt:./t:one, usdt:./t::two { @[probe] = count(); }' -c ./t
	./t stay & PID=$!
	"$PKTSCRIPT" -q -p $PID -e 'usdt:*:one { print(probe); print(pid == $1); exit(); }' $PID
	"$PKTSCRIPT" -q -e 'usdt:*:mine:two { print(comm); exit(); }'
	kill $PID
	"$PKTSCRIPT" -q -e 'usdt:./t:mein:one { }'
	"$PKTSCRIPT" -q -e 'usdt:*:no_such_probe { }'
status: 1
expect:


	@[usdt:./t:mine:two]: 3
	@kind[one, usdt]: 3
	@kind[two, usdt]: 3
	@one[0]: 1
	@one[1]: 1
	@one[2]: 1


	@[usdt:./t:mine:one]: 3
	@[usdt:./t:mine:two]: 3
	usdt:$TMP/t:mine:one
	true


	t
	
	
error:
	-e:1:1: error: ./t has no static probe 'mein:one' [unknown-probe]
	usdt:./t:mein:one { }
	^~~~~~~~~~~~~~~~~
	hint: did you mean 'mine:one'?
	-e:1:1: error: no binary that matches '*' has 'no_such_probe' [unknown-probe]
	usdt:*:no_such_probe { }
	^~~~~~~~~~~~~~~~~~~~
