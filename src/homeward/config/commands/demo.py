"""Make the demonstration, or make it anew with dates counted from today.

Example: HOMEWARD_DATA=/tmp/demonstration homeward demo --seed 7
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=int, default=1, help="another number makes other children (default: 1)"
    )


def run(args: Namespace) -> int:
    from homeward.config import demonstration
    from homeward.config.folder import data_folder

    demonstration.remake(args.seed)
    print(f"The demonstration is made in {data_folder()}. Serve it with: homeward up")
    return 0
