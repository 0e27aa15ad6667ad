"""The practice's settings survive a restart, and a faulty file says what is wrong with it."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.errors import FileError, InputError
from consult_app.settings import (
    FILE_NAME,
    Practice,
    Screen,
    Settings,
    SettingsError,
    read_settings,
    save_settings,
)

TEXTS = tuple(each.name for each in fields(Practice) if each.type == "str")
EARLIER = Settings(practice=Practice(clinic_name="Harbour"))


def test_there_are_defaults_before_anything_was_chosen(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "never made") == Settings()


@given(
    words=st.dictionaries(st.sampled_from(TEXTS), st.text(st.characters(codec="utf-8"))),
    label=st.floats(0.25, 3),
    theme=st.sampled_from(["system", "light", "dark"]),
    width=st.integers(0, 10**4),
)
def test_what_is_saved_is_read_back(
    words: dict[str, str],
    label: float,
    theme: str,
    width: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Letters beyond the first 65 536 and control characters too."""
    home = tmp_path_factory.mktemp("home")
    practice = replace(Practice(device_label_max_mm=label), **words)  # type: ignore[arg-type] # texts
    chosen = Settings(practice=practice, screen=replace(Screen(width=width), theme=theme))  # type: ignore[arg-type] # one of three
    save_settings(home, chosen)
    assert read_settings(home) == chosen


def test_half_a_letter_does_not_make_the_file_unreadable(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(practice=Practice(clinic_name="a\ud800b")))
    assert read_settings(tmp_path).practice.clinic_name == "a?b"


def test_the_file_is_toml_for_people(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(practice=Practice(clinic_name="Praxis Möwe 😀", paper="A4")))
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert 'clinic_name = "Praxis Möwe 😀"' in text
    assert tomllib.loads(text)["practice"]["clinic_name"] == "Praxis Möwe 😀"


def test_every_fault_is_listed_with_file_and_place(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(
        '[practice]\npaper = "A5"\nclinic = "x"\ndevice_label_max_mm = "2"\n'
        "[screen]\nwidth = true\n"
    )
    with pytest.raises(InputError, match="cannot be used") as refused:
        read_settings(tmp_path)
    assert sorted(refused.value.details) == [
        "settings.toml: practice.clinic: unknown field (at line 3)",
        'settings.toml: practice.device_label_max_mm: not a number: "2" (at line 4)',
        'settings.toml: practice.paper: not one of A4, Letter: "A5" (at line 2)',
        "settings.toml: screen.width: not a whole number: true (at line 6)",
    ]
    assert "delete it" in refused.value.advice


@pytest.mark.parametrize("depth", ["0.1", "3.0", "-1.0", "0.0"])
def test_a_maximum_that_is_no_depth_is_named_and_not_left_out(tmp_path: Path, depth: str) -> None:
    """Left out, it would hold no plan."""
    lines = ["[practice]", f"practitioner_max_mm = {depth}", "[[colleagues]]", f"max_mm = {depth}"]
    (tmp_path / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)

    assert caught.value.details == (
        "settings.toml: practice.practitioner_max_mm: not between 0.25 and 2.5 (at line 2)",
        "settings.toml: colleagues[0].max_mm: not between 0.25 and 2.5 (at line 4)",
    )


def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[practice]\npaper = A4\n")
    with pytest.raises(InputError) as refused:
        read_settings(tmp_path)
    (line,) = refused.value.details
    assert line.startswith("settings.toml: ")
    assert "line 2" in line


@pytest.mark.parametrize(
    "text", ["[keeping]\nretention_years = " + "9" * 5000, "a = " + "[" * 5000]
)
def test_what_python_itself_refuses_is_told_too(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(InputError, match="cannot be used") as refused:
        read_settings(tmp_path)
    assert "delete it" in refused.value.advice


@pytest.mark.parametrize("data", [b"\xff\xfe", None])
def test_what_cannot_be_read_is_no_default(data: bytes | None, tmp_path: Path) -> None:
    """Silence would make somebody else's phone number vanish from the sheet."""
    if data is None:
        (tmp_path / FILE_NAME).mkdir()
    else:
        (tmp_path / FILE_NAME).write_bytes(data)
    with pytest.raises(InputError, match="cannot be used") as refused:
        read_settings(tmp_path)
    (line,) = refused.value.details
    assert line.startswith("settings.toml: ")


def test_saving_makes_the_folder(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    save_settings(home, EARLIER)
    assert read_settings(home) == EARLIER
    if os.name == "posix":
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_says_how_to_choose_another(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError) as refused:
        save_settings(tmp_path / "file" / "home", EARLIER)
    assert "CONSULT_APP_HOME" in refused.value.advice


def test_a_failed_save_leaves_the_earlier_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(tmp_path, EARLIER)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        with pytest.raises(FileError, match="No space left"):
            save_settings(tmp_path, Settings())
    assert read_settings(tmp_path) == EARLIER
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
