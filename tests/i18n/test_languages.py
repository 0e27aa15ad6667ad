"""The list of languages is whole, and a tag finds its nearest language."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult_app.errors import ConsultError, ContentError
from consult_app.i18n.languages import FILE, choose_language, read_languages


@pytest.fixture(scope="module")
def folder(resources: Path) -> Path:
    return resources / "translations"


def test_every_listed_language_is_whole(folder: Path) -> None:
    languages = read_languages(folder)

    assert "en-GB" in languages
    assert all(language.tag == tag for tag, language in languages.items())


@pytest.mark.parametrize(
    ("asked", "found"),
    [("en-US", "en-US"), ("en_us", "en-US"), ("en", "en-GB"), ("en-ZA", "en-GB")],
)
def test_a_tag_finds_its_language_or_the_nearest(folder: Path, asked: str, found: str) -> None:
    assert choose_language(asked, read_languages(folder)).tag == found


def test_an_unknown_language_is_refused_with_those_there_are(folder: Path) -> None:
    with pytest.raises(ConsultError) as caught:
        choose_language("tlh", read_languages(folder))

    assert "en-GB" in caught.value.advice


def test_faults_in_the_list_are_all_named(tmp_path: Path, folder: Path) -> None:
    whole = (folder / FILE).read_text(encoding="utf-8").replace('"Sunday"]', "]", 1)
    (tmp_path / FILE).write_text(
        whole + '\n[xx]\nname = "X"\nlike = "yy"\n\n[zz]\nname = 3\nlike = "en-GB"\n',
        encoding="utf-8",
    )

    with pytest.raises(ContentError) as caught:
        read_languages(tmp_path)

    told = "\n".join(caught.value.details)
    assert "[en-GB].weekdays: needs 7 names" in told
    assert "[xx].like" in told
    assert "[zz].name: not text" in told


def test_a_list_that_is_not_toml_is_a_content_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[", encoding="utf-8")

    with pytest.raises(ContentError):
        read_languages(tmp_path)
