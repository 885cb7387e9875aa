# Options, as a user gives them on the command line.

== -h tells the usage on standard output
run: "$PKTSCRIPT" -h | head -n 4; "$PKTSCRIPT" --help | grep -c '^  -e\|^  -l\|^  -c\|^  -p\|^  -o\|^  -q\|^  -v\|^      --for\|^      --strict'
expect:
	Usage: pktscript [OPTION]... -e SCRIPT [PARAMETER]...
	       pktscript [OPTION]... FILE [PARAMETER]...       (FILE - is standard input)
	       pktscript -l [-v] [PATTERN]
	Ask the running kernel about packets and events.
	9

== -V tells the version
run: "$PKTSCRIPT" -V; "$PKTSCRIPT" --version | grep -c '^pktscript [0-9]'
expect~: ^pktscript [0-9.]+

== nothing at all tells the usage, with status 2
run: "$PKTSCRIPT" | head -n 1; "$PKTSCRIPT" > log; echo $?
expect:
	2
error:
	pktscript: error: no script is given, neither with -e nor as a file
	hint: pktscript --help shows how to use it
	pktscript: error: no script is given, neither with -e nor as a file
	hint: pktscript --help shows how to use it

== an option that is not there, and one that is nearly there
run: "$PKTSCRIPT" --verboses -e 'BEGIN { }'; echo $?; "$PKTSCRIPT" --forr 1s; echo $?; "$PKTSCRIPT" -Z; echo $?; "$PKTSCRIPT" --for; echo $?; "$PKTSCRIPT" -e; echo $?
expect:
	2
	2
	2
	2
	2
error:
	pktscript: error: unknown option '--verboses'; did you mean --verbose?
	hint: pktscript --help shows how to use it
	pktscript: error: unknown option '--forr'; did you mean --for?
	hint: pktscript --help shows how to use it
	pktscript: error: unknown option '-Z'
	hint: pktscript --help shows how to use it
	pktscript: error: --for takes an argument: TIME
	hint: pktscript --help shows how to use it
	pktscript: error: --eval takes an argument: SCRIPT
	hint: pktscript --help shows how to use it

== values that make no sense
run: for o in '--for soon' '--for -1' '--for 0' '-p x' '-p 0' '-f xml' '--dump=llvm'; do "$PKTSCRIPT" $o -e 'BEGIN { }'; echo $?; done
expect:
	2
	2
	2
	2
	2
	2
	2
error:
	pktscript: error: 'soon' is no time: write 10s, 500ms or 2m
	hint: pktscript --help shows how to use it
	pktscript: error: '-1' is no time: write 10s, 500ms or 2m
	hint: pktscript --help shows how to use it
	pktscript: error: '0' is no time: write 10s, 500ms or 2m
	hint: pktscript --help shows how to use it
	pktscript: error: 'x' is no process id
	hint: pktscript --help shows how to use it
	pktscript: error: '0' is no process id
	hint: pktscript --help shows how to use it
	pktscript: error: no output format 'xml': they are text and json
	hint: pktscript --help shows how to use it
	pktscript: error: no stage 'llvm': they are tokens, ast, plan, ir, asm and elf
	hint: pktscript --help shows how to use it

== -e twice
run: "$PKTSCRIPT" -e 'BEGIN { }' -e 'END { }'
status: 2
error:
	pktscript: error: -e is given twice
	hint: pktscript --help shows how to use it

== -l lists tracepoints by a pattern
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l 'net:net_dev*'; "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l 'tracepoint:tcp:tcp_prob?'; "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l '*retransmit_s*'
expect:
	tracepoint:net:net_dev_queue
	tracepoint:net:net_dev_start_xmit
	tracepoint:net:net_dev_xmit
	tracepoint:net:net_dev_xmit_timeout
	tracepoint:tcp:tcp_probe
	tracepoint:tcp:tcp_retransmit_skb
	tracepoint:tcp:tcp_retransmit_synack

== -lv lists their fields
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -lv 'net:net_dev_queue'; "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l -v 't:sched:sched_switch'
expect:
	tracepoint:net:net_dev_queue
	    void * skbaddr
	    unsigned int len
	    __data_loc char[] name
	tracepoint:sched:sched_switch
	    char prev_comm[16]
	    pid_t prev_pid
	    int prev_prio
	    long prev_state
	    char next_comm[16]
	    pid_t next_pid
	    int next_prio

== -l alone lists all
run: test "$("$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l | wc -l)" = "$(find "$SRCDIR/tracefs/events" -name format | wc -l)" && echo all
expect: all

== -l of what is not there
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l 'nosuch:*'
status: 1
error:
	pktscript: error: no probe matches 'nosuch:*'
	hint: patterns are CATEGORY:EVENT with * and ?: 'net:*', '*:*skb*'

== -l of this kernel is what tracefs has
requires: root
run: "$PKTSCRIPT" -l 'syscalls:sys_e*_sched_get_priority_max'
expect:
	tracepoint:syscalls:sys_enter_sched_get_priority_max
	tracepoint:syscalls:sys_exit_sched_get_priority_max

== --list TABLE prints a table of the language
run: for t in probes builtins functions aggregations types config outputs help; do "$PKTSCRIPT" --list $t > table && [ -s table ] && echo $t; done; "$PKTSCRIPT" -l builtins | grep -c '^comm  *[a-z]'
expect:
	probes
	builtins
	functions
	aggregations
	types
	config
	outputs
	help
	1

== -q keeps quiet, -v tells more
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { @x = 1; }' > log 2> err; wc -c < err; "$PKTSCRIPT" -e 'BEGIN { @x = 1; }' > log; "$PKTSCRIPT" -v -e 'BEGIN { @x = 1; }' > log 2> err; grep -c . err
expect~: ^0$
error: Attached 1 probe

== -o writes the output to a file, and nothing else
requires: root
run: echo old old old > out; "$PKTSCRIPT" -o out -e 'BEGIN { printf("text\n"); @x = 1; }'; echo "status $?"; cat out
expect:
	status 0
	text


	@x: 1
error:
	Attached 1 probe

== -o of a file that cannot be made
requires: root
run: "$PKTSCRIPT" -o no/such/dir -e 'BEGIN { printf("text\n"); }'
status: 3
error:
	pktscript: error: cannot write to no/such/dir: no such file or directory

== -o /dev/full
requires: root
run: "$PKTSCRIPT" -q -o /dev/full -e 'BEGIN { printf("text\n"); }'
status: 3
error:
	pktscript: error: cannot write to /dev/full: no space left on device

== --check stops before the kernel is touched
user: nobody
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check -e 'net:net_dev_queue { @[args.len] = count(); }'; echo $?; "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check -e 'net:net_dev_queue { @[args.length] = count(); }'
status: 1
expect: 0
error~: has no field 'length'

== --dump=tokens
run: "$PKTSCRIPT" --dump=tokens -e 'BEGIN { @x = 1; }'
expect:
	0	a probe	BEGIN
	6	'{'	{
	8	a map	@x
	11	'='	=
	13	a number	1
	14	';'	;
	16	'}'	}

== --dump=ast
run: "$PKTSCRIPT" --dump=ast -e 'BEGIN { @x[1] = 1 + 2; }'
expect:
	script
	  probe
	    probe specification BEGIN
	    block
	      assignment
	        map @x
	          number 1
	        binary expression +
	          number 1
	          number 2

== --dump=plan
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --dump=plan -e 'net:net_dev_queue /args.len > 100/ { @x[args.len] = count(); printf("%d\n", args.len); }'
expect:
	program net_dev_queue_0: tracepoint, 1 clause
	  attach tracepoint:net:net_dev_queue
	  binary expression > : bool
	    field len : uint32
	      name args : struct tracepoint:net:net_dev_queue *
	    number 100 : int64
	  block
	    assignment
	      map @x : count()
	        field len : uint32
	          name args : struct tracepoint:net:net_dev_queue *
	      call count : count()
	    expression statement
	      call printf
	        string "%d\x0a"
	        field len : uint32
	          name args : struct tracepoint:net:net_dev_queue *
	map @x: per-CPU hash, 4096 keys of uint64 (8 bytes), value count() (8 bytes)
	event 0: printf, 16 bytes: uint64 at 8

== --dump=ir, asm and elf
run:
	"$PKTSCRIPT" --dump=ir -e 'BEGIN { @x = 1; }' | grep -c '^define i32 @begin_0'
	"$PKTSCRIPT" --dump=asm -e 'BEGIN { @x = 1; }' | grep -c '^begin_0:'
	"$PKTSCRIPT" --dump=elf -e 'BEGIN { @x = 1; }' | head -c 4 | tail -c 3
expect:
	1
	1
	ELF
	\ no newline

== --dump=elf is an object that other loaders read
requires: root bpftool readelf
run: "$PKTSCRIPT" --dump=elf -e 'BEGIN { @x = 1; }' > x.o; readelf -S x.o | grep -c ' \.maps\| raw_tp\| license\| \.BTF '
expect:
	4

== a script from a file, with parameters
requires: root
run: printf 'BEGIN { printf("%%s %%d\\n", str($1), $2 + 1); }\n' > x.pkt; "$PKTSCRIPT" -q x.pkt hello 41
expect:
	hello 42
	
	

== a script with a shebang
requires: root
run:
	cat > "$TMP/tool" <<-'E'
		#!/usr/bin/env pktscript
		BEGIN { printf("from a script: %s\n", str($1)); exit(3); }
	E
	chmod +x tool
	PATH=$(dirname "$PKTSCRIPT"):$PATH ./tool argument; echo "status $?"
expect:
	from a script: argument
	
	
	status 3

== a script from standard input
requires: root
run: echo 'BEGIN { print($1); }' | "$PKTSCRIPT" -q - 5
expect:
	5
	
	

== a file that is not there, a directory, and an empty one
run: "$PKTSCRIPT" no.pkt; echo $?; "$PKTSCRIPT" .; echo $?; : > empty; "$PKTSCRIPT" empty; echo $?
expect:
	2
	2
	1
error:
	pktscript: error: cannot read 'no.pkt': No such file or directory
	pktscript: error: cannot read '.': Is a directory
	empty:1:1: error: the script has no probes [no-probes]
	hint: a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }

== a script given without -e
run: "$PKTSCRIPT" 'BEGIN { print(1); }'
status: 2
error:
	pktscript: error: cannot read 'BEGIN { print(1); }': No such file or directory
	hint: a script on the command line is given with -e

== options after the script's name belong to the script
requires: root
run: echo 'BEGIN { print(($#, str($1), str($2))); }' > x; "$PKTSCRIPT" -q x -q --for
expect:
	(2, -q, --for)
	
	

== a parameter that is missing is 0 and "", with a warning
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { printf("%d [%s] %d\n", $1, str($2), $#); }'
expect:
	0 [] 0
	
	
error:
	-e:1:32: WARNING: positional parameter $1 is not given: it is 0 or "" [missing-parameter]
	BEGIN { printf("%d [%s] %d\n", $1, str($2), $#); }
	                               ^~
	-e:1:40: WARNING: positional parameter $2 is not given: it is 0 or "" [missing-parameter]
	BEGIN { printf("%d [%s] %d\n", $1, str($2), $#); }
	                                       ^~

== -p and -c at once
requires: root
run: "$PKTSCRIPT" -p $$ -c 'calls 3 0' -q -e 'syscalls:sys_enter_sched_get_priority_max { @ = count(); }' > out; echo $?
expect:
	0

== options and script in any order of long and short forms
requires: root
run: "$PKTSCRIPT" --quiet --eval='interval:s:100 { }' --for=50ms --format=json --output=o; cat o; "$PKTSCRIPT" -qfjson -e'BEGIN { print(1); }'
expect:
	{"type": "value", "data": 1}

== messages are plain in a pipe, and the output does not depend on the width of a terminal
requires: root
run: COLUMNS=20 "$PKTSCRIPT" -q -e 'BEGIN { @h = hist(1); }' | tail -n 2 | head -n 1 | wc -c
expect:
	80

== positional parameters stand before and after --, among the named ones
requires: root
run:
	"$PKTSCRIPT" -q -e 'BEGIN { print(($1, $2, getopt("aa", 1), getopt("bb"), $#)); }' p1 -- --aa=20 --bb p2
	printf 'BEGIN { print(($1, $2)); print(getopt("aa", 1)); }' > s.pkt; "$PKTSCRIPT" -q s.pkt -- p1 --aa=3 20
	"$PKTSCRIPT" -q -e 'BEGIN { }' -- a -- b
status: 2
expect:
	(p1, p2, 20, true, 2)


	(p1, 20)
	3
	
	
error:
	pktscript: error: '--' is given twice
	hint: pktscript --help shows how to use it

== --no-warnings
requires: root
script: BEGIN { 5; warnf("no"); errorf("yes"); }
args: --no-warnings
expect:
	
	
error:
	stdin:1:25-38: ERROR: yes

== options of bpftrace that change nothing
requires: root
script: BEGIN { print(1); }
args: --no-feature kprobe_multi,uprobe_multi --usdt-file-activation -B none -B line
expect:
	1
	
	

== -B full writes at the end
requires: root
run: "$PKTSCRIPT" -q -B full -e 'BEGIN { printf("first\n"); } i:ms:1 /elapsed > 50000000/ { system("echo later"); exit(); } END { printf("last\n"); }' --unsafe; "$PKTSCRIPT" -B some -e 'BEGIN { }'
status: 2
expect:
	first
	later
	last
	
	
error:
	pktscript: error: no buffer mode 'some': they are none, line and full
	hint: pktscript --help shows how to use it

== --dry-run attaches, and no more
requires: root
script: BEGIN { print("begin"); } i:ms:1 { print("tick"); } END { @x = 1; }
args: --dry-run
expect:

== -d prints stages and goes on
requires: root
run:
	"$PKTSCRIPT" -q -d ast -e 'BEGIN { print(1); }' | grep -c '^script$\|^1$'
	"$PKTSCRIPT" -q -d codegen,dis -e 'BEGIN { print(1); }' | grep -c '^define i32 @begin_0\|^begin_0:\|^1$'
	"$PKTSCRIPT" -q --debug=verifier -e 'BEGIN { print(1); }' 2>&1 | grep -c '^program begin_0\|^1$'
	"$PKTSCRIPT" -q -d all -e 'BEGIN { print(1); }' 2> /dev/null | grep -c '^script$\|^define i32 @begin_0\|^begin_0:\|^1$'
	"$PKTSCRIPT" -d asm -e 'BEGIN { }'
status: 2
expect:
	2
	3
	2
	4
error:
	pktscript: error: no stage 'asm': they are ast, codegen, codegen-opt, dis, libbpf, verifier and all
	hint: pktscript --help shows how to use it

== -I and --include
requires: root
run:
	mkdir -m 755 inc; printf '#define FOO 5\nstruct foo { int x; int y; };\n' > inc/foo.h
	"$PKTSCRIPT" -q -I inc -e '#include <foo.h>
	BEGIN { print((FOO, sizeof(struct foo))); }'
	"$PKTSCRIPT" -q --include-dir none -I inc --include foo.h -e 'BEGIN { print((FOO, sizeof(struct foo))); }'
	"$PKTSCRIPT" -q --include inc/foo.h --include linux/path.h -e 'BEGIN { print((FOO, nosuch)); }'
status: 1
expect:
	(5, 8)


	(5, 8)
	
	
error:
	-e:1:21: error: unknown name 'nosuch' [unknown-name]
	BEGIN { print((FOO, nosuch)); }
	                    ^~~~~~
	hint: variables start with $, maps with @, strings stand between quotes

== --info
requires: root
run: "$PKTSCRIPT" --info | grep '^[A-Z]\|ringbuf\|btf\|  version' | sed 's/[0-9.]*$//'
expect:
	System
	Build
	  version: 
	Kernel helpers
	Kernel features
	  btf: yes
	Map types
	  ringbuf: yes
	Probe types

== -l of a script lists its probes
requires: root
run:
	printf 'net:net_dev_* { } BEGIN { } interval:1s { }' > s.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l s.pkt; "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l -e 'tcp:tcp_probe { } END { }'; "$PKTSCRIPT" -l -e 'BEGIN { x }'
status: 1
expect:
	tracepoint:net:net_dev_queue
	tracepoint:net:net_dev_start_xmit
	tracepoint:net:net_dev_xmit
	tracepoint:net:net_dev_xmit_timeout
	begin
	interval:1s
	tracepoint:tcp:tcp_probe
	end
error~: unknown name 'x'

== BPFTRACE_BTF names the file with the kernel's types
requires: root
run:
	BPFTRACE_BTF=none "$PKTSCRIPT" -q -e 'BEGIN { print(sizeof(struct list_head)); }' 2>&1 | grep -c none
	BPFTRACE_BTF=none "$PKTSCRIPT" -q --btf /sys/kernel/btf/vmlinux -e 'BEGIN { print(sizeof(struct list_head)); }'
expect:
	1
	16
	
	

== -k warns of what cannot be read, and of missing keys
requires: root
args: -k
script:
	BEGIN {
		print(*(uint64 *)8); print(str(16)); print(@a[5]); @a[1] = 2; print(@a[1]);
		print(((struct task_struct *)8).comm); $x = 5; print(*&$x);
		for ($i : 0..2) { print(*uptr((int8 *)$i)); }
	}
expect:
	0

	0
	2

	5
	0
	0


	@a[1]: 2
error:
	stdin:2:8-20: WARNING: Failed to probe_read_kernel: Numerical result out of range (-34)
		print(*(uint64 *)8); print(str(16)); print(@a[5]); @a[1] = 2; print(@a[1]);
		      ~~~~~~~~~~~~
	stdin:2:29-36: WARNING: Failed to probe_read_kernel_str: Numerical result out of range (-34)
		print(*(uint64 *)8); print(str(16)); print(@a[5]); @a[1] = 2; print(@a[1]);
		                           ~~~~~~~
	stdin:2:45-50: WARNING: Failed to map_lookup_elem: no such key (0)
		print(*(uint64 *)8); print(str(16)); print(@a[5]); @a[1] = 2; print(@a[1]);
		                                           ~~~~~
	stdin:3:8-38: WARNING: Failed to probe_read_kernel_str: Numerical result out of range (-34)
		print(((struct task_struct *)8).comm); $x = 5; print(*&$x);
		      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	stdin:4:26-43: WARNING: Failed to probe_read_user: Bad address (-14)
		for ($i : 0..2) { print(*uptr((int8 *)$i)); }
		                        ~~~~~~~~~~~~~~~~~
	stdin:4:26-43: WARNING: Failed to probe_read_user: Bad address (-14)
		for ($i : 0..2) { print(*uptr((int8 *)$i)); }
		                        ~~~~~~~~~~~~~~~~~

== without -k, and with --no-warnings, they are zero in silence; in JSON they are objects
requires: root
run:
	script='BEGIN { print((*(uint64 *)8, @a[5])); @a[1] = 2; clear(@a); }'
	"$PKTSCRIPT" -q -e "$script"; "$PKTSCRIPT" -q -k --no-warnings -e "$script"; "$PKTSCRIPT" -q --failures -f json -e "$script"
expect:
	(0, 0)


	(0, 0)


	{"type": "value", "data": [0,0]}
	{"type": "helper_error", "data": {"msg": "Numerical result out of range", "helper": "probe_read_kernel", "retcode": -34, "filename": "stdin", "line": 1, "col": 16}}
	{"type": "helper_error", "data": {"msg": "no such key", "helper": "map_lookup_elem", "retcode": 0, "filename": "stdin", "line": 1, "col": 30}}
