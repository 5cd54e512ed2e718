"""All texts in English, from the tables of this folder."""

from __future__ import annotations

from ui_schema.texts.en import develop, messages, own_way, screens, work

TABLE: dict[str, str] = {**screens.TABLE, **messages.TABLE, **work.TABLE, **own_way.TABLE, **develop.TABLE}
