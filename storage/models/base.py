"""What all tables share: names of constraints, and how Python types are stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from storage.moment import Moment

# SQLite numbers rows by itself only in a column declared exactly INTEGER.
Whole = BigInteger().with_variant(Integer(), "sqlite")

# None is SQL's NULL, never the JSON text "null".
Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - the shape SQLAlchemy asks for
        str: Text(),
        int: Whole,
        bool: Boolean(),
        datetime: Moment(),
        dict[str, Any]: Json,
        list[str]: Json,
    }
