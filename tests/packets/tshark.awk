# SPDX-License-Identifier: Apache-2.0
#
# tests/tshark: fields.tshark, our values, then tshark's as PDML, where a line is an element.

function attribute(name,    v) {
	if (!match($0, " " name "=\"[^\"]*\""))
		return ""
	v = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	gsub("&lt;", "<", v)
	gsub("&gt;", ">", v)
	return v
}

# Numbers in decimal, booleans as 0 and 1.
function plain(v,    i, n) {
	if (v == "True" || v == "true")
		return 1
	if (v == "False" || v == "false")
		return 0
	if (v !~ /^0x[0-9a-f]+$/)
		return v
	n = 0
	for (i = 3; i <= length(v); i++)
		n = n * 16 + index("0123456789abcdef", substr(v, i, 1)) - 1
	return sprintf("%.0f", n)
}

function differs(field, mine, yours, why) {
	why = reason(field, mine, yours)
	if (why == "") {
		printf "packet %d: %s is %s, and %s for tshark (%s)\n", packet, field, mine, yours, layers
		wrong++
		return
	}
	count[why]++
	if (index(" " which[why] " ", " " field " ") == 0)
		which[why] = which[why] (which[why] == "" ? "" : " ") field
}

# The header that a field is of, as tshark calls it.
function header_of(field,    h) {
	h = field
	sub(/\..*/, "", h)
	if (h == "ip6" || (field ~ /^ip\.(ttl|proto)$/ && !((level, "ip") in proto)))
		h = "ipv6"
	return h == "icmp6" ? "icmpv6" : h
}

# A field of the packet as tshark shows it, "" when it has none.
function shown(field) {
	return (level, field) in seen ? seen[level, field] : ""
}

# Why a difference is meant to be; "" when it is not. doc/packets.md explains each.
function reason(field, mine, yours,    h, less, more, fragment, version) {
	h = header_of(field)
	less = mine == "-" || (mine == 0 && yours == 1)
	more = yours == "-" || (mine == 1 && yours == 0)
	fragment = shown("ip.frag_offset") + shown("ip.flags.mf") + shown("ipv6.fraghdr.offset") + \
		shown("ipv6.fraghdr.more") > 0
	version = shown(h ".version") + 0
	if (less && (level, h) in start && start[level, h] + size[h] > end[level, h])
		return "header cut short"
	if (field == "ip.proto" && mine == "-" && h == "ipv6")
		return "extension header cut short"
	if (more && fragment && (mine == 1 || field == "tcp.len"))
		return "fragment"
	if (less && layers ~ / vlan vlan vlan /)
		return "third VLAN tag"
	if (less && layers ~ / (llc|pppoes) /)
		return "LLC and PPPoE"
	if (less && layers ~ / ip ah /)
		return "AH of IPv4"
	if (less && layers ~ / udplite /)
		return "UDP-Lite"
	if (less && level && (layers ~ / ip mpls / || seen[0, "vxlan.flag_i"] == "0"))
		return "other tunnels"
	if (less && h == "arp")
		return "ARP of other networks"
	if (less && (h == "ip" && version != 4 || h == "ipv6" && (version != 6 || level && seen[0, "ip.version"] == 6)))
		return "wrong IP version"
	if (less && h == "ip" && shown("ip.hdr_len") + 0 < 20)
		return "wrong header length"
	if (less && h == "tcp" && shown("tcp.hdr_len") + 0 < 20)
		return "wrong header length"
	if (field == "ip.dst" && mine != "-" && yours != "-")
		return "source route"
	if (field == "llc" && mine == 1)
		return "EtherType from 1501 to 1535"
	if (more && shown("last.proto") ~ /^(135|139)$/ || field == "ip.proto" && yours ~ /^(135|139)$/)
		return "mobility and HIP headers"
	if (less && field ~ /^dns\.qry\./)
		return "compressed name"
	if (field == "dns.qry.name" && index(yours, mine "\\000") == 1)
		return "zero in a name"
	if (more && field ~ /^dns\.count\./ && shown("dns.flags.opcode") == 5)
		return "DNS update"
	if (sub(/\.\.$/, "", mine) && index(yours, mine) == 1)
		return "text that is cut"
	if (more && h == "tls")
		return "TLS record in several packets"
	if (more && field == "quic.long.packet_type" && shown("quic.version") != "")
		return "QUIC version 2"
	if (more && h == "quic")
		return "QUIC by its port"
	if (more && field == "udp.checksum")
		return "wrong UDP length"
	if (more && (h == "tcp" || h == "ip") && (level, h) in proto)
		return "options cut short"
	if (more && shown("ipv6.plen") == "0" || field == "ip.len" && mine == 0)
		return "IP length 0"
	if (mine == 1 && yours == 0)
		return "announced, but not there"
	return ""
}

# The value tshark gives a row of fields.tshark.
function value_of(row,    i, names, n) {
	n = split(wanted[row], names, ",")
	if (names[1] !~ /\./) {
		for (i = 1; i <= n; i++)
			if ((level, names[i]) in proto)
				return 1
		return 0
	}
	for (i = 1; i <= n; i++)
		if ((level, names[i]) in seen)
			return plain(seen[level, names[i]])
	return "-"
}

function compare(    i, mine, yours, field) {
	packet++
	for (i = 1; i <= rows; i++) {
		field = name[i]
		level = sub(/^inner\./, "", field)
		mine = plain(ours[packet, i])
		yours = value_of(i)
		values++
		if (mine != yours)
			differs(field, mine, yours)
	}
}

BEGIN {
	split("eth 14 vlan 4 ieee8021ad 4 mpls 4 arp 28 ip 20 ipv6 40 tcp 20 udp 8 sctp 12 icmp 8 icmpv6 8 gre 4 esp 8 dns 12 tls 5", part, " ")
	for (i = 1; i in part; i += 2)
		size[part[i]] = part[i + 1]
}

FNR == 1 { file++ }

file == 1 && !/^#/ {
	name[++rows] = $1
	wanted[rows] = $2
}

file == 2 {
	n = split($0, part, "\t")
	lines = FNR
	for (i = 1; i <= rows; i++)
		ours[lines, i] = part[i]
}

file == 3 && /<packet>/ {
	split("", seen)
	split("", proto)
	split("", start)
	layers = " "
	depth = network = inside = in_frame = 0
}

# A network header after another, or a frame after one, is in a tunnel.
file == 3 && /<proto / {
	p = attribute("name")
	if (depth == 0) {
		if (p ~ /^(eth|mpls)$/ && network)
			in_frame = 1
		if (p ~ /^(ip|ipv6|arp)$/ && network++ || in_frame)
			inside += p ~ /^(ip|ipv6|arp|eth|mpls)$/ && (p == "eth" || p == "mpls" || !in_frame)
		if (p ~ /^(ip|ipv6|arp)$/)
			in_frame = 0
		layers = layers p " "
	}
	if ((depth == 0 || p == "llc") && !((inside, p) in proto)) {
		proto[inside, p] = 1
		start[inside, p] = attribute("pos") + 0
		end[inside, p] = limit
	}
	depth++
}

file == 3 && /<field / && (depth == 1 || p ~ /^(ipv6\.|ah$|shim6$)/) {
	f = attribute("name")
	v = attribute("show")
	if (!((inside, f) in seen) && (p != "ipv6" || f !~ /^ip\./))
		seen[inside, f] = v
	if (f == "ip.proto" || (!((inside, "ip") in proto) && f ~ /^(ipv6\.nxt|ipv6\.[a-z0-9]+\.nxt|ah\.next_header|shim6\.nxt)$/))
		seen[inside, "last.proto"] = v
	if (f == "frame.cap_len")
		limit = v + 0
	if (f == "ip.len" && v + start[inside, "ip"] < limit)
		limit = v + start[inside, "ip"]
	if (f == "ipv6.plen" && v + 40 + start[inside, "ipv6"] < limit)
		limit = v + 40 + start[inside, "ipv6"]
}

file == 3 && /<\/proto>/ { depth-- }
file == 3 && /<\/packet>/ { compare() }

END {
	if (packet != lines) {
		printf "%d packets for us, %d for tshark\n", lines, packet
		wrong++
	}
	for (why in count)
		printf "%s: %d values of %s\n", why, count[why], which[why] | "sort"
	close("sort")
	printf "%d packets, %d values, %d differences without a reason\n", packet, values, wrong
	exit wrong > 0
}
