"""The setting READER → the reader that it means: the bundled one, none, or one's own model."""

import os
import re
from hashlib import sha256
from pathlib import Path

from index.errors import ReaderError
from index.files import hash_model_folder, join_hashes
from index.reader.base import ReaderIdentity
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader

BUNDLED = Path(__file__).parents[2] / "models" / "reader"
ON, OFF = "on", "off"
# A second one uses what the first leaves of two cores; more would only wait for them.
_THREADS = min(2, os.cpu_count() or 1)
_SHOWN = 12  # digits of a hash in a folder's name


def open_reader(setting: str, index_dir: Path) -> OnnxReader | None:
    """Return the reader that a setting means, None for `off`.

    `on`, or an empty setting, is the bundled one. Anything else is the folder of an exported
    reader, or the name or folder of a sentence-transformers CrossEncoder: that is exported into
    `index_dir` the first time, and a folder again once its files change, which needs torch. Raises
    ReaderError.
    """
    files = _find_reader(setting, index_dir)
    return OnnxReader(files, _THREADS) if files else None


def identify_reader(setting: str, index_dir: Path) -> ReaderIdentity | None:
    """Return which reader a setting means, None for `off`; as `open_reader`, but loads no graph.

    It reads the graph to hash it, and the files of a CrossEncoder in a folder too.
    """
    files = _find_reader(setting, index_dir)
    return files.describe().identity if files else None


def _find_reader(setting: str, index_dir: Path) -> ReaderFolder | None:
    if setting.lower() == OFF:
        return None
    if setting.lower() in ("", ON):
        return ReaderFolder(BUNDLED)
    own = ReaderFolder(Path(setting))
    if own.exists():
        return own
    exported = ReaderFolder(index_dir / "readers" / _folder_name(setting))
    if not exported.exists():
        _export(setting, exported.folder)
    return exported


def _folder_name(model: str) -> str:
    """Return a name that no other model has, nor the same folder once its files change."""
    readable = re.sub(r"[^\w.-]+", "-", model).strip("-.") or "model"
    return f"{readable}-{_hash_model(model)[:_SHOWN]}"


def _hash_model(model: str) -> str:
    folder = Path(model)
    try:
        if folder.is_dir():
            return join_hashes(hash_model_folder(folder))
    except OSError as error:
        raise ReaderError(model, f"cannot be read: {error}") from error
    return sha256(os.fsencode(model)).hexdigest()


def _export(model: str, folder: Path) -> None:
    try:
        # Imported here: it needs torch, which a machine that only answers has not.
        from index.reader.cross_encoder import export_cross_encoder
    except ModuleNotFoundError as error:
        reason = f"not exported yet, and {error.name} is not installed here: run `make setup`"
        raise ReaderError(model, reason) from error
    try:
        export_cross_encoder(model, folder)
    except OSError as error:
        if ReaderFolder(folder).exists():
            return  # another process exported it meanwhile
        reason = f"cannot be exported to {folder}: {error.strerror or error}"
        raise ReaderError(model, reason) from error
