"""Certificates made for the tests, and a seal read back without the code that made it."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs7
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

NOW = datetime(2027, 8, 16, 9, 30, tzinfo=UTC)
WORDS = "tide and lantern"
DIGEST = bytes.fromhex("06092a864886f70d010904")
"""Object id of the message digest."""


@cache
def make_certificate(*, days: int = 365, own: bool = True) -> bytes:
    """Return a PKCS#12 file that is valid for so many days, or without a certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Harbour Skin Clinic")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(4711)
    builder = builder.not_valid_before(NOW - timedelta(days=30))
    certificate = builder.not_valid_after(NOW + timedelta(days=days)).sign(key, hashes.SHA256())
    lock = BestAvailableEncryption(WORDS.encode())
    return serialize_key_and_certificates(b"clinic", key, certificate if own else None, None, lock)


def is_true(pdf: bytes) -> bool:
    """Return whether the seal is that of these bytes, all but itself, and was made with its key."""
    spans = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", pdf)
    assert spans
    opens, closes, rest = map(int, spans.groups())
    assert closes + rest == len(pdf)
    assert pdf[opens : opens + 1] == b"<"
    assert pdf[closes - 1 : closes] == b">"
    raw = bytes.fromhex(pdf[opens + 1 : closes - 1].decode())
    message = raw[: _measure(raw)]
    attributes, signature = _take_apart(message)
    told = attributes[attributes.index(DIGEST) + len(DIGEST) :][4:36]
    (certificate,) = pkcs7.load_der_pkcs7_certificates(message)
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(signature, b"\x31" + attributes[1:], ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return told == hashlib.sha256(pdf[:opens] + pdf[closes:]).digest()


def _take_apart(message: bytes) -> tuple[bytes, bytes]:
    """Return the signed attributes and the signature of CMS with one signer (RFC 5652)."""
    _, wrapped = _list_parts(message)
    (signed,) = _list_parts(wrapped)
    (signer,) = _list_parts(_list_parts(signed)[-1])
    _, _, _, attributes, _, signature = _list_parts(signer)
    return attributes, signature[_head(signature) :]


def _list_parts(data: bytes) -> list[bytes]:
    inner, parts = data[_head(data) :], list[bytes]()
    while inner:
        size = _measure(inner)
        parts.append(inner[:size])
        inner = inner[size:]
    return parts


def _head(data: bytes) -> int:
    """Return how long the tag and the length of a DER value are."""
    return 2 + (data[1] & 0x7F if data[1] & 0x80 else 0)


def _measure(data: bytes) -> int:
    """Return how long a DER value is, with its head."""
    head = _head(data)
    return head + (int.from_bytes(data[2:head]) if head > 2 else data[1])
