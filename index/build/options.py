"""How a build goes about it, the same wherever the index is."""

from dataclasses import dataclass

from index.models import Progress, silent
from index.reader.base import ReaderIdentity

KEPT_EDITIONS = 2


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of a build.

    `progress` is called as the build goes on. `allow_shrink` lets more than a fifth of the articles
    go. The last `keep` editions stay, the new one included. `keep_versions` keeps the whole text of
    each article that changed or went, for 90 days. `reader` is the one that every bot on an edition
    in Milvus has to use, None for any; a folder names none.
    """

    progress: Progress = silent
    allow_shrink: bool = False
    keep: int = KEPT_EDITIONS
    keep_versions: bool = False
    reader: ReaderIdentity | None = None
