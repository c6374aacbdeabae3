"""Engines that run a plan; the interpreter is the one that the others are measured against."""

from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import NodeOutcome, Outcome

__all__ = ["NodeOutcome", "Outcome", "evaluate"]
