"""What a snapshot is made of, and by what: `manifest.json`, written last."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from index.dates.partial_date import PartialDate
from index.encoders.description import EncoderDescription
from index.encoders.model_files import is_bundled_name
from index.encoders.scale import BUNDLED_SCALES, CosineScale, CosineScales
from index.errors import SnapshotCorruptError, SnapshotMismatchError
from index.reader.base import ReaderIdentity

SCHEMA_VERSION = 5
_READABLE = (3, 4, SCHEMA_VERSION)
_CURRENT_TERMS = 5  # schema version since which terms are as they are now
ENCODER = "encoder"  # folder of the exported one
_DATES = ("oldest", "newest")
_NEWER = "a newer version of On Record built it: update this one, or build another index"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """How a file was when it was built, by which a copy of it is checked.

    `size` is in bytes; `sample` is what `verification.sample_file` returns. Both are None in
    manifests of schema 3.
    """

    sha256: str
    size: int | None = None
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: made from what, by which encoder, with which files.

    `schema_version` is the one that it was built with, between 3 and `SCHEMA_VERSION`.
    `oldest` and `newest` are dates of articles, None if no article has a year. `files` are by their
    path in the snapshot's folder, with slashes. `reader` is the one that answers are to be read
    with, None if whoever opens the index chooses.
    """

    encoder: EncoderDescription
    articles: int
    sentences: int
    passages: int
    oldest: PartialDate | None
    newest: PartialDate | None
    built_at: str
    command: str
    schema_version: int = SCHEMA_VERSION
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    reader: ReaderIdentity | None = None

    @property
    def has_current_terms(self) -> bool:
        """Whether its terms are those of `index/text/terms.py`, with acronyms such as "US"."""
        return has_current_terms(self.schema_version)

    @property
    def has_graph(self) -> bool:
        """Whether the encoder was exported into the snapshot."""
        return any(name.startswith(f"{ENCODER}/") for name in self.files)


def has_current_terms(schema_version: int) -> bool:
    """Tell whether the terms of an index of this version are those of `index/text/terms.py`."""
    return schema_version >= _CURRENT_TERMS


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write the manifest as JSON."""
    path.write_text(manifest_text(manifest), "utf-8")


def manifest_text(manifest: Manifest) -> str:
    """Return the manifest as JSON."""
    dates = {name: getattr(manifest, name) for name in _DATES}
    values = asdict(manifest) | {name: known and str(known) for name, known in dates.items()}
    if manifest.reader is None:
        del values["reader"]  # which versions before it do not know
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Read the manifest, those of older schemas too.

    Raises SnapshotCorruptError, or SnapshotMismatchError for any other version.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise SnapshotCorruptError(path, "not a manifest") from error
    return parse_manifest(text, path, path.parent.parent.parent)


def parse_manifest(text: str, path: Path, index_dir: object) -> Manifest:
    """Return the manifest of this JSON, found at this path of an index.

    Raises as `read_manifest` does.
    """
    try:
        values = json.loads(text)
        version = values["schema_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotCorruptError(path, "not a manifest") from error
    check_version(version, _READABLE, index_dir)
    try:
        if version == 3:
            values = _from_schema_3(values)
        for name in _DATES:
            values[name] = values[name] and PartialDate.parse(values[name])
        encoder = _description(values.pop("encoder"))
        files = {name: FileRecord(**record) for name, record in values.pop("files").items()}
        reader = ReaderIdentity(**each) if (each := values.pop("reader", None)) else None
        return Manifest(encoder=encoder, files=files, reader=reader, **values)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SnapshotCorruptError(path, "not a manifest") from error


def _description(values: dict[str, Any]) -> EncoderDescription:
    """Return the encoder's description; the scales of the bundled model are always its own."""
    measured = values.pop("scales", None)
    scales: CosineScales | None = None
    if is_bundled_name(values["name"]):
        scales = BUNDLED_SCALES
    elif measured:
        scales = CosineScales(**{name: CosineScale(**each) for name, each in measured.items()})
    return EncoderDescription(**values, scales=scales)


def _from_schema_3(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as schema 4 has them; schema 3 spread the encoder over eight fields."""
    rest = dict(values)
    weights, files = rest.pop("weights_sha256"), rest.pop("encoder_files_sha256", None)
    if rest.pop("encoder_int8", False):
        # Vectors of weights in 8 bits, which builds once offered: no model of today gives them.
        weights, files = f"8 bits of {weights}", None
    encoder = {
        "name": rest.pop("encoder"),
        "revision": rest.pop("encoder_revision"),
        "weights_sha256": weights,
        "files_sha256": files,
        "dimension": rest.pop("dimension"),
        "prompts": rest.pop("prompts"),
        "window": rest.pop("encoder_window", 0),
    }
    records = {name: {"sha256": sha256} for name, sha256 in rest.pop("files").items()}
    return {**rest, "encoder": encoder, "files": records}


def check_version(version: object, readable: Sequence[int], index_dir: object) -> None:
    """Raise SnapshotMismatchError unless this version of On Record reads this schema version."""
    if version in readable:
        return
    is_newer = isinstance(version, int) and version > max(readable)
    raise SnapshotMismatchError(
        "schema version",
        expected=str(max(readable)),
        found=str(version),
        index_dir=index_dir,
        remedy=_NEWER if is_newer else "",
    )


def check_encoder(manifest: Manifest, encoder: EncoderDescription, index_dir: object) -> None:
    """Raise SnapshotMismatchError unless this very encoder built the snapshot."""
    if not encoder.is_same(manifest.encoder):
        raise SnapshotMismatchError(
            "encoder", expected=str(encoder), found=str(manifest.encoder), index_dir=index_dir
        )


def check_reader(manifest: Manifest, reader: ReaderIdentity | None, index_dir: object) -> None:
    """Raise SnapshotMismatchError if answers of this index are to be read with another reader.

    No reader at all is a choice, and fits every index.
    """
    if reader and manifest.reader and reader != manifest.reader:
        raise SnapshotMismatchError(
            "reader",
            expected=str(reader),
            found=str(manifest.reader),
            index_dir=index_dir,
            remedy="set READER to that of the index (a bundled one comes with its version of On "
            "Record), or build again with READER as it is here, which encodes nothing",
        )
