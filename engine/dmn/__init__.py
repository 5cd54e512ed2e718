"""DMN XML in and out: `load_model` to evaluate a model, `export_model` to write one.

    model = load_model(xml, imports={namespace: other_xml})
    model.evaluate("Routing", {"Age": 41})        the value; null and `model.diagnostics` when something is wrong

Values are plain Python: Decimal, str, bool, None, date, time, datetime, timedelta, list, dict, and `YearsMonths`
(`engine.feel.values`) for years and months; dates beyond Python's calendar are `FarDate` and `FarDateTime`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from engine.dmn.evaluation import Evaluation, Model
from engine.dmn.library import Library
from engine.dmn.reader import read_definitions
from engine.dmn.scope import Diagnostic
from engine.dmn.writer import write_definitions as export_model

__all__ = ["Diagnostic", "Evaluation", "Model", "export_model", "load_model"]

NO_IMPORTS: Mapping[str, str] = MappingProxyType({})


def load_model(xml: str, imports: Mapping[str, str] = NO_IMPORTS, now: datetime | None = None) -> Model:
    """A model ready to evaluate.

    `imports` gives the XML of imported models by namespace (it may include the model itself); `now` is the moment
    that `now()` and `today()` tell, without it they are null. Raises FlowError, with line, for XML that is broken
    or no DMN 1.1 to 1.5.
    """
    return Model(Library(read_definitions(xml), imports), now)
