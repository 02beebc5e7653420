"""A site (terrain) where experiments happen."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, one_of
from desktop_app.models.enums import SiteType


class Site(Record, Base):
    """``insee_code`` is the commune's INSEE code (text, not the postcode); degrees are WGS 84."""

    __tablename__ = "site"
    __table_args__ = (
        one_of("type", SiteType),
        CheckConstraint("latitude IS NULL OR latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude IS NULL OR longitude BETWEEN -180 AND 180", name="longitude"),
    )

    name: Mapped[str]
    type: Mapped[str] = mapped_column(default=SiteType.OTHER)
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    commune: Mapped[str] = mapped_column(default="")
    insee_code: Mapped[str] = mapped_column(default="")
    finess: Mapped[str] = mapped_column(default="")
    uai: Mapped[str] = mapped_column(default="")
    siret: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    authority: Mapped[str] = mapped_column(default="")
