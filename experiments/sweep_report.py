"""How far a study is, in words."""

from __future__ import annotations

from pathlib import Path

from aslb.experiments.study_store import FILE, StudyStore


def sweep_summary(out: Path) -> tuple[str, int]:
    """Sum up a stored study.

    Parameters
    ----------
    out : pathlib.Path
        Folder of the store.

    Returns
    -------
    tuple of str and int
        The summary, and how many points failed.
    """
    store = StudyStore(out / FILE)
    counts = store.counts()
    total = sum(counts.values())
    lines = [
        f"{store.path}: {total} points, {counts['ok']} ok, {counts['failed']} failed, "
        f"{counts['pending']} pending"
    ]
    lines += [f"  {count} failed: {reason}" for reason, count in store.reasons()[:5]]
    if counts["ok"]:
        lines.append(
            "No ageing: each point is one cycle from the cell as assembled, solved once"
        )
    store.close()
    return "\n".join(lines), counts["failed"]
