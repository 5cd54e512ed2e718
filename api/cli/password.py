"""`wegwijzer password`: asks for a password and prints what is kept of it, for the file of workers."""

from __future__ import annotations

import argparse
import getpass
import sys

from api.cli.exits import GOOD, Unusable
from api.security import passwords


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the password is asked for, or read from standard input, never from the command line."""
    parser.add_argument_group(description="The password is asked for, or is the first line of standard input.")


def run(_given: argparse.Namespace) -> int:
    """Print the hash. Raises Unusable for an empty or endless password."""
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    try:
        print(passwords.hashed(typed))
    except ValueError as refused:
        raise Unusable(str(refused)) from None
    return GOOD
