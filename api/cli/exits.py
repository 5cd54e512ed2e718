"""How a command ends. Every command of `api.cli` returns one of these; scripts and CI rely on them.

0  good        what was asked is done, and nothing was found
1  findings    done, and something was found: a failing scenario, a finding, a difference, a norm that was missed
2  unusable    the input cannot be used: a wrong option, a broken flow file, a folder that cannot be written
3  undecided   done as far as it goes, and that was not far enough to say yes or no
70 bug         a fault of Wegwijzer itself
"""

from __future__ import annotations

from engine.errors import WegwijzerError

GOOD, FINDINGS, UNUSABLE, UNDECIDED, BUG = 0, 1, 2, 3, 70


class Unusable(WegwijzerError):
    """What was given cannot be used; the message is one sentence that says what to do. Ends in exit code 2."""
