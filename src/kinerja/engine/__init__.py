"""Engines that run a plan; the interpreter is the one that the others are measured against."""
