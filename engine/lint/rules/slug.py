"""L-SLUG: a flow whose slug is not the name of its folder."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-SLUG",
    Severity.WARNING,
    Two("a slug that is not the name of the folder", "een slug die niet de naam van de map is"),
    Two(
        "A flow is found by its folder and known by its slug; another version of it may stand in versions/. Where "
        "the two differ, a copied folder answers for another flow.",
        "Een proces wordt gevonden met zijn map en is bekend met zijn slug. Verschillen die, dan antwoordt een "
        "gekopieerde map voor een ander proces.",
    ),
)


def check(subject: Subject) -> Iterator[Found]:
    *folders, name = subject.positions.file.replace("\\", "/").split("/")
    kept = folders[:-2] if folders[-2:-1] == ["versions"] else folders
    folder = kept[-1] if kept and name == "flow.yaml" else ""
    if folder and folder not in (".", "..") and folder != subject.flow.flow:
        yield Found(
            subject.at("flow"),
            Two(f"The folder is called `{folder}`.", f"De map heet `{folder}`."),
            Two(
                f"Write `flow: {folder}`, or rename the folder.",
                f"Schrijf `flow: {folder}`, of geef de map een andere naam.",
            ),
        )


RULE = Rule(PAGE, check)
