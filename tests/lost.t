# Loss is counted and told, never silent.

== a full map: what it holds stays right, the refused updates are told
requires: root
script: config = { max_map_keys = 3 } BEGIN { for ($i : 0..10) { @m[$i] = $i; } @m[0] = 100; @m[1]++; }
expect:


	@m[1]: 2
	@m[2]: 2
	@m[0]: 100
error:
	stdin:1:58-64: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 3 } BEGIN { for ($i : 0..10) { @m[$i] = $i; } @m[0] = 100; @m[1]++; }
	                                                         ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 7 map updates
	hint: @m is full at 3 keys; raise it with config = { max_map_keys = N }

== a full map of counts keeps the total in (other)
requires: root
script: config = { max_map_keys = 2 } BEGIN { for ($i : 0..9) { @c[$i] = count(); @h[$i] = hist($i); @a[$i] = avg($i); @x[$i] = max($i); } print(@c); }
expect:
	@c[0]: 1
	@c[1]: 1
	@c[(other)]: 7


	@a[0]: 0
	@a[1]: 1
	@a[(other)]: 5
	@c[0]: 1
	@c[1]: 1
	@c[(other)]: 7
	@h[0]:
	[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[1]:
	[1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[(other)]:
	[2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[4, 8)                 4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8, 16)                1 |@@@@@@@@@@@@@                                       |

	@x[0]: 0
	@x[1]: 1
	@x[(other)]: 8
error:
	stdin:1:57-63: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..9) { @c[$i] = count(); @h[$i] = hist($i); @a[$i] = avg($i); @x[$i] = max($i); } print(@c); }
	                                                        ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	stdin:1:75-81: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..9) { @c[$i] = count(); @h[$i] = hist($i); @a[$i] = avg($i); @x[$i] = max($i); } print(@c); }
	                                                                          ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	stdin:1:94-100: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..9) { @c[$i] = count(); @h[$i] = hist($i); @a[$i] = avg($i); @x[$i] = max($i); } print(@c); }
	                                                                                             ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	stdin:1:112-118: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..9) { @c[$i] = count(); @h[$i] = hist($i); @a[$i] = avg($i); @x[$i] = max($i); } print(@c); }
	                                                                                                               ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 28 map updates
	hint: @a is full at 2 keys; raise it with config = { max_map_keys = N }

== (other) in JSON
requires: root
script: config = { max_map_keys = 1 } BEGIN { @c["a"] = count(); @c["b"] = count(); @c["c"] = count(); }
args: -f json
expect:
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}
	{"type": "helper_error", "data": {"msg": "Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`", "helper": "map_update_elem", "retcode": -7, "filename": "stdin", "line": 1, "col": 58}}
	{"type": "helper_error", "data": {"msg": "Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`", "helper": "map_update_elem", "retcode": -7, "filename": "stdin", "line": 1, "col": 77}}
	{"type": "map", "data": {"@c": {"a": 1, "(other)": 2}}}
	{"type": "lost_events", "data": {"events": 0, "map_updates": 2}}

== increments of a full map are counted too
requires: root
script: config = { max_map_keys = 1 } BEGIN { @n["a"]++; @n["b"]++; @n["a"]++; @n["b"] += 5; }
expect:


	@n[a]: 2
error:
	stdin:1:50-59: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 1 } BEGIN { @n["a"]++; @n["b"]++; @n["a"]++; @n["b"] += 5; }
	                                                 ~~~~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	stdin:1:72-84: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 1 } BEGIN { @n["a"]++; @n["b"]++; @n["a"]++; @n["b"] += 5; }
	                                                                       ~~~~~~~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 2 map updates
	hint: @n is full at 1 key; raise it with config = { max_map_keys = N }

== a deleted key makes room again
requires: root
script: config = { max_map_keys = 1 } BEGIN { @n["a"] = 1; delete(@n, "a"); @n["b"] = 2; }
expect:


	@n[b]: 2

== max_map_keys holds for each map, a declared size for its own
requires: root
script: config = { max_map_keys = 2 } let @big = hash(4); BEGIN { for ($i : 0..4) { @big[$i] = 1; } @s[1] = 1; @s[2] = 1; }
expect:


	@big[0]: 1
	@big[1]: 1
	@big[2]: 1
	@big[3]: 1
	@s[1]: 1
	@s[2]: 1

== a full ring buffer: what was lost is told, what was printed is right
requires: root
run:
	"$PKTSCRIPT" -e 'config = { ring_buffer_pages = 1 } BEGIN { for ($i : 0..10000) { printf("%d\n", $i); @n = count(); } }' > out 2> err
	echo "status $?"
	printed=$(grep -c '^[0-9][0-9]*$' out)
	lost=$(sed -n 's/^lost: \([0-9]*\) events$/\1/p' err)
	[ "$printed" -gt 10 ] && echo "$((printed + lost)) in all"
	grep '^[0-9]' out | sort -n -c && echo "in order"
	grep @n out; grep hint err
expect:
	status 0
	10000 in all
	in order
	@n: 10000
	hint: events came faster than they were printed; filter or count them in the script, or raise ring_buffer_pages in the config block

== the same from two CPUs in a flood
requires: root
run:
	"$PKTSCRIPT" --strict -e 'config = { ring_buffer_pages = 1 } syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("e%d\n", args.policy); @n = count(); }' -c 'calls 100000 0 1' > out 2> err
	echo "status $?"
	printed=$(grep -c '^e' out)
	lost=$(sed -n 's/^lost: \([0-9]*\) events.*/\1/p' err)
	echo "$((printed + lost)) in all"; grep @n out
expect:
	status 4
	200000 in all
	@n: 200000

== a ring buffer of the usual size loses nothing of a moderate rate
requires: root
run:
	"$PKTSCRIPT" -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { printf("e%d\n", args.policy); }' -c 'calls 5000 0 1' > out 2> err
	grep -c '^e' out; ! grep lost err
expect: 10000

== exit() is never lost
requires: root
script: config = { ring_buffer_pages = 1 } interval:ms:1 { for ($i : 0..10000) { printf("%d\n", $i); } exit(5); }
args: > log
timeout: 5
status: 5
error~: ^lost: [0-9]+ events$

== a message longer than the ring buffer
requires: root
script: config = { ring_buffer_pages = 1, max_strlen = 1024 } BEGIN { $s = str($1); printf("%s %s %s %s %s\n", $s, $s, $s, $s, $s); }
args: text
expect:
	text text text text text
	
	

== what programs warn of while they run: each place once
requires: root
script:
	struct a { int x[4]; }
	BEGIN
	{
		$i = (uint8)pid | 64;
		for ($n : 0..3) { @s += 5 / @none; }
		@none = 0; @b = 7; @b /= @none; $x = 3; $x %= @none;
		$a = (uint8[4])1; $p = (struct a *)curtask;
		print((@s, @b, $x, $a[$i], 7 % $x, $p.x[$i & 3] >= 0 || true, $p.x[$i] >= 0 || true));
	}
expect:
	(3, 1, 1, 0, 0, true, true)
	
	
	@b: 1
	@none: 0
	@s: 3
error:
	stdin:5:26-35: WARNING: Divide or modulo by 0 detected. The result is 1.
		for ($n : 0..3) { @s += 5 / @none; }
		                        ~~~~~~~~~
	stdin:6:21-32: WARNING: Divide or modulo by 0 detected. The result is 1.
		@none = 0; @b = 7; @b /= @none; $x = 3; $x %= @none;
		                   ~~~~~~~~~~~
	stdin:6:42-53: WARNING: Divide or modulo by 0 detected. The result is 1.
		@none = 0; @b = 7; @b /= @none; $x = 3; $x %= @none;
		                                        ~~~~~~~~~~~
	stdin:8:21-27: WARNING: Array access out of bounds. What is read there means nothing.
		print((@s, @b, $x, $a[$i], 7 % $x, $p.x[$i & 3] >= 0 || true, $p.x[$i] >= 0 || true));
		                   ~~~~~~
	stdin:8:64-72: WARNING: Array access out of bounds. What is read there means nothing.
		print((@s, @b, $x, $a[$i], 7 % $x, $p.x[$i & 3] >= 0 || true, $p.x[$i] >= 0 || true));
		                                                              ~~~~~~~~

== warnings come while the script runs, in JSON and with --no-warnings as asked
requires: root
run:
	"$PKTSCRIPT" -q -e 'BEGIN { @z = 0; } i:ms:10 { @ = 1 / @z; } i:ms:300 { system("echo later >&2"); exit(); }' --unsafe > /dev/null
	"$PKTSCRIPT" -q -f json -e 'BEGIN { @z = 0; @ = 1 / @z; }'
	"$PKTSCRIPT" -q --no-warnings -e 'BEGIN { @z = 0; @ = 1 / @z; }'
expect:
	{"type": "runtime_error", "data": {"msg": "Divide or modulo by 0 detected. The result is 1.", "filename": "stdin", "line": 1, "col": 21}}
	{"type": "map", "data": {"@": 1}}
	{"type": "map", "data": {"@z": 0}}
	
	
	@: 1
	@z: 0
error:
	stdin:1:33-39: WARNING: Divide or modulo by 0 detected. The result is 1.
	BEGIN { @z = 0; } i:ms:10 { @ = 1 / @z; } i:ms:300 { system("echo later >&2"); exit(); }
	                                ~~~~~~
	later
