"""Tables of files and the evidence they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Json


class File(Base):
    """A stored file; its bytes stand in the file store under the same key. A purged one has
    neither bytes nor name any more. `warnings` counts the private numbers in it by kind."""

    __tablename__ = "files"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content_type: Mapped[str]
    stored_at: Mapped[datetime]
    purged_at: Mapped[datetime | None]
    warnings: Mapped[dict[str, int] | None] = mapped_column(Json)


class Evidence(Base):
    """A file given for an evidence item (佐证材料), "" while it is not sorted; a removed one
    stays on record. One file for several items has a row for each."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_form_id", "form_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    item: Mapped[str]
    file_key: Mapped[str] = mapped_column(ForeignKey("files.key"))
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    sha256: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]
    via: Mapped[str] = mapped_column(default="page", server_default="page")
