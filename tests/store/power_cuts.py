"""A disk on which the power may be cut: records the steps, and makes up what may be left.

Every 512-byte sector that was not flushed, and every name in a folder that was not, survives or
vanishes by itself. Names are paths below one folder; a file is there only if the folders above it
are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from consult_app.store.files import RealDisk

SECTOR = 512


@dataclass
class File:
    """A file as the disk has it: what is durable, and what was written since."""

    durable: bytes = b""
    pending: list[tuple[int, bytes]] = field(default_factory=list)

    def sync(self) -> None:
        """Have everything written so far survive."""
        for at, data in self.pending:
            whole = self.durable.ljust(at, b"\0")
            self.durable = whole[:at] + data + whole[at + len(data) :]
        self.pending.clear()

    def content(self) -> bytes:
        """Return what is read as long as the power stays on."""
        now = File(self.durable, list(self.pending))
        now.sync()
        return now.durable

    def survive(self, chance: random.Random) -> bytes:
        """Return what may be left after a cut."""
        left = bytearray(self.durable)
        for start, data in self.pending:
            for at in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    left.extend(bytes(max(0, start + at - len(left))))
                    left[start + at : start + at + SECTOR] = data[at : at + SECTOR]
        return bytes(left)


@dataclass
class Folder:
    """A folder, which is there or not."""


Node = File | Folder


@dataclass
class Names:
    """The names below a folder: what is durable, and what was changed since."""

    now: dict[str, Node]
    durable: dict[str, Node] = field(default_factory=dict)
    pending: list[tuple[str, Node | None, Node | None]] = field(default_factory=list)

    def file(self, name: str) -> File:
        """Return the file of a name."""
        node = self.now[name]
        assert isinstance(node, File)
        return node

    def put(self, name: str, node: Node) -> None:
        """Give a file or folder a name."""
        self.pending.append((name, node, None))
        self.now[name] = node

    def drop(self, name: str) -> None:
        """Take a name away."""
        if name in self.now:
            self.pending.append((name, None, self.now.pop(name)))

    def sync(self, folder: str) -> None:
        """Have the names in one folder survive as they are."""
        kept = {name: node for name, node in self.durable.items() if _above(name) != folder}
        now = {name: node for name, node in self.now.items() if _above(name) == folder}
        self.durable = {**kept, **now}
        self.pending = [change for change in self.pending if _above(change[0]) != folder]

    def survive(self, chance: random.Random) -> dict[str, Node]:
        """Return what may be left after a cut."""
        left = dict(self.durable)
        for name, put, dropped in self.pending:
            if chance.random() < 0.5:
                if put is not None:
                    left[name] = put
                elif left.get(name) is dropped:
                    del left[name]
        return {name: node for name, node in left.items() if _is_reached(name, left)}


def _above(name: str) -> str:
    return name.rpartition("/")[0]


def _is_reached(name: str, names: dict[str, Node]) -> bool:
    above = _above(name)
    return not above or (above in names and _is_reached(above, names))


Step = Callable[[Names], None]


class RecordingDisk(RealDisk):
    """Does everything, and writes down what it did below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base: dict[str, bytes | None] = {
            self._name(path): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))
        }
        self.steps: list[Step] = []

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write, and note it."""
        super().write(path, data, at)
        self._note_write(self._name(path), data, at)

    def sync(self, path: Path) -> None:
        """Make durable, and note it; SQLite may have written the file."""
        super().sync(path)
        self._note_others(path)
        self.steps.append(lambda names: names.file(self._name(path)).sync())

    def settle(self, path: Path) -> None:
        """Take a file as it is for durable: SQLite saw to that by itself."""
        name, data = self._name(path), path.read_bytes()

        def step(names: Names) -> None:
            names.now[name] = names.durable[name] = File(data)

        self.steps.append(step)

    def rename(self, old: Path, new: Path) -> None:
        """Rename, and note it."""
        super().rename(old, new)

        def step(names: Names) -> None:
            names.put(self._name(new), names.now[self._name(old)])
            names.drop(self._name(old))

        self.steps.append(step)

    def remove(self, path: Path) -> None:
        """Remove, and note it."""
        super().remove(path)
        self.steps.append(lambda names: names.drop(self._name(path)))

    def make_folder(self, folder: Path) -> None:
        """Make a folder, and note it."""
        super().make_folder(folder)
        self.steps.append(lambda names: names.put(self._name(folder), Folder()))

    def remove_folder(self, folder: Path) -> None:
        """Remove a folder, and note it."""
        super().remove_folder(folder)
        self.steps.append(lambda names: names.drop(self._name(folder)))

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable, and note it."""
        super().sync_folder(folder)
        if folder == self.folder or self.folder in folder.parents:
            self.steps.append(lambda names: names.sync(self._name(folder)))

    def cut(self, after: int, chance: random.Random) -> dict[str, bytes | None]:
        """Return a state that a cut after so many steps may leave; folders are None."""
        left = self._play(after).survive(chance)
        return {
            name: node.survive(chance) if isinstance(node, File) else None
            for name, node in sorted(left.items())
        }

    def _name(self, path: Path) -> str:
        return "" if path == self.folder else path.relative_to(self.folder).as_posix()

    def _play(self, count: int) -> Names:
        nodes: dict[str, Node] = {
            name: Folder() if data is None else File(data) for name, data in self.base.items()
        }
        names = Names(nodes, dict(nodes))
        for step in self.steps[:count]:
            step(names)
        return names

    def _note_others(self, path: Path) -> None:
        """Note what somebody else wrote to a file."""
        name, data = self._name(path), path.read_bytes()
        node = self._play(len(self.steps)).now.get(name)
        if not isinstance(node, File) or node.content() != data:
            self._note_write(name, data)

    def _note_write(self, name: str, data: bytes, at: int = 0) -> None:
        def step(names: Names) -> None:
            if name not in names.now:
                names.put(name, File())
            names.file(name).pending.append((at, data))

        self.steps.append(step)


class ForgetfulDisk(RecordingDisk):
    """The faults that the explorer must be able to find: something is not made durable."""

    def __init__(self, folder: Path, forget: str) -> None:
        super().__init__(folder)
        self._forget = forget

    def sync(self, path: Path) -> None:
        """Make durable, or forget to."""
        if self._forget != "content":
            super().sync(path)

    def sync_folder(self, folder: Path) -> None:
        """Make the names durable, or forget to."""
        if self._forget != "names":
            super().sync_folder(folder)


def lay_out(state: dict[str, bytes | None], folder: Path) -> None:
    """Put a state on the disk."""
    folder.mkdir()
    for name, data in state.items():
        if data is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)
