"""Which encoder is used: the graph in a snapshot, else the model in torch.

A question is encoded by the snapshot's own graph. Torch is loaded only where a model could not be
exported, and by the first build with a model.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from index.encoder import Encoder
from index.encoder_files import EncoderFolder
from index.errors import EncoderExportError, SnapshotError, SnapshotMismatchError
from index.export import export_encoder
from index.manifest import Manifest, read_manifest
from index.model_files import BUNDLED_NAME, hash_model_files, is_bundled_name
from index.onnx_encoder import OnnxEncoder
from index.snapshot import Layout, Snapshot, current_folder, verify_encoder
from index.text_encoder import TextEncoder


def open_encoder(snapshot: Snapshot, model: str, index_dir: Path) -> TextEncoder:
    """Return the encoder for questions to this snapshot; `model` may name it, by name or folder.

    Raises SnapshotMismatchError where another is named, SnapshotCorruptError where the graph is
    not the one that was built, EncoderError where there is none and torch cannot load the model.
    """
    manifest = snapshot.manifest
    # A question is too short to gain from a second thread, and threads that wait cost time.
    if not manifest.has_graph:
        return Encoder(model or manifest.encoder, threads=1)
    if model:
        _check_model(model, manifest, index_dir)
    verify_encoder(snapshot.layout, manifest)
    return OnnxEncoder(snapshot.layout.encoder, manifest.described)


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
                described = replace(manifest.described, name=_spelled(model))
                return OnnxEncoder(layout.encoder, described, _threads())
        except SnapshotError:
            pass  # the build says what is wrong with it
    return Encoder(model)


def place_encoder(
    encoder: TextEncoder, before: Snapshot | None, files: EncoderFolder
) -> tuple[TextEncoder, str | None]:
    """Put the encoder's graph into a new snapshot, and return what its passages are encoded by.

    It is linked where it is the one of `before`. The second value says why there is no graph.
    """
    if (
        before
        and before.manifest.has_graph
        and encoder.description.is_same(before.manifest.described)
    ):
        before.layout.encoder.link_to(files.folder)
    elif isinstance(encoder, OnnxEncoder):
        encoder.files.link_to(files.folder)
    elif isinstance(encoder, Encoder):
        try:
            export_encoder(encoder, files.folder)
        except EncoderExportError as error:
            return encoder, str(error)
    if isinstance(encoder, Encoder) and not encoder.is_on_gpu:
        return OnnxEncoder(files, encoder.description, _threads()), None
    return encoder, None


def _check_model(model: str, manifest: Manifest, index_dir: Path) -> None:
    """Raise SnapshotMismatchError unless this is the model of the snapshot, by its files if known.

    Where its folder is not, as on a machine that only asks, its name tells.
    """
    found, expected = manifest.encoder, _spelled(model)
    files_sha256 = hash_model_files(model)
    if files_sha256 and manifest.encoder_files_sha256:
        is_same = files_sha256 == manifest.encoder_files_sha256
        found += f" (files {manifest.encoder_files_sha256[:12]})"
        expected += f" (files {files_sha256[:12]})"
    else:
        is_same = found == expected
    if not is_same:
        raise SnapshotMismatchError("encoder", expected=expected, found=found, index_dir=index_dir)


def _spelled(model: str) -> str:
    return BUNDLED_NAME if is_bundled_name(model) else model


def _threads() -> int:
    return os.cpu_count() or 1
