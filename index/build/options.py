"""How a build goes about it, the same wherever the index is."""

from dataclasses import dataclass

from index.models import Progress, silent

KEPT_EDITIONS = 2


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What whoever starts a build may choose.

    `progress` is told how far it is. `allow_shrink` lets more than a fifth of the articles go.
    The last `keep` editions stay, the new one included. `keep_versions` keeps the whole text of
    each article that changed or went, for 90 days.
    """

    progress: Progress = silent
    allow_shrink: bool = False
    keep: int = KEPT_EDITIONS
    keep_versions: bool = False
