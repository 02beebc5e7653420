"""Version 3: what the rules of the figures rest on, and the notebook's own rules.

Added columns are NULL in older rows: the journal never spoke of them. Frozen SQL. Never edit what
a release has shipped.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_COLUMNS = {
    "indicator": (
        "n_counts VARCHAR",
        "exhaustive BOOLEAN",
        "baseline_to_measure BOOLEAN",
        "category_labels JSON",
        "baseline_version INTEGER",
        "change_reason VARCHAR",
        "changed_on DATE",
    ),
    "notebook": (
        "on_track INTEGER",
        "watch INTEGER",
        "min_n_percentage INTEGER",
        "mask_below INTEGER",
        "organisation VARCHAR",
        "logo_sha256 VARCHAR",
    ),
}

_STATEMENTS = (
    (
        "CREATE TABLE kept_screen (name VARCHAR NOT NULL, key VARCHAR NOT NULL, "
        "content VARCHAR NOT NULL, CONSTRAINT pk_kept_screen PRIMARY KEY (name))"
    ),
    (
        "CREATE TABLE figures_notice (number INTEGER NOT NULL, made_on DATE NOT NULL, "
        "content VARCHAR NOT NULL, read BOOLEAN NOT NULL, "
        "CONSTRAINT pk_figures_notice PRIMARY KEY (number))"
    ),
    # An older notebook's figures are compared when it is first opened; a new one has no record yet.
    (
        "INSERT INTO figures_notice (number, made_on, content, read) "
        "SELECT 3, date('now'), '', 0 FROM notebook LIMIT 1"
    ),
    "DROP INDEX ix_measurement_baseline",
    (
        "CREATE INDEX ix_measurement_initial ON measurement (indicator_id, site_id, category, "
        "date, value, n, wave, visit_id, deleted) "
        "WHERE NOT deleted AND value IS NOT NULL AND wave = 't0'"
    ),
)


def upgrade() -> None:
    bind = op.get_bind()
    for table, columns in _COLUMNS.items():
        for column in columns:
            bind.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _STATEMENTS:
        bind.exec_driver_sql(statement)
