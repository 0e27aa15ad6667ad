"""Every panel looks as it was last agreed, to the pixel: light, dark, at 200 % and mirrored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.gui.taking_pictures import LOOKS, NAMES

HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems draw letters in their own way"
)


def count_differences(one: QImage, other: QImage) -> int:
    """Return how many pixels differ; all of them where the sizes do."""
    if one.size() != other.size():
        return one.width() * one.height()
    # Each is kept while its bits are read: they go with it.
    a, b = (image.convertToFormat(QImage.Format.Format_ARGB32) for image in (one, other))
    first, second = bytes(a.constBits()), bytes(b.constBits())
    if first == second:
        return 0
    return sum(first[at : at + 4] != second[at : at + 4] for at in range(0, len(first), 4))


@pytest.mark.parametrize("look", LOOKS)
def test_panels_look_as_agreed(look: str, tmp_path: Path) -> None:
    taking = [sys.executable, "-m", "tests.gui.taking_pictures", look, str(tmp_path)]
    done = subprocess.run(taking, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stderr

    differing = {}
    for name in NAMES:
        agreed = QImage(str(HERE / "pictures" / look / f"{name}.png"))
        assert not agreed.isNull(), f"no agreed picture of {name}"
        number = count_differences(QImage(str(tmp_path / f"{name}.png")), agreed)
        if number:
            differing[name] = number

    assert not differing, f"pixels that differ; the new pictures are in {tmp_path}"


def test_one_changed_pixel_is_noticed() -> None:
    agreed = QImage(str(HERE / "pictures" / "light" / "goals.png"))
    changed = agreed.copy()
    changed.setPixelColor(100, 100, changed.pixelColor(100, 100).darker(101))

    assert count_differences(agreed, agreed.copy()) == 0
    assert count_differences(agreed, changed) == 1
