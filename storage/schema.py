"""The schema in the database: brings it up to date and says whether it is."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

# Any number will do, if all processes use the same.
_UPGRADE_LOCK = 20_240_901


def upgrade(database: Database, revision: str = "head") -> None:
    """Runs the migrations that are missing, all in one transaction. Safe to call at each start,
    also by several processes at once: the second waits and finds nothing to do."""
    with database.begin() as tx:
        if tx.dialect.name == "postgresql":
            # Turns give up a lock after seconds; this may wait for another's whole upgrade.
            tx.execute(text("SET LOCAL lock_timeout = '60s'"))
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        config = configuration()
        config.attributes["connection"] = tx
        command.upgrade(config, revision)


def is_current(database: Database) -> bool:
    """Says whether the database has the newest schema that this code knows."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    with database.read() as tx:
        return MigrationContext.configure(tx).get_current_revision() == newest


def revision_of(tx: Connection) -> str:
    """Gives the revision of a database's schema, "" for one without."""
    return MigrationContext.configure(tx).get_current_revision() or ""


def revisions() -> frozenset[str]:
    """Gives all revisions that this code knows."""
    script = ScriptDirectory.from_config(configuration())
    return frozenset(each.revision for each in script.walk_revisions())


def configuration() -> Config:
    """Gives Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option(
        "script_location", str(files("storage") / "migrations").replace("%", "%%")
    )
    config.set_main_option("path_separator", "os")
    return config
