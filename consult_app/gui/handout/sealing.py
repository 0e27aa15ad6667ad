"""A copy of the sheet with the seal of the clinic's certificate."""

from __future__ import annotations

from datetime import datetime

from consult_app.errors import FileError
from consult_app.gui.desk import Desk
from consult_app.wording import t


def seal_copy(desk: Desk, pdf: bytes, passphrase: str, at: datetime) -> bytes:
    """Return a sheet with the seal of the clinic's certificate.

    Raises:
        ConsultError: The certificate is gone, does not open, or is not valid.
    """
    # Loaded on demand: few clinics have a certificate.
    from consult_app.handout.seal import seal  # noqa: PLC0415
    from consult_app.store.certificate import read_certificate  # noqa: PLC0415

    try:
        held = (desk.home / desk.settings.sheet.certificate).read_bytes()
    except OSError as error:
        raise FileError(
            t("The clinic's certificate cannot be read"),
            t("Choose it again in Settings, or take it away. ({reason})", reason=error.strerror),
        ) from None
    certificate = read_certificate(held, passphrase, now=at)
    return seal(pdf, certificate.sign, name=certificate.name, at=at.astimezone())
