# -r: scripts on captured packets.

== each packet runs the script once, in the order of the file
requires: root
script:
	BEGIN { printf("begin\n"); }
	net:netif_receive_skb { @++; printf("%d\n", @); }
	END { printf("end\n"); }
packets:
	ffffffffffff 020000000001 0800 45000014 00000000 40110000 0a000001 0a000002
	ffffffffffff 020000000001 0806
	020000000001 020000000002 86dd 60000000 00003b40
expect:
	begin
	1
	2
	3
	end


	@: 3

== time is the capture's
requires: root
script:
	BEGIN { printf("begin %s %lu\n", strftime("%F %T.%f", nsecs), elapsed); }
	net:netif_receive_skb { printf("%lu %s %lu %lu\n", nsecs, strftime("%T.%f", nsecs), elapsed, nsecs(monotonic)); time("%T\n"); }
	END { printf("end %s\n", strftime("%T", nsecs)); }
packets:
	@1700000000.25 ffffffffffff 020000000001 0800
	@1700000002.5 ffffffffffff 020000000001 0800
expect:
	begin 2023-11-14 22:13:20.250000 0
	1700000000250000000 22:13:20.250000 0 1700000000250000000
	22:13:20
	1700000002500000000 22:13:22.500000 2250000000 1700000002500000000
	22:13:22
	end 22:13:22
	
	

== intervals fire by the clock of the capture, in order
requires: root
script:
	net:netif_receive_skb { printf("packet %lu ms\n", elapsed / 1000000); }
	interval:1s { printf("1 s: %lu ms\n", elapsed / 1000000); }
	interval:700ms { printf("0.7 s: %lu ms\n", elapsed / 1000000); }
packets:
	@100 ffffffffffff 020000000001 0800
	@101 ffffffffffff 020000000001 0800
	@102.4 ffffffffffff 020000000001 0800
expect:
	packet 0 ms
	0.7 s: 700 ms
	1 s: 1000 ms
	packet 1000 ms
	0.7 s: 1400 ms
	1 s: 2000 ms
	0.7 s: 2100 ms
	packet 2400 ms
	
	

== a clock that leaps back starts the intervals anew
requires: root
script:
	net:netif_receive_skb { printf("packet\n"); }
	interval:1s { printf("interval\n"); }
packets:
	@1000 ffffffffffff 020000000001 0800
	@10 ffffffffffff 020000000001 0800
	@10.5 ffffffffffff 020000000001 0800
	@11 ffffffffffff 020000000001 0800
expect:
	packet
	packet
	packet
	interval
	packet
	
	

== a clock that leaps ahead for years does not take years
requires: root
script:
	net:netif_receive_skb { @packets = count(); }
	interval:1ms { @intervals = count(); }
packets:
	@1 ffffffffffff 020000000001 0800
	@4000000000 ffffffffffff 020000000001 0800
	@4000000000.001 ffffffffffff 020000000001 0800
expect:
	

	@intervals: 100001
	@packets: 3

== exit() ends it
requires: root
script:
	net:netif_receive_skb { @++; if (@ == 2) { exit(7); } }
	END { printf("end\n"); }
packets:
	ffffffffffff 020000000001 0800
	ffffffffffff 020000000001 0800
	ffffffffffff 020000000001 0800
status: 7
expect:
	end


	@: 2

== bodies see each packet once, also with several probes
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb { @list = count(); @probe[probe] = count(); }
	net:net_dev_queue { @again = count(); }
	skb:kfree_skb, skb:consume_skb { @last = count(); }
packets:
	ffffffffffff 020000000001 0800
	ffffffffffff 020000000001 0800
expect:
	

	@again: 2
	@last: 2
	@list: 2
	@probe[tracepoint:net:net_dev_queue]: 2

== probes that have no packet cannot be replayed
script: sched:sched_switch { @ = count(); }
args: -r none.pcap
status: 1
error:
	-e:1:1: error: tracepoint:sched:sched_switch has no packet that can be replayed [bad-probe]
	sched:sched_switch { @ = count(); }
	^~~~~~~~~~~~~~~~~~
	hint: with -r a script has begin, end, interval and self probes, and those that carry a packet: net:net_dev_queue, net:netif_receive_skb, tc, xdp, ...

== what a capture does not have
script:
	net:net_dev_queue, net:net_dev_start_xmit { @[args.len, comm, cpu, kstack] = count(); }
	net:netif_receive_skb { @b[ctx.len, pid, arg0] = count(); }
args: -r none.pcap
status: 1
error:
	-e:1:47: error: a captured packet has no 'args' [bad-context]
	net:net_dev_queue, net:net_dev_start_xmit { @[args.len, comm, cpu, kstack] = count(); }
	                                              ^~~~
	hint: with -r a probe knows the packet, when it was captured, and no more
	-e:2:28: error: a captured packet has no 'ctx' [bad-context]
	net:netif_receive_skb { @b[ctx.len, pid, arg0] = count(); }
	                           ^~~
	hint: with -r a probe knows the packet, when it was captured, and no more

== of a pattern those with a packet are taken
requires: root
script: net:netif_r* { @ = count(); }
packets:
	ffffffffffff 020000000001 0800
expect:
	

	@: 1

== very short and very long packets
requires: root
script: net:netif_receive_skb { @ = count(); }
args: -r long.pcap
setup:
	{
		printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\377\377\0\0\1\0\0\0'
		printf '\1\0\0\0\0\0\0\0\0\0\0\0\100\0\0\0'
		printf '\1\0\0\0\0\0\0\0\3\0\0\0\100\0\0\0abc'
		for size in '\016\0' '\200\016' '\201\016' '\0\020' '\0\200' '\377\377'; do
			printf "\1\0\0\0\0\0\0\0$size\0\0$size\0\0"
			head -c "$(printf "$size" | od -An -tu2)" /dev/zero
		done
	} > long.pcap
expect:
	

	@: 8

== all link types that are understood
requires: root
script: net:netif_receive_skb { @ = count(); }
packets:
	link 0
	02000000 4500
	link 101
	4500
	link 108
	0000001c 6000
	link 113
	0004 0001 0006 0200000000010000 0800 4500
	link 276
	0800 0000 00000002 0001 04 06 0200000000010000 4500
	00
expect:
	

	@: 6

== other link types are named
requires: root
script: net:netif_receive_skb { @ = count(); }
packets:
	ffffffffffff 020000000001 0800
	link 127
	00000800
status: 3
expect:
	

	@: 1
error:
	pktscript: error: cannot replay $TMP/packets: its packets are of link type 127 (IEEE802_11_RADIO)
	hint: Ethernet, raw IP, BSD loopback and Linux cooked captures are understood

== pcap in both byte orders, also from standard input
requires: root
run:
	script='net:netif_receive_skb { printf("%lu\n", nsecs); }'
	printf '\241\262\303\324\0\2\0\4\0\0\0\0\0\0\0\0\0\0\377\377\0\0\0\1' > big
	printf '\0\0\0\5\0\0\0\7\0\0\0\16\0\0\0\16abcdefghijkl\10\0' >> big
	"$PKTSCRIPT" -r - -e "$script" < big
	printf '\115\074\262\241\2\0\4\0\0\0\0\0\0\0\0\0\377\377\0\0\1\0\0\0' > nano
	printf '\5\0\0\0\7\0\0\0\16\0\0\0\16\0\0\0abcdefghijkl\10\0' >> nano
	cat nano | "$PKTSCRIPT" --read - -e "$script"
expect:
	5000007000


	5000000007
	
	

== a file that is cut off is read as far as it goes
requires: root
run:
	head -c -3 packets > cut
	"$PKTSCRIPT" -r cut -e 'net:netif_receive_skb { @ = count(); } END { printf("end\n"); }'
packets:
	ffffffffffff 020000000001 0800
	ffffffffffff 020000000001 0800
status: 3
expect:
	end


	@: 1
error:
	pktscript: error: cannot read cut: the file is cut off in the middle of a packet

== files that are no captures
requires: root
run:
	script='net:netif_receive_skb { @ = count(); }'
	: > empty
	echo hello > text
	head -c 30 packets > head
	"$PKTSCRIPT" -r empty -e "$script"; echo $?
	"$PKTSCRIPT" -r text -e "$script"; echo $?
	"$PKTSCRIPT" -r head -e "$script"; echo $?
	"$PKTSCRIPT" -r missing -e "$script"; echo $?
	"$PKTSCRIPT" -r . -e "$script"; echo $?
packets:
	ffffffffffff 020000000001 0800
expect~:
	^3$
	^3$
	^3$
	^3$
	^3$
error:
	pktscript: error: cannot read empty: it is empty
	pktscript: error: cannot read text: it is neither pcap nor pcapng
	pktscript: error: cannot read head: the file is cut off in the middle of a packet
	pktscript: error: cannot read missing: no such file or directory
	pktscript: error: cannot read .: is a directory

== a capture that is being written is read as it comes, until a signal or --for
requires: root
run:
	(cat packets; sleep 5) | "$PKTSCRIPT" -r - --for 300ms -e 'net:netif_receive_skb { @ = count(); } END { printf("end\n"); }'
	mkfifo pipe
	(cat packets; sleep 5) > pipe &
	"$PKTSCRIPT" -r pipe -e 'net:netif_receive_skb { printf("packet\n"); } END { printf("end\n"); }' > out &
	pid=$!
	until grep -qs packet out; do sleep 0.01; done
	kill -INT $pid
	wait $pid
	echo "status $?"
	cat out
packets:
	ffffffffffff 020000000001 0800
expect:
	end


	@: 1
	status 0
	packet
	end
	
	

== a capture in JSON
requires: root
script: net:netif_receive_skb { @ = count(); }
args: -f json
packets:
	ffffffffffff 020000000001 0800
expect:
	{"type": "map", "data": {"@": 1}}

== what goes on is not captured: -c and -p are for live scripts
run: "$PKTSCRIPT" -r x.pcap -c true -e 'net:net_dev_queue { }'
status: 2
error:
	pktscript: error: -r reads what was captured, -c and -p are for what is live
	hint: pktscript --help shows how to use it

== -v says how fast it was
requires: root
script: net:netif_receive_skb { @ = count(); }
args: -v
packets:
	ffffffffffff 020000000001 0800
expect~:
	^@: 1$
error~:
	^read 1 packet in [0-9.]+ s, [0-9]+ packets/s$

== without privileges
user: nobody
run: "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" -r packets -e 'net:netif_receive_skb { @ = count(); }'
packets:
	ffffffffffff 020000000001 0800
status: 3
error:
	pktscript: error: not permitted to load BPF programs
	hint: run as root (sudo), or with the capabilities CAP_BPF and CAP_PERFMON

== programs on packets need none of the interfaces they name
requires: root
script:
	tc:ingress:nowhere0, tc:egress:nowhere0 { @tc[probe] = count(); }
	xdp:nowhere0, socket:nowhere0 { @xdp = count(); }
	cgroup_skb:ingress:nowhere { @cgroup = count(); }
packets:
	ffffffffffff 020000000001 0800
expect:


	@cgroup: 1
	@tc[tc:ingress:nowhere0]: 1
	@xdp: 1
