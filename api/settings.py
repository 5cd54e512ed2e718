"""What an operator can set, read once at start from the environment and the command line.

Each field of `Settings` is a setting: its name in the environment is WEGWIJZER_ and the field in capitals, its
description is what docs/settings.md says (a test compares them). Without WEGWIJZER_ENV=production everything has a
default that works on one desk (demo mode); production refuses to start on any of those, with every fault at once.
Called by `api.app` and `api.cli`; nothing else reads the environment.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from engine.errors import WegwijzerError
from engine.terms.opening_hours import parse_opening_hours

PREFIX = "WEGWIJZER_"
DATABASES = ("postgresql", "postgres", "sqlite")
SECRET_LENGTH = 32
HOUSE = ("phone", "desk", "letter")
"""What is made up in the demo and must be the organisation's own in production."""


class SettingsError(WegwijzerError):
    """The product cannot start like this. `problems` are sentences that say what to do; none echoes a secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Mode(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


def listed(text: str) -> tuple[str, ...]:
    """`a, b` as ("a", "b")."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _hosts(value: object) -> object:
    return listed(value.lower()) if isinstance(value, str) else value


class Settings(BaseModel):
    """Everything that can be set. Immutable; secrets do not show when it is printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    env: Mode = Field(Mode.DEMO, description="demo or production; demo has demo accounts and keys of its own")
    folder: Path = Field(Path(".wegwijzer"), description="folder of the local database and, in demo mode, its keys")
    database: str = Field("", description="postgresql://... or sqlite:///...; left out in demo: SQLite in the folder")
    key_database: str = Field("", description="where the dossiers' wrapped keys are kept; left out: beside the folder")
    flows: Path = Field(Path("flows"), description="folder of the flow files")
    master_keys: SecretStr = Field(
        SecretStr(""), description="id:base64[,id:base64], the first is current; wraps the dossiers' keys"
    )
    session_secret: SecretStr = Field(
        SecretStr(""), description="at least 32 random characters; signs and peppers what is short or short-lived"
    )
    allowed_hosts: Annotated[tuple[str, ...], BeforeValidator(_hosts)] = Field(
        ("*",), description="host names that are answered, with commas; * is any, in demo only"
    )
    public_url: str = Field("", description="https address that citizens know, for links, letters and QR codes")
    place: str = Field("Voorbeeld", max_length=80, description="town of the organisation, for letters and the header")
    phone: str = Field("088 000 0000", max_length=40, description="telephone number that citizens call")
    phone_open: str = Field(
        "mo-fr 08:30-17:00, th 17:00-20:00", max_length=200, description="when the telephone is answered, with commas"
    )
    desk: str = Field(
        "Stadsloket, Voorbeeldplein 1, Voorbeeld", max_length=200, description="where citizens can come to the desk"
    )
    desk_open: str = Field("mo-fr 09:00-16:00", max_length=200, description="when the desk is open, with commas")
    letter: str = Field(
        "Gemeente Voorbeeld, Antwoordnummer 1, 1234 AB Voorbeeld",
        max_length=200,
        description="address that letters are sent to",
    )
    mail_server: str = Field("", description="smtps://host:465 or smtp://host:587; left out: demo keeps mail in memory")
    mail_from: str = Field("", max_length=200, description="address that mail comes from; needed with a mail server")
    mail_secret: SecretStr = Field(SecretStr(""), description="name:password for the mail server; left out: none")
    registers: Path | None = Field(
        None, description="file of the registers to ask; left out: made-up people in the demo, none in production"
    )
    register_keys: SecretStr = Field(
        SecretStr(""), description="name:key[,name:key]; the API keys of the registers in that file"
    )
    sign_on_secret: SecretStr = Field(
        SecretStr(""), description="at least 32 characters that your sign-on sends along; left out: nobody is signed on"
    )
    workers: Path | None = Field(None, description="file of workers' accounts; left out in demo: demo accounts")
    tenant: str = Field("voorbeeld", pattern="^[a-z][a-z0-9-]{0,62}$", description="short name of the organisation")
    organisation: str = Field("Gemeente Voorbeeld", max_length=120, description="name that people see")
    proxies: int = Field(0, ge=0, le=5, description="trusted proxies in front, whose X-Forwarded-For is believed")
    body_limit: int = Field(262_144, ge=1024, description="largest body of a request, in bytes")
    upload_limit: int = Field(16_777_216, ge=1024, description="largest body of a multipart upload, in bytes")
    scanner: str = Field(
        "", pattern=r"^(none|\S+:\d{1,5})?$", description="host:port of clamd that looks for viruses; none is nobody"
    )
    body_seconds: float = Field(
        15, gt=0, le=600, description="time in which a body must have arrived, in seconds; files get 8 times that"
    )
    request_seconds: float = Field(10, gt=0, le=600, description="time in which a request is answered, in seconds")
    rate: float = Field(-1, ge=-1, description="requests a second per client; 0 is no limit; -1: 0 in demo, else 50")
    session_minutes: int = Field(15, ge=1, le=720, description="a session ends after this many idle minutes")

    @property
    def production(self) -> bool:
        return self.env is Mode.PRODUCTION

    @property
    def demo(self) -> bool:
        return self.env is Mode.DEMO

    @property
    def requests_per_second(self) -> float:
        """The rate limit in force; 0 is none."""
        if self.rate >= 0:
            return self.rate
        return 50.0 if self.production else 0.0


def variable(field: str) -> str:
    """The name of a setting in the environment."""
    return PREFIX + field.upper()


def load(environment: Mapping[str, str], **given: object) -> Settings:
    """Settings from the environment; what the command line gave wins. None stands for not given.

    Raises SettingsError with all problems at once.
    """
    problems = list(_misspelled(environment))
    values: dict[str, Any] = {
        field: environment[variable(field)] for field in Settings.model_fields if environment.get(variable(field))
    }
    values |= {field: value for field, value in given.items() if value is not None}
    try:
        settings = Settings(**values)
    except ValidationError as refused:
        raise SettingsError((*problems, *(_sentence(error) for error in refused.errors()))) from None
    problems += _unusable(settings)
    if settings.production:
        problems += _unfit_for_production(settings)
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def _misspelled(environment: Mapping[str, str]) -> Iterator[str]:
    known = [field.upper() for field in Settings.model_fields]
    for name in sorted(environment):
        bare = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and bare not in known:
            close = difflib.get_close_matches(bare, known, n=1, cutoff=0.75)
            if close:
                yield f"{name} is no setting; did you mean {PREFIX}{close[0]}?"


def _sentence(error: Any) -> str:
    """One sentence for one of pydantic's errors: which setting and what it should be, never what it was."""
    field = str(error["loc"][0])
    expected = str(error["msg"]).removeprefix("Input should be ").split(", unable")[0]
    return f"{variable(field)} should be {expected}: {Settings.model_fields[field].description}."


def _unusable(settings: Settings) -> Iterator[str]:
    for name, url in (("database", settings.database), ("key_database", settings.key_database)):
        if url and not _is_database(url):
            yield f"{variable(name)} is no address of a database; write postgresql://... or sqlite:///path."
    for name, hours in (("phone_open", settings.phone_open), ("desk_open", settings.desk_open)):
        if not _are_hours(hours):
            yield f"{variable(name)} holds no opening hours; write mo-fr 09:00-17:00, th 17:00-20:00."
    if settings.mail_server and "@" not in settings.mail_from:
        yield f"{variable('mail_from')} is needed with a mail server; write an address like noreply@example.org."
    if 0 < len(settings.sign_on_secret.get_secret_value()) < SECRET_LENGTH:
        yield f"{variable('sign_on_secret')} needs at least {SECRET_LENGTH} random characters."
    if settings.public_url and not _is_address(settings.public_url):
        yield f"{variable('public_url')} is no address; write https://host without a path."


def _are_hours(text: str) -> bool:
    try:
        parse_opening_hours(listed(text))
    except (ValueError, WegwijzerError):
        return False
    return True


def _is_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme == "sqlite":
        return url.startswith("sqlite://")
    return parts.scheme in DATABASES and bool(parts.hostname) and port != 0


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query
        )
    except ValueError:
        return False


def _unfit_for_production(settings: Settings) -> Iterator[str]:
    if not settings.database:
        yield f"{variable('database')} is needed in production; write postgresql://... or sqlite:///path."
    elif settings.database.startswith("sqlite:") and (
        ":memory:" in settings.database or "mode=memory" in settings.database or settings.database in _NO_FILE
    ):
        yield f"{variable('database')} is in memory; production needs one that survives a restart."
    if settings.database.startswith("postgres") and settings.key_database in ("", settings.database):
        yield f"{variable('key_database')} must be another database: erasing is destroying keys, backups included."
    keys = settings.master_keys.get_secret_value()
    if not keys:
        yield f"{variable('master_keys')} is needed in production; make one with: wegwijzer key"
    elif keys.startswith("demo:"):
        yield f"{variable('master_keys')} holds the demo's key; make one with: wegwijzer key"
    if len(settings.session_secret.get_secret_value()) < SECRET_LENGTH:
        yield f"{variable('session_secret')} needs at least {SECRET_LENGTH} random characters in production."
    if not settings.allowed_hosts or any("*" in host for host in settings.allowed_hosts):
        yield f"{variable('allowed_hosts')} must name the hosts that are answered in production, without *."
    if not settings.public_url.startswith("https://"):
        yield f"{variable('public_url')} is needed in production and starts with https://."
    yield from _of_the_example(settings)
    if settings.workers is None:
        yield f"{variable('workers')} is needed in production; demo accounts do not exist there."


def _of_the_example(settings: Settings) -> Iterator[str]:
    """A citizen must reach the organisation itself, not the made-up one."""
    for field in HOUSE:
        if getattr(settings, field) in ("", Settings.model_fields[field].default):
            yield f"{variable(field)} is still that of the example; say how citizens reach your organisation."


_NO_FILE = ("sqlite:", "sqlite://", "sqlite:///")
