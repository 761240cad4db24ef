"""The encoder of an edition: copied out of Milvus once, into a folder of this machine."""

import os
from hashlib import sha256
from pathlib import Path

from index.encoders.description import EncoderFiles
from index.errors import AddressError
from index.files import hash_file
from index.milvus.budget import shared_budget
from index.milvus.editions import load_file
from index.milvus.engine import Engine
from index.store.manifest import ENCODER, Manifest

_SECONDS = 120.0  # for a file, of some 30 MB


def fetch_encoder(engine: Engine, manifest: Manifest) -> EncoderFiles:
    """Return the encoder's files, each the one that was built.

    Raises AddressError if they cannot be written into `MilvusAddress.cache`.
    """
    wanted = {
        Path(name).name: record.sha256
        for name, record in manifest.files.items()
        if name.startswith(f"{ENCODER}/")
    }
    identity = sha256("".join(sorted(wanted.values())).encode()).hexdigest()[:16]
    folder = engine.address.cache.expanduser() / f"{ENCODER}-{identity}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, digest in wanted.items():
            path = folder / name
            if not path.exists() or hash_file(path) != digest:
                _write(path, engine, digest)
    except OSError as error:
        reason = f"cannot write {folder}: {error.strerror or error}; set it to another folder"
        raise AddressError("MILVUS_CACHE", reason) from error
    return EncoderFiles(folder)


def _write(path: Path, engine: Engine, digest: str) -> None:
    """Write the file with this sha256, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with shared_budget(_SECONDS):
        unfinished.write_bytes(load_file(engine, digest))
    unfinished.replace(path)
