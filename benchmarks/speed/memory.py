"""How much memory this process takes."""

from pathlib import Path


def memory_mb() -> dict[str, float]:
    """Return this process's memory; `mapped` is part of `now`, and can be taken back at any time.

    Empty if the system does not say.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    fields = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
    names = {"peak": "VmHWM", "now": "VmRSS", "mapped": "RssFile"}
    return {name: int(fields[field].split()[0]) * 1024 / 1e6 for name, field in names.items()}
