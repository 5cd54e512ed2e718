"""The file of registers: the example is sound, and every mistake is a sentence with its place and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.registers.chosen import keys_of
from api.registers.declared import Kind, read_registers
from api.settings import SettingsError
from tests.architecture.tree import ROOT

GOOD = """
hosts: [127.0.0.1]
registers:
  brp:
    address: http://127.0.0.1:9000/api
facts:
  brp.persoon:
    register: brp
    post: /personen
    body: {bsn: "{subject}"}
    value: {name: /naam}
"""

WRONG = [
    ("hosts: [127.0.0.1]", "hosts: [brp.example]", ":5:14: the register brp is at a host that does not stand under"),
    ("http://127.0.0.1:9000/api", "ftp://127.0.0.1", "no address that can be called"),
    ("http://127.0.0.1:9000/api", "http://127.0.0.1:port/", "no address that can be called"),
    ("http://127.0.0.1:9000/api", "http://me:secret@127.0.0.1/", "without a name"),
    ("    register: brp", "    register: kvk", "there is no register kvk"),
    ("    post: /personen\n", "", "needs one of `get:` and `post:`"),
    ("    post: /personen", "    get: /personen", "a `get:` has no body"),
    ("    post: /personen", "    post: //elsewhere.example/x", "a path that starts with one /"),
    ("    post: /personen", "    post: /personen?bsn={subject}", "without ?, # or blanks"),
    ("    post: /personen", "    post: /{bsn}/personen", "{subject} is the only thing"),
    ('"{subject}"', '"{bsn}"', "{subject} is the only thing"),
    ('"{subject}"', '"0"', "never says about whom"),
    ("{name: /naam}", "{name: naam}", "a JSON Pointer that starts with /"),
    ("{name: /naam}", "{at: /naam, as: number}", "`facts.brp.persoon.value.as` should be"),
    ("{name: /naam}", "[naam]", "or one of these for each part"),
    ("    register: brp\n", "", "`facts.brp.persoon.register` is missing; add it."),
    ("    address:", "    adress:", ":5:5: `registers.brp.adress` is not known here"),
    (
        "9000/api",
        "9000/api\n    answer_seconds: 60",
        "`registers.brp.answer_seconds` should be less than or equal to 8",
    ),
    ("9000/api", "9000/api\n    headers: {Host: x}", "headers that are not set by Wegwijzer itself"),
    (
        "9000/api",
        "9000/api\n    key: {header: Host}",
        "`registers.brp.key.header` should be the name of one of the headers",
    ),
    ("9000/api", "9000/api\n    key: {header: 'X KEY'}", "`registers.brp.key.header` should be the name of one"),
    ("facts:", "facts:\n  brp.persoon: x", "brp.persoon"),
    (GOOD, "- no", "this holds no `hosts:`"),
    ("{name: /naam}", "{name: /naam", "yaml:"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "registers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_sound():
    """What the documentation shows can be read, and its conversions are those that it names."""
    made = read_registers(ROOT / "docs" / "registers.example.yaml")
    assert set(made.registers) == {"brp", "bag"}
    assert made.facts["brp.partner"].value[""].kind is Kind.KNOWN
    assert set(made.facts["brp.adres"].value) == {"street", "number", "postcode", "town"}
    assert made.try_as == {"999993653": "Testpersoon"}


@pytest.mark.parametrize(("old", "new", "says"), WRONG, ids=[says[:40] for _, _, says in WRONG])
def test_a_mistake_is_a_sentence(tmp_path: Path, old: str, new: str, says: str):
    """Each names the file and the line, says what to do, and never repeats a secret."""
    assert old in GOOD
    with pytest.raises(SettingsError) as refused:
        read_registers(written(tmp_path, GOOD.replace(old, new)))
    assert any(says in problem for problem in refused.value.problems), refused.value.problems
    assert all("registers.yaml:" in problem for problem in refused.value.problems)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path):
    """The setting is named, and what to do."""
    with pytest.raises(SettingsError, match=r"WEGWIJZER_REGISTERS names .* cannot be read; name a YAML file"):
        read_registers(tmp_path / "absent.yaml")


def test_what_stands_in_quotes_stays_text(tmp_path: Path):
    """Numbers and truths in a body are sent as such, unless they stand in quotes."""
    text = GOOD.replace('bsn: "{subject}"', 'bsn: "{subject}", count: 3, all: true, code: "0363", none: null')
    body = read_registers(written(tmp_path, text)).facts["brp.persoon"].body
    assert body == {"bsn": "{subject}", "count": 3, "all": True, "code": "0363", "none": None}


def test_keys_by_register():
    """Names before the first colon; what is no pair is refused without being repeated."""
    assert keys_of("brp:a:b=, kvk:c") == {"brp": "a:b=", "kvk": "c"}
    assert keys_of("") == {}
    with pytest.raises(SettingsError) as refused:
        keys_of("brp:fine,verysecret")
    assert "verysecret" not in str(refused.value)
