"""What the practice chose, kept as TOML. Never anything about a patient."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from consult_app import record
from consult_app.errors import Fault, FileError, InputError
from consult_app.files import write_file
from consult_app.values import dataclass, field, replace
from consult_app.wording import t

FILE_NAME = "settings.toml"
SHALLOWEST_MM, DEEPEST_MM = 0.25, 2.5
_BARE_KEY = re.compile("[A-Za-z0-9_-]+", re.ASCII)
_HEAD = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]")


class SettingsError(InputError):
    """The settings cannot be used as they are; every fault is listed with its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The clinic as it stands on the handout, and the practitioner who uses this computer.

    What is printed on the device is read there: as long as nobody wrote it, each plan asks for it.
    What its label said before, in `device_former_mm`, tells a plan that had it from an own one.
    """

    clinic_name: str = ""
    clinic_phone: str = ""
    clinic_out_of_hours: str = ""
    clinic_address: str = ""
    practitioner_name: str = ""
    practitioner_role: str = ""
    practitioner_registration: str = ""
    practitioner_max_mm: float | None = None
    supervisor: str = ""
    country: str = "GB"
    language: str = "en-GB"
    paper: Literal["A4", "Letter"] = "A4"
    device_kind: str = "automated_pen"
    device_profile: str = "generic"
    device_label_max_mm: float | None = None
    device_serial: str = ""
    device_former_mm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A practitioner who also works at this computer; `max_mm` is how deep that one may needle."""

    name: str = ""
    role: str = ""
    registration: str = ""
    max_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How the clinic keeps its records.

    Attributes:
        retention_years: For how many years after the last entry a record must be kept. The law
            that says so differs between places, so nothing is assumed: None is *not set*.
        backup_folder: Where backups go; empty for the folder `backups` beside the records.
    """

    retention_years: int | None = None
    backup_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """How the window looks."""

    theme: Literal["system", "light", "dark"] = "system"
    text_percent: Literal[100, 115, 130] = 100
    show_elapsed: bool = True
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """After how many minutes without a key or touch the window locks."""

    after_minutes: Literal[1, 2, 5, 10, 15, 30] = 5
    in_patient_view_minutes: Literal[5, 10, 15, 30, 60] = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """How the patient's sheet looks.

    Attributes:
        page: Address of the clinic's own page; none is printed when it is empty.
        colour: As `#RRGGBB`; empty keeps the program's.
        logo: Name of the picture that is kept beside the settings, or empty.
        logo_text: What the logo shows, in words.
        grey: Whether it is made in black and white.
        certificate: Name of the file beside the settings that seals saved copies, or empty.
    """

    page: str = ""
    colour: str = ""
    logo: str = ""
    logo_text: str = ""
    grey: bool = False
    certificate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """A number of the clinical content as the clinic set it.

    Attributes:
        limit: Id of the number.
        who: Who set it.
        on: The day.
        before: The number that held until then.
        after: The number that holds since.
        reason: In words.
    """

    limit: str
    who: str
    on: date
    before: float
    after: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the practice chose.

    Attributes:
        practice: The clinic, the practitioner and the device.
        keeping: How long records are kept, and where backups go.
        screen: How the window looks.
        lock: When the window locks by itself.
        keys: Keys the practice chose, by command, such as `print = "Ctrl+Alt+P"`; empty for none.
        sheet: How the patient's sheet looks.
        colleagues: Practitioners who work at this computer beside the one in `practice`.
        changes: The clinic's numbers, as a log that only grows, oldest first.
    """

    practice: Practice = Practice()
    keeping: Keeping = Keeping()
    screen: Screen = Screen()
    lock: Lock = Lock()
    keys: Mapping[str, str] = field(default_factory=dict)
    sheet: SheetLook = SheetLook()
    colleagues: tuple[Colleague, ...] = ()
    changes: tuple[LimitChange, ...] = ()


def practitioner_of(settings: Settings) -> Colleague:
    """Return who works at this computer now."""
    practice = settings.practice
    return Colleague(
        name=practice.practitioner_name,
        role=practice.practitioner_role,
        registration=practice.practitioner_registration,
        max_mm=practice.practitioner_max_mm,
    )


def change_hands(settings: Settings, to: Colleague) -> Settings:
    """Return the settings with another practitioner at this computer.

    Who was there before is kept among the colleagues, unless the name was taken away.
    """
    left = practitioner_of(settings)
    others = [it for it in settings.colleagues if it not in {to, left}]
    if left.name.strip() and left != to:
        others.append(left)
    practice = replace(
        settings.practice,
        practitioner_name=to.name,
        practitioner_role=to.role,
        practitioner_registration=to.registration,
        practitioner_max_mm=to.max_mm,
    )
    return replace(settings, practice=practice, colleagues=tuple(others))


def read_settings(home: Path) -> Settings:
    """Return the settings kept in `home`, the defaults when there are none yet.

    Raises:
        SettingsError: The file cannot be read or has faults; every one is listed.
    """
    path = home / FILE_NAME
    title = f"The settings in {path} cannot be used"
    advice = t("Correct the file, or delete it to start with the defaults. No record is affected.")
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except UnicodeDecodeError as error:
        fault = Fault(FILE_NAME, f"not UTF-8 text (byte {error.start})")
        raise SettingsError(title, (fault,), advice) from None
    except OSError as error:
        fault = Fault(FILE_NAME, error.strerror or "it cannot be read")
        raise SettingsError(title, (fault,), advice) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(title, (Fault(FILE_NAME, str(error)),), advice) from None
    except (ValueError, RecursionError):
        # What reads TOML lets Python refuse thousands of digits or brackets in its own way.
        told = "a number is too long, or brackets are nested too deeply"
        raise SettingsError(title, (Fault(FILE_NAME, told),), advice) from None
    faults: list[Fault] = []
    settings = record.collect(Settings, data, "", faults)
    faults += find_no_depths(settings) if settings is not None else ()
    if settings is None or faults:
        raise SettingsError(title, tuple(_name(text, fault) for fault in faults), advice)
    return settings


def find_no_depths(settings: Settings) -> Iterator[Fault]:
    """Yield where a practitioner's own maximum is no depth that anybody needles to."""
    own = [("practice.practitioner_max_mm", settings.practice.practitioner_max_mm)]
    own += [(f"colleagues[{n}].max_mm", it.max_mm) for n, it in enumerate(settings.colleagues)]
    for place, mm in own:
        if mm is not None and not SHALLOWEST_MM <= mm <= DEEPEST_MM:
            yield Fault(place, f"not between {SHALLOWEST_MM} and {DEEPEST_MM}")


def _name(text: str, fault: Fault) -> Fault:
    """Return a fault with its file, and with its line where that is written in the usual way."""
    line = _find_line(text, fault.place)
    at = f" (at line {line})" if line else ""
    return Fault(f"{FILE_NAME}: {fault.place}", f"{fault.problem}{at}")


def _find_line(text: str, place: str) -> int:
    """Return the line of a table, of one of several of its name, or of a key in it; 0 if unseen."""
    table, _, key = place.partition(".")
    name, _, number = table.partition("[")
    wanted, met, inside = int(number.removesuffix("]") or 0), -1, False
    for line, words in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(words):
            met += head[1] == name
            inside = head[1] == name and met == wanted
            if inside and not key:
                return line
        elif inside and words.partition("=")[0].strip().strip("\"'") == key:
            return line
    return 0


def save_settings(home: Path, settings: Settings) -> None:
    """Keep the settings in `home`.

    Raises:
        FileError: They cannot be written; the earlier ones are untouched.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileError(
            f"{home}: {error.strerror}",
            t("Choose a folder you may write to with CONSULT_APP_HOME."),
        ) from None
    write_file(home / FILE_NAME, _toml(record.write(settings)).encode())


def _toml(tables: Mapping[str, Mapping[str, object] | Sequence[Mapping[str, object]]]) -> str:
    lines = []
    for name, held in tables.items():
        several = isinstance(held, Sequence)
        for table in held if isinstance(held, Sequence) else (held,):
            lines.append(f"[[{name}]]" if several else f"[{name}]")
            for key, value in table.items():
                name_of = key if _BARE_KEY.fullmatch(key) else _toml_value(key)
                lines.append(f"{name_of} = {_toml_value(value)}")
            lines.append("")
    return "\n".join(lines)


def _toml_value(value: object) -> str:
    """Return a value in JSON's notation, which is also TOML's but for two kinds of letters.

    JSON writes rare letters as two halves, which TOML refuses, and leaves DEL as it is, which TOML
    refuses too. Half a letter alone can be kept by neither.
    """
    whole = value.encode(errors="replace").decode() if isinstance(value, str) else value
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
