"""What a snapshot is made of, and by what: `manifest.json`, written last."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from index.encoder import Encoder
from index.errors import SnapshotCorruptError, SnapshotMismatchError

SCHEMA_VERSION = 3


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
    schema_version: int = SCHEMA_VERSION
    files: dict[str, str] = field(default_factory=dict)


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
    try:
        return Manifest(**values)
    except TypeError as error:
        raise SnapshotCorruptError(path, "not a manifest") from error


def check_encoder(manifest: Manifest, encoder: Encoder, index_dir: Path) -> None:
    """Raise SnapshotMismatchError unless this very encoder built the snapshot."""
    if manifest.weights_sha256 != encoder.weights_sha256:
        raise SnapshotMismatchError(
            "encoder",
            expected=f"{encoder.name} (weights {encoder.weights_sha256[:12]})",
            found=f"{manifest.encoder} (weights {manifest.weights_sha256[:12]})",
            index_dir=index_dir,
        )
