# Probe providers besides tracepoints and intervals: each one attached, its arguments, its errors.

== raw tracepoints: typed arguments, untyped ones, the same in a struct
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -e 'rawtracepoint:net_dev_queue /args.skb->len == 142/ { @[args.skb->len, str(args.skb->dev->name)] = count(); @same = ((struct sk_buff *)arg0)->len == args.skb->len; }' -c 'traffic udp 10.0.0.2 9 5 100'
expect:
	
	
	@[142, veth0]: 5
	@same: true
error: Attached 1 probe

== a raw tracepoint's integers, and a pointer that may be NULL
requires: root
run: "$PKTSCRIPT" -q -e 'rt:kfree_skb /args.reason == SKB_DROP_REASON_NO_SOCKET/ { @[args.skb->len > 0, args.location != 0] = count(); }' -c 'traffic refused 127.0.0.1 9'
expect:
	
	
	@[true, true]: 1

== a program without arguments is one for all raw tracepoints
requires: root
run: "$PKTSCRIPT" --dump=plan -e 'rt:netif_r* { @ = count(); }' | grep -c '^program'; "$PKTSCRIPT" --dump=plan -e 'rt:netif_receive_skb* { @[args.skb] = count(); }' 2>&1 | grep -c 'has no field'
expect:
	1
	1

== profile and software events
requires: root
run: "$PKTSCRIPT" -q -e 'profile:hz:999 { @p = count(); } p:1ms { @m = count(); } software:cpu-clock:1000000 { @s = count(); } s:faults:1 { @f = count(); @r = reg("ip") != 0; } END { printf("%d %d %d %d %d\n", (int64)@p > 2, (int64)@m > 2, (int64)@s > 2, (int64)@f > 10, @r); clear(@p); clear(@m); clear(@s); clear(@f); clear(@r); }' -c 'sh -c "i=0; while [ $i -lt 40000 ]; do i=$((i + 1)); done; ls / > /dev/null"'
timeout: 90
expect:
	1 1 1 1 1
	
	

== the events that there are
run: "$PKTSCRIPT" -l 'software:*'; "$PKTSCRIPT" -l 'h:*'
expect:
	software:cpu-clock:1000000
	software:task-clock:1000000
	software:page-faults:100
	software:context-switches:1000
	software:cpu-migrations:1
	software:minor-faults:100
	software:major-faults:1
	software:alignment-faults:1
	software:emulation-faults:1
	software:dummy:1
	software:bpf-output:1
	hardware:cpu-cycles:1000000
	hardware:instructions:1000000
	hardware:cache-references:1000000
	hardware:cache-misses:1000000
	hardware:branch-instructions:100000
	hardware:branch-misses:100000
	hardware:bus-cycles:100000
	hardware:frontend-stalls:1000000
	hardware:backend-stalls:1000000
	hardware:ref-cycles:1000000

== an event that does not exist
script: hardware:cycle:1000 { @ = count(); }
status: 1
error:
	-e:1:1: error: no hardware event 'cycle' [unknown-probe]
	hardware:cycle:1000 { @ = count(); }
	^~~~~~~~~~~~~~~~~~~
	hint: did you mean 'cycles'?

== a count of events that is none
script: software:faults:many { @ = count(); }
status: 1
error:
	-e:1:1: error: malformed probe 'software:faults:many' [bad-probe]
	software:faults:many { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~
	hint: written software:EVENT or software:EVENT:COUNT

== iterators run once: tasks, files, sockets
requires: root
run:
	sleep 100 & PID=$!
	"$PKTSCRIPT" -q -p $PID -e 'iter:task { printf("%s %d\n", ctx.task->comm, ctx.task->tgid == '$PID'); }'
	"$PKTSCRIPT" -q -e 'iter:task_file /ctx.task->tgid == '$PID' && ctx.fd == 2/ { @ = count(); }'
	kill $PID
expect:
	sleep 1
	
	
	
	
	@: 1

== every object of an iterator is there once, with begin and end around
requires: root
run: "$PKTSCRIPT" -q -e 'begin { printf("first\n"); } iter:ksym { printf("x\n"); } end { printf("last\n"); }' | sed '/^$/d' | uniq -c | awk '{ print ($1 > 30000 ? "many" : $1), $2 }'
expect:
	1 first
	many x
	1 last

== an iterator that does not exist
requires: root
script: iter:taks { @ = count(); }
status: 1
error:
	-e:1:1: error: this kernel has no iterator 'taks' [unknown-probe]
	iter:taks { @ = count(); }
	^~~~~~~~~
	hint: did you mean 'task'?

== iterators do not mix with other probes
requires: root
script: iter:task { @ = count(); } interval:s:1 { exit(); }
status: 1
error:
	-e:1:1: error: an iterator stands with begin and end probes only [bad-context]
	iter:task { @ = count(); } interval:s:1 { exit(); }
	^~~~~~~~~
	-e:1:28: note: and here is another kind
	iter:task { @ = count(); } interval:s:1 { exit(); }
	                           ^~~~~~~~~~~~

== a signal to ourselves
requires: root
run: "$PKTSCRIPT" -q -e 'self:signal:SIGUSR1 { printf("got it\n"); exit(); }' -c 'sh -c "kill -USR1 $PPID; sleep 10"'
expect:
	got it
	
	

== uprobe, uretprobe: arguments, strings, offsets, wildcards
requires: root cc
run:
	cat > t.c <<'EOF'
	#include <stdio.h>
	__attribute__((noinline)) int add(int a, const char *s, long b) { __asm__ volatile(""); return a + (int)b + s[0]; }
	__attribute__((noinline)) int addtwo(int a) { __asm__ volatile(""); return a + 2; }
	char text[] = "hello";
	int main(void) { int r = 0; for (int i = 0; i < 3; i++) { text[4] = '0' + i; r += add(i, text, 5) + addtwo(i); } return r != 339; }
	EOF
	cc -O1 -o t t.c
	"$PKTSCRIPT" -q -e 'uprobe:./t:add { @[func, arg0, str(arg1), arg2] = count(); } uretprobe:./t:add* { @r[probe, retval] = count(); } u:./t:add+0 { @o = count(); @ip = reg("ip") != 0; }' -c ./t
expect:
	
	
	@[add, 0, hell0, 5]: 1
	@[add, 1, hell1, 5]: 1
	@[add, 2, hell2, 5]: 1
	@ip: true
	@o: 3
	@r[uretprobe:./t:add, 109]: 1
	@r[uretprobe:./t:add, 110]: 1
	@r[uretprobe:./t:add, 111]: 1
	@r[uretprobe:./t:addtwo, 2]: 1
	@r[uretprobe:./t:addtwo, 3]: 1
	@r[uretprobe:./t:addtwo, 4]: 1

== a program of $PATH, a library by its short name
requires: root cc
run:
	echo 'int main(void) { return 0; }' > t.c && cc -o t t.c
	PATH=$PWD:$PATH "$PKTSCRIPT" -l 'uprobe:t:mai?'
	"$PKTSCRIPT" -l 'uprobe:libc:getpid' | sed 's/:.*:/:...:/'
expect:
	uprobe:$TMP/t:main
	uprobe:...:getpid

== usdt: arguments in registers, in memory, as constants; several places; a semaphore
requires: root cc
run:
	cat > t.c <<'EOF'
	#include <stdio.h>
	volatile unsigned short sema __attribute__((section(".probes")));
	#define PROBE(name, sem, fmt, ...) __asm__ volatile("990: nop\n" \
		".pushsection .note.stapsdt,\"\",\"note\"\n.balign 4\n.4byte 992f-991f,994f-993f,3\n" \
		"991: .asciz \"stapsdt\"\n992: .balign 4\n993: .8byte 990b\n.8byte 0\n.8byte " sem "\n" \
		".asciz \"mine\"\n.asciz \"" name "\"\n.asciz \"" fmt "\"\n994: .balign 4\n.popsection" :: __VA_ARGS__)
	int table[4] = { 10, 20, 30, 40 };
	int main(void)
	{
		for (long i = 0; i < 3; i++) {
			int local = -(int)i;
			if (sema)
				PROBE("guarded", "sema", "8@%0", "r"(i));
			PROBE("plain", "0", "8@%0 -4@%1 -4@$-7", "r"(i), "m"(local));
			PROBE("plain", "0", "-4@%0 8@$9 4@(%1,%2,4)", "r"(local), "r"(table), "r"(i));
		}
		PROBE("many", "0", "1@$1 1@$2 2@$3 2@$4 4@$5 4@$6 8@$7 8@$8 -8@$-9 -1@$-10", "r"(table));
		return 0;
	}
	EOF
	test "$(uname -m)" = x86_64 || exit 0
	cc -O1 -no-pie -o t t.c
	"$PKTSCRIPT" -q -e 'usdt:./t:mine:plain { @[arg0, arg1, arg2] = count(); } U:./t:guarded { @g[arg0] = count(); } usdt:./t:mine:many { printf("%d %d %d %d %d %d %d %d %d %d\n", arg0, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9); }' -c ./t
expect:
	1 2 3 4 5 6 7 8 -9 -10
	
	
	@[-2, 9, 30]: 1
	@[-1, 9, 20]: 1
	@[0, 0, -7]: 1
	@[0, 9, 10]: 1
	@[1, -1, -7]: 1
	@[2, -2, -7]: 1
	@g[0]: 1
	@g[1]: 1
	@g[2]: 1

== a function that a binary does not have
requires: sh
script: uprobe:/bin/sh:mian { @ = count(); }
status: 1
error~: .*/bin/sh has no function 'mian'

== what is no binary
script: uprobe:/etc/passwd:main { @ = count(); }
status: 1
error:
	-e:1:1: error: /etc/passwd is no ELF file [unknown-probe]
	uprobe:/etc/passwd:main { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~~~~
	hint: probes go into programs and libraries, not scripts

== builtins where they are not
script: begin { print(arg0); print(retval); print(ctx); print(reg("ip")); }
status: 1
error:
	-e:1:15: error: begin has no 'arg0' [bad-context]
	begin { print(arg0); print(retval); print(ctx); print(reg("ip")); }
	              ^~~~
	hint: 'arg0' exists in rawtracepoint, kprobe, fentry, fexit, uprobe and usdt probes
	-e:1:28: error: begin has no 'retval' [bad-context]
	begin { print(arg0); print(retval); print(ctx); print(reg("ip")); }
	                           ^~~~~~
	hint: 'retval' exists in kretprobe, fexit and uretprobe probes
	-e:1:43: error: begin has no 'ctx' [bad-context]
	begin { print(arg0); print(retval); print(ctx); print(reg("ip")); }
	                                          ^~~
	hint: 'ctx' exists in iter, xdp, tc, socket and cgroup_skb probes
	-e:1:55: error: begin has no registers [bad-context]
	begin { print(arg0); print(retval); print(ctx); print(reg("ip")); }
	                                                      ^~~~~~~~~
	hint: reg() exists in kprobe, uprobe, usdt, profile, software and hardware probes

== kprobe and kretprobe
requires: kprobe
run: "$PKTSCRIPT" -q -e 'k:vfs_read /comm == "cat"/ { @[func, arg2 > 0] = count(); } kr:vfs_read /comm == "cat"/ { @r[retval >= 0] = count(); } END { printf("%d\n", @[("vfs_read", true)] > 1); clear(@); }' -c 'cat /etc/hostname' | sed 's/: [0-9]*$/: N/; /^$/d' | tail -n 2
timeout: 90
expect:
	1
	@r[true]: N

== a wildcard of functions
requires: kprobe
run: "$PKTSCRIPT" -q -e 'kprobe:vfs_re* /comm == "cat"/ { @[comm] = count(); }' -c 'cat /etc/hostname' | sed -n 's/: [0-9]*$/: N/p'
timeout: 90
expect: @[cat]: N

== fentry and fexit: typed arguments, the result
requires: fentry
run: "$PKTSCRIPT" -q -e 'fentry:vfs_read /comm == "cat"/ { @[str(args.file->f_path.dentry->d_name.name), args.count > 0, arg2 > 0] = count(); } fexit:vfs_read /comm == "cat" && args.count > 0/ { @r[retval >= 0] = count(); }' -c 'cat /etc/hostname' | sed -n 's/: [0-9]*$/: N/p' | grep -e hostname -e @r
timeout: 90
expect:
	@[hostname, true, true]: N
	@r[true]: N

== a kernel without kprobes says so
requires: no-kprobe
script: kprobe:vfs_read { @ = count(); }
status: 1
error:
	-e:1:1: error: this kernel has no kprobes (CONFIG_KPROBES is not set) [kernel]
	kprobe:vfs_read { @ = count(); }
	^~~~~~~~~~~~~~~
	hint: tracepoints are still there: pktscript -l 'rawtracepoint:*'

== a function that the kernel does not have, nearly right
requires: kprobe
script: fentry:vfs_reed { @ = count(); }
status: 1
error:
	-e:1:1: error: the kernel has no function vfs_reed [unknown-probe]
	fentry:vfs_reed { @ = count(); }
	^~~~~~~~~~~~~~~
	hint: did you mean vfs_read?

== -lv says what a probe is given, and what a type of the kernel is
requires: root
run: "$PKTSCRIPT" -lv 'rt:net_dev_queue' | grep -v packet:; "$PKTSCRIPT" -lv 'iter:task'; "$PKTSCRIPT" -lv 'fexit:tcp_sendmsg' 2>&1 | grep -v socket:; "$PKTSCRIPT" -lv 'struct path'; "$PKTSCRIPT" -l 'enum skb_drop_reaso?'; "$PKTSCRIPT" -l 'rt:net_dev_queu'
status: 1
expect:
	rawtracepoint:net_dev_queue
	    struct sk_buff * skb
	iter:task
	    struct bpf_iter_meta * meta
	    struct task_struct * task
	fexit:tcp_sendmsg
	    struct sock * sk
	    struct msghdr * msg
	    size_t size
	    int retval
	struct path {
	        struct vfsmount * mnt;
	        struct dentry * dentry;
	};
	enum skb_drop_reason
error:
	pktscript: error: no raw tracepoint net_dev_queu
	hint: did you mean net_dev_queue?

== raw tracepoints detach at once
requires: root
run: "$PKTSCRIPT" -q -e 'rt:sched_switch { @ = count(); } END { clear(@); }' -c true; echo done
timeout: 5
expect:
	
	
	done

== probes that are missing: warnings, silence, and nothing left
requires: root
run:
	"$PKTSCRIPT" -q -e 'config = { missing_probes = warn } rt:net_dev_queu, begin { exit(); }' 2>&1 | sed '/^$/d'
	"$PKTSCRIPT" -q -e 'config = { missing_probes = ignore } rt:nothing*, begin { exit(); }' 2>&1 | sed '/^$/d'
	"$PKTSCRIPT" -q -e 'config = { missing_probes = ignore } rt:nothing* { exit(); }' 2>&1 | head -n 1
expect:
	-e:1:36: WARNING: no raw tracepoint net_dev_queu [missing-probe]
	config = { missing_probes = warn } rt:net_dev_queu, begin { exit(); }
	                                   ^~~~~~~~~~~~~~~
	hint: did you mean net_dev_queue?
	-e:1:1: error: none of the script's probes exists [no-probes]

== a list of functions, some of which are missing
requires: root
script: uprobe:libc:open64, uprobe:libc:no_such_function { exit(); }
args: --check
error:
	-e:1:21: WARNING: /lib/x86_64-linux-gnu/libc.so.6 has no function 'no_such_function' [missing-probe]
	uprobe:libc:open64, uprobe:libc:no_such_function { exit(); }
	                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
	hint: pktscript -l 'uprobe:/lib/x86_64-linux-gnu/libc.so.6:*' lists them

== what was of libpthread is in libc
requires: root
run: "$PKTSCRIPT" --check -e 'uprobe:libpthread:pthread_create { exit(); }'
