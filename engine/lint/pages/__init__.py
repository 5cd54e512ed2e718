"""The pages of the codes that other rooms find: the loader, tables, expressions, processes, proofs, scenarios, DMN.

A new code gets a row here, then `python -m tests.engine.lint.test_pages` writes docs/lint/ anew.
"""

from __future__ import annotations

from engine.lint.pages import expressions, keys, linting, processes, proofs, yaml_form

PAGES = (*linting.PAGES, *yaml_form.PAGES, *keys.PAGES, *expressions.PAGES, *processes.PAGES, *proofs.PAGES)
