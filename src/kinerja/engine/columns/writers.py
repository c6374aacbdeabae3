"""How expressions are written: for narwhals, which speaks to every engine, and as the text of DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from kinerja.engine.columns.terms import DIGITS

__all__ = ["InNarwhals", "InPolars", "InSpark", "InText", "quoted"]

_TYPES: Mapping[tuple[str, int], Any] = {
    ("truth", 0): nw.Boolean,
    ("float", 0): nw.Float64,
    ("text", 0): nw.String,
    ("whole", 8): nw.Int8,
    ("whole", 16): nw.Int16,
    ("whole", 32): nw.Int32,
    ("whole", 64): nw.Int64,
}

_EXPRESSIONS: Mapping[str, Callable[..., Any]] = {
    "is null": lambda a: a.is_null(),
    "not": lambda a: ~a,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "same text": lambda a, b: a == b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "/": lambda a, b: a / b,
    "floor": lambda a: a.floor(),
    "log": lambda a: a.log(),
    "exp": lambda a: a.exp(),
    "is finite": lambda a: a.is_finite(),
    "where": lambda a, b, c: nw.when(a).then(b).otherwise(c),
    "only": lambda a, b: nw.when(a).then(b),
}


class InNarwhals:
    """Expressions of narwhals."""

    def column(self, name: str) -> nw.Expr:
        """A column by its name."""
        return nw.col(name)

    def constant(self, value: Any, kind: str, bits: int) -> nw.Expr:
        """The same in every row."""
        return nw.lit(value, dtype=_TYPES[kind, bits])

    def cast(self, value: nw.Expr, kind: str, bits: int) -> nw.Expr:
        """Another type, of so many bits where it is whole."""
        return value.cast(_TYPES[kind, bits])

    def in_units(self, value: nw.Expr, scale: int) -> nw.Expr:
        """A decimal with so many places as a whole number of the last one."""
        return (value.cast(nw.Decimal(DIGITS, scale)) * nw.lit(10**scale, dtype=nw.Int64)).cast(nw.Int64)

    def made(self, operation: str, parts: list[nw.Expr]) -> nw.Expr:
        """What an operation makes of its parts."""
        found: nw.Expr = _EXPRESSIONS[operation](*parts)
        return found


class InPolars:
    """
    Expressions of Polars itself.

    The same operations; made through narwhals each takes several times as long, which for small frames, and for many
    indicators, is most of the time.
    """

    def __init__(self, polars: Any) -> None:
        self.polars = polars
        self.types = {key: getattr(polars, each.__name__) for key, each in _TYPES.items()}
        when = polars.when
        self.made_by: dict[str, Callable[..., Any]] = {
            **_EXPRESSIONS,
            "where": lambda a, b, c: when(a).then(b).otherwise(c),
            "only": lambda a, b: when(a).then(b),
        }
        self.constants: dict[tuple[Any, str, int], Any] = {}

    def column(self, name: str) -> Any:
        """A column by its name."""
        return self.polars.col(name)

    def constant(self, value: Any, kind: str, bits: int) -> Any:
        """The same in every row."""
        key = (value, kind, bits)
        if key not in self.constants:
            self.constants[key] = self.polars.lit(value, dtype=self.types[kind, bits])
        return self.constants[key]

    def cast(self, value: Any, kind: str, bits: int) -> Any:
        """Another type, of so many bits where it is whole."""
        return value.cast(self.types[kind, bits])

    def in_units(self, value: Any, scale: int) -> Any:
        """A decimal with so many places as a whole number of the last one."""
        short = value.cast(self.polars.Decimal(DIGITS, scale))
        return (short * self.constant(10**scale, "whole", 64)).cast(self.polars.Int64)

    def made(self, operation: str, parts: list[Any]) -> Any:
        """What an operation makes of its parts."""
        return self.made_by[operation](*parts)


_NAMES: Mapping[tuple[str, int], str] = {
    ("truth", 0): "BOOLEAN",
    ("float", 0): "DOUBLE",
    ("text", 0): "VARCHAR",
    ("whole", 8): "TINYINT",
    ("whole", 16): "SMALLINT",
    ("whole", 32): "INTEGER",
    ("whole", 64): "BIGINT",
}

_TEXTS: Mapping[str, str] = {
    "is null": "({} IS NULL)",
    "not": "(NOT {})",
    "and": "({} AND {})",
    "or": "({} OR {})",
    "==": "({} = {})",
    # By their bytes, whatever collation a column or the connection has.
    "same text": "(({} COLLATE C) = {})",
    "floor": "floor({})",
    "log": "ln({})",
    "exp": "exp({})",
    "is finite": "isfinite({})",
    "where": "(CASE WHEN {} THEN {} ELSE {} END)",
    "only": "(CASE WHEN {} THEN {} END)",
} | {sign: f"({{}} {sign} {{}})" for sign in ("<", "<=", ">", ">=", "+", "-", "*", "//", "%", "/")}


class InText:
    """
    Expressions of DuckDB, as text.

    One object for each part of an expression, as narwhals makes them, takes DuckDB's library a time that grows with
    the square of the columns.
    """

    def column(self, name: str) -> str:
        """A column by its name."""
        return '"' + name.replace('"', '""') + '"'

    def constant(self, value: Any, kind: str, bits: int) -> str:
        """The same in every row; a quoted number is read by its type, and never as a decimal that is rounded."""
        text = "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
        return f"CAST({text} AS {_NAMES[kind, bits]})"

    def cast(self, value: str, kind: str, bits: int) -> str:
        """Another type, of so many bits where it is whole."""
        return f"CAST({value} AS {_NAMES[kind, bits]})"

    def in_units(self, value: str, scale: int) -> str:
        """A decimal with so many places as a whole number of the last one."""
        short = f"CAST({value} AS DECIMAL({DIGITS}, {scale}))"
        return self.cast(f"({short} * {self.constant(10**scale, 'whole', 64)})", "whole", 64)

    def made(self, operation: str, parts: list[str]) -> str:
        """What an operation makes of its parts."""
        return _TEXTS[operation].format(*parts)


#: How Spark writes whole numbers of so many bits, and what else it calls or does otherwise than DuckDB.
_SUFFIXES: Mapping[int, str] = {8: "Y", 16: "S", 32: "", 64: "L"}
_IN_SPARK: Mapping[str, str] = {
    **_TEXTS,
    # Columns of another collation are refused.
    "same text": "({} = {})",
    # The floor of a float is a whole number there, of 64 bits; floats beyond those that differ by one are whole.
    "floor": "(CASE WHEN abs({0}) < 9007199254740992D THEN CAST(floor({0}) AS DOUBLE) ELSE {0} END)",
    "//": "({} div {})",
    # NaN is above every number there.
    "is finite": "(abs({}) < CAST('Infinity' AS DOUBLE))",
}


class InSpark(InText):
    """
    Expressions of Spark, as text.

    Made one by one through Python each of them is a call to another process, and narwhals divides whole numbers as
    floats there.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        #: What the columns of the frame are called on the way: in their own names a dot is a field, and A is a.
        self.names = names

    def column(self, name: str) -> str:
        """A column by its name."""
        return quoted(self.names.get(name, name))

    def constant(self, value: Any, kind: str, bits: int) -> str:
        """The same in every row; text by its bytes, for what a backslash or a quote means is a setting there."""
        if value is None:
            return f"CAST(NULL AS {_IN_SPARK_NAMES[kind, bits]})"
        if kind == "text":
            return f"CAST(X'{value.encode().hex()}' AS STRING)"
        return f"CAST('{value!r}' AS DOUBLE)" if kind == "float" else f"{value}{_SUFFIXES[bits]}"

    def cast(self, value: str, kind: str, bits: int) -> str:
        """Another type, of so many bits where it is whole."""
        return f"CAST({value} AS {_IN_SPARK_NAMES[kind, bits]})"

    def made(self, operation: str, parts: list[str]) -> str:
        """What an operation makes of its parts."""
        return _IN_SPARK[operation].format(*parts)


_IN_SPARK_NAMES: Mapping[tuple[str, int], str] = {**_NAMES, ("text", 0): "STRING", ("whole", 32): "INT"}


def quoted(name: str) -> str:
    """A name as Spark reads it, whatever stands in it."""
    return "`" + name.replace("`", "``") + "`"
