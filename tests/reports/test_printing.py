"""The report as LibreOffice prints it: A4, about as long as such reports are."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

import reports
from reports.report import build_report
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Value


@pytest.mark.slow
def test_the_report_prints_on_a4(
    standard: Standard, answers: dict[str, Value], tmp_path: Path
) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(build_report(standard, answers, score(standard, answers), draft=True))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    fonts = Path(reports.__file__).with_name("fonts.conf")
    subprocess.run(
        [*command, str(source)],
        check=True,
        timeout=100,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    told = subprocess.run(
        ["pdfinfo", str(tmp_path / "report.pdf")], check=True, capture_output=True, text=True
    ).stdout
    pages = int(re.findall(r"Pages:\s+(\d+)", told)[0])
    width, height = map(float, re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", told)[0])
    assert (round(width), round(height)) == (595, 842)
    assert 12 <= pages <= 25
