"""Key-value facts about this database, such as its epoch."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from timely.models.base import Base


class Meta(Base):
    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
