"""What identifies an encoder, and the files of an exported one."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from index.encoders.scale import CosineScales


@dataclass(frozen=True, slots=True)
class EncoderDescription:
    """Which model an encoder is, and how it reads.

    `weights_sha256` is of the weights alone, `files_sha256` of all the files that it was loaded
    from, None if they are not known. `window` counts tokens. `scales` are None until
    they are measured, and don't tell models apart.
    """

    name: str
    revision: str | None
    weights_sha256: str
    files_sha256: str | None
    dimension: int
    prompts: dict[str, str]
    window: int
    scales: CosineScales | None = field(default=None, compare=False)

    def __str__(self) -> str:
        facts = [f"weights {self.weights_sha256[:12]}"]
        if self.files_sha256:
            facts.append(f"files {self.files_sha256[:12]}")
        return f"{self.name} ({', '.join(facts)})"

    def is_same(self, other: "EncoderDescription") -> bool:
        """Tell whether both give the same vectors, whatever their names."""
        if self.files_sha256 and other.files_sha256:
            return self.files_sha256 == other.files_sha256
        return (self.weights_sha256, self.prompts) == (other.weights_sha256, other.prompts)


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """The files of an exported encoder."""

    folder: Path

    @property
    def graph(self) -> Path:
        """ONNX: tokens → their vectors and their text's."""
        return self.folder / "model.onnx"

    @property
    def weights(self) -> Path:
        """The graph's weights, in a file of their own so that they are memory-mapped."""
        return self.folder / "model.onnx.data"

    @property
    def tokenizer(self) -> Path:
        """JSON of the tokenizers library."""
        return self.folder / "tokenizer.json"

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.graph, self.weights, self.tokenizer)

    def link_to(self, folder: Path) -> None:
        """Link the files into a new folder, or copy them if the disk cannot link."""
        folder.mkdir()
        for path in self.files:
            target = folder / path.name
            try:
                os.link(path, target)
            except OSError:  # across disks, or on one without links
                shutil.copyfile(path, target)
