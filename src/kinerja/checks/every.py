"""Every check of one rubric as it stands: the proofs, and the comparisons with its source."""

from __future__ import annotations

from kinerja.checks.absences import absences
from kinerja.checks.amounts import amounts
from kinerja.checks.broken import broken
from kinerja.checks.closed import closed
from kinerja.checks.covered import covered
from kinerja.checks.dead import dead
from kinerja.checks.direction import direction
from kinerja.checks.either import either
from kinerja.checks.figures_shown import figures_shown
from kinerja.checks.hidden import hidden
from kinerja.checks.holes import holes
from kinerja.checks.idle import idle
from kinerja.checks.irrational import irrational
from kinerja.checks.never import never
from kinerja.checks.opposed import opposed
from kinerja.checks.proofs import PROOFS, Check
from kinerja.checks.repeated import repeated
from kinerja.checks.separators import separators
from kinerja.checks.shared import shared
from kinerja.checks.silent import silent
from kinerja.checks.skipped import skipped
from kinerja.checks.texts import texts
from kinerja.checks.uncited import uncited
from kinerja.checks.unread import unread
from kinerja.checks.unsettled import unsettled
from kinerja.checks.unsourced import unsourced
from kinerja.checks.vain import vain

__all__ = ["CHECKS"]

#: In the order in which their findings are told.
CHECKS: tuple[Check, ...] = (
    *PROOFS,
    holes,
    direction,
    unsettled,
    shared,
    dead,
    never,
    either,
    silent,
    idle,
    hidden,
    separators,
    texts,
    closed,
    broken,
    unread,
    amounts,
    repeated,
    skipped,
    absences,
    irrational,
    figures_shown,
    unsourced,
    uncited,
    vain,
    opposed,
    covered,
)
