"""The parts of a formula's tree, for whoever writes formulas in another language."""

from kinerja.feel._tree import Call, Name, Negation, Node, Number, Operation

__all__ = ["Call", "Name", "Negation", "Node", "Number", "Operation"]
