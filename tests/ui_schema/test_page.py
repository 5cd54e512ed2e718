"""The page as data: complete, closed, camelCase, and never a percentage."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema
import pytest

from tests.ui_schema.samples import PAGES
from ui_schema.export import page_schema, work_page_schema
from ui_schema.jsonforms import answers_schema, ui_schema
from ui_schema.page import Page, PageKind

NAMES = sorted(PAGES)


def as_json(page: Page) -> dict[str, object]:
    """The page as the HTTP API sends it."""
    body: dict[str, object] = json.loads(page.model_dump_json(by_alias=True))
    return body


def keys(value: object) -> Iterator[str]:
    """Every key of every object in `value`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("name", NAMES)
def test_page_fits_the_published_schema(name: str) -> None:
    """A page sent as JSON is valid under the JSON Schema that we publish, and comes back equal."""
    body = as_json(PAGES[name])
    jsonschema.Draft202012Validator(page_schema()).validate(body)
    assert Page.model_validate(body) == PAGES[name]


def test_schemas_are_valid_2020_12() -> None:
    """Both published schemas are schemas, with an address of their own."""
    for schema in (page_schema(), work_page_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"].startswith("urn:wegwijzer:")


def test_keys_are_camel_case() -> None:
    """No key of a page holds an underscore."""
    assert [key for name in NAMES for key in keys(as_json(PAGES[name])) if "_" in key] == []


def test_samples_cover_every_kind() -> None:
    """There is a sample of each kind of page, so templates and checks reach them all."""
    assert {page.kind for page in PAGES.values()} == set(PageKind)


@pytest.mark.parametrize("name", NAMES)
def test_answers_schema_names_each_field(name: str) -> None:
    """Data schema and layout cover exactly the fields of the page."""
    page = PAGES[name]
    schema = answers_schema(page)
    jsonschema.Draft202012Validator.check_schema(schema)
    ids = [field.id for field in page.fields]
    assert list(schema["properties"]) == ids
    assert [control["scope"] for control in ui_schema(page)["elements"]] == [f"#/properties/{key}" for key in ids]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("question", {"spoed": True}, {"spoed": "ja"}),
        ("question-radios", {"werk": "snoeien"}, {"werk": "omzagen"}),
        ("question-choices", {"inkomsten": ["loon"]}, {"inkomsten": ["goud"]}),
        ("question-number", {"omtrek": "31.5"}, {"omtrek": "zo dik"}),
        ("question-date", {"geboren": "1984-03-27"}, {}),
    ],
)
def test_answers_schema_judges_answers(name: str, good: object, bad: object) -> None:
    """The data schema lets a right answer through and refuses a wrong one."""
    validator = jsonschema.Draft202012Validator(answers_schema(PAGES[name]))
    assert validator.is_valid(good)
    assert not validator.is_valid(bad)
