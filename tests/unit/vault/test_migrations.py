"""The database's shape from each earlier version: brought up, and nothing lost."""

import sqlite3

import pytest

from gui.vault.database import NAME, Database
from gui.vault.migrations import MIGRATIONS


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_database_of_each_earlier_version_is_brought_up_and_loses_nothing(tmp_path, version):
    db = sqlite3.connect(tmp_path / NAME)
    for script in MIGRATIONS[:version]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version={version}")
    if version:
        db.execute("INSERT INTO app (app_id, name, version) VALUES ('1', 'Mine', 'v25.0')")
        db.execute("INSERT INTO connection (id, app_id, user_id, user_name) VALUES (1, '1', '2', 'Amira')")
        db.execute("INSERT INTO page (id, name) VALUES ('9', 'Old')")
        db.execute(
            "INSERT INTO source (page_id, connection_id, origins, last_four) VALUES ('9', 1, 'accounts', 'x7Qd')"
        )
        db.execute("INSERT INTO setting VALUES ('appearance', 'dark')")
    db.commit()
    db.close()
    database = Database(tmp_path)
    try:
        assert database.set_aside is None
        assert database.count("PRAGMA user_version") == len(MIGRATIONS)
        fresh = Database(tmp_path / "fresh")
        shape = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        assert [tuple(row) for row in database.rows(shape)] == [tuple(row) for row in fresh.rows(shape)]
        fresh.close()
        if version:
            assert [tuple(row) for row in database.rows("SELECT user_name, given_name, hidden FROM connection")] == [
                ("Amira", "", 0)
            ]
            assert [row["last_four"] for row in database.rows("SELECT last_four FROM source")] == ["x7Qd"]
            assert database.setting("appearance") == "dark"
    finally:
        database.close()


def test_a_database_of_the_first_version_is_brought_up(tmp_path):
    db = sqlite3.connect(tmp_path / NAME)
    db.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version=1;")
    db.execute("INSERT INTO app (app_id, version) VALUES ('1', 'v25.0')")
    db.execute("INSERT INTO connection (id, app_id, user_id) VALUES (1, '1', '2')")
    db.execute("INSERT INTO page (id, name) VALUES ('9', 'Old')")
    db.execute("INSERT INTO source (page_id, connection_id, origins) VALUES ('9', 1, 'accounts,owned_pages')")
    db.commit()
    db.close()
    database = Database(tmp_path)
    try:
        assert database.set_aside is None
        assert [tuple(row) for row in database.rows("SELECT origins, checked_at, told FROM source")] == [
            ("accounts\x1fowned_pages", 0, "")
        ]
        assert [tuple(row) for row in database.rows("SELECT name, instagram_id FROM page")] == [("Old", "")]
        assert database.count("PRAGMA user_version") == len(MIGRATIONS)
    finally:
        database.close()
