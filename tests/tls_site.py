"""A small site on loopback over TLS, with a certificate of any kind."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

CertificateKind = Literal["valid", "self_signed", "expired", "other_host", "weak_key"]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site listens, and the paths that were asked for."""

    address: str
    """Host and port."""
    asked: list[str]


@contextmanager
def site(pages: Mapping[str, str], *, certificate: Path | None = None) -> Iterator[Site]:
    """Serve ``pages`` by path on 127.0.0.1: over TLS with a certificate and key in PEM, else in plain HTTP."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked.append(self.path)
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # A modern library does not even load a weak key by itself.
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(f"127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()


def make_certificate(folder: Path, kind: CertificateKind) -> tuple[Path, Path]:
    """A certificate with its key, and the certificate of who issued it, both in PEM."""
    issuer_key = rsa.generate_private_key(65537, 2048)
    issuer = _certificate("Test issuer", issuer_key, issuer_key, "Test issuer", is_issuer=True)
    key = rsa.generate_private_key(65537, 1024 if kind == "weak_key" else 2048)
    own = kind in ("self_signed", "weak_key")
    certificate = _certificate(
        "Test site",
        key,
        key if own else issuer_key,
        "Test site" if own else "Test issuer",
        days=-1 if kind == "expired" else 30,
        host="127.0.0.99" if kind == "other_host" else "127.0.0.1",
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    site_file, issuer_file = folder / f"{kind}.pem", folder / f"{kind}_issuer.pem"
    site_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    issuer_file.write_bytes(issuer.public_bytes(serialization.Encoding.PEM))
    return site_file, issuer_file


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer_key: rsa.RSAPrivateKey,
    issuer: str,
    *,
    days: int = 30,
    host: str | None = None,
    is_issuer: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
    )
    if host is not None:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
