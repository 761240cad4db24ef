"""The encoder for questions: the one that the store holds as a graph, else the model in torch."""

from index.encoders.base import TextEncoder
from index.encoders.model_files import canonical_name, hash_model_files
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import SnapshotMismatchError
from index.store.base import Store
from index.store.manifest import Manifest


def open_encoder(store: Store, model: str, place: object) -> TextEncoder:
    """Return the encoder for questions to this store; `model` may name it, by name or folder.

    `place` is where the store is. Raises SnapshotMismatchError if another encoder is named,
    SnapshotCorruptError if the graph is not the one that was built, EncoderError if there is none
    and torch cannot load the model.
    """
    manifest = store.manifest
    # A question is too short to gain from a second thread, and threads that wait cost time.
    if not manifest.has_graph:
        return TorchEncoder(model or manifest.encoder.name, threads=1)
    if model:
        _check_model(model, manifest, place)
    return OnnxEncoder(store.encoder_files(), manifest.encoder)


def _check_model(model: str, manifest: Manifest, place: object) -> None:
    """Raise SnapshotMismatchError unless this is the model of the store, by its files if known.

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
        raise SnapshotMismatchError("encoder", expected=expected, found=found, index_dir=place)
