"""Version 2: the file says which program reads it (see ``migrate.READABLE_SINCE``).

Frozen SQL. Never edit what a release has shipped.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLE = """
CREATE TABLE file_format (
    number INTEGER NOT NULL,
    readable_since VARCHAR NOT NULL,
    CONSTRAINT pk_file_format PRIMARY KEY (number)
)
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_TABLE.strip())
