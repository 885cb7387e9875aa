# SPDX-License-Identifier: Apache-2.0
# Sockets in known states, until it is killed.
import socket
import time

four = socket.create_server(("127.0.0.1", 5001))
six = socket.create_server(("::", 5002), family=socket.AF_INET6, dualstack_ipv6=True)


def pair(address, port, server):
    client = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client.bind((address, port))
    client.connect((address, server.getsockname()[1]))
    return client, server.accept()[0]


kept = [pair("127.0.0.1", 6001, four), pair("127.0.0.1", 6002, six)]
client, server = pair("::1", 6003, six)
client.close()
server.close()
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 7000))
udp.connect(("127.0.0.1", 7001))
print("ready", flush=True)
time.sleep(60)
