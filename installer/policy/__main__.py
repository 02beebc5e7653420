"""``python -m installer.policy DIR``: the example file and the group-policy templates."""

import argparse
from pathlib import Path

from installer.common import say
from installer.policy.write import write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m installer.policy", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    for path in write(parser.parse_args().folder):
        say(str(path))


if __name__ == "__main__":
    main()
