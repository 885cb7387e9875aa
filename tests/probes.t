# Probes: how they are written, what they match, and the fields they have.

== tracepoint:CATEGORY:NAME, t:CATEGORY:NAME and CATEGORY:NAME are the same
requires: root
script:
	tracepoint:syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @long = count(); }
	t:syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @short = count(); }
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @none = count(); }
traffic: calls 7 0
expect:


	@long: 7
	@none: 7
	@short: 7

== a list of probes shares one body
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max, syscalls:sys_exit_sched_get_priority_max,
	syscalls:sys_enter_sched_get_priority_min
	/comm == "calls"/ { @[probe] = count(); }
traffic: calls 3 0
expect:


	@[tracepoint:syscalls:sys_enter_sched_get_priority_max]: 3
	@[tracepoint:syscalls:sys_exit_sched_get_priority_max]: 3

== wildcards in the name and in the category
run:
	for p in 'tracepoint:net:*' 'net:*' 't:n*t:netif_*' 'net:net_dev_?mit' 'net:*,sock:inet_sock_set_state' 'n?t:net_dev_queue'; do
		"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check -e "$p { @[probe] = count(); }" --dump=plan | grep -c '^  attach tracepoint:' | sed "s/^/$p: /"
	done
expect:
	tracepoint:net:*: 16
	net:*: 16
	t:n*t:netif_*: 8
	net:net_dev_?mit: 1
	net:*,sock:inet_sock_set_state: 17
	n?t:net_dev_queue: 1

== with wildcards, probes of a kind may share a program and names stay apart
requires: root
script: syscalls:sys_e*_sched_get_priority_m* /comm == "calls"/ { @[probe] = count(); }
traffic: calls 5 0
expect:


	@[tracepoint:syscalls:sys_enter_sched_get_priority_max]: 5
	@[tracepoint:syscalls:sys_exit_sched_get_priority_max]: 5

== BEGIN and END in any case, several, in their order
requires: root
script:
	END { printf("last words\n"); }
	BEGIN { printf("one\n"); }
	begin { printf("two\n"); }
	Begin { printf("three\n"); }
	end { printf("very last\n"); }
expect:
	one
	two
	three
	last words
	very last
	
	

== several clauses on one probe run in order, each with its predicate
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("a%d ", args.policy); }
	syscalls:sys_enter_sched_get_priority_max /comm == "calls" && args.policy % 2/ { printf("odd "); }
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("c\n"); }
traffic: calls 3 0
expect:
	a0 c
	a1 odd c
	a2 c
	
	

== return leaves the clause, not the next ones; exit() stops all
requires: root
script:
	BEGIN { printf("1\n"); if (1) { return; } printf("never\n"); }
	BEGIN { printf("2\n"); exit(); }
	BEGIN { printf("never\n"); }
	interval:ms:1 { printf("never\n"); }
	END { printf("end\n"); }
expect:
	1
	2
	end
	
	

== interval:UNIT:N and interval:NUNIT
requires: root
run:
	for i in interval:ms:100 i:ms:100 interval:100ms i:100ms interval:us:100000 interval:100000us interval:hz:10 interval:ns:100000000 i:100000000; do
		"$PKTSCRIPT" -q -e "$i { printf(\"%s %s\n\", probe, elapsed >= 100000000 && elapsed < 2000000000 ? \"after 100 ms\" : \"wrong\"); exit(); }" | grep .
	done
expect:
	interval:ms:100 after 100 ms
	interval:ms:100 after 100 ms
	interval:100ms after 100 ms
	interval:100ms after 100 ms
	interval:us:100000 after 100 ms
	interval:100000us after 100 ms
	interval:hz:10 after 100 ms
	interval:ns:100000000 after 100 ms
	interval:100000000 after 100 ms

== interval:s:1 and interval:1s
requires: root
script:
	interval:s:1 { printf("%d\n", elapsed / 1000000000); }
	interval:1s { printf("again\n"); exit(); }
expect:
	1
	again
	
	

== an interval comes as often as it should
requires: root
run: "$PKTSCRIPT" -q --for 1s -e 'interval:ms:10 { @n++; } END { print(@n >= 50 && @n <= 100); clear(@n); }' | grep .
expect: true

== two intervals count apart
requires: root
script: interval:ms:10 { @fast++; } interval:ms:200 { printf("%d\n", @fast >= 10 && @fast <= 20); clear(@fast); exit(); }
expect:
	1
	
	

== an interval's period may be a parameter
requires: root
script: interval:ms:$1 { print(probe); exit(); }
args: 20
expect:
	interval:ms:20
	
	

== numbers, with args. and args->
requires: root
script: syscalls:sys_enter_sched_get_priority_max /comm == "calls" && args->policy == args.policy/ { printf("%d %d\n", args.policy, args->__syscall_nr > 0); }
traffic: calls 2 0
expect:
	0 1
	1 1
	
	

== a signed result
requires: root
script: syscalls:sys_exit_sched_get_priority_max /comm == "calls"/ { @[args.ret] = count(); }
traffic: calls 10 0
expect:


	@[99]: 2
	@[-22]: 3
	@[0]: 5

== a char array is a string
requires: root
script: sched:sched_process_exec { @n = count(); clear(@n); } sched:sched_switch /args.prev_comm == "calls" || args.next_comm == "calls"/ { @in = max(args.next_comm == "calls"); @out = max(args.prev_comm == "calls"); }
traffic: calls 100000 0
expect:


	@in: 1
	@out: 1

== __data_loc: a string of any length, read with str() or as it is
requires: root net
script: net:net_dev_queue /args.name == "lo" && args.len == 819/ { @[str(args.name), args.name] = count(); }
traffic: traffic udp 127.0.0.1 9 3 777
expect:


	@[lo, lo]: 3

== predicates: any expression; no packet, no event
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls" && args.policy > 2 && (args.policy & 1) == 0/ { @even[args.policy] = count(); }
	syscalls:sys_enter_sched_get_priority_max /comm == "calls" && !args.policy/ { @zero = count(); }
	syscalls:sys_enter_sched_get_priority_max /0/ { @never = count(); }
	syscalls:sys_enter_sched_get_priority_max /comm == "calls" && 10 / 5 == args.policy/ { @two = count(); }
traffic: calls 8 0
expect:


	@even[4]: 1
	@even[6]: 1
	@two: 1
	@zero: 1

== predicates see maps
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls" && args.policy == 2/ { @on = 1; }
	syscalls:sys_exit_sched_get_priority_max /@on/ { @after = count(); }
traffic: calls 5 0
expect:


	@after: 3
	@on: 1

== entry and exit of a call joined by its thread
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @start[tid] = nsecs; }
	syscalls:sys_exit_sched_get_priority_max /@start[tid]/ { @took = hist(nsecs - @start[tid] > 0); delete(@start, tid); }
traffic: calls 1000 0 1
expect:


	@took:
	[1]                 2000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== packets of a namespace, counted per interface
requires: root net ip
setup: veth_peer
script: net:net_dev_queue /args.len == 819/ { @[str(args.name)] = count(); } net:netif_receive_skb /args.len == 805/ { @in[str(args.name)] = count(); }
traffic: traffic udp 10.0.0.2 9 20 777; in_peer traffic udp 10.0.0.1 9 30 777
expect:


	@[veth0]: 20
	@[veth1]: 30
	@in[veth1]: 20
	@in[veth0]: 30

== the same tracepoint twice in a list is one probe
requires: root
script: syscalls:sys_enter_sched_get_priority_max, syscalls:sys_enter_sched_get_priority_max, syscalls:sys_enter_sched_get_priority_ma* /comm == "calls"/ { @ = count(); }
traffic: calls 5 0
expect:


	@: 5

== a hundred probes at once
requires: root
run:
	"$PKTSCRIPT" -e 'syscalls:sys_enter_s* /comm == "calls" && probe == "tracepoint:syscalls:sys_enter_sched_get_priority_max"/ { @[probe] = count(); }' -c 'calls 5 0' 2> err | grep @
	grep -c '^Attached [0-9][0-9]* probes' err
expect:
	@[tracepoint:syscalls:sys_enter_sched_get_priority_max]: 5
	1

== what was counted before the probes were attached and after they are gone is not there
requires: root
run:
	calls 100 0 > log
	"$PKTSCRIPT" -q -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = count(); }' -c 'calls 10 0' | grep @
expect: @: 10
