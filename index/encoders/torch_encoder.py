"""Text → unit vectors, by a sentence-transformers model in torch.

Torch is imported inside functions: a bot imports this module, and may have no torch.
"""

import os
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from index.encoders.base import TextEncoder, Vectors
from index.encoders.description import EncoderDescription, EncoderFiles
from index.encoders.model_files import (
    BUNDLED_NAME,
    BUNDLED_PACKAGE,
    bundled_folder,
    hash_model_files,
    is_bundled_name,
)
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.scale import BUNDLED_SCALES
from index.encoders.tokenization import Batch, PassageTokenizer
from index.errors import NO_TORCH, EncoderError, first_line

_WINDOW = 512  # tokens, if the model states none
_LONGEST = 1 << 20  # tokens, if the model states no limit


class TorchEncoder(TextEncoder):
    """A sentence-transformers model in torch."""

    _batch_tokens = (
        4096  # about 32 passages; in smaller batches torch's threads wait for each other
    )

    def __init__(
        self, name: str = "", threads: int | None = None, device: str | None = None
    ) -> None:
        """Load a model by name or folder, the bundled one by default.

        `threads` limits the whole process; by default it takes every core. `device` is torch's
        name of one, such as "cuda"; by default sentence-transformers chooses.

        Raises EncoderError if it cannot be loaded, or if the bundled weights were altered.
        """
        files_sha256 = hash_model_files(name)
        self.model = _load(name, threads, device)
        self.tokenizer = PassageTokenizer(
            _copy_tokenizer(self.model, name),
            prompts={key: str(text) for key, text in self.model.prompts.items()},
            window=_window(self.model),
        )
        is_bundled = is_bundled_name(name)
        self.description = EncoderDescription(
            name=BUNDLED_NAME if is_bundled else name,
            revision=version(BUNDLED_PACKAGE) if is_bundled else _revision(self.model),
            weights_sha256=_hash_weights(self.model),
            files_sha256=files_sha256,
            dimension=_dimension(self.model, name),
            prompts=self.tokenizer.prompts,
            window=self.tokenizer.window,
            scales=BUNDLED_SCALES if is_bundled else None,
        )

    @property
    def is_on_gpu(self) -> bool:
        """Whether it runs on something faster than the processor."""
        return str(self.model.device.type) != "cpu"

    def encode_question(self, question: str) -> Vectors:
        """Return the question's unit vector, shape (d,)."""
        vector = self.model.encode_query(
            question, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vector, dtype=np.float32)

    def install(self, files: EncoderFiles, exported: EncoderFiles | None) -> TextEncoder:
        """Write or link the graph; without a graphics card it is also the faster encoder."""
        if exported:
            exported.link_to(files.folder)
        else:
            # Imported here: its module imports this one.
            from index.encoders.onnx_export import export_encoder

            export_encoder(self, files.folder)
        if self.is_on_gpu:
            return self
        return OnnxEncoder(files, self.description, threads=os.cpu_count() or 1)

    def _forward(self, batch: Batch) -> tuple[Vectors, Vectors]:
        import torch

        with torch.inference_mode():
            token_vectors, vectors = self.layers(self.inputs(batch))
        return token_vectors.float().cpu().numpy(), vectors.float().cpu().numpy()

    def inputs(self, batch: Batch) -> dict[str, Any]:
        """Return the tensors that the model takes, by name, on its device."""
        import torch

        return {
            name: torch.from_numpy(values).to(self.model.device)
            for name, values in batch.named().items()
            if name in self.model.tokenizer.model_input_names
        }

    def layers(self, inputs: dict[str, Any]) -> tuple[Any, Any]:
        """Return the tensors of the tokens' vectors and of their texts' vectors."""
        output = self.model({**inputs, "modality": "text"})
        return output["token_embeddings"], output["sentence_embedding"]


def cuda_is_available() -> bool:
    """Tell whether torch can use an NVIDIA card; loads torch, which takes seconds."""
    try:
        import torch
    except ModuleNotFoundError:
        return False
    return torch.cuda.is_available()


def _load(name: str, threads: int | None, device: str | None) -> Any:  # noqa: ANN401  # sentence-transformers' own type loads torch
    folder = bundled_folder() if is_bundled_name(name) else name
    try:
        # Imported here: it takes seconds, and a bot has it not installed.
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging
    except ModuleNotFoundError as error:
        raise EncoderError(name or BUNDLED_NAME, NO_TORCH) from error
    if folder is None:
        raise EncoderError(BUNDLED_NAME, f"{BUNDLED_PACKAGE} is not installed: run `make setup`")

    transformers_logging.disable_progress_bar()
    if threads is not None:
        torch.set_num_threads(threads)
    try:
        # A CPU computes in float32, even if the weights were published in fewer bits.
        options = {"dtype": torch.float32}
        return SentenceTransformer(str(folder), device=device, model_kwargs=options).eval()
    except Exception as error:  # a damaged file raises whatever the library that reads it does
        raise EncoderError(name or BUNDLED_NAME, first_line(error)) from error


def _copy_tokenizer(model: Any, name: str) -> Tokenizer:  # noqa: ANN401  # see _load
    """Return a copy of the tokenizer: sentence-transformers sets its own to cut and pad."""
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise EncoderError(name, "its tokenizer does not return the offsets of tokens")
    return Tokenizer.from_str(backend.to_str())


def _window(model: Any) -> int:  # noqa: ANN401  # see _load
    """Return the number of tokens that it reads; some models state no limit."""
    longest = model.max_seq_length or _WINDOW
    return int(min(longest, _LONGEST))


def _dimension(model: Any, name: str) -> int:  # noqa: ANN401  # see _load
    """Return the length of every vector: sentences, of token vectors, are compared with texts'."""
    of_texts = int(model.get_embedding_dimension() or 0)
    of_tokens = int(model[0].get_embedding_dimension())
    if of_texts != of_tokens:
        reason = f"its vectors of texts have {of_texts} dimensions, those of tokens {of_tokens}"
        raise EncoderError(name, f"{reason}, so a question cannot be compared with a sentence")
    return of_texts


def _hash_weights(model: Any) -> str:  # noqa: ANN401  # see _load
    """Return the sha256 of all weights by name: the same model hashes the same from any folder."""
    found = sha256()
    for key, tensor in sorted(model.state_dict().items()):
        found.update(key.encode())
        found.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return found.hexdigest()


def _revision(model: Any) -> str | None:  # noqa: ANN401  # see _load
    config = getattr(model.transformers_model, "config", None)
    return getattr(config, "_commit_hash", None)
