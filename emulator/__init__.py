"""A stand-in for WeChat Work on this machine: its API, its callbacks, its faults and a chat page.

Start it with ``python -m emulator --config FILE.yaml``; in tests build a
:class:`emulator.world.World` and :func:`emulator.app.create_app`. It imports nothing of the
product and refuses settings that could belong to a real corporation.
"""
