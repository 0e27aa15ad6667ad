"""A clinic's certificate: signs what is saved, so that a changed copy can be told from it.

The certificate and its key come in one file (PKCS#12) with a passphrase of its own. They are read
when something is to be signed, and only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
from cryptography.x509.oid import NameOID

from consult_app.errors import ConsultError
from consult_app.values import dataclass, field
from consult_app.wording import t

_OPTIONS = (
    pkcs7.PKCS7Options.DetachedSignature,
    pkcs7.PKCS7Options.Binary,
    pkcs7.PKCS7Options.NoCapabilities,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Who signs, and with what.

    Attributes:
        name: Whom the certificate names.
    """

    name: str
    _key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)
    _own: x509.Certificate = field(repr=False)
    _above: Sequence[x509.Certificate] = field(repr=False, default=())

    def sign(self, data: bytes) -> bytes:
        """Return a signature of the data as CMS in DER, with the certificates and today's time."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
        builder = builder.add_signer(self._own, self._key, hashes.SHA256())
        for one in self._above:
            builder = builder.add_certificate(one)
        return builder.sign(Encoding.DER, _OPTIONS)


def read_certificate(data: bytes, passphrase: str, *, now: datetime) -> Certificate:
    """Return the certificate in a PKCS#12 file.

    Args:
        data: The file.
        passphrase: Of the file; may be empty.
        now: Local wall-clock time.

    Raises:
        ConsultError: It does not open, holds nothing to sign with, or is not valid today.
    """
    try:
        key, own, above = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except ValueError:
        raise ConsultError(
            t("The certificate does not open"),
            t(
                "Check its passphrase, and that the file is a PKCS#12 file (.p12 or .pfx). "
                "The sheet "
                "was not saved."
            ),
        ) from None
    if own is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ConsultError(
            t("Nothing can be sealed with this certificate"),
            t("The file must hold a certificate and its RSA or EC key. The sheet was not saved."),
        )
    at = now.astimezone()
    if not own.not_valid_before_utc <= at <= own.not_valid_after_utc:
        raise ConsultError(
            t("The certificate is not valid today"),
            t(
                "It is valid from {first} to {last}. Choose another in Settings. The sheet was not "
                "saved.",
                first=f"{own.not_valid_before_utc:%Y-%m-%d}",
                last=f"{own.not_valid_after_utc:%Y-%m-%d}",
            ),
        )
    names = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else own.subject.rfc4514_string()
    return Certificate(name=name, _key=key, _own=own, _above=tuple(above))
