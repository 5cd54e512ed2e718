"""Settings: defaults that work on one desk, and a production that refuses to start on any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import Mode, Settings, SettingsError, load, variable

GOOD = {
    "WEGWIJZER_ENV": "production",
    "WEGWIJZER_DATABASE": "postgresql://app@db.example/wegwijzer",
    "WEGWIJZER_KEY_DATABASE": "postgresql://keys@keys.example/keys",
    "WEGWIJZER_MASTER_KEYS": "2026:" + "A" * 43 + "=",
    "WEGWIJZER_SESSION_SECRET": "x" * 32,
    "WEGWIJZER_ALLOWED_HOSTS": "wegwijzer.example, www.wegwijzer.example",
    "WEGWIJZER_PUBLIC_URL": "https://wegwijzer.example",
    "WEGWIJZER_PHONE": "088 123 4567",
    "WEGWIJZER_DESK": "Stadhuis, Plein 1",
    "WEGWIJZER_LETTER": "Antwoordnummer 12, 1234 CD Plaats",
    "WEGWIJZER_WORKERS": "workers.txt",
}

UNFIT = [
    ("WEGWIJZER_DATABASE", "", "survives|needed in production"),
    ("WEGWIJZER_DATABASE", "sqlite://", "in memory"),
    ("WEGWIJZER_DATABASE", "sqlite:///:memory:", "in memory"),
    ("WEGWIJZER_DATABASE", "sqlite:///file:x?mode=memory", "in memory"),
    ("WEGWIJZER_DATABASE", "mysql://db.example/x", "no address of a database"),
    ("WEGWIJZER_DATABASE", "postgresql://db.example:nonsense/x", "no address of a database"),
    ("WEGWIJZER_KEY_DATABASE", "", "another database"),
    ("WEGWIJZER_KEY_DATABASE", "postgresql://app@db.example/wegwijzer", "another database"),
    ("WEGWIJZER_MASTER_KEYS", "", "wegwijzer key"),
    ("WEGWIJZER_MASTER_KEYS", "demo:AAAA", "demo's key"),
    ("WEGWIJZER_SESSION_SECRET", "", "at least 32"),
    ("WEGWIJZER_SESSION_SECRET", "short", "at least 32"),
    ("WEGWIJZER_ALLOWED_HOSTS", "", "must name the hosts"),
    ("WEGWIJZER_ALLOWED_HOSTS", "*.example", "must name the hosts"),
    ("WEGWIJZER_PUBLIC_URL", "", "https://"),
    ("WEGWIJZER_PUBLIC_URL", "http://wegwijzer.example", "https://"),
    ("WEGWIJZER_PUBLIC_URL", "https://wegwijzer.example/path", "no address"),
    ("WEGWIJZER_WORKERS", "", "demo accounts"),
    ("WEGWIJZER_PHONE", "088 000 0000", "still that of the example"),
    ("WEGWIJZER_LETTER", "", "still that of the example"),
    ("WEGWIJZER_PHONE_OPEN", "every day", "no opening hours"),
    ("WEGWIJZER_BODY_LIMIT", "many", "integer"),
    ("WEGWIJZER_TENANT", "Not A Slug", "pattern"),
]


def test_the_demo_needs_nothing():
    """An empty environment gives settings that work on one desk."""
    settings = load({})
    assert settings.demo
    assert settings.folder == Path(".wegwijzer")
    assert settings.requests_per_second == 0


def test_a_complete_production_starts():
    """With everything named, production starts, answers only its own hosts, and limits its clients."""
    settings = load(GOOD)
    assert settings.production
    assert settings.allowed_hosts == ("wegwijzer.example", "www.wegwijzer.example")
    assert settings.requests_per_second > 0


@pytest.mark.parametrize(("name", "value", "says"), UNFIT)
def test_production_refuses_what_is_unfit(name: str, value: str, says: str):
    """Each thing that production cannot do without is refused with one sentence that names the setting."""
    with pytest.raises(SettingsError, match=says) as refused:
        load({**GOOD, name: value})
    assert len(refused.value.problems) == 1
    assert name in refused.value.problems[0]


def test_all_faults_are_told_at_once():
    """An operator sees everything that is missing in one go."""
    with pytest.raises(SettingsError) as refused:
        load({"WEGWIJZER_ENV": "production"})
    assert len(refused.value.problems) == 9


def test_a_value_is_never_echoed():
    """Neither a refusal nor printing the settings shows a secret."""
    secret = "geheim-geheim-geheim-geheim-geheim-1"
    settings = load({**GOOD, "WEGWIJZER_SESSION_SECRET": secret})
    assert secret not in repr(settings)
    with pytest.raises(SettingsError) as refused:
        load(
            {**GOOD, "WEGWIJZER_SESSION_SECRET": "geheim", "WEGWIJZER_BODY_LIMIT": "geheim", "WEGWIJZER_ENV": "geheim"}
        )
    assert "geheim" not in str(refused.value)


def test_the_command_line_wins():
    """What is given beside the environment wins from it; None is not given."""
    settings = load({"WEGWIJZER_FLOWS": "elsewhere"}, flows=Path("here"), database=None)
    assert settings.flows == Path("here")


def test_a_misspelled_setting_is_noticed():
    """A setting that is almost one of ours is refused with the right name; other variables are left alone."""
    with pytest.raises(SettingsError, match="did you mean WEGWIJZER_ALLOWED_HOSTS"):
        load({"WEGWIJZER_ALOWED_HOSTS": "x"})
    assert load({"WEGWIJZER_SHARED": "x"}).env is Mode.DEMO


def test_every_setting_says_what_it_is():
    """Each setting has a description and a name in the environment."""
    assert all(field.description for field in Settings.model_fields.values())
    assert variable("env") == "WEGWIJZER_ENV"
