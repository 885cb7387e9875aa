# What a user gets for a mistake: the whole text, for the first wrong scripts people type.
# Every tag of parser/errors.def is here.

# Names

== a misspelt field
script: net:net_dev_queue { @ = sum(args.lne); }
status: 1
error:
	-e:1:34: error: tracepoint:net:net_dev_queue has no field 'lne' [unknown-field]
	net:net_dev_queue { @ = sum(args.lne); }
	                                 ^~~
	hint: did you mean 'len'?

== a field that is nothing like any other
script: net:net_dev_queue { @ = sum(args.bytes); }
status: 1
error:
	-e:1:34: error: tracepoint:net:net_dev_queue has no field 'bytes' [unknown-field]
	net:net_dev_queue { @ = sum(args.bytes); }
	                                 ^~~~~
	hint: its fields are skbaddr, len, name

== a field of a pointer with an arrow
script: skb:kfree_skb { @[args->raeson] = count(); }
status: 1
error:
	-e:1:25: error: tracepoint:skb:kfree_skb has no field 'raeson' [unknown-field]
	skb:kfree_skb { @[args->raeson] = count(); }
	                        ^~~~~~
	hint: did you mean 'reason'?

== a field without args
script: net:net_dev_queue { @ = hist(skbaddr); }
status: 1
error:
	-e:1:30: error: unknown name 'skbaddr' [unknown-name]
	net:net_dev_queue { @ = hist(skbaddr); }
	                             ^~~~~~~
	hint: fields of the probe are members of args: args.skbaddr

== a misspelt builtin
script: net:net_dev_queue { @[com] = count(); }
status: 1
error:
	-e:1:23: error: unknown name 'com' [unknown-name]
	net:net_dev_queue { @[com] = count(); }
	                      ^~~
	hint: did you mean 'comm'?

== a bare word
script: net:net_dev_queue { @[hello] = count(); }
status: 1
error:
	-e:1:23: error: unknown name 'hello' [unknown-name]
	net:net_dev_queue { @[hello] = count(); }
	                      ^~~~~
	hint: variables start with $, maps with @, strings stand between quotes

== a bare word as a statement
script: net:net_dev_queue { hello; }
status: 1
error:
	-e:1:21: error: unknown name 'hello' [unknown-name]
	net:net_dev_queue { hello; }
	                    ^~~~~
	hint: variables start with $, maps with @, strings stand between quotes

== a builtin in capitals
script: net:net_dev_queue { @[PID] = count(); }
status: 1
error:
	-e:1:23: error: unknown name 'PID' [unknown-name]
	net:net_dev_queue { @[PID] = count(); }
	                      ^~~
	hint: did you mean 'pid'?

== a misspelt function
script: net:net_dev_queue { pritnf("%d\n", pid); }
status: 1
error:
	-e:1:21: error: unknown function 'pritnf' [unknown-call]
	net:net_dev_queue { pritnf("%d\n", pid); }
	                    ^~~~~~
	hint: did you mean 'printf'?

== a function of another tool
script: net:net_dev_queue { tracef("x"); }
status: 1
error:
	-e:1:21: error: unknown function 'tracef' [unknown-call]
	net:net_dev_queue { tracef("x"); }
	                    ^~~~~~
	hint: pktscript --list functions shows them all

== a function without parentheses
script: net:net_dev_queue { @ = count; }
status: 1
error:
	-e:1:25: error: unknown name 'count' [unknown-name]
	net:net_dev_queue { @ = count; }
	                        ^~~~~
	hint: 'count' is a function: count(...)

== a misspelt aggregation
script: net:net_dev_queue { @ = cuont(); }
status: 1
error:
	-e:1:25: error: unknown function 'cuont' [unknown-call]
	net:net_dev_queue { @ = cuont(); }
	                        ^~~~~
	hint: did you mean 'count'?

== a builtin called with an argument
script: net:net_dev_queue { @ = sum(pid(1)); }
status: 1
error:
	-e:1:33: error: the first argument of pid() is init or curr_ns [bad-argument]
	net:net_dev_queue { @ = sum(pid(1)); }
	                                ^

== a field of a number
script: net:net_dev_queue { @[pid.x] = count(); }
status: 1
error:
	-e:1:23: error: uint32 has no fields [unknown-field]
	net:net_dev_queue { @[pid.x] = count(); }
	                      ^~~~~

== a field of args itself misspelt in a predicate
script: net:net_dev_queue /args.length > 100/ { @ = count(); }
status: 1
error:
	-e:1:25: error: tracepoint:net:net_dev_queue has no field 'length' [unknown-field]
	net:net_dev_queue /args.length > 100/ { @ = count(); }
	                        ^~~~~~
	hint: did you mean 'len'?

== a method call
script: net:net_dev_queue { @[args.name.str()] = count(); }
status: 1
error:
	-e:1:36: error: unexpected '(', expected ',' or ']' [syntax]
	net:net_dev_queue { @[args.name.str()] = count(); }
	                                   ^
	hint: functions take what they work on as an argument: str(args.name)

# Probes

== a misspelt event
script: net:net_dev_que { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint net:net_dev_que [unknown-probe]
	net:net_dev_que { @ = count(); }
	^~~~~~~~~~~~~~~
	hint: did you mean net:net_dev_queue?

== a misspelt category
script: nett:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint category nett [unknown-probe]
	nett:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~~
	hint: did you mean net:net_dev_queue?

== an unknown category
script: bananas:split { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint category bananas [unknown-probe]
	bananas:split { @ = count(); }
	^~~~~~~~~~~~~
	hint: list all categories with pktscript -l 'tracepoint:*'

== an event without its category
script: net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'net_dev_queue' [unknown-probe]
	net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~
	hint: a tracepoint is written CATEGORY:EVENT; pktscript -l '*:*net_dev_queue*' looks for it

== a misspelt probe type
script: tracepont:net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'tracepont' [unknown-probe]
	tracepont:net:net_dev_queue { @ = count(); }
	^~~~~~~~~
	hint: did you mean 'tracepoint'?

== a probe type that is not known
script: tripwire:tcp:send:msg { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'tripwire' [unknown-probe]
	tripwire:tcp:send:msg { @ = count(); }
	^~~~~~~~
	hint: pktscript -l probes lists the types that there are

== a probe type that is not known, with an offset
script: tripwire:tcp_sendmsg+8:x { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'tripwire' [unknown-probe]
	tripwire:tcp_sendmsg+8:x { @ = count(); }
	^~~~~~~~
	hint: pktscript -l probes lists the types that there are

== a tracepoint without its event
script: tracepoint:net { @ = count(); }
status: 1
error:
	-e:1:1: error: malformed probe 'tracepoint:net' [bad-probe]
	tracepoint:net { @ = count(); }
	^~~~~~~~~~~~~~
	hint: written tracepoint:CATEGORY:EVENT, or CATEGORY:EVENT

== a tracepoint with an empty event
script: net: { @ = count(); }
status: 1
error:
	-e:1:1: error: malformed probe 'net:' [bad-probe]
	net: { @ = count(); }
	^~~~
	hint: written tracepoint:CATEGORY:EVENT, or CATEGORY:EVENT

== a tracepoint with too many parts
script: tracepoint:net:net_dev_queue:x { @ = count(); }
status: 1
error:
	-e:1:1: error: malformed probe 'tracepoint:net:net_dev_queue:x' [bad-probe]
	tracepoint:net:net_dev_queue:x { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	hint: written tracepoint:CATEGORY:EVENT, or CATEGORY:EVENT

== a glob that matches nothing
script: net:zzz* { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint net:zzz* [unknown-probe]
	net:zzz* { @ = count(); }
	^~~~~~~~
	hint: list those of net with pktscript -l 'tracepoint:net:*'

== a glob of categories that matches nothing
script: zzz*:* { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint matches zzz*:* [unknown-probe]
	zzz*:* { @ = count(); }
	^~~~~~
	hint: list all categories with pktscript -l 'tracepoint:*'

== begin with a part
script: begin:1 { @ = count(); }
status: 1
error:
	-e:1:1: error: malformed probe 'begin:1' [bad-probe]
	begin:1 { @ = count(); }
	^~~~~~~
	hint: written begin

== a misspelt begin
script: BEGINN { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'BEGINN' [unknown-probe]
	BEGINN { @ = count(); }
	^~~~~~
	hint: did you mean 'begin'?

== begin in lower and upper case
script: Begni { @ = count(); }
status: 1
error:
	-e:1:1: error: unknown probe type 'Begni' [unknown-probe]
	Begni { @ = count(); }
	^~~~~
	hint: did you mean 'begin'?

== an interval in unknown units
script: interval:min:1 { print(1); }
status: 1
error:
	-e:1:1: error: unknown unit 'min' of a period [bad-probe]
	interval:min:1 { print(1); }
	^~~~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== an interval with its parts exchanged
script: interval:1:s { print(1); }
status: 1
error:
	-e:1:1: error: unknown unit '1' of a period [bad-probe]
	interval:1:s { print(1); }
	^~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== an interval of no time
script: interval:s:0 { print(1); }
status: 1
error:
	-e:1:1: error: a period is a whole number from 1, not '0' [bad-probe]
	interval:s:0 { print(1); }
	^~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== a negative interval
script: interval:s:-1 { print(1); }
status: 1
error:
	-e:1:1: error: a period is a whole number from 1, not '-1' [bad-probe]
	interval:s:-1 { print(1); }
	^~~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== an interval without a unit
script: interval:5 { print(1); }
args: --check

== an interval without anything
script: interval { print(1); }
status: 1
error:
	-e:1:1: error: malformed probe 'interval' [bad-probe]
	interval { print(1); }
	^~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== an interval that is too long
script: interval:s:99999999999999 { print(1); }
status: 1
error:
	-e:1:1: error: the period is too long [bad-probe]
	interval:s:99999999999999 { print(1); }
	^~~~~~~~~~~~~~~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== an interval with a fraction
script: interval:s:0.5 { print(1); }
status: 1
error:
	-e:1:1: error: a period is a whole number from 1, not '0.5' [bad-probe]
	interval:s:0.5 { print(1); }
	^~~~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== two probes without a comma
script: net:net_dev_queue net:netif_rx { @ = count(); }
status: 1
error:
	-e:1:19: error: unexpected 'net:netif_rx', expected '{' [syntax]
	net:net_dev_queue net:netif_rx { @ = count(); }
	                  ^~~~~~~~~~~~
	hint: probes are separated by ','

== spaces around the colon of a probe
script: net : net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:5: error: unexpected ':', expected '{' [syntax]
	net : net_dev_queue { @ = count(); }
	    ^
	hint: a probe is written without spaces: CATEGORY:EVENT

== a path as an event
script: net:../skb/kfree_skb { @ = count(); }
status: 1
error:
	-e:1:1: error: no tracepoint net:../skb/kfree_skb [unknown-probe]
	net:../skb/kfree_skb { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~
	hint: list those of net with pktscript -l 'tracepoint:net:*'

== args in begin
script: begin { @ = args.len; }
status: 1
error:
	-e:1:13: error: begin has no 'args' [bad-context]
	begin { @ = args.len; }
	            ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== args in BEGIN
script: BEGIN { printf("%d", args.len); }
status: 1
error:
	-e:1:22: error: begin has no 'args' [bad-context]
	BEGIN { printf("%d", args.len); }
	                     ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== args in an interval
script: interval:s:1 { @ = sum(args.len); }
status: 1
error:
	-e:1:24: error: interval:s:1 has no 'args' [bad-context]
	interval:s:1 { @ = sum(args.len); }
	                       ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== args in the predicate of end
script: end /args.len/ { print(1); }
status: 1
error:
	-e:1:6: error: end has no 'args' [bad-context]
	end /args.len/ { print(1); }
	     ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== a field that only one of two probes has
script: net:net_dev_queue, skb:consume_skb { @ = sum(args.len); }
status: 1
error:
	-e:1:51: error: tracepoint:skb:consume_skb has no field 'len' [unknown-field]
	net:net_dev_queue, skb:consume_skb { @ = sum(args.len); }
	                                                  ^~~
	hint: its fields are skbaddr, location

== too many probes
script: config = { max_probes = 1 } net:net_dev_queue, skb:kfree_skb { @ = count(); }
status: 1
error:
	-e:1:29: error: the script has 2 probes, more than 1 [too-many-probes]
	config = { max_probes = 1 } net:net_dev_queue, skb:kfree_skb { @ = count(); }
	                            ^~~~~~~~~~~~~~~~~
	hint: config = { max_probes = 2 } allows them

# Shape

== no script
script: 
status: 1
error:
	-e:1:1: error: the script has no probes [no-probes]
	hint: a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }

== an empty script
run: "$PKTSCRIPT" -e ""
status: 1
error:
	-e:1:1: error: the script has no probes [no-probes]
	hint: a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }

== a script with only a comment
script: // net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: the script has no probes [no-probes]
	hint: a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }

== only a predicate
script: /args.len > 100/ { @ = count(); }
status: 1
error:
	-e:1:1: error: unexpected '/', expected a probe [syntax]
	/args.len > 100/ { @ = count(); }
	^
	hint: a probe comes first: PROBE /predicate/ { ... }

== only braces
script: { @ = count(); }
status: 1
error:
	-e:1:1: error: unexpected '{', expected a probe [syntax]
	{ @ = count(); }
	^
	hint: a probe comes first: PROBE /predicate/ { ... }

== a probe without a body
script: net:net_dev_queue
status: 1
error:
	-e:1:18: error: unexpected end of the script, expected '{' [syntax]
	net:net_dev_queue
	                 ^
	hint: a probe has a body: PROBE { ... }

== a probe and a predicate without a body
script: net:net_dev_queue /pid == 1/
status: 1
error:
	-e:1:29: error: unexpected end of the script, expected a value [syntax]
	net:net_dev_queue /pid == 1/
	                            ^
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a body without a probe after another
script: begin { print(1); } { print(2); }
status: 1
error:
	-e:1:21: error: unexpected '{', expected a probe [syntax]
	begin { print(1); } { print(2); }
	                    ^
	hint: a probe comes first: PROBE /predicate/ { ... }

== a statement outside of a body
script: @ = count();
status: 1
error:
	-e:1:1: error: unexpected '@', expected a probe [syntax]
	@ = count();
	^
	hint: statements stand in the body of a probe: PROBE { ... }

== a missing closing brace
script: net:net_dev_queue { @ = count();
status: 1
error:
	-e:1:33: error: unexpected end of the script, expected '}' [syntax]
	net:net_dev_queue { @ = count();
	                                ^
	-e:1:19: note: this '{' is not closed
	net:net_dev_queue { @ = count();
	                  ^

== a missing closing brace of an if
script: net:net_dev_queue { if (pid == 1) { @ = count(); }
status: 1
error:
	-e:1:51: error: unexpected end of the script, expected '}' [syntax]
	net:net_dev_queue { if (pid == 1) { @ = count(); }
	                                                  ^
	-e:1:19: note: this '{' is not closed
	net:net_dev_queue { if (pid == 1) { @ = count(); }
	                  ^

== a closing brace too many
script: net:net_dev_queue { @ = count(); } }
status: 1
error:
	-e:1:36: error: unexpected '}', expected a probe [syntax]
	net:net_dev_queue { @ = count(); } }
	                                   ^
	hint: there is no '{' for it

== a missing closing parenthesis
script: net:net_dev_queue { @ = sum(args.len; }
status: 1
error:
	-e:1:37: error: unexpected ';', expected ')' [syntax]
	net:net_dev_queue { @ = sum(args.len; }
	                                    ^
	-e:1:28: note: this '(' is not closed
	net:net_dev_queue { @ = sum(args.len; }
	                           ^

== a missing closing parenthesis at the end of a condition
script: net:net_dev_queue { if (args.len > 100 { @ = count(); } }
status: 1
error:
	-e:1:40: error: unexpected '{', expected ')' or ',' [syntax]
	net:net_dev_queue { if (args.len > 100 { @ = count(); } }
	                                       ^
	-e:1:24: note: this '(' is not closed
	net:net_dev_queue { if (args.len > 100 { @ = count(); } }
	                       ^

== a closing parenthesis too many
script: net:net_dev_queue { @ = sum(args.len)); }
status: 1
error:
	-e:1:38: error: unexpected ')', expected ';' or '}' [syntax]
	net:net_dev_queue { @ = sum(args.len)); }
	                                     ^
	hint: there is no '(' for it

== a missing closing bracket
script: net:net_dev_queue { @[comm = count(); }
status: 1
error:
	-e:1:28: error: unexpected '=', expected ',' or ']' [syntax]
	net:net_dev_queue { @[comm = count(); }
	                           ^
	-e:1:22: note: this '[' is not closed
	net:net_dev_queue { @[comm = count(); }
	                     ^

== a missing opening bracket
script: net:net_dev_queue { @comm] = count(); }
status: 1
error:
	-e:1:26: error: unexpected ']', expected ';' or '}' [syntax]
	net:net_dev_queue { @comm] = count(); }
	                         ^
	hint: there is no '[' for it

== empty brackets
script: net:net_dev_queue { @[] = count(); }
status: 1
error:
	-e:1:23: error: unexpected ']', expected a value [syntax]
	net:net_dev_queue { @[] = count(); }
	                      ^

== a missing semicolon
script: net:net_dev_queue { @a = count() @b = count(); }
status: 1
error:
	-e:1:33: error: missing ';' before '@b' [syntax]
	net:net_dev_queue { @a = count() @b = count(); }
	                                ^
	hint: statements are separated by ';'

== a missing semicolon at the end of a line
script:
	net:net_dev_queue {
		@a = count()
		@b = count();
	}
status: 1
error:
	-e:2:14: error: missing ';' before '@b' [syntax]
		@a = count()
		            ^
	hint: statements are separated by ';'

== a comma for a semicolon
script: net:net_dev_queue { @a = count(), @b = count(); }
status: 1
error:
	-e:1:33: error: unexpected ',', expected ';' or '}' [syntax]
	net:net_dev_queue { @a = count(), @b = count(); }
	                                ^
	hint: statements are separated by ';'

== a missing comma between arguments
script: net:net_dev_queue { printf("%d %d\n", pid tid); }
status: 1
error:
	-e:1:43: error: unexpected 'tid', expected ')' [syntax]
	net:net_dev_queue { printf("%d %d\n", pid tid); }
	                                          ^~~
	hint: values are separated by ','

== a comma too many in a call
script: net:net_dev_queue { printf("%d\n", pid,); }
status: 1
error:
	-e:1:40: error: unexpected ')', expected a value [syntax]
	net:net_dev_queue { printf("%d\n", pid,); }
	                                       ^

== a missing operand
script: net:net_dev_queue { @ = sum(args.len + ); }
status: 1
error:
	-e:1:40: error: unexpected ')', expected a value [syntax]
	net:net_dev_queue { @ = sum(args.len + ); }
	                                       ^

== a missing value
script: net:net_dev_queue { @ = ; }
status: 1
error:
	-e:1:25: error: unexpected ';', expected a value [syntax]
	net:net_dev_queue { @ = ; }
	                        ^

== else without if
script: net:net_dev_queue { else { @ = count(); } }
status: 1
error:
	-e:1:21: error: unexpected 'else', expected a statement [syntax]
	net:net_dev_queue { else { @ = count(); } }
	                    ^~~~
	hint: 'else' follows the '}' of its 'if'

== a semicolon before else
script: net:net_dev_queue { if (pid == 1) { @ = count(); }; else { @b = count(); } }
status: 1
error:
	-e:1:53: error: unexpected 'else', expected a statement [syntax]
	net:net_dev_queue { if (pid == 1) { @ = count(); }; else { @b = count(); } }
	                                                    ^~~~
	hint: 'else' follows the '}' of its 'if'

== elseif
script: net:net_dev_queue { if (pid == 1) { @ = count(); } elseif (pid == 2) { @b = count(); } }
status: 1
error:
	-e:1:52: error: unknown word 'elseif' [syntax]
	net:net_dev_queue { if (pid == 1) { @ = count(); } elseif (pid == 2) { @b = count(); } }
	                                                   ^~~~~~
	hint: write 'else if'

== elif
script: net:net_dev_queue { if (pid == 1) { @ = count(); } elif (pid == 2) { @b = count(); } }
status: 1
error:
	-e:1:52: error: unknown word 'elif' [syntax]
	net:net_dev_queue { if (pid == 1) { @ = count(); } elif (pid == 2) { @b = count(); } }
	                                                   ^~~~
	hint: write 'else if'

== an if without braces
script: net:net_dev_queue { if (pid == 1) @ = count(); }
status: 1
error:
	-e:1:35: error: unexpected '@', expected '{' [syntax]
	net:net_dev_queue { if (pid == 1) @ = count(); }
	                                  ^
	hint: a block follows between braces: { ... }

== an if without a condition
script: net:net_dev_queue { if { @ = count(); } }
status: 1
error:
	-e:1:24: error: unexpected '{', expected a value [syntax]
	net:net_dev_queue { if { @ = count(); } }
	                       ^

== a for loop of C
script: net:net_dev_queue { for ($i = 0; $i < 3; $i++) { print($i); } }
status: 1
error:
	-e:1:29: error: unexpected '=', expected ':' [syntax]
	net:net_dev_queue { for ($i = 0; $i < 3; $i++) { print($i); } }
	                            ^
	hint: '==' compares, '=' assigns
	-e:1:46: error: unexpected ')', expected ';' or '}' [syntax]
	net:net_dev_queue { for ($i = 0; $i < 3; $i++) { print($i); } }
	                                             ^
	hint: there is no '(' for it

== a function definition
script: fn f() { print(1); }
status: 1
error:
	-e:1:1: error: the script has no probes [no-probes]
	fn f() { print(1); }
	^~~~~~~~~~~~~~~~~~~~
	hint: a probe is written PROBE { ... }: net:net_dev_queue { @[comm] = count(); }

== then
script: net:net_dev_queue { if (pid == 1) then { @ = count(); } }
status: 1
error:
	-e:1:35: error: unexpected 'then', expected '{' [syntax]
	net:net_dev_queue { if (pid == 1) then { @ = count(); } }
	                                  ^~~~
	hint: a block follows between braces: { ... }

== and for &&
script: net:net_dev_queue { if (pid == 1 and tid == 2) { @ = count(); } }
status: 1
error:
	-e:1:34: error: unknown word 'and' [syntax]
	net:net_dev_queue { if (pid == 1 and tid == 2) { @ = count(); } }
	                                 ^~~
	hint: write '&&'

== three equal signs
script: net:net_dev_queue /pid === 1/ { @ = count(); }
status: 1
error:
	-e:1:26: error: unexpected '=', expected a value [syntax]
	net:net_dev_queue /pid === 1/ { @ = count(); }
	                         ^
	hint: '==' compares, '=' assigns

== => for >=
script: net:net_dev_queue /pid => 1/ { @ = count(); }
status: 1
error:
	-e:1:24: error: unexpected '=', expected '/' [syntax]
	net:net_dev_queue /pid => 1/ { @ = count(); }
	                       ^
	hint: '==' compares, '=' assigns

== a keyword for a name
script: net:net_dev_queue { @[if] = count(); }
status: 1
error:
	-e:1:25: error: unexpected ']', expected a value [syntax]
	net:net_dev_queue { @[if] = count(); }
	                        ^

== a variable without a name
script: net:net_dev_queue { $ = 1; }
status: 1
error:
	-e:1:21: error: unexpected character '$' [bad-character]
	net:net_dev_queue { $ = 1; }
	                    ^
	hint: a name follows: $name

== a variable that starts with a digit
script: net:net_dev_queue { $1x = 1; }
status: 1
error:
	-e:1:23: error: unexpected 'x', expected ';' or '}' [syntax]
	net:net_dev_queue { $1x = 1; }
	                      ^
	hint: a name starts with a letter or '_'

== a map that starts with a digit
script: net:net_dev_queue { @1 = count(); }
status: 1
error:
	-e:1:22: error: unexpected '1', expected ';' or '}' [syntax]
	net:net_dev_queue { @1 = count(); }
	                     ^
	hint: a name starts with a letter or '_'

== a let without a variable
script: net:net_dev_queue { let x = 1; }
status: 1
error:
	-e:1:25: error: unexpected 'x', expected a variable [syntax]
	net:net_dev_queue { let x = 1; }
	                        ^
	hint: variables start with $: let $x = 1

== an awk range
script: net:net_dev_queue { for $i : 1...3 { print($i); } }
status: 1
error:
	-e:1:33: error: unexpected '.', expected a value [syntax]
	net:net_dev_queue { for $i : 1...3 { print($i); } }
	                                ^

# Predicates

== a predicate that is not closed
script: net:net_dev_queue /args.len > 100 { @ = count(); }
status: 1
error:
	-e:1:35: error: unexpected '{', expected '/' [syntax]
	net:net_dev_queue /args.len > 100 { @ = count(); }
	                                  ^
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a predicate that is not opened
script: net:net_dev_queue args.len > 100/ { @ = count(); }
status: 1
error:
	-e:1:19: error: unexpected 'args.len', expected '{' [syntax]
	net:net_dev_queue args.len > 100/ { @ = count(); }
	                  ^~~~~~~~
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a predicate without slashes
script: net:net_dev_queue args.len > 100 { @ = count(); }
status: 1
error:
	-e:1:19: error: unexpected 'args.len', expected '{' [syntax]
	net:net_dev_queue args.len > 100 { @ = count(); }
	                  ^~~~~~~~
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a predicate in parentheses
script: net:net_dev_queue (args.len > 100) { @ = count(); }
status: 1
error:
	-e:1:19: error: unexpected '(', expected '{' [syntax]
	net:net_dev_queue (args.len > 100) { @ = count(); }
	                  ^
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a predicate with if
script: net:net_dev_queue if (args.len > 100) { @ = count(); }
status: 1
error:
	-e:1:19: error: unexpected 'if', expected '{' [syntax]
	net:net_dev_queue if (args.len > 100) { @ = count(); }
	                  ^~
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== an empty predicate
script: net:net_dev_queue // { @ = count(); }
status: 1
error:
	-e:1:38: error: unexpected end of the script, expected '{' [syntax]
	net:net_dev_queue // { @ = count(); }
	                                     ^
	hint: '//' starts a comment

== an empty predicate with a space
script: net:net_dev_queue / / { @ = count(); }
status: 1
error:
	-e:1:21: error: unexpected '/', expected a value [syntax]
	net:net_dev_queue / / { @ = count(); }
	                    ^
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== = for == in a predicate
script: net:net_dev_queue /pid = 1/ { @ = count(); }
status: 1
error:
	-e:1:24: error: unexpected '=', expected '/' [syntax]
	net:net_dev_queue /pid = 1/ { @ = count(); }
	                       ^
	hint: '==' compares, '=' assigns

== = for == in a condition
script: net:net_dev_queue { if (pid = 1) { @ = count(); } }
status: 1
error:
	-e:1:24: error: a condition is true or false, and this is (int64) [bad-operand]
	net:net_dev_queue { if (pid = 1) { @ = count(); } }
	                       ^~~~~~~~~
	hint: '==' compares, '=' assigns

== a predicate that is a string
script: net:net_dev_queue /comm/ { @ = count(); }
status: 1
error:
	-e:1:20: error: a condition is true or false, and this is string[16] [bad-operand]
	net:net_dev_queue /comm/ { @ = count(); }
	                   ^~~~
	hint: compare it: ... == "text"

== a predicate that is a map of histograms
script: net:net_dev_queue /@ > 10/ { @ = hist(1); }
status: 1
error:
	-e:1:20: error: @ holds hist(), which is not a value to compute with [bad-operand]
	net:net_dev_queue /@ > 10/ { @ = hist(1); }
	                   ^
	-e:1:34: note: it is assigned here
	net:net_dev_queue /@ > 10/ { @ = hist(1); }
	                                 ^~~~~~~

== a pattern in a predicate
script: net:net_dev_queue /comm == /curl/ { @ = count(); }
status: 1
error:
	-e:1:28: error: unexpected '/', expected a value [syntax]
	net:net_dev_queue /comm == /curl/ { @ = count(); }
	                           ^
	hint: a predicate stands between two slashes: /args.len > 100/ { ... }

== a predicate after the body
script: net:net_dev_queue { @ = count(); } /pid == 1/
status: 1
error:
	-e:1:36: error: unexpected '/', expected a probe [syntax]
	net:net_dev_queue { @ = count(); } /pid == 1/
	                                   ^
	hint: a probe comes first: PROBE /predicate/ { ... }

# Characters, strings, numbers, comments

== quotes from a web page
script: net:net_dev_queue /comm == “curl”/ { @ = count(); }
status: 1
error:
	-e:1:28: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue /comm == “curl”/ { @ = count(); }
	                           ^~~~~~
	hint: plain double quotes are right: "curl"

== quotes of two kinds
script: net:net_dev_queue { printf(“%d\n", pid); }
status: 1
error:
	-e:1:28: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue { printf(“%d\n", pid); }
	                           ^~~~~~
	hint: plain double quotes are right: "%d\n"

== single quotes from a web page
script: net:net_dev_queue /comm == ‘curl’/ { @ = count(); }
status: 1
error:
	-e:1:28: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue /comm == ‘curl’/ { @ = count(); }
	                           ^~~~~~
	hint: plain double quotes are right: "curl"

== German quotes
script: net:net_dev_queue { print(„hallo“); }
status: 1
error:
	-e:1:27: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue { print(„hallo“); }
	                          ^~~~~~~
	hint: plain double quotes are right: "hallo"

== a single-quoted string
script: net:net_dev_queue /comm == 'curl'/ { @ = count(); }
status: 1
error:
	-e:1:28: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue /comm == 'curl'/ { @ = count(); }
	                           ^~~~~~
	hint: plain double quotes are right: "curl"

== backticks
script: net:net_dev_queue { print(`date`); }
status: 1
error:
	-e:1:27: error: a string between the wrong quotes [bad-character]
	net:net_dev_queue { print(`date`); }
	                          ^~~~~~
	hint: plain double quotes are right: "date"

== an en dash for a minus
script: net:net_dev_queue { @ = sum(args.len – 14); }
status: 1
error:
	-e:1:38: error: dash '–' [bad-character]
	net:net_dev_queue { @ = sum(args.len – 14); }
	                                     ^
	hint: minus is the plain '-'

== a minus sign
script: net:net_dev_queue { @ = sum(args.len − 14); }
status: 1
error:
	-e:1:38: error: minus sign '−' [bad-character]
	net:net_dev_queue { @ = sum(args.len − 14); }
	                                     ^
	hint: minus is the plain '-'

== a no-break space
script: net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:24: error: no-break space ' ' [bad-character]
	net:net_dev_queue { @ = count(); }
	                       ^
	hint: replace it with a plain space

== a no-break space between probe and body
script: net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:18: error: no-break space ' ' [bad-character]
	net:net_dev_queue { @ = count(); }
	                 ^
	hint: replace it with a plain space

== a zero-width space
script: net:net_dev_queue { @​ = count(); }
status: 1
error:
	-e:1:22: error: zero-width space '​' [bad-character]
	net:net_dev_queue { @​ = count(); }
	                     ^
	hint: remove it

== another alphabet in a name
script: net:net_dev_queue { @größe = sum(args.len); }
status: 1
error:
	-e:1:24: error: unexpected character 'ö' [bad-character]
	net:net_dev_queue { @größe = sum(args.len); }
	                       ^
	hint: names consist of the letters a to z, digits and '_'

== a semicolon of another alphabet
script: net:net_dev_queue { @ = count()； }
status: 1
error:
	-e:1:32: error: unexpected character '；' [bad-character]
	net:net_dev_queue { @ = count()； }
	                               ^
	hint: write ';'

== a byte order mark
run:
	printf '\357\273\277net:net_dev_queue { @ = count(); }\n' > bom.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check bom.pkt

== a character that no script contains
script: net:net_dev_queue { @ = count() \ }
status: 1
error:
	-e:1:33: error: unexpected character '\' [bad-character]
	net:net_dev_queue { @ = count() \ }
	                                ^

== a hash comment
script:
	# counts packets
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: unexpected character '#' [bad-character]
	# counts packets
	^
	hint: a comment starts with //

== a hash comment in a body
script:
	net:net_dev_queue {
		@ = count(); # packets
	}
status: 1
error:
	-e:2:15: error: unexpected character '#' [bad-character]
		@ = count(); # packets
		             ^
	hint: a comment starts with //

== a string that does not end
script: net:net_dev_queue { printf("%d\n, pid); }
status: 1
error:
	-e:1:28: error: this string does not end on its line [bad-string]
	net:net_dev_queue { printf("%d\n, pid); }
	                           ^~~~~~~~~~~~~~
	hint: close it with ", and write a new line inside it as \n

== a string over two lines
script:
	net:net_dev_queue { printf("a
	b"); }
status: 1
error:
	-e:1:28: error: this string does not end on its line [bad-string]
	net:net_dev_queue { printf("a
	                           ^~
	hint: close it with ", and write a new line inside it as \n

== a comment that does not end
script: net:net_dev_queue { @ = count(); } /* packets
status: 1
error:
	-e:1:36: error: this comment does not end [bad-comment]
	net:net_dev_queue { @ = count(); } /* packets
	                                   ^~
	hint: close it with */

== a comment that does not end before the body
script: net:net_dev_queue /* packets { @ = count(); }
status: 1
error:
	-e:1:19: error: this comment does not end [bad-comment]
	net:net_dev_queue /* packets { @ = count(); }
	                  ^~
	hint: close it with */

== a comment that ends twice
script: net:net_dev_queue { /* a /* b */ c */ @ = count(); }
status: 1
error:
	-e:1:37: error: unexpected '/', expected a value [syntax]
	net:net_dev_queue { /* a /* b */ c */ @ = count(); }
	                                    ^
	hint: comments do not nest: the first */ ends them

== an unknown escape
script: net:net_dev_queue { print("a\qb\zc"); }
status: 1
error:
	-e:1:29: error: unknown escape '\q' [bad-string]
	net:net_dev_queue { print("a\qb\zc"); }
	                            ^~
	hint: known are \n \t \r \" \\ \ooo (octal) and \xhh
	-e:1:32: error: unknown escape '\z' [bad-string]
	net:net_dev_queue { print("a\qb\zc"); }
	                               ^~
	hint: known are \n \t \r \" \\ \ooo (octal) and \xhh

== an incomplete hex escape
script: net:net_dev_queue { print("\xg"); }
status: 1
error:
	-e:1:28: error: unknown escape '\x' [bad-string]
	net:net_dev_queue { print("\xg"); }
	                           ^~
	hint: known are \n \t \r \" \\ \ooo (octal) and \xhh

== an escape of a wide character
script: net:net_dev_queue { print("\é"); }
status: 1
error:
	-e:1:28: error: unknown escape '\é' [bad-string]
	net:net_dev_queue { print("\é"); }
	                           ^~
	hint: known are \n \t \r \" \\ \ooo (octal) and \xhh

== 0x without digits
script: net:net_dev_queue { @ = 0x; }
status: 1
error:
	-e:1:25: error: '0x' is no number [bad-number]
	net:net_dev_queue { @ = 0x; }
	                        ^~
	hint: hexadecimal digits, 0-9 and a-f, follow 0x

== hex with a wrong digit
script: net:net_dev_queue { @ = 0x1g; }
status: 1
error:
	-e:1:25: error: '0x1g' is no number [bad-number]
	net:net_dev_queue { @ = 0x1g; }
	                        ^~~~
	hint: hexadecimal digits, 0-9 and a-f, follow 0x

== octal with a 9
script: net:net_dev_queue { @ = 09; }
status: 1
error:
	-e:1:25: error: '09' is no number [bad-number]
	net:net_dev_queue { @ = 09; }
	                        ^~
	hint: a number that starts with 0 is octal: its digits are 0-7

== binary with a 2
script: net:net_dev_queue { @ = 0b12; }
status: 1
error:
	-e:1:25: error: '0b12' is no number [bad-number]
	net:net_dev_queue { @ = 0b12; }
	                        ^~~~
	hint: binary digits, 0 and 1, follow 0b

== a number with a letter
script: net:net_dev_queue { @ = 1z; }
status: 1
error:
	-e:1:25: error: '1z' is no number [bad-number]
	net:net_dev_queue { @ = 1z; }
	                        ^~
	hint: a number ends with a digit, or with ns, us, ms, s, m, h or d for a time

== a number with a large exponent
script: net:net_dev_queue { @ = 1e30; }
status: 1
error:
	-e:1:25: error: '1e30' does not fit 64 bits [bad-number]
	net:net_dev_queue { @ = 1e30; }
	                        ^~~~

== a number over 64 bits
script: net:net_dev_queue { @ = 99999999999999999999; }
status: 1
error:
	-e:1:25: error: '99999999999999999999' does not fit 64 bits [bad-number]
	net:net_dev_queue { @ = 99999999999999999999; }
	                        ^~~~~~~~~~~~~~~~~~~~

== a time over 64 bits
script: net:net_dev_queue { @ = 1000000d; }
status: 1
error:
	-e:1:25: error: '1000000d' does not fit 64 bits [bad-number]
	net:net_dev_queue { @ = 1000000d; }
	                        ^~~~~~~~

== a fraction
script: net:net_dev_queue { @ = 1.5; }
status: 1
error:
	-e:1:25: error: '1.5' is no integer [bad-number]
	net:net_dev_queue { @ = 1.5; }
	                        ^~~
	hint: there are no fractions; times have units: 1500ms

== a parameter $0
script: net:net_dev_queue { print($0); }
status: 1
error:
	-e:1:27: error: no positional parameter '$0': they are $1 to $1000 [bad-number]
	net:net_dev_queue { print($0); }
	                          ^~

== a parameter that is not given
script: net:net_dev_queue { @[$1] = count(); }
args: --check
error:
	-e:1:23: WARNING: positional parameter $1 is not given: it is 0 or "" [missing-parameter]
	net:net_dev_queue { @[$1] = count(); }
	                      ^~

# Types

== a string minus a number
script: net:net_dev_queue { @ = sum(comm - 1); }
status: 1
error:
	-e:1:29: error: '-' takes numbers, not string[16] and int64 [bad-operand]
	net:net_dev_queue { @ = sum(comm - 1); }
	                            ^~~~~~~~

== a string plus a string
script: net:net_dev_queue { @["a" + "b"] = count(); }
status: 1
error:
	-e:1:23: error: '+' takes numbers, not string[8] and string[8] [bad-operand]
	net:net_dev_queue { @["a" + "b"] = count(); }
	                      ^~~~~~~~~

== a number compared with a string
script: net:net_dev_queue /pid == "1"/ { @ = count(); }
status: 1
error:
	-e:1:20: error: '==' cannot compare uint32 and string[8] [bad-operand]
	net:net_dev_queue /pid == "1"/ { @ = count(); }
	                   ^~~~~~~~~~

== a string compared with a number
script: net:net_dev_queue /comm == 1/ { @ = count(); }
status: 1
error:
	-e:1:20: error: '==' cannot compare string[16] and int64 [bad-operand]
	net:net_dev_queue /comm == 1/ { @ = count(); }
	                   ^~~~~~~~~

== a string ordered
script: net:net_dev_queue /comm > "a"/ { @ = count(); }
status: 1
error:
	-e:1:20: error: '>' cannot compare string[16] and string[8] [bad-operand]
	net:net_dev_queue /comm > "a"/ { @ = count(); }
	                   ^~~~~~~~~~

== a minus before a string
script: net:net_dev_queue { @ = sum(-comm); }
status: 1
error:
	-e:1:29: error: '-' takes a number, and this is string[16] [bad-operand]
	net:net_dev_queue { @ = sum(-comm); }
	                            ^~~~~

== a number dereferenced
script: net:net_dev_queue { @ = *5; }
status: 1
error:
	-e:1:25: error: '*' takes a pointer, and this is int64 [bad-operand]
	net:net_dev_queue { @ = *5; }
	                        ^~

== an index of a number
script: net:net_dev_queue { @ = pid[0]; }
status: 1
error:
	-e:1:25: error: '[...]' takes an array, a string or a pointer, and this is uint32 [bad-operand]
	net:net_dev_queue { @ = pid[0]; }
	                        ^~~~~~

== an index that is a string
script: net:net_dev_queue { $s = "abc"; @ = $s["a"]; }
status: 1
error:
	-e:1:40: error: an index is a number, and this is string[8] [bad-operand]
	net:net_dev_queue { $s = "abc"; @ = $s["a"]; }
	                                       ^~~

== an index out of range
script: sock:inet_sock_set_state { @ = args.saddr[4]; }
status: 1
error:
	-e:1:43: error: index 4 is outside of uint8[4] [bad-operand]
	sock:inet_sock_set_state { @ = args.saddr[4]; }
	                                          ^

== a conditional of two types
script: net:net_dev_queue { @ = pid ? 1 : "a"; }
status: 1
error:
	-e:1:25: error: the two values of '?:' differ: int64 and string[8] [type-mismatch]
	net:net_dev_queue { @ = pid ? 1 : "a"; }
	                        ^~~~~~~~~~~~~

== a condition that is a string
script: net:net_dev_queue { if (comm) { @ = count(); } }
status: 1
error:
	-e:1:25: error: a condition is true or false, and this is string[16] [bad-operand]
	net:net_dev_queue { if (comm) { @ = count(); } }
	                        ^~~~
	hint: compare it: ... == "text"

== a tuple element out of range
script: net:net_dev_queue { $t = (pid, comm); print($t.2); }
status: 1
error:
	-e:1:45: error: this tuple has 2 elements, from .0 to .1 [unknown-field]
	net:net_dev_queue { $t = (pid, comm); print($t.2); }
	                                            ^~~~

== a tuple element of a number
script: net:net_dev_queue { $x = 1; print($x.0); }
status: 1
error:
	-e:1:35: error: '.0' takes a tuple, and this is int64 [bad-operand]
	net:net_dev_queue { $x = 1; print($x.0); }
	                                  ^~~~

== a division by zero
script: net:net_dev_queue { @ = args.len / 0; }
status: 1
error:
	-e:1:25: error: division by zero [division-by-zero]
	net:net_dev_queue { @ = args.len / 0; }
	                        ^~~~~~~~~~~~

== a remainder by zero
script: net:net_dev_queue { @ = args.len % (1 - 1); }
status: 1
error:
	-e:1:25: error: division by zero [division-by-zero]
	net:net_dev_queue { @ = args.len % (1 - 1); }
	                        ^~~~~~~~~~~~~~~~~~

== a cast of a string to a number
script: net:net_dev_queue { @ = (int32)comm; }
status: 1
error:
	-e:1:25: error: cannot cast string[16] to int32 [bad-cast]
	net:net_dev_queue { @ = (int32)comm; }
	                        ^~~~~~~~~~~

== a cast of a number to a string
script: net:net_dev_queue { @ = (string)pid; }
status: 1
error:
	-e:1:25: error: cannot cast uint32 to string[128] [bad-cast]
	net:net_dev_queue { @ = (string)pid; }
	                        ^~~~~~~~~~~

== let with an unknown type
script: net:net_dev_queue { let $x: uint31 = 1; }
status: 1
error:
	-e:1:29: error: unknown type 'uint31' [bad-cast]
	net:net_dev_queue { let $x: uint31 = 1; }
	                            ^~~~~~
	hint: did you mean 'uint32'?

== let with a size that is too large
script: net:net_dev_queue { let $x: string[100000] = comm; }
status: 1
error:
	-e:1:36: error: the size of a type is a number from 1 to 1024 [bad-cast]
	net:net_dev_queue { let $x: string[100000] = comm; }
	                                   ^~~~~~

== let with a value of another type
script: net:net_dev_queue { let $x: uint8 = comm; }
status: 1
error:
	-e:1:37: error: variable $x is uint64, not string[16] [type-mismatch]
	net:net_dev_queue { let $x: uint8 = comm; }
	                                    ^~~~
	-e:1:21: note: its type comes from here
	net:net_dev_queue { let $x: uint8 = comm; }
	                    ^~~~~~~~~~~~~~~~~~~~

== let void
script: net:net_dev_queue { let $x: void = 1; }
status: 1
error:
	-e:1:29: error: a variable cannot be void [bad-cast]
	net:net_dev_queue { let $x: void = 1; }
	                            ^~~~

== a variable declared twice
script: net:net_dev_queue { let $x = 1; let $x = 2; }
status: 1
error:
	-e:1:33: error: variable $x is declared already [redefined-variable]
	net:net_dev_queue { let $x = 1; let $x = 2; }
	                                ^~~~~~~~~~
	-e:1:21: note: the first declaration
	net:net_dev_queue { let $x = 1; let $x = 2; }
	                    ^~~~~~~~~~

== a variable declared in C
script: net:net_dev_queue { int $x = 1; }
status: 1
error:
	-e:1:21: error: unexpected 'int', expected a statement [syntax]
	net:net_dev_queue { int $x = 1; }
	                    ^~~
	hint: a block follows between braces: { ... }

== a variable read before it is assigned
script: net:net_dev_queue { print($x); }
status: 1
error:
	-e:1:27: error: variable $x is read before anything is assigned to it [undefined-variable]
	net:net_dev_queue { print($x); }
	                          ^~
	hint: a variable lives until the end of its block; a map is seen by all probes

== a misspelt variable
script: net:net_dev_queue { $count = 1; print($cuont); }
status: 1
error:
	-e:1:39: error: variable $cuont is read before anything is assigned to it [undefined-variable]
	net:net_dev_queue { $count = 1; print($cuont); }
	                                      ^~~~~~
	hint: did you mean '$count'?

== a variable of another probe
script: begin { $x = 1; } end { print($x); }
status: 1
error:
	-e:1:31: error: variable $x is read before anything is assigned to it [undefined-variable]
	begin { $x = 1; } end { print($x); }
	                              ^~
	hint: a variable lives until the end of its block; a map is seen by all probes

== a variable incremented before it is assigned
script: net:net_dev_queue { $x++; }
status: 1
error:
	-e:1:21: error: variable $x is read before anything is assigned to it [undefined-variable]
	net:net_dev_queue { $x++; }
	                    ^~
	hint: a variable lives until the end of its block; a map is seen by all probes

== a variable of two types
script: net:net_dev_queue { $x = 1; $x = comm; }
status: 1
error:
	-e:1:34: error: variable $x is int64, not string[16] [type-mismatch]
	net:net_dev_queue { $x = 1; $x = comm; }
	                                 ^~~~
	-e:1:26: note: its type comes from here
	net:net_dev_queue { $x = 1; $x = comm; }
	                         ^

== an aggregation in a variable
script: net:net_dev_queue { $x = count(); }
status: 1
error:
	-e:1:26: error: count() cannot be stored in a variable [bad-aggregation]
	net:net_dev_queue { $x = count(); }
	                         ^~~~~~~
	hint: store it in a map: @x = count(...)

== a call without a value in a variable
script: net:net_dev_queue { $x = printf("a"); }
status: 1
error:
	-e:1:26: error: a call without a value cannot be stored in a variable [bad-assignment]
	net:net_dev_queue { $x = printf("a"); }
	                         ^~~~~~~~~~~

== a compound assignment of a string
script: net:net_dev_queue { $x = 1; $x += comm; }
status: 1
error:
	-e:1:29: error: '+=' takes numbers, and this is string[16] [bad-operand]
	net:net_dev_queue { $x = 1; $x += comm; }
	                            ^~

== a string incremented
script: net:net_dev_queue { @s = comm; @s++; }
status: 1
error:
	-e:1:32: error: the value of @s is string[16], not int64 [type-mismatch]
	net:net_dev_queue { @s = comm; @s++; }
	                               ^~~~
	-e:1:26: note: its type comes from here
	net:net_dev_queue { @s = comm; @s++; }
	                         ^~~~

# Assignments

== an assignment to a builtin
script: net:net_dev_queue { pid = 1; }
status: 1
error:
	-e:1:21: error: cannot assign to 'pid' [bad-assignment]
	net:net_dev_queue { pid = 1; }
	                    ^~~
	hint: a variable starts with $, a map with @: $pid, @pid

== an assignment to a field
script: net:net_dev_queue { args.len = 1; }
status: 1
error:
	-e:1:21: error: cannot assign to this field [bad-assignment]
	net:net_dev_queue { args.len = 1; }
	                    ^~~~~~~~
	hint: only variables ($x) and maps (@x) are assigned to

== an assignment to a number
script: net:net_dev_queue { 1 = pid; }
status: 1
error:
	-e:1:21: error: cannot assign to this number [bad-assignment]
	net:net_dev_queue { 1 = pid; }
	                    ^
	hint: only variables ($x) and maps (@x) are assigned to

== an assignment to a call
script: net:net_dev_queue { str(args.name) = "a"; }
status: 1
error:
	-e:1:21: error: cannot assign to this call [bad-assignment]
	net:net_dev_queue { str(args.name) = "a"; }
	                    ^~~~~~~~~~~~~~
	hint: only variables ($x) and maps (@x) are assigned to

== an assignment to a bare word
script: net:net_dev_queue { x = 1; }
status: 1
error:
	-e:1:21: error: cannot assign to 'x' [bad-assignment]
	net:net_dev_queue { x = 1; }
	                    ^
	hint: a variable starts with $, a map with @: $x, @x

== an assignment to an expression
script: net:net_dev_queue { $a = 1; $a + 1 = 2; }
status: 1
error:
	-e:1:36: error: unexpected '=', expected ';' or '}' [syntax]
	net:net_dev_queue { $a = 1; $a + 1 = 2; }
	                                   ^
	hint: a statement assigns once, to a variable ($x) or a map (@x)

== two assignments in one
script: net:net_dev_queue { $a = $b = 1; }
status: 1
error:
	-e:1:29: error: unexpected '=', expected ';' or '}' [syntax]
	net:net_dev_queue { $a = $b = 1; }
	                            ^
	hint: a statement assigns once, to a variable ($x) or a map (@x)

== a number incremented
script: net:net_dev_queue { 1++; }
status: 1
error:
	-e:1:21: error: '++' takes a variable or a map, not this number [bad-assignment]
	net:net_dev_queue { 1++; }
	                    ^

== a builtin incremented
script: net:net_dev_queue { pid++; }
status: 1
error:
	-e:1:21: error: '++' takes a variable or a map, not this name [bad-assignment]
	net:net_dev_queue { pid++; }
	                    ^~~

== an unused value
script: net:net_dev_queue { args.len; }
args: --check
error:
	-e:1:21: WARNING: Return value discarded. [unused-value]
	net:net_dev_queue { args.len; }
	                    ^~~~~~~~

== the unused value of a function, and calls for what they do
script: net:net_dev_queue { @a[1] = 1; has_key(@a, 1); delete(@a, 1); find(@a, 1, $x); _ = pid; ++@a[2]; }
args: --check
error:
	-e:1:32: WARNING: Return value discarded. [unused-value]
	net:net_dev_queue { @a[1] = 1; has_key(@a, 1); delete(@a, 1); find(@a, 1, $x); _ = pid; ++@a[2]; }
	                               ^~~~~~~~~~~~~~

== an unused comparison
script: net:net_dev_queue { @ == 1; @ = 2; }
args: --check
error:
	-e:1:21: WARNING: Return value discarded. [unused-value]
	net:net_dev_queue { @ == 1; @ = 2; }
	                    ^~~~~~
	hint: '=' assigns, '==' compares

# Maps

== the empty tuple as a key
script: net:net_dev_queue { @a[()] = 1; @c[1] = 1; delete(@c, ()); }
status: 1
error:
	-e:1:24: error: () is no key: it has no value [bad-key]
	net:net_dev_queue { @a[()] = 1; @c[1] = 1; delete(@c, ()); }
	                       ^~
	-e:1:55: error: () is no key: it has no value [bad-key]
	net:net_dev_queue { @a[()] = 1; @c[1] = 1; delete(@c, ()); }
	                                                      ^~

== a map that nothing is assigned to
script: net:net_dev_queue { print(@x); }
status: 1
error:
	-e:1:27: error: nothing is ever assigned to @x [undefined-map]
	net:net_dev_queue { print(@x); }
	                          ^~
	hint: a map gets its type from an assignment: @x = count()

== a map that nothing is assigned to, twice
script: net:net_dev_queue /@start[tid]/ { @ns = hist(nsecs - @start[tid]); }
status: 1
error:
	-e:1:20: error: nothing is ever assigned to @start [undefined-map]
	net:net_dev_queue /@start[tid]/ { @ns = hist(nsecs - @start[tid]); }
	                   ^~~~~~~~~~~
	hint: a map gets its type from an assignment: @start = count()

== a misspelt map
script: net:net_dev_queue { @start[tid] = nsecs; @ = sum(@strat[tid]); }
status: 1
error:
	-e:1:50: error: nothing is ever assigned to @strat [undefined-map]
	net:net_dev_queue { @start[tid] = nsecs; @ = sum(@strat[tid]); }
	                                                 ^~~~~~~~~~~
	hint: did you mean '@start'?

== two types for one map
script: net:net_dev_queue { @x = 1; @x = comm; }
status: 1
error:
	-e:1:34: error: the value of @x is int64, not string[16] [type-mismatch]
	net:net_dev_queue { @x = 1; @x = comm; }
	                                 ^~~~
	-e:1:26: note: its type comes from here
	net:net_dev_queue { @x = 1; @x = comm; }
	                         ^

== a count and a number for one map
script: net:net_dev_queue { @x = count(); @x = 1; }
status: 1
error:
	-e:1:40: error: the value of @x is count(), not int64 [type-mismatch]
	net:net_dev_queue { @x = count(); @x = 1; }
	                                       ^
	-e:1:26: note: its type comes from here
	net:net_dev_queue { @x = count(); @x = 1; }
	                         ^~~~~~~

== two aggregations for one map
script: net:net_dev_queue { @x = count(); @x = sum(args.len); }
status: 1
error:
	-e:1:40: error: the value of @x is count(), not sum() [type-mismatch]
	net:net_dev_queue { @x = count(); @x = sum(args.len); }
	                                       ^~~~~~~~~~~~~
	-e:1:26: note: its type comes from here
	net:net_dev_queue { @x = count(); @x = sum(args.len); }
	                         ^~~~~~~

== two shapes of a histogram for one map
script: net:net_dev_queue { @x = lhist(args.len, 0, 100, 10); @x = lhist(args.len, 0, 100, 20); }
status: 1
error:
	-e:1:60: error: the value of @x is lhist(n, 0, 100, 10), not lhist(n, 0, 100, 20) [type-mismatch]
	net:net_dev_queue { @x = lhist(args.len, 0, 100, 10); @x = lhist(args.len, 0, 100, 20); }
	                                                           ^~~~~~~~~~~~~~~~~~~~~~~~~~~
	-e:1:26: note: its type comes from here
	net:net_dev_queue { @x = lhist(args.len, 0, 100, 10); @x = lhist(args.len, 0, 100, 20); }
	                         ^~~~~~~~~~~~~~~~~~~~~~~~~~~

== a map with and without a key
script: net:net_dev_queue { @x = count(); @x[pid] = count(); }
status: 1
error:
	-e:1:35: error: @x is used with a key here [bad-key]
	net:net_dev_queue { @x = count(); @x[pid] = count(); }
	                                  ^~~~~~~
	-e:1:21: note: it is used without a key here
	net:net_dev_queue { @x = count(); @x[pid] = count(); }
	                    ^~

== a map without and with a key, in two probes
script: net:net_dev_queue { @x[pid] = count(); } interval:s:1 { print(@x + 1); }
status: 1
error:
	-e:1:63: error: @x is used without a key here [bad-key]
	net:net_dev_queue { @x[pid] = count(); } interval:s:1 { print(@x + 1); }
	                                                              ^~
	-e:1:21: note: it is used with a key here
	net:net_dev_queue { @x[pid] = count(); } interval:s:1 { print(@x + 1); }
	                    ^~~~~~~

== keys of two types
script: net:net_dev_queue { @x[pid] = count(); @x[comm] = count(); }
status: 1
error:
	-e:1:43: error: the key of @x is uint64, not string[16] [type-mismatch]
	net:net_dev_queue { @x[pid] = count(); @x[comm] = count(); }
	                                          ^~~~
	-e:1:24: note: its type comes from here
	net:net_dev_queue { @x[pid] = count(); @x[comm] = count(); }
	                       ^~~

== keys of two lengths
script: net:net_dev_queue { @x[pid] = count(); @x[pid, comm] = count(); }
status: 1
error:
	-e:1:43: error: the key of @x is uint64, not (uint64, string[16]) [type-mismatch]
	net:net_dev_queue { @x[pid] = count(); @x[pid, comm] = count(); }
	                                          ^~~~~~~~~
	-e:1:24: note: its type comes from here
	net:net_dev_queue { @x[pid] = count(); @x[pid, comm] = count(); }
	                       ^~~

== a key that is too long
script: net:net_dev_queue { @x["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"] = count(); }
status: 1
error:
	-e:1:24: error: the key of @x has 608 bytes, more than 512 [too-large]
	net:net_dev_queue { @x["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
	                       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	hint: str(ptr, length) takes a shorter string

== a string that is too long
script: net:net_dev_queue { print("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); }
status: 1
error:
	-e:1:27: error: this string has 1100 bytes, more than 1023 [too-large]
	net:net_dev_queue { print("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
	                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

== a key that is a call without a value
script: net:net_dev_queue { @x[printf("a")] = count(); }
status: 1
error:
	-e:1:24: error: printf() gives no value for a key [bad-key]
	net:net_dev_queue { @x[printf("a")] = count(); }
	                       ^~~~~~~~~~~

== a key that is an aggregation
script: net:net_dev_queue { @x[count()] = 1; }
status: 1
error:
	-e:1:24: error: count() is not a value: it is only assigned to a map [bad-aggregation]
	net:net_dev_queue { @x[count()] = 1; }
	                       ^~~~~~~
	hint: write @ = count(...) or @name[key] = count(...)

== a key that is another map of histograms
script: net:net_dev_queue { @a = hist(1); @x[@a] = 1; }
status: 1
error:
	-e:1:38: error: @a holds hist(), which is not a value to compute with [bad-operand]
	net:net_dev_queue { @a = hist(1); @x[@a] = 1; }
	                                     ^~
	-e:1:26: note: it is assigned here
	net:net_dev_queue { @a = hist(1); @x[@a] = 1; }
	                         ^~~~~~~

== a histogram read as a number
script: net:net_dev_queue { @a = hist(1); $x = @a + 1; }
status: 1
error:
	-e:1:40: error: @a holds hist(), which is not a value to compute with [bad-operand]
	net:net_dev_queue { @a = hist(1); $x = @a + 1; }
	                                       ^~
	-e:1:26: note: it is assigned here
	net:net_dev_queue { @a = hist(1); $x = @a + 1; }
	                         ^~~~~~~

== a map for a variable
script: net:net_dev_queue { @a[1] = 1; $x = @a; }
status: 1
error:
	-e:1:37: error: @a is used without a key here [bad-key]
	net:net_dev_queue { @a[1] = 1; $x = @a; }
	                                    ^~
	-e:1:21: note: it is used with a key here
	net:net_dev_queue { @a[1] = 1; $x = @a; }
	                    ^~~~~

== the keys of a map without keys
script: net:net_dev_queue { @a = 1; for ($kv : @a) { print($kv); } }
status: 1
error:
	-e:1:40: error: @a has no keys to loop over [bad-key]
	net:net_dev_queue { @a = 1; for ($kv : @a) { print($kv); } }
	                                       ^~

== a loop over a number
script: net:net_dev_queue { for ($x : 10) { print($x); } }
status: 1
error:
	-e:1:33: error: unexpected ')', expected '..' [syntax]
	net:net_dev_queue { for ($x : 10) { print($x); } }
	                                ^
	hint: a loop is over a range, 0..10, or a map

== a declared map used without a key
script: let @a = lruhash(10); net:net_dev_queue { @a = 1; }
status: 1
error:
	-e:1:43: error: @a is used without a key here [bad-key]
	let @a = lruhash(10); net:net_dev_queue { @a = 1; }
	                                          ^~
	-e:1:5: note: it is used with a key here
	let @a = lruhash(10); net:net_dev_queue { @a = 1; }
	    ^~

== an unknown type of map
script: let @a = lruhsh(10); net:net_dev_queue { @a[1] = 1; }
status: 1
error:
	-e:1:10: error: no map type 'lruhsh' [unknown-call]
	let @a = lruhsh(10); net:net_dev_queue { @a[1] = 1; }
	         ^~~~~~~~~~
	hint: did you mean 'lruhash'?

== a map of no size
script: let @a = hash(0); net:net_dev_queue { @a[1] = 1; }
status: 1
error:
	-e:1:15: error: the size of a map is a number from 1 to 16777216 [bad-argument]
	let @a = hash(0); net:net_dev_queue { @a[1] = 1; }
	              ^

== a map declared twice
script: let @a = hash(1); let @a = hash(2); net:net_dev_queue { @a[1] = 1; }
status: 1
error:
	-e:1:23: error: @a is declared twice [redefined-variable]
	let @a = hash(1); let @a = hash(2); net:net_dev_queue { @a[1] = 1; }
	                      ^~

== a map declared without a size
script: let @a = hash(); net:net_dev_queue { @a[1] = 1; }
status: 1
error:
	-e:1:15: error: unexpected ')', expected a value [syntax]
	let @a = hash(); net:net_dev_queue { @a[1] = 1; }
	              ^

# Calls

== count as an argument
script: net:net_dev_queue { print(count()); }
status: 1
error:
	-e:1:27: error: count() is not a value: it is only assigned to a map [bad-aggregation]
	net:net_dev_queue { print(count()); }
	                          ^~~~~~~
	hint: write @ = count(...) or @name[key] = count(...)

== count as a statement
script: net:net_dev_queue { count(); }
status: 1
error:
	-e:1:21: error: the result of count() is not assigned to a map [bad-aggregation]
	net:net_dev_queue { count(); }
	                    ^~~~~~~
	hint: write @ = count(...) or @name[key] = count(...)

== count in a sum
script: net:net_dev_queue { @ = count() + 1; }
status: 1
error:
	-e:1:25: error: count() is not a value: it is only assigned to a map [bad-aggregation]
	net:net_dev_queue { @ = count() + 1; }
	                        ^~~~~~~
	hint: write @ = count(...) or @name[key] = count(...)

== count with an argument
script: net:net_dev_queue { @ = count(args.len); }
status: 1
error:
	-e:1:25: error: count() takes no arguments, and 1 is given [argument-count]
	net:net_dev_queue { @ = count(args.len); }
	                        ^~~~~~~~~~~~~~~

== sum without an argument
script: net:net_dev_queue { @ = sum(); }
status: 1
error:
	-e:1:25: error: sum() takes 1 argument, and none is given [argument-count]
	net:net_dev_queue { @ = sum(); }
	                        ^~~~~

== sum of a string
script: net:net_dev_queue { @ = sum(comm); }
status: 1
error:
	-e:1:29: error: the first argument of sum() is a number, and this is string[16] [bad-argument]
	net:net_dev_queue { @ = sum(comm); }
	                            ^~~~

== sum added up
script: net:net_dev_queue { @ += sum(args.len); }
status: 1
error:
	-e:1:26: error: sum() is not a value: it is only assigned to a map [bad-aggregation]
	net:net_dev_queue { @ += sum(args.len); }
	                         ^~~~~~~~~~~~~
	hint: write @ = sum(...) or @name[key] = sum(...)

== hist with too many buckets
script: net:net_dev_queue { @ = hist(args.len, 9); }
status: 1
error:
	-e:1:40: error: the second argument of hist() is from 0 to 5 [bad-argument]
	net:net_dev_queue { @ = hist(args.len, 9); }
	                                       ^

== hist with a parameter that varies
script: net:net_dev_queue { @ = hist(args.len, pid); }
status: 1
error:
	-e:1:40: error: the second argument of hist() is a constant number, and this is uint32 [bad-argument]
	net:net_dev_queue { @ = hist(args.len, pid); }
	                                       ^~~

== print() of quantiles with a divisor
script: net:net_dev_queue { @ = quantile(args.len); print(@, 5, 1000); }
status: 1
error:
	-e:1:57: error: @ holds quantile(), which print() does not divide [bad-argument]
	net:net_dev_queue { @ = quantile(args.len); print(@, 5, 1000); }
	                                                        ^~~~
	hint: divide what is counted: @ = quantile(EXPR / N)

== two aggregations for one map, one of them quantile
script: net:net_dev_queue { @ = quantile(args.len); @ = hist(args.len, 2); }
status: 1
error:
	-e:1:49: error: the value of @ is quantile(), not hist(n, 2) [type-mismatch]
	net:net_dev_queue { @ = quantile(args.len); @ = hist(args.len, 2); }
	                                                ^~~~~~~~~~~~~~~~~
	-e:1:25: note: its type comes from here
	net:net_dev_queue { @ = quantile(args.len); @ = hist(args.len, 2); }
	                        ^~~~~~~~~~~~~~~~~~

== lhist with one argument
script: net:net_dev_queue { @ = lhist(args.len); }
status: 1
error:
	-e:1:25: error: lhist() takes 4 arguments, and 1 is given [argument-count]
	net:net_dev_queue { @ = lhist(args.len); }
	                        ^~~~~~~~~~~~~~~
	hint: linear histogram: lhist(n, min, max, step)

== lhist with min over max
script: net:net_dev_queue { @ = lhist(args.len, 100, 0, 10); }
status: 1
error:
	-e:1:25: error: lhist() takes a value, min, max and step, with min < max and step > 0 [bad-argument]
	net:net_dev_queue { @ = lhist(args.len, 100, 0, 10); }
	                        ^~~~~~~~~~~~~~~~~~~~~~~~~~~

== lhist with a step of zero
script: net:net_dev_queue { @ = lhist(args.len, 0, 100, 0); }
status: 1
error:
	-e:1:25: error: lhist() takes a value, min, max and step, with min < max and step > 0 [bad-argument]
	net:net_dev_queue { @ = lhist(args.len, 0, 100, 0); }
	                        ^~~~~~~~~~~~~~~~~~~~~~~~~~

== lhist with too many buckets
script: net:net_dev_queue { @ = lhist(args.len, 0, 1000000, 1); }
status: 1
error:
	-e:1:25: error: lhist() would have more than 1000 buckets [too-large]
	net:net_dev_queue { @ = lhist(args.len, 0, 1000000, 1); }
	                        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	hint: take a larger step

== printf without arguments
script: net:net_dev_queue { printf(); }
status: 1
error:
	-e:1:21: error: printf() takes at least 1 argument, and none is given [argument-count]
	net:net_dev_queue { printf(); }
	                    ^~~~~~~~

== printf with a format that varies
script: net:net_dev_queue { printf(comm); }
status: 1
error:
	-e:1:28: error: the format of printf() is a string between quotes [bad-argument]
	net:net_dev_queue { printf(comm); }
	                           ^~~~
	hint: print(value) prints any value

== printf without a format
script: net:net_dev_queue { printf(pid); }
status: 1
error:
	-e:1:28: error: the format of printf() is a string between quotes [bad-argument]
	net:net_dev_queue { printf(pid); }
	                           ^~~
	hint: print(value) prints any value

== printf with too few arguments
script: net:net_dev_queue { printf("%d %d\n", pid); }
status: 1
error:
	-e:1:32: error: no argument for '%d' [argument-count]
	net:net_dev_queue { printf("%d %d\n", pid); }
	                               ^~
	hint: %% prints a percent sign

== printf with too many arguments
script: net:net_dev_queue { printf("%d\n", pid, tid); }
status: 1
error:
	-e:1:41: error: the format has no conversion for this argument [argument-count]
	net:net_dev_queue { printf("%d\n", pid, tid); }
	                                        ^~~

== printf with an argument and no conversion
script: net:net_dev_queue { printf("pid\n", pid); }
status: 1
error:
	-e:1:37: error: the format has no conversion for this argument [argument-count]
	net:net_dev_queue { printf("pid\n", pid); }
	                                    ^~~

== %d of a string
script: net:net_dev_queue { printf("%s %d\n", comm, comm); }
status: 1
error:
	-e:1:45: error: '%d' takes a number, and this is string[16] [bad-format]
	net:net_dev_queue { printf("%s %d\n", comm, comm); }
	                                            ^~~~
	hint: '%s' prints a value of any type

== %f
script: net:net_dev_queue { printf("%f\n", pid); }
status: 1
error:
	-e:1:29: error: unknown conversion '%f' [bad-format]
	net:net_dev_queue { printf("%f\n", pid); }
	                            ^~
	hint: there are no fractions: %d prints an integer

== a trailing percent sign
script: net:net_dev_queue { printf("100%"); }
status: 1
error:
	-e:1:32: error: unknown conversion '%' [bad-format]
	net:net_dev_queue { printf("100%"); }
	                               ^
	hint: conversions are %d %u %x %X %o %c %s %p %r, and %% for a percent sign

== a percent sign before a space
script: net:net_dev_queue { printf("%d% of all\n", pid); }
status: 1
error:
	-e:1:31: error: no argument for '% o' [argument-count]
	net:net_dev_queue { printf("%d% of all\n", pid); }
	                              ^~~
	hint: %% prints a percent sign

== %r of a number
script: net:net_dev_queue { printf("%r\n", pid); }
status: 1
error:
	-e:1:36: error: '%r' takes a buffer, and this is uint32 [bad-format]
	net:net_dev_queue { printf("%r\n", pid); }
	                                   ^~~
	hint: '%s' prints a value of any type

== printf of a map of histograms
script: net:net_dev_queue { @ = hist(1); printf("%d\n", @); }
status: 1
error:
	-e:1:49: error: @ holds hist(), which is not a value to compute with [bad-operand]
	net:net_dev_queue { @ = hist(1); printf("%d\n", @); }
	                                                ^
	-e:1:25: note: it is assigned here
	net:net_dev_queue { @ = hist(1); printf("%d\n", @); }
	                        ^~~~~~~

== the value of printf
script: net:net_dev_queue { @ = printf("a"); }
status: 1
error:
	-e:1:25: error: printf() gives no value to store [bad-assignment]
	net:net_dev_queue { @ = printf("a"); }
	                        ^~~~~~~~~~~

== printf in a condition
script: net:net_dev_queue { if (printf("a")) { exit(); } }
status: 1
error:
	-e:1:25: error: a condition is true or false, and this is void [bad-operand]
	net:net_dev_queue { if (printf("a")) { exit(); } }
	                        ^~~~~~~~~~~
	hint: compare it with something

== str of nothing
script: net:net_dev_queue { print(str()); }
status: 1
error:
	-e:1:27: error: str() takes 1 or 2 arguments, and none is given [argument-count]
	net:net_dev_queue { print(str()); }
	                          ^~~~~
	hint: string at an address: str(ptr[, length])

== str of a tuple
script: net:net_dev_queue { print(str((1, 2))); }
status: 1
error:
	-e:1:31: error: the first argument of str() is an address or a string, and this is (int64, int64) [bad-argument]
	net:net_dev_queue { print(str((1, 2))); }
	                              ^~~~~~

== str with a length of zero
script: net:net_dev_queue { print(str(args.name, 0)); }
status: 1
error:
	-e:1:42: error: the length of a string is from 1 to 16384 [bad-argument]
	net:net_dev_queue { print(str(args.name, 0)); }
	                                         ^

== str with a length that is too large
script: net:net_dev_queue { print(str(args.name, 100000)); }
status: 1
error:
	-e:1:42: error: the length of a string is from 1 to 16384 [bad-argument]
	net:net_dev_queue { print(str(args.name, 100000)); }
	                                         ^~~~~~

== str with a length that is a string
script: net:net_dev_queue { print(str(args.name, "a")); }
status: 1
error:
	-e:1:42: error: the second argument of str() is a constant number, and this is string[8] [bad-argument]
	net:net_dev_queue { print(str(args.name, "a")); }
	                                         ^~~

== print without arguments
script: net:net_dev_queue { print(); }
status: 1
error:
	-e:1:21: error: print() takes 1 to 3 arguments, and none is given [argument-count]
	net:net_dev_queue { print(); }
	                    ^~~~~~~
	hint: print a map, or any value: print(@m[, top[, divisor]]), print(value)

== print with too many arguments
script: net:net_dev_queue { @[pid] = count(); print(@, 1, 2, 3); }
status: 1
error:
	-e:1:39: error: print() takes 1 to 3 arguments, and 4 are given [argument-count]
	net:net_dev_queue { @[pid] = count(); print(@, 1, 2, 3); }
	                                      ^~~~~~~~~~~~~~~~~
	hint: print a map, or any value: print(@m[, top[, divisor]]), print(value)

== print of two values
script: net:net_dev_queue { print(pid, tid); }
status: 1
error:
	-e:1:21: error: print() takes 1 argument unless the first is a map, and 2 are given [argument-count]
	net:net_dev_queue { print(pid, tid); }
	                    ^~~~~~~~~~~~~~~
	hint: a map is printed with print(@m, top, divisor)

== print with a top that is a string
script: net:net_dev_queue { @[pid] = count(); print(@, "a"); }
status: 1
error:
	-e:1:48: error: the second argument of print() is a number, and this is string[8] [bad-argument]
	net:net_dev_queue { @[pid] = count(); print(@, "a"); }
	                                               ^~~

== clear of a number
script: net:net_dev_queue { clear(pid); }
status: 1
error:
	-e:1:27: error: the first argument of clear() is a map (@name) [bad-argument]
	net:net_dev_queue { clear(pid); }
	                          ^~~

== zero of a variable
script: net:net_dev_queue { $x = 1; zero($x); }
status: 1
error:
	-e:1:34: error: the first argument of zero() is a map (@name) [bad-argument]
	net:net_dev_queue { $x = 1; zero($x); }
	                                 ^~

== clear of one key
script: net:net_dev_queue { @[pid] = count(); clear(@[pid]); }
status: 1
error:
	-e:1:45: error: clear() takes a whole map, without a key [bad-argument]
	net:net_dev_queue { @[pid] = count(); clear(@[pid]); }
	                                            ^~~~~~
	hint: write clear(@); delete(@[key]) removes one key

== clear of nothing
script: net:net_dev_queue { clear(); }
status: 1
error:
	-e:1:21: error: clear() takes 1 argument, and none is given [argument-count]
	net:net_dev_queue { clear(); }
	                    ^~~~~~~

== delete of a variable
script: net:net_dev_queue { $x = 1; delete($x); }
status: 1
error:
	-e:1:36: error: the first argument of delete() is a map (@name) [bad-argument]
	net:net_dev_queue { $x = 1; delete($x); }
	                                   ^~

== delete of a whole map
script: net:net_dev_queue { @[pid] = count(); delete(@); }
status: 1
error:
	-e:1:46: error: @ is used without a key here [bad-key]
	net:net_dev_queue { @[pid] = count(); delete(@); }
	                                             ^
	-e:1:21: note: it is used with a key here
	net:net_dev_queue { @[pid] = count(); delete(@); }
	                    ^~~~~~

== delete with two keys
script: net:net_dev_queue { @[pid] = count(); delete(@[pid], 1); }
status: 1
error:
	-e:1:54: error: delete() takes one key, and this is a second [argument-count]
	net:net_dev_queue { @[pid] = count(); delete(@[pid], 1); }
	                                                     ^

== delete with a key of another type
script: net:net_dev_queue { @[pid] = count(); delete(@, comm); }
status: 1
error:
	-e:1:49: error: the key of @ is uint64, not string[16] [type-mismatch]
	net:net_dev_queue { @[pid] = count(); delete(@, comm); }
	                                                ^~~~
	-e:1:23: note: its type comes from here
	net:net_dev_queue { @[pid] = count(); delete(@, comm); }
	                      ^~~

== exit with a string
script: net:net_dev_queue { exit("done"); }
status: 1
error:
	-e:1:26: error: the first argument of exit() is a number, and this is string[8] [bad-argument]
	net:net_dev_queue { exit("done"); }
	                         ^~~~~~

== exit with two arguments
script: net:net_dev_queue { exit(1, 2); }
status: 1
error:
	-e:1:21: error: exit() takes at most 1 argument, and 2 are given [argument-count]
	net:net_dev_queue { exit(1, 2); }
	                    ^~~~~~~~~~
	hint: end the script; exit(code) sets the exit status

== time with a number
script: net:net_dev_queue { time(5); }
status: 1
error:
	-e:1:26: error: the format of time() is a string between quotes [bad-argument]
	net:net_dev_queue { time(5); }
	                         ^

# Statements

== break outside of a loop
script: net:net_dev_queue { break; }
status: 1
error:
	-e:1:21: error: 'break' is not inside a loop [bad-context]
	net:net_dev_queue { break; }
	                    ^~~~~

== continue outside of a loop
script: net:net_dev_queue { if (pid == 1) { continue; } }
status: 1
error:
	-e:1:37: error: 'continue' is not inside a loop [bad-context]
	net:net_dev_queue { if (pid == 1) { continue; } }
	                                    ^~~~~~~~

== unroll of a variable number
script: net:net_dev_queue { unroll(pid) { print(1); } }
status: 1
error:
	-e:1:28: error: unroll takes a number from 1 to 100 [bad-argument]
	net:net_dev_queue { unroll(pid) { print(1); } }
	                           ^~~

== unroll too often
script: net:net_dev_queue { unroll(1000) { print(1); } }
status: 1
error:
	-e:1:28: error: unroll takes a number from 1 to 100 [bad-argument]
	net:net_dev_queue { unroll(1000) { print(1); } }
	                           ^~~~

== a range of strings
script: net:net_dev_queue { for ($i : "a".."b") { print($i); } }
status: 1
error:
	-e:1:31: error: the bounds of a range are numbers, and this is string[8] [bad-operand]
	net:net_dev_queue { for ($i : "a".."b") { print($i); } }
	                              ^~~
	-e:1:36: error: the bounds of a range are numbers, and this is string[8] [bad-operand]
	net:net_dev_queue { for ($i : "a".."b") { print($i); } }
	                                   ^~~

== while with a string
script: net:net_dev_queue { while (comm) { print(1); } }
status: 1
error:
	-e:1:28: error: a condition is true or false, and this is string[16] [bad-operand]
	net:net_dev_queue { while (comm) { print(1); } }
	                           ^~~~
	hint: compare it: ... == "text"

== a statement after return
script: net:net_dev_queue { return; print(1); }
args: --check
error:
	-e:1:29: WARNING: Unreachable statement [unreachable]
	net:net_dev_queue { return; print(1); }
	                            ^~~~~~~~
	-e:1:21: note: because of this one
	net:net_dev_queue { return; print(1); }
	                    ^~~~~~

# Settings

== an unknown setting
script: config = { max_strln = 64 } net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:12: error: no config key 'max_strln' [unknown-config]
	config = { max_strln = 64 } net:net_dev_queue { @ = count(); }
	           ^~~~~~~~~~~~~~
	hint: did you mean 'max_strlen'?

== a setting out of range
script: config = { max_strlen = 100000 } net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:25: error: max_strlen is 100000, but must be from 1 to 16384 [unknown-config]
	config = { max_strlen = 100000 } net:net_dev_queue { @ = count(); }
	                        ^~~~~~

== a setting that is no number
script: config = { max_strlen = "a" } net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:25: error: max_strlen is a number [unknown-config]
	config = { max_strlen = "a" } net:net_dev_queue { @ = count(); }
	                        ^~~

== a setting with a colon
script: config = { max_strlen: 64 } net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:22: error: unexpected ':', expected '=' [syntax]
	config = { max_strlen: 64 } net:net_dev_queue { @ = count(); }
	                     ^
	hint: settings are written config = { KEY = VALUE }

== config without =
script: config { max_strlen = 64 } net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:8: error: unexpected '{', expected '=' [syntax]
	config { max_strlen = 64 } net:net_dev_queue { @ = count(); }
	       ^
	hint: settings are written config = { KEY = VALUE }

== a setting that is not closed
script: config = { max_strlen = 64 net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:31: error: unexpected ':', expected '=' [syntax]
	config = { max_strlen = 64 net:net_dev_queue { @ = count(); }
	                              ^
	hint: settings are written config = { KEY = VALUE }

== a setting of the environment
run: PKTSCRIPT_MAX_STRLEN=x "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -e 'net:net_dev_queue { @ = count(); }'
status: 1
error:
	-e:1:1: error: environment variable PKTSCRIPT_MAX_STRLEN is 'x', but must be from 1 to 16384 [unknown-config]

# Several messages, long scripts, files

== several mistakes are told in order
script:
	net:net_dev_queue {
		@a = sum(args.lne);
		$x = $y + 1;
		pritnf("%d\n", pid);
		@b[comm] = count();
		@b[pid] = count();
	}
	interval:s:0 { clear(pid); }
status: 1
error:
	-e:2:16: error: tracepoint:net:net_dev_queue has no field 'lne' [unknown-field]
		@a = sum(args.lne);
		              ^~~
	hint: did you mean 'len'?
	-e:3:7: error: variable $y is read before anything is assigned to it [undefined-variable]
		$x = $y + 1;
		     ^~
	hint: a variable lives until the end of its block; a map is seen by all probes
	-e:4:2: error: unknown function 'pritnf' [unknown-call]
		pritnf("%d\n", pid);
		^~~~~~
	hint: did you mean 'printf'?
	-e:6:5: error: the key of @b is string[16], not uint64 [type-mismatch]
		@b[pid] = count();
		   ^~~
	-e:5:5: note: its type comes from here
		@b[comm] = count();
		   ^~~~
	-e:8:1: error: a period is a whole number from 1, not '0' [bad-probe]
	interval:s:0 { clear(pid); }
	^~~~~~~~~~~~
	hint: written interval:UNIT:N (s, ms, us, ns, hz) or interval:10ms

== several mistakes of shape are told in order
script:
	net:net_dev_queue {
		@a = sum(args.len;
		@b = count(;
		@c = count();
	}
	begin { print(1; }
status: 1
error:
	-e:2:19: error: unexpected ';', expected ')' [syntax]
		@a = sum(args.len;
		                 ^
	-e:2:10: note: this '(' is not closed
		@a = sum(args.len;
		        ^
	-e:3:13: error: unexpected ';', expected ')' [syntax]
		@b = count(;
		           ^
	-e:3:12: note: this '(' is not closed
		@b = count(;
		          ^
	-e:6:16: error: unexpected ';', expected ')' [syntax]
	begin { print(1; }
	               ^
	-e:6:14: note: this '(' is not closed
	begin { print(1; }
	             ^

== one mistake in a body of many probes is told once
script: net:*, skb:* { @ = cuont(); }
status: 1
error:
	-e:1:20: error: unknown function 'cuont' [unknown-call]
	net:*, skb:* { @ = cuont(); }
	                   ^~~~~
	hint: did you mean 'count'?

== a mistake in line 7
script:
	// Sizes of packets by device.

	net:net_dev_queue
	{
		$name = str(args.name);
		@packets[$name] = count();
		@bytes[$name] = sum(args.lenght);
	}
status: 1
error:
	-e:7:27: error: tracepoint:net:net_dev_queue has no field 'lenght' [unknown-field]
		@bytes[$name] = sum(args.lenght);
		                         ^~~~~~
	hint: did you mean 'len'?

== tabs before the mistake
script:
	net:net_dev_queue {
			@ = sum(args.len)	+ 1z;
	}
status: 1
error:
	-e:2:23: error: '1z' is no number [bad-number]
			@ = sum(args.len)	+ 1z;
			                 	  ^~
	hint: a number ends with a digit, or with ns, us, ms, s, m, h or d for a time

== wide characters before the mistake
script: net:net_dev_queue { printf("größe %d µs ≥ 1\n", pdi); }
status: 1
error:
	-e:1:54: error: unknown name 'pdi' [unknown-name]
	net:net_dev_queue { printf("größe %d µs ≥ 1\n", pdi); }
	                                                ^~~
	hint: did you mean 'pid'?

== lines that end in CR LF
run:
	printf 'net:net_dev_queue {\r\n\t@ = count()\r\n\tprint(1);\r\n\t@b = sum(args.lne);\r\n}\r\n' > crlf.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" crlf.pkt
status: 1
error:
	crlf.pkt:2:13: error: missing ';' before 'print' [syntax]
		@ = count()
		           ^
	hint: statements are separated by ';'

== a NUL byte
run:
	printf 'net:net_dev_queue { @ = \0count(); }\n' > nul.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" nul.pkt
status: 1
error:
	nul.pkt:1:25: error: unexpected byte 0x00 [bad-character]
	net:net_dev_queue { @ = ?count(); }
	                        ^

== a NUL byte in a string
run:
	printf 'net:net_dev_queue { print("a\0b"); @ = x; }\n' > nul.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" nul.pkt
status: 1
error:
	nul.pkt:1:39: error: unknown name 'x' [unknown-name]
	net:net_dev_queue { print("a?b"); @ = x; }
	                                      ^
	hint: variables start with $, maps with @, strings stand between quotes

== bytes that are not UTF-8
run:
	printf 'net:net_dev_queue { @\377 = count(); print("\300"); }\n' > bytes.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" bytes.pkt
status: 1
error:
	bytes.pkt:1:22: error: unexpected byte 0xff [bad-character]
	net:net_dev_queue { @? = count(); print("?"); }
	                     ^

== a binary file
run:
	printf '\177ELF\2\1\1\0\0\0\0\0\0' > elf.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" elf.pkt
status: 1
error:
	elf.pkt:1:1: error: unexpected byte 0x7f [bad-character]
	?ELF?????????
	^

== an escape sequence is not sent to the terminal
run:
	printf 'net:net_dev_queue { @ = \033 count(); }\n' > esc.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" esc.pkt
status: 1
error:
	esc.pkt:1:25: error: unexpected byte 0x1b [bad-character]
	net:net_dev_queue { @ = ? count(); }
	                        ^

== a line of 5,000 characters
run:
	{ printf 'net:net_dev_queue { '; yes '@aaaa = count();' | head -n 312 | tr '\n' ' '; printf '@b = sum(args.lne); '; yes '@cccc = count();' | head -n 30 | tr '\n' ' '; echo '}'; } > long.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" long.pkt
status: 1
error:
	long.pkt:1:5339: error: tracepoint:net:net_dev_queue has no field 'lne' [unknown-field]
	aaa = count(); @aaaa = count(); @aaaa = count(); @aaaa = count(); @b = sum(args.lne); @cccc = count(); @cccc = count(); @cccc = count(); @cccc = count(); @cccc 
	                                                                                ^~~
	hint: did you mean 'len'?

== a mistake in every statement
run:
	{ printf 'net:net_dev_queue {\n'; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do echo "@ = sum(\$x$i);"; done; echo '}'; } > many.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" many.pkt 2>&1 | tail -n 5
expect:
	many.pkt:21:9: error: variable $x20 is read before anything is assigned to it [undefined-variable]
	@ = sum($x20);
	        ^~~~
	hint: a variable lives until the end of its block; a map is seen by all probes
	many.pkt: further messages are not shown

== parentheses nested too deep
run:
	{ printf 'net:net_dev_queue { @ = '; yes '(' | head -n 100000 | tr -d '\n'; printf 1; } > deep.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" deep.pkt
status: 1
error:
	deep.pkt:1:10016: error: the script is nested too deep [too-large]
	((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
	                                                                                ^
	hint: 1000 levels are possible

== braces nested too deep
run:
	{ printf 'net:net_dev_queue '; yes '{' | head -n 100000 | tr -d '\n'; } > deep.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" deep.pkt
status: 1
error:
	deep.pkt:1:5016: error: the script is nested too deep [too-large]
	{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{
	                                                                                ^
	hint: 1000 levels are possible

== thousands of parentheses are fine
run:
	{ printf 'net:net_dev_queue { @ = '; yes '(' | head -n 3000 | tr -d '\n'; printf 1; yes ')' | head -n 3000 | tr -d '\n'; printf '; }'; } > deep.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check deep.pkt

== an expression of too many operators
run:
	{ printf 'net:net_dev_queue { @ = pid'; yes '+1' | head -n 300000 | tr -d '\n'; printf '; }'; } > deep.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check deep.pkt
status: 1
error:
	deep.pkt:1:25: error: the script is nested too deep [too-large]
	net:net_dev_queue { @ = pid+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+
	                        ^
	hint: 1000 levels are possible

== too many nots
run:
	{ printf 'net:net_dev_queue { @ = '; yes '!' | head -n 300000 | tr -d '\n'; printf '1; }'; } > deep.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" deep.pkt
status: 1
error:
	deep.pkt:1:10016: error: the script is nested too deep [too-large]
	!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
	                                                                                ^
	hint: 1000 levels are possible

== a script from standard input
run: echo 'net:net_dev_queue { @ = sum(args.lne); }' | "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -
status: 1
error:
	-:1:34: error: tracepoint:net:net_dev_queue has no field 'lne' [unknown-field]
	net:net_dev_queue { @ = sum(args.lne); }
	                                 ^~~
	hint: did you mean 'len'?

== a script that is too large
run:
	head -c 20000000 /dev/zero | tr '\0' ' ' > large.pkt
	"$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" large.pkt
status: 2
error:
	pktscript: error: cannot read 'large.pkt': it is larger than 16 MiB

# Options

== no script at all
run: "$PKTSCRIPT"
status: 2
error:
	pktscript: error: no script is given, neither with -e nor as a file
	hint: pktscript --help shows how to use it

== a misspelt option
run: "$PKTSCRIPT" --verbsoe -e "begin { }"
status: 2
error:
	pktscript: error: unknown option '--verbsoe'; did you mean --verbose?
	hint: pktscript --help shows how to use it

== an unknown option
run: "$PKTSCRIPT" --frobnicate
status: 2
error:
	pktscript: error: unknown option '--frobnicate'
	hint: pktscript --help shows how to use it

== an unknown letter
run: "$PKTSCRIPT" -z
status: 2
error:
	pktscript: error: unknown option '-z'
	hint: pktscript --help shows how to use it

== an unknown letter among others
run: "$PKTSCRIPT" -qz -e "begin { }"
status: 2
error:
	pktscript: error: unknown option '-z'
	hint: pktscript --help shows how to use it

== an ambiguous option
run: "$PKTSCRIPT" --ver
status: 2
error:
	pktscript: error: option '--ver' can be --verbose or --version
	hint: pktscript --help shows how to use it

== an option with an argument it does not take
run: "$PKTSCRIPT" --quiet=yes -e "begin { }"
status: 2
error:
	pktscript: error: --quiet takes no argument
	hint: pktscript --help shows how to use it

== a letter without its argument
run: "$PKTSCRIPT" -e
status: 2
error:
	pktscript: error: --eval takes an argument: SCRIPT
	hint: pktscript --help shows how to use it

== an option without its argument
run: "$PKTSCRIPT" --for
status: 2
error:
	pktscript: error: --for takes an argument: TIME
	hint: pktscript --help shows how to use it

== -e twice
run: "$PKTSCRIPT" -e "begin { }" -e "end { }"
status: 2
error:
	pktscript: error: -e is given twice
	hint: pktscript --help shows how to use it

== --for that is no time
run: "$PKTSCRIPT" --for soon -e "begin { }"
status: 2
error:
	pktscript: error: 'soon' is no time: write 10s, 500ms or 2m
	hint: pktscript --help shows how to use it

== --for of no time
run: "$PKTSCRIPT" --for 0s -e "begin { }"
status: 2
error:
	pktscript: error: '0s' is no time: write 10s, 500ms or 2m
	hint: pktscript --help shows how to use it

== -p that is no number
run: "$PKTSCRIPT" -p curl -e "begin { }"
status: 2
error:
	pktscript: error: 'curl' is no process id
	hint: pktscript --help shows how to use it

== -p of a process that is not there
run: "$PKTSCRIPT" -p 999999999 -e "begin { }"
status: 2
error:
	pktscript: error: there is no process 999999999
	hint: pktscript --help shows how to use it

== -p 0
run: "$PKTSCRIPT" -p 0 -e "begin { }"
status: 2
error:
	pktscript: error: '0' is no process id
	hint: pktscript --help shows how to use it

== an unknown format
run: "$PKTSCRIPT" -f jsn -e "begin { }"
status: 2
error:
	pktscript: error: no output format 'jsn': they are text and json
	hint: pktscript --help shows how to use it

== an unknown stage
run: "$PKTSCRIPT" --dump plans -e "begin { }"
status: 2
error:
	pktscript: error: no stage 'plans': they are tokens, ast, plan, ir, asm and elf
	hint: pktscript --help shows how to use it

== a file that is not there
run: "$PKTSCRIPT" nothere.pkt
status: 2
error:
	pktscript: error: cannot read 'nothere.pkt': No such file or directory

== a directory for a file
run:
	mkdir dir
	"$PKTSCRIPT" dir
status: 2
error:
	pktscript: error: cannot read 'dir': Is a directory

== a script without -e
run: "$PKTSCRIPT" "net:net_dev_queue { @ = count(); }"
status: 2
error:
	pktscript: error: cannot read 'net:net_dev_queue { @ = count(); }': No such file or directory
	hint: a script on the command line is given with -e

== a tracefs that is not there
run: "$PKTSCRIPT" --tracefs nothere -e "net:* { @ = count(); }"
status: 1
error:
	-e:1:1: error: cannot open nothere: No such file or directory [kernel]
	net:* { @ = count(); }
	^~~~~

== a pattern that matches nothing
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -l "zzz:*"
status: 1
error:
	pktscript: error: no probe matches 'zzz:*'
	hint: patterns are CATEGORY:EVENT with * and ?: 'net:*', '*:*skb*'

== an #if that does not end
script:
	#if 1
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: this has no #endif [syntax]
	#if 1
	^~~

== an #endif too many
script:
	net:net_dev_queue { @ = count(); }
	#endif
status: 1
error:
	-e:2:1: error: #endif without #if [syntax]
	#endif
	^~~~~~

== an #elif after #else
script:
	#if 0
	#else
	#elif 1
	#endif
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:3:1: error: #elif after #else [syntax]
	#elif 1
	^~~~~
	-e:1:1: note: of this #if
	#if 0
	^~~

== an #ifdef without a name
script:
	#ifdef
	#endif
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: #ifdef and #ifndef take one name [syntax]
	#ifdef
	^~~~~~

== a wrong condition of #if
script:
	#if a b
	#endif
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: this is no condition of #if [syntax]
	#if a b
	^~~
	hint: it has numbers, names of #define, defined(NAME), comparisons, !, && and ||

== #error
script:
	#ifndef PKTSCRIPT
	#error not this
	#else
	#error needs another program
	#endif
	net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:4:1: error: needs another program [syntax]
	#error needs another program
	^~~~~~

== a constant that is not known
script: net:net_dev_queue { @ = AF_NONE; }
status: 1
error:
	-e:1:25: error: unknown name 'AF_NONE' [unknown-name]
	net:net_dev_queue { @ = AF_NONE; }
	                        ^~~~~~~
	hint: a constant of a header that 'pktscript -l constants' lacks: #define AF_NONE VALUE

== fail() and a false static_assert()
script: net:net_dev_queue { fail("not here"); static_assert(sizeof(uint8) == 2, "size"); static_assert(false); }
status: 1
error:
	-e:1:21: error: not here [assert]
	net:net_dev_queue { fail("not here"); static_assert(sizeof(uint8) == 2, "size"); static_assert(false); }
	                    ^~~~~~~~~~~~~~~~
	-e:1:39: error: static_assert() failed: size [assert]
	net:net_dev_queue { fail("not here"); static_assert(sizeof(uint8) == 2, "size"); static_assert(false); }
	                                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	-e:1:82: error: static_assert() failed [assert]
	et:net_dev_queue { fail("not here"); static_assert(sizeof(uint8) == 2, "size"); static_assert(false); }
	                                                                                ^~~~~~~~~~~~~~~~~~~~

== comptime of what is not known
script: net:net_dev_queue { if comptime pid { } }
status: 1
error:
	-e:1:33: error: this is not known before the script runs [bad-argument]
	net:net_dev_queue { if comptime pid { } }
	                                ^~~

== usermode where there are no registers
script: net:net_dev_queue { @ = usermode; }
status: 1
error:
	-e:1:25: error: tracepoint:net:net_dev_queue has no 'usermode' [bad-context]
	net:net_dev_queue { @ = usermode; }
	                        ^~~~~~~~
	hint: 'usermode' exists in profile, software, hardware, kprobe and uprobe probes

== a range that is too long
script: begin { for ($i : 0..10000000) { @++; } }
status: 1
error:
	-e:1:22: error: a loop has at most 8388608 turns [too-large]
	begin { for ($i : 0..10000000) { @++; } }
	                     ^~~~~~~~

== more maps than a program can use
run: i=0; { printf 'begin {'; while [ $i -lt 61 ]; do printf ' @m%d = 1;' $i; i=$((i + 1)); done; echo ' }'; } > maps.pkt; "$PKTSCRIPT" maps.pkt 2>&1 | grep -v '^@m\|^begin\|^ *^'
expect:
	maps.pkt:1:599: error: the kernel lets a program use 64 maps, and begin takes more [too-large]
	hint: an aggregation with a key counts as two; several values fit one map with a key

== a long line of bytes that begin no character
run: { printf '/'; head -c 300 /dev/zero | tr '\0' '\200'; printf ' ; net:x'; } > bytes.pkt; "$PKTSCRIPT" --check bytes.pkt; echo $?
expect:
	1
error~:
	^bytes.pkt:1:1: error: unexpected '/'

== an argument of a constant text that has an error
script: begin { print(cgroupid(comm.x)); }
status: 1
error:
	-e:1:24: error: string[16] has no fields [unknown-field]
	begin { print(cgroupid(comm.x)); }
	                       ^~~~~~

# Addresses, sets, bytes, names of numbers

== what is no address
script:
	begin
	{
		print(1.2.3);
		print(10.0.0.256);
		print(1:2:3:4:5:6:7::8);
		print(ntop(1) in 10.0.0.1/8);
		print(ntop(1) in 10.0.0.0/33);
		print(ntop(1) == fd00::1/129);
		print(h"0");
		print(h"zz");
	}
status: 1
error:
	-e:3:8: error: '1.2.3' is no address [bad-address]
		print(1.2.3);
		      ^~~~~
	hint: IPv4 has 4 numbers from 0 to 255
	-e:4:8: error: '10.0.0.256' is no address [bad-address]
		print(10.0.0.256);
		      ^~~~~~~~~~
	hint: IPv4 has 4 numbers from 0 to 255
	-e:5:8: error: '1:2:3:4:5:6:7::8' is no address [bad-address]
		print(1:2:3:4:5:6:7::8);
		      ^~~~~~~~~~~~~~~~
	hint: IPv6 has 8 groups of up to 4 hexadecimal digits, or fewer and one '::'
	-e:6:19: error: this prefix has bits set behind its length [bad-address]
		print(ntop(1) in 10.0.0.1/8);
		                 ^~~~~~~~~~
	hint: write 10.0.0.0/8
	-e:7:19: error: a prefix of IPv4 has 0 to 32 bits [bad-address]
		print(ntop(1) in 10.0.0.0/33);
		                 ^~~~~~~~~~~
	-e:8:19: error: a prefix of IPv6 has 0 to 128 bits [bad-address]
		print(ntop(1) == fd00::1/129);
		                 ^~~~~~~~~~~
	-e:9:8: error: bytes have two hexadecimal digits each [bad-string]
		print(h"0");
		      ^~~~
	hint: h"de ad be ef"
	-e:10:8: error: bytes have two hexadecimal digits each [bad-string]
		print(h"zz");
		      ^~~~~
	hint: h"de ad be ef"

== text that is no address
script:
	begin
	{
		print("x" == ntop(1));
		print(aa:bb:cc:dd:ee:ff == "aa:bb");
		print(ntop(1) in "10.1.0.0/8");
	}
status: 1
error:
	-e:3:8: error: 'x' is no IPv4 or IPv6 address [bad-argument]
		print("x" == ntop(1));
		      ^~~
	hint: addresses are written like "10.0.0.1" or "fd00::1"
	-e:4:29: error: 'aa:bb' is no Ethernet address [bad-argument]
		print(aa:bb:cc:dd:ee:ff == "aa:bb");
		                           ^~~~~~~
	hint: they are written like "aa:bb:cc:dd:ee:ff"
	-e:5:19: error: this prefix has bits set behind its length [bad-address]
		print(ntop(1) in "10.1.0.0/8");
		                 ^~~~~~~~~~~~
	hint: write 10.0.0.0/8

== prefixes are no values
script:
	begin
	{
		print(10.0.0.0/8);
		$x = fd00::/8;
		print(10.0.0.1 in 1.0.0.0/8..2.0.0.0/8);
	}
status: 1
error:
	-e:3:8: error: a prefix is no value [bad-operand]
		print(10.0.0.0/8);
		      ^~~~~~~~~~
	hint: it stands behind 'in' or '==': ... in 10.0.0.0/8
	-e:4:7: error: a prefix is no value [bad-operand]
		$x = fd00::/8;
		     ^~~~~~~~
	hint: it stands behind 'in' or '==': ... in 10.0.0.0/8
	-e:5:20: error: a range is of addresses, not of prefixes [bad-operand]
		print(10.0.0.1 in 1.0.0.0/8..2.0.0.0/8);
		                  ^~~~~~~~~~~~~~~~~~~~

== slices
script:
	begin
	{
		print(comm[1:99]);
		print(comm[0:0]);
		print(1[0:1]);
		$x = 1;
		print(comm[$x:1]);
	}
status: 1
error:
	-e:3:8: error: 99 bytes from byte 1 on are not in string[16] [bad-operand]
		print(comm[1:99]);
		      ^~~~~~~~~~
	-e:4:8: error: 0 bytes from byte 0 on are not in string[16] [bad-operand]
		print(comm[0:0]);
		      ^~~~~~~~~
	-e:5:8: error: '[offset:length]' takes bytes, and this is int64 [bad-operand]
		print(1[0:1]);
		      ^~~~~~
	-e:7:13: error: the offset and length of a slice are constant [bad-operand]
		print(comm[$x:1]);
		           ^~
	hint: write value[offset:length]

== addresses of another family, and what they are not
script:
	begin
	{
		print(10.0.0.1 == fd00::1);
		print(10.0.0.1 in {fd00::/8, fd00::1});
		if (10.0.0.1) { } print(10.0.0.1 + 1);
		print(fd00::1 < fd00::2);
	}
status: 1
error:
	-e:3:8: error: '==' cannot compare ipv4 and ipv6 [bad-operand]
		print(10.0.0.1 == fd00::1);
		      ^~~~~~~~~~~~~~~~~~~
	-e:4:21: error: ipv4 is never in this prefix [bad-operand]
		print(10.0.0.1 in {fd00::/8, fd00::1});
		                   ^~~~~~~~
	-e:4:31: error: ipv4 is never ipv6 [bad-operand]
		print(10.0.0.1 in {fd00::/8, fd00::1});
		                             ^~~~~~~
	-e:5:6: error: a condition is true or false, and this is ipv4 [bad-operand]
		if (10.0.0.1) { } print(10.0.0.1 + 1);
		    ^~~~~~~~
	hint: compare it with something
	-e:5:26: error: '+' takes numbers, not ipv4 and int64 [bad-operand]
		if (10.0.0.1) { } print(10.0.0.1 + 1);
		                        ^~~~~~~~~~~~
	-e:6:8: error: '<' cannot compare ipv6 and ipv6 [bad-operand]
		print(fd00::1 < fd00::2);
		      ^~~~~~~~~~~~~~~~~

== sets
script:
	begin
	{
		print(1 in {"a"});
		print(comm in {"a".."b"});
		print(1 in 5..2);
		print(fd00::2 in fd00::3..fd00::1);
		$x = 1;
		print(1 in {1, $x});
		print((1, 2) in {3});
	}
status: 1
error:
	-e:3:14: error: int64 is never string[8] [bad-operand]
		print(1 in {"a"});
		            ^~~
	-e:4:17: error: a range is of numbers or addresses, and this is string[16] [bad-operand]
		print(comm in {"a".."b"});
		               ^~~~~~~~
	-e:5:13: error: this range ends before it begins [bad-operand]
		print(1 in 5..2);
		           ^~~~
	-e:6:19: error: this range ends before it begins [bad-operand]
		print(fd00::2 in fd00::3..fd00::1);
		                 ^~~~~~~~~~~~~~~~
	-e:8:17: error: what stands behind 'in' is constant [bad-operand]
		print(1 in {1, $x});
		               ^~
	hint: {53, 80..90}, 10.0.0.0/8, "text"
	-e:9:8: error: 'in' takes a number, an address, text or bytes, and this is (int64, int64) [bad-operand]
		print((1, 2) in {3});
		      ^~~~~~~~~~~~~

== an empty set
script:
	begin
	{
		print(1 in {});
		$x = 1;
	}
status: 1
error:
	-e:3:14: error: unexpected '}', expected a value [syntax]
		print(1 in {});
		            ^

== contains, starts_with and has
script:
	begin
	{
		print(1 has "a");
		print(comm contains 1);
		$x = comm;
		print(comm contains $x);
		print(comm starts_with 1.2.3.4);
		print(comm contains "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	}
status: 1
error:
	-e:3:8: error: 'has' takes flags or numbers, not int64 and string[8] [bad-operand]
		print(1 has "a");
		      ^~~~~~~~~
	-e:4:8: error: 'contains' takes text or bytes, not string[16] and int64 [bad-operand]
		print(comm contains 1);
		      ^~~~~~~~~~~~~~~
	-e:6:22: error: 'contains' takes a literal: "text" or h"de ad" [bad-operand]
		print(comm contains $x);
		                    ^~
	-e:7:8: error: 'starts_with' takes text or bytes, not string[16] and ipv4 [bad-operand]
		print(comm starts_with 1.2.3.4);
		      ^~~~~~~~~~~~~~~~~~~~~~~~
	-e:8:22: error: 'contains' takes at most 64 bytes [too-large]
		print(comm contains "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
		                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

== names of numbers
script:
	begin
	{
		$p = (enum ipproto)6;
		print($p == tpc);
		print($p == nothing);
		print($p in {udp, ucp});
		print($p == TCP|UDP);
	}
status: 1
error:
	-e:4:14: error: unknown name 'tpc' [unknown-name]
		print($p == tpc);
		            ^~~
	hint: did you mean 'TCP'?
	-e:5:14: error: unknown name 'nothing' [unknown-name]
		print($p == nothing);
		            ^~~~~~~
	hint: the names of enum ipproto are HOPOPT, ICMP, IGMP, IPIP, TCP, EGP, UDP, DCCP, IPV6, ROUTING, FRAGMENT, RSVP, ...
	-e:6:20: error: unknown name 'ucp' [unknown-name]
		print($p in {udp, ucp});
		                  ^~~
	hint: did you mean 'TCP'?
	-e:7:8: error: '==' takes its sides before '|' does [bad-operand]
		print($p == TCP|UDP);
		      ^~~~~~~~~~~~~
	hint: write $p == (TCP | UDP)

== names of bits, and what takes its sides first
script:
	begin
	{
		$f = (enum tcp_flags)18;
		print($f == SYN|ACK);
		print($f & SYN == SYN);
		print(($f & 18) != SYN | ACK);
		print($f has SYN|ACK);
		print($f has RTS);
		print(nothing & ($f == 1));
		print(($f == SYN) | 1);
	}
status: 1
error:
	-e:4:8: error: '==' takes its sides before '|' does [bad-operand]
		print($f == SYN|ACK);
		      ^~~~~~~~~~~~~
	hint: write $f == (SYN | ACK)
	-e:5:8: error: '==' takes its sides before '&' does [bad-operand]
		print($f & SYN == SYN);
		      ^~~~~~~~~~~~~~~
	hint: write ($f & SYN) == SYN
	-e:6:8: error: '!=' takes its sides before '|' does [bad-operand]
		print(($f & 18) != SYN | ACK);
		      ^~~~~~~~~~~~~~~~~~~~~~
	hint: write ($f & 18) != (SYN | ACK)
	-e:7:8: error: 'has' takes its sides before '|' does [bad-operand]
		print($f has SYN|ACK);
		      ^~~~~~~~~~~~~~
	hint: write $f has (SYN | ACK)
	-e:8:15: error: unknown name 'RTS' [unknown-name]
		print($f has RTS);
		             ^~~
	hint: did you mean 'RST'?
	-e:9:8: error: unknown name 'nothing' [unknown-name]
		print(nothing & ($f == 1));
		      ^~~~~~~
	hint: variables start with $, maps with @, strings stand between quotes
