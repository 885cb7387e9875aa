#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the captures of this directory: five.pcap, varied.pcap, raw.pcap, apps.pcap.

They are in the repository, so tests do not need this. To change them edit, run (Debian:
python3-scapy), and commit what comes out: the seed and the clock are fixed.
"""

import logging
import os
import random
import struct

logging.getLogger("scapy").setLevel(logging.ERROR)
# pylint: disable=wrong-import-position,wildcard-import,unused-wildcard-import
from scapy.all import *  # noqa: E402,F403
from scapy.contrib.geneve import GENEVE  # noqa: E402
from scapy.contrib.igmp import IGMP  # noqa: E402
from scapy.contrib.mpls import MPLS  # noqa: E402

SEED = 20240229
SECONDS = 1700000000
ETHERNET, RAW_IP = 1, 101  # link types of pcap

random.seed(SEED)  # what scapy chooses
rnd = random.Random(SEED)
M1, M2 = "02:00:00:00:00:01", "02:00:00:00:00:02"
packets = []


def add(packet, cut=None, padded=False):
    """One packet, of which only @cut bytes are captured; @padded to Ethernet's 60 bytes."""
    data = bytes(packet)
    if padded:
        data = data.ljust(60, b"\0")
    packets.append((data[:cut], len(data)))


def write(name, link, rows):
    """pcap by hand: the length on the wire may be more than what is there."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link))
        for i, (data, wire) in enumerate(rows):
            f.write(struct.pack("<IIII", SECONDS + i // 100, i % 100 * 10000, len(data), wire))
            f.write(data)
    print(f"{name}: {len(rows)} packets, {os.path.getsize(path)} bytes")


def ether(**more):
    return Ether(src=M1, dst=M2, **more)


def mac():
    return "02:%02x:%02x:%02x:%02x:%02x" % tuple(rnd.randrange(256) for _ in range(5))


def v4():
    return "%d.%d.%d.%d" % (rnd.choice((10, 100, 172, 192, 203)), rnd.randrange(256),
                            rnd.randrange(256), rnd.randrange(1, 255))


def v6():
    words = [rnd.choice((0, 0, rnd.randrange(65536))) for _ in range(6)]
    return ":".join("%x" % w for w in [0x2001, 0xDB8] + words)


def ip(**more):
    return IP(src=v4(), dst=v4(), id=rnd.randrange(65536), ttl=rnd.randrange(1, 256), **more)


def ip6(**more):
    return IPv6(src=v6(), dst=v6(), hlim=rnd.randrange(1, 256), **more)


def net(**more):
    return rnd.choice((ip, ip6))(**more)


def port():
    """Ports that mean nothing to Wireshark or to pktscript."""
    return rnd.randrange(61000, 61900)


def tcp(**more):
    fields = {"sport": port(), "dport": port(), "seq": rnd.getrandbits(32),
              "ack": rnd.getrandbits(32), "window": rnd.randrange(65536)}
    fields.update(more)
    return TCP(**fields)


def udp(**more):
    fields = {"sport": port(), "dport": port()}
    fields.update(more)
    return UDP(**fields)


def noise(n):
    return Raw(bytes(rnd.randrange(256) for _ in range(n)))


def text(n):
    return Raw(("pktscript " * 30)[:n].encode())


# --- the five packets whose answers packets are judged by

def five():
    syn = {"sport": 40000, "dport": 2222, "flags": "S", "seq": 1000}
    first = {"src": "10.0.0.1", "dst": "10.0.0.2"}
    rows = [
        ether() / IP(**first) / TCP(**syn),
        ether() / IP(frag=185, proto=6, **first) / Raw(b"\xab" * 40),
        ether() / IPv6(src="fd00::1", dst="fd00::2") / TCP(**syn),
        ether() / IPv6(src="fd00::1", dst="fd00::2") / IPv6ExtHdrHopByHop() / TCP(**syn),
        ether() / Dot1Q(vlan=100) / IP(**first) / TCP(**syn),
    ]
    write("five.pcap", ETHERNET, [(bytes(p), len(p)) for p in rows])


# --- link

def arp():
    for op in (1, 2, 3, 4, 8, 9, 1, 2):
        request = ARP(op=op, hwsrc=mac(), psrc=v4(), hwdst=mac(), pdst=v4())
        add(Ether(src=mac(), dst="ff:ff:ff:ff:ff:ff") / request, padded=True)
        add(ether() / Dot1Q(vlan=7) / request)
    add(ether() / ARP(op=1, psrc="10.0.0.9", pdst="10.0.0.9", hwsrc=M1), padded=True)
    add(ether() / ARP(op=2, hwtype=6, hwsrc=M1, hwdst=M2, psrc="10.0.0.3", pdst="10.0.0.4"))
    add(ether() / ARP(bytes.fromhex("0001080006100001") + bytes(range(52))))
    add(ether(type=0x0806) / Raw(bytes.fromhex("000108000604000102000000")))


def link():
    for tag in range(40):
        vid = rnd.choice((0, 1, 100, 4094, 4095, rnd.randrange(4096)))
        t = Dot1Q(vlan=vid, prio=rnd.randrange(8), id=rnd.randrange(2))
        add(ether() / t / net() / (tcp() if tag % 2 else udp()) / text(tag))
        outer = rnd.choice((Dot1Q, Dot1AD))(vlan=rnd.randrange(4096), prio=rnd.randrange(8))
        add(ether() / outer / t / net() / (udp() if tag % 2 else tcp()) / text(tag))
    add(ether() / Dot1AD(vlan=10) / ARP(psrc="10.0.0.1", pdst="10.0.0.2", hwsrc=M1))
    add(ether() / Dot1Q(vlan=1) / Dot1Q(vlan=2) / Dot1Q(vlan=3) / ip() / udp() / text(9))
    add(ether(type=0x8100) / Raw(b"\0\x64"))
    add(ether(type=0x8100) / Raw(b"\0\x64\x81\0\0"))
    for dst in ("01:80:c2:00:00:00", M2):
        add(Dot3(src=M1, dst=dst) / LLC() / STP(), padded=True)
    add(Dot3(src=M1, dst=M2) / LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(OUI=0, code=0x0800) / ip() / udp())
    add(Dot3(src=M1, dst=M2) / LLC(dsap=0xE0, ssap=0xE0, ctrl=3) / noise(30), padded=True)
    add(Dot3(src=M1, dst=M2, len=1500) / LLC(dsap=0xFE, ssap=0xFE, ctrl=3) / noise(40))
    for kind in (0x9000, 0x88CC, 0x888E, 0x88F7, 0x22F0, 0x0842, 0x05DD, 0x0600, 0xFFFF, 0x6003):
        add(ether(type=kind) / noise(46))
    add(ether() / PPPoED(code=9) / noise(4), padded=True)
    add(ether() / PPPoE(sessionid=5) / PPP() / ip() / udp() / text(12))
    for labels in ((16,), (100, 200), (3,), (1048575, 0, 17), (0,), (2,)):
        stack = ether(type=0x8847)
        for i, label in enumerate(labels):
            stack = stack / MPLS(label=label, ttl=rnd.randrange(1, 256), cos=rnd.randrange(8),
                                 s=i + 1 == len(labels))
        add(stack / ip() / udp() / text(8))
    add(ether(type=0x8848) / MPLS(label=77, s=1, ttl=3) / ip6() / tcp() / text(8))
    add(ether() / Dot1Q(vlan=12) / MPLS(label=78, s=1, ttl=3) / ip() / tcp() / text(8))


# --- network

def ipv4():
    for tos in range(0, 256, 5):
        add(ether() / ip(tos=tos, flags=rnd.choice((0, "DF"))) / udp() / text(tos % 7))
    options = ([IPOption_RR(routers=["1.2.3.4", "5.6.7.8"])], [IPOption_Router_Alert()],
               [IPOption_NOP(), IPOption_NOP(), IPOption_EOL()], [IPOption_Timestamp()],
               [IPOption(b"\x44\x0c\x05\x00" + b"\1" * 8)], [IPOption(b"\x94\x28" + b"\0" * 38)],
               [IPOption_LSRR(routers=["9.8.7.6"])], [IPOption(b"\x01" * 40)])
    for o in options:
        for l4 in (tcp(flags="SA"), udp(), ICMP(id=5, seq=9)):
            add(ether() / ip(options=o) / l4 / text(11))
    for proto in (0, 2, 4, 8, 41, 46, 50, 51, 59, 89, 103, 108, 112, 115, 132, 136, 137, 253, 255):
        add(ether() / ip(proto=proto) / noise(24))
    add(ether() / ip(proto=2) / IGMP(type=0x16, gaddr="224.0.0.251"), padded=True)
    add(ether() / ip() / ESP(spi=0xDEAD, seq=7, data=b"\x5a" * 32))
    for nh, inner in ((6, tcp(flags="PA")), (17, udp()), (1, ICMP(id=3, seq=4))):
        add(ether() / ip() / AH(nh=nh, spi=9, seq=1, icv=b"\x11" * 12, payloadlen=4) / inner / text(9))
    add(ether() / IP(src="0.0.0.0", dst="255.255.255.255") / udp(sport=68, dport=67) /
        BOOTP(chaddr=bytes.fromhex("020000000001"), xid=1) / DHCP(options=[("message-type", 1), "end"]))
    add(ether() / ip() / udp(sport=123, dport=123) / NTP(ref=0, orig=0, recv=0, sent=0))
    for l4 in (udp(), tcp(flags="PA"), ICMP(id=1, seq=2)):
        for size, mtu in ((900, 296), (200, 96), (64, 24)):
            for piece in fragment(ip() / l4 / noise(size), fragsize=mtu):
                add(ether() / piece)
    add(ether() / ip(flags="MF") / udp(len=1400) / noise(32))
    add(ether() / ip(frag=1, proto=6) / noise(32))
    add(ether() / ip(frag=8191, proto=17) / noise(8))
    add(ether() / ip(flags="MF", proto=6) / noise(8))
    add(ether() / ip(flags="evil+DF") / udp() / noise(8))


def ipv6():
    for tc in range(0, 256, 9):
        add(ether() / ip6(tc=tc, fl=rnd.getrandbits(20)) / rnd.choice((udp, tcp))() / text(tc % 5))
    hop, dst = IPv6ExtHdrHopByHop, IPv6ExtHdrDestOpt
    chains = (
        [hop()], [hop(options=[RouterAlert()])], [dst()], [hop(), dst()],
        [hop(options=[PadN(optdata=b"\0" * 30)])], [dst(options=[HBHOptUnknown(otype=0x1E, optdata=b"ab")])],
        [IPv6ExtHdrRouting(addresses=["fd00::9"], segleft=0)],
        [IPv6ExtHdrRouting(addresses=["fd00::9", "fd00::a"], segleft=0)],
        [IPv6ExtHdrRouting(type=2, addresses=["fd00::9"], segleft=0)],
        [IPv6ExtHdrSegmentRouting(addresses=["fd00::7", "fd00::8"], segleft=0)],
        [hop(), IPv6ExtHdrRouting(addresses=["fd00::9"], segleft=0), dst()],
        [IPv6ExtHdrFragment(id=77)], [hop(), IPv6ExtHdrFragment(id=78), dst()],
        [dst(), dst(), dst(), dst()], [hop(), dst(), dst(), dst(), dst(), dst(), dst(), dst()],
    )
    for chain in chains:
        for l4 in (tcp(flags="S"), udp(), ICMPv6EchoRequest(id=4, seq=8)):
            p = ip6()
            for header in chain:
                p = p / header.copy()
            add(ether() / p / l4 / text(10))
    for icv in (12, 20):
        add(ether() / ip6() / AH(nh=6, spi=9, seq=1, icv=b"\x11" * icv, payloadlen=icv // 4 + 1) / tcp() / text(4))
    add(ether() / ip6(nh=60) / Raw(bytes.fromhex("3300010400000000" + "1100010400000000")) /
        noise(8) / udp())
    for nh in (135, 139, 140):
        add(ether() / ip6(nh=nh) / Raw(bytes.fromhex("0600010400000000")) / tcp(flags="S") / text(3))
        add(ether() / ip6(nh=nh) / Raw(bytes.fromhex("3b00010400000000")))
    add(ether() / ip6() / ESP(spi=5, seq=6, data=b"\x33" * 40))
    add(ether() / ip6(nh=59) / noise(10))
    add(ether() / ip6() / IPv6ExtHdrDestOpt(nh=59) / noise(10))
    for l4 in (udp(), tcp(flags="PA")):
        for piece in fragment6(ip6() / IPv6ExtHdrFragment(id=rnd.getrandbits(32)) / l4 / noise(900), 400):
            add(ether() / piece)
    add(ether() / ip6() / IPv6ExtHdrHopByHop() / IPv6ExtHdrFragment(nh=17, offset=100, m=1, id=5) / noise(16))
    jumbo = ip6(plen=0) / IPv6ExtHdrHopByHop(options=[Jumbo(jumboplen=66000)]) / udp(len=0)
    head = bytes(ether() / jumbo / noise(60))
    packets.append((head, 14 + 40 + 66000))
    add(ether() / ip6(nh=88) / noise(20))
    add(ether() / IPv6(src="::", dst="ff02::1", hlim=255) / udp() / text(1))
    add(ether() / IPv6(src="::ffff:10.0.0.1", dst="64:ff9b::10.0.0.2") / udp() / text(1))


# --- transport

def tcps():
    for flags in range(256):
        add(ether() / net() / tcp(flags=flags, urgptr=rnd.choice((0, 17))) / text(flags % 9))
    for flags in (0x100, 0x112, 0x1FF):
        add(ether() / ip() / tcp(flags=flags) / text(3))
    options = (
        [("MSS", 1460)], [("MSS", 1460), ("SAckOK", b""), ("Timestamp", (1, 0)), ("NOP", None), ("WScale", 7)],
        [("NOP", None), ("NOP", None), ("SAck", (1, 2, 3, 4))], [("EOL", None)], [("AltChkSum", (0, 0))],
        [("NOP", None)] * 40, [("UTO", 100)], [(253, b"ab")], [("TFO", (1, 2))],
    )
    for o in options:
        add(ether() / net() / tcp(flags="S", options=o))
        add(ether() / net() / tcp(flags="PA", options=o) / text(20))
    for window in (0, 1, 65535):
        add(ether() / net() / tcp(flags="A", window=window, seq=0, ack=0xFFFFFFFF))
    add(ether() / ip() / tcp(flags="A"), padded=True)
    add(ether() / ip() / tcp(flags="FA") / text(1), padded=True)


def udps():
    for n in (0, 1, 2, 7, 18, 19, 64, 200):
        add(ether() / ip() / udp() / text(n), padded=True)
        add(ether() / ip6() / udp() / text(n))
        add(ether() / ip() / udp(chksum=0) / noise(n))
    for length in (0, 3, 8, 9, 40, 65535):
        add(ether() / ip() / udp(len=length) / noise(20))
    for a in (0, 1, 65535):
        add(ether() / net() / udp(sport=a, dport=65535 - a) / text(6))


def icmps():
    quoted = bytes(ip() / udp() / text(8))
    for kind in range(0, 20):
        for code in (0, 3):
            add(ether() / ip() / ICMP(type=kind, code=code, id=kind * 257, seq=code + 1,
                                        ts_ori=1, ts_rx=2, ts_tx=3) / Raw(quoted[:28]))
    add(ether() / ip(proto=1) / Raw(bytes([8, 0, 0])))
    add(ether() / ip() / ICMP(type=40, code=1) / noise(8))
    add(ether() / ip() / ICMP(type=200, code=1) / noise(8))
    inner = Raw(bytes(ip6() / udp() / text(30)))
    bodies = (ICMPv6DestUnreach(code=4) / inner, ICMPv6PacketTooBig(mtu=1280) / inner,
              ICMPv6TimeExceeded() / inner, ICMPv6ParamProblem(code=1, ptr=40) / inner,
              ICMPv6EchoRequest(id=1, seq=2, data=b"ping"), ICMPv6EchoReply(id=65535, seq=65534),
              ICMPv6MLQuery(), ICMPv6MLReport2(), ICMPv6ND_RS(), ICMPv6ND_RA(), ICMPv6ND_NS(tgt="fe80::1"),
              ICMPv6ND_NA(tgt="fe80::2"))
    for body in bodies:
        add(ether() / ip6() / body)
        add(ether() / Dot1Q(vlan=3) / ip6() / body)
    add(ether() / ip() / Raw(b"") / ICMPv6EchoRequest())
    add(ether() / ip6(nh=1) / Raw(bytes(ICMP(id=1, seq=1))))


def sctps():
    for make in (ip, ip6):
        for chunk in (SCTPChunkInit(init_tag=5), SCTPChunkData(data=b"hello", tsn=3, proto_id=0),
                      SCTPChunkHeartbeatReq()):
            add(ether() / make() / SCTP(sport=port(), dport=port(), tag=rnd.getrandbits(32)) / chunk)
    add(ether() / ip(proto=132) / noise(6))


# --- tunnels

def payload_of_tunnel(i):
    return (ip() / tcp(flags="S") / text(i), ip6() / udp() / text(i), ip() / ICMP(id=i, seq=i),
            ip6() / tcp(flags="PA") / text(i))[i % 4]


def tunnels():
    for i in range(8):
        inner = payload_of_tunnel(i)
        frame = Ether(src=mac(), dst=mac()) / inner
        tagged = Ether(src=mac(), dst=mac()) / Dot1Q(vlan=300 + i) / inner
        add(ether() / ip() / inner)
        add(ether() / ip6() / inner)
        add(ether() / net() / GRE() / inner)
        add(ether() / net() / GRE(key_present=1, key=0x1000 + i) / inner)
        add(ether() / ip() / GRE(chksum_present=1, seqnum_present=1, seqence_number=i, key_present=1,
                                 key=i) / inner)
        add(ether() / ip() / GRE(proto=0x6558, key_present=1, key=i) / frame)
        add(ether() / net() / udp(dport=4789) / VXLAN(vni=i * 1000, flags=8) / frame)
        add(ether() / net() / udp(dport=4789) / VXLAN(vni=0xFFFFFF - i, flags=8) / tagged)
        add(ether() / net() / udp(dport=6081) / GENEVE(vni=i * 77, proto=0x6558) / frame)
        add(ether() / ip() / udp(dport=6081) / GENEVE(vni=i, proto=0x6558, optionlen=2,
                                                      options=[Raw(b"\1\2\3\1abcd")]) / tagged)
    add(ether() / ip() / udp(dport=4789) / VXLAN(vni=5, flags=0) / Ether(src=mac(), dst=mac()) / ip() / udp())
    add(ether() / ip() / udp(dport=4789) / Raw(b"\x08\0\0"))
    add(ether() / ip() / GRE(version=1, proto=0x880B) / noise(16))
    add(ether() / ip(proto=47) / Raw(b"\x20\0\x08\0\0"))
    add(ether() / ip() / ip() / ip() / udp() / text(5))
    add(ether() / ip(frag=20, proto=4) / noise(40))
    add(ether() / ip(proto=4) / noise(10))
    add(ether() / ip() / udp(dport=4789) / VXLAN(vni=9, flags=8) / Ether(src=mac(), dst=mac()) /
        ARP(psrc="10.9.9.9", pdst="10.9.9.8", hwsrc=M1))


# --- first bytes of applications

def dns():
    names = ("example.com", "a.root-servers.net", "x" * 63 + ".test", ".".join(["abcdefghij"] * 11),
             "MiXed.CaSe.ORG", "_sip._udp.example.net", ".", "xn--bcher-kva.example", "1.0.0.127.in-addr.arpa")
    for i, name in enumerate(names):
        for kind in ("A", "AAAA", "MX", "TXT", 65, "ANY"):
            q = DNSQR(qname=name, qtype=kind)
            add(ether() / net() / udp(dport=53) / DNS(id=rnd.randrange(65536), rd=i % 2, qd=q))
        reply = {"qr": 1, "ra": 1, "qd": DNSQR(qname=name)}
        rr = DNSRR(rrname=name, ttl=60, rdata="192.0.2.1")
        add(ether() / net() / udp(sport=53) / DNS(id=i, an=rr, **reply))
        add(ether() / net() / udp(sport=53) / DNS(id=i, an=rr / rr / DNSRR(rrname=name, rdata="192.0.2.2"), **reply))
        add(ether() / net() / udp(sport=53) / DNS(id=i, rcode=i % 6, **reply))
    question = DNS(id=7, qd=DNSQR(qname="tcp.example.org"), ar=DNSRROPT())
    for dport in (53, 5353):
        add(ether() / net() / udp(sport=5353, dport=dport) / question)
    raw = bytes(question)
    add(ether() / net() / tcp(dport=53, flags="PA") / Raw(struct.pack(">H", len(raw)) + raw))
    header = struct.pack(">HHHHHH", 9, 0x100, 1, 0, 0, 0)
    add(ether() / ip() / udp(dport=53) / Raw(header + b"\xc0\x0c\0\1\0\1"))
    add(ether() / ip() / udp(dport=53) / Raw(header + b"\3www\x07exam"))
    add(ether() / ip() / udp(dport=53) / Raw(header + b"\2a\0\1.\0\0\1\0\1"))
    add(ether() / ip() / udp(dport=53) / Raw(header[:11]))
    add(ether() / ip() / udp(dport=53) / Raw(struct.pack(">HHHHHH", 9, 0x2800, 0, 0, 0, 0)))


def http():
    def request(first, *lines, host="www.example.com", body=b"", dport=80, make=net):
        head = [first] + ([f"Host: {host}"] if host else []) + list(lines)
        data = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        add(ether() / make() / tcp(dport=dport, flags="PA") / Raw(data))

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"):
        target = "example.com:443" if method == "CONNECT" else "/" + method.lower() + "?q=1"
        request(f"{method} {target} HTTP/1.1", "Accept: */*", body=b"x=1" if method in ("POST", "PUT") else b"")
    request("GET / HTTP/1.0", host="")
    request("GET / HTTP/1.1", "User-Agent: pktscript", host="10.0.0.1:8080", dport=8080)
    request("GET /" + "a" * 150 + " HTTP/1.1", host="long.example")
    request("GET /late HTTP/1.1", "host: lower.example", host="")
    request("GET / HTTP/1.1", "Cookie: " + "c" * 60, host="h" * 40 + ".example.org")
    for code, reason in ((100, "Continue"), (200, "OK"), (204, "No Content"), (301, "Moved Permanently"),
                         (404, "Not Found"), (500, "Internal Server Error"), (503, "")):
        add(ether() / net() / tcp(sport=80, flags="PA") /
            Raw(f"HTTP/1.1 {code} {reason}\r\nContent-Length: 0\r\n\r\n".encode()))
    add(ether() / ip() / tcp(dport=80, flags="PA") / Raw(b"GET /part"))
    add(ether() / ip() / tcp(dport=80, flags="PA") / Raw(b"middle of a body, GET / HTTP/1.1\r\n"))


def client_hello(name, version=0x0303, before=(), session=32, ciphers=6, more=b""):
    def extension(kind, data):
        return struct.pack(">HH", kind, len(data)) + data

    extensions = b"".join(extension(k, b"\0" * n) for k, n in before)
    if name is not None:
        entry = struct.pack(">BH", 0, len(name)) + name
        extensions += extension(0, struct.pack(">H", len(entry)) + entry)
    extensions += extension(43, b"\x02\x03\x04") + more
    body = (struct.pack(">H", version) + bytes(range(32)) + bytes([session]) + bytes(session) +
            struct.pack(">H", 2 * ciphers) + b"\x13\x01" * ciphers + b"\1\0")
    body += struct.pack(">H", len(extensions)) + extensions
    shake = b"\1" + struct.pack(">I", len(body))[1:] + body
    return b"\x16\x03\x01" + struct.pack(">H", len(shake)) + shake


def tls():
    def segment(data, **more):
        add(ether() / net() / tcp(dport=443, flags="PA", **more) / Raw(data))

    for name in (b"example.com", b"a.b", b"very-long-" + b"n" * 50 + b".example.net", b"xn--bcher-kva.example", None):
        segment(client_hello(name))
        segment(client_hello(name, before=((0x0A0A, 0), (23, 0))))
        segment(client_hello(name, session=0, ciphers=1, version=0x0301))
    segment(client_hello(b"after.padding.example", before=((21, 100),)))
    segment(client_hello(b"many.ciphers.example", ciphers=40))
    segment(client_hello(b"split.example.org")[:60])
    segment(client_hello(b"split.example.org")[:90])
    segment(b"\x16\x03\x03\x00\x50\x02\0\0\x4c\x03\x03" + bytes(32) + b"\0\x13\x01\0" + b"\0" * 38)
    segment(b"\x17\x03\x03\x00\x20" + b"\x99" * 32)
    segment(b"\x15\x03\x03\x00\x02\x02\x28")
    segment(b"\x14\x03\x03\x00\x01\x01")
    segment(b"\x16\x03\x01")


def quic():
    for version in (1, 0x6B3343CF, 0xFF00001D, 0x0A0A0A0A, 0):
        head = bytes([0xC3]) + struct.pack(">I", version) + b"\x08" + bytes(range(8)) + b"\0"
        add(ether() / net() / udp(dport=443) / Raw(head + b"\0\x41\0" + b"\x77" * 60))
    add(ether() / net() / udp(dport=443) / Raw(b"\x43" + b"\x66" * 40))
    add(ether() / net() / udp(dport=443) / Raw(b"\xc3\0\0"))


# --- what is cut off or wrong

def truncated():
    whole = (ether() / Dot1Q(vlan=5) / ip(options=[IPOption_Router_Alert()]) / tcp(options=[("MSS", 9)]) / text(6),
             ether() / ip6() / IPv6ExtHdrHopByHop() / IPv6ExtHdrDestOpt() / udp() / text(6),
             ether() / ip() / ICMP(id=1, seq=1))
    for p in whole:
        size = len(bytes(p))
        for cut in range(1, size, 3):
            add(p, cut=cut)
            add(Raw(bytes(p)[:cut + 1]))
    for cut in (0, 10, 13, 14):
        add(ether() / ip() / udp(), cut=cut)
    for inner in (VXLAN(vni=3, flags=8) / ether() / ip() / tcp(),):
        whole = bytes(ether() / ip() / udp(dport=4789) / inner)
        for cut in range(42, len(whole), 7):
            add(Raw(whole), cut=cut)


def malformed():
    def broken(make, offset, value):
        data = bytearray(bytes(make()))
        data[offset:offset + len(value)] = value
        add(Raw(bytes(data)))

    def v4tcp():
        return ether() / ip() / tcp(flags="S") / text(16)

    def v6udp():
        return ether() / ip6() / udp() / text(16)

    for first in (0x05, 0x55, 0x65, 0xF5, 0x44, 0x40, 0x4F, 0x4E):
        broken(v4tcp, 14, bytes([first]))
    for total in (0, 19, 20, 25, 39, 40, 41, 400, 65535):
        broken(v4tcp, 16, struct.pack(">H", total))
    for doff in (0, 1, 4, 6, 14, 15):
        broken(v4tcp, 46, bytes([doff << 4]))
    for first in (0x00, 0x40, 0x50, 0x70, 0xF0):
        broken(v6udp, 14, bytes([first]))
    for plen in (0, 1, 7, 8, 9, 23, 25, 65535):
        broken(v6udp, 18, struct.pack(">H", plen))
    for nh in (0, 43, 44, 51, 60):
        broken(v6udp, 20, bytes([nh]))
        broken(lambda: ether() / ip6() / IPv6ExtHdrHopByHop() / udp(), 54, bytes([nh]))
    broken(lambda: ether() / ip6() / IPv6ExtHdrHopByHop() / udp(), 55, b"\xff")
    for _ in range(30):
        broken(rnd.choice((v4tcp, v6udp)), rnd.randrange(12, 60), bytes([rnd.randrange(256)]))
    for kind in (0x0800, 0x86DD, 0x0806, 0x8847):
        for n in (0, 1, 8, 40):
            add(ether(type=kind) / noise(n))


GROUPS = (arp, link, ipv4, ipv6, tcps, udps, icmps, sctps, tunnels, dns, http, tls, quic, truncated, malformed)


def raw_ip():
    """Packets without a link header, as a tun device has them."""
    rows = []
    for i in range(24):
        p = (ip, ip6)[i % 2]() / (tcp(flags="S"), udp(), tcp(flags="PA"))[i % 3] / text(i)
        rows.append((bytes(p), len(bytes(p))))
    write("raw.pcap", RAW_IP, rows)


def applications():
    """One packet for each way in which an application is told, and some that are almost one."""
    v4 = ether() / IP(src="10.0.0.1", dst="10.0.0.2")
    before = len(packets)

    def udps_of(sport, dport, data):
        add(v4 / UDP(sport=sport, dport=dport) / data)

    def tcps_of(sport, dport, data):
        add(v4 / TCP(sport=sport, dport=dport, flags="PA") / Raw(data))

    query = DNS(id=0x1234, rd=1, qd=DNSQR(qname="www.example.org", qtype="AAAA"))
    udps_of(40000, 53, query)
    udps_of(53, 40000, DNS(id=0x1234, qr=1, rd=1, ra=1, aa=1, rcode=3,
                           qd=DNSQR(qname="nx.example.org"), ar=DNSRROPT()))
    udps_of(5353, 5353, DNS(qd=DNSQR(qname="_http._tcp.local", qtype="PTR", qclass=0x8001)))
    udps_of(40000, 53, DNS(qd=DNSQR(qname=".", qtype="NS")))
    tcps_of(40000, 53, struct.pack(">H", len(bytes(query))) + bytes(query))
    udps_of(40000, 53, Raw(bytes(query)[:20]))
    udps_of(40000, 53, Raw(bytes(query)[:12] + b"\xc0\x0c\0\1\0\1"))
    udps_of(40000, 54, query)
    tcps_of(40000, 8080, b"GET /a/b?c=d HTTP/1.1\r\nAccept: */*\r\nhost:  h.example:8080 \r\n\r\n")
    tcps_of(40000, 8080, b"OPTIONS * HTTP/1.1\r\nX-Host: no\r\n\r\nHost: body")
    tcps_of(8080, 40000, b"HTTP/1.1 404 Not Found\r\n\r\n")
    tcps_of(8080, 40000, b"HTTP/1.1 4x4 Not Found\r\n\r\n")
    tcps_of(40000, 8080, b"GETTY / HTTP/1.1\r\n\r\n")
    hello = client_hello(b"www.example.org", before=((21, 200),),
                         more=struct.pack(">HHHB", 16, 14, 12, 2) + b"h2\x08http/1.1")
    tcps_of(40000, 8443, hello)
    tcps_of(40000, 8443, hello[:150])
    tcps_of(40000, 8443, client_hello(b"x" * 200 + b".example"))
    tcps_of(8443, 40000, b"\x16\3\3\0\x30\2\0\0\x2c\3\3" + bytes(32) + b"\0\x13\1\0\0\4\0\0\0\0")
    tcps_of(8443, 40000, b"\x17\3\3\0\x20" + b"z" * 32)
    tcps_of(8443, 40000, b"\x16\3\3\0\x28" + bytes(40))
    udps_of(40000, 8443, Raw(bytes.fromhex("c300000001088394c8f03e5157080000449e")))
    udps_of(40000, 8443, Raw(bytes.fromhex("d36b3343cf088394c8f03e5157080000449e")))
    udps_of(443, 40000, Raw(bytes.fromhex("43aabbccdd")))
    udps_of(40000, 8443, Raw(bytes.fromhex("43aabbccdd")))
    write("apps.pcap", ETHERNET, packets[before:])


five()
for group in GROUPS:
    before_group = len(packets)
    group()
    print(f"  {group.__name__}: {len(packets) - before_group}")
write("varied.pcap", ETHERNET, packets)
raw_ip()
applications()
