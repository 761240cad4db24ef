"""Filters → conditions in SQL on the table `articles`."""

import json

from index.models import Filters

# A partial date stands for all its days: 2022-11 is from 1 to 30 November.
HAS_YEAR = "coalesce(published, '-') >= '0'"
_FIRST_DAY = "substr(published || substr('-01-01', length(published) - 3), 1, 10)"
_LAST_DAY = (
    "CASE length(published) WHEN 4 THEN published || '-12-31' "
    "WHEN 7 THEN date(published || '-01', '+1 month', '-1 day') ELSE substr(published, 1, 10) END"
)


def conditions(filters: Filters) -> tuple[str, tuple[str, ...]]:
    """Return the SQL condition for these filters, and its values."""
    found: list[tuple[str, str]] = []
    if filters.outlet is not None:
        found.append(("outlet = ?", filters.outlet))
    if filters.since:
        found.append((f"{HAS_YEAR} AND {_FIRST_DAY} >= ?", filters.since.isoformat()))
    if filters.until:
        found.append((f"{HAS_YEAR} AND {_LAST_DAY} <= ?", filters.until.isoformat()))
    if filters.keys is not None:
        keys = json.dumps(sorted(filters.keys))
        found.append(("key IN (SELECT value FROM json_each(?))", keys))
    return " AND ".join(["TRUE", *(where for where, _ in found)]), tuple(v for _, v in found)
