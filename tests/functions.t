# Functions and builtins: what they give, and what they refuse.

== strlen, strcap
requires: root
script: BEGIN { $s = "hello"; printf("%d %d %d %d\n", strlen($s), strlen(""), strlen(str("abcdefghijkl")), strcap("hello")); }
expect:
	5 0 12 8
	
	

== strncmp is 0 for equal starts, and has the order of the first difference
requires: root
script: BEGIN { $s = "hello"; printf("%d %d %d %d\n", strncmp($s, "help", 3), strncmp($s, "help", 4), strncmp("b", $s, 1), strncmp($s, "hello world", 20)); }
expect:
	0 -1 -1 -1
	
	

== strcontains, strstr
requires: root
script: BEGIN { $s = "hello world"; $p = "wor"; printf("%d %d %d %d\n", strcontains($s, "wor"), strcontains($s, $p), strcontains($s, "word"), strcontains($p, $s)); printf("%d %d %d %d\n", strstr($s, $p), strstr($s, "hello world"), strstr($s, ""), strstr($s, "z")); }
expect:
	1 1 0 0
	6 0 0 -1
	
	

== str_concat
requires: root
script: BEGIN { $a = "one"; print(str_concat($a, " two")); print(str_concat(str_concat("a", "b"), $a)); @[str_concat($a, "!")] = 1; @["one!"]++; }
expect:
	one two
	abone


	@[one!]: 2

== memcmp of arrays, strings and pointers
requires: root
script: BEGIN { $a = pton("10.0.0.1"); printf("%d %d %d\n", memcmp($a, pton("10.0.0.2"), 4), memcmp($a, pton("10.0.0.2"), 3), memcmp("b", "a", 1)); printf("%d\n", memcmp(curtask, curtask, 64)); }
expect:
	-1 0 1
	0
	
	

== buf prints text and \xhh, and compares
requires: root
script: BEGIN { print(buf(pton("65.66.67.1"))); print(buf(pton("65.66.67.1"), 2)); $n = 3; print(buf(pton("65.66.67.1"), $n)); print(buf(pton("1.2.3.4")) == buf(pton("1.2.3.4"))); printf("%rx %rh\n", buf(pton("10.0.0.1")), buf(pton("10.0.0.1"))); }
expect:
	ABC\x01
	AB
	ABC
	true
	\x0a\x00\x00\x01 0a 00 00 01
	
	

== bswap knows the width of a cast, a member and a variable
requires: root
script: BEGIN { printf("%x %x %x\n", bswap((uint16)0x1234), bswap((uint32)0x12345678), bswap((uint64)1)); $p = (uint16)0x5000; $p = bswap($p); print($p); @p = (uint32)1; print(bswap(@p)); clear(@p); }
expect:
	3412 78563412 100000000000000
	80
	16777216
	
	

== ntop: numbers, arrays, families
requires: root
script: BEGIN { print(ntop(0x0100007f)); print(ntop(2, 0x0100007f)); print(ntop(pton("10.1.2.3"))); print(ntop(pton("2001:db8::1"))); print(ntop(10, pton("::1"))); $f = 2; print(ntop($f, pton("102:304::"))); $f = 10; print(ntop($f, pton("102:304::"))); print(ntop(pton("::ffff:10.0.0.1"))); }
expect:
	127.0.0.1
	127.0.0.1
	10.1.2.3
	2001:db8::1
	::1
	1.2.3.4
	102:304::
	::ffff:10.0.0.1
	
	

== addresses are equal when they are, print with a width, are keys in their order
requires: root
script: BEGIN { $a = ntop(0x0100007f); print($a == ntop(0x0100007f)); print($a != "127.0.0.1"); print($a == "::1"); printf("%15s|%-12s|\n", $a, $a); @[ntop(pton("10.0.0.10"))] = "x"; @[ntop(pton("9.0.0.1"))] = "y"; @[ntop(pton("::1"))] = "z"; }
expect:
	true
	false
	false
	      127.0.0.1|127.0.0.1   |


	@[9.0.0.1]: y
	@[10.0.0.10]: x
	@[::1]: z

== pton compares with arrays and numbers
requires: root
script: BEGIN { $n = (uint32)0x0100000a; print($n == pton("10.0.0.1")); print(pton("10.0.0.1") == pton("10.0.0.1")); print(pton("fd00::1") == pton("fd00::2")); print((uint32)pton("1.0.0.0")); print(pton("1.2.3.4")[2]); print(pton("1.2.3.4")); }
expect:
	true
	true
	false
	1
	3
	[1,2,3,4]
	
	

== macaddr
requires: root
script: BEGIN { $m = macaddr((uint8[8])0x060504030201); print($m); @[$m] = 1; print($m == macaddr((uint8[8])0x070504030201)); }
expect:
	01:02:03:04:05:06
	false


	@[01:02:03:04:05:06]: 1

== kptr and uptr, is_...
requires: root
script: BEGIN { print(kptr(1)); print(uptr(curtask) == curtask); print((is_ptr(curtask), is_ptr(1), is_str("a"), is_array(pton("::1")), is_integer(pid), is_unsigned_integer(-1), is_literal(5), is_literal(pid))); }
expect:
	0x1
	true
	(true, false, true, true, true, false, true, false)
	
	

== clocks
requires: root
script: BEGIN { print(nsecs(monotonic) <= nsecs(boot)); print(nsecs(boot) / 1s == nsecs / 1s || true); print(nsecs(tai) - nsecs(sw_tai) < 1s); }
expect:
	true
	true
	true
	
	

== names of numbers
requires: root
script: BEGIN { print(strerror(2)); print(strerror(-13)); print(signal_name(9)); print(signal_name(0)); print(syscall_name(12345)); printf("%s %d\n", strerror(1), strerror(1)); @[signal_name(15)] = 1; print(username); }
expect:
	No such file or directory
	Permission denied
	SIGKILL
	0
	12345
	Operation not permitted 1
	root


	@[SIGTERM]: 1

== strftime
requires: root
script: BEGIN { @t = 5; print(strftime("%H", @t) == strftime("%H", 5)); print(strftime("%%f %% text", 0)); clear(@t); }
expect:
	true
	%f % text
	
	

== ksym and kaddr
requires: root
script: BEGIN { print(ksym(kaddr("vfs_read"))); print(ksym(kaddr("vfs_read") + 4)); print(ksym(16)); }
expect:
	vfs_read
	vfs_read
	0x10
	
	

== stacks have as many frames as asked for
requires: root
script: BEGIN { print(len(kstack(2))); print(len(ustack(1))); for ($i : 0..3) { @[kstack(raw, 1)] = count(); } print(len(@)); clear(@); }
expect:
	2
	1
	1
	
	

== a symbol of a process
requires: root
script: BEGIN { print(usym(16)); print(len(ustack(1))); }
expect:
	0x10
	1
	
	

== len and find
requires: root
script: BEGIN { @m[1] = 5; @m[2] = 6; @c["x"] = count(); printf("%d %d\n", len(@m), len(@c)); if (find(@m, 2, $v)) { print($v); } print(find(@m, 3, $w)); print($w); clear(@m); clear(@c); }
expect:
	2 1
	6
	false
	0
	
	

== totals are numbers
requires: root
script:
	BEGIN
	{
		@c = count(); @c = count(); @s = sum(-5); @n = min(-3); @n = min(4); @x = max(7); @a = avg(10); @a = avg(-4);
		@k["x"] = count();
		printf("%d %d %d %d %d %d %d\n", @c, @s, @n, @x, @a, @k["x"], @k["y"]);
		if (@c > 1) { print("more than one"); }
		$a = @a; print(-$a); print((int64)@c + 1); print((@c, @s)); @copy = @s;
		clear(@c); clear(@s); clear(@n); clear(@x); clear(@a); clear(@k);
	}
expect:
	2 -5 -3 7 3 1 0
	more than one
	-3
	3
	(2, -5)


	@copy: -5

== print of one key of a histogram or of statistics
requires: root
script: BEGIN { @h["a"] = hist(5); @h["longer than before"] = hist(7); print(@h["a"]); @s["x"] = stats(5); print(@s["x"]); print(@s["y"]); clear(@h); clear(@s); }
expect:
	[4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	{ .count = 1, .average = 5, .total = 5 }
	{ .count = 0, .average = 0, .total = 0 }
	
	

== builtins of the machine and the task
requires: root
script: BEGIN { print(probetype); print(ncpus >= 1); print(numaid); print(jiffies > 0); print(rand < 4294967296); print(curtask->tgid == pid); print(ppid == curtask->real_parent->tgid); print(leader_tid == pid); print(leader_comm); print(pcomm == comm); print(cgroup > 0); print(has_cpid); }
expect:
	special
	true
	0
	true
	true
	true
	true
	true
	pktscript
	true
	true
	false
	
	

== cpid is the process of the command
requires: root
script: sched:sched_process_exec /pid == cpid/ { print(has_cpid); exit(); }
args: -c 'sleep 0.1'
expect:
	true
	
	

== a number that is an address
requires: root
script: BEGIN { $at = (uint64)curtask; print((*$at == *((uint64*)curtask), *($at + 8) == *((uint64*)($at + 8)))); exit(); }
expect:
	(true, true)
	
	

== errorf and warnf are on standard error
requires: root
script: BEGIN { errorf("bad %d", 5); warnf("hm %s", probe); print(1); }
expect:
	1
	
	
error:
	stdin:1:9-28: ERROR: bad 5
	stdin:1:30-51: WARNING: hm begin

== errorf in JSON
requires: root
script: BEGIN { errorf("bad %d", 5); }
args: -q -f json
expect:
	{"type": "errorf", "data": {"msg": "bad 5", "filename": "stdin", "line": 1, "col": 9}}

== cat
requires: root
script: BEGIN { cat("/proc/%s/comm", "self"); cat("/nonexistent"); }
expect:
	pktscript
	
	
error:
	pktscript: error: cat: cannot read '/nonexistent': no such file or directory

== cat prints no more than max_cat_bytes
requires: root
script: config = { max_cat_bytes = 4 } BEGIN { cat("/proc/self/comm"); printf("\n"); }
expect:
	pkts
	
	

== system
requires: root
script: BEGIN { system("echo %d; echo two", 1); }
args: --unsafe
expect:
	1
	two
	
	

== system in JSON
requires: root
script: BEGIN { system("echo %d", 1); }
args: --unsafe -q -f json
expect:
	{"type": "syscall", "data": "1\n"}

== join
requires: root
script: syscalls:sys_enter_execve /pid == cpid/ { join(args.argv); join(args.argv, "|"); exit(); }
args: -c '/bin/true one two'
expect:
	/bin/true one two
	/bin/true|one|two
	
	

== signal ends the script itself
requires: root
script: BEGIN { signal("SIGTERM"); } END { print("end"); }
args: --unsafe
expect:
	end
	
	

== signal_thread
requires: root
script: BEGIN { signal_thread(0 + 15); } END { print("end"); }
args: --unsafe
expect:
	end
	
	

== debugf and settings by word
requires: root
script: config = { stack_mode = raw; missing_probes = warn; license = "Dual BSD/GPL"; str_trunc_trailer = "~"; max_strlen = 8; cache_user_symbols = PER_PID; unstable_tseries = enable; cpp_demangle = false; lazy_symbolication = true; log_size = 1000; max_bpf_progs = 10; on_stack_limit = 64; perf_rb_pages = 8; ring_buffer_pages = 64; show_debug_info = false; unstable_dw_ustack = error; unstable_typeinfo = enable; unstable_import_statement = warn } BEGIN { debugf("pkt %d %s %x", -1, comm, 255); print(str("abcdefghijk", 8)); }
expect:
	abcdefg~
	
	

== settings from the environment
requires: root
run: BPFTRACE_STACK_MODE=PERF PKTSCRIPT_STR_TRUNC_TRAILER='>' BPFTRACE_MAX_STRLEN=8 "$PKTSCRIPT" -q -e 'BEGIN { print(str("abcdefgh", 8)); }'
expect:
	abcdefg>
	
	

== addresses that are none
script: BEGIN { print(pton("1.2.3")); print(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
status: 1
error:
	-e:1:20: error: '1.2.3' is no IPv4 or IPv6 address [bad-argument]
	BEGIN { print(pton("1.2.3")); print(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
	                   ^~~~~~~
	hint: addresses are written like "10.0.0.1" or "fd00::1"
	-e:1:42: error: the first argument of ntop() is a number, or an array of 4 or 16 bytes, and this is string[8] [bad-argument]
	BEGIN { print(pton("1.2.3")); print(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
	                                         ^~~
	-e:1:60: error: no address family 3: 2 is IPv4, 10 is IPv6 [bad-argument]
	BEGIN { print(pton("1.2.3")); print(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
	                                                           ^
	-e:1:83: error: an IPv6 address has 16 bytes, and this is int64 [bad-argument]
	GIN { print(pton("1.2.3")); print(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
	                                                                                ^
	-e:1:114: error: 'host' is no IPv4 or IPv6 address [bad-argument]
	nt(ntop("x")); print(ntop(3, 1)); print(ntop(10, 1)); $a = ntop(1); print($a == "host"); }
	                                                                                ^~~~~~
	hint: addresses are written like "10.0.0.1" or "fd00::1"

== bswap takes a number of the script for the smallest integer that has it
requires: root
script: BEGIN { print((bswap(0x12), bswap(0xff), bswap(0x1234), bswap(0x12345678), bswap(0x0102030405060708))); $p = 0x5000; print(bswap($p)); }
expect:
	(18, 255, 13330, 2018915346, 578437695752307201)
	80
	
	

== widths that are not known
script: BEGIN { let $x; print(bswap($x)); print(bswap("x")); }
status: 1
error:
	-e:1:29: error: bswap() cannot tell how many bytes this has [bad-argument]
	BEGIN { let $x; print(bswap($x)); print(bswap("x")); }
	                            ^~
	hint: say it with a cast: bswap((uint16)80)
	-e:1:47: error: the first argument of bswap() is a number, and this is string[8] [bad-argument]
	BEGIN { let $x; print(bswap($x)); print(bswap("x")); }
	                                              ^~~

== arguments of strings and memory
script: BEGIN { print(strncmp("a", "b", 0)); print(buf(pid)); print(buf("x")); print(memcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5)); print(strlen(1)); print(strcontains("a", 1)); print(kaddr(pid)); }
status: 1
error:
	-e:1:33: error: the length is from 1 to 1024, not 0 [bad-argument]
	BEGIN { print(strncmp("a", "b", 0)); print(buf(pid)); print(buf("x")); print(memcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5
	                                ^
	-e:1:44: error: buf() of an address takes a length [argument-count]
	BEGIN { print(strncmp("a", "b", 0)); print(buf(pid)); print(buf("x")); print(memcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5
	                                           ^~~~~~~~
	hint: write buf(ptr, length)
	-e:1:85: error: the first argument of memcmp() is bytes or a pointer to them, and this is uint32 [bad-argument]
	N { print(strncmp("a", "b", 0)); print(buf(pid)); print(buf("x")); print(memcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5)); 
	                                                                                ^~~
	-e:1:124: error: uint8[4] has fewer than 8 bytes [bad-argument]
	buf(pid)); print(buf("x")); print(memcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5)); print(strlen(1)); print(strcontains("a"
	                                                                                ^~~~~~~~~~~~~~~
	-e:1:160: error: the first argument of macaddr() is a pointer, or an array of 6 bytes, and this is int64 [bad-argument]
	mcmp(pid, 1, 1)); print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5)); print(strlen(1)); print(strcontains("a", 1)); print(kaddr(pid)); }
	                                                                                ^
	-e:1:178: error: the first argument of strlen() is a string, and this is int64 [bad-argument]
	print(memcmp(pton("::1"), pton("1.2.3.4"), 8)); print(macaddr(5)); print(strlen(1)); print(strcontains("a", 1)); print(kaddr(pid)); }
	                                                                                ^
	-e:1:206: error: the second argument of strcontains() is a string, and this is int64 [bad-argument]
	on("1.2.3.4"), 8)); print(macaddr(5)); print(strlen(1)); print(strcontains("a", 1)); print(kaddr(pid)); }
	                                                                                ^
	-e:1:223: error: the first argument of kaddr() is a constant string, and this is uint32 [bad-argument]
	); print(macaddr(5)); print(strlen(1)); print(strcontains("a", 1)); print(kaddr(pid)); }
	                                                                                ^~~

== clocks, modes and limits
script: BEGIN { print(nsecs(bot)); print(kstack(pref)); print(ustack(0)); print(kstack(perf, 3, 4)); }
status: 1
error:
	-e:1:21: error: the clock of nsecs() is monotonic, boot, tai or sw_tai [bad-argument]
	BEGIN { print(nsecs(bot)); print(kstack(pref)); print(ustack(0)); print(kstack(perf, 3, 4)); }
	                    ^~~
	hint: did you mean 'boot'?
	-e:1:41: error: the mode of a stack is bpftrace, perf, raw or build_id, not pref [bad-argument]
	BEGIN { print(nsecs(bot)); print(kstack(pref)); print(ustack(0)); print(kstack(perf, 3, 4)); }
	                                        ^~~~
	hint: did you mean 'perf'?
	-e:1:62: error: a stack has from 1 to 127 frames [bad-argument]
	BEGIN { print(nsecs(bot)); print(kstack(pref)); print(ustack(0)); print(kstack(perf, 3, 4)); }
	                                                             ^
	-e:1:73: error: kstack() takes at most 2 arguments, and 3 are given [argument-count]
	BEGIN { print(nsecs(bot)); print(kstack(pref)); print(ustack(0)); print(kstack(perf, 3, 4)); }
	                                                                        ^~~~~~~~~~~~~~~~~~
	hint: kstack([mode, ][limit]): the kernel's stack; modes are bpftrace, perf, raw and build_id

== what the probe does not have
script: BEGIN { print(reg("ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
status: 1
error:
	-e:1:15: error: begin has no registers [bad-context]
	BEGIN { print(reg("ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
	              ^~~~~~~~~
	hint: reg() exists in kprobe, uprobe, usdt, profile, software and hardware probes
	-e:1:33: error: the kernel gives begin no cookie of a socket [bad-context]
	BEGIN { print(reg("ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
	                                ^~~~~~~~~~~~~~~~~~~~~~
	hint: fentry, fexit and rawtracepoint probes have it
	-e:1:64: error: the kernel resolves no path for begin [bad-context]
	BEGIN { print(reg("ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
	                                                               ^~~~~~~~~~~~~
	hint: iter probes have it, and fentry and fexit probes of some functions: filp_close, vfs_open and the like
	-e:1:86: error: begin has no 'func' [bad-context]
	 { print(reg("ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
	                                                                                ^~~~
	hint: 'func' exists in kprobe, kretprobe, fentry, fexit, uprobe and uretprobe probes
	-e:1:99: WARNING: there is no command for 'cpid': it is 0 [no-command]
	"ip")); print(socket_cookie(curtask)); print(path(curtask)); print(func); print(cpid); }
	                                                                                ^~~~
	hint: pktscript -c COMMAND starts one; has_cpid is true then

== what needs --unsafe
script: BEGIN { system("ls"); signal(9); }
status: 1
error:
	-e:1:9: error: system() changes the machine [bad-context]
	BEGIN { system("ls"); signal(9); }
	        ^~~~~~~~~~~~
	hint: pktscript --unsafe allows it
	-e:1:23: error: signal() changes the machine [bad-context]
	BEGIN { system("ls"); signal(9); }
	                      ^~~~~~~~~
	hint: pktscript --unsafe allows it

== no such symbol or cgroup
script: BEGIN { print(kaddr("no such symbol")); print(cgroupid("/nonexistent")); }
status: 1
error:
	-e:1:21: error: the kernel has no symbol 'no such symbol' [bad-argument]
	BEGIN { print(kaddr("no such symbol")); print(cgroupid("/nonexistent")); }
	                    ^~~~~~~~~~~~~~~~
	hint: /proc/kallsyms lists them, with addresses for root only
	-e:1:56: error: '/nonexistent' is no cgroup: there is no such directory [bad-argument]
	BEGIN { print(kaddr("no such symbol")); print(cgroupid("/nonexistent")); }
	                                                       ^~~~~~~~~~~~~~
	hint: write the directory of a cgroup below the mount of cgroup2

== wrong arguments of len and find
script: BEGIN { @s = 1; print(len(@s)); print(len(5)); find(@m, 1); @m[1] = 1; }
status: 1
error:
	-e:1:27: error: @s has no keys to count [bad-argument]
	BEGIN { @s = 1; print(len(@s)); print(len(5)); find(@m, 1); @m[1] = 1; }
	                          ^~
	-e:1:43: error: the first argument of len() is a map, kstack or ustack, and this is int64 [bad-argument]
	BEGIN { @s = 1; print(len(@s)); print(len(5)); find(@m, 1); @m[1] = 1; }
	                                          ^
	-e:1:48: error: find() takes a map, a key and a variable [bad-argument]
	BEGIN { @s = 1; print(len(@s)); print(len(5)); find(@m, 1); @m[1] = 1; }
	                                               ^~~~~~~~~~~

== wrong formats of debugf
script: BEGIN { debugf("%s", 1); debugf("%d %d %d %d", 1, 2, 3, 4); debugf("%d"); }
status: 1
error:
	-e:1:22: error: the kernel cannot print int64 with '%s' [bad-format]
	BEGIN { debugf("%s", 1); debugf("%d %d %d %d", 1, 2, 3, 4); debugf("%d"); }
	                     ^
	hint: it prints numbers with %d %u %x %X %c %p, and strings with %s
	-e:1:26: error: debugf() takes a format and at most 3 arguments, and here are 4 [argument-count]
	BEGIN { debugf("%s", 1); debugf("%d %d %d %d", 1, 2, 3, 4); debugf("%d"); }
	                         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	-e:1:69: error: no argument for '%d' [argument-count]
	BEGIN { debugf("%s", 1); debugf("%d %d %d %d", 1, 2, 3, 4); debugf("%d"); }
	                                                                    ^~
	hint: %% prints a percent sign

== histograms are no numbers
script: BEGIN { @h = hist(1); $x = @h; }
status: 1
error:
	-e:1:28: error: @h holds hist(), which is not a value to compute with [bad-operand]
	BEGIN { @h = hist(1); $x = @h; }
	                           ^~
	-e:1:14: note: it is assigned here
	BEGIN { @h = hist(1); $x = @h; }
	             ^~~~~~~

== settings with wrong words
script: config = { stack_mode = fast; license = 5; max_strlen = big; str_trunc_trailer = x } BEGIN { }
status: 1
error:
	-e:1:25: error: stack_mode is one of bpftrace|perf|raw|build_id [unknown-config]
	config = { stack_mode = fast; license = 5; max_strlen = big; str_trunc_trailer = x } BEGIN { }
	                        ^~~~
	-e:1:41: error: license is a string [unknown-config]
	config = { stack_mode = fast; license = 5; max_strlen = big; str_trunc_trailer = x } BEGIN { }
	                                        ^
	-e:1:57: error: max_strlen is a number [unknown-config]
	config = { stack_mode = fast; license = 5; max_strlen = big; str_trunc_trailer = x } BEGIN { }
	                                                        ^~~
	-e:1:82: error: str_trunc_trailer is a string [unknown-config]
	onfig = { stack_mode = fast; license = 5; max_strlen = big; str_trunc_trailer = x } BEGIN { }
	                                                                                ^

== a license that the kernel refuses
script: config = { license = "BSD" } BEGIN { }
status: 1
error:
	-e:1:1: error: license 'BSD' is not compatible with the GPL [unknown-config]
	hint: the kernel wants "GPL", "GPL v2", "Dual BSD/GPL", "Dual MIT/GPL" or the like

== a time of the wall clock with its microseconds
requires: root
run: TZ=UTC "$PKTSCRIPT" -q -e 'BEGIN { print(strftime("%Y-%m-%dT%H:%M:%S.%f", nsecs)); time("%Y-%m-%dT%H:%M\n"); }'
expect~:
	^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}$
	^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$

== modes of stacks
requires: root
script: BEGIN { print(kstack(2)); print(kstack(perf, 2)); print(kstack(raw, 2)); print(ustack(perf, 1)); print(ustack(1)); }
expect~:
	^        bpf_prog_[0-9a-f]+_begin_0\+[0-9]+$
	^        __bpf_prog_test_run_raw_tp\+[0-9]+$
	^	[0-9a-f]{16} bpf_prog_[0-9a-f]+_begin_0\+[0-9]+$
	^[0-9a-f]{16}$
	^	[0-9a-f]+ syscall\+[0-9]+ \(/.*libc.*\)$
	^        syscall\+[0-9]+$

== stacks of a process as keys
requires: root
script: sched:sched_switch /args.prev_pid != 0/ { @[ustack(perf, 2), comm] = count(); @k[kstack(3)] = count(); } interval:50ms { if (len(@k) > 0) { exit(); } }
args: -q -f json
expect~:
	"@k": [{]".n        [a-z_]

== a cgroup's path
requires: root
run: "$PKTSCRIPT" -q -e 'BEGIN { print(cgroup_path(1)); print(cgroup_path(1, "unified")); print(cgroup_path(1, "x*")); print(cgroup_path(999999)); }'
expect:
	unified:/
	unified:/

	999999
	
	

== a cookie of a socket is its own
requires: root
script: rawtracepoint:tcp_probe { @[socket_cookie(args.sk)] = count(); } END { print(len(@) > 0); clear(@); }
traffic: traffic tcp 127.0.0.1 7007 100
expect~:
	^true$

== a cookie takes what the probe was given
script: rawtracepoint:tcp_probe { print(socket_cookie(curtask)); $s = args.sk; print(socket_cookie($s)); }
status: 1
error:
	-e:1:47: error: socket_cookie() takes an argument of the probe itself [bad-argument]
	rawtracepoint:tcp_probe { print(socket_cookie(curtask)); $s = args.sk; print(socket_cookie($s)); }
	                                              ^~~~~~~
	hint: the kernel trusts args.NAME, not a pointer that was read or stored
	-e:1:92: error: socket_cookie() takes an argument of the probe itself [bad-argument]
	nt:tcp_probe { print(socket_cookie(curtask)); $s = args.sk; print(socket_cookie($s)); }
	                                                                                ^~
	hint: the kernel trusts args.NAME, not a pointer that was read or stored

== a missing probe is a warning
script: config = { missing_probes = warn } net:no_such_event { print(1); } BEGIN { printf("begin\n"); exit(); }
args: --check
error:
	-e:1:36: WARNING: no tracepoint net:no_such_event [missing-probe]
	config = { missing_probes = warn } net:no_such_event { print(1); } BEGIN { printf("begin\n"); exit(); }
	                                   ^~~~~~~~~~~~~~~~~
	hint: list those of net with pktscript -l 'tracepoint:net:*'

== a missing probe is nothing
script: config = { missing_probes = ignore } net:no_such_event { print(1); } BEGIN { printf("begin\n"); exit(); }
args: --check

== all probes are missing
script: config = { missing_probes = ignore } net:no_such_event { print(1); }
status: 1
error:
	-e:1:1: error: none of the script's probes exists [no-probes]
	config = { missing_probes = ignore } net:no_such_event { print(1); }
	^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

== more programs than allowed
script: config = { max_bpf_progs = 1 } BEGIN { print(1); } END { print(2); }
status: 1
error:
	-e:1:52: error: the script takes 2 programs, more than 1 [too-many-probes]
	config = { max_bpf_progs = 1 } BEGIN { print(1); } END { print(2); }
	                                                   ^~~
	hint: config = { max_bpf_progs = 2 } allows them

== large strings
requires: root
script: BEGIN { $a = str(0, 512); $b = str(0, 512); print(strcontains($a, $b)); $c = str(0, 1024); print(strstr($c, "x")); print(strncmp($c, $a, 1024)); print(strlen($c)); print(strlen(str_concat($a, "12345"))); print(buf(curtask, 1000) == buf(curtask, 1000)); }
expect:
	true
	-1
	0
	0
	5
	true
	
	

== a search that is too long
script: BEGIN { $a = str(0, 1024); print(strcontains($a, $a)); }
status: 1
error:
	-e:1:34: error: strcontains() of 1024 bytes in 1024 takes more steps than a program has [too-large]
	BEGIN { $a = str(0, 1024); print(strcontains($a, $a)); }
	                                 ^~~~~~~~~~~~~~~~~~~
	hint: str(ptr, length) takes a shorter string

== pid and tid in a namespace of processes, and as the machine counts them
requires: root unshare
run:
	"$PKTSCRIPT" -q -e 'BEGIN { print((pid(init) == pid, pid(curr_ns) == pid, tid(init) == tid, tid(curr_ns) == tid)); }'
	unshare -p -f --mount-proc "$PKTSCRIPT" -q -e 'BEGIN { print((pid < 10, tid < 10, pid(init) == pid, tid(init) == tid(curr_ns))); }'
	unshare -p -f --mount-proc "$PKTSCRIPT" -q -e 't:syscalls:sys_enter_execve /pid == cpid/ { print(comm(pid)); exit(); }' -c 'sleep 1'
expect:
	(true, true, true, true)
	
	
	(true, true, false, false)
	
	
	sleep
	
	

== names and parents of processes
requires: root
script: BEGIN { print(comm(pid)); printf("[%s]\n", comm(999999999)); print((pcomm(curtask), ppid(curtask) == ppid, pcomm, ppid() == curtask->real_parent->tgid)); $p = curtask->real_parent; print(pcomm($p) == $p->group_leader->comm); @[comm(pid)] = 1; }
expect:
	pktscript
	[]
	(pktscript, true, pktscript, true)
	true


	@[pktscript]: 1

== cpid without a command is 0
requires: root
script: BEGIN { print((cpid, has_cpid)); }
expect:
	(0, false)
	
	
error:
	-e:1:16: WARNING: there is no command for 'cpid': it is 0 [no-command]
	BEGIN { print((cpid, has_cpid)); }
	               ^~~~
	hint: pktscript -c COMMAND starts one; has_cpid is true then

== errors as pointers, functions that the kernel has
requires: root
script: BEGIN { print((is_err(0), is_err(-1), is_err((int8 *)-4095), is_err(-4096), is_err(curtask))); print((kfunc_exist("bpf_task_acquire"), kfunc_exist("no_such_function"))); if comptime (kfunc_exist("no_such_function")) { fail("it is not there"); } }
expect:
	(false, true, true, false, false)
	(true, false)
	
	

== wrong arguments of pid, comm, is_err, percpu_kaddr, path, uaddr and override
script: BEGIN { print(pid(host)); print(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
args: --unsafe
status: 1
error:
	-e:1:19: error: the first argument of pid() is init or curr_ns [bad-argument]
	BEGIN { print(pid(host)); print(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                  ^~~~
	-e:1:38: error: the first argument of comm() is a number, and this is string[8] [bad-argument]
	BEGIN { print(pid(host)); print(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                                     ^~~
	-e:1:58: error: the first argument of is_err() is a pointer, and this is string[8] [bad-argument]
	BEGIN { print(pid(host)); print(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                                                         ^~~
	-e:1:84: error: the kernel has no symbol 'no such symbol' [bad-argument]
	IN { print(pid(host)); print(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                                                                                ^~~~~~~~~~~~~~~~
	hint: /proc/kallsyms lists them, with addresses for root only
	-e:1:110: error: begin is in no binary [bad-context]
	nt(comm("x")); print(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                                                                                ^~~~~~~~~~~~~
	hint: uaddr() is for uprobe, uretprobe and usdt probes
	-e:1:126: error: begin cannot keep a function from running [bad-context]
	rint(is_err("x")); print(percpu_kaddr("no such symbol")); print(uaddr("main")); override(1); }
	                                                                                ^~~~~~~~~~~
	hint: kprobe probes can, of functions that ALLOW_ERROR_INJECTION names in the kernel

== the length of a path
requires: root
script: iter:task_file { print(path(ctx.file.f_path, 0)); }
status: 1
error:
	-e:1:46: error: the length of a path is from 1 to 16384 [bad-argument]
	iter:task_file { print(path(ctx.file.f_path, 0)); }
	                                             ^

== fail() takes a format
script: BEGIN { if comptime ($1 < 2) { fail("at least %d, not %d: %s", 2, $1, "more"); } fail("%d", pid); }
args: 1
status: 1
error:
	-e:1:32: error: at least 2, not 1: more [assert]
	BEGIN { if comptime ($1 < 2) { fail("at least %d, not %d: %s", 2, $1, "more"); } fail("%d", pid); }
	                               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	-e:1:93: error: this is not known before the script runs [bad-argument]
	omptime ($1 < 2) { fail("at least %d, not %d: %s", 2, $1, "more"); } fail("%d", pid); }
	                                                                                ^~~

== probetype is known beforehand
requires: root
script: BEGIN, interval:ms:1 { if comptime (probetype == "special") { print(probe); } else { print(probetype); exit(); } }
expect:
	begin
	interval
	
	

== container_of, and addresses of members
requires: root
script: BEGIN { print(container_of(&curtask->pid, struct task_struct, pid) == curtask); print(container_of(&curtask.comm, typeof(struct task_struct), comm).comm); print(container_of((uint64)curtask + 8, typeof(*curtask), thread_info.syscall_work)->tgid == pid); print(str(&curtask->comm[3])); print(*&curtask->tgid == pid); $p = &curtask->group_leader; print((*$p)->comm); }
expect:
	true
	pktscript
	true
	script
	true
	pktscript
	
	

== wrong uses of container_of and &
script: BEGIN { print(container_of(1, struct task_struct, nope)); print(&pid); }
status: 1
error:
	-e:1:51: error: struct task_struct has no field 'nope' [unknown-field]
	BEGIN { print(container_of(1, struct task_struct, nope)); print(&pid); }
	                                                  ^~~~
	-e:1:65: error: '&' takes a variable, a map or what is behind a pointer, not this name [bad-operand]
	BEGIN { print(container_of(1, struct task_struct, nope)); print(&pid); }
	                                                                ^~~~
