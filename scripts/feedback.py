"""Show what readers voted down: `python scripts/feedback.py --feedback feedback.db`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from index.feedback import VotedDown, forget_votes, read_votes, voted_down
from index.text.plurals import counted
from scripts._console import fail, output, run

TO_FILL_IN = (
    "write into answers the words that a right quote holds, any of several; or set answerable to "
    "false if the coverage has no answer"
)


def feedback(
    votes_file: Annotated[
        Path, typer.Option("--feedback", envvar="FEEDBACK", help="File of readers' votes.")
    ] = Path("feedback.db"),
    out: Annotated[
        Path | None,
        typer.Option(help="Write the questions to this new file, for evaluate.py --questions."),
    ] = None,
    forget: Annotated[
        str, typer.Option(help="Delete the votes on this question instead, for good.")
    ] = "",
) -> None:
    """Show what readers voted down, and make a file of questions of it.

    Example: `python scripts/feedback.py --feedback feedback.db --out voted-down.jsonl`
    """
    if str(votes_file).lower() == "off":
        fail("votes are off (FEEDBACK=off): name the file of earlier ones with --feedback")
    if forget:
        output.print(
            f"{counted(forget_votes(votes_file, forget), 'vote')} on this question deleted"
        )
        return
    if out and out.exists():
        fail(f"{out} is there already, and may hold answers: name another file with --out")
    votes = read_votes(votes_file)
    found = voted_down(votes)
    for each in found:
        _show(each)
    good = sum(vote.is_good for vote in votes)
    output.print(
        f"{counted(len(votes), 'vote')}, {good:,} of them up; "
        f"{counted(len(found), 'question')} voted down"
    )
    if out:
        lines = (_question(number, each) for number, each in enumerate(found, 1))
        out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        output.print(f"Wrote {out}. Before you measure with it, {TO_FILL_IN}.")


def _show(found: VotedDown) -> None:
    output.print(found.question, style="bold")
    when = found.last.replace("T", " ").removesuffix("+00:00")
    output.print(f"  votes down: {found.bad}, up: {found.good}; last on {when} UTC")
    for quote in found.quotes or ("(no quotes were shown)",):
        output.print(f"  - {' '.join(quote.split())}")


def _question(number: int, found: VotedDown) -> str:
    fields = {
        "id": f"voted-down-{number}",
        "question": found.question,
        "answers": [],
        "answerable": True,
        "date": found.last[:10],
        "to_do": TO_FILL_IN,
        "voted_down": found.quotes,
    }
    return json.dumps(fields, ensure_ascii=False)


if __name__ == "__main__":
    run(feedback)
