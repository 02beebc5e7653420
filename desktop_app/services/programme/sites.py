"""Sites (terrains): their identifiers are checked, and a visited site is never removed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import SiteType
from desktop_app.models.experiment import ExperimentSite
from desktop_app.models.site import Site
from desktop_app.services.base import Service, clean_line, get, gone, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.collation import folded
from desktop_app.services.programme import identifiers
from desktop_app.services.programme.experiment_rows import SaveRecord, SiteRow
from desktop_app.services.results.perimeter import EVERYTHING, perimeter
from desktop_app.services.results.scope import Scope
from desktop_app.services.saving import edited, keep, require_text
from desktop_app.store.glance import lent
from desktop_app.store.queries import experiments_sites as queries

FIELDS = frozenset(
    {
        "name",
        "type",
        "address",
        "postcode",
        "commune",
        "insee_code",
        "finess",
        "uai",
        "siret",
        "latitude",
        "longitude",
        "authority",
    }
)


class SiteService(Service):
    def list(self, text: str = "", scope: Scope = EVERYTHING) -> tuple[SiteRow, ...]:
        """In French alphabetical order; ``text`` is looked for in name, commune and address."""
        words = folded(text).split()
        with self.notebook.read() as session:
            rows = site_rows(session, scope)
        return tuple(
            row
            for row in rows
            if all(word in folded(f"{row.name} {row.commune} {row.address}") for word in words)
        )

    def get(self, site_id: str) -> SiteRow:
        with self.notebook.read() as session:
            return _only(session, site_id)

    def save(self, command: SaveRecord) -> Outcome[SiteRow]:
        """Raises UserError for a wrong SIRET, UAI or commune code, a missing name, bad degrees."""
        values = _checked(command.values)
        with self.notebook.write() as uow:
            site = edited(uow, Site(name="", type=SiteType.OTHER), command, values, FIELDS)
            require_text(site.name, "Donnez un nom au site.")
            keep(uow, site)
            return outcome(uow, _only(uow.session, site.id))

    def delete(self, site_id: str) -> Outcome[None]:
        """Raises UserError while visits refer to it."""
        with self.notebook.write() as uow:
            site = get(uow.session, Site, site_id)
            count = queries.visit_total(uow.session, site_id)
            if count:
                raise UserError(
                    f"{french.quoted(site.name)} ne peut pas être supprimé{french.NBSP}: "
                    f"{french.plural(count, 'visite')} s’y rapporte{'nt' if count > 1 else ''}. "
                    "Supprimez d’abord ces visites, ou gardez le site."
                )
            links = uow.session.scalars(
                select(ExperimentSite).where(
                    ExperimentSite.site_id == site_id, ExperimentSite.deleted.is_(False)
                )
            )
            for link in links:
                uow.delete(link)
            uow.delete(site)
            return outcome(uow, None)

    def warnings(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """What looks doubtful without being refused, in French sentences."""

        def text(name: str) -> str:
            return str(values.get(name) or "")

        found = (
            identifiers.finess_warning(text("finess")),
            identifiers.insee_warning(text("insee_code"), text("postcode")),
        )
        return tuple(warning for warning in found if warning)


def site_rows(
    session: Session,
    scope: Scope = EVERYTHING,
    site_id: str | None = None,
) -> tuple[SiteRow, ...]:
    """Live sites of the scope's experiments (all of them without such a scope)."""
    query = select(Site).where(Site.deleted.is_(False))
    limits = perimeter(lent(session), scope)
    wanted = site_id or limits.site_id
    if wanted is not None:
        query = query.where(Site.id == wanted)
    if limits.experiment_ids is not None:
        ids = {s for e in limits.experiment_ids for s in queries.opened_sites(session, e)}
        query = query.where(Site.id.in_(ids))
    codes = queries.codes(session)
    here: dict[str, set[str]] = defaultdict(set)
    for site, experiment in queries.links(session):
        here[site].add(experiment)
    visits: dict[str, int] = defaultdict(int)
    last: dict[str, dt.date] = {}
    for site, experiment, count, date in queries.visited(session):
        here[site].add(experiment)
        visits[site] += count
        last[site] = max(date, last.get(site, date))
    rows = [
        SiteRow(
            id=site.id,
            name=site.name,
            type=SiteType(site.type),
            address=site.address,
            postcode=site.postcode,
            commune=site.commune,
            insee_code=site.insee_code,
            finess=site.finess,
            uai=site.uai,
            siret=site.siret,
            latitude=site.latitude,
            longitude=site.longitude,
            authority=site.authority,
            experiment_codes=tuple(sorted(codes[e] for e in here[site.id] if e in codes)),
            visit_count=visits.get(site.id, 0),
            last_visit=last.get(site.id),
        )
        for site in session.scalars(query)
    ]
    return tuple(sorted(rows, key=lambda row: (folded(row.name), folded(row.commune), row.id)))


def _only(session: Session, site_id: str) -> SiteRow:
    rows = site_rows(session, site_id=site_id)
    if not rows:
        raise UserError(gone("site"))
    return rows[0]


def _checked(values: Mapping[str, object]) -> dict[str, object]:
    """One-line texts cleaned, identifiers normalised or refused."""
    checked = {
        name: clean_line(value) if isinstance(value, str) and name != "type" else value
        for name, value in values.items()
    }
    rules = {
        "siret": identifiers.check_siret,
        "uai": identifiers.check_uai,
        "insee_code": identifiers.check_insee,
        "finess": identifiers.normalised,
    }
    for name, rule in rules.items():
        if name in checked:
            checked[name] = rule(str(checked[name] or ""))
    for name, limit, label in (("latitude", 90, "latitude"), ("longitude", 180, "longitude")):
        degrees = checked.get(name)
        if isinstance(degrees, int | float) and abs(degrees) > limit:
            raise UserError(
                f"La {label} va de {french.MINUS}{limit} à {limit}{french.NBSP}degrés. "
                "Vérifiez la saisie."
            )
    return checked
