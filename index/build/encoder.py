"""The encoder for a build: the graph of the snapshot in use, else the model in torch.

Torch is loaded only by the first build with a model, if a model could not be exported, or for a
graphics card.
"""

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.encoders.base import TextEncoder
from index.encoders.description import EncoderDescription, EncoderFiles
from index.encoders.model_files import canonical_name, hash_model_files
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import EncoderExportError, SnapshotError
from index.milvus.address import MilvusAddress
from index.milvus.store import MilvusStore
from index.snapshot.file_checks import verify_encoder
from index.snapshot.layout import Layout, current_folder
from index.snapshot.snapshot import Snapshot
from index.store.manifest import read_manifest


def load_encoder(model: str, place: Path | MilvusAddress, device: str | None = None) -> TextEncoder:
    """Return the encoder for a build: of the edition in use, if this model's files made it.

    Else, or for a `device` (torch's name of it), the model in torch. Raises EncoderError, or
    StoreUnavailableError.
    """
    if device is None and (files_sha256 := hash_model_files(model)):
        try:
            known = _exported(place, files_sha256)
        except SnapshotError:
            known = None  # the build says what is wrong with it
        if known:
            files, description = known
            description = replace(description, name=canonical_name(model))
            return OnnxEncoder(files, description, threads=os.cpu_count() or 1)
    return TorchEncoder(model, device=device)


def _exported(
    place: Path | MilvusAddress, files_sha256: str
) -> tuple[EncoderFiles, EncoderDescription] | None:
    """Return the graph of the edition in use, if these files of a model made it."""
    if isinstance(place, MilvusAddress):
        with closing(MilvusStore(place)) as store:
            manifest = store.manifest
            if manifest.has_graph and manifest.encoder.files_sha256 == files_sha256:
                return store.encoder_files(), manifest.encoder
            return None
    layout = Layout(current_folder(place))
    manifest = read_manifest(layout.manifest)
    if manifest.has_graph and manifest.encoder.files_sha256 == files_sha256:
        verify_encoder(layout, manifest)
        return layout.encoder, manifest.encoder
    return None


def place_encoder(
    encoder: TextEncoder, before: Snapshot | None, files: EncoderFiles
) -> tuple[TextEncoder, str | None]:
    """Put the encoder's graph into a new snapshot, and return what its passages are encoded by.

    If `before` has the same one, it is linked. The second value says why there is no graph.
    """
    exported = None
    if before and before.manifest.has_graph:
        is_same = encoder.description.is_same(before.manifest.encoder)
        exported = before.layout.encoder if is_same else None
    try:
        return encoder.install(files, exported), None
    except EncoderExportError as error:
        return encoder, str(error)
