#!/usr/bin/python3
"""A mail server for tests: keeps what it takes, and fails as it is told.

smtp_sink.py FOLDER PORT (starttls|tls|none) CERT KEY

Takes the user mews with the PIN-free password "s3cret word".  Each mail becomes
FOLDER/N.eml, the envelope in FOLDER/N.to.  The file FOLDER/mode says how it
behaves from the next connection on: ok, later (4xx), refuse (5xx), nothing (no
word is said), cut (the connection ends before the text), half (in the middle of
it), lost (when all was taken, without an answer).
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER, PORT, SECURITY, CERT, KEY = sys.argv[1:6]


def mode():
    try:
        with open(os.path.join(FOLDER, "mode")) as f:
            return f.read().strip()
    except OSError:
        return "ok"


class Keeper:
    n = len([f for f in os.listdir(FOLDER) if f.endswith(".eml")])

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode() == "later":
            return "451 4.7.1 Greylisted, come again"
        if mode() == "refuse" or address.startswith("nobody@"):
            return "550 5.1.1 No such user here"
        if mode() == "cut":
            server.transport.abort()
            return "250 never heard"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Keeper.n += 1
        path = os.path.join(FOLDER, "%03d" % Keeper.n)
        with open(path + ".to", "w") as f:
            f.write("%s %s\n" % (envelope.mail_from,
                                 " ".join(envelope.rcpt_tos)))
        with open(path + ".new", "wb") as f:
            f.write(envelope.content)
        os.rename(path + ".new", path + ".eml")
        if mode() == "lost":
            server.transport.abort()
            return "250 never heard"
        return "250 OK, kept as %d" % Keeper.n


def check(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and \
        (data.login, data.password) == (b"mews", b"s3cret word")
    return AuthResult(success=good, handled=good)


class Server(SMTP):
    async def _handle_client(self):
        if mode() == "nothing":
            await asyncio.sleep(3600)
        await super()._handle_client()

    async def smtp_DATA(self, arg):
        if mode() != "half":
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.read(2048)
        self.transport.abort()


def main():
    context = None
    if SECURITY != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERT, KEY)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    keeper = Keeper()

    def factory():
        return Server(
            keeper, hostname="sink", ident="sink", loop=loop,
            authenticator=check, auth_require_tls=SECURITY == "starttls",
            auth_required=SECURITY != "none",
            tls_context=context if SECURITY == "starttls" else None,
            require_starttls=SECURITY == "starttls")

    loop.run_until_complete(loop.create_server(
        factory, "127.0.0.1", int(PORT),
        ssl=context if SECURITY == "tls" else None))
    print("ready", flush=True)
    loop.run_forever()


main()
