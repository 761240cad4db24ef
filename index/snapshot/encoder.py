"""The encoder for questions: the snapshot's own graph, else the model in torch."""

from pathlib import Path

from index.encoders.base import TextEncoder
from index.encoders.model_files import canonical_name, hash_model_files
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import SnapshotMismatchError
from index.snapshot.snapshot import Snapshot
from index.snapshot.verification import verify_encoder
from index.store.manifest import Manifest


def open_encoder(snapshot: Snapshot, model: str, index_dir: Path) -> TextEncoder:
    """Return the encoder for questions to this snapshot; `model` may name it, by name or folder.

    Raises SnapshotMismatchError if another is named, SnapshotCorruptError if the graph is not the
    one that was built, EncoderError if there is none and torch cannot load the model.
    """
    manifest = snapshot.manifest
    # A question is too short to gain from a second thread, and threads that wait cost time.
    if not manifest.has_graph:
        return TorchEncoder(model or manifest.encoder.name, threads=1)
    if model:
        _check_model(model, manifest, index_dir)
    verify_encoder(snapshot.layout, manifest)
    return OnnxEncoder(snapshot.layout.encoder, manifest.encoder)


def _check_model(model: str, manifest: Manifest, index_dir: Path) -> None:
    """Raise SnapshotMismatchError unless this is the model of the snapshot, by its files if known.

    A machine that only answers may lack the model's folder: then its name is compared.
    """
    found, expected = manifest.encoder.name, canonical_name(model)
    files_sha256, built_from = hash_model_files(model), manifest.encoder.files_sha256
    if files_sha256 and built_from:
        is_same = files_sha256 == built_from
        found += f" (files {built_from[:12]})"
        expected += f" (files {files_sha256[:12]})"
    else:
        is_same = found == expected
    if not is_same:
        raise SnapshotMismatchError("encoder", expected=expected, found=found, index_dir=index_dir)
