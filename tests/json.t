# JSON output: every line is one object, whatever is printed.

== messages, values, maps and the end
requires: root
script: BEGIN { printf("line\n"); print(5); print("text"); print((1, "a", (2, 3))); print(true); @x = 1; @k["a", 2] = -5; @s = "text"; @t = (1, 2); }
args: -f json
expect:
	{"type": "printf", "data": "line\n"}
	{"type": "value", "data": 5}
	{"type": "value", "data": "text"}
	{"type": "value", "data": [1,"a",[2,3]]}
	{"type": "value", "data": true}
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}
	{"type": "map", "data": {"@k": {"a,2": -5}}}
	{"type": "map", "data": {"@s": "text"}}
	{"type": "map", "data": {"@t": [1,2]}}
	{"type": "map", "data": {"@x": 1}}

== aggregations
requires: root
script: BEGIN { for ($i : 0..5) { @c = count(); @q = quantile($i - 4); @qk["a"] = quantile($i); @s = sum($i); @n = min($i); @x = max($i); @a = avg($i); @st = stats($i); @h = hist($i - 1); @l = lhist($i, 1, 4, 1); @k[$i % 2] = count(); @hk["a"] = hist($i); @sk[1] = stats($i); } }
args: -f json
expect:
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}
	{"type": "stats", "data": {"@a": 2}}
	{"type": "map", "data": {"@c": 5}}
	{"type": "hist", "data": {"@h": [{"max": -1, "count": 1},{"min": 0, "max": 0, "count": 1},{"min": 1, "max": 1, "count": 1},{"min": 2, "max": 3, "count": 2}]}}
	{"type": "hist", "data": {"@hk": {"a": [{"min": 0, "max": 0, "count": 1},{"min": 1, "max": 1, "count": 1},{"min": 2, "max": 3, "count": 2},{"min": 4, "max": 7, "count": 1}]}}}
	{"type": "map", "data": {"@k": {"1": 2, "0": 3}}}
	{"type": "hist", "data": {"@l": [{"max": 0, "count": 1},{"min": 1, "max": 1, "count": 1},{"min": 2, "max": 2, "count": 1},{"min": 3, "max": 3, "count": 1},{"min": 4, "count": 1}]}}
	{"type": "map", "data": {"@n": 0}}
	{"type": "quantile", "data": {"@q": {"count": 5, "min": -4, "p50": null, "p90": 0, "p99": 0, "max": 0}}}
	{"type": "quantile", "data": {"@qk": {"a": {"count": 5, "min": 0, "p50": 2, "p90": 4, "p99": 4, "max": 4}}}}
	{"type": "map", "data": {"@s": 10}}
	{"type": "stats", "data": {"@sk": {"1": {"count": 5, "average": 2, "total": 10}}}}
	{"type": "stats", "data": {"@st": {"count": 5, "average": 2, "total": 10}}}
	{"type": "map", "data": {"@x": 4}}

== print of a map, with top and div
requires: root
script: BEGIN { for ($i : 1..5) { @m[$i] = $i * 10; } print(@m); print(@m, 2); print(@m, 2, 10); clear(@m); print(@m); @u = 1; print(@u); delete(@u); }
args: -f json
expect:
	{"type": "map", "data": {"@m": {"1": 10, "2": 20, "3": 30, "4": 40}}}
	{"type": "map", "data": {"@m": {"3": 30, "4": 40}}}
	{"type": "map", "data": {"@m": {"3": 3, "4": 4}}}
	{"type": "map", "data": {"@m": {}}}
	{"type": "map", "data": {"@u": 0}}
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}

== numbers that a double does not hold are strings
requires: root
script: BEGIN { print(9007199254740992); print(9007199254740993); print(-9007199254740993); print(0xffffffffffffffff); print(0x7fffffffffffffff); @max = max(0x7fffffffffffffff); print(1 << 62); }
args: -f json
expect:
	{"type": "value", "data": 9007199254740992}
	{"type": "value", "data": "9007199254740993"}
	{"type": "value", "data": "-9007199254740993"}
	{"type": "value", "data": "18446744073709551615"}
	{"type": "value", "data": "9223372036854775807"}
	{"type": "value", "data": 4611686018427387904}
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}
	{"type": "map", "data": {"@max": "9223372036854775807"}}

== quotes, backslashes, control characters, broken and whole UTF-8
requires: root
script: BEGIN { printf("quote \" backslash \\ tab \t bell \a nul-free \x01\x1f\x7f\n"); print("größe 日本 \xf0\x9f\x98\x80"); print("broken \xff \xc3 \xe6\x97 \xed\xa0\x80 \xc0\xaf end"); @["key \"quoted\"\n\xff"] = 1; }
args: -f json
expect:
	{"type": "printf", "data": "quote \" backslash \\ tab \t bell \u0007 nul-free \u0001\u001f\n"}
	{"type": "value", "data": "größe 日本 😀"}
	{"type": "value", "data": "broken \u00ff \u00c3 \u00e6\u0097 \u00ed\u00a0\u0080 \u00c0\u00af end"}
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}
	{"type": "map", "data": {"@": {"key \"quoted\"\n\u00ff": 1}}}

== time is a message
requires: root
script: BEGIN { time("%%constant%%\n"); }
args: -f json
expect:
	{"type": "time", "data": "%constant%\n"}
	{"type": "attached_probes", "count": 1, "data": {"probes": 1}}

== enough probes are counted
requires: root
script: BEGIN { } interval:ms:1 { exit(); } syscalls:sys_enter_sched_get_priority_m* { } END { }
args: -f json
expect: {"type": "attached_probes", "count": 5, "data": {"probes": 5}}


== jq takes every line of it
requires: root jq
run:
	cat > all.pkt <<-'E'
		BEGIN {
			for ($i : 0..256) { printf("%c\n", $i); @bytes[$i] = $i; }
			printf("\x80\x81\xfe\xff\xc2\xa0\xe2\x82\n");
			$s = "\xe2\x82\xac\xe2\x82"; print($s); print(($s, $s)); @[$s] = $s; @k[$s, 1] = ($s, -1);
			@big = 0xffffffffffffffff; @small = -0x7fffffffffffffff; @t = true;
			@h = hist(-1); @h = hist(0xffffffffffffffff); @hk["\""] = hist(5, 3); @l = lhist(-5, 0, 10, 3); @l = lhist(50, 0, 10, 3);
			@avg = avg(-5); @stats["\\"] = stats(-5); time(); print("");
		}
		syscalls:sys_enter_sched_get_priority_max { printf("%s %d\n", comm, args.policy); @[comm] = comm; }
		END { print(@h); print(@k); }
	E
	"$PKTSCRIPT" -q -f json -c 'calls 50 0' all.pkt > out
	grep -v '^[0-9]*$' out > lines
	jq -c .type < lines | sort | uniq -c | sed 's/^ *//'
expect:
	4 "hist"
	7 "map"
	307 "printf"
	2 "stats"
	1 "time"
	3 "value"

== every line has type and data
requires: root jq
run: "$PKTSCRIPT" -f json -e 'BEGIN { @a = count(); @h = hist(1); print(1); printf("x"); time(); @s = stats(1); }' | jq -e 'has("type") and has("data")' | sort | uniq -c | sed 's/^ *//'
expect:
	7 true

== jq finds what a user looks for
requires: root jq
run: "$PKTSCRIPT" -f json -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @calls[comm] = count(); @h = hist(args.policy); }' -c 'calls 64 0' | grep '^{' | jq -c 'select(.type == "map") | .data["@calls"].calls, (select(.type == "hist") | .data["@h"][-1].max)' | head -n 1
expect:
	64

== -o takes JSON too
requires: root
run: "$PKTSCRIPT" -q -f json -o out -e 'BEGIN { print(1); }'; cat out
expect: {"type": "value", "data": 1}

== losses are an object
requires: root
run: "$PKTSCRIPT" -f json -e 'config = { ring_buffer_pages = 1, max_map_keys = 1 } BEGIN { for ($i : 0..5000) { print("a text that takes some room"); @m[$i] = 1; } clear(@m); }' | tail -n 1 | sed 's/"events": [1-9][0-9]*/"events": N/'
expect:
	{"type": "lost_events", "data": {"events": N, "map_updates": 4999}}
