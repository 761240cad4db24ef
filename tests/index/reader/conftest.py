"""Readers of one layer that know nothing, made here, and the bundled one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.reader.base import ReaderDescription
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader
from index.reader.opening import BUNDLED


@pytest.fixture(scope="session")
def make_cross_encoder(tmp_path_factory, tiny_model) -> Callable[..., Path]:
    """Write a sentence-transformers CrossEncoder: `make_cross_encoder(labels=1, seed=0)`."""

    def make(labels: int = 1, seed: int = 0) -> Path:
        import torch
        from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

        folder = tmp_path_factory.mktemp("cross-encoder")
        AutoTokenizer.from_pretrained(tiny_model).save_pretrained(folder)
        config = BertConfig.from_pretrained(tiny_model, num_labels=labels, initializer_range=0.3)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            BertForSequenceClassification(config).save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def cross_encoder(make_cross_encoder) -> Path:
    """The folder of a CrossEncoder. Read only."""
    return make_cross_encoder()


@pytest.fixture(scope="session")
def tiny_reader(tmp_path_factory, tiny_model) -> ReaderFolder:
    """An exported reader with all outputs, which reads headlines. Read only."""
    import torch
    from transformers import BertConfig

    from index.reader.onnx_export import export_reader
    from index.training.network import ReaderNetwork

    class Outputs(torch.nn.Module):
        """The outputs as a tuple."""

        def __init__(self) -> None:
            super().__init__()
            config = BertConfig.from_pretrained(tiny_model, initializer_range=0.3)
            self.network = ReaderNetwork(config)
            self.network.bert.set_attn_implementation("eager")

        def forward(self, *values):
            found = self.network(*values)
            return found.logits, found.starts, found.ends

    folder = tmp_path_factory.mktemp("readers") / "tiny"
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    tokenizer = Tokenizer.from_file(str(tiny_model / "tokenizer.json"))
    description = ReaderDescription(
        "tiny", "", ("en",), reads_headlines=True, marks_answers=True, most_tokens=128
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        export_reader(Outputs(), inputs, tokenizer, description, folder, int8=False)
    return ReaderFolder(folder)


@pytest.fixture(scope="session")
def bundled() -> OnnxReader:
    """The reader that comes with the project."""
    return OnnxReader(ReaderFolder(BUNDLED))
