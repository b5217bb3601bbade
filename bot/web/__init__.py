"""Pages inside WeChat Work: each is a module of this folder that makes one blueprint."""

PAGES: tuple[str, ...] = (
    "appeal",
    "archives",
    "bring",
    "compare",
    "decide",
    "deliveries",
    "home",
    "lists",
    "materials",
    "notices",
    "purge",
    "review",
    "roster",
    "seal",
    "sign",
    "texts",
    "units",
)
"""The page `x` is the blueprint that `make_x(services)` in `bot/web/x.py` gives. Names, not
functions: acts write links to pages, so importing this room must not import the acts."""
