"""Tables of finance's review: reviewed scores, opinions, what departments say against them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ReviewedScore(Base):
    """The points that finance gives an indicator (核定分) of a delivered version, an exact decimal,
    with the reason. Never changed: the last one counts, "" takes it back."""

    __tablename__ = "reviewed_scores"
    __table_args__ = (Index("ix_reviewed_scores_form_id", "form_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    version: Mapped[int]
    indicator: Mapped[str]
    points: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Opinion(Base):
    """A 复核意见 as it was sent to the department; `total` is the reviewed sum then, `appeal_until`
    when the department can say something against it, `final` that nothing can be said any more."""

    __tablename__ = "opinions"
    __table_args__ = (UniqueConstraint("form_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    number: Mapped[int]
    version: Mapped[int]
    total: Mapped[str]
    grade: Mapped[str]
    file_key: Mapped[str | None] = mapped_column(ForeignKey("files.key"))
    by: Mapped[str]
    at: Mapped[datetime]
    appeal_until: Mapped[datetime | None]
    final: Mapped[bool] = mapped_column(default=False)


class Appeal(Base):
    """What a department says against an opinion on one indicator (申辩), and what finance decides;
    `upheld` is whether the department is right."""

    __tablename__ = "appeals"
    __table_args__ = (
        UniqueConstraint("opinion_id", "indicator"),
        Index("ix_appeals_form_id", "form_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinions.id"))
    indicator: Mapped[str]
    words: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    upheld: Mapped[bool | None]
    reply: Mapped[str] = mapped_column(default="", server_default="")
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
