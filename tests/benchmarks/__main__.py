"""`make bench`: what a text turn costs beside a bare echo, and what a report costs.

The turns come from a nearly finished form, where scoring and checks have the most to do. Echo and
turn are measured in pairs, interleaved, in process, with messages encrypted beforehand; only the
ratio means anything on another machine.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.echo import make_echo
from tests.benchmarks.turn import Bench

ROUNDS, TURNS = 5, 60


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        try:
            _turns(bench)
            _documents(bench)
        finally:
            bench.close()


def _turns(bench: Bench) -> None:
    echo = make_echo(bench.guard_settings)
    turns: list[float] = []
    ratios: list[float] = []
    for _ in range(ROUNDS):
        floor = [_timed(lambda call=call: echo(call)) for call in bench.calls(TURNS)]
        round_ = [_timed(lambda call=call: bench.take(call)) for call in bench.calls(TURNS)]
        bench.drain()
        turns += round_
        ratios.append(statistics.median(floor) / statistics.median(round_))
    cuts = statistics.quantiles(turns, n=100)
    print(
        f"text turn, SQLite FULL: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms"
    )
    spread = f"{min(ratios):.3f}-{max(ratios):.3f}"
    print(f"echo / turn: {statistics.median(ratios):.3f} ({spread}) over {ROUNDS} rounds")


def _documents(bench: Bench) -> None:
    for name, make in bench.documents().items():
        times = [_timed(make) for _ in range(ROUNDS)]
        print(f"{name}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


def _timed(call: object) -> float:
    started = time.perf_counter()
    call()  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
