"""`flowlight limit`: the concurrency limits, as they are now, and changes to them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from flowlight.loading import UserError

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0; 2 for a limit that is not there."""
    options = _parser().parse_args(arguments)
    if options.verb == "set":
        _set(options.name, options.slots, options.decay)
    elif options.verb == "delete":
        _delete(options.name)
    else:
        _list(options.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight limit",
        description="Limits of what runs at the same time; the limit of a task tag is `tag:TAG`.",
        epilog="example: flowlight limit set database 5",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="set|list|delete")
    put = verbs.add_parser("set", help="make a limit or change it")
    put.add_argument("name", metavar="NAME")
    put.add_argument("slots", metavar="N", type=_slots, help="how many at the same time")
    put.add_argument(
        "--decay",
        metavar="PER_SECOND",
        type=_decay,
        default=0.0,
        help="slots that come back in a second, for rate_limit (0)",
    )
    shown = verbs.add_parser("list", help="list them, with the slots that are taken")
    shown.add_argument("--json", action="store_true")
    verbs.add_parser("delete", help="forget a limit").add_argument("name", metavar="NAME")
    return parser


def _slots(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number of slots, found {text!r}")
    return int(text)


def _decay(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"expected a number of at least 0, found {text!r}")
    return value


def _set(name: str, slots: int, decay: float) -> None:
    from flowlight.concurrency.limits import put

    put(name, slots, decay)


def _delete(name: str) -> None:
    from flowlight.concurrency.limits import delete

    if not delete(name):
        raise UserError(f"flowlight limit delete: there is no limit {name!r}")


def _list(as_json: bool) -> None:
    from flowlight.concurrency.limits import Limit, list_all

    def facts(limit: Limit) -> dict[str, object]:
        return {
            "name": limit.name,
            "limit": limit.limit,
            "active_slots": limit.active_slots,
            "slot_decay_per_second": limit.slot_decay_per_second,
        }

    found = [facts(limit) for limit in list_all()]
    if as_json:
        document = {"version": 1, "limits": found}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        return
    if not found:
        sys.stdout.write("no limits; `flowlight limit set NAME N` makes one\n")
    for each in found:
        decay = each["slot_decay_per_second"]
        back = f", {decay:g} a second come back" if decay else ""
        sys.stdout.write(f"{each['name']}: {each['active_slots']} of {each['limit']} taken{back}\n")
