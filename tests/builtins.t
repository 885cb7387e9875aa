# Builtin variables and str().

== pid, tid, comm, uid, gid of a process that another program started
requires: root
run:
	"$PKTSCRIPT" -o out -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("%d %d %s %d %d\n", pid, tid, comm, uid, gid); }' -c 'calls 1 0' > pids 2>&1
	sed -n 's/^\([0-9][0-9]*\)$/\1 \1 calls 0 0/p' pids > expected
	grep . out | diff expected - && echo the same
expect:
	the same

== uid and gid of another user
requires: root setpriv
run: "$PKTSCRIPT" -q -e 'syscalls:sys_enter_sched_get_priority_max { printf("%d %d %s\n", uid, gid, comm); exit(); }' -c 'setpriv --reuid 65534 --regid 65533 --clear-groups calls 1 0' | sed '/^[0-9]*$/d'
expect: 65534 65533 calls

== a thread has its own tid, and the pid of its process
requires: root python3
run:
	cat > threads.py <<-'E'
		import os, threading
		t = threading.Thread(target=lambda: os.sched_get_priority_max(0))
		t.start()
		t.join()
	E
	"$PKTSCRIPT" -q -e 'syscalls:sys_enter_sched_get_priority_max { printf("%d %d\n", pid == tid, pid > 0 && tid > 0); }' -c 'python3 threads.py' | grep .
expect: 0 1

== cpu is where it happens
requires: root
run: "$PKTSCRIPT" -q -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[cpu] = count(); }' -c 'calls 10 0 0 1' | grep @
expect:
	@[1]: 10
	@[0]: 20

== nsecs is the clock since boot, elapsed the time since the script began
requires: root
run:
	boot=$(awk '{ printf "%d", $1 }' /proc/uptime)
	"$PKTSCRIPT" -q -e 'BEGIN { printf("%d %d\n", nsecs / 1000000000, elapsed / 1000000000); } interval:ms:300 { printf("%d\n", elapsed / 100000000); exit(); }' > out
	{ read -r seconds elapsed; read -r tenths; } < out
	[ "$seconds" -ge "$boot" ] && [ "$seconds" -le "$((boot + 5))" ] && echo "nsecs is right"
	[ "$elapsed" -le 2 ] && echo "elapsed begins at 0"
	[ "$tenths" -ge 3 ] && [ "$tenths" -le 50 ] && echo "and goes on"
expect:
	nsecs is right
	elapsed begins at 0
	and goes on

== nsecs never goes back
requires: root
script: BEGIN { $before = nsecs; $wrong = 0; for ($i : 0..1000) { $now = nsecs; if ($now < $before) { $wrong++; } $before = $now; } print($wrong); }
expect:
	0
	
	

== probe names where it is, one program on several tracepoints too
requires: root
script:
	BEGIN { printf("%s\n", probe); }
	begin { print(probe); }
	interval:ms:20 { @p[probe] = count(); @n++; if (@n == 2) { clear(@n); exit(); } }
	interval:1s { print(probe); }
	END { print(probe); }
expect:
	begin
	begin
	end


	@p[interval:ms:20]: 2

== a builtin may be called like a function
requires: root
script: BEGIN { printf("%d %d %s\n", pid() == pid, nsecs() > 0, comm()); }
expect:
	1 1 pktscript
	
	

== comm has at most 15 bytes
requires: root
run:
	cp "$(command -v calls)" ./a_very_long_program_name
	"$PKTSCRIPT" -q -e 'syscalls:sys_enter_sched_get_priority_max { print(comm); printf("%d\n", comm == "a_very_long_pro"); exit(); }' -c './a_very_long_program_name 1 0' | grep '[a-z]\|^1$'
expect:
	a_very_long_pro
	1

== str of a pointer of a process
requires: root
run:
	echo text > some_file
	"$PKTSCRIPT" -q -c 'cat some_file' -e 'syscalls:sys_enter_openat /comm == "cat" && str(args.filename) == "some_file"/ { printf("%s %s|%s|\n", str(args.filename), str(args.filename, 5), str(args->filename, $1)); }' 3
expect:
	text
	some_file some|so|
	
	

== str of an address that cannot be read is empty
requires: root
script: BEGIN { $p = (int8 *)8; printf("[%s]\n", str($p)); }
expect:
	[]
	
	

== str of a parameter is its text, without str it is a number where it looks like one
requires: root
script: BEGIN { printf("%s %d %d\n", str($1), $1 + 1, $#); print($2); print(str($1) == "42"); print(str($3)); }
args: 42 text "" 2>/dev/null
expect:
	42 43 3
	text
	true
	
	
	

== a string longer than its buffer is cut, and says so
requires: root
run:
	long=$(printf '%0200d' 7)
	echo x > "$long"
	"$PKTSCRIPT" -q -c "cat $long" -e 'syscalls:sys_enter_openat /comm == "cat" && args.flags == 0/ { print(str(args.filename)); @[str(args.filename)] = count(); printf("%s\n", str(args.filename, 10)); }' | sed 's/0\{100,\}/00.../g'
expect:
	x
	00.....
	000000000


	@[00.....]: 1

== config = { max_strlen } allows more
requires: root
run:
	long=$(printf '%0200d' 7)
	echo x > "$long"
	"$PKTSCRIPT" -q -c "cat $long" -e 'config = { max_strlen = 201 } syscalls:sys_enter_openat /comm == "cat" && args.flags == 0/ { print(str(args.filename)); }' | tr -d 0
expect:
	x
	7..
	
	
