# Fields of packets.

== the same packet answers the same where it is sent and where it is received
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb /udp.dstport == 5001/ {
		@[dir, iface, src, dst, ip.proto, udp.dstport, len, l3.len, payload.len, ip.ttl, eth.type] = count(); }
traffic: traffic udp 127.0.0.1 5001 3 100
expect:


	@[in, lo, 127.0.0.1, 127.0.0.1, UDP, 5001, 142, 128, 100, 64, IPv4]: 3
	@[out, lo, 127.0.0.1, 127.0.0.1, UDP, 5001, 142, 128, 100, 64, IPv4]: 3

== IPv6 too
requires: root
script:
	net:net_dev_queue, net:netif_receive_skb /udp.dstport == 5001/ {
		@[dir, iface, src, dst, ip.proto, udp.dstport, len, l3.len, payload.len, ip.ttl, eth.type] = count(); }
traffic: traffic udp ::1 5001 3 100
expect:


	@[in, lo, ::1, ::1, UDP, 5001, 162, 148, 100, 64, IPv6]: 3
	@[out, lo, ::1, ::1, UDP, 5001, 162, 148, 100, 64, IPv6]: 3

== an absent field makes a comparison false, also !=, and the statement that needs it is skipped
requires: root
script:
	net:net_dev_queue /udp.dstport == 5001/ {
		@n["eq"] = count();
		if (tcp.dstport == 1) { @n["tcp eq"] = count(); }
		if (tcp.dstport != 1) { @n["tcp ne"] = count(); }
		if (!(tcp.dstport == 1)) { @n["not tcp eq"] = count(); }
		if (defined(tcp.dstport)) { @n["defined"] = count(); } else { @n["undefined"] = count(); }
		print(tcp.dstport);
		$x = tcp.dstport ?? 7;
		@d = sum($x);
		@n["text"] = count();
		printf("%s %d\n", tcp.flags ?? "-", udp.dstport ?? 0);
		@keys[tcp.dstport] = count();
	}
traffic: traffic udp 127.0.0.1 5001 1
expect:
	- 5001


	@d: 7
	@n[eq]: 1
	@n[not tcp eq]: 1
	@n[text]: 1
	@n[undefined]: 1
error:
	unkeyed: 1 (a key's field was absent; FIELD ?? DEFAULT)

== a port that is refused: the reason, and which flow
requires: root kernel-5.17
script: skb:kfree_skb /drop.reason == NO_SOCKET/ { @[drop.reason, dir, tcp.flags, ip.proto, tcp.dstport] = count(); }
traffic: traffic refused 127.0.0.1 999
expect:


	@[NO_SOCKET, drop/in, SYN, TCP, 999]: 1

== the flags of a connection, and who sends what
requires: root
script: net:net_dev_queue /tcp.port == 5002 && tcp.flags has SYN/ { @[dir, tcp.flags, tcp.dstport == 5002, ip.proto == tcp] = count(); }
traffic: traffic tcp ::1 5002 100
expect:


	@[out, SYN, true, true]: 1
	@[out, SYN,ACK, false, true]: 1

== either address or port: one of them, or with != none of them
requires: root
script:
	net:net_dev_queue /udp.dstport == 5001/ {
		if (port == 5001) { @n["port"] = count(); }
		if (udp.port != 5001) { @n["no port"] = count(); }
		if (udp.port != 5002) { @n["not 5002"] = count(); }
		if (ip.addr in 127.0.0.0/8) { @n["addr"] = count(); }
		if (addr == ::1) { @n["v6"] = count(); }
	}
traffic: traffic udp 127.0.0.1 5001 1
expect:


	@n[addr]: 1
	@n[not 5002]: 1
	@n[port]: 1

== the five packets: every SYN, not the fragment; extension header and VLAN are no obstacle
requires: root
replay: packets/five.pcap
script:
	net:netif_receive_skb {
		if (tcp.flags.syn == 1) { @n["syn"] = count(); }
		if (tcp) { @n["tcp"] = count(); }
		if (frag) { @n["frag"] = count(); }
		if (vlan.id == 100 || tcp) { @n["vlan or tcp"] = count(); }
		if (tcp || vlan.id == 100) { @n["tcp or vlan"] = count(); }
		if (tcp.port == 2222) { @n["port"] = count(); }
		if (l4proto == 6) { @n["l4proto"] = count(); }
	}
expect:


	@n[frag]: 1
	@n[port]: 4
	@n[syn]: 4
	@n[l4proto]: 5
	@n[tcp]: 5
	@n[tcp or vlan]: 5
	@n[vlan or tcp]: 5

== a field of no packet
script: BEGIN { print(ip.src); }
status: 1
error:
	-e:1:15: error: 'ip.src' is of a packet, and begin has none [bad-context]
	BEGIN { print(ip.src); }
	              ^~~~~~
	hint: packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb and all tracepoints with a struct sk_buff

== -lv says which fields a probe's packets have
requires: root
run:
	"$PKTSCRIPT" -lv net:net_dev_queue | grep -c '^    packet: .* ip ip6'
	"$PKTSCRIPT" -lv xdp:lo | grep packet: | grep -c iface; "$PKTSCRIPT" -lv sock:inet_sock_set_state | grep -c packet:
status: 1
expect:
	1
	0
	0

== a field that the hook does not have says where it exists
script: net:net_dev_queue { print(drop.reason); } xdp:lo { print(iface); } tc:ingress:lo { print(tcp.dprot); }
requires: root
status: 1
error:
	-e:1:27: error: 'drop.reason' does not exist in tracepoint:net:net_dev_queue [bad-context]
	net:net_dev_queue { print(drop.reason); } xdp:lo { print(iface); } tc:ingress:lo { print(tcp.dprot); }
	                          ^~~~~~~~~~~
	hint: skb:kfree_skb has it, since Linux 5.17
	-e:1:58: error: 'iface' does not exist in xdp:lo [bad-context]
	net:net_dev_queue { print(drop.reason); } xdp:lo { print(iface); } tc:ingress:lo { print(tcp.dprot); }
	                                                         ^~~~~
	hint: xdp probes run before the kernel makes a struct sk_buff, which has it
	-e:1:90: error: tcp has no field 'dprot' [unknown-field]
	ev_queue { print(drop.reason); } xdp:lo { print(iface); } tc:ingress:lo { print(tcp.dprot); }
	                                                                                ^~~~~~~~~
	hint: did you mean 'dport'?

== tunnels: how the packet inside is carried, and its own fields
requires: root
replay: packets/varied.pcap
script:
	net:netif_receive_skb /tunnel/ { @type[tunnel.type] = count(); }
	net:netif_receive_skb /tunnel.type == vxlan && tunnel.id == 3/ { @id3 = count(); @inner[inner.ip.proto] = count(); }
	net:netif_receive_skb /tunnel.type == sit/ { @six[inner.ip6, inner.src in 2001:db8::/32] = count(); }
expect:


	@id3: 7
	@inner[TCP]: 3
	@six[false, false]: 1
	@six[true, true]: 8
	@type[SIT]: 9
	@type[IPIP]: 11
	@type[GENEVE]: 16
	@type[VXLAN]: 24
	@type[GRE]: 32
error:
	unkeyed: 4 (a key's field was absent; FIELD ?? DEFAULT)

== what the kernel knows of a packet besides its bytes
requires: root
script:
	config = { payload_max = 8 }
	net:net_dev_queue /udp.dstport == 5003/ {
		@[pkttype, prio, skuid, skgid, iif ?? "-", tc.index, csum.level, gso.type, napi_id > 0, rxhash > 0] = count();
		@n[netns > 0, netns.cookie > 0, sk.cookie ?? 0 >= 0, skb.tstamp ?? 0 >= 0, skb.tstamp_type] = count();
		@t[time.boot - nsecs < 1s, time.epoch > time.boot, time.mono <= time.boot] = count();
		@p[payload] = count();
		@f[flow.rev, flow.hash > 0, addr == 127.0.0.1, eth.addr == 00:00:00:00:00:00, sport > 0] = count();
	}
traffic: traffic udp 127.0.0.1 5003 1
expect:


	@[host, 0, 0, 0, -, 0, 0, 0, true, false]: 1
	@f[true, true, true, true, true]: 1
	@n[true, true, true, true, 0]: 1
	@p[\x00\x00\x00\x00\x00\x00\x00\x00]: 1
	@t[true, true, true]: 1

== aliases are the fields that they stand for
requires: root
replay: packets/varied.pcap
script:
	net:netif_receive_skb {
		if (ether.dst != eth.dst || ether.type != eth.type || vlan.pcp != vlan.priority) { @wrong["link"] = count(); }
		if (ip.dscp != ip.dsfield.dscp || ip.ecn != ip.dsfield.ecn) { @wrong["ip"] = count(); }
		if (ip6.dscp != ip6.tclass.dscp || ip6.ecn != ip6.tclass.ecn || ipv6.src != ip6.src) { @wrong["ip6"] = count(); }
		if (tcp.sport != tcp.srcport || udp.sport != udp.srcport || udp.dport != udp.dstport) { @wrong["ports"] = count(); }
		if (sctp.sport != sctp.srcport || sctp.dport != sctp.dstport || conn != flow.bi) { @wrong["sctp"] = count(); }
		if (tcp.flags.rst != tcp.flags.reset || tcp.flags.psh != tcp.flags.push || tcp.flags.str != tcp.flags) { @wrong["flags"] = count(); }
		if (tcp.window != tcp.window_size_value || gso.segs != wire.pkts) { @wrong["sizes"] = count(); }
		if (ether.addr == eth.src && ipv6.addr == ip6.dst && ip6.addr == ip6.src) { @right["either"] = count(); }
		if (sctp.port == sctp.dport && mpls == false) { @right["sctp"] = count(); }
		if (ip6.fraghdr) { @right["fragments"] = count(); }
	}
expect:


	@right[sctp]: 7
	@right[fragments]: 15
	@right[either]: 463

== tracepoints with an skb, by whatever name its interface goes
requires: root kernel-5.17
script: net:netif_receive_skb_entry, net:netif_receive_skb_list_entry, net:netif_rx_entry { @[iifname, oifname, flow] = count(); } skb:kfree_skb { @d[drop.subsys] = count(); }
args: --check

== a line with many fields
requires: root
replay: packets/five.pcap
script:
	net:netif_receive_skb {
		printf("%s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s\n",
			eth.src ?? "-", eth.dst ?? "-", eth.type ?? "-", vlan.id ?? "-", vlan.priority ?? "-", ip.src ?? "-", ip.dst ?? "-", ip.ttl ?? "-",
			ip.id ?? "-", ip.len ?? "-", ip.flags.df ?? "-", ip6.src ?? "-", ip6.dst ?? "-", ip6.flow ?? "-", ip6.nxt ?? "-", ip.proto ?? "-",
			frag ?? "-", l3.len ?? "-", tcp.srcport ?? "-", tcp.dstport ?? "-", tcp.seq ?? "-", tcp.ack ?? "-", tcp.flags ?? "-", tcp.window ?? "-",
			tcp.len ?? "-", udp.srcport ?? "-", udp.dstport ?? "-", flow ?? "-", len, caplen, payload.len ?? "-", payload ?? "-");
	}
expect:
	02:00:00:00:00:01 02:00:00:00:00:02 IPv4 - - 10.0.0.1 10.0.0.2 64 1 40 false - - - - TCP false 40 40000 2222 1000 0 SYN 8192 0 - - TCP 10.0.0.1:40000 > 10.0.0.2:2222 54 54 0 -
	02:00:00:00:00:01 02:00:00:00:00:02 IPv4 - - 10.0.0.1 10.0.0.2 64 1 60 false - - - - TCP true 60 - - - - - - - - - TCP 10.0.0.1 > 10.0.0.2 frag 74 74 40 \xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab\xab
	02:00:00:00:00:01 02:00:00:00:00:02 IPv6 - - - - 64 - - - fd00::1 fd00::2 0 TCP TCP false 60 40000 2222 1000 0 SYN 8192 0 - - TCP [fd00::1]:40000 > [fd00::2]:2222 74 74 0 -
	02:00:00:00:00:01 02:00:00:00:00:02 IPv6 - - - - 64 - - - fd00::1 fd00::2 0 HOPOPT TCP false 68 40000 2222 1000 0 SYN 8192 0 - - TCP [fd00::1]:40000 > [fd00::2]:2222 82 82 0 -
	02:00:00:00:00:01 02:00:00:00:00:02 VLAN 100 0 10.0.0.1 10.0.0.2 64 1 40 false - - - - TCP false 40 40000 2222 1000 0 SYN 8192 0 - - TCP 10.0.0.1:40000 > 10.0.0.2:2222 58 58 0 -
	
	

== what a packet in a tunnel does not have
script: net:net_dev_queue { print(inner.tunnel.type); print(inner.tcp.flgs); }
requires: root
status: 1
error:
	-e:1:27: error: inner.tunnel has no field 'type' [unknown-field]
	net:net_dev_queue { print(inner.tunnel.type); print(inner.tcp.flgs); }
	                          ^~~~~~~~~~~~~~~~~
	hint: a packet in a tunnel has what comes from its own bytes
	-e:1:53: error: inner.tcp has no field 'flgs' [unknown-field]
	net:net_dev_queue { print(inner.tunnel.type); print(inner.tcp.flgs); }
	                                                    ^~~~~~~~~~~~~~
	hint: did you mean 'flags'?
