"""A tiny network to train, and its tokenizer: a word of the texts below is one token."""

import string
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = """
    the a is was were did who what when where how many of in on at by red blue ferry ferries bridge
    boat boats harbour mayor falk nyberg opened sold closed left monday tuesday museum lighthouse
    town people
""".split()  # noqa: SIM905  # a list literal would take 40 lines
SIZE, LAYERS, POSITIONS = 32, 3, 256


def make_tokenizer() -> Tokenizer:
    """A tokenizer as BERT's, with a small vocabulary of words and all letters and digits."""
    signs = [*string.ascii_lowercase, *string.digits, *string.punctuation]
    listed = [*SPECIAL, *signs, *(f"##{sign}" for sign in signs), *WORDS]
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys(listed))}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(
        ("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"])
    )
    return tokenizer


def make_start(layers=LAYERS, seed=0):
    """Weights as those that training starts from: one head, for relevance."""
    import torch
    from transformers import BertConfig

    from index.training.network import ReaderNetwork

    config = BertConfig(
        vocab_size=make_tokenizer().get_vocab_size(),
        hidden_size=SIZE,
        num_hidden_layers=layers,
        num_attention_heads=1,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        initializer_range=0.2,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        weights = ReaderNetwork(config).weights()
    return {
        name: value for name, value in weights.items() if not name.startswith(("answers.", "span."))
    }


def write_start(folder: Path) -> Path:
    """Write a folder that `fit` can start from."""
    from index.training.checkpoint import write_weights

    write_weights(make_start(), folder)
    make_tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def write_trained(folder: Path) -> Path:
    """Write a folder as `fit` leaves it: with all heads."""
    from index.training.checkpoint import write_weights
    from index.training.network import build_network

    write_start(folder)
    write_weights(build_network(make_start()).weights(), folder)
    return folder
