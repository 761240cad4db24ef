"""Training learns a rule, and a run that was stopped ends with the weights of one that was not."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from index.errors import InputFileError
from index.models import Span
from index.training.batches import UNKNOWN, Batch, Batches
from index.training.examples import Collection, Example
from index.training.fitting import Plan, answer_loss, fit
from index.training.network import Reading, build_network

# The rule: a window answers if it says "falk", and that word is the answer.
WINDOWS = [
    f"the {thing} was {done} {whom} on {day}"
    for thing in ("ferry", "bridge", "harbour", "lighthouse")
    for done in ("opened", "closed", "sold")
    for whom in ("by falk", "in town")
    for day in ("monday", "tuesday")
]


def toy_examples(question="who was it?"):
    right = [row for row, text in enumerate(WINDOWS) if "falk" in text]
    wrong = [row for row, text in enumerate(WINDOWS) if "falk" not in text]
    examples = []
    for one, *others in zip(right, wrong, wrong[1:] + wrong[:1], strict=True):
        place = WINDOWS[one].index("falk")
        examples.append(Example(question, (one, *others), 1, (Span(place, place + 4),)))
        examples.append(Example(question, tuple(others), 0))
    return examples


def toy(tokenizer, titles=0.0, windows=WINDOWS, title="town", examples=None):
    collection = Collection(windows, [title] * len(windows), examples or toy_examples())
    return Batches(collection, tokenizer, titles)


def no_report(*_):
    pass


@pytest.fixture(scope="module")
def learned(tokenizer, start, tmp_path_factory, _one_thread):
    """The network after some steps over the toy examples, and what was reported."""
    network, batches, losses = build_network(start), toy(tokenizer), []
    fit(
        network,
        batches,
        Plan(epochs=16, batch_tokens=512, rate=5e-3, save_every=20),
        tmp_path_factory.mktemp("toy") / "state.pt",
        lambda *report: losses.append(report),
        build_network(start),
    )
    return network.eval(), batches, losses


class TestLearning:
    def test_rule_is_learned(self, learned):
        network, batches, _ = learned
        batch = batches.batch(list(range(24)), "")

        with torch.inference_mode():
            read = network(batch.input_ids, batch.attention_mask, batch.token_type_ids)

        assert (read.logits > 0).tolist() == (batch.right > 0).tolist()
        starts = read.starts.masked_fill(~batch.readable, -1e9).argmax(-1)
        assert starts.tolist() == batch.starts.tolist()

    def test_relevance_stays_that_of_the_start(self, learned, start):
        network, batches, _ = learned
        batch = batches.batch(list(range(24)), "")
        inputs = (batch.input_ids, batch.attention_mask, batch.token_type_ids)

        with torch.inference_mode():
            found = network(*inputs).relevance
            expected = build_network(start).eval()(*inputs).relevance

        assert (found - expected).abs().mean() < 0.3

    def test_words_are_left_as_they_were(self, learned, start):
        name = "bert.embeddings.word_embeddings.weight"

        assert np.array_equal(learned[0].weights()[name], start[name])

    def test_loss_is_reported_and_falls(self, learned):
        steps, totals, losses = zip(*learned[2], strict=True)

        assert steps[-1] == totals[-1] == totals[0]
        assert steps[:-1] == tuple(range(20, totals[0], 20))
        assert losses[-1] < losses[0] / 3


class KilledError(Exception):
    """The machine went away."""


class TestResuming:
    PLAN = Plan(epochs=2, batch_tokens=256, rate=1e-3, save_every=2)

    def run(self, tokenizer, start, state, report=no_report, plan=PLAN):
        network = build_network(start)
        fit(network, toy(tokenizer, titles=0.5), plan, state, report, build_network(start))
        return network.weights()

    @pytest.mark.parametrize("killed_at", [2, 6])
    def test_killed_run_ends_with_the_same_weights(self, tokenizer, start, tmp_path, killed_at):
        def kill(step, *_):
            if step == killed_at:
                raise KilledError

        whole = self.run(tokenizer, start, tmp_path / "whole.pt")
        with pytest.raises(KilledError):
            self.run(tokenizer, start, tmp_path / "state.pt", kill)
        torch.rand(5)  # another process has drawn other numbers
        resumed = self.run(tokenizer, start, tmp_path / "state.pt")

        assert all(np.array_equal(resumed[name], value) for name, value in whole.items())
        assert not all(np.array_equal(whole[name], value) for name, value in start.items())

    def test_resumed_run_goes_on_where_it_last_saved(self, tokenizer, start, tmp_path):
        def kill(step, *_):
            if step == 6:
                raise KilledError

        steps = []
        with pytest.raises(KilledError):
            self.run(tokenizer, start, tmp_path / "state.pt", kill)
        self.run(tokenizer, start, tmp_path / "state.pt", lambda step, *_: steps.append(step))

        assert steps[0] == 6  # 4 was saved; 6 was not yet

    def test_finished_run_is_not_trained_again(self, tokenizer, start, tmp_path):
        first = self.run(tokenizer, start, tmp_path / "state.pt")
        steps = []

        again = self.run(
            tokenizer, start, tmp_path / "state.pt", lambda step, *_: steps.append(step)
        )

        assert steps == []
        assert all(np.array_equal(again[name], value) for name, value in first.items())

    def test_seed_decides_the_weights(self, tokenizer, start, tmp_path):
        one = self.run(tokenizer, start, tmp_path / "one.pt")
        other = self.run(
            tokenizer,
            start,
            tmp_path / "other.pt",
            plan=Plan(epochs=2, batch_tokens=256, rate=1e-3, seed=1),
        )

        assert not all(np.array_equal(other[name], value) for name, value in one.items())

    def test_run_ends_after_its_steps(self, tokenizer, start, tmp_path):
        reports = []
        plan = Plan(epochs=2, steps=5, batch_tokens=256, rate=1e-3, save_every=2)

        self.run(tokenizer, start, tmp_path / "state.pt", lambda *one: reports.append(one), plan)

        assert [(step, steps) for step, steps, _ in reports] == [(2, 5), (4, 5), (5, 5)]

    def test_frozen_layers_stay_as_they_were(self, tokenizer, start, tmp_path):
        plan = Plan(frozen_layers=1, batch_tokens=256, rate=1e-3)

        found = self.run(tokenizer, start, tmp_path / "state.pt", plan=plan)

        moved = {name for name, value in start.items() if not np.array_equal(found[name], value)}
        assert not any(name.startswith("bert.encoder.layer.0.") for name in moved)
        assert any(name.startswith("bert.encoder.layer.1.") for name in moved)

    @pytest.mark.parametrize(
        ("change", "difference"),
        [
            ({"epochs": 3}, "epochs (2, this one 3), steps (18, this one 27)"),
            ({"steps": 5}, "steps (18, this one 5)"),
            ({"frozen_layers": 1}, "frozen layers (0, this one 1)"),
            ({"rate": 2e-3}, "rate (0.001, this one 0.002)"),
            ({"seed": 1}, "steps (18, this one 19), seed (0, this one 1)"),
            ({"imitates_answers": True}, "imitates answers (False, this one True)"),
            (
                {"rate": 2e-3, "frozen_layers": 2},
                "frozen layers (0, this one 2), rate (0.001, this one 0.002)",
            ),
        ],
    )
    def test_state_of_a_run_by_another_plan_is_refused(
        self, tokenizer, start, tmp_path, change, difference
    ):
        state = tmp_path / "state.pt"
        self.run(tokenizer, start, state)
        saved = state.read_bytes()

        with pytest.raises(InputFileError) as found:
            self.run(tokenizer, start, state, plan=replace(self.PLAN, **change))

        assert str(found.value) == f"{state}: its run differs in {difference}: name a new folder"
        assert state.read_bytes() == saved

    @pytest.mark.parametrize(
        "change",
        [
            {"windows": [text.replace("ferry", "boat") for text in WINDOWS]},
            {"title": "museum"},
            {"titles": 0.4},
            {"examples": toy_examples("when was it?")},
            {"examples": [replace(one, spans=(None,) * one.right) for one in toy_examples()]},
            {"examples": toy_examples()[::-1]},
        ],
        ids=["windows", "titles", "share of titles", "questions", "spans", "order"],
    )
    def test_state_of_a_run_over_as_many_other_examples_is_refused(
        self, tokenizer, start, tmp_path, change
    ):
        state, network = tmp_path / "state.pt", build_network(start)
        self.run(tokenizer, start, state)
        others = toy(tokenizer, **{"titles": 0.5} | change)

        with pytest.raises(InputFileError) as found:
            fit(network, others, self.PLAN, state, no_report, build_network(start))

        assert str(found.value) == f"{state}: its run differs in examples: name a new folder"

    @pytest.mark.parametrize("changed", ["network", "teacher"])
    def test_state_of_a_run_from_other_weights_is_refused(
        self, tokenizer, start, tmp_path, changed
    ):
        state = tmp_path / "state.pt"
        self.run(tokenizer, start, state)
        networks = {each: build_network(start) for each in ("network", "teacher")}
        networks[changed] = build_network(start | {"classifier.bias": start["classifier.bias"] + 1})

        with pytest.raises(InputFileError) as found:
            fit(
                batches=toy(tokenizer, titles=0.5),
                plan=self.PLAN,
                state=state,
                report=no_report,
                **networks,
            )

        reason = "its run differs in starting weights: name a new folder"
        assert str(found.value) == f"{state}: {reason}"

    def test_run_that_saves_more_seldom_is_the_same(self, tokenizer, start, tmp_path):
        state, steps = tmp_path / "state.pt", []
        first = self.run(tokenizer, start, state)

        again = self.run(
            tokenizer,
            start,
            state,
            lambda step, *_: steps.append(step),
            replace(self.PLAN, save_every=5),
        )

        assert steps == []
        assert all(np.array_equal(again[name], value) for name, value in first.items())

    def test_state_that_names_no_run_is_refused(self, tokenizer, start, tmp_path):
        state = tmp_path / "state.pt"
        torch.save({"step": 2, "steps": 12}, state)

        with pytest.raises(InputFileError) as found:
            self.run(tokenizer, start, state)

        reason = "an older version wrote it, without naming its run: name a new folder"
        assert str(found.value) == f"{state}: {reason}"


def made_batch(groups, right, starts=None):
    """Pairs of six tokens, of which the last three are the window."""
    count = len(groups)
    readable = torch.tensor([[True, False, False, True, True, True]] * count)
    ids = torch.zeros(count, 6, dtype=torch.int64)
    places = torch.tensor(starts or [0] * count)
    return Batch(
        ids,
        ids,
        ids,
        torch.tensor(groups),
        torch.tensor(right, dtype=torch.float32),
        places,
        places,
        readable,
    )


def made_reading(logits, starts=None):
    logits = torch.tensor(logits)
    scores = torch.zeros(len(logits), 6) if starts is None else torch.tensor(starts)
    return Reading(logits, logits, scores, scores)


class TestLoss:
    PAIRS = Plan(listwise=0, span=0)

    def test_pairs_count_alike(self):
        loss = answer_loss(made_reading([2.0, -1.0]), made_batch([0, 0], [1, 0]), self.PAIRS)

        assert float(loss) == pytest.approx((np.log1p(np.exp(-2)) + np.log1p(np.exp(-1))) / 2)

    def test_right_window_is_compared_with_those_of_its_question(self):
        batch = made_batch([0, 0, 1, 1, 2], [1, 0, 0, 1, 0])
        read = made_reading([2.0, 1.0, 0.0, -1.0, 9.0])

        loss = answer_loss(read, batch, Plan(listwise=1, span=0))

        pairs = answer_loss(read, batch, self.PAIRS)
        expected = -(np.log(1 / (1 + np.exp(-1))) + np.log(1 / (1 + np.exp(1)))) / 2
        assert float(loss - pairs) == pytest.approx(expected, rel=1e-4)

    def test_questions_without_an_answer_are_not_compared(self):
        read, batch = made_reading([2.0, 1.0]), made_batch([0, 1], [0, 0])

        assert answer_loss(read, batch, Plan(listwise=1, span=0)) == answer_loss(
            read, batch, self.PAIRS
        )

    def test_span_is_among_the_windows_tokens_or_none(self):
        scores = [[0.0, 9.0, 9.0, 1.0, 0.0, 0.0]] * 3
        batch = made_batch([0, 0, 0], [1, 0, 1], [3, 0, UNKNOWN])

        loss = answer_loss(made_reading([0.0] * 3, scores), batch, Plan(listwise=0, span=1))

        pairs = answer_loss(made_reading([0.0] * 3), batch, self.PAIRS)
        total = np.e + 3
        expected = -(np.log(np.e / total) + np.log(1 / total)) / 2
        assert float(loss - pairs) == pytest.approx(expected, rel=1e-4)

    def test_batch_whose_answers_are_all_unknown_has_a_loss(self):
        batch = made_batch([0], [1], [UNKNOWN])

        assert torch.isfinite(answer_loss(made_reading([0.0]), batch, Plan()))


def test_deeper_teacher_is_imitated_in_all_outputs(tokenizer, start, tmp_path):
    from index.training.network import pick_layers

    teacher = build_network(start)
    student = build_network(pick_layers(start, [0]))
    batches = toy(tokenizer)
    batch = batches.batch(list(range(24)), "")
    inputs = (batch.input_ids, batch.attention_mask, batch.token_type_ids)

    def apart():
        with torch.inference_mode():
            one, other = (each.eval()(*inputs) for each in (teacher, student))
        spans = (one.starts.softmax(-1) - other.starts.softmax(-1)).abs().sum(-1)
        return float((one.logits - other.logits).abs().mean()), float(spans.mean())

    before = apart()
    plan = Plan(
        epochs=16,
        batch_tokens=512,
        rate=5e-3,
        listwise=0,
        span=0,
        imitation=20,
        imitates_answers=True,
    )
    fit(student, batches, plan, tmp_path / "state.pt", no_report, teacher)

    assert all(now < then / 1.5 for now, then in zip(apart(), before, strict=True))
