# Packets where the kernel has them: what is read at each hook is what is in the packet.

== received, cut by XDP just before: all fields of 1,200 packets are the capture's, no byte from behind their end
requires: root
timeout: 60
run:
	frames save - "$SRCDIR/packets/varied.pcap" > sent.pcap
	"$SRCDIR/packets/every" | "$SRCDIR/packets/read" sent.pcap | awk -F '\t' '$NF >= 14' > replayed
	"$SRCDIR/packets/every" | "$SRCDIR/packets/script" "net:netif_receive_skb /iface == \"tap0\" && $(in_namespace)/" > live.pkt
	watching live.pkt frames tap tap0 "$SRCDIR/packets/varied.pcap" 256 > received 2> refused
	wc -l < received
	diff replayed received | head -4
expect:
	1194

== sent, cut by tc just before: the same
requires: root
timeout: 60
run:
	veth_peer
	frames save - "$SRCDIR/packets/varied.pcap" > sent.pcap
	"$SRCDIR/packets/every" | "$SRCDIR/packets/read" sent.pcap | awk '{ print NR "\t" $0 }' > replayed
	{ echo mark; "$SRCDIR/packets/every"; } | "$SRCDIR/packets/script" "net:net_dev_queue /mark && $(in_namespace)/" > live.pkt
	watching live.pkt frames send veth0 "$SRCDIR/packets/varied.pcap" 256 > seen 2> refused
	wc -l < seen
	awk 'NR == FNR { seen[$1] = 1; next } $1 in seen' seen replayed | diff - seen | head -4
expect~:
	^11[0-9][0-9]$

== every hook of a device has the capture's fields; some are behind the kernel, which drops broken VLAN tags
requires: root
timeout: 100
run:
	veth_peer
	quiet_peer
	frames save - "$SRCDIR/packets/varied.pcap" > sent.pcap
	"$SRCDIR/packets/every" | grep -v vlan.accel > fields
	"$SRCDIR/packets/read" sent.pcap < fields | awk -F '\t' '$NF >= 14' > replayed
	for hook in tc:egress:veth0 net:net_dev_queue net:net_dev_start_xmit netns:peer:xdp:veth1 net:netif_rx \
		net:netif_receive_skb netns:peer:tc:ingress:veth1 netns:peer:socket:veth1; do
		case $hook in
		net:net_dev*) condition=" /$(in_namespace)/" ;;
		net:*) condition=" /$(in_namespace in_peer)/" ;;
		*) condition= ;;
		esac
		"$SRCDIR/packets/script" "$hook$condition" < fields > live.pkt
		watching live.pkt frames send veth0 "$SRCDIR/packets/varied.pcap" > seen 2> refused
		diff replayed seen > differences
		echo "$hook: $(grep -c '^>' differences) wrong, $(grep -c '^<' differences) missing of $(wc -l < replayed)"
	done
expect:
	tc:egress:veth0: 0 wrong, 0 missing of 1194
	net:net_dev_queue: 0 wrong, 0 missing of 1194
	net:net_dev_start_xmit: 0 wrong, 0 missing of 1194
	netns:peer:xdp:veth1: 0 wrong, 0 missing of 1194
	net:netif_rx: 0 wrong, 0 missing of 1194
	net:netif_receive_skb: 0 wrong, 0 missing of 1194
	netns:peer:tc:ingress:veth1: 0 wrong, 6 missing of 1194
	netns:peer:socket:veth1: 0 wrong, 6 missing of 1194

== before GRO: fields although the kernel knows no header yet
requires: root
timeout: 60
run:
	veth_peer
	quiet_peer
	frames save - "$SRCDIR/packets/varied.pcap" > sent.pcap
	"$SRCDIR/packets/every" | grep -v vlan.accel > fields
	"$SRCDIR/packets/read" sent.pcap < fields | awk -F '\t' '$NF >= 14' > replayed
	for probe in napi_gro_receive_entry netif_receive_skb; do
	"$SRCDIR/packets/script" "net:$probe /$(in_namespace in_peer)/" < fields > live.pkt
	echo 'netns:peer:xdp:veth1 { @xdp = count(); }' >> live.pkt
	watching live.pkt frames send veth0 "$SRCDIR/packets/varied.pcap" > all 2> refused
	grep -v @xdp all > seen
	diff replayed seen > differences
	echo "$probe: $(grep -c '^>' differences) wrong, $(grep -c '^<' differences) missing of $(wc -l < replayed)"
	grep @xdp all
	done
expect:
	napi_gro_receive_entry: 0 wrong, 0 missing of 1194
	@xdp: 1194
	netif_receive_skb: 0 wrong, 0 missing of 1194
	@xdp: 1194

== a device without a link header: fields from the network header on
requires: root
run:
	{ echo eth; "$SRCDIR/packets/every" | grep -vE '^eth'; } > fields
	"$SRCDIR/packets/read" "$SRCDIR/packets/raw.pcap" < fields > replayed
	"$SRCDIR/packets/script" "net:netif_receive_skb /iface == \"tun0\" && $(in_namespace)/" < fields > live.pkt
	watching live.pkt frames tun tun0 "$SRCDIR/packets/raw.pcap" > received
	cut -f 1 received | sort | uniq -c
	diff replayed received
expect:
	     24 false

== sent into such a device
requires: root
script: net:net_dev_queue /iface == "tun0" && udp.dstport == 7101/ { @[eth, eth.dst ?? "-", len, l3.len, src, dst, ip.ttl, payload.len] = count(); }
setup: ip tuntap add dev tun0 mode tun; ip addr add 10.1.0.1/24 dev tun0; ip link set tun0 up
traffic: traffic udp 10.1.0.2 7101 3 20
expect:


	@[false, -, 48, 48, 10.1.0.1, 10.1.0.2, 64, 20]: 3

== the tag of a device that puts it in by itself, sent and received: length and fields as if it were in the frame
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb /udp.dstport == 7102 && netns/ {
		@[dir, iface, vlan.id, vlan.accel, vlan.count, vlan.etype, eth.type, len, l3.len, ip.dst, payload.len] = count(); }
setup: veth_peer; frames tag veth0 100
traffic: traffic udp 10.0.0.2 7102 3 20
expect:


	@[in, veth1, 100, true, 1, IPv4, VLAN, 66, 48, 10.0.0.2, 20]: 3
	@[out, veth0, 100, true, 1, IPv4, VLAN, 66, 48, 10.0.0.2, 20]: 3

== segments to be: what a device would send on the wire, and payload that is in pages
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb /tcp.dstport == 9000 && payload.len > 5000/ {
		@[dir, gso.size, wire.len - len == (wire.pkts - 1) * 66, len - l3.len, l3.len - tcp.len, tcp.len == payload.len,
		  wire.pkts == (payload.len + 1447) / 1448, csum, frags > 0] = 1; }
	net:net_dev_queue, net:netif_receive_skb /tcp.dstport == 9000/ { @bytes[dir] = sum(payload.len); }
setup: veth_peer
traffic: traffic tcp 10.0.0.2 9000 20000 peer
expect:


	@[in, 1448, true, 14, 52, true, true, partial, true]: 1
	@[out, 1448, true, 14, 52, true, true, partial, true]: 1
	@bytes[in]: 20000
	@bytes[out]: 20000

== the length is the same where it is sent, received and dropped
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb, skb:kfree_skb /udp.dstport == 7103/ {
		@[dir, len, l3.len, payload.len, src, dst, payload[0:4]] = count(); }
setup: veth_peer
traffic: traffic udp 10.0.0.2 7103 3 20
expect:


	@[in, 62, 48, 20, 10.0.0.1, 10.0.0.2, \x00\x00\x00\x00]: 3
	@[out, 62, 48, 20, 10.0.0.1, 10.0.0.2, \x00\x00\x00\x00]: 3
	@[drop/in, 62, 48, 20, 10.0.0.1, 10.0.0.2, \x00\x00\x00\x00]: 3

== fragments: only the first has ports, and a reassembled packet is one packet
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb /udp && src == 10.0.0.1/ { @[dir, frag, ip.frag_offset, udp.dstport ?? "-", defined(udp.srcport), payload.len, len] = count(); }
	skb:kfree_skb /udp.dstport == 7104/ { @[dir, frag, ip.frag_offset, udp.dstport ?? "-", defined(udp.srcport), payload.len, len] = count(); }
setup: veth_peer
traffic: traffic udp 10.0.0.2 7104 1 4000
expect:


	@[in, true, 0, 7104, true, 1472, 1514]: 1
	@[in, true, 185, -, false, 1480, 1514]: 1
	@[in, true, 370, -, false, 1048, 1082]: 1
	@[out, true, 0, 7104, true, 1472, 1514]: 1
	@[out, true, 185, -, false, 1480, 1514]: 1
	@[out, true, 370, -, false, 1048, 1082]: 1
	@[drop/in, false, 0, 7104, true, 4000, 4042]: 1

== VXLAN: the packet twice where it is sent, once as it is and once inside
requires: root
script:
	net:net_dev_queue /udp.dstport == 7105 || inner.udp.dstport == 7105/ {
		@[iface, src, udp.dstport, len, inner.src ?? "-", inner.udp.dstport ?? "-", inner.eth.dst ?? "-", inner.payload.len ?? "-"] = count(); }
setup:
	veth_peer
	ip link add vx0 address 02:00:00:00:01:01 type vxlan id 42 dstport 4789 local 10.0.0.1 remote 10.0.0.2
	ip addr add 10.9.0.1/24 dev vx0
	ip link set vx0 up
	ip neigh replace 10.9.0.2 lladdr 02:00:00:00:01:02 dev vx0
traffic: traffic udp 10.9.0.2 7105 3 20
expect:


	@[veth0, 10.0.0.1, 4789, 112, 10.9.0.1, 7105, 02:00:00:00:01:02, 20]: 3
	@[vx0, 10.9.0.1, 7105, 62, -, -, -, -]: 3

== control groups see packets without a link header: the same fields
requires: root
script:
	cgroup_skb:*:/ /udp.dstport == 7106/ { @[probe, dir, len, l3.len, src, dst, ip.ttl, payload.len, payload[0:2]] = count(); }
traffic: traffic udp 127.0.0.1 7106 3 20
expect:


	@[cgroup_skb:egress:/, out, 48, 48, 127.0.0.1, 127.0.0.1, 64, 20, \x00\x00]: 3
	@[cgroup_skb:ingress:/, in, 48, 48, 127.0.0.1, 127.0.0.1, 64, 20, \x00\x00]: 3

== queues: a packet that is queued, and dequeues of nothing
requires: root
script: qdisc:qdisc_enqueue, qdisc:qdisc_dequeue /udp.dstport == 7107/ { @[probe, dir, len, src, payload.len] = count(); }
setup: veth_peer; tc qdisc add dev veth0 root tbf rate 100mbit burst 10kb latency 100ms
traffic: traffic udp 10.0.0.2 7107 3 20
expect:


	@[tracepoint:qdisc:qdisc_dequeue, out, 62, 10.0.0.1, 20]: 3
	@[tracepoint:qdisc:qdisc_enqueue, out, 62, 10.0.0.1, 20]: 3

== a drop has its reason and no socket; what is freed without one is told apart
requires: root
script:
	skb:kfree_skb /udp.dstport == 7108 && drop.reason > NOT_SPECIFIED/ {
		@[drop.reason, dir, iface ?? "-", sk.state ?? "-", udp.dstport] = count(); }
setup: veth_peer
traffic: traffic udp 10.0.0.2 7108 3 20
expect:


	@[NO_SOCKET, drop/in, veth1, -, 7108]: 3

== a reset that answers a packet, and one that a socket sends: the packet may be missing
requires: root
script: tcp:tcp_send_reset { @[tcp.dstport ?? "-"] = count(); }
traffic: traffic refused 127.0.0.1 7109; traffic refused ::1 7109
expect:


	@[7109]: 2

== the packet may be gone when a device has taken it
script: net:net_dev_xmit { print(ip.src); }
status: 1
error:
	-e:1:26: error: 'ip.src' does not exist in tracepoint:net:net_dev_xmit [bad-context]
	net:net_dev_xmit { print(ip.src); }
	                         ^~~~~~
	hint: the packet may have been freed by then: net:net_dev_start_xmit has it
