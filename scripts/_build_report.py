"""Print what a build did or would do, and the coverage by month and outlet."""

from calendar import month_abbr
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing

from rich.bar import Bar
from rich.console import Console
from rich.table import Table

from index.build.input_check import find_unreadable
from index.build.summary import BuildSummary
from index.dates.partial_date import PartialDate
from index.encoders.model_files import canonical_name, known_languages
from index.places import Place, open_store
from index.store.base import Store
from index.text.plurals import counted
from scripts._console import output

_LISTED = 20
_EIGHTHS = "▁▂▃▄▅▆▇█"
_BAR_WIDTH = 40


def print_report(summary: BuildSummary, place: Place) -> None:
    """Print what a build did: counts, skipped files, and the coverage by month and outlet."""
    _print_counts(summary)
    print_skipped([f"{each.place}: {each.reason}" for each in summary.skipped])
    if summary.counts.articles:
        with closing(open_store(place)) as store:
            _print_unreadable(store)
            _print_charts(store)


def print_preview(summary: BuildSummary, model: str) -> None:
    """Print what a build with this model would do, and what looks wrong with the articles."""
    _print_changes(summary)
    print_skipped([f"{each.place}: {each.reason}" for each in summary.skipped])
    if summary.input_check:
        name = canonical_name(model)
        findings = list(summary.input_check.findings(name, known_languages(model)))
        if findings:
            output.print("Worth a look:")
        for finding in findings:
            output.print(f"  {finding}")


def _print_counts(summary: BuildSummary) -> None:
    counts, changes = summary.counts, summary.changes
    size = (
        f"{counted(counts.articles, 'article')}, {counted(counts.sentences, 'sentence')}, "
        f"{counted(counts.passages, 'passage')}"
    )
    if changes or summary.why_not_reusable or not changes.before:
        output.print(f"Indexed {size} in {summary.seconds:.1f} s → {summary.folder}")
    else:
        output.print(f"Nothing has changed; in use is {summary.folder}: {size}")
    if summary.why_not_reusable:
        output.print(f"Nothing was taken over from the index before: {summary.why_not_reusable}")
    if changes.before and changes:
        output.print(
            f"Added {len(changes.added):,}, changed {len(changes.changed):,}, removed "
            f"{len(changes.removed):,}, unchanged {counted(changes.unchanged, 'article')}; "
            f"{counted(summary.encoded, 'passage')} encoded"
        )
    if summary.not_exported:
        output.print(summary.not_exported)
    if summary.repeated:
        output.print(
            f"Articles that came more than once (same address or text) and count once: "
            f"{summary.repeated:,}"
        )
    if not counts.articles:
        output.print("The coverage is empty: add articles and build again.")


def _print_changes(summary: BuildSummary) -> None:
    changes = summary.changes
    output.print(f"A build would leave {counted(changes.unchanged, 'article')} unchanged, and")
    for what, articles in (
        ("add", changes.added),
        ("change", changes.changed),
        ("remove", changes.removed),
    ):
        output.print(f"  {what} {len(articles):,}{':' if articles else ''}")
        _print_list([f"  {one.id} · {one.headline}" for one in articles])


def print_skipped(skipped: Sequence[str], to: Console = output) -> None:
    """Print what was skipped, with its reasons, if anything was."""
    if skipped:
        to.print(f"Skipped {len(skipped):,}:")
        _print_list(skipped, to)


def _print_list(lines: Sequence[str], to: Console = output) -> None:
    for line in lines[:_LISTED]:
        to.print(f"  {line}")
    if len(lines) > _LISTED:
        to.print(f"  … and {len(lines) - _LISTED:,} more")


def _print_unreadable(store: Store) -> None:
    """Warn if most articles are in languages that the encoder was not trained on."""
    manifest = store.manifest
    name, languages = manifest.encoder.name, store.languages()
    if warning := find_unreadable(languages, manifest.articles, name, known_languages(name)):
        output.print(warning)


def _print_charts(store: Store) -> None:
    """Print a table of years × months, and a bar for each outlet."""
    months, articles = store.months(), store.manifest.articles
    outlets = list(store.outlets().items())
    if months:
        output.print()
        output.print(_calendar(months))
    if undated := articles - sum(months.values()):
        output.print(f"Without a month: {undated:,}")
    if outlets:
        output.print()
        output.print(_bars(outlets[:_LISTED]))
    if len(outlets) > _LISTED:
        output.print(f"… and {counted(len(outlets) - _LISTED, 'more outlet')}")


def _calendar(months: Mapping[tuple[PartialDate, str | None], int]) -> Table:
    """Return a table of years × months with a block for each month, its height by articles."""
    counts = Counter[PartialDate]()
    for (month, _), count in months.items():
        counts[month] += count
    years = sorted({month.first.year for month in counts})
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("", *month_abbr[1:], ""):
        table.add_column(name, justify="right")
    for year in range(years[0], years[-1] + 1):
        row = [counts[PartialDate(year, month)] for month in range(1, 13)]
        blocks = (_block(count, max(counts.values())) for count in row)
        table.add_row(f"{year:04}", *blocks, f"{sum(row):,}")
    return table


def _block(count: int, most: int) -> str:
    """Return a bar of up to eight eighths; a dot for a gap."""
    return _EIGHTHS[-(-count * 8 // most) - 1] * 3 if count else "·"


def _bars(rows: Sequence[tuple[str, int]]) -> Table:
    most = max(count for _, count in rows)
    table = Table.grid(padding=(0, 1))
    for name, count in rows:
        table.add_row(name, Bar(most, 0, count, width=_BAR_WIDTH), f"{count:,}")
    return table
