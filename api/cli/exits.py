"""How a command ends. Every command of `api.cli` returns one of these; scripts and CI rely on them.

0  good        what was asked is done, and nothing was found
1  findings    done, and something was found: a failing scenario, a finding, a difference, a norm that was missed
2  unusable    the input cannot be used: a wrong option, a broken flow file, a folder that cannot be written
3  undecided   done as far as it goes, and that was not far enough to say yes or no
70 bug         a fault of Wegwijzer itself
"""

from __future__ import annotations

import errno

from engine.errors import WegwijzerError, worded

GOOD, FINDINGS, UNUSABLE, UNDECIDED, BUG = 0, 1, 2, 3, 70


REASONS = {
    errno.ENOENT: worded("No such file or directory"),
    errno.EACCES: worded("Permission denied"),
    errno.EPERM: worded("Operation not permitted"),
    errno.EISDIR: worded("Is a directory"),
    errno.ENOTDIR: worded("Not a directory"),
    errno.EROFS: worded("Read-only file system"),
    errno.ENOSPC: worded("No space left on device"),
    errno.EADDRINUSE: worded("Address already in use"),
}
"""What a machine says of a file or an address, as it says it; here it can be told in Dutch too."""


def reason(error: OSError) -> str:
    """Why a file could not be read or written."""
    return REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


class Unusable(WegwijzerError):
    """What was given cannot be used; the message is one sentence that says what to do. Ends in exit code 2."""
