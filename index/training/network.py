"""The reader's layers in torch: is a window about a question, does it answer it, and where.

The layers are those of a cross-encoder trained to put passages in order (MS MARCO). Its own output
is kept as `relevance`: trained for answers alone, the network orders worse than it did before.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from index.training.checkpoint import Weights

_HEAD = 32  # dimensions of an attention head of MiniLM: of all sizes, weights do not tell this one
_LAYER = "bert.encoder.layer."


class Reading(NamedTuple):
    """What the layers say of n pairs of L tokens.

    `logits` (n): whether the window answers. `relevance` (n): whether it is about the question.
    `starts`, `ends` (n, L): where the answer begins and ends; both at token 0 if there is none.
    """

    logits: Tensor
    relevance: Tensor
    starts: Tensor
    ends: Tensor


class ReaderNetwork(nn.Module):
    """A BERT cross-encoder with three heads: relevance, answer or not, and the answer's span."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config)
        size = config.hidden_size
        self.classifier = nn.Linear(size, 1)  # relevance, by the name that the start gives it
        self.answers = nn.Linear(size, 1)
        self.span = nn.Linear(size, 2)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Reading:
        """Read pairs of token ids; all three have shape (n, L), int64."""
        out = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        starts, ends = self.span(out.last_hidden_state).unbind(-1)
        pooled = out.pooler_output
        logits, relevance = self.answers(pooled), self.classifier(pooled)
        return Reading(logits.squeeze(-1), relevance.squeeze(-1), starts, ends)

    def freeze(self, layers: int = 0) -> None:
        """Leave the table of words as it is, and all that is below layer `layers` (0 to all).

        The table is a third of the weights, and most rare words never come up in training.
        """
        frozen: list[nn.Module] = [self.bert.embeddings.word_embeddings]
        if layers:
            frozen = [self.bert.embeddings, *self.bert.encoder.layer[:layers]]
        for each in frozen:
            each.requires_grad_(requires_grad=False)

    def weights(self) -> Weights:
        """Return all weights in float32."""
        return {name: each.float().cpu().numpy() for name, each in self.state_dict().items()}


def build_network(weights: Weights) -> ReaderNetwork:
    """Return a network of the size of these weights, with them.

    Of the start, which has but one head, that one is taken for `answers` too, and the span head is
    drawn, always the same. Raises ValueError if the weights are those of another network.
    """
    try:
        config = _config(weights)
        if "answers.weight" not in weights:
            parts = ("weight", "bias")
            weights = weights | {f"answers.{one}": weights[f"classifier.{one}"] for one in parts}
    except KeyError as error:
        raise ValueError(f"weights of another network: no {error}") from error
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = ReaderNetwork(config)
    state = {name: torch.tensor(value) for name, value in weights.items()}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or set(missing) - {"span.weight", "span.bias"}:
        raise ValueError(f"weights of another network: {[*missing, *unexpected][:3]}")
    return network


def _config(weights: Weights) -> BertConfig:
    embeddings = "bert.embeddings.{}_embeddings.weight"
    words, size = weights[embeddings.format("word")].shape
    return BertConfig(
        vocab_size=words,
        hidden_size=size,
        num_hidden_layers=count_layers(weights),
        num_attention_heads=size // _HEAD,
        intermediate_size=len(weights[f"{_LAYER}0.intermediate.dense.weight"]),
        max_position_embeddings=len(weights[embeddings.format("position")]),
        hidden_dropout_prob=0.0,  # nearly every pair is seen only once
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",  # on CPUs, the fused one takes twice as long to learn
    )


def count_layers(weights: Weights) -> int:
    """Return the number of layers of the network that these weights are from."""
    prefix = len(_LAYER)
    return len({name[prefix:].split(".")[0] for name in weights if name.startswith(_LAYER)})


def pick_layers(weights: Weights, layers: Sequence[int]) -> Weights:
    """Return the weights with only these layers, numbered anew from 0 in this order.

    Raises ValueError if there is no such layer.
    """
    if unknown := set(layers) - set(range(count_layers(weights))):
        raise ValueError(f"no layer {min(unknown)}: there are {count_layers(weights)}, from 0")
    kept = {name: value for name, value in weights.items() if not name.startswith(_LAYER)}
    for new, old in enumerate(layers):
        start = f"{_LAYER}{old}."
        for name, value in weights.items():
            if name.startswith(start):
                kept[f"{_LAYER}{new}.{name.removeprefix(start)}"] = value
    return kept
