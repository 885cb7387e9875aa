# Every script of scripts/, on traffic of a namespace of its own or on a capture.

== flows: packets and bytes by flow
requires: root
run: "$PKTSCRIPT" -q -c 'sh -c "traffic udp 127.0.0.1 5001 4 100; sleep 1.2"' "$SRCDIR/../scripts/flows.pkt" -- --iface=lo --top=5 | sed 's/:[0-9]* >/:PORT >/' | grep ':5001\]'
expect:
	@bytes[UDP 127.0.0.1:PORT > 127.0.0.1:5001]: 568
	@packets[UDP 127.0.0.1:PORT > 127.0.0.1:5001]: 4

== drops: reason, direction, function and flow
requires: root
run: "$PKTSCRIPT" -q -c 'traffic refused 127.0.0.1 999' "$SRCDIR/../scripts/drops.pkt" | sed 's/:[0-9]* >/:PORT >/' | grep 999
expect:
	@drops[NO_SOCKET, drop/in, tcp_v4_rcv, TCP 127.0.0.1:PORT > 127.0.0.1:999]: 1

== resets: as they happen, and how many
requires: root
run: "$PKTSCRIPT" -q -c 'traffic refused ::1 998' "$SRCDIR/../scripts/resets.pkt" | sed -E 's/^[0-9:.]+ //; s/> (.*):[0-9]+/> \1:PORT/'
expect:
	out lo TCP [::1]:998 > [::1]:PORT RST,ACK
	in lo TCP [::1]:998 > [::1]:PORT RST,ACK


	@resets[in, TCP [::1]:998 > [::1]:PORT]: 1
	@resets[out, TCP [::1]:998 > [::1]:PORT]: 1

== sent: packets and bytes by process
requires: root
run: "$PKTSCRIPT" -q -c 'sh -c "traffic udp 127.0.0.1 5001 4 100; sleep 1.2"' "$SRCDIR/../scripts/sent.pkt" | sed 's/, [0-9]*\]/, PID]/' | grep traffic
expect:
	@bytes[traffic, PID]: 568
	@packets[traffic, PID]: 4

== sizes: a histogram by direction and interface
requires: root
run: "$PKTSCRIPT" -q -c 'traffic udp 127.0.0.1 5001 4 100' "$SRCDIR/../scripts/sizes.pkt"
expect~:
	^@bytes.(in|out), lo.:$
	^.128, 256\) +[0-9]+ \|
	^@bytes.(in|out), lo.:$
	^.128, 256\) +[0-9]+ \|

== talkers: bytes by address
requires: root
run: "$PKTSCRIPT" -q -c 'sh -c "traffic udp 127.77.1.1 5001 4 100; sleep 1.2"' "$SRCDIR/../scripts/talkers.pkt" -- --top=1000 | grep 127.77
expect:
	@received[127.77.1.1]: 568

== ttl: by source, and hops
requires: root
run: "$PKTSCRIPT" -q -c 'traffic udp 127.0.0.1 5001 4 100' "$SRCDIR/../scripts/ttl.pkt"
expect~:
	^@hops:$
	^.0, 8\) +[0-9]+ \|
	^@ttl.127.0.0.1, 64.: [0-9]+$

== arpwatch: who has which address, and that it changes
requires: root ip ping
run:
	veth_peer
	ip addr add 10.9.0.1/24 dev veth0
	in_peer ip addr add 10.9.0.2/24 dev veth1
	"$PKTSCRIPT" -q -c "sh -c '
		ping -c 1 -W 1 10.9.0.2
		ip -n peer link set veth1 down; ip -n peer link set veth1 address 02:00:00:00:00:03 up
		ip neigh flush dev veth0
		ping -c 1 -W 1 10.9.0.2' >/dev/null" "$SRCDIR/../scripts/arpwatch.pkt" | sed -E 's/^[0-9:.]+ //' | grep '^veth0 10.9.0.2 .*00:02'
expect:
	veth0 10.9.0.2 is at 02:00:00:00:00:02
	veth0 10.9.0.2 is at 02:00:00:00:00:03, not 02:00:00:00:00:02 any more

== vlan: frames and bytes by tags, of a capture
requires: root
run: "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/vlan.pkt" | grep '^@frames' | tail -3
expect:
	@frames[-, -, 3, -]: 12
	@frames[-, -, 5, -]: 36
	@frames[-, -, -, -]: 1054

== handshakes: each as it happens, and by server
requires: root
run: "$PKTSCRIPT" -c 'traffic tcp ::1 5004 100' "$SRCDIR/../scripts/handshakes.pkt" 2>&1 | sed -E 's/^[0-9:.]+ //; s/> (.*):[0-9]+ .*/> \1:PORT TIME/; s/, min.*//' | grep '5004'
expect:
	TCP [::1]:5004 > [::1]:PORT TIME
	@handshake[::1, 5004]: count 1

== latency: in the queue and in the driver
requires: root
run: "$PKTSCRIPT" -c 'traffic udp 127.0.0.1 5005 10' "$SRCDIR/../scripts/latency.pkt" 2>&1
expect~:
	^@driver.lo.: count [0-9]+, min
	^@queue.lo.: count [0-9]+, min
	^lat.qdisc: [0-9]+ samples, unmatched: [0-9]+ starts [0-9]+ ends

== dns: queries and responses of a capture, and how many by result
requires: root
run: "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/dns.pkt" | sed 's/^[0-9:.]* //' | grep -m3 'example.com '; "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/dns.pkt" | grep '^@results.NXDOMAIN'
expect:
	- 203.68.110.92 > 172.247.177.215 A example.com ?
	- 2001:db8:0:b9d3:86d7:1d33:1a89:636f > 2001:db8:ae65::4a71 AAAA example.com ?
	- 100.132.235.225 > 100.165.189.82 MX example.com ?
	@results[NXDOMAIN, abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij.abcdefghij]: 1

== http: requests and responses of a capture
requires: root
run: "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/http.pkt" | sed 's/^[0-9:.]* //' | grep -m2 ' GET '; "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/http.pkt" | grep '^@responses.404'
expect:
	TCP 10.128.6.214:61174 > 172.189.20.58:80 GET www.example.com /get?q=1
	TCP 172.144.170.98:61715 > 100.93.24.228:80 GET - /
	@responses[404]: 1

== sni: names of servers in a capture
requires: root
run: "$PKTSCRIPT" -q -r "$SRCDIR/packets/varied.pcap" "$SRCDIR/../scripts/sni.pkt" | grep '^@names.example.com'
expect:
	@names[example.com]: 3
error:
	tls.split: 2 (a hello of TLS goes on in another packet)

== packet: one line a packet
requires: root ip
run:
	ip link add pk0 type veth peer name pk1; ip addr add 10.77.0.1/24 dev pk0; ip link set pk1 up; ip link set pk0 up
	ip neigh replace 10.77.0.2 lladdr 02:00:00:00:00:02 dev pk0
	"$PKTSCRIPT" -q -c 'traffic udp 10.77.0.2 5006 2 4' "$SRCDIR/../scripts/packet.pkt" -- --iface=pk0 | sed 's/^[0-9:.]* //' | grep UDP
expect:
	out pk0 10.77.0.1 > 10.77.0.2 UDP 46 - - \x00\x00\x00\x00
	out pk0 10.77.0.1 > 10.77.0.2 UDP 46 - - \x00\x00\x00\x00
