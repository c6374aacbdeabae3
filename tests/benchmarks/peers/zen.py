"""The form in zen-engine: as one expression, and as the decision tables that its users draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from zen import ZenEngine

from tests.benchmarks.form import PLACE, ROWS, Row

__all__ = ["by_expression", "by_tables", "expression", "in_full", "many"]


def expression() -> str:
    """The total as one expression, which rule-engine understands too."""
    shared = [f"{row.weight} * {_points(row)}" for row in ROWS if not row.place]
    by_place = {row.place: f"{row.weight} * {_points(row)}" for row in ROWS if row.place}
    slum, other = (by_place[place] for place in PLACE[1])
    return " + ".join([*shared, f'({PLACE[0]} == "{PLACE[1][0]}" ? ({slum}) : ({other}))'])


def _points(row: Row) -> str:
    best, good = (f'{row.name} == "{test}"' if row.options else f"{row.name} {test}" for test in row.tests)
    return f"({best} ? 2 : ({good} ? 1 : 0))"


def by_expression() -> Callable[[dict[str, Any]], int]:
    """One sheet by the expression."""
    evaluate = _engine([_summed(expression())], [("in", "sum"), ("sum", "out")]).evaluate
    return lambda sheet: int(evaluate("form", sheet)["result"]["total"])


def by_tables() -> Callable[[dict[str, Any]], int]:
    """One sheet by a decision table for each row, with the trace that says which rule was hit."""
    nodes = [_table(row) for row in ROWS]
    edges = [(start, row.name) for row in ROWS for start in ("in",)] + [(row.name, "sum") for row in ROWS]
    terms = " + ".join(f"points_{row.name}" for row in ROWS)
    evaluate = _engine([*nodes, _summed(terms)], [*edges, ("sum", "out")]).evaluate
    return lambda sheet: int(evaluate("form", sheet, {"trace": True})["result"]["total"])


def many() -> Callable[[Iterable[dict[str, Any]]], list[int]]:
    """Many sheets in one call, by the expression."""
    engine = _engine([_summed(expression())], [("in", "sum"), ("sum", "out")])

    def run(sheets: Iterable[dict[str, Any]]) -> list[int]:
        asked = [{"key": "form", "context": sheet} for sheet in sheets]
        return [int(each["data"]["result"]["total"]) for each in engine.evaluate_batch(asked)]

    return run


def in_full(
    grades: Iterable[tuple[str, int]],
) -> Callable[[Iterable[dict[str, Any]]], list[dict[str, Any]]]:
    """Many sheets in one call: the band of each row, the total, and the grade by its least total, best first."""
    *better, (worst, _) = grades
    points = [f"{row.weight} * (2 - $.{row.name})" for row in ROWS if not row.place]
    here = {row.place: f"{row.weight} * (2 - $.{row.name})" for row in ROWS if row.place}
    slum, other = (here[place] for place in PLACE[1])
    texts = {
        **{row.name: _band(row) for row in ROWS},
        "total": " + ".join([*points, f'({PLACE[0]} == "{PLACE[1][0]}" ? ({slum}) : ({other}))']),
        "grade": "".join(f'$.total >= {least} ? "{grade}" : ' for grade, least in better) + f'"{worst}"',
    }
    expressions = [{"id": key, "key": key, "value": text} for key, text in texts.items()]
    node = _node("form", "expressionNode", {"expressions": expressions})
    engine = _engine([node], [("in", "form"), ("form", "out")])

    def run(sheets: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        asked = [{"key": "form", "context": sheet} for sheet in sheets]
        return [each["data"]["result"] for each in engine.evaluate_batch(asked)]

    return run


def _band(row: Row) -> str:
    best, good = (f'{row.name} == "{test}"' if row.options else f"{row.name} {test}" for test in row.tests)
    place = f"({best} ? 0 : ({good} ? 1 : 2))"
    return f'{PLACE[0]} == "{row.place}" ? {place} : null' if row.place else place


def _engine(nodes: list[dict[str, Any]], edges: list[tuple[str, str]]) -> ZenEngine:
    """An engine with one model, between what comes in and what goes out."""
    model = {
        "nodes": [_node("in", "inputNode", {}), *nodes, _node("out", "outputNode", {})],
        "edges": [
            {"id": f"{start}-{end}", "sourceId": start, "targetId": end, "type": "edge"}
            for start, end in edges
        ],
    }
    return ZenEngine({"loader": {"type": "static", "content": {"form": model}}})


def _node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}, "content": content}


def _summed(text: str) -> dict[str, Any]:
    return _node("sum", "expressionNode", {"expressions": [{"id": "total", "key": "total", "value": text}]})


def _table(row: Row) -> dict[str, Any]:
    """A row as a decision table that gives its points times its weight; where it is not asked, none."""
    inputs = [{"id": "answer", "name": row.name, "field": row.name}]
    cells = [*(f'"{test}"' if row.options else test for test in row.tests), ""]
    rules = [
        {"_id": f"{row.name}{at}", "answer": cell, "points": str(points * row.weight)}
        for at, (cell, points) in enumerate(zip(cells, (2, 1, 0), strict=True))
    ]
    if row.place:
        inputs.append({"id": "place", "name": PLACE[0], "field": PLACE[0]})
        here = f'"{row.place}"'
        rules = [{**rule, "place": here} for rule in rules]
        rules.append({"_id": f"{row.name}-", "answer": "", "place": "", "points": "0"})
    outputs = [{"id": "points", "name": "points", "field": f"points_{row.name}"}]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    return _node(row.name, "decisionTableNode", content)
