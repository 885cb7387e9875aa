# What packets are made of, as values: addresses, sets, bytes, names of numbers.

== addresses are values
requires: root
script:
	begin
	{
		$a = 10.0.0.1; $b = fd00::1; $m = aa:bb:cc:dd:ee:ff;
		print((10.1.2.3, fd00::1, ::, ::1, 1::, ::ffff:1.2.3.4, [fd00::2], 1:2:3:4:5:6:7:8, 0A:0b:00:00:00:ff));
		printf("%s|%-12s|%15s|%s\n", $a, $b, $a, $m);
		print($a); print($b); print($m);
		$t = (1, (2, 10.0.0.3, 4), fd00::3); print($t.1.1); print($t.1.2); print($t.2); print($t);
		$x = (a=10.0.0.4, b=aa:bb:cc:dd:ee:01); print($x); print($x.a);
		exit();
	}
expect:
	(10.1.2.3, fd00::1, ::, ::1, 1::, ::ffff:1.2.3.4, fd00::2, 1:2:3:4:5:6:7:8, 0a:0b:00:00:00:ff)
	10.0.0.1|fd00::1     |       10.0.0.1|aa:bb:cc:dd:ee:ff
	10.0.0.1
	fd00::1
	aa:bb:cc:dd:ee:ff
	10.0.0.3
	4
	fd00::3
	(1, (2, 10.0.0.3, 4), fd00::3)
	{ .a = 10.0.0.4, .b = aa:bb:cc:dd:ee:01 }
	10.0.0.4
	
	

== addresses are keys, in their order
requires: root
script:
	begin
	{
		@a[9.255.0.1] = "x"; @a[10.0.0.200] = "x"; @a[10.0.0.3] = "x"; @a[200.0.0.1] = "x";
		@b[fe80::1] = "x"; @b[fd00::2] = "x"; @b[::1] = "x";
		@c[ab:00:00:00:00:00] = "x"; @c[0a:ff:00:00:00:00] = "x";
		@d[fd00::1] = "x"; @d[10.0.0.9] = "x"; @d[ntop(0x0100000a)] = "x"; @d["::1" == ::1 ? ::1 : ::2] = "y";
		@e[10.0.0.1, 80, fd00::1] = "x";
		@f[10.0.0.1] = 1; @f[10.0.0.1]++; $k = (10.0.0.1, 1); @g[$k] = 1; @g[10.0.0.1, 1]++; @h = 10.0.0.7; @i["a"] = fd00::7;
		exit();
	}
expect:


	@a[9.255.0.1]: x
	@a[10.0.0.3]: x
	@a[10.0.0.200]: x
	@a[200.0.0.1]: x
	@b[::1]: x
	@b[fd00::2]: x
	@b[fe80::1]: x
	@c[0a:ff:00:00:00:00]: x
	@c[ab:00:00:00:00:00]: x
	@d[10.0.0.1]: x
	@d[10.0.0.9]: x
	@d[::1]: y
	@d[fd00::1]: x
	@e[10.0.0.1, 80, fd00::1]: x
	@f[10.0.0.1]: 2
	@g[10.0.0.1, 1]: 2
	@h: 10.0.0.7
	@i[a]: fd00::7

== addresses in JSON
requires: root
args: -f json
script: begin { @[10.0.0.1, fd00::1] = aa:bb:cc:dd:ee:ff; print((10.0.0.1, fd00::1)); print(::1); exit(); }
expect:
	{"type": "value", "data": ["10.0.0.1","fd00::1"]}
	{"type": "value", "data": "::1"}
	{"type": "map", "data": {"@": {"10.0.0.1,fd00::1": "aa:bb:cc:dd:ee:ff"}}}

== either family in one variable, map or conditional
requires: root
script:
	begin
	{
		$a = 10.0.0.1; if (pid) { $a = fd00::1; } print($a);
		print(pid ? 10.0.0.2 : fd00::2); print(pid ? fd00::2 : 10.0.0.2);
		@m = 10.0.0.3; @m = fd00::3; print(@m);
		$t = (10.0.0.4, 1); if (!pid) { $t = (fd00::4, 1); } print($t);
		if ($a == fd00::1 && $a != 10.0.0.1) { print("same"); }
		$b = 10.0.0.5; $c = ntop(0x0500000a); if ($b == $c && $c == $b && !($b != $c)) { print("same"); }
		exit();
	}
expect:
	fd00::1
	10.0.0.2
	fd00::2
	@m: fd00::3
	(10.0.0.4, 1)
	same
	same


	@m: fd00::3

== colons of ?: are not of addresses
requires: root
script:
	begin
	{
		$x = 1; $b = 7; $c = 8;
		print($x?1:2); print($x ? 1 : 2); print($x?$b:$c); print($x ?: 2); print($x?0x1:0x2);
		print($x ? ::1 : ::2); print($x ? fd00::1 : fd00::2); print($x?10.0.0.1:10.0.0.2); print(!$x ? aa:bb:cc:dd:ee:ff : 11:22:33:44:55:66);
		for ($i : 0..2) { print($i); }
		$t = (1, (2, 3, (4, 5))); print($t.1.2.1); print($t.1.2);
		exit();
	}
expect:
	1
	1
	7
	1
	1
	::1
	fd00::1
	10.0.0.1
	11:22:33:44:55:66
	0
	1
	5
	(4, 5)
	
	

== a number, text or address in a set
requires: root
script:
	begin
	{
		$p = 53; $q = 8081; $n = -3; $s = "lo";
		print(($p in {53, 5353}, $p in {1..52, 54..100}, $p in {10, 20, 53, 54, 60, 70}, $p in 53, $p in 54, $p in 50..53, $p in 54..60));
		print(($q in {53, 80, 443, 8000..8081, 9000, 9100..9200, 65535}, $q in {53, 80, 443, 8000..8080, 8082, 9000, 9100..9200}));
		print(($n in {-5..-1, 7}, $n in {-2..5, 7, 100}, $n in {100, -3, 200, 300, 400, 500}, $n in {-9223372036854775808..-4}));
		print(($p in {0..9223372036854775807}, $p in {0, 2, 4, 53, 63}, $p in {0, 2, 4, 52, 63}, $q in {53, 55, 57}));
		print(($s in {"lo", "eth0"}, $s in {"l", "lo0", "eth0"}, $s in "lo", "12345678" in {"1234567", "123456789"}, "12345678" in {"12345678"}));
		print((buf("lo") in {"lo"}, buf("lo") in {h"6c 6f", "x"}, buf("lo\0", 3) in {"lo"}));
		print(!($p in {53})); if (!($p in {1}) && $p in {53,} || false) { print("both"); }
		exit();
	}
expect:
	(true, false, true, true, false, true, false)
	(true, false)
	(true, false, true, false)
	(true, true, false, false)
	(true, false, true, false, true)
	(true, true, false)
	false
	both
	
	

== addresses in prefixes, sets and ranges
requires: root
script:
	begin
	{
		$a = 10.1.2.3; $b = fd00::1; $i = ntop(0x0100000a); $e = aa:bb:cc:dd:ee:0f;
		print(($a in 10.0.0.0/8, $a in 11.0.0.0/8, $a in 10.1.2.2/31, $a in 10.1.2.3/32, $a in 0.0.0.0/0, 255.255.255.255 in 0.0.0.0/0));
		print(($a in {192.168.0.0/16, 10.1.0.0..10.1.2.3}, $a in {192.168.0.0/16, 10.1.0.0..10.1.2.2}, $a in "10.0.0.0/8", $a in {"10.1.2.3", 1.1.1.1}));
		print(($b in fd00::/8, $b in fe80::/10, $b in fd00::/127, $b in fd00::2/127, $b in ::/0, $b in {fe80::/10, fd00::1}));
		print(($b in fd00::..fd00::1, $b in fd00::2..fd00::ff, $b in fcff:ffff::..fd00:0:0:1::));
		print(($i in {fd00::/8, 10.0.0.0/24}, $i in {::/0, 10.0.1.0/24}, $i in 10.0.0.0..10.0.0.9, $i in {::..::ffff, 10.0.0.2..10.0.0.9}, $i in 10.0.0.1));
		print(($a == 10.0.0.0/8, 10.0.0.0/8 == $a, $a != 10.0.0.0/8, $i == 10.0.0.0/8, $i != fd00::/8, $b == "fd00::/8"));
		print(($e in {aa:bb:cc:dd:ee:00..aa:bb:cc:dd:ee:ff}, $e in {aa:bb:cc:dd:ee:00, aa:bb:cc:dd:ee:0f}, $e == "aa:bb:cc:dd:ee:0f", $e != aa:bb:cc:dd:ee:0f));
		print(($a == "10.1.2.3", "10.1.2.3" != $a, $b == "fd00:0::1", $i == "10.0.0.1", $a > 10.0.0.0, $a <= 10.1.2.2, 9.0.0.0 < 200.0.0.0));
		exit();
	}
expect:
	(true, false, true, true, true, true)
	(true, false, true, true)
	(true, false, true, false, true, true)
	(true, false, true)
	(true, false, true, false, true)
	(true, true, false, true, true, true)
	(true, true, true, false)
	(true, false, true, true, true, false, true)
	
	

== sets in predicates
script:
	net:net_dev_queue /args.len in {53, 5353}/ { @a = count(); }
	net:net_dev_queue / args.len in {53, 5353} /
	{
		@b = count();
	}
	net:net_dev_queue /ntop(args.len) in 10.0.0.0/8/ { @c = count(); }
	net:net_dev_queue /ntop(args.len) == 10.0.0.1/ { @d = count(); }
	net:net_dev_queue /!(args.name in {"lo"}) && args.name starts_with "eth"/{ @e = count(); }
	net:net_dev_queue /args.len in 1..5/{ @f = count(); }
args: --check

== text and bytes: contains, starts_with, slices
requires: root
script:
	begin
	{
		$b = buf("GET / HTTP/1.1\r\n", 16); $s = str("GET / HTTP/1.1"); $h = h"de ad:be ef00";
		print(($b starts_with "GET ", $b starts_with "POST", $s starts_with "GET ", $s starts_with "GET / HTTP/1.1x", $s starts_with "", $b starts_with h"47 45"));
		print(($b contains "HTTP", $b contains "http", $b contains h"0d 0a", $b contains h"0d 0a 00", $s contains "1.1", $s contains "2", $s contains ""));
		print((buf("a\0b", 3) starts_with h"61 00 62 00", buf("a\0b", 3) contains h"00", buf("ab", 2) contains h"00"));
		print(($b[0:3], $b[4:1], $b[14:2], $s[6:4], $s[12:4]));
		print(($b[0:3] == "GET", $b[0:3] != "GET", $b[0:3] == h"47 45 54", $s[0:3] == "GET", $s[12:4] == "1", $b[0:3] == $s[0:3]));
		$e = aa:bb:cc:dd:ee:ff; $a = 10.1.2.3; $v = fd00::1; $i = ntop(0x0100000a);
		printf("%rh|%rh|%rh|%rh|%rh|%rh\n", $e[0:3], $a[1:2], $v[0:2], $i[0:4], $i[2:6], $h);
		print(($e[0:3] == aa:bb:cc:00:00:00[0:3], $a[0:2] == h"0a 01", $e[0:3] in {h"aabbcc", h"001122"}));
		print($h); @[$b[0:3]] = count(); @l = $b[0:16]; print(@l[4:1]);
		exit();
	}
expect:
	(true, false, true, false, true, true)
	(true, false, true, false, true, false, true)
	(false, true, false)
	(GET, /, \x0d\x0a, HTTP, .1)
	(true, false, true, true, false, true)
	aa bb cc|01 02|fd 00|0a 00 00 01|00 01|de ad be ef 00
	(true, true, true)
	\xde\xad\xbe\xef\x00
	/


	@[GET]: 1
	@l: GET / HTTP/1.1\x0d\x0a

== long slices and searches
requires: root
script:
	begin
	{
		$s = str("0123456789012345678901234567890123456789012345678901234567890123456789abcdefghijklmnopqrstuvwxyz");
		$b = buf($s, 96);
		print(($s[60:16], $b[60:16], $b[1:64], $b[3:50]));
		print(($b contains "xyz", $s contains "xyz", $b contains "wxyzz", $b contains "0123456789abcdefghijklmnopqrstuvwxyz"));
		exit();
	}
expect:
	(0123456789abcdef, 0123456789abcdef, 1234567890123456789012345678901234567890123456789012345678901234, 34567890123456789012345678901234567890123456789012)
	(true, true, false, true)
	
	

== in, contains, starts_with and has are names where no value ended
requires: root
script:
	struct names { int in; int has; };
	macro contains(in) { in + 1 }
	fn starts_with($has: int64): int64 { return $has; }
	begin
	{
		$x = (in=1, has=2, contains=3); print(($x.in, $x.has, $x.contains, $x.in in {1}));
		print(contains(4)); print(starts_with(5)); print(offsetof(struct names, has));
		$in = 6; @has = 7; print($in in {6}); print(@has has 3);
		exit();
	}
expect:
	(1, 2, 3, true)
	5
	5
	4
	true
	true


	@has: 7

== names of numbers
requires: root
script:
	enum colour { MY_COLOUR_RED = 1, MY_COLOUR_BLUE, MY_COLOUR_GREEN, MY_ODD = 9 };
	begin
	{
		$p = (enum ipproto)6; $c = (enum colour)2;
		print(($p, (enum ipproto)253, $c, (enum colour)4)); printf("%s %d %x\n", $p, $p, $p);
		print(($p == TCP, $p == tcp, udp != $p, $p in {udp, Tcp}, $p in icmp..udp, $p == 6, $p >= tcp, tcp == $p));
		print(($c == MY_COLOUR_BLUE, $c == colour_blue, $c == blue, $c in {red, green}, (enum colour)9 == odd, $c < green));
		@[$p, $c] = 1;
		exit();
	}
expect:
	(TCP, 253, MY_COLOUR_BLUE, 4)
	TCP 6 6
	(true, true, true, true, true, true, true, true)
	(true, true, true, false, true, true)


	@[TCP, MY_COLOUR_BLUE]: 1

== names of bits
requires: root
script:
	begin
	{
		$f = (enum tcp_flags)18; $g = (enum tcp_flags)0; $h = (enum tcp_flags)2;
		print(($f, $g, (enum tcp_flags)0x8002)); printf("%s %d %x\n", $f, $f, $f);
		print(($f & SYN, $f & (syn|ack), $f | FIN, $f & ~SYN, $f ^ RST));
		print(($f == (SYN|ACK), $f == SYN, $f != 18, ($f & SYN) == SYN, ($f & (SYN|FIN)) == SYN, SYN == $h));
		print(($f has SYN, $f has (SYN|ACK), $f has (SYN|RST), $g has FIN, $f in {SYN, SYN|ACK}, $h in {FIN, RST}));
		if ($f & reset) { print("reset"); } if ($f & ack) { print("ack"); } if (!$g) { print("none"); }
		@[$f] = 1; @k[$h, $f] = 2; $f = (enum tcp_flags)1; print($f);
		exit();
	}
expect:
	(SYN,ACK, none, SYN,0x8000)
	SYN,ACK 18 12
	(SYN, SYN,ACK, FIN,SYN,ACK, ACK, SYN,RST,ACK)
	(true, false, false, true, true, true)
	(true, true, false, false, true, false)
	ack
	none
	FIN


	@[SYN,ACK]: 1
	@k[SYN, SYN,ACK]: 2

== reasons of the kernel without what their names begin with
requires: root kernel-6.1
script: begin { $r = (enum skb_drop_reason)SKB_DROP_REASON_NO_SOCKET; print(($r, $r == NO_SOCKET, $r == no_socket, $r in {consumed, not_specified}, $r > NOT_SPECIFIED, pid ? $r : (enum skb_drop_reason)2)); @[$r] = 1; exit(); }
expect:
	(SKB_DROP_REASON_NO_SOCKET, true, true, false, true, SKB_DROP_REASON_NO_SOCKET)


	@[SKB_DROP_REASON_NO_SOCKET]: 1

== addresses, sets and bytes of packets
requires: root
replay: packets/varied.pcap
script:
	net:netif_receive_skb { @all = count(); }
	net:netif_receive_skb /ip.src in 10.0.0.0/8 && udp.dstport in {53, 5353}/ { @dns[src, ip.ttl, udp.dstport] = count(); }
	net:netif_receive_skb /tcp.flags == (SYN|ACK)/ { @synack = count(); }
	net:netif_receive_skb /tcp.flags & syn/ { @syn = count(); }
	net:netif_receive_skb /arp.opcode == request/ { @arp[arp.opcode, arp.src.hw_mac] = count(); }
	net:netif_receive_skb /addr in {10.0.0.0/8, 2001:db8::/32}/ { @in = count(); }
	net:netif_receive_skb /!(addr in {10.0.0.0/8, 2001:db8::/32})/ { @out = count(); }
	net:netif_receive_skb /ip.src == 10.0.0.0/8/ { @ten = count(); }
	net:netif_receive_skb /ip.src != 10.0.0.0/8/ { @other = count(); }
	net:netif_receive_skb /!(ip.src in 10.0.0.0/8)/ { @not = count(); }
	net:netif_receive_skb { @or[ip.proto ?? tcp] = count(); }
	net:netif_receive_skb /tcp && eth.src[0:3] == h"02 00 00"/ { @oui = count(); }
expect:


	@all: 1224
	@arp[request, 02:00:00:00:00:01]: 2
	@arp[request, 02:86:1f:89:be:59]: 2
	@arp[request, 02:ac:09:10:db:20]: 2
	@dns[10.163.59.40, 53, 5353]: 1
	@dns[10.199.91.125, 121, 53]: 1
	@dns[10.231.113.42, 234, 53]: 1
	@dns[10.246.255.12, 85, 53]: 1
	@in: 675
	@not: 1109
	@or[EGP]: 1
	@or[RSVP]: 1
	@or[EIGRP]: 1
	@or[OSPF]: 1
	@or[PIM]: 1
	@or[108]: 1
	@or[VRRP]: 1
	@or[L2TP]: 1
	@or[UDPLITE]: 1
	@or[MPLS]: 1
	@or[151]: 1
	@or[241]: 1
	@or[253]: 1
	@or[RAW]: 1
	@or[HOPOPT]: 2
	@or[IGMP]: 2
	@or[239]: 2
	@or[ESP]: 3
	@or[238]: 3
	@or[AH]: 4
	@or[240]: 4
	@or[NONE]: 6
	@or[SCTP]: 8
	@or[IPV6]: 9
	@or[IPIP]: 12
	@or[GRE]: 34
	@or[ICMPv6]: 39
	@or[ICMP]: 69
	@or[UDP]: 366
	@or[TCP]: 647
	@other: 491
	@oui: 482
	@out: 549
	@syn: 250
	@synack: 9
	@ten: 115
