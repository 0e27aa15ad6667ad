"""What building a wheel adds to copying files: the compiled forms of its data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileContent(BuildHookInterface[Any]):
    """Puts the compiled forms beside the files, where the program looks for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the content; a wheel of content with faults is not built.

        Args:
            version: Of the kind of build; an editable one uses the checkout as it is.
            build_data: Takes the files to add.
        """
        sys.path.insert(0, self.root)
        from consult_app.app import Program  # noqa: PLC0415 - it is found only now

        program = Program()
        targets = program.compile_content()
        if version == "editable":
            return
        for target in targets:
            place = Path("consult_app", "resources") / target.relative_to(program.resources)
            build_data["force_include"][str(target)] = place.as_posix()
