"""Version 1: the entities of the visit-to-synthesis job, the journal and the search index."""

from alembic import op

from desktop_app.store.migrations.versions import tables_0001, triggers_0001

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in (*tables_0001.STATEMENTS.split(";\n"), *triggers_0001.STATEMENTS):
        connection.exec_driver_sql(statement)
