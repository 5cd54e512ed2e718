"""The pages of the codes that other rooms find: the loader, tables, expressions, processes, proofs, scenarios, "
"DMN."""

from __future__ import annotations

from engine.lint.pages import linting

PAGES = (*linting.PAGES,)
