# The machine: privileges, tracefs, BTF, and what is left behind.

== without privileges: what is missing and what to do
user: nobody
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'net:net_dev_queue { @ = count(); }'
status: 3
error:
	pktscript: error: not permitted to load BPF programs
	hint: run as root (sudo), or with the capabilities CAP_BPF and CAP_PERFMON

== without privileges --check, -l TABLE and -V work
user: nobody
run: "$PKTSCRIPT" --check -e 'BEGIN { @ = count(); }' && "$PKTSCRIPT" -l builtins | grep -c '^comm ' && "$PKTSCRIPT" -V | grep -c pktscript
expect:
	1
	1

== without privileges and tracefs, a tracepoint cannot be looked up
user: nobody
requires: root tracefs-absent
run: "$PKTSCRIPT" -e 'net:net_dev_queue { @ = count(); }'
status: 1
error:
	-e:1:1: error: cannot read tracefs: permission denied [kernel]
	net:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~
	hint: run as root, e.g. with sudo

== root without capabilities
requires: root setpriv
run: setpriv --bounding-set -all --inh-caps -all "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'net:net_dev_queue { @ = count(); }'
status: 3
error:
	pktscript: error: not permitted to load BPF programs
	hint: root lacks a capability here, or kernel.unprivileged_bpf_disabled forbids it: a container needs CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN

== CAP_BPF and CAP_PERFMON are enough
requires: root setpriv
run: setpriv --bounding-set -all,+bpf,+perfmon --inh-caps -all,+bpf,+perfmon "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -q -e 'BEGIN { printf("works\n"); @x = 1; }'
expect:
	works
	
	
	@x: 1

== tracefs that is not mounted works by itself, and is not mounted afterwards
requires: root tracefs-absent
run:
	cat /proc/self/mounts > before
	"$PKTSCRIPT" -q -e 'sched:sched_process_exec { @n[comm] = count(); @ = count(); clear(@n); }' -c true | sed 's/: [0-9]*$/: N/'
	"$PKTSCRIPT" -l 'sched:sched_process_exec'
	cat /proc/self/mounts | diff before - && echo "nothing is mounted"
expect:


	@: N
	tracepoint:sched:sched_process_exec
	nothing is mounted

== the mounts of the machine do not change while it runs
requires: root tracefs-absent
run:
	cat /proc/self/mounts > before
	"$PKTSCRIPT" -q -e 'sched:sched_switch { @ = count(); } interval:ms:300 { exit(); }' > out &
	sleep 0.2; cat /proc/self/mounts | diff before - && echo "the same"
	wait
expect: the same

== tracefs that is mounted is used
requires: root
run:
	mkdir -p t; mount -t tracefs none t || exit 1
	"$PKTSCRIPT" --tracefs t -l 'sched:sched_switch'
	mount --bind t /sys/kernel/tracing 2>/dev/null && "$PKTSCRIPT" -l 'sched:sched_switch'
expect:
	tracepoint:sched:sched_switch
	tracepoint:sched:sched_switch

== --tracefs of a directory that has no events
run: "$PKTSCRIPT" --tracefs "$TMP" -e 'net:net_dev_queue { @ = count(); }'
status: 1
error:
	-e:1:1: error: tracefs has no events [kernel]
	net:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~

== tracepoints need no BTF
requires: root
script: syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[comm] = count(); @p = max(args.policy); printf("%d\n", args.policy); }
args: --btf /nonexistent
traffic: calls 2 0
expect:
	0
	1
	
	
	@[calls]: 2
	@p: 1

== an unknown tracepoint, nearly right
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'net:net_dev_que { @ = count(); }'
status: 1
error:
	-e:1:1: error: no tracepoint net:net_dev_que [unknown-probe]
	net:net_dev_que { @ = count(); }
	^~~~~~~~~~~~~~~
	hint: did you mean net:net_dev_queue?

== an unknown category
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'nett:net_dev_queue { @ = count(); }'
status: 1
error:
	-e:1:1: error: no tracepoint category nett [unknown-probe]
	nett:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~~
	hint: did you mean net:net_dev_queue?

== a wildcard that matches nothing
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'net:nothing* { @ = count(); }'
status: 1
error:
	-e:1:1: error: no tracepoint net:nothing* [unknown-probe]
	net:nothing* { @ = count(); }
	^~~~~~~~~~~~
	hint: list those of net with pktscript -l 'tracepoint:net:*'

== more probes than config max_probes
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'config = { max_probes = 3 } net:* { @ = count(); }'
status: 1
error:
	-e:1:29: error: the script has 16 probes, more than 3 [too-many-probes]
	config = { max_probes = 3 } net:* { @ = count(); }
	                            ^~~~~
	hint: config = { max_probes = 16 } allows them

== few open files are enough for many probes
requires: root
run: (ulimit -S -n 64; "$PKTSCRIPT" -q -e 'syscalls:sys_enter_s* { @[probe] = count(); } interval:ms:10 { exit(3); }' > out); echo $?
expect: 3

== too few open files, and no more to be had
requires: root setpriv
run: (ulimit -n 32; setpriv --bounding-set -sys_resource --inh-caps -sys_resource "$PKTSCRIPT" -q -e 'syscalls:sys_enter_s* { @[probe] = count(); }')
status: 3
error:
	pktscript: error: cannot load the programs: too many open files
	hint: raise the limit of open files with ulimit -n

== the reader of a pipe goes away
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { for ($i : 0..100000) { printf("%d\n", $i); } }' | head -n 1; "$PKTSCRIPT" -q -e 'interval:ms:1 { printf("a line\n"); }' | head -n 2
expect:
	0
	a line
	a line

== standard input, output or error closed
requires: root
run:
	"$PKTSCRIPT" -q -e 'BEGIN { printf("x\n"); }' >&-; echo "output $?"
	"$PKTSCRIPT" -e 'BEGIN { printf("x\n"); }' 2>&-; echo "error $?"
	"$PKTSCRIPT" -q -e 'BEGIN { printf("x\n"); }' <&-; echo "input $?"
expect:
	output 3
	x


	error 0
	x


	input 0
error:
	pktscript: error: cannot write to standard output: bad file descriptor

== no file is left behind
requires: root
run:
	files() { ls -A . /dev/shm /sys/fs/bpf; }
	before=$(files)
	"$PKTSCRIPT" -q -e 'sched:sched_switch { @ = count(); } interval:ms:50 { exit(); }' > /dev/null
	[ "$(files)" = "$before" ] && echo "no file is left"
expect: no file is left

== several at once do not disturb each other
requires: root
run:
	for i in 1 2 3 4; do
		"$PKTSCRIPT" -e "syscalls:sys_enter_sched_get_priority_max /comm == \"calls\"/ { @ = count(); @n$i = sum($i); }" > out$i 2> err$i & pids="$pids $!"
	done
	for i in 1 2 3 4; do wait_attached err$i; done
	calls 10000 0 1 > log
	kill -INT $pids; wait
	grep -h @ out1 out2 out3 out4
expect:
	@: 20000
	@n1: 20000
	@: 20000
	@n2: 40000
	@: 20000
	@n3: 60000
	@: 20000
	@n4: 80000

== a program that is too large for the kernel: why, and where in the script
requires: root
script: BEGIN { $n = 0; unroll(100) { unroll(6) { for ($i : 0..16) { if (rand == $i) { $n++; } } } } print($n); exit(); }
status: 3
error~:
	^pktscript: error: -e:1:[0-9]+: the kernel gave up checking the program of begin: The sequence of 8193 jumps is too complex\.$
	^BEGIN \{ \$n = 0; unroll
	^hint: the program is too large for the kernel: it came as far as this place; share what it does among several probes$

== a map that the kernel has no memory for
requires: root
script: config = { max_map_keys = 16777216 } BEGIN { $s = str(0, 1000); $t = ($s, $s, $s, $s); @a[1] = ($t, $t, $t); exit(); }
status: 3
error:
	pktscript: error: cannot create map @a of 16777216 keys, 8 + 12000 bytes each: cannot allocate memory
	hint: give it fewer keys with config = { max_map_keys = N }, or shorter strings
