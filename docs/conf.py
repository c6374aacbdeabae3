"""How the pages are built. Nothing is fetched: no inventories of other projects, no fonts, no scripts."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "kinerja"
author = "The kinerja authors"
copyright = author
version = release = installed_version("kinerja")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "diagnostics"]
exclude_patterns = ["_build"]
# Quotes in prose are often those of a rubric: straight, as they are typed.
smartquotes = False
# One backtick in a docstring is code.
default_role = "code"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}

# A reference to a public name of kinerja must lead somewhere. Types in signatures also name the standard library
# and the modules below the public face, which have no page.
nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r"(?!kinerja\.\w+$).*")]

html_theme = "furo"
html_title = f"kinerja {release}"
