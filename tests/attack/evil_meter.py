"""evil_meter.py - a meter on Modbus TCP whose every text is a script (XS5).

evil_meter.py PORT: as many registers as are asked for, full of the text; the
text as each object of its device identification (function 43/14).
"""
import socketserver
import struct
import sys

TEXT = b'<script>xq7_meter()</script>"><img src=x onerror=xq7_meter()>'


def answer(pdu):
    if pdu[0] in (3, 4):
        n = 2 * struct.unpack(">H", pdu[3:5])[0]
        return bytes([pdu[0], n]) + (TEXT * 6)[:n]
    if pdu[:2] == b"\x2b\x0e":  # vendor, code and revision, none behind them
        objects = b"".join(bytes([i, len(TEXT)]) + TEXT for i in range(3))
        return b"\x2b\x0e\x01\x81\x00\x00\x03" + objects
    return bytes([pdu[0] | 0x80, 1])


class Meter(socketserver.StreamRequestHandler):
    def handle(self):
        while len(head := self.rfile.read(7)) == 7:
            pdu = answer(self.rfile.read(struct.unpack(">H", head[4:6])[0] - 1))
            self.wfile.write(head[:4] + struct.pack(">HB", len(pdu) + 1, head[6]) + pdu)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


with Server(("127.0.0.1", int(sys.argv[1])), Meter) as server:
    print("ready", flush=True)
    server.serve_forever()
