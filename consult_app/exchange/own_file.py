"""The file in which phrases and plans are handed on, format `consult-own/1`."""

from __future__ import annotations

from consult_app import record
from consult_app.domain.own import Own
from consult_app.errors import Fault, InputError
from consult_app.exchange.json_text import decode_document, encode_document
from consult_app.wording import t

FORMAT = "consult-own/1"
TITLE = t("This file cannot be taken in")
ADVICE = t("Nothing was changed. Ask for a new file, or correct this one.")


def write_own(own: Own) -> bytes:
    """Return phrases and plans as a file; every field is written."""
    return encode_document({"format": FORMAT, **record.write(own, full=True)})


def read_own(data: bytes) -> Own:
    """Return what such a file holds.

    Raises:
        InputError: One fault for each thing that is wrong, with its place.
    """
    try:
        document = decode_document(data)
    except ValueError as error:
        raise InputError(TITLE, (Fault(t("the file"), str(error)),), ADVICE) from None
    told = document.pop("format", None)
    if told != FORMAT:
        raise InputError(TITLE, (Fault("format", t("not {format}", format=FORMAT)),), ADVICE)
    faults: list[Fault] = []
    own = record.collect(Own, document, "", faults)
    if own is None:
        raise InputError(TITLE, tuple(faults), ADVICE)
    return own
