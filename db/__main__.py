"""python -m db …: what an administrator runs by hand, and what `make` runs."""

import argparse
import sys

from db.errors import Refused

_FAULTS = {
    "entry": "it was changed after it was written",
    "head": "entries are missing at the end",
    "seal": "the chain was written anew without the key",
    "anchor": "it is not the entry that the anchor or the signed paper names",
}


def main(argv: list[str]) -> int:
    if argv[:1] == ["check-list"]:  # one file, one process: no database, no account
        from db.intake import check_list_command

        return check_list_command.main(argv[1:])
    given = _parser().parse_args(argv)
    try:
        return int(given.run(given) or 0)
    except Refused as refused:
        print(f"{refused.code} {refused.details or ''}".strip(), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    commands.add_parser(
        "init", help="create or upgrade the tables, load the real places"
    ).set_defaults(run=_init)
    commands.add_parser("demo", help="fill an empty database with an invented year").set_defaults(
        run=_demo
    )
    admin = commands.add_parser("create-admin", help="add an administrator, print the password")
    admin.add_argument("username")
    admin.add_argument("full_name")
    admin.set_defaults(run=_create_admin)
    unlock = commands.add_parser(
        "unlock", help="let an account in again that wrong passwords have locked"
    )
    unlock.add_argument("username")
    unlock.set_defaults(run=_unlock)
    audit = commands.add_parser(
        "verify-audit", help="recompute the audit chain, compare it with the daily anchors"
    )
    audit.add_argument("--number", type=int, help="the number printed on a signed paper")
    audit.add_argument("--code", default="", help="the code printed beside it")
    audit.set_defaults(run=_verify_audit)
    commands.add_parser(
        "anchor", help="print where the audit chain stands, and note it in the file of anchors"
    ).set_defaults(run=_anchor)
    commands.add_parser("check-list", help="what the upload screen would say of a file")
    return parser


def _init(_given: argparse.Namespace) -> int:
    from db.commands.admin import setup

    print("database created" if setup.init() else "database is up to date")
    return 0


def _demo(_given: argparse.Namespace) -> int:
    from db import demo

    demo.fill(print)
    return 0


def _create_admin(given: argparse.Namespace) -> int:
    from db.commands.admin import accounts

    password = accounts.create_admin(given.username, given.full_name)
    print(f"{given.username} {password}")
    return 0


def _unlock(given: argparse.Namespace) -> int:
    from db.commands.admin import accounts

    accounts.unlock_by_hand(given.username)
    print(f"{given.username} unlocked")
    return 0


def _verify_audit(given: argparse.Namespace) -> int:
    from db.anchors import Anchor
    from db.commands.admin import setup
    from db.queries.admin import trace

    setup.check_schema()
    verdict = trace.verify(Anchor(given.number, given.code) if given.number else None)
    if verdict.fault is None:
        print(f"whole: {verdict.entries} entries")
        return 0
    why = _FAULTS[verdict.fault]
    print(f"broken at entry {verdict.broken_at} of {verdict.entries}: {why}")
    return 1


def _anchor(_given: argparse.Namespace) -> int:
    from db import anchors, clock
    from db.commands.admin import setup
    from db.queries.admin import trace

    setup.check_schema()
    head = trace.head()
    anchors.keep(head.number, head.hash, clock.real_now())
    print(f"{head.number} {head.hash}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
