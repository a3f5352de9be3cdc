"""Asks a network who is there, as Windows does for its network view.

wsd_probe.py ADDRESS: prints the types of who answers (WS-Discovery 1.0, Probe).
"""
import re
import socket
import sys

GROUP = ("239.255.255.250", 3702)
PROBE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
 xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"><s:Header>
<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>
<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>
<a:MessageID>urn:uuid:0a6dc791-2be6-4991-9af1-4547%08x</a:MessageID></s:Header>
<s:Body><d:Probe><d:Types>wsdp:Device</d:Types></d:Probe></s:Body></s:Envelope>"""

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
             socket.inet_aton(sys.argv[1]))
s.bind((sys.argv[1], 0))
s.settimeout(2)
for n in range(20):
    s.sendto((PROBE % n).encode(), GROUP)
    try:
        answer = s.recv(65536).decode()
    except socket.timeout:
        continue
    if "ProbeMatch" in answer:
        print(re.findall(r"Types>([^<]+)<", answer)[0])
        sys.exit(0)
sys.exit(1)
