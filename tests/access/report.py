"""Add up what the processes of one run found: `python -m tests.access.report <folder>`."""

import json
import sys
from pathlib import Path

from tests.access.absent import ABSENT
from tests.access.tally import DENIALS, LEAST, PERMITS, RULES, Counter, Tally

# Without one of these a rule may well have decided nothing.
PARTS = {"pages-0", "steps-0", "rows", "duties"}


def main(folder: Path) -> int:
    """Print the wrong cells and the figures. Shape: an exit code.

    A rule that has objects and decides too seldom fails the run: nobody would miss it. So do
    matrices in which nearly nothing, or nearly everything, is permitted.
    """
    whole, routes = Tally(), 0
    found = sorted(folder.glob("*.json"))
    for path in found:
        said = json.loads(path.read_text())
        routes = max(routes, said.pop("all_routes"))
        said |= {"routes": set(said["routes"]), "decided": Counter(said["decided"])}
        whole.merge(Tally(**said))
    print("\n".join(whole.lines(routes)))
    is_whole = {path.stem for path in found} >= PARTS
    weak = [*_seldom(whole), *_share(whole)] if is_whole else []
    print(f"without objects yet: {len(ABSENT)} ({', '.join(ABSENT)})", *weak, sep="\n")
    return bool(whole.wrong_cells or weak) or not whole.cells


def _share(whole: Tally) -> list[str]:
    """Whether permits are neither rare nor common (access.md 2.10)."""
    least, most = PERMITS
    if least <= whole.permits / max(whole.cells, 1) <= most:
        return []
    return [f"permits are not between {least:.0%} and {most:.0%} of the cells"]


def _seldom(whole: Tally) -> list[str]:
    """Rules and denials with objects that decided fewer than twenty cells."""
    codes = [f"AR-{number}" for number in range(1, RULES + 1)]
    codes += [f"D{number}" for number in range(1, DENIALS + 1)]
    few = [code for code in codes if code not in ABSENT and whole.decided[code] < LEAST]
    return [f"{code} decided only {whole.decided[code]} cells of at least {LEAST}" for code in few]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
