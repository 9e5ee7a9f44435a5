"""A mail server on aiosmtpd: STARTTLS before anything else, one account, nobody@ refused; says each mail in a line.

    mail_server.py CERTIFICATE KEY USER PASSWORD
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**event):
    print(json.dumps(event), flush=True)


class Keep:
    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        say(event="mail", to=envelope.rcpt_tos, text=envelope.content.decode(), tls=session.ssl is not None,
            user=session.auth_data)
        return "250 OK"


async def main():
    certificate, key, user, password = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def sign_in(_server, _session, _envelope, _mechanism, data):
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=data.login.decode())

    def connection():
        return SMTP(Keep(), hostname="mail.example", tls_context=context, require_starttls=True, authenticator=sign_in,
                    auth_required=True)

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    say(event="listening", port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
