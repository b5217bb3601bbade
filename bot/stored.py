"""Documents that lie in the file store, and how the database learns of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.documents import Document
from storage import files
from storage.files import FileStore


@dataclass(frozen=True)
class StoredDocument:
    """A document that lies in the file store and is not yet noted in the database."""

    key: str
    name: str
    size: int
    content_type: str
    warnings: Mapping[str, int] | None = None
    """How many private numbers were found in it, by kind."""
    made: bool = False
    """Whether the service made it, as reports, lists and pictures are."""

    @property
    def sha256(self) -> str:
        """Of its bytes: the same bytes have it, whatever they are called."""
        return self.key[:64]


def store(file_store: FileStore, documents: Sequence[Document]) -> list[StoredDocument]:
    """Puts made documents into the file store, outside any transaction; `keep` notes them."""
    return [
        StoredDocument(
            file_store.put(document.content, document.name),
            document.name,
            len(document.content),
            document.content_type,
            made=True,
        )
        for document in documents
    ]


def keep(tx: Connection, document: StoredDocument, now: datetime) -> None:
    """Notes a stored document in the database; one noted before stays as it is."""
    files.keep(
        tx,
        document.key,
        document.name,
        document.size,
        document.content_type,
        now,
        document.warnings,
        document.made,
    )
