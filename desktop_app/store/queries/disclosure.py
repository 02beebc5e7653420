"""Which indicators hold values on few people."""

from collections.abc import Sequence

from desktop_app.store.glance import Reader, Where


def with_few(
    reader: Reader,
    where: Where,
    indicator_ids: Sequence[str],
    percentages: Sequence[str],
    *,
    threshold: int,
) -> set[str]:
    """Those with a value, or an n, under the threshold; of percentages, those without n too."""
    where = where.also(
        "measurement.indicator_id IN (SELECT value FROM json_each(:indicators))",
        indicators=list(indicator_ids),
    ).also(
        "((n > 0 AND n < :threshold) OR (value > 0 AND value < :threshold) OR (n IS NULL AND "
        "measurement.indicator_id IN (SELECT value FROM json_each(:percentages))))",
        percentages=list(percentages),
        threshold=threshold,
    )
    found = reader.rows(
        f"SELECT DISTINCT indicator_id FROM measurement WHERE value IS NOT NULL AND {where.sql}",
        where.parameters,
    )
    return {indicator for (indicator,) in found}


def places_in_visit(
    reader: Reader, ids: Sequence[str], visit_id: str
) -> frozenset[tuple[str, str]]:
    """(indicator, category) of those of these measurements that were taken on a visit."""
    found = reader.rows(
        """
        SELECT indicator_id, category FROM measurement
        WHERE visit_id = :visit AND NOT deleted AND id IN (SELECT value FROM json_each(:ids))
        """,
        {"visit": visit_id, "ids": list(ids)},
    )
    return frozenset((indicator, category) for indicator, category in found)
