"""Add up what the processes of one run found: `python -m tests.access.report <folder>`."""

import json
import sys
from pathlib import Path

from tests.access.tally import Counter, Tally


def main(folder: Path) -> int:
    """Print the wrong cells and the two figures. Shape: an exit code."""
    whole, routes = Tally(), 0
    for path in sorted(folder.glob("*.json")):
        said = json.loads(path.read_text())
        routes = max(routes, said.pop("all_routes"))
        said |= {"routes": set(said["routes"]), "decided": Counter(said["decided"])}
        whole.merge(Tally(**said))
    print("\n".join(whole.lines(routes)))
    return bool(whole.wrong_cells) or not whole.cells


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
