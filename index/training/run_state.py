"""What a run of training that was stopped goes on from, in a file that says which run it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from index.errors import InputFileError

Run = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class RunState:
    """The file of a run.

    `run` is all that decides the run's weights, by name; a text is a hash. `parts` are what a step
    changes: each has `state_dict` and `load_state_dict`, as torch's have.
    """

    path: Path
    run: Run
    parts: Mapping[str, Any]

    def load(self, device: str) -> int:
        """Load what was saved, if anything was; return the number of steps done.

        Raises InputFileError if the file is that of another run.
        """
        if not self.path.exists():
            return 0
        saved = torch.load(self.path, map_location=device, weights_only=True)
        if "run" not in saved:
            reason = "an older version wrote it, without naming its run: name a new folder"
            raise InputFileError(self.path, reason)
        if saved["run"] != self.run:
            differences = ", ".join(_differences(saved["run"], self.run))
            reason = f"its run differs in {differences}: name a new folder"
            raise InputFileError(self.path, reason)
        for name, part in self.parts.items():
            part.load_state_dict(saved[name])
        return int(saved["step"])

    def save(self, step: int) -> None:
        """Write everything that is needed to go on; a killed run leaves the file before it."""
        unfinished = self.path.with_suffix(".part")
        saved = {name: part.state_dict() for name, part in self.parts.items()}
        torch.save(saved | {"step": step, "run": dict(self.run)}, unfinished)
        unfinished.replace(self.path)


def _differences(saved: Run, wanted: Run) -> list[str]:
    """Return what differs, in words; of a hash, only the name tells anything."""
    return [
        name if isinstance(value, str) else f"{name} ({saved.get(name)}, this one {value})"
        for name, value in wanted.items()
        if saved.get(name) != value
    ]
