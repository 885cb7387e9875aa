# Sockets: that of the probe, else the packet's; established ones and those that are less.

== iterators: IPv4, IPv6, IPv4 inside of IPv6, listening, TIME_WAIT and UDP
requires: root python3
timeout: 60
run:
	python3 "$SRCDIR/process/sockets.py" > ready & P=$!
	until grep -qs ready ready; do sleep 0.01; done
	"$PKTSCRIPT" -q -e 'iter:tcp { printf("%s %s %s %s %s %s %s\n", sk.flow, sk.state, sk.family, sk.proto, sk.dport ?? 0, (tcp.srtt > 0s) ? "srtt" : "-", skuid ?? 99); }' | sort
	"$PKTSCRIPT" -q -e 'iter:udp { print((sk.flow, sk.src, sk.dst, sk.sport, sk.dport ?? 0, sk.state, sk.proto, tcp.srtt ?? 0s)); } iter:udp { @[sk.flow] = sum(sk.family == 2); }'
	kill $P
expect:


	TCP 127.0.0.1:5001 > 0.0.0.0:0 LISTEN INET TCP 0 - 0
	TCP 127.0.0.1:5001 > 127.0.0.1:6001 ESTABLISHED INET TCP 6001 srtt 0
	TCP 127.0.0.1:5002 > 127.0.0.1:6002 ESTABLISHED INET6 TCP 6002 srtt 0
	TCP 127.0.0.1:6001 > 127.0.0.1:5001 ESTABLISHED INET TCP 5001 srtt 0
	TCP 127.0.0.1:6002 > 127.0.0.1:5002 ESTABLISHED INET TCP 5002 srtt 0
	TCP [::1]:6003 > [::1]:5002 TIME_WAIT INET6 TCP 5002 - 99
	TCP [::]:5002 > [::]:0 LISTEN INET6 TCP 0 - 0
	(UDP 127.0.0.1:7000 > 127.0.0.1:7001, 127.0.0.1, 127.0.0.1, 7000, 7001, ESTABLISHED, UDP, 0ns)


	@[UDP 127.0.0.1:7000 > 127.0.0.1:7001]: 1

== tracepoints with a socket, and the packets of one
requires: root
script:
	sock:inet_sock_set_state /sk.sport == 5001 && sk.state == LISTEN || sk.dport == 5001/ { @state[sk.state, args.newstate, sk.src, sk.sport == args.sport] = count(); }
	tcp:tcp_probe /sk.dport == 5001/ { @probe[sk.src, sk.flow == flow.bi || sk.sport == dport, tcp.srtt < 10s] = max(1); }
	net:net_dev_queue /tcp.flags.syn && flow == sk.flow/ { @sent[sk.proto, skuid ?? 99, sk.dport == 5001] = count(); }
	net:netif_receive_skb /tcp && defined(sk.flow)/ { @early = count(); }
traffic: traffic tcp 127.0.0.1 5001 1000
expect:


	@probe[127.0.0.1, true, true]: 1
	@sent[TCP, 0, true]: 1
	@sent[TCP, 99, false]: 1
	@state[ESTABLISHED, 4, 127.0.0.1, true]: 1
	@state[SYN_SENT, 1, 127.0.0.1, true]: 1
	@state[FIN_WAIT1, 5, 127.0.0.1, true]: 1
	@state[FIN_WAIT2, 7, 127.0.0.1, true]: 1
	@state[CLOSE, 2, 127.0.0.1, true]: 1
	@state[LISTEN, 3, 127.0.0.1, true]: 1
	@state[LISTEN, 7, 127.0.0.1, true]: 1

== the packets of one at a device
requires: root kernel-6.2
script: tc:egress:lo /tcp.flags.syn && flow == sk.flow/ { @[sk.dport == 5001, sk.state] = count(); }
traffic: traffic tcp 127.0.0.1 5001 1000
expect:


	@[false, NEW_SYN_RECV]: 1
	@[true, SYN_SENT]: 1

== what is sent again has no headers yet: its fields are absent, the socket's are not
requires: root ip tc python3
run:
	veth_peer
	tc qdisc add dev veth0 root blackhole
	"$PKTSCRIPT" -q -e 'tcp:tcp_retransmit_skb /sk.dst == 10.0.0.2/ { print((sk.dport, sk.state, flow ?? "-", len ?? 1, l3.len ?? 1, payload.len ?? 1, ip.src ?? "-", tcp.seq ?? 1, eth.src ?? "-", skb.addr > 0, caplen ?? 1, ip, eth, tcp)); exit(); }' \
		-c "python3 -c 'import socket; s = socket.socket(); s.settimeout(5); s.connect((\"10.0.0.2\", 5001))'" 2> /dev/null
expect:
	(5001, SYN_SENT, -, 1, 1, 1, -, 1, -, true, 1, false, false, false)
	
	

== -lv says so
requires: root
run: "$PKTSCRIPT" -lv rt:inet_sock_set_state | tail -1
expect:
	    socket: sk skuid

== where there is none
script:
	BEGIN { print(sk.flow); }
	tcp:tcp_probe { print(inner.sk.flow); }
	net:net_dev_queue { print(sk.nothing); }
status: 1
error:
	-e:1:15: error: 'sk.flow' is of a socket, and begin has none [bad-context]
	BEGIN { print(sk.flow); }
	              ^~~~~~~
	hint: sockets are at tcp:*, sock:*, iter:tcp, iter:udp and where packets are; not with args of tracepoints that do not record them
	-e:2:23: error: inner.sk has no field 'flow' [unknown-field]
	tcp:tcp_probe { print(inner.sk.flow); }
	                      ^~~~~~~~~~~~~
	hint: a packet in a tunnel has what comes from its own bytes
	-e:3:27: error: sk has no field 'nothing' [unknown-field]
	net:net_dev_queue { print(sk.nothing); }
	                          ^~~~~~~~~~
	hint: pktscript -l fields lists those of packets

== captured packets have none
requires: root
args: -r $SRCDIR/packets/five.pcap
script: net:net_dev_queue { print(sk.state); }
status: 1
error:
	-e:1:27: error: a captured packet has no 'sk.state' [bad-context]
	net:net_dev_queue { print(sk.state); }
	                          ^~~~~~~~
