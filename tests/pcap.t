# pcap(): filters of tcpdump, with the answers of tcpdump.

== the same packets as tcpdump, for many filters
requires: root tcpdump
timeout: 60
run:
	for file in five varied raw; do
		capture=$SRCDIR/packets/$file.pcap
		while read -r filter; do
			echo "net:netif_receive_skb /pcap(\"$filter\")/ { @[\"$filter\"] = count(); }"
			echo "$(tcpdump -r "$capture" --count "$filter" 2> /dev/null | sed 's/ .*//') $filter" >> tcpdump-$file
		done < "$SRCDIR/packets/filters" > script
		"$PKTSCRIPT" -q -r "$capture" script | sed -n 's/^@\[\(.*\)\]: \(.*\)/\2 \1/p' | sort > ours
		grep -v '^0* ' tcpdump-$file | sort | diff - ours && wc -l < ours
	done
expect:
	16
	29
	13

== filters are compiled for packets with and without a link header
requires: root net kernel-5.18
setup: mkdir cg && mount -t cgroup2 none cg
script:
	net:net_dev_queue /pcap("udp dst port 9")/ { @queue = count(); }
	net:netif_receive_skb /pcap("udp dst port 9 and ether proto 0x800")/ { @receive = count(); }
	tc:egress:lo /pcap("udp dst port 9 and udp[4:2] = 40")/ { @tc = count(); }
	xdp:lo /pcap("udp and port 9") && udp.dstport == 9/ { @xdp = count(); }
	socket:lo /pcap("udp port 9")/ { @socket = count(); }
	cgroup_skb:egress:/ /pcap("ip proto 17 and dst port 9 and len = 60")/ { @cgroup = count(); }
	net:net_dev_queue /pcap("udp port 10") || pcap("tcp")/ { @none = count(); }
traffic: traffic udp 127.0.0.1 9 3
expect:


	@cgroup: 3
	@queue: 3
	@receive: 3
	@socket: 6
	@tc: 3
	@xdp: 3

== wrong filters
requires: root
script:
	net:netif_receive_skb /pcap("tcp prt 80")/ { @ = count(); }
	net:netif_receive_skb /pcap("tcp port 80 andd host 10.0.0.1")/ { @ = count(); }
	net:netif_receive_skb /pcap("tcp[1000000:3] = 1")/ { @ = count(); }
	net:netif_receive_skb /pcap(comm)/ { @ = count(); }
	net:netif_receive_skb /pcap("tcp", 1)/ { @ = count(); }
	BEGIN { @b = pcap("tcp"); }
args: --check
status: 1
error:
	-e:1:34: error: pcap(): can't parse filter expression: syntax error [bad-argument]
	net:netif_receive_skb /pcap("tcp prt 80")/ { @ = count(); }
	                                 ^~~
	hint: its filters are those of tcpdump: man pcap-filter
	-e:2:42: error: pcap(): can't parse filter expression: syntax error [bad-argument]
	net:netif_receive_skb /pcap("tcp port 80 andd host 10.0.0.1")/ { @ = count(); }
	                                         ^~~~
	hint: its filters are those of tcpdump: man pcap-filter
	-e:3:30: error: pcap(): data size must be 1, 2, or 4 [bad-argument]
	net:netif_receive_skb /pcap("tcp[1000000:3] = 1")/ { @ = count(); }
	                             ^~~~~~~~~~~~~~
	hint: its filters are those of tcpdump: man pcap-filter
	-e:4:29: error: the first argument of pcap() is a constant string, and this is string[16] [bad-argument]
	net:netif_receive_skb /pcap(comm)/ { @ = count(); }
	                            ^~~~
	-e:5:24: error: pcap() takes 1 argument, and 2 are given [argument-count]
	net:netif_receive_skb /pcap("tcp", 1)/ { @ = count(); }
	                       ^~~~~~~~~~~~~~
	hint: pcap("tcp port 80 and not host 10.0.0.1"): true when the packet passes a filter of tcpdump, as pcap-filter(7) has them
	-e:6:14: error: begin has no packet to filter [bad-context]
	BEGIN { @b = pcap("tcp"); }
	             ^~~~~~~~~~~
	hint: packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb and all tracepoints with a struct sk_buff

== cgroup_skb has no link header to filter
requires: root
run:
	mkdir cg && mount -t cgroup2 none cg
	"$PKTSCRIPT" --check -e 'cgroup_skb:egress:/ /pcap("ether host 02:00:00:00:00:01")/ { @ = count(); }'
status: 1
error:
	-e:1:28: error: pcap(): ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel [bad-argument]
	cgroup_skb:egress:/ /pcap("ether host 02:00:00:00:00:01")/ { @ = count(); }
	                           ^~~~~
	hint: its filters are those of tcpdump: man pcap-filter
