"""Moving the shared clock from outside, where it is one that can be moved."""

from datetime import datetime, timedelta
from typing import Any, cast

from emulator.clock import SteerableClock
from emulator.state import State


def steerable(state: State) -> SteerableClock | None:
    """The clock if it can be moved, else None."""
    movable = hasattr(state.clock, "set_speed") and hasattr(state.clock, "speed")
    return cast(SteerableClock, state.clock) if movable else None


def steer(state: State, wish: dict[str, Any]) -> None:
    """Does one of {"speed": number}, {"advance": seconds}, {"set": ISO}; ValueError if it can't."""
    clock = steerable(state)
    if clock is None:
        raise ValueError("this clock cannot be moved: start with --clock FILE")
    if "speed" in wish:
        clock.set_speed(float(wish["speed"]))
    elif "advance" in wish:
        clock.advance(timedelta(seconds=float(wish["advance"])))
    elif "set" in wish:
        clock.set(datetime.fromisoformat(str(wish["set"])))
    else:
        raise ValueError("give one of speed, advance, set")
