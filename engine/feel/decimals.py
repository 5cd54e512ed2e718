"""The arithmetic of FEEL numbers: IEEE 754 decimal128, 34 digits, half even (DMN 1.5, 10.3.2.3.1).

The context never raises: what cannot be computed is NaN or an infinity, which FEEL knows as null.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context
from typing import Final

FEEL_CONTEXT: Final = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
"""Use its methods only (`FEEL_CONTEXT.add(a, b)`); never make it the thread's current context."""
