"""t_many.py PORT...: Modbus TCP gateways, each with a slow line of its own.

Every unit answers every read; the n-th register of a unit holds 0, or its
unit in the second of a pair.  One request at a time is on a gateway's line.
"""
import asyncio
import struct
import sys

LINE = 0.02  # s that a request and its answer take there


async def serve(reader, writer, line):
    try:
        while True:
            tid, pid, n, unit = struct.unpack(
                ">HHHB", await reader.readexactly(7))
            pdu = await reader.readexactly(n - 1)
            async with line:
                await asyncio.sleep(LINE)
            function, _, count = struct.unpack(">BHH", pdu[:5])
            answer = bytes([function, 2 * count]) + b"".join(
                struct.pack(">H", unit * (i % 2)) for i in range(count))
            writer.write(struct.pack(">HHHB", tid, pid, len(answer) + 1, unit)
                         + answer)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    for port in sys.argv[1:]:
        line = asyncio.Lock()
        await asyncio.start_server(
            lambda r, w, line=line: serve(r, w, line), "127.0.0.1", int(port))
    await asyncio.Event().wait()

asyncio.run(main())
