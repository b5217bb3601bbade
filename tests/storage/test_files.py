"""The file store and the files table."""

import io
from datetime import datetime
from pathlib import Path

import pytest

from storage import files
from storage.database import Database
from storage.files import FileDamaged, FileMissing, FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


def test_bytes_come_back(store: FileStore) -> None:
    key = store.put(b"\0\xff", "决算批复.PDF")
    assert key.endswith(".pdf")
    assert store.get(key) == b"\0\xff"


def test_the_same_file_is_stored_once(store: FileStore, tmp_path: Path) -> None:
    assert store.put(b"a", "a.pdf") == store.put(b"a", "a.pdf")
    assert store.put(b"a", "b.pdf") != store.put(b"a", "a.pdf") != store.put(b"b", "a.pdf")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a.p/df", "a." + "x" * 40, "", "a.文件", ".."]
)
def test_names_cannot_lead_anywhere(store: FileStore, tmp_path: Path, name: str) -> None:
    key = store.put(b"a", name)
    assert store.get(key) == b"a"
    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stored == tmp_path / "files" / key[:2] / key


@pytest.mark.parametrize("key", ["", "../x", "a" * 64, f"{'a' * 64}-{'b' * 8}.pdf"])
def test_a_key_of_no_file_is_missing(store: FileStore, key: str) -> None:
    with pytest.raises(FileMissing):
        store.get(key)


def test_a_changed_file_is_found_out_and_put_right(store: FileStore, tmp_path: Path) -> None:
    key = store.put(b"whole", "a.pdf")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(b"who")
    with pytest.raises(FileDamaged):
        store.get(key)
    assert store.put(b"whole", "a.pdf") == key
    assert store.get(key) == b"whole"


def test_any_root_of_fsspec_will_do() -> None:
    store = FileStore("memory://evidence")
    assert store.get(store.put(b"a", "a.pdf")) == b"a"


def test_erased_bytes_are_gone(store: FileStore, tmp_path: Path) -> None:
    key = store.put(b"secret", "a.pdf")
    assert store.erase(key)
    assert not store.erase(key)
    with pytest.raises(FileMissing):
        store.get(key)
    with pytest.raises(FileMissing):
        store.erase("../a.pdf")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_copies_that_nobody_noted_are_erased_too(store: FileStore, tmp_path: Path) -> None:
    """A worker that died stored the same photo under another name, and began a third."""
    key, kept, other = store.put(b"secret", "a.jpg"), store.put(b"secret", "c.jpg"), b"harmless"
    store.put(b"secret", "b.jpg")
    there = store.put(other, "a.jpg")
    (tmp_path / "files" / key[:2] / f"{key}.0123.part").write_bytes(b"secr")
    assert store.erase(key, but=[kept])
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {kept, there}


def test_what_we_made_may_be_made_again(
    database: Database, store: FileStore, now: datetime
) -> None:
    """A draft that went with a purge, and after it comes out the same: it is sent under its name."""
    key = store.put(b"draft", "草稿.docx")
    with database.begin() as tx:
        files.keep(tx, key, "草稿.docx", 5, "docx", now, made=True)
        files.purge(tx, key, now)
        assert files.standing(tx, key) == set()
        files.keep(tx, key, "草稿.docx", 5, "docx", now, made=True)
        stored = files.get(tx, key)
        assert files.standing(tx, key) == {key}
    assert stored is not None
    assert (stored.name, stored.purged_at) == ("草稿.docx", None)


def test_a_purged_file_keeps_no_name(database: Database, store: FileStore, now: datetime) -> None:
    key = store.put(b"secret", "身份证.pdf")
    with database.begin() as tx:
        files.keep(tx, key, "身份证.pdf", 6, "application/pdf", now)
        assert files.purge(tx, key, now)
        assert not files.purge(tx, key, now)
        files.keep(tx, key, "身份证.pdf", 6, "application/pdf", now)
        stored = files.get(tx, key)
    assert stored is not None
    assert (stored.name, stored.purged_at) == ("", now)


def test_a_file_stored_piece_by_piece_has_the_key_of_its_bytes(store: FileStore) -> None:
    data = bytes(range(256)) * 9000
    key = store.put_from(io.BytesIO(data), "大.zip")
    assert key == store.put(data, "大.zip")
    pieces = list(store.pieces(key))
    assert b"".join(pieces) == data
    assert len(pieces) > 1
    assert list(store.pieces(store.put_from(io.BytesIO(), "空.pdf"))) == []


def test_pieces_of_a_damaged_file_never_come_to_an_end(store: FileStore, tmp_path: Path) -> None:
    data = b"a" * (5 << 20)
    key = store.put(data, "大.zip")
    (path,) = [path for path in tmp_path.rglob(key) if path.is_file()]
    path.write_bytes(data[:-1] + b"b")
    got: list[int] = []
    with pytest.raises(FileDamaged):
        got.extend(len(piece) for piece in store.pieces(key))
    assert sum(got) < len(data)


def test_pieces_of_nothing_are_refused_at_once(store: FileStore) -> None:
    for key in ("../x", "0" * 64 + "-00000000.pdf"):
        with pytest.raises(FileMissing):
            store.pieces(key)
