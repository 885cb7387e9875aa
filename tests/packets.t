# Fields of packets in large captures: beside tshark, and of random and broken ones.

== all fields are what tshark says, but for what doc/packets.md explains
requires: root tshark
timeout: 60
run: "$SRCDIR/tshark" "$SRCDIR/packets/varied.pcap"
expect:
	AH of IPv4: 31 values of tcp tcp.srcport tcp.dstport tcp.seq tcp.ack tcp.hdr_len tcp.len tcp.flags tcp.flags.ae tcp.flags.cwr tcp.flags.ece tcp.flags.urg tcp.flags.ack tcp.flags.push tcp.flags.reset tcp.flags.syn tcp.flags.fin tcp.window_size_value tcp.checksum tcp.urgent_pointer udp udp.srcport udp.dstport udp.length udp.checksum icmp icmp.type icmp.code icmp.checksum icmp.ident icmp.seq
	ARP of other networks: 10 values of arp arp.opcode arp.src.proto_ipv4 arp.dst.proto_ipv4 arp.src.hw_mac arp.dst.hw_mac
	DNS update: 3 values of dns.count.queries dns.count.answers dns.count.auth_rr
	EtherType from 1501 to 1535: 1 values of llc
	IP length 0: 5 values of ip.len udp udp.srcport udp.dstport udp.length
	LLC and PPPoE: 42 values of ip ip.version ip.hdr_len ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.src ip.dst udp udp.srcport udp.dstport udp.length udp.checksum
	QUIC by its port: 5 values of quic quic.header_form quic.version
	QUIC version 2: 1 values of quic.long.packet_type
	TLS record in several packets: 12 values of tls.record.content_type tls.record.version tls.record.length tls.handshake.type tls.handshake.length tls.handshake.version
	UDP-Lite: 2 values of udp.srcport udp.dstport
	announced, but not there: 21 values of icmp sctp tcp udp
	compressed name: 3 values of dns.qry.name dns.qry.type dns.qry.class
	extension header cut short: 11 values of ip.proto
	fragment: 33 values of udp tcp.len tcp icmp
	header cut short: 554 values of arp arp.opcode vlan vlan.id vlan.priority vlan.dei ip6 tcp.srcport tcp.dstport ip dns dns.id dns.flags.response dns.flags.opcode dns.flags.truncated dns.flags.recdesired dns.count.queries dns.count.answers dns.count.auth_rr tls ip.version ip.hdr_len ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.src tcp.seq tcp.ack tcp.hdr_len tcp.len tcp.flags tcp.flags.ae tcp.flags.cwr tcp.flags.ece tcp.flags.urg tcp.flags.ack tcp.flags.push tcp.flags.reset tcp.flags.syn tcp.flags.fin tcp.window_size_value tcp.checksum ip6.version ip6.tclass ip6.tclass.dscp ip6.tclass.ecn ip6.flow ip6.plen ip6.nxt ip6.hlim ip6.src udp.srcport udp.dstport udp.length icmp.type icmp.code icmp.checksum icmp.ident
	mobility and HIP headers: 44 values of ip.proto tcp tcp.srcport tcp.dstport tcp.seq tcp.ack tcp.hdr_len tcp.len tcp.flags tcp.flags.ae tcp.flags.cwr tcp.flags.ece tcp.flags.urg tcp.flags.ack tcp.flags.push tcp.flags.reset tcp.flags.syn tcp.flags.fin tcp.window_size_value tcp.checksum tcp.urgent_pointer
	options cut short: 89 values of ip.dst tcp.seq tcp.ack tcp.hdr_len tcp.len tcp.flags tcp.flags.ae tcp.flags.cwr tcp.flags.ece tcp.flags.urg tcp.flags.ack tcp.flags.push tcp.flags.reset tcp.flags.syn tcp.flags.fin tcp.window_size_value tcp.checksum tcp.urgent_pointer ip.id ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.src
	other tunnels: 15 values of ip ip.src ip.ttl ip.proto ip.id eth.dst eth.type udp udp.dstport udp.length
	source route: 3 values of ip.dst
	text that is cut: 1 values of http.request.uri
	third VLAN tag: 21 values of ip ip.version ip.hdr_len ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.src ip.dst udp udp.srcport udp.dstport udp.length udp.checksum
	wrong IP version: 27 values of ip ip.version ip.ttl ip6 ip6.dst ip6.flow ip6.version
	wrong UDP length: 12 values of udp.checksum
	wrong header length: 21 values of ip ip.version ip.hdr_len tcp.srcport tcp.dstport tcp.seq tcp.hdr_len tcp.len
	zero in a name: 1 values of dns.qry.name
	1224 packets, 193392 values, 0 differences without a reason

== doc/packets.md explains all differences from tshark, and no others
run:
	sed -nE 's/^\| ([A-Za-z].*) \| .* \| .* \|$/\1/p' "$SRCDIR/../doc/packets.md" | sort > explained
	sed -nE 's/^\t\treturn "(.+)"$/\1/p' "$SRCDIR/packets/tshark.awk" | sort -u > known
	echo difference | sort - known | diff - explained

== every field of a header is compared with tshark
run:
	sed -nE 's/^FIELD\([^"]*"([^"]+)".*/\1/p' "$SRCDIR/../parser/packet.def" | sort > fields
	sed 's/ .*//' "$SRCDIR/packets/fields.tshark" | sort | comm -23 fields -

== nothing is read beyond a packet's end: 20,000 random and mutated packets
requires: root
timeout: 60
run: "$SRCDIR/packets/fuzz" 10000 5
expect~:
	^10000 pairs, [0-9]+ fields, [0-9]{6,} values, 0 wrong$
