"""How the import commands say what a file would change."""

from collections.abc import Iterable, Iterator, Mapping

from schools.imports.records import Deviation

SHOWN_CHANGES = 20


def preview_lines(
    counts: Mapping[str, int],
    changes: Iterable[str],
    deviations: Iterable[Deviation],
    doubts: Iterable[str] = (),
) -> Iterator[str]:
    """The lines of a preview, in Dutch: doubts first, then counts, the first changes and the deviations."""
    for doubt in doubts:
        yield f"LET OP: {doubt}"
    if not counts:
        yield "Dit bestand verandert niets."
    for label, count in counts.items():
        yield f"{count:5} {label}"
    listed = list(changes)
    yield from (f"  {line}" for line in listed[:SHOWN_CHANGES])
    if len(listed) > SHOWN_CHANGES:
        yield f"  en nog {len(listed) - SHOWN_CHANGES}"
    for found in deviations:
        yield f"Regel {found.line}: {found.text}" if found.line else found.text
