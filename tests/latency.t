# Latencies: which packets have them, and what is counted at exit. Starts are kept for all packets of
# the machine, so only captures have counts that are known.

== of a connection: the handshake is from our SYN to its answer
requires: root
script:
	net:netif_receive_skb /lat.handshake > 0s && lat.handshake < 10s/ { @handshake[tcp.srcport, lat.handshake == lat.handshake] = count(); }
	net:netif_receive_skb /defined(lat.handshake)/ { @more[tcp.srcport] = count(); }
	net:net_dev_queue, net:netif_receive_skb /lat.conn < 10s && tcp.dstport == 5001/ { @conn[dir] = count(); }
traffic: traffic tcp 127.0.0.1 5001 1000; traffic tcp ::1 5001 1000; traffic udp 127.0.0.1 5001 3
expect:


	@conn[in]: 2
	@conn[out]: 2
	@handshake[5001, true]: 2
	@more[5001]: 2
error~:
	^lat\.handshake: [0-9]+ samples, unmatched: [0-9]+ starts? [0-9]+ ends?$
	^lat\.conn: [0-9]+ samples, unmatched: [0-9]+ starts?$

== of a queue that makes packets wait, and of the driver
requires: root ip tc
run:
	veth_peer
	tc qdisc add dev veth0 root tbf rate 16kbit burst 300 latency 10s
	"$PKTSCRIPT" -q -e 'net:net_dev_start_xmit /udp.dstport == 5001/ { @all = sum(lat.qdisc < 10s); @waited = max(lat.qdisc > 20ms); }
		net:net_dev_xmit /args.len == 142/ { @driver[str(args.name)] = sum(lat.driver < 10s); }' -c 'sh -c "traffic udp 10.0.0.2 5001 4 100; sleep 0.6"' 2> err | grep -o '^@.*[1-9]'
	grep -cE '^lat.(qdisc|driver): [0-9]+ samples' err
expect:
	@all: 4
	@driver[veth0]: 4
	@waited: 1
	2

== what is dropped in between has none, and leaves none to the next packet at the same address
requires: root ip tc
run:
	veth_peer
	tc qdisc add dev veth0 root blackhole
	"$PKTSCRIPT" -q -f json -e 'net:net_dev_queue /udp.dstport == 5001/ { @sent = count(); }
		net:net_dev_start_xmit /udp.dstport == 5001/ { @n = count(); @[iface] = sum(lat.qdisc < 1s); @slow = sum(lat.qdisc > 1s); }' -c 'sh -c "traffic udp 10.0.0.2 5001 7; sleep 1.2; traffic udp 127.0.0.1 5001 5"' > out
	grep '"@' out
	sed -nE 's/.*"name": "lat.qdisc".*"unmatched_starts": ([0-9]+), "unmatched_ends": [0-9]+, "repeated": 0, "evicted": 0.*/\1/p' out | while read -r n; do [ "$n" -ge 7 ] && echo "7 starts"; done
expect:
	{"type": "map", "data": {"@": {"lo": 5}}}
	{"type": "map", "data": {"@n": 5}}
	{"type": "map", "data": {"@sent": 12}}
	{"type": "map", "data": {"@slow": 0}}
	7 starts

== of what is forwarded, and of GRO
requires: root ip
run:
	veth_peer
	ip netns add far
	ip link add veth2 type veth peer name veth3 netns far
	ip addr add 10.1.0.1/24 dev veth2
	ip link set veth2 up
	ip netns exec far ip addr add 10.1.0.2/24 dev veth3
	ip netns exec far ip link set veth3 up
	in_peer ip route add default via 10.0.0.1
	echo 1 > /proc/sys/net/ipv4/ip_forward
	"$PKTSCRIPT" -q -e 'net:net_dev_queue /udp.dstport == 5001/ { @all[iface] = count(); @stack[iface] = sum(lat.stack < 10s); }
		net:netif_receive_skb /udp.dstport == 5001/ { @gro[iface] = sum(lat.rx_to_stack < 10s); } xdp:veth0 { @ = count(); }' -c "ip netns exec peer $(command -v traffic) udp 10.1.0.2 5001 5" 2> /dev/null | grep '^@[a-z].*: 5'
expect:
	@all[veth1]: 5
	@all[veth2]: 5
	@gro[veth0]: 5
	@stack[veth2]: 5

== in blocks, loops and several bodies of a program it is the same
requires: root
script:
	net:net_dev_start_xmit /udp.dstport == 5001/ { $first = lat.qdisc; for ($i : 0..3) { @same = sum(lat.qdisc == $first); } @last = $first; if (1) { @a = sum(lat.qdisc == @last); } }
	net:net_dev_start_xmit /udp.dstport == 5001 && lat.qdisc == @last/ { $t = 1; @b = count(); }
	rt:net_dev_start_xmit /udp.dstport == 5001/ { @other = sum(defined(lat.qdisc)); clear(@last); @addr = sum(skb.addr > 0); }
traffic: traffic udp 127.0.0.1 5001 2
expect~:
	^@a: 2$
	^@addr: 2$
	^@b: 2$
	^@other: [0-2]$
	^@same: 6$
error~:
	^lat\.qdisc: 

== captured connections: samples, what was repeated, and what has no other end
requires: root
script:
	net:netif_receive_skb { $h = lat.handshake; $c = lat.conn; if ($h + $c > 0) { printf("%s %s %s\n", flow, $h, $c); } }
	net:net_dev_queue { printf("%s connected in %s\n", flow, lat.conn); }
packets:
	@10 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e8 1389 00000064 00000000 5002 0400 00000000
	@10.020 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000002 0a000001 1389 03e8 00001000 00000065 5012 0400 00000000
	@10.021 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e8 1389 00000065 00001001 5010 0400 00000000
	@10.022 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e8 1389 00000065 00001001 5010 0400 00000000
	@11 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e9 1389 ffffffff 00000000 5002 0400 00000000
	@12 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e9 1389 ffffffff 00000000 5002 0400 00000000
	@12.5 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000002 0a000001 1389 03e9 00001000 00000000 5012 0400 00000000
	@12.6 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e9 1389 00000000 00001001 5010 0400 00000000
	@13 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03ea 1389 00000001 00000000 5002 0400 00000000
	@14 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03ea 1389 00000100 00000000 5002 0400 00000000
	@14.1 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000002 0a000001 1389 03ea 00001000 00000002 5012 0400 00000000
	@14.3 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000002 0a000001 1389 03ea 00001000 00000101 5012 0400 00000000
	@15 ffffffffffff 020000000001 86dd 60000000 00140640 fd000000000000000000000000000001 fd000000000000000000000000000002 03e8 1389 00000064 00000000 5002 0400 00000000
expect:
	TCP 10.0.0.2:5001 > 10.0.0.1:1000 20ms 0ns
	TCP 10.0.0.1:1000 > 10.0.0.2:5001 0ns 21ms
	TCP 10.0.0.1:1001 > 10.0.0.2:5001 0ns 1.6s
	TCP 10.0.0.2:5001 > 10.0.0.1:1002 300ms 0ns
	
	
error:
	lat.handshake: 2 samples, unmatched: 2 starts 1 end, repeated: 1
	lat.conn: 2 samples, unmatched: 3 starts

== captured queries: answered, repeated, too old, the number of another
requires: root
script:
	net:netif_receive_skb { printf("%s %d %s\n", src, dns.id, dns.time); }
packets:
	@10 ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000001 0a000002 03e8 0035 00140000 0001 0100 0000 0000 0000 0000
	@10.020 ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000002 0a000001 0035 03e8 00140000 0001 8180 0000 0000 0000 0000
	@11 out ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000001 0a000002 03e8 0035 00140000 0002 0100 0000 0000 0000 0000
	@11.1 out ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000001 0a000002 03e8 0035 00140000 0003 0100 0000 0000 0000 0000
	@11.2 out ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000001 0a000002 03e8 0035 00140000 0003 0100 0000 0000 0000 0000
	@11.3 in ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000002 0a000001 0035 03e8 00140000 0003 8180 0000 0000 0000 0000
	@11.4 in ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000002 0a000001 0035 03e8 00140000 0004 8180 0000 0000 0000 0000
	@16.5 in ffffffffffff 020000000001 0800 45000028 00000000 40110000 0a000002 0a000001 0035 03e8 00140000 0002 8180 0000 0000 0000 0000
	@17 in ffffffffffff 020000000001 86dd 60000000 00141140 fd000000000000000000000000000001 fd000000000000000000000000000002 03e8 0035 00140000 0005 0100 0000 0000 0000 0000
	@17.001 out ffffffffffff 020000000001 86dd 60000000 00141140 fd000000000000000000000000000002 fd000000000000000000000000000001 0035 03e8 00140000 0005 8180 0000 0000 0000 0000
expect:
	10.0.0.2 1 20ms
	fd00::2 5 1ms
	
	
error:
	dns.time: 2 samples, unmatched: 1 start 2 ends, repeated: 1

== starts that made room for others
requires: root
replay: packets/varied.pcap
script:
	config = { latency_keys = 16; print_maps_on_exit = 0 }
	net:netif_receive_skb { @ = sum(lat.handshake); }
expect:
	
	
error~:
	^lat\.handshake: 0 samples, unmatched: [0-9]+ starts 74 ends, evicted: [1-9][0-9]* \(config = . latency_keys = N .\)$

== the same as JSON
requires: root
args: -f json
script:
	net:netif_receive_skb { @ = sum(lat.handshake); @c = sum(lat.conn); }
packets:
	@10 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000001 0a000002 03e8 1389 00000064 00000000 5002 0400 00000000
	@10.020 ffffffffffff 020000000001 0800 45000028 00000000 40060000 0a000002 0a000001 1389 03e8 00001000 00000065 5012 0400 00000000
expect:
	{"type": "map", "data": {"@": 20000000}}
	{"type": "latency", "data": {"name": "lat.handshake", "samples": 1, "unmatched_starts": 0, "unmatched_ends": 0, "repeated": 0, "evicted": 0}}
	{"type": "latency", "data": {"name": "lat.conn", "samples": 0, "unmatched_starts": 1, "repeated": 0, "evicted": 0}}

== where it is not known
script:
	net:net_dev_queue { @ = quantile(lat.qdisc); }
	net:netif_receive_skb { @c = quantile(lat.conn); print(lat.driver); }
	fn f(): uint64 { return lat.conn; }
	net:net_dev_xmit { print(f()); print(ip.src); }
	tcp:tcp_probe { print(lat.nothing); print(inner.lat.conn); }
status: 1
error:
	-e:1:34: error: 'lat.qdisc' does not exist in tracepoint:net:net_dev_queue [bad-context]
	net:net_dev_queue { @ = quantile(lat.qdisc); }
	                                 ^~~~~~~~~
	hint: it is known at net:net_dev_start_xmit
	-e:2:56: error: 'lat.driver' does not exist in tracepoint:net:netif_receive_skb [bad-context]
	net:netif_receive_skb { @c = quantile(lat.conn); print(lat.driver); }
	                                                       ^~~~~~~~~~
	hint: it is known at net:net_dev_xmit
	-e:3:25: error: 'lat.conn' does not exist in tracepoint:net:net_dev_xmit [bad-context]
	fn f(): uint64 { return lat.conn; }
	                        ^~~~~~~~
	hint: give it to the function as a parameter
	-e:4:38: error: 'ip.src' does not exist in tracepoint:net:net_dev_xmit [bad-context]
	net:net_dev_xmit { print(f()); print(ip.src); }
	                                     ^~~~~~
	hint: the packet may have been freed by then: net:net_dev_start_xmit has it
	-e:5:23: error: lat has no field 'nothing' [unknown-field]
	tcp:tcp_probe { print(lat.nothing); print(inner.lat.conn); }
	                      ^~~~~~~~~~~
	hint: pktscript -l fields lists those of packets
	-e:5:43: error: inner.lat has no field 'conn' [unknown-field]
	tcp:tcp_probe { print(lat.nothing); print(inner.lat.conn); }
	                                          ^~~~~~~~~~~~~~
	hint: a packet in a tunnel has what comes from its own bytes

== what captured packets do not have
requires: root
args: -r $SRCDIR/packets/five.pcap
script: net:net_dev_start_xmit { print(lat.qdisc); print(lat.conn); }
status: 1
error:
	-e:1:32: error: 'lat.qdisc' does not exist in tracepoint:net:net_dev_start_xmit [bad-context]
	net:net_dev_start_xmit { print(lat.qdisc); print(lat.conn); }
	                               ^~~~~~~~~
	hint: a captured packet was seen once: it has the latencies of connections

== from the stack to the socket, and until data is acknowledged
requires: root kernel-6.3
script:
	sock:sk_data_ready /sk.sport == 5001 && lat.rx_to_sock < 1s/ { @socket[sk.proto, sk.family] = count(); }
	net:netif_receive_skb /tcp.srcport == 5001 && rtt.passive < 10s/ { @rtt[src] = count(); }
traffic: traffic udp 127.0.0.1 5001 3; traffic udp ::1 5001 3; traffic tcp 127.0.0.1 5001 100
expect:


	@rtt[127.0.0.1]: 1
	@socket[TCP, INET]: 1
	@socket[UDP, INET]: 3
	@socket[UDP, INET6]: 3
error~:
	^lat\.rx_to_sock: [0-9]+ samples?, unmatched: [0-9]+ starts?$
	^rtt\.passive: [0-9]+ samples?, unmatched: [0-9]+ starts?$
