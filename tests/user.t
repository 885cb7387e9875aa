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
