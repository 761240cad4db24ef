"""Examples → weights: the loop of training, resumable at every saved step."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader

from index.training.batches import UNKNOWN, Batch, Batches
from index.training.network import ReaderNetwork, Reading
from index.training.run_state import Run, RunState

_CLIP = 1.0
_NEVER = -1e4  # the score of a token that is no part of the window
_IMITATED = 3  # every third pair: with all of them, the teacher takes a third of the time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a network is trained; the defaults are those of the weights in `models/reader`.

    `batch_tokens` is that of one step; `rate` the highest learning rate, reached after `warmup`
    (a share of all steps), from where it falls to 0. At most `steps` are taken, if that isn't 0.
    The lowest `frozen_layers` stay as they are. `listwise`, `span` and `imitation` weigh the losses
    besides that of each pair. A teacher's relevance is imitated, and if `imitates_answers` its
    logits and spans too. `save_every` counts steps.
    """

    epochs: int = 1
    steps: int = 0
    frozen_layers: int = 0
    batch_tokens: int = 32768
    rate: float = 1.2e-4
    warmup: float = 0.05
    decay: float = 0.01
    listwise: float = 1.0
    span: float = 0.3
    imitation: float = 0.2
    imitates_answers: bool = False
    seed: int = 0
    save_every: int = 100


Report = Callable[[int, int, float], None]  # steps done, all steps, the mean loss since the last


def fit(
    network: ReaderNetwork,
    batches: Batches,
    plan: Plan,
    state: Path,
    report: Report,
    teacher: ReaderNetwork,
    device: str = "cpu",
    workers: int = 0,
) -> None:
    """Train the network; go on from `state` if that file exists, and keep it up to date.

    The `teacher` is imitated over the same pairs, besides what is right: the network that training
    starts from, so that its order is not forgotten, or a deeper one. Raises InputFileError if
    `state` is that of another run.
    """
    groups = batches.plan(plan.epochs, plan.batch_tokens, plan.seed)
    groups = groups[: plan.steps or None]
    run = _describe_run(network, teacher, batches, plan, len(groups))
    network.to(device).train()
    network.freeze(plan.frozen_layers)
    teacher.to(device).eval()
    learned = [each for each in network.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learned, plan.rate, weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _share_of_rate(step, len(groups), plan.warmup)
    )
    saved = RunState(state, run, {"network": network, "optimizer": optimizer, "schedule": schedule})
    done = saved.load(device)
    losses: list[Tensor] = []
    left = range(done, len(groups))
    loader = DataLoader(batches.dataset(groups, plan.seed), None, sampler=left, num_workers=workers)
    for step, ready in enumerate(loader, done + 1):
        batch = ready.to(device)
        with torch.autocast(torch.device(device).type, torch.bfloat16):
            read = network(batch.input_ids, batch.attention_mask, batch.token_type_ids)
            loss = answer_loss(read, batch, plan)
            loss = loss + plan.imitation * _imitation_loss(read, teacher, batch, plan)
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no type for it
        torch.nn.utils.clip_grad_norm_(learned, _CLIP)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.detach())
        if step % plan.save_every == 0 or step == len(groups):
            report(step, len(groups), torch.stack(losses).mean().item())
            losses.clear()
            saved.save(step)


def answer_loss(read: Reading, batch: Batch, plan: Plan) -> Tensor:
    """Return the loss of each pair, of each question's windows side by side, and of the spans."""
    pairs = functional.binary_cross_entropy_with_logits(read.logits.float(), batch.right)
    listwise = _listwise_loss(read.logits.float(), batch)
    spans = [
        functional.cross_entropy(
            scores.float().masked_fill(~batch.readable, _NEVER), places, ignore_index=UNKNOWN
        )
        for scores, places in ((read.starts, batch.starts), (read.ends, batch.ends))
    ]
    return pairs + plan.listwise * listwise + plan.span * torch.stack(spans).nan_to_num().mean()


def _listwise_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Return the mean of -log(share of the right windows) over the questions that have one."""
    questions = int(batch.group[-1]) + 1
    highest = logits.detach().max()
    weights = (logits - highest).clamp(min=-50).exp()
    zeros = torch.zeros(questions, device=logits.device)
    everything = zeros.index_add(0, batch.group, weights)
    right = zeros.index_add(0, batch.group, weights * batch.right)
    has_right = right > 0
    if not has_right.any():
        return zeros.sum()
    return -(right[has_right] / everything[has_right]).log().mean()


def _imitation_loss(read: Reading, teacher: ReaderNetwork, batch: Batch, plan: Plan) -> Tensor:
    """Return how far the network is from the teacher."""
    inputs = (batch.input_ids, batch.attention_mask, batch.token_type_ids)
    every = slice(None, None, 1 if plan.imitates_answers else _IMITATED)
    with torch.no_grad():
        shown = teacher(*(each[every] for each in inputs))
    relevance = functional.smooth_l1_loss(read.relevance[every].float(), shown.relevance.float())
    if not plan.imitates_answers:
        return relevance
    logits = functional.smooth_l1_loss(read.logits.float(), shown.logits.float())
    spans = [
        functional.kl_div(own, other, reduction="batchmean", log_target=True)
        for own, other in (
            (_log_shares(read.starts, batch), _log_shares(shown.starts, batch)),
            (_log_shares(read.ends, batch), _log_shares(shown.ends, batch)),
        )
    ]
    return relevance + logits + torch.stack(spans).sum()


def _log_shares(scores: Tensor, batch: Batch) -> Tensor:
    return scores.float().masked_fill(~batch.readable, _NEVER).log_softmax(-1)


def _share_of_rate(step: int, steps: int, warmup: float) -> float:
    risen = step / max(1.0, warmup * steps)
    return min(1.0, risen, (steps - step) / max(1.0, (1 - warmup) * steps))


def _describe_run(
    network: ReaderNetwork, teacher: ReaderNetwork, batches: Batches, plan: Plan, steps: int
) -> Run:
    """Return all that decides the weights that a run ends with."""
    fields = {name.replace("_", " "): value for name, value in asdict(plan).items()}
    del fields["save every"]
    hashes = {"examples": batches.digest(), "starting weights": _hash_weights(network, teacher)}
    return fields | {"steps": steps} | hashes


def _hash_weights(*networks: ReaderNetwork) -> str:
    found = hashlib.sha256()
    for network in networks:
        for name, value in network.weights().items():
            found.update(name.encode())
            found.update(value.tobytes())
    return found.hexdigest()
