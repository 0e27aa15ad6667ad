"""The recovery code: 160 bits to be printed, read out and typed.

Eight groups of four characters carry the bits and a ninth the checksum. The letters are those
of Crockford's base 32: no I, L, O or U, so that a code read by eye is typed right.
"""

from __future__ import annotations

import hashlib
import secrets

from consult_app.errors import Fault, InputError
from consult_app.wording import t

CODE_BYTES = 20
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 4
_CHECK = 4
_LENGTH = CODE_BYTES * 8 // 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SPACING = str.maketrans(dict.fromkeys(" -\t\r\n\N{NO-BREAK SPACE}\N{EN DASH}\N{HYPHEN}"))


def make_code() -> bytes:
    """Return the bits of a new code."""
    return secrets.token_bytes(CODE_BYTES)


def write_code(code: bytes) -> str:
    """Return a code as it is printed."""
    letters = _spell(int.from_bytes(code), _LENGTH) + _checksum(code)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def read_code(text: str) -> bytes:
    """Return the bits of a code as it was typed; case, spaces and dashes do not matter.

    Raises:
        InputError: A character is missing, or one is wrong.
    """
    letters = text.upper().translate(_SPACING).translate(_MISREAD)
    if len(letters) != _LENGTH + _CHECK:
        raise _refuse(f"{len(letters)} characters instead of {_LENGTH + _CHECK}")
    if any(letter not in _LETTERS for letter in letters):
        raise _refuse("a character that no code has")
    number = 0
    for letter in letters[:_LENGTH]:
        number = number << 5 | _LETTERS.index(letter)
    code = number.to_bytes(CODE_BYTES)
    if letters[_LENGTH:] != _checksum(code):
        raise _refuse("a character is wrong")
    return code


def _spell(number: int, length: int) -> str:
    return "".join(_LETTERS[number >> 5 * at & 31] for at in reversed(range(length)))


def _checksum(code: bytes) -> str:
    return _spell(int.from_bytes(hashlib.sha256(code).digest()[:3]) >> 4, _CHECK)


def _refuse(problem: str) -> InputError:
    return InputError(
        t("This is not a recovery code."),
        (Fault("recovery code", problem),),
        t("Compare it with the printed one, group by group."),
    )
