# The runner itself, on cases that need no pktscript.

== a command prints what is expected
run: echo one; echo two
expect:
	one
	two

== blank lines and a missing newline can be written
run: printf '\na\n\n\nb\n\n'; printf 'c\n\n' >&2; printf 'd' >&2
expect:

	a


	b
	
error:
	c

	d
	\ no newline

== regular expressions match lines in order
run:
	seq 5
	echo bad >&2
expect~:
	^2
	[45]
error~:
	^b

== status is checked
run: exit 3
status: 3

== a signal is a status
run: kill -KILL $$
status: 137

== commands run in an empty private directory
run: pwd; ls -A; echo "$SRCDIR"
expect:
	$TMP
	$SRCDIR

== what a case leaves behind is ended
run: (setsid sleep 1000 & echo $! >&2) >/dev/null
error~:

== a program that is not there skips the case
requires: no-such-program
run: false

== failures show a diff, totals and the place
run:
	printf '== bad\nrun: echo a; echo b; exit 1\nexpect:\n\ta\n\tc\n' > bad.t
	"$SRCDIR/run" bad.t
status: 1
expect:
	1..1
	# exit status 1, expected 0
	# --- expected stdout
	# +++ printed stdout
	# @@ -1,2 +1,2 @@
	#  a
	# -c
	# +b
	not ok 1 - bad
	# bad.t:1
	# 0 passed, 1 failed, 0 skipped

== the time-out ends a case
run:
	printf '== long\nrun: echo x; sleep 100\ntimeout: 1\n' > long.t
	"$SRCDIR/run" long.t
status: 1
expect:
	1..1
	# not carried out:
	#   no end after 1 s
	# stdout:
	#   x
	# stderr:
	not ok 1 - long
	# long.t:1
	# 0 passed, 1 failed, 0 skipped

== blessing writes what was printed and leaves the rest
run:
	printf '# top\n== one\nrun: echo a; echo e >&2\nexpect: b\n\n# two\n== two\nrun: echo c\n\n== three\nrun: true\nexpect: x\n' > f.t
	BLESS=1 "$SRCDIR/run" f.t >/dev/null
	cat f.t
expect:
	# top
	== one
	run: echo a; echo e >&2
	expect:
		a
	error:
		e

	# two
	== two
	run: echo c
	expect:
		c

	== three
	run: true

== a mistake in a test file is told with its line
run:
	printf '== one\nscritp: x\n' > f.t
	"$SRCDIR/run" f.t
status: 2
expect: Bail out! f.t is not a test file
error: f.t:2: not a key of a test case: scritp: x

== cases are chosen by their title
run: "$SRCDIR/run" -l -k chosen "$SRCDIR/runner.t"
expect: $SRCDIR/runner.t: cases are chosen by their title

== traffic runs once the script is attached, then it is interrupted
requires: net
run:
	printf '#!/bin/sh\ntrap "echo interrupted; exit 7" INT\necho Attached 1 probe >&2\nwhile :; do sleep 0.01; done\n' > fake
	chmod +x fake
	printf '== live\nscript: x\ntraffic: traffic udp 127.0.0.1 9 3; traffic tcp ::1 80 5000; traffic refused 127.0.0.1 81\nstatus: 7\nexpect: interrupted\n' > f.t
	PKTSCRIPT=$TMP/fake "$SRCDIR/run" f.t
expect:
	1..1
	ok 1 - live
	# 1 passed, 0 failed, 0 skipped

== the network is private
requires: net ip
run: veth_peer; in_peer traffic udp 10.0.0.1 9 3; ip -br link show | cut -d' ' -f1 | sort
expect:
	lo
	veth0@if2

== without privileges
requires: id
user: nobody
run: test "$(id -u)" != 0
