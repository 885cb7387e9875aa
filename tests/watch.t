# Watchpoints: memory that is read, written, executed.

== a write to an address of a process
requires: root cc watchpoint
setup:
	cat > t.c <<'EOF'
	#include <sys/mman.h>
	int main(void)
	{
		volatile int *m = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE | MAP_FIXED, -1, 0);
		for (int i = 0; i < 5; i++)
			m[0] = i;
		return m[0] - 4;
	}
	EOF
	cc -O1 -o t t.c
run:
	"$PKTSCRIPT" -q -e 'watchpoint:0x10000000:4:w { @ = count(); @at = usym(reg("ip")); @probe[probe, probetype] = 1; } w:0x10000000:8:rw { @rw = count(); } END { print(@rw > 5); clear(@rw); }' -c ./t
	"$PKTSCRIPT" -q -e 'watchpoint:0x10000000:4:w { @last = *(int32 *)0x10000000; }' -c ./t
expect:
	true


	@: 5
	@at: main
	@probe[watchpoint:0x10000000:4:w, watchpoint]: 1


	@last: 4

== asyncwatchpoint is the same
script: asyncwatchpoint:0x10000000:4:w { @[probe] = count(); } aw:0x20000000:4:w { nope; }
status: 1
error:
	-e:1:76: error: unknown name 'nope' [unknown-name]
	asyncwatchpoint:0x10000000:4:w { @[probe] = count(); } aw:0x20000000:4:w { nope; }
	                                                                           ^~~~
	hint: variables start with $, maps with @, strings stand between quotes

== what a watchpoint cannot be
script: watchpoint:0x1000:3:w { } w:0x1000:4:ww { } w:main:4:w { } w:0x1000:4 { }
status: 1
error:
	-e:1:1: error: a watchpoint is 1, 2, 4 or 8 bytes long, not '3' [bad-probe]
	watchpoint:0x1000:3:w { } w:0x1000:4:ww { } w:main:4:w { } w:0x1000:4 { }
	^~~~~~~~~~~~~~~~~~~~~
	hint: written watchpoint:ADDRESS:LENGTH:MODE (r, w, x, or several)
	-e:1:27: error: the mode of a watchpoint has letters of r, w and x, each once, not 'ww' [bad-probe]
	watchpoint:0x1000:3:w { } w:0x1000:4:ww { } w:main:4:w { } w:0x1000:4 { }
	                          ^~~~~~~~~~~~~
	hint: written watchpoint:ADDRESS:LENGTH:MODE (r, w, x, or several)
	-e:1:45: error: the address of a watchpoint is a number, not 'main' [bad-probe]
	watchpoint:0x1000:3:w { } w:0x1000:4:ww { } w:main:4:w { } w:0x1000:4 { }
	                                            ^~~~~~~~~~
	hint: written watchpoint:ADDRESS:LENGTH:MODE (r, w, x, or several)
	-e:1:60: error: malformed probe 'w:0x1000:4' [bad-probe]
	watchpoint:0x1000:3:w { } w:0x1000:4:ww { } w:main:4:w { } w:0x1000:4 { }
	                                                           ^~~~~~~~~~
	hint: written watchpoint:ADDRESS:LENGTH:MODE (r, w, x, or several)

== what this processor does not watch
requires: root watchpoint
script: watchpoint:0x10000001:8:w { }
args: -c true
status: 3
error:
	pktscript: error: cannot attach watchpoint:0x10000001:8:w: invalid argument
	hint: this processor watches no such length and mode at that address: it has to be a multiple of the length, and x goes with nothing else, and 8 bytes

== unwatch() ends a watchpoint
requires: root cc watchpoint
run:
	cat > t.c <<'EOF'
	#include <sys/mman.h>
	#include <unistd.h>
	int main(void)
	{
		volatile int *m = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE | MAP_FIXED, -1, 0);
		for (int i = 0; i < 200; i++, usleep(5000))
			m[0] = i;
		return 0;
	}
	EOF
	cc -O1 -o t t.c
	"$PKTSCRIPT" -q -e 'watchpoint:0x10000000:4:w { @++; if (@ == 2) { unwatch(0x10000000); } } END { print(@ > 1 && @ < 150); clear(@); }' -c ./t
expect:
	true
	
	
