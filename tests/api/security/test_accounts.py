"""Accounts and passwords: who may sign in, and a file of workers whose every fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.security import passwords
from api.security.accounts import DEMO, DEMO_PASSWORD, accounts, accounts_in
from api.settings import SettingsError, load

KEPT = passwords.hashed("correct horse battery staple")


def test_a_password_matches_itself_only():
    """The same password twice is kept differently; only the right one matches, nonsense never does."""
    assert passwords.matches("correct horse battery staple", KEPT)
    assert not passwords.matches("Correct horse battery staple", KEPT)
    assert passwords.hashed("x") != passwords.hashed("x")
    for nonsense in ("", "scrypt$", "scrypt$1$2$3$4$5", "scrypt$99999999$8$1$AAAA$AAAA", "plain"):
        assert not passwords.matches("x", nonsense)


@pytest.mark.parametrize("password", ["", "x" * 1025])
def test_a_password_has_a_length(password: str):
    """Empty and endless passwords are refused; an endless one never matches."""
    with pytest.raises(ValueError, match="characters"):
        passwords.hashed(password)
    assert not passwords.matches(password, KEPT)


def test_the_demo_has_workers_for_every_part():
    """Without a file there are demo accounts: somebody who works, two who approve, somebody who writes flows."""
    demo = accounts(load({}))
    anna = demo.sign_in(" Anna ", DEMO_PASSWORD)
    assert anna is not None
    assert anna.may("work")
    assert demo.sign_in("anna", "wrong") is None
    assert demo.sign_in("nobody", DEMO_PASSWORD) is None
    assert sum(worker.may("approve") for worker in DEMO) >= 2
    assert any(worker.may("author") for worker in DEMO)


def test_a_file_of_workers_is_read(tmp_path: Path):
    """One account a line; comments and empty lines are for people."""
    path = tmp_path / "workers.txt"
    path.write_text(f"# ours\n\nanna.devries | Anna de Vries | groen | work, approve | {KEPT}\n", encoding="utf-8")
    worker = accounts_in(path).sign_in("anna.devries", "correct horse battery staple")
    assert worker is not None
    assert (worker.name, worker.team, sorted(worker.rights)) == ("Anna de Vries", "groen", ["approve", "work"])


def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path):
    """Each wrong line has its own sentence with its number; nothing of the line is echoed."""
    path = tmp_path / "workers.txt"
    demo = passwords.hashed(DEMO_PASSWORD)
    lines = ["geheim", f"UPPER | Name | | work | {KEPT}", f"ok | | | work | {KEPT}", f"ok | N | | rule | {KEPT}"]
    lines += ["ok | N | | work | geheim", f"ok | N | | work | {demo}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        accounts_in(path)
    assert [problem.split(":")[1] for problem in refused.value.problems] == ["1", "2", "3", "4", "5", "6"]
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "# nobody yet\n", f"a | A | | work | {KEPT}\na | B | | work | {KEPT}\n"])
def test_a_file_without_accounts_or_with_one_twice_is_refused(tmp_path: Path, text: str):
    """Nobody could sign in, or nobody would know who did."""
    path = tmp_path / "workers.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        accounts_in(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path):
    """The operator is told which file cannot be read."""
    with pytest.raises(SettingsError, match="cannot be read"):
        accounts_in(tmp_path / "absent.txt")
