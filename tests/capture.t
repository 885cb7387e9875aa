# capture(): packets in pcapng files, as tcpdump reads them back.

== what was captured is what was there
requires: root tcpdump
run:
	for file in five raw varied; do
		"$PKTSCRIPT" -q -r "$SRCDIR/packets/$file.pcap" -e 'net:netif_receive_skb { capture("out"); @ = count(); }'
		tcpdump -nt -x -r "$SRCDIR/packets/$file.pcap" > before 2> /dev/null
		tcpdump -nt -x -r out > after 2> /dev/null
		cmp before after && wc -l < after
	done
expect:


	@: 5
	24


	@: 24
	122


	@: 1224
	6724

== a length, and several captures into one file
requires: root tcpdump
script:
	net:netif_receive_skb { capture("out", 20); capture("out"); }
	net:net_dev_queue /len > 40/ { capture("other"); }
	END { system("tcpdump -nt -e -r out 2>&1; tcpdump -nt -r other 2>&1"); }
args: --unsafe
packets:
	ffffffffffff 020000000001 0806 0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002
	ffffffffffff 020000000001 0806
expect:
	reading from file out, link-type EN10MB (Ethernet), snapshot length 262144
	02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42:  [|arp]
	02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28
	02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 14:  [|arp]
	02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 14:  [|arp]
	reading from file other, link-type EN10MB (Ethernet), snapshot length 262144
	ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28
	
	

== interfaces, directions and comments
requires: root tshark
script:
	net:netif_receive_skb { capture("out"); }
	END { system("tshark -n -r out -T fields -e frame.interface_name -e frame.packet_flags -e frame.len -e frame.cap_len -e frame.time_epoch -e frame.comment -e eth.dst -e ip.dst"); }
args: --unsafe
packets:
	iface eth0
	in len=1500 ffffffffffff 020000000001 0800 45000014 00000000 40110000 0a000001 0a000002
	out 020000000001 020000000002 0800 45000014 00000000 40110000 0a000002 0a000001
	link 101
	iface tun0
	45000014 00000000 40110000 0a000001 0a000003
expect:
	eth0	0x00000001	1500	34	1000000000.000000000	tracepoint:net:netif_receive_skb	ff:ff:ff:ff:ff:ff	10.0.0.2
	eth0	0x00000002	34	34	1000000000.001000000	tracepoint:net:netif_receive_skb	02:00:00:00:00:01	10.0.0.1
	tun0	0x00000000	34	34	1000000000.002000000	tracepoint:net:netif_receive_skb	00:00:00:00:00:00	10.0.0.3
	
	
error:
	Running as user "root" and group "root". This could be dangerous.

== drops with their reasons, senders with their names
requires: root net tshark kernel-5.17
script:
	net:net_dev_queue /tcp.dstport == 9/ { capture("out"); }
	skb:kfree_skb /tcp.dstport == 9 && drop.reason == NO_SOCKET/ { capture("out"); exit(); }
	END { system("tshark -n -r out -T fields -e frame.interface_name -e frame.packet_flags -e frame.len -e frame.comment"); }
args: --unsafe
traffic: traffic refused 127.0.0.1 9
expect~:
	^lo	0x00000002	74	tracepoint:net:net_dev_queue, process traffic \([0-9]+\)$
	^lo	0x00000000	74	tracepoint:skb:kfree_skb, drop reason NO_SOCKET, process traffic \([0-9]+\)$
error:
	Running as user "root" and group "root". This could be dangerous.

== a tag that the device took off the packet is put back
requires: root net tcpdump python3
setup:
	ip link add veth0 type veth peer name veth1
	ip link set veth0 up
	ip link set veth1 up
script:
	tc:ingress:veth1 /vlan.accel && vlan.id == 7/ { capture("out"); exit(); }
	END { system("tcpdump -nt -e -r out 2>&1"); }
args: --unsafe
traffic:
	python3 -c 'import socket
	s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
	s.bind(("veth0", 0))
	s.send(bytes.fromhex("ffffffffffff020000000001810000070806" "00010800060400010200000000010a0000010000000000000a000002"))'
expect:
	reading from file out, link-type EN10MB (Ethernet), snapshot length 262144
	02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype 802.1Q (0x8100), length 46: vlan 7, p 0, ethertype ARP (0x0806), Request who-has 10.0.0.2 tell 10.0.0.1, length 28
	
	

== programs on packets
requires: root net tcpdump kernel-5.18
script:
	tc:egress:lo /udp.dstport == 9/ { capture("tc"); }
	socket:lo /udp.dstport == 9/ { capture("socket", 60); }
	xdp:lo /udp.dstport == 9/ { capture("xdp"); exit(); }
	END { system("for f in tc socket xdp; do tcpdump -nt -r $f 2>&1 | sed 's/[.][0-9]* >/ >/'; done"); }
args: --unsafe
traffic: traffic udp 127.0.0.1 9 1
expect:
	reading from file tc, link-type EN10MB (Ethernet), snapshot length 262144
	IP 127.0.0.1 > 127.0.0.1.9: UDP, length 32
	reading from file socket, link-type EN10MB (Ethernet), snapshot length 262144
	IP 127.0.0.1 > 127.0.0.1.9: UDP, length 32
	reading from file xdp, link-type EN10MB (Ethernet), snapshot length 262144
	IP 127.0.0.1 > 127.0.0.1.9: UDP, length 32
	
	

== where there is no packet
script:
	BEGIN { capture("out"); }
	interval:1s { capture("out", 100); }
status: 1
error:
	-e:1:9: error: begin has no packet to capture [bad-context]
	BEGIN { capture("out"); }
	        ^~~~~~~~~~~~~~
	hint: packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb, tc, xdp and all tracepoints with a struct sk_buff
	-e:2:15: error: interval:1s has no packet to capture [bad-context]
	interval:1s { capture("out", 100); }
	              ^~~~~~~~~~~~~~~~~~~
	hint: packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb, tc, xdp and all tracepoints with a struct sk_buff

== wrong arguments
requires: root
script:
	net:netif_receive_skb { capture(); }
	net:netif_receive_skb { capture(comm); }
	net:netif_receive_skb { capture("x", 0); }
	net:netif_receive_skb { capture("x", 300000); }
	net:netif_receive_skb { capture("x", len); }
args: --check
status: 1
error:
	-e:1:25: error: capture() takes 1 or 2 arguments, and none is given [argument-count]
	net:netif_receive_skb { capture(); }
	                        ^~~~~~~~~
	hint: capture(file[, length]): write the packet to a pcapng file, at most so many bytes of it
	-e:2:33: error: the first argument of capture() is a constant string, and this is string[16] [bad-argument]
	net:netif_receive_skb { capture(comm); }
	                                ^~~~
	-e:3:38: error: the second argument of capture() is from 1 to 262144 [bad-argument]
	net:netif_receive_skb { capture("x", 0); }
	                                     ^
	-e:4:38: error: the second argument of capture() is from 1 to 262144 [bad-argument]
	net:netif_receive_skb { capture("x", 300000); }
	                                     ^~~~~~
	-e:5:38: error: the second argument of capture() is a constant number, and this is uint32 [bad-argument]
	net:netif_receive_skb { capture("x", len); }
	                                     ^~~

== a file that cannot be written
requires: root
run:
	"$PKTSCRIPT" -r packets -e 'BEGIN { printf("begin\n"); } net:netif_receive_skb { capture("none/out"); }'; echo $?
	"$PKTSCRIPT" -r packets -e 'net:netif_receive_skb { capture("/dev/full"); }'; echo $?
packets:
	ffffffffffff 020000000001 0800
expect:
	3


	3
error:
	pktscript: error: cannot write to none/out: no such file or directory
	pktscript: error: cannot write to /dev/full: no space left on device

== a capture that nothing goes to is one all the same
requires: root tcpdump
run:
	"$PKTSCRIPT" -q -r packets -e 'net:netif_receive_skb /len > 100/ { capture("out"); }'
	"$PKTSCRIPT" -q -r out -e 'net:netif_receive_skb { @ = count(); } END { printf("end\n"); }'
packets:
	ffffffffffff 020000000001 0800
expect:


	end
	
	

== skboutput: files of pcap, and what it returns
requires: root
run:
	"$PKTSCRIPT" -e 'rt:netif_receive_skb /udp.dport == 47123/ { $skb = (struct sk_buff *)args.skb; $ret = skboutput("in.pcap", $skb, $skb->len, 0); printf("%d %d\n", $skb->len, $ret); } rt:net_dev_queue /udp.dport == 47123/ { print(skboutput("in.pcap", args.skb, 70000, 0)); skboutput("out.pcap", args.skb, args.skb.len, 14); }' > out 2> err &
	wait_attached err; traffic udp 127.0.0.1 47123 1 > /dev/null; sleep 0.3; kill -INT $!; wait; sort out
	for f in in out; do "$PKTSCRIPT" -q -r $f.pcap -e 'net:netif_receive_skb /udp/ { print((ip.src, udp.dport, caplen, len)); }'; done
	"$PKTSCRIPT" --unsafe -e 'rt:netif_receive_skb /udp.dport == 47123/ { skboutput("now.pcap", args.skb, args.skb.len, 0); system("wc -c < now.pcap"); exit(); }' 2> err2 & wait_attached err2; traffic udp 127.0.0.1 47123 1 > /dev/null; wait
	"$PKTSCRIPT" -q -e 'rt:netif_receive_skb { skboutput("/nonexistent/x.pcap", args.skb, 1, 0); }'
	"$PKTSCRIPT" -e 'i:s:1 { skboutput("a", 5, 1, 0); } rt:kfree_skb { $s = args.skb; $s = args.skb; skboutput("a", $s, 1, 0); }'
	true
expect:


	-14
	60 0
	(127.0.0.1, 47123, 60, 60)


	(127.0.0.1, 47123, 60, 60)


	100
	
	
error:
	pktscript: error: cannot write to /nonexistent/x.pcap: no such file or directory
	-e:1:9: error: interval:s:1 has no packet for skboutput() [bad-context]
	i:s:1 { skboutput("a", 5, 1, 0); } rt:kfree_skb { $s = args.skb; $s = args.skb; skboutput("a", $s, 1, 0); }
	        ^~~~~~~~~~~~~~~~~~~~~~~
	hint: fentry, fexit and rawtracepoint probes have it; capture() is for all others
	-e:1:96: error: skboutput() takes a struct sk_buff * of the probe itself [bad-argument]
	ut("a", 5, 1, 0); } rt:kfree_skb { $s = args.skb; $s = args.skb; skboutput("a", $s, 1, 0); }
	                                                                                ^~
	hint: the kernel trusts args.NAME, not a pointer that was read
