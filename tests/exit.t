# Ways to end: END probes run, every event is printed, then every map that is not empty.

== SIGINT
requires: root
run: ends_by INT
expect:
	begin
	end
	
	
	@: 10
	@k[x]: 10
	status 0

== SIGTERM
requires: root
run: ends_by TERM
expect:
	begin
	end
	
	
	@: 10
	@k[x]: 10
	status 0

== SIGHUP, unless nohup ignores it
requires: root
run: ends_by HUP
expect:
	begin
	end
	
	
	@: 10
	@k[x]: 10
	status 0

== exit()
requires: root
script: BEGIN { printf("begin\n"); @ = count(); } interval:ms:10 { printf("tick\n"); if (1) { exit(); } printf("never\n"); } END { printf("end\n"); }
expect:
	begin
	tick
	end
	
	
	@: 1

== exit(code) is the exit status
requires: root
script: interval:ms:1 { exit(7); } END { printf("end\n"); }
status: 7
expect:
	end
	
	

== exit in BEGIN: nothing is attached, END runs
requires: root
script: BEGIN { @x = 1; exit(3); } interval:ms:1 { printf("never\n"); } END { printf("end\n"); }
status: 3
expect:
	end
	
	
	@x: 1

== the first exit counts
requires: root
script: BEGIN { if (1) { exit(2); } exit(4); } END { exit(5); }
status: 2
expect:
	
	

== a condition decides
requires: root
script: interval:ms:1 { @n++; if (@n == 5) { exit(@n); } }
status: 5
expect:


	@n: 5

== exit from inside a loop
requires: root
script: BEGIN { for ($i : 0..1000) { if ($i == 3) { exit(9); } printf("%d\n", $i); } printf("never\n"); }
status: 9
expect:
	0
	1
	2
	
	

== only BEGIN and END: it ends by itself
requires: root
script: BEGIN { printf("b\n"); } END { printf("e\n"); }
expect:
	b
	e
	
	

== -c: it ends with the command, after all of its events
requires: root
run:
	"$PKTSCRIPT" -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("%d\n", args.policy); @ = count(); } END { printf("end\n"); }' -c 'calls 20000 0' > out 2> err
	echo "status $?"; grep -c '^[0-9][0-9]*$' out; tail -n 4 out
expect:
	status 0
	20001
	end
	
	
	@: 20000

== -c: the command's exit status is told, ours is our own
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { @x = 1; }' -c 'sh -c "exit 5"'; echo "status $?"
expect:


	@x: 1
	status 0

== -c: the command ends when the script does
requires: root
run:
	"$PKTSCRIPT" -q -e 'interval:ms:50 { exit(); }' -c 'sleep 101.625'
	echo "status $?"
	pgrep -f '^sleep 101[.]625$' || echo "it is gone"
expect:
	
	
	status 0
	it is gone

== -c: no such command
requires: root
run: "$PKTSCRIPT" -e 'BEGIN { printf("never\n"); }' -c 'no-such-command x'
status: 3
error:
	pktscript: error: cannot run 'no-such-command': command not found
	hint: commands are looked up in PATH; for shell syntax use -c "sh -c '...'"

== -c: quotes and escapes in the command
requires: root
run: "$PKTSCRIPT" -q -e 'interval:s:10 { }' -c "printf '%s|' one 'two  words' \"three \\\" quotes\" four\\ "
expect~: ^one\|two  words\|three " quotes\|four \|$

== --for
requires: root
script: BEGIN { printf("begin\n"); } interval:ms:100 { @n = count(); } END { printf("end\n"); }
args: --for 1s
expect~:
	^begin$
	^end$
	^@n: ([5-9]|10)$

== --for in milliseconds ends in time
requires: root
run:
	start=$(date +%s%N)
	"$PKTSCRIPT" -q --for 300ms -e 'interval:s:100 { }'
	took=$((($(date +%s%N) - start) / 1000000))
	[ $took -ge 300 ] && [ $took -lt 2000 ] && echo "in time"
expect:
	
	
	in time

== -p: only this process, and it ends with it
requires: root python3
run:
	cat > loop.py <<-'E'
		import os, sys
		sys.stdin.readline()
		for i in range(50): os.sched_get_priority_max(0)
	E
	mkfifo go
	python3 loop.py < go & pid=$!
	exec 3> go
	"$PKTSCRIPT" -p $pid -e 'syscalls:sys_enter_sched_get_priority_max { @[comm] = count(); } END { printf("end\n"); }' > out 2> err & tracer=$!
	wait_attached err
	calls 100 0 > log
	echo >&3
	wait $tracer; echo "status $?"
	cat out
expect:
	status 0
	end


	@[python3]: 50

== -p of a process that is not there
run: "$PKTSCRIPT" -p 999999999 -e 'BEGIN { }'
status: 2
error:
	pktscript: error: there is no process 999999999
	hint: pktscript --help shows how to use it

== every event that is queued when a signal comes is printed
requires: root
run:
	"$PKTSCRIPT" -e 'config = { ring_buffer_pages = 8192 } syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("%d\n", args.policy); @ = count(); }' > out 2> err & pid=$!
	wait_attached err
	calls 50000 0 1 > log
	kill -INT $pid; wait $pid; echo "status $?"
	grep -c '^[0-9][0-9]*$' out; grep @ out; ! grep lost err
expect:
	status 0
	100000
	@: 100000

== a second interrupt ends it at once, although the reader does not read
requires: root
run:
	mkfifo pipe; sleep 100 < pipe & reader=$!
	"$PKTSCRIPT" -e 'interval:us:100 { printf("%s\n", "a line that is long enough to fill a pipe before long, again and again, again and again"); }' > pipe 2> err & pid=$!
	wait_attached err
	sleep 1
	kill -INT $pid; sleep 0.5; kill -INT $pid
	wait $pid; echo "status $?"
	kill $reader
expect:
	status 130

== the output ends where a reader has enough
requires: root
run: "$PKTSCRIPT" -q -e 'interval:ms:1 { printf("line\n"); } END { printf("end\n"); }' | head -n 1
expect: line

== standard output closed or full
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { printf("x\n"); }' > /dev/full
status: 3
error:
	pktscript: error: cannot write to standard output: no space left on device

== --strict without a loss is status 0, with one 4, without it 0
requires: root
run:
	"$PKTSCRIPT" -q --strict -e 'BEGIN { @[1] = 1; }' > log; echo $?
	"$PKTSCRIPT" -q --strict -e 'config = { max_map_keys = 1 } BEGIN { @[1] = 1; @[2] = 1; }' > log 2> err; echo $?
	"$PKTSCRIPT" -q -e 'config = { max_map_keys = 1 } BEGIN { @[1] = 1; @[2] = 1; }' > log 2> err; echo $?
	"$PKTSCRIPT" -q --strict -e 'config = { max_map_keys = 1 } BEGIN { @[1] = 1; @[2] = 1; exit(6); }' > log 2> err; echo $?
expect:
	0
	4
	0
	6

== after a normal end nothing of it is left in the kernel
requires: root bpftool
run: leaves_nothing "$PKTSCRIPT" -q -e 'sched:sched_switch { @leftover_map[comm] = count(); printf("x"); } interval:ms:100 { exit(); }' > out; tail -n 3 out
expect~: ^nothing is left$

== nor after SIGKILL
requires: root bpftool
run:
	killed()
	{
		"$PKTSCRIPT" -q -e 'sched:sched_switch { @leftover_map[comm] = count(); } interval:ms:10 { @leftover2[1] = count(); }' & pid=$!
		sleep 0.3
		bpftool map list | grep -c leftover > during
		kill -KILL $pid; wait $pid 2>/dev/null
	}
	leaves_nothing killed 2>/dev/null
	[ "$(cat during)" -ge 1 ] && echo "it was there"
expect:
	nothing is left
	it was there

== the same END text from all of these: maps in the order of their names, two newlines before
requires: root
script: BEGIN { @z = 1; @a[2] = 3; @m = hist(1); }
expect:


	@a[2]: 3
	@m:
	[1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@z: 1
