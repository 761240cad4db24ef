"""Train the reader: `python scripts/train_reader.py prepare`, then `fit`, then `export`."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from scripts._console import errors, fail, in_a_folder, output, run
from scripts._progress import shown_progress

# Most questions taken of a set: all of these four would outnumber those of the other sets.
MOST_QUESTIONS = {"qamr": 10_000, "nqg_squadtrain": 9_000, "qadiscourse": 6_000, "summedits": 3_000}
_COVERAGE_REPEATS = 3  # its near misses were written by people: there are no better ones
_LANGUAGE = re.compile(r"[a-z]{2}")


def prepare(
    data: Annotated[
        Path,
        typer.Option(help="Folder of question sets, NAME.jsonl.gz.", exists=True, file_okay=False),
    ],
    out: Annotated[
        Path, typer.Option(help="File to write, such as examples.jsonl.gz.", callback=in_a_folder)
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="Only this set of --data, for example if not all licences allow training; "
            "repeatable. Another order of the sets gives other examples, as another seed does. "
            "Without this option, all sets are read, in the order of their names.",
        ),
    ] = None,
    coverage: Annotated[
        Path | None,
        typer.Option(help="A measuring set of which some articles may be trained on.", exists=True),
    ] = None,
    article: Annotated[
        list[str] | None, typer.Option(help="An article of --coverage to train on; repeatable.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides all that is drawn.")] = 1,
) -> None:
    """Turn question sets into examples: questions with right and wrong windows, and near misses.

    Example: `python scripts/train_reader.py prepare --data sets/ --out examples-1.jsonl.gz`
    """
    from index.training.examples import write_examples
    from index.training.making import make_examples
    from index.training.records import read_coverage, read_question_sets, sample_sets

    if bool(article) != bool(coverage):
        fail("--coverage and --article belong together: name a measuring set and its articles")
    records = sample_sets(read_question_sets(data, only or ()), MOST_QUESTIONS, seed)
    if coverage:
        records += list(read_coverage(coverage, article or ())) * _COVERAGE_REPEATS
    errors.print(f"Making examples of {len(records):,} questions", highlight=False)
    with shown_progress() as progress:
        collection = make_examples(records, seed, progress)
    write_examples(collection, out)
    near = sum(not each.right for each in collection.examples)
    pairs = sum(len(each.windows) for each in collection.examples)
    output.print(
        f"{out}: {len(collection.examples):,} examples ({near:,} without an answer), {pairs:,} "
        f"pairs, {len(collection.windows):,} windows",
        highlight=False,
    )


def fit(
    examples: Annotated[list[Path], typer.Argument(help="Files of `prepare`.", exists=True)],
    start: Annotated[
        Path,
        typer.Option(help="Folder with the 8-bit cross-encoder to start from, or of `fit`."),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the weights, and to go on from.")],
    layers: Annotated[
        str, typer.Option(help="Layers of the start to keep, such as 0,2,4,7,9,11; empty for all.")
    ] = "",
    frozen_layers: Annotated[
        int, typer.Option(min=0, help="Lowest layers that stay as they are; saves time.")
    ] = 0,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over all examples.")] = 1,
    steps: Annotated[int, typer.Option(min=0, help="Steps at most; 0 for whole passes.")] = 0,
    batch_tokens: Annotated[int, typer.Option(min=512, help="Tokens of a step.")] = 32768,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 1.2e-4,
    device: Annotated[str, typer.Option(help="cpu or cuda; empty for what is there.")] = "",
) -> None:
    """Train the network; with the same arguments, a stopped run goes on where it last saved.

    Example: `python scripts/train_reader.py fit examples-*.jsonl.gz --start start/ --out work/`
    """
    import torch

    from index.training.batches import Batches
    from index.training.checkpoint import read_start, write_weights
    from index.training.examples import merge, read_examples
    from index.training.fitting import Plan
    from index.training.fitting import fit as fit_network
    from index.training.network import build_network, pick_layers

    weights, tokenizer = read_start(start)
    chosen = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        kept = [int(one) for one in layers.split(",") if one.strip()]
        teacher = build_network(weights)
        network = build_network(pick_layers(weights, kept)) if kept else build_network(weights)
    except ValueError as error:
        fail(f"{start}: {error}")
    is_student = bool(kept) and "span.weight" in weights  # of a reader: imitates its answers too
    plan = Plan(
        epochs=epochs,
        steps=steps,
        frozen_layers=frozen_layers,
        batch_tokens=batch_tokens,
        rate=rate,
        imitates_answers=is_student,
    )
    batches = Batches(merge(map(read_examples, examples)), tokenizer)
    out.mkdir(parents=True, exist_ok=True)
    with Progress(console=errors) as progress:
        task = progress.add_task(f"Training on {chosen}", total=None)

        def report(step: int, steps: int, loss: float) -> None:
            progress.update(task, completed=step, total=steps)
            output.print(f"step {step:,} of {steps:,}: loss {loss:.4f}", highlight=False)

        workers = 0 if chosen == "cpu" else min(8, os.cpu_count() or 1)
        fit_network(network, batches, plan, out / "state.pt", report, teacher, chosen, workers)
    write_weights(network.weights(), out)
    tokenizer.save(str(out / "tokenizer.json"))
    output.print(f"weights in {out}", highlight=False)


def export(
    weights: Annotated[
        list[Path], typer.Argument(help="Folder of `fit`; of several, their mean.", exists=True)
    ],
    out: Annotated[Path, typer.Option(help="New folder, such as models/reader.")],
    name: Annotated[str, typer.Option(help="The model's name, shown by the commands.")],
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="A language that it judges, in Latin letters, such as `de`; repeatable. Without "
            "this option, English.",
        ),
    ] = None,
    is_calibrated: Annotated[
        bool,
        typer.Option(
            "--calibrated",
            help="Its logits are on the scale of the bundled reader's, as `evaluate.py "
            "--calibrate` shows. Only then do they count in what is refused, and in how many "
            "quotes are shown at first.",
        ),
    ] = False,
) -> None:
    """Write the weights as 8-bit ONNX, for `READER`.

    Any reader puts the quotes in order. One that `fit` trained also marks the words that answer;
    a start (`fit --start`) that was not trained marks none.

    Example: `python scripts/train_reader.py export work/ --out models/reader --name my-reader`
    """
    from index.training.exporting import export_network

    languages = language or ["en"]
    if unknown := [each for each in languages if not _LANGUAGE.fullmatch(each)]:
        raise typer.BadParameter(f"--language {unknown[0]}: expected two letters, such as en")
    if out.exists():
        fail(f"{out} exists: name a new folder, or remove it")
    export_network(weights, out, name, languages, is_calibrated=is_calibrated)
    size = sum(path.stat().st_size for path in out.iterdir())
    output.print(f"{out}: {size / 1e6:.1f} MB", highlight=False)


if __name__ == "__main__":
    run(prepare, fit, export, stopped="Stopped; `fit` goes on where it last saved.")
