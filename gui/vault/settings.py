"""What the person likes: one struct, kept as JSON under one key of the database. Holds no secret."""

import json
from dataclasses import replace
from typing import Any

import msgspec

from gui.values import ColumnLayout, Settings
from gui.vault.database import Database, write_setting

_KEY = "settings"
_decoder = msgspec.json.Decoder(Settings)


class SettingsStore:
    """Reads and changes the Settings."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def read(self) -> Settings:
        """The settings; the usual ones where none, or none that can be read, are kept."""
        text = self.database.setting(_KEY)
        if not text:
            return self._from_single_keys()
        try:
            return _decoder.decode(text)
        except msgspec.DecodeError:
            return Settings()

    def change(self, **changes: Any) -> Settings:
        """Keep the settings with these fields changed; all of them."""
        with self.database.transaction() as db:
            settings = replace(self.read(), **changes)
            write_setting(db, _KEY, msgspec.json.encode(settings).decode())
        return settings

    def _from_single_keys(self) -> Settings:
        """The settings as version 0.1 kept them, a key each."""
        setting = self.database.setting
        pairs = [line.rpartition(" ") for line in setting("later").splitlines()]
        return Settings(
            appearance=setting("appearance"),
            remind=setting("remind", "yes") == "yes",
            stay_in_tray=setting("watch", "no") == "yes",
            start_at_login=setting("at_login", "no") == "yes",
            columns=_layout_of(setting("table_shape")),
            put_off={name: int(until) for name, _, until in pairs if until.isdecimal()},
        )


def _layout_of(text: str) -> ColumnLayout:
    try:
        return msgspec.convert(json.loads(text), ColumnLayout)
    except (ValueError, msgspec.ValidationError):
        return ColumnLayout()
