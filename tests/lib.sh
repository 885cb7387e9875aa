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
