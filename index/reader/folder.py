"""The files of an exported reader, and its description among them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import ReaderError
from index.files import hash_file, write_atomically
from index.reader.base import ReaderDescription


@dataclass(frozen=True, slots=True)
class ReaderFolder:
    """A folder with a reader that needs no torch."""

    folder: Path

    @property
    def graph(self) -> Path:
        """ONNX with its weights: token ids → logits and the scores of the answer's ends."""
        return self.folder / "model.onnx"

    @property
    def tokenizer(self) -> Path:
        """JSON of the tokenizers library."""
        return self.folder / "tokenizer.json"

    @property
    def description(self) -> Path:
        """JSON of `ReaderDescription`, written last."""
        return self.folder / "reader.json"

    def exists(self) -> bool:
        """Tell whether a whole reader lies here."""
        return self.description.exists()

    def describe(self) -> ReaderDescription:
        """Return the description; raise ReaderError if it is not that of the graph here.

        An altered weight would go unnoticed: the answers would only be worse.
        """
        try:
            fields = json.loads(self.description.read_text("utf-8"))
            found = ReaderDescription(**fields | {"languages": tuple(fields["languages"])})
            digest = hash_file(self.graph)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ReaderError(str(self.folder), f"no exported reader: {error}") from error
        if digest != found.sha256:
            raise ReaderError(str(self.folder), f"{self.graph.name} is not the file of reader.json")
        return found

    def write_description(self, description: ReaderDescription) -> None:
        """Write the description, which makes the folder a reader."""
        fields = asdict(description)
        write_atomically(self.description, json.dumps(fields, indent=2) + "\n")
