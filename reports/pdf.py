"""Documents as PDF, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

_PROGRAMS = ("soffice", "libreoffice")
_NAME = "document"
# Two at once are slower than one after the other, and a small machine runs out of memory.
_ONE_AT_A_TIME = threading.Lock()


class PdfFailed(Exception):
    """LibreOffice is there but gave no PDF: it took too long, fell over or refused the file."""


def find_program() -> str | None:
    """Where LibreOffice is, None if it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def make_pdf(data: bytes, suffix: str = ".docx", *, seconds: float = 120) -> bytes | None:
    """A Word or Excel file as PDF; None where LibreOffice is not installed. Raises PdfFailed.

    Each call has a profile folder of its own, so that neither somebody's open LibreOffice nor a
    crashed one stands in the way; after `seconds` the program and all it started are killed. The
    bytes differ from call to call, for a PDF bears the time of its making.
    """
    program = find_program()
    if program is None:
        return None
    with _ONE_AT_A_TIME, TemporaryDirectory(prefix="pdf-") as folder:
        source = Path(folder) / f"{_NAME}{suffix}"
        source.write_bytes(data)
        _convert(program, source, seconds)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise PdfFailed("LibreOffice gave no PDF")
        return made.read_bytes()


def _convert(program: str, source: Path, seconds: float) -> None:
    folder = source.parent
    command = [
        *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source)),
    ]
    with resources.as_file(resources.files(__package__) / "fonts.conf") as fonts:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)},
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise PdfFailed(f"LibreOffice took more than {seconds:g} s") from None
        finally:
            _end_group(process)
    if process.returncode != 0:
        raise PdfFailed(f"LibreOffice ended with code {process.returncode}")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the program: soffice is a script that starts others."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
