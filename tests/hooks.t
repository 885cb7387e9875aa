# Programs where packets pass (xdp, tc, socket, cgroup_skb): what each sees, that nothing is lost by
# watching, that nothing stays behind, and their errors.

== tc: each direction, both, and several interfaces
requires: root ip
run:
	veth_peer
	for probe in tc:egress:veth0 tc:ingress:lo tc:veth0 'tc:*gress:*'; do
		"$PKTSCRIPT" -q -e "$probe /ctx.len == 142/ { @[probe, ctx.len] = count(); }" -c 'traffic udp 10.0.0.2 9 5 100' | sed '/^$/d'
	done
expect:
	@[tc:egress:veth0, 142]: 5
	@[tc:egress:veth0, 142]: 5
	@[tc:egress:veth0, 142]: 5

== tc: one program for all interfaces when it does not depend on the place
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" --dump=plan -e 'tc:egress:* { @ = sum(ctx.len); }' | sed 1q
	"$PKTSCRIPT" --dump=plan -e 'tc:egress:* { @[probe] = sum(ctx.len); }' | grep -c '^program'
	"$PKTSCRIPT" -v -e 'tc:egress:* { @ = sum(ctx.len); }' -c 'traffic udp 10.0.0.2 9 5 100' 2>&1 | sed -E '/^$/d; s/, [0-9]* ins.*//; s/(a tcx link|a filter of clsact).*/how/'
expect:
	program tc_egress_lo_0: tc, 1 clause
	2
	program tc_egress_lo_0: tc, 2 probes
	tc:egress:lo: how
	tc:egress:veth0: how
	Attached 2 probes
	@: 710

== xdp: in the driver, in general, and what it says of the packet
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -v -e 'xdp:veth0, xdp:lo /ctx.data_end - ctx.data == 142/ { @[ctx.data_end - ctx.data, ctx.ingress_ifindex == 1] = count(); }' -c 'sh -c "ip netns exec peer $(command -v traffic) udp 10.0.0.1 9 5 100; traffic udp 127.0.0.1 9 3 100"' 2>&1 | sed '/^$/d; /^program/d'
expect:
	xdp:veth0: XDP in the driver
	xdp:lo: generic XDP, as the driver has none for this interface
	Attached 2 probes
	@[142, true]: 3
	@[142, false]: 5

== socket: what tcpdump would see, of one interface and of all
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -q -e 'socket:veth0 { @[ctx.pkt_type, ctx.len] = count(); }' -c 'traffic udp 10.0.0.2 9 5 100' | grep 142
	"$PKTSCRIPT" -q -e 'socket:any /ctx.len == 142/ { @[ctx.ifindex == 1, ctx.pkt_type == PACKET_OUTGOING] = count(); }' -c 'traffic udp 127.0.0.1 9 5 100' | sed '/^$/d'
expect:
	@[4, 142]: 5
	@[true, false]: 5
	@[true, true]: 5

== cgroup_skb: by absolute path, below the mount, in both directions
requires: root ip
run:
	mkdir cg
	mount -t cgroup2 none cg
	for path in "$TMP/cg" /; do
		"$PKTSCRIPT" -q -e "cgroup_skb:*:$path { @[probe, ctx.len] = count(); }" -c 'traffic udp 127.0.0.1 9 5 100' | sed '/^$/d'
	done
	umount cg
expect:
	@[cgroup_skb:egress:$TMP/cg, 128]: 5
	@[cgroup_skb:ingress:$TMP/cg, 128]: 5
	@[cgroup_skb:egress:/, 128]: 5
	@[cgroup_skb:ingress:/, 128]: 5

== other network namespaces: of one probe, of the script; the script itself stays where it is
requires: root ip
run:
	veth_peer
	sleep 100 & OWN=$!
	ip netns exec peer sleep 100 & IN=$!
	until [ /proc/$IN/ns/net -ef /run/netns/peer ]; do sleep 0.01; done
	for where in peer /run/netns/peer $IN; do
		"$PKTSCRIPT" -q -e "netns:$where:tc:ingress:veth1 /ctx.len == 142/ { @t = count(); } netns:$where:xdp:veth1 /ctx.data_end - ctx.data == 142/ { @x = count(); } netns:$where:socket:veth1 /ctx.len == 142/ { @s = count(); } tc:egress:veth0 /ctx.len == 142/ { @here = count(); }" -c 'sh -c "traffic udp 10.0.0.2 9 5 100; sleep 0.2"' | grep -c ': 5'
		"$PKTSCRIPT" -q --netns $where -e "tc:ingress:veth1 /ctx.len == 142/ { @[probe] = count(); }" -c 'traffic udp 10.0.0.2 9 5 100' | sed '/^$/d'
	done
	kill $OWN $IN
expect:
	4
	@[tc:ingress:veth1]: 5
	4
	@[tc:ingress:veth1]: 5
	4
	@[tc:ingress:veth1]: 5

== lists of interfaces, here and elsewhere, and what they are given
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -l 'tc:*'
	"$PKTSCRIPT" -l 'netns:peer:xdp:*'
	"$PKTSCRIPT" --netns peer -l 'socket:v*'
	"$PKTSCRIPT" -lv 'xdp:lo' | grep -v packet:
	"$PKTSCRIPT" -lv 'tc:egress:lo' | sed -n '2p; / remote_ip4/p'
expect:
	tc:ingress:lo
	tc:ingress:veth0
	tc:egress:lo
	tc:egress:veth0
	netns:peer:xdp:lo
	netns:peer:xdp:veth1
	socket:veth1
	xdp:lo
	    __u32 data
	    __u32 data_end
	    __u32 data_meta
	    __u32 ingress_ifindex
	    __u32 rx_queue_index
	    __u32 len

== every field of a context can be read
requires: root
run:
	mkdir cg
	mount -t cgroup2 none cg
	for probe in xdp:lo tc:egress:lo tc:ingress:lo socket:lo "cgroup_skb:*:$TMP/cg"; do
		fields=$("$PKTSCRIPT" -lv "$probe" | sed -n '/packet:/d; s/^ .* //p' | sort -u)
		script=
		for field in $fields; do script="$script @[\"$field\", ctx.$field * 3 > 1] = count();"; done
		"$PKTSCRIPT" -q -e "$probe { $script }" -c 'traffic udp 127.0.0.1 9 2' | grep -c '^@' | sed 's/^[1-9][0-9]*/fields/'
	done
	umount cg
expect:
	fields
	fields
	fields
	fields
	fields

== functions, loops, strings and the current process in them
requires: root
run:
	"$PKTSCRIPT" -q -e 'fn twice($n : uint64) : uint64 { return 2 * $n + ctx.len; }
		tc:egress:lo { for ($i : 0..3) { @loop[$i, ctx.len] = count(); } @f = sum(twice(1)); @who[comm, pid == tid, uid, username] = count(); @s[curtask->comm] = count(); printf("%s %d\n", probe, ctx.len); }' -c 'traffic udp 127.0.0.1 9 2 100' | sed '/^$/d'
expect:
	tc:egress:lo 142
	tc:egress:lo 142
	@f: 288
	@loop[0, 142]: 2
	@loop[1, 142]: 2
	@loop[2, 142]: 2
	@s[traffic]: 2
	@who[traffic, true, 0, root]: 2

== packets pass, and programs that were there still run
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -e 'tc:egress:veth0 /ctx.len == 142/ { @first = count(); }' --for 20s > first 2> err1 & FIRST=$!
	wait_attached err1
	"$PKTSCRIPT" -e 'tc:egress:veth0 { @ = count(); } tc:ingress:veth0 { @i = count(); } socket:veth0 { @s = count(); } netns:peer:xdp:veth1 { @x = count(); } netns:peer:tc:ingress:veth1 { @p = count(); }' --for 20s > /dev/null 2> err2 & SECOND=$!
	wait_attached err2
	traffic udp 10.0.0.2 9 5 100
	sleep 0.2
	kill -INT $SECOND $FIRST
	wait $SECOND $FIRST
	in_peer cat /proc/net/snmp | awk '/^Udp: [0-9]/ { print "received or refused", $2 + $3 }'
	sed '/^$/d' first
expect:
	received or refused 5
	@first: 5

== nothing is left behind, also when it is killed
requires: root ip bpftool kernel-6.6
run:
	veth_peer
	ip link set veth0 down
	ip link set veth0 name h$$
	ip link set h$$ up
	programs()
	{
		bpftool prog list | grep -c "name [a-z_]*_h$$"
	}
	for signal in INT KILL; do
		"$PKTSCRIPT" -e "tc:h$$ { @[probe] = count(); } xdp:h$$ { @x = count(); } socket:h$$ { @s = count(); }" > /dev/null 2> err & PID=$!
		wait_attached err
		programs
		kill -$signal $PID
		wait $PID 2> /dev/null
		tries=0
		while [ "$(programs)" != 0 ] && [ $tries -lt 50 ]; do
			sleep 0.1
			tries=$((tries + 1))
		done
		programs
		ip -d link show h$$ | grep -c xdp
		rm err
	done
	true
expect:
	4
	0
	0
	4
	0
	0

== tc: filters of others stay, and a discipline that is used
requires: root ip tc
run:
	veth_peer
	tc qdisc add dev veth0 clsact
	tc filter add dev veth0 egress bpf bytecode '1,6 0 0 0'
	"$PKTSCRIPT" -q -e 'tc:* /ctx.len == 142/ { @[probe] = count(); }' -c 'traffic udp 10.0.0.2 9 5 100' | sed '/^$/d'
	for device in veth0 lo; do
		tc qdisc show dev $device | grep -c clsact
		tc filter show dev $device egress | grep -c 'bpf .*handle.*bytecode'
	done
	true
expect:
	@[tc:egress:veth0]: 5
	1
	1
	0
	0

== XDP has one place
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -e 'xdp:veth0 { @ = count(); }' --for 20s > /dev/null 2> err & PID=$!
	wait_attached err
	"$PKTSCRIPT" -e 'xdp:veth0 { @ = count(); }' 2>&1 | sed 's/id [0-9]*/id N/'
	"$PKTSCRIPT" -e 'xdp:* { @ = count(); }' --for 100ms 2>&1 | grep -v '^$' | sed 's/id [0-9]*/id N/'
	kill -INT $PID
	wait $PID
expect:
	pktscript: error: cannot attach xdp:veth0: device or resource busy
	hint: program 'xdp_veth0_0' (id N) is there, and XDP takes one only; tc:ingress:veth0 sees what it lets through
	pktscript: warning: cannot attach xdp:veth0: device or resource busy: it is left out
	Attached 2 probes

== an interface that does not exist
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -e 'tc:ingress:veht0 { @ = count(); }'
	"$PKTSCRIPT" -e 'xdp:wl* { @ = count(); }'
	"$PKTSCRIPT" -e 'netns:peer:socket:wlan7 { @ = count(); }'
status: 1
error:
	-e:1:1: error: no interface 'veht0' [unknown-probe]
	tc:ingress:veht0 { @ = count(); }
	^~~~~~~~~~~~~~~~
	hint: did you mean veth0?
	-e:1:1: error: no interface 'wl*' [unknown-probe]
	xdp:wl* { @ = count(); }
	^~~~~~~
	hint: there are lo, veth0
	-e:1:1: error: no interface 'wlan7' in network namespace 'peer' [unknown-probe]
	netns:peer:socket:wlan7 { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~~~~
	hint: there are lo, veth1

== a network namespace that does not exist
requires: root ip
run:
	veth_peer
	"$PKTSCRIPT" -e 'netns:peeer:tc:lo { @ = count(); }'
	"$PKTSCRIPT" -e 'netns:x:tc:lo { @ = count(); }'
	"$PKTSCRIPT" -e 'netns:/proc/self/ns/uts:tc:lo { @ = count(); }'
	"$PKTSCRIPT" --netns peeer -e 'tc:lo { @ = count(); }'
status: 2
error:
	-e:1:1: error: no network namespace 'peeer' [unknown-probe]
	netns:peeer:tc:lo { @ = count(); }
	^~~~~~~~~~~~~~~~~
	hint: did you mean peer?
	-e:1:1: error: no network namespace 'x' [unknown-probe]
	netns:x:tc:lo { @ = count(); }
	^~~~~~~~~~~~~
	hint: it is a name of 'ip netns', a path or a process id
	-e:1:1: error: cannot enter network namespace '/proc/self/ns/uts': Invalid argument [unknown-probe]
	netns:/proc/self/ns/uts:tc:lo { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~~~~~~~~~~
	pktscript: error: cannot open network namespace 'peeer': No such file or directory
	hint: pktscript --help shows how to use it

== --netns without a probe that it is for
requires: root
run: "$PKTSCRIPT" --check --netns /proc/self/ns/net -e 'net:net_dev_queue { @ = count(); }'
error:
	-e:1:1: WARNING: --netns changes nothing here [no-effect]
	net:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~
	hint: it is for xdp, tc and socket probes; others see all namespaces

== netns: before a probe that is of no namespace
script: netns:peer:net:net_dev_queue { @ = count(); }
status: 1
error:
	-e:1:1: error: 'netns:' stands before xdp, tc and socket probes [bad-probe]
	netns:peer:net:net_dev_queue { @ = count(); }
	^~~~~~~~~~~~~~~~~~~~~~~~~~~~
	hint: a tracepoint probe sees all namespaces; curtask->nsproxy->net_ns->ns.inum is the current one

== directions and parts that are wrong
run:
	for probe in tc:in:lo tc: xdp:a:b cgroup_skb:ingress cgroup_skb:in:/ socket:; do
		"$PKTSCRIPT" -e "$probe { @ = count(); }" 2>&1 | sed -n '1p; $p'
	done
expect:
	-e:1:1: error: malformed probe 'tc:in:lo' [bad-probe]
	hint: written tc:ingress:INTERFACE, tc:egress:INTERFACE, or tc:INTERFACE for both
	-e:1:1: error: malformed probe 'tc:' [bad-probe]
	hint: written tc:ingress:INTERFACE, tc:egress:INTERFACE, or tc:INTERFACE for both
	-e:1:1: error: malformed probe 'xdp:a:b' [bad-probe]
	hint: written xdp:INTERFACE
	-e:1:1: error: malformed probe 'cgroup_skb:ingress' [bad-probe]
	hint: written cgroup_skb:ingress:PATH or cgroup_skb:egress:PATH
	-e:1:1: error: malformed probe 'cgroup_skb:in:/' [bad-probe]
	hint: written cgroup_skb:ingress:PATH or cgroup_skb:egress:PATH
	-e:1:1: error: malformed probe 'socket:' [bad-probe]
	hint: written socket:INTERFACE or socket:any

== a cgroup that does not exist, and none at all
requires: root ip
run:
	"$PKTSCRIPT" -e 'cgroup_skb:egress:/no/such { @ = count(); }' 2>&1 | sed 's/ in .*/ in .../'
	umount -l -R /sys/fs/cgroup 2> /dev/null
	"$PKTSCRIPT" -e 'cgroup_skb:egress:/tmp { @ = count(); }' 2>&1
	true
expect~:
	^-e:1:1: error: no cgroup '/no/such' in .*$
	^-e:1:1: error: no cgroups \(v2\) are mounted here \[unknown-probe\]$
	^hint: mount -t cgroup2 none /sys/fs/cgroup makes them visible$

== what programs on packets do not have
requires: root
run:
	"$PKTSCRIPT" -e 'xdp:lo { @[kstack] = count(); }'
	"$PKTSCRIPT" -e 'socket:lo { @[ctx.data] = count(); }'
	"$PKTSCRIPT" -e 'tc:egress:lo { @[ctx.lne] = count(); @a[args.len] = count(); }'
status: 1
error:
	-e:1:12: error: xdp:lo has no 'kstack' [bad-context]
	xdp:lo { @[kstack] = count(); }
	           ^~~~~~
	hint: the kernel takes no stacks for programs on packets; tracepoint, kprobe and fentry probes have it
	-e:1:19: error: socket:lo has no field 'data' [unknown-field]
	socket:lo { @[ctx.data] = count(); }
	                  ^~~~
	hint: its fields are len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto, priority, ingress_ifindex, ifindex, tc_index, ...
	-e:1:22: error: tc:egress:lo has no field 'lne' [unknown-field]
	tc:egress:lo { @[ctx.lne] = count(); @a[args.len] = count(); }
	                     ^~~
	hint: did you mean 'len'?
	-e:1:41: error: tc:egress:lo has no 'args' [bad-context]
	tc:egress:lo { @[ctx.lne] = count(); @a[args.len] = count(); }
	                                        ^~~~
	hint: 'args' exists in tracepoint, rawtracepoint, fentry, fexit and, of a binary with -g, uprobe probes

== what programs on packets have on newer kernels only
requires: root
run:
	older()
	{
		[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | sed 1q)" != "$1" ]
	}
	"$PKTSCRIPT" --check -e 'tc:egress:lo { @[cgroup] = count(); }' 2> cgroup
	"$PKTSCRIPT" --check -p $$ -e 'tc:egress:lo { @ = count(); }' 2> pid
	if older 6.16; then
		printf '%s\n' "-e:1:18: error: tc:egress:lo has no 'cgroup' [bad-context]" 'tc:egress:lo { @[cgroup] = count(); }' \
			'                 ^~~~~~' 'hint: programs on packets have it since Linux 6.16' | diff cgroup -
	else
		cat cgroup
	fi
	if older 6.10; then
		printf '%s\n' "-e:1:1: error: -p PID works in tc probes since Linux 6.10 [bad-context]" \
			'tc:egress:lo { @ = count(); }' '^~~~~~~~~~~~' | diff pid -
	else
		cat pid
	fi

== loading without a capability
requires: root setpriv
run: setpriv --inh-caps=-all --bounding-set=-all,+bpf,+perfmon,+dac_override "$PKTSCRIPT" -e 'tc:lo { @ = count(); }'
status: 3
error:
	pktscript: error: not permitted to load BPF programs
	hint: root lacks a capability here: programs on packets take CAP_NET_ADMIN besides CAP_BPF and CAP_PERFMON
