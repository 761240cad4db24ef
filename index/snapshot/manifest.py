"""What a snapshot is made of, and by what: `manifest.json`, written last."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from index.encoders.description import EncoderDescription
from index.errors import SnapshotCorruptError, SnapshotMismatchError

SCHEMA_VERSION = 3
ENCODER = "encoder"  # folder of the exported one


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: made from what, by which encoder, with which files."""

    encoder: str
    encoder_revision: str | None
    weights_sha256: str
    prompts: dict[str, str]
    dimension: int
    articles: int
    sentences: int
    passages: int
    oldest: str | None
    newest: str | None
    built_at: str
    command: str
    encoder_files_sha256: str | None = None
    encoder_window: int = 0  # tokens
    schema_version: int = SCHEMA_VERSION
    files: dict[str, str] = field(default_factory=dict)

    @property
    def has_graph(self) -> bool:
        """Whether the encoder was exported into the snapshot."""
        return any(name.startswith(f"{ENCODER}/") for name in self.files)

    @property
    def described(self) -> EncoderDescription:
        """The encoder that built it."""
        return EncoderDescription(
            name=self.encoder,
            revision=self.encoder_revision,
            weights_sha256=self.weights_sha256,
            files_sha256=self.encoder_files_sha256,
            dimension=self.dimension,
            prompts=self.prompts,
            window=self.encoder_window,
        )


def read_manifest(path: Path) -> Manifest:
    """Read the manifest; raise SnapshotCorruptError, or SnapshotMismatchError for its version."""
    try:
        values = json.loads(path.read_text("utf-8"))
        version = values["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotCorruptError(path, "not a manifest") from error
    if version != SCHEMA_VERSION:
        raise SnapshotMismatchError(
            "schema version",
            expected=str(SCHEMA_VERSION),
            found=str(version),
            index_dir=path.parents[2],
        )
    if values.pop("encoder_int8", False):
        # Vectors of weights in 8 bits, which builds once offered: no model of today gives them.
        weights = f"8 bits of {values.get('weights_sha256')}"
        values |= {"weights_sha256": weights, "encoder_files_sha256": None}
    try:
        return Manifest(**values)
    except TypeError as error:
        raise SnapshotCorruptError(path, "not a manifest") from error


def check_encoder(manifest: Manifest, encoder: EncoderDescription, index_dir: Path) -> None:
    """Raise SnapshotMismatchError unless this very encoder built the snapshot."""
    if not encoder.is_same(manifest.described):
        raise SnapshotMismatchError(
            "encoder", expected=str(encoder), found=str(manifest.described), index_dir=index_dir
        )
