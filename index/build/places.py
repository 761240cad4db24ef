"""Builds, wherever the index is: in a folder or in Milvus."""

from collections.abc import Iterable
from pathlib import Path

from index.build.edition import build_edition, preview_edition
from index.build.from_milvus import copy_to_folder
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot, preview_changes
from index.build.summary import BuildSummary
from index.build.to_milvus import copy_to_milvus
from index.encoders.base import TextEncoder
from index.errors import AddressError
from index.milvus.address import MilvusAddress
from index.models import Progress, silent
from index.snapshot.snapshot import open_snapshot

_Place = Path | MilvusAddress


def build(
    paths: Iterable[Path],
    place: _Place,
    encoder: TextEncoder,
    command: str,
    options: BuildOptions = BuildOptions(),
) -> BuildSummary:
    """Build the index from these files and folders; see `build_snapshot` and `build_edition`."""
    if isinstance(place, MilvusAddress):
        return build_edition(paths, place, encoder, command, options)
    return build_snapshot(paths, place, encoder, command, options)


def preview(paths: Iterable[Path], place: _Place, progress: Progress = silent) -> BuildSummary:
    """Return what a build would change; nothing is written, and no encoder is needed."""
    if isinstance(place, MilvusAddress):
        return preview_edition(paths, place, progress)
    return preview_changes(paths, place, progress)


def move_index(
    source: _Place, target: _Place, command: str, options: BuildOptions = BuildOptions()
) -> BuildSummary:
    """Make an edition of another index, with its vectors: from a folder to Milvus, or back."""
    if isinstance(target, MilvusAddress) and isinstance(source, Path):
        with open_snapshot(source) as snapshot:
            return copy_to_milvus(snapshot, target, command, options)
    if isinstance(target, Path) and isinstance(source, MilvusAddress):
        return copy_to_folder(source, target, command, options)
    raise AddressError("--from", f"{source} and {target} are of one kind: copy the index as it is")
