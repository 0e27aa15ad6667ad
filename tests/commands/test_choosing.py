"""`records restore` without a name leads out of damage: it takes the newest whole backup."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Run, damage
from tests.commands.test_keeping import Look, change, see


@pytest.mark.usefixtures("people")
def test_what_verify_advises_leads_out_of_damage_in_one_step(
    run: Run, home: Path, look: Look
) -> None:
    """It took the backup of the damage, and at each further try the copy made before the last."""
    before = see(look)
    whole = Path(run("backup").json["folder"])
    shutil.copytree(whole.parent, home / "kept")
    damage(home / "records")
    copied = Path(run("backup").json["folder"])
    if not whole.exists():  # the last of a day stays alone
        shutil.copytree(home / "kept" / whole.name, whole)
    assert "consult-app records restore" in run("verify").err

    done = run("restore")

    assert done.code == 0
    assert f"{copied.name}: 1 damaged in the records when it was made" in done.err
    assert "So an older one is taken, of " in done.err
    assert see(look) == before
    assert run("verify").code == 0


@pytest.mark.usefixtures("people")
def test_a_backup_that_was_damaged_since_is_passed_over_once_it_was_read(
    run: Run, look: Look, tmp_path: Path
) -> None:
    """At a glance it is as long as it was; only reading it tells."""
    older = run("backup", tmp_path).json["made_at"]
    change(look)
    folder = Path(run("backup", tmp_path).json["folder"])
    path = folder / "records-1.sqlite"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    done = run("restore", tmp_path)

    assert (done.code, done.json["made_at"]) == (0, older)
    assert f"{folder.name}: records-1.sqlite: not what was written" in done.err


@pytest.mark.usefixtures("people")
def test_what_a_restore_replaced_is_not_what_the_next_one_takes(run: Run, look: Look) -> None:
    before = see(look)
    first = run("backup").json["folder"]
    change(look)
    replaced = Path(run("restore", first).json["backup_before"])
    run("restore", "--keep")
    assert see(look) == before

    done = run("restore")

    assert done.json["made_at"] == run("backup", "--list").json["backups"][-1]["made_at"]
    assert f"{replaced.name}: holds what a restore replaced; name it to have it back" in done.err
    assert see(look) == before


@pytest.mark.usefixtures("people")
def test_after_going_back_on_a_restore_its_copy_is_a_backup_like_any(run: Run, look: Look) -> None:
    first = run("backup").json["folder"]
    change(look)
    changed = see(look)
    replaced = run("restore", first).json["backup_before"]
    run("restore", "--undo")

    done = run("restore")

    made = {it["folder"]: it["made_at"] for it in run("backup", "--list").json["backups"]}
    assert done.json["made_at"] == made[replaced]
    assert see(look) == changed


@pytest.mark.usefixtures("people")
def test_restored_records_that_were_not_kept_are_not_what_the_next_one_takes(
    run: Run, look: Look, tmp_path: Path
) -> None:
    first = run("backup").json["folder"]
    change(look)
    changed = see(look)
    run("restore", first)
    left = Path(run("backup", tmp_path).json["folder"])
    run("restore", "--undo")

    done = run("restore", tmp_path)

    assert done.code != 0
    assert f"{left.name}: holds restored records that were not kept" in done.err
    assert see(look) == changed
