"""The parts of a formula's tree, for whoever writes formulas in another language."""

from kinerja.feel._tree import GATHERING, Call, Name, Negation, Node, Number, Operation, walk
from kinerja.feel.values import EXPONENT

__all__ = ["EXPONENT", "GATHERING", "Call", "Name", "Negation", "Node", "Number", "Operation", "walk"]
