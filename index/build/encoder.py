"""The encoder for a build: the graph of the snapshot in use, else the model in torch.

Torch is loaded only if a model could not be exported, and by the first build with a model.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from index.encoders.base import TextEncoder
from index.encoders.description import EncoderFiles
from index.encoders.model_files import canonical_name, hash_model_files
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.onnx_export import export_encoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import EncoderExportError, SnapshotError
from index.snapshot.layout import Layout, current_folder
from index.snapshot.manifest import read_manifest
from index.snapshot.snapshot import Snapshot
from index.snapshot.verification import verify_encoder


def load_encoder(model: str, index_dir: Path) -> TextEncoder:
    """Return the encoder for a build: of the snapshot in use, if this model's files made it.

    Else the model in torch, which also uses a graphics card. Raises EncoderError.
    """
    if not shutil.which("nvidia-smi") and (files_sha256 := hash_model_files(model)):
        try:
            layout = Layout(current_folder(index_dir))
            manifest = read_manifest(layout.manifest)
            if manifest.has_graph and manifest.encoder_files_sha256 == files_sha256:
                verify_encoder(layout, manifest)
                described = replace(manifest.described, name=canonical_name(model))
                return OnnxEncoder(layout.encoder, described, _threads())
        except SnapshotError:
            pass  # the build says what is wrong with it
    return TorchEncoder(model)


def place_encoder(
    encoder: TextEncoder, before: Snapshot | None, files: EncoderFiles
) -> tuple[TextEncoder, str | None]:
    """Put the encoder's graph into a new snapshot, and return what its passages are encoded by.

    It is linked if it is the one of `before`. The second value says why there is no graph.
    """
    if (
        before
        and before.manifest.has_graph
        and encoder.description.is_same(before.manifest.described)
    ):
        before.layout.encoder.link_to(files.folder)
    elif isinstance(encoder, OnnxEncoder):
        encoder.files.link_to(files.folder)
    elif isinstance(encoder, TorchEncoder):
        try:
            export_encoder(encoder, files.folder)
        except EncoderExportError as error:
            return encoder, str(error)
    if isinstance(encoder, TorchEncoder) and not encoder.is_on_gpu:
        return OnnxEncoder(files, encoder.description, _threads()), None
    return encoder, None


def _threads() -> int:
    return os.cpu_count() or 1
