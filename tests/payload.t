# What is behind the transport header: the payload, and the applications that are told by its first
# bytes. packets/apps.pcap has 23 packets: 1 to 8 are DNS, up to 13 HTTP, up to 19 TLS, then QUIC.

== DNS: header and first question
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /dns/ {
		printf("%s %s %s %s %s %s %s\n", dns.id, mdns, dns.flags.opcode, dns.flags.response,
			dns.flags.recdesired, dns.flags.truncated, dns.count.queries);
		printf("  %s %s %s\n", dns.qry.name ?? "-", dns.qry.type ?? "-", dns.qry.class ?? "-");
	}
expect:
	4660 false QUERY false true false 1
	  www.example.org AAAA IN
	4660 false QUERY true true false 1
	  nx.example.org A IN
	0 true QUERY false true false 1
	  _http._tcp.local PTR IN
	0 false QUERY false true false 1
	  <Root> NS IN
	4660 false QUERY false true false 1
	  www.example.org AAAA IN
	4660 false QUERY false true false 1
	  - - -
	4660 false QUERY false true false 1
	  - - -
	
	

== DNS: what only responses have
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /dns.flags.rcode == NXDOMAIN/ {
		print((dns.flags.authoritative, dns.flags.recavail, dns.response, dns.count.answers, dns.count.auth_rr, dns.count.add_rr));
	}
	net:netif_receive_skb { @[dns.response] = count(); }
expect:
	(true, true, true, 0, 0, 1)


	@[true]: 1
	@[false]: 22

== HTTP: requests and responses on any port
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /http/ {
		printf("%d %d <%s> <%s> <%s> %s\n", http.request, http.response, http.request.method ?? "-",
			http.request.uri ?? "-", http.host ?? "-", http.response.code ?? "-");
	}
expect:
	1 0 <GET> </a/b?c=d> <h.example:8080> -
	1 0 <OPTIONS> <*> <-> -
	0 1 <-> <-> <-> 404
	0 1 <-> <-> <-> -
	
	

== TLS: records, hellos that are all there, and those that are not
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /tls/ {
		printf("%s %s %d, %s %s %s: %s %s\n", tls.record.type, tls.record.version, tls.record.length,
			tls.handshake.type ?? "-", tls.handshake.length ?? "-", tls.handshake.version ?? "-",
			tls.handshake.extensions_server_name ?? "-", tls.alpn ?? "-");
	}
	net:netif_receive_skb { @[tls.handshake] = count(); }
expect:
	handshake TLS1_0 342, client_hello 338 TLS1_2: www.example.org h2
	handshake TLS1_0 342, client_hello 338 TLS1_2: - -
	handshake TLS1_0 313, client_hello 309 TLS1_2: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.. -
	handshake TLS1_2 48, server_hello 44 TLS1_2: - -
	application_data TLS1_2 32, - - -: - -
	handshake TLS1_2 40, - - -: - -


	@[true]: 4
	@[false]: 19
error:
	tls.split: 2 (a hello of TLS goes on in another packet)

== QUIC: long headers on any port, short ones on port 443
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /quic/ {
		printf("%d %d %s %s\n", quic.long, quic.header_form, quic.version ?? "-", quic.long.packet_type ?? "-");
	}
expect:
	1 1 v1 Initial
	1 1 v2 Initial
	0 0 - -
	
	

== the application's bytes in page fragments are read too: TCP where it is sent
requires: root kernel-6.12
script:
	net:net_dev_queue, net:netif_receive_skb /http.request/ {
		printf("%s %d of %d, %s: %s %s\n", dir, payload.avail, payload.len, http.host, http.request.uri, payload);
	}
traffic: traffic tcp 127.0.0.1 8080 3000 "" "$(printf 'GET /live HTTP/1.1\r\nHost: h.example\r\n\r\n')"
expect:
	out 3000 of 3000, h.example: /live GET /live HTTP/1.1\x0d\x0aHost: h.example\x0d\x0a\x0d\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00
	in 3000 of 3000, h.example: /live GET /live HTTP/1.1\x0d\x0aHost: h.example\x0d\x0a\x0d\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00
	
	

== the same at every hook
requires: root kernel-6.12
setup: mkdir cg && mount -t cgroup2 none cg
script:
	net:net_dev_queue, net:netif_receive_skb, tc:lo, xdp:lo, socket:lo, cgroup_skb:*:/ /http.request/ {
		@[probe, http.request.method, http.request.uri, http.host, payload.len - payload.avail] = count();
	}
traffic: traffic tcp 127.0.0.1 8080 100 "" "$(printf 'GET /live HTTP/1.1\r\nHost: h.example\r\n\r\n')"; umount cg
expect:


	@[cgroup_skb:egress:/, GET, /live, h.example, 0]: 1
	@[cgroup_skb:ingress:/, GET, /live, h.example, 0]: 1
	@[tc:egress:lo, GET, /live, h.example, 0]: 1
	@[tracepoint:net:net_dev_queue, GET, /live, h.example, 0]: 1
	@[tracepoint:net:netif_receive_skb, GET, /live, h.example, 0]: 1
	@[xdp:lo, GET, /live, h.example, 0]: 1
	@[socket:lo, GET, /live, h.example, 0]: 2

== slices of the payload are read where they are, and end where it does
requires: root
replay: packets/apps.pcap
script:
	net:netif_receive_skb /payload starts_with "OPTIONS"/ {
		print((payload.len, payload[8:12], payload[21:100], payload[21:100][0:5], payload[40:4] ?? "-", payload[41:4] ?? "-"));
	}
	net:netif_receive_skb /payload[5:1] == h"01" && defined(tls.sni)/ { @[payload[307:15] == "www.example.org"] = count(); }
	net:netif_receive_skb {
		@n["starts"] = sum(payload starts_with "GET ");
		@n["does not"] = sum(!(payload starts_with "GET "));
		@n["contains"] = sum(payload contains "HTTP/1.1");
	}
expect:
	(44, * HTTP/1.1\x0d\x0a, -Host: no\x0d\x0a\x0d\x0aHost: body, -Host, body, ody)


	@[false]: 1
	@[true]: 1
	@n[starts]: 1
	@n[contains]: 5
	@n[does not]: 22
error:
	tls.split: 1 (a hello of TLS goes on in another packet)

== the same live, behind payload_max and behind the linear part
requires: root kernel-6.12
script:
	config = { payload_max = 8 }
	net:net_dev_queue /payload starts_with "GET /live HTTP/1.1"/ { print((payload, payload[18:5], payload[2998:9])); }
traffic: traffic tcp 127.0.0.1 8080 3000 "" "$(printf 'GET /live HTTP/1.1\r\nHost: h.example\r\n\r\n')"
expect:
	(GET /liv, \x0d\x0aHos, \x00\x00)
	
	

== a slice of the payload that is too long
requires: root
script: net:net_dev_queue { print(payload[0:300]); }
status: 1
error:
	-e:1:27: error: a slice of the payload has 1 to 256 bytes from byte 0 to 65535 on [bad-operand]
	net:net_dev_queue { print(payload[0:300]); }
	                          ^~~~~~~~~~~~~~

== a field that DNS does not have
script: net:net_dev_queue { print(dns.qry.nam); }
status: 1
error:
	-e:1:27: error: dns.qry has no field 'nam' [unknown-field]
	net:net_dev_queue { print(dns.qry.nam); }
	                          ^~~~~~~~~~~
	hint: did you mean 'name'?
