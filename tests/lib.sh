# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Functions for the commands of test cases. `traffic` (tests/runner/traffic.c) is in the path too.

# A second network namespace, "peer", and a cable to it: veth0 (10.0.0.1, fd00::1) here, veth1
# (10.0.0.2, fd00::2) there. Neighbours are known, so no ARP or neighbour discovery is sent.
veth_peer()
{
	ip netns add peer
	ip link add veth0 address 02:00:00:00:00:01 type veth \
		peer name veth1 address 02:00:00:00:00:02 netns peer
	ip addr add 10.0.0.1/24 dev veth0
	ip addr add fd00::1/64 dev veth0 nodad
	in_peer ip addr add 10.0.0.2/24 dev veth1
	in_peer ip addr add fd00::2/64 dev veth1 nodad
	in_peer ip link set lo up
	in_peer ip link set veth1 up
	ip link set veth0 up
	for address in 10.0.0.2 fd00::2; do
		ip neigh replace $address lladdr 02:00:00:00:00:02 dev veth0
	done
	for address in 10.0.0.1 fd00::1; do
		in_peer ip neigh replace $address lladdr 02:00:00:00:00:01 dev veth1
	done
}

# Runs a command there.
in_peer()
{
	ip netns exec peer "$@"
}

# tests/expressions as a script that prints lines "EXPRESSION = VALUE", after statements that
# set its variables, for all of them or some lines; and what a C program prints for all.
expressions_in_script()
{
	echo "BEGIN { $1"
	[ $# -gt 1 ] || set -- "$1" "1,\$"
	grep -v '^#' "$SRCDIR/expressions" | sed -n "$2p" | while read -r line; do
		printf 'printf("%%s = %%d\\n", "%s", %s);\n' "$line" "$line"
	done
	echo '}'
}

expressions_in_c()
{
	{
		echo '#include <stdio.h>'
		echo 'int main(void) {'
		echo 'long long a = 7, b = -3, c = 0, m = -0x7fffffffffffffffLL - 1, x = 0x7fffffffffffffffLL;'
		echo 'unsigned long long u = 10, v = -1ULL, w = 1ULL << 63;'
		grep -v '^#' "$SRCDIR/expressions" | while read -r line; do
			expression=$(echo "$line" | sed -E 's/\$//g; s/\<(0x[0-9a-f]+|[0-9]+)\>/\1LL/g')
			printf 'printf("%%s = %%lld\\n", "%s", (long long)(%s));\n' "$line" "$expression"
		done
		echo 'return 0; }'
	} > expressions.c
	cc -w -fwrapv -o expressions.out expressions.c && ./expressions.out
}

# Waits until the script whose messages go to a file has attached its probes.
wait_attached()
{
	until grep -q Attached "$1" 2> /dev/null; do
		sleep 0.01
	done
}

# Runs a script until its ten events are there, ends it by a signal, and prints all.
ends_by()
{
	"$PKTSCRIPT" -e 'BEGIN { printf("begin\n"); }
		syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = count(); @k["x"] = count(); }
		END { printf("end\n"); }' > out 2> err &
	wait_attached err
	calls 10 0 > log
	kill -"$1" $!
	wait $!
	echo "status $?" >> out
	cat out
}

# Runs a command; one second later the kernel has no BPF map or program of ours from it, and $TMP
# no file but those that were there. Names: see the maps' names in the command.
leaves_nothing()
{
	ls -A > before
	"$@"
	tries=0
	while bpftool map list | grep -q leftover && [ $tries -lt 10 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	bpftool map list | grep leftover && echo "a map is left"
	bpftool prog list | grep -E 'name (sched_switch_[0-9]+|interval_ms_)' && echo "a program is left"
	bpftool link list | grep -q leftover && echo "a link is left"
	[ -e /sys/fs/bpf/pktscript ] && echo "something is pinned"
	echo "nothing is left"
}

# A script that knows the structs of tests/process/values.c, run with that program.
c_values()
{
	cc -O1 -no-pie -w -o values "$SRCDIR/process/values.c"
	"$PKTSCRIPT" -q --include "$SRCDIR/process/structs.h" -c ./values -e "$1"
}

# Only what a test sends: no discovery of neighbours and groups from veth0 and veth1.
quiet_peer()
{
	echo 1 > /proc/sys/net/ipv6/conf/veth0/disable_ipv6
	in_peer sh -c 'echo 1 > /proc/sys/net/ipv6/conf/veth1/disable_ipv6'
}

# A condition: packets of this network namespace, or of the one of a command as `in_peer`. Tracepoints
# see those of all.
in_namespace()
{
	echo "netns == $("$@" stat -Lc %i /proc/self/ns/net)"
}

# What a script prints while a command runs, without the empty lines before maps.
watching()
{
	rm -f messages
	"$PKTSCRIPT" "$1" > watched 2> messages &
	watcher=$!
	shift
	wait_attached messages
	"$@"
	sleep 0.2
	kill -INT "$watcher"
	wait "$watcher"
	grep . watched
	grep -vE 'Attached|^tls.split: ' messages
}
