"""The database's shape: one script a version, forward only. A script that was released is never changed."""

#: PRAGMA user_version tells how many have run.
MIGRATIONS = (
    """
    CREATE TABLE pack (name TEXT PRIMARY KEY, state TEXT NOT NULL, size INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE app (
        app_id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', version TEXT NOT NULL,
        config_id TEXT NOT NULL DEFAULT '', pack TEXT REFERENCES pack(name));
    CREATE TABLE connection (
        id INTEGER PRIMARY KEY, app_id TEXT NOT NULL REFERENCES app(app_id), user_id TEXT NOT NULL,
        user_name TEXT NOT NULL DEFAULT '',
        expires_at INTEGER, data_access_expires_at INTEGER, issued_at INTEGER, scopes TEXT NOT NULL DEFAULT '',
        pack TEXT REFERENCES pack(name), last_four TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL DEFAULT '',
        listed_at INTEGER NOT NULL DEFAULT 0, UNIQUE (app_id, user_id));
    CREATE TABLE page (
        id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '',
        picture_url TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '', folded TEXT NOT NULL DEFAULT '',
        picture BLOB);
    CREATE TABLE source (
        page_id TEXT NOT NULL REFERENCES page(id), connection_id INTEGER NOT NULL REFERENCES connection(id),
        tasks TEXT, origins TEXT NOT NULL DEFAULT '', pack TEXT REFERENCES pack(name),
        last_four TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL DEFAULT '', expires_at INTEGER,
        state TEXT NOT NULL DEFAULT 'works', why TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (page_id, connection_id)) WITHOUT ROWID;
    CREATE INDEX source_of_connection ON source(connection_id);
    CREATE INDEX source_in_pack ON source(pack);
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    """,
    # Names of businesses stand in `origins` now and may hold commas; a linked Instagram account; what a check saw.
    """
    UPDATE source SET origins = replace(origins, ',', char(31));
    ALTER TABLE page ADD COLUMN instagram_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE page ADD COLUMN instagram_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE source ADD COLUMN checked_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE source ADD COLUMN well_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE source ADD COLUMN told TEXT NOT NULL DEFAULT '';
    ALTER TABLE source ADD COLUMN data_access_expires_at INTEGER;
    ALTER TABLE source ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
    ALTER TABLE source ADD COLUMN code TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN state TEXT NOT NULL DEFAULT 'works';
    ALTER TABLE connection ADD COLUMN why TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN checked_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE connection ADD COLUMN well_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE connection ADD COLUMN told TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN lacking TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN code TEXT NOT NULL DEFAULT '';
    ALTER TABLE app ADD COLUMN state TEXT NOT NULL DEFAULT 'works';
    ALTER TABLE app ADD COLUMN why TEXT NOT NULL DEFAULT '';
    ALTER TABLE app ADD COLUMN checked_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE app ADD COLUMN well_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE app ADD COLUMN told TEXT NOT NULL DEFAULT '';
    ALTER TABLE app ADD COLUMN code TEXT NOT NULL DEFAULT '';
    """,
    # Names that the person gave; what is being forgotten and can still be brought back; clients; what happened;
    # what was reminded of.
    """
    ALTER TABLE app ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE app ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE connection ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE source ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE client (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, color INTEGER NOT NULL);
    CREATE TABLE page_client (
        page_id TEXT NOT NULL REFERENCES page(id) ON DELETE CASCADE,
        client_id INTEGER NOT NULL REFERENCES client(id) ON DELETE CASCADE,
        PRIMARY KEY (page_id, client_id)) WITHOUT ROWID;
    CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL,
        page_id TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT '', who TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT '', folded TEXT NOT NULL DEFAULT '');
    CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN
        SELECT RAISE(ABORT, 'history is only added to'); END;
    CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN
        SELECT RAISE(ABORT, 'history is only added to'); END;
    CREATE TABLE reminded (
        subject TEXT NOT NULL, ends_at INTEGER NOT NULL, days INTEGER NOT NULL,
        PRIMARY KEY (subject, ends_at, days)) WITHOUT ROWID;
    """,
    # What a login is for, and what it is of: a person's, or a system user's of a business. Which permissions of a Page
    # token were not given for this Page; whether the person may read its leads (NULL: not asked).
    """
    ALTER TABLE connection ADD COLUMN purposes TEXT NOT NULL DEFAULT '';
    ALTER TABLE connection ADD COLUMN kind TEXT NOT NULL DEFAULT 'user';
    ALTER TABLE connection ADD COLUMN business TEXT NOT NULL DEFAULT '';
    ALTER TABLE source ADD COLUMN withheld TEXT NOT NULL DEFAULT '';
    ALTER TABLE source ADD COLUMN lead_access INTEGER;
    """,
)
