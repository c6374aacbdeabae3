"""What codes mean, at length: complete for every code of a check, and with examples that show just that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kinerja
from kinerja.checks.examples import run_examples
from kinerja.errors import Diagnostic
from kinerja.explanations import EXPLANATIONS, explanation
from kinerja.messages import LANGUAGES, MESSAGES, Language

#: Examples that are printed without their middle, which would fill pages: what stands for it, and it.
SHORTENED = {"K200": ("      # ...\n", "".join(f"      {n}: {{when: {n}}}\n" for n in range(2, 500)))}

#: Examples in which something is found only beside another file, and that edition with its days.
BESIDE = {"K238": ("2024", "{from: 2024-01-01, until: 2025-01-01}")}


def found(text: str) -> list[Diagnostic]:
    """What is found in a rubric, and in its examples if that is nothing."""
    return [*kinerja.check(text)] or [
        each for run in run_examples(kinerja.loads(text)) for each in run.findings
    ]


def test_every_code_of_a_check_is_explained() -> None:
    """A new check fails here until its code is explained; no explanation is left over."""
    assert [code for code in MESSAGES if code.startswith("K2")] == list(EXPLANATIONS)


@pytest.mark.parametrize("code", EXPLANATIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_has_all_its_parts(code: str, language: Language) -> None:
    """What it finds, why it matters, an example with and without, what to do: none says another's words."""
    parts = list(explanation(code, language=language))
    assert [False, False, True, True, False] == [part.is_rubric for part in parts]
    assert 5 == len({part.text for part in parts}) == len({part.heading for part in parts})
    assert [] == [part for part in parts if not part.is_rubric and not part.text.endswith(".")]


@pytest.mark.volume
@pytest.mark.parametrize("code", [code for code in EXPLANATIONS if code not in BESIDE])
def test_the_example_is_found_and_its_neighbour_is_not(code: str) -> None:
    """The first rubric has a finding of this code and of no other check; in the second nothing is found."""
    each = EXPLANATIONS[code]
    left_out = SHORTENED.get(code)
    assert left_out is None or each.found.count(left_out[0]) == 1
    text = each.found.replace(*left_out) if left_out else each.found
    assert {code} == {finding.code for finding in found(text)}
    assert [] == found(each.mended)


@pytest.mark.parametrize("code", BESIDE)
def test_an_example_that_does_not_stand_alone(code: str, tmp_path: Path) -> None:
    """Beside the other edition, which its comment describes, just this is found, and nothing in the second rubric."""
    each, (edition, valid) = EXPLANATIONS[code], BESIDE[code]
    for text, codes in ((each.found, {code}), (each.mended, set[str]())):
        assert f"# contoh@{edition}.yaml: valid: {valid}\n" in text
        other = re.sub("(?m)^valid: .*$", f"valid: {valid}", text.replace('"2025"', f'"{edition}"'))
        (tmp_path / f"contoh@{edition}.yaml").write_text(other, encoding="utf-8")
        (tmp_path / "contoh@2025.yaml").write_text(text, encoding="utf-8")
        assert codes == {finding.code for finding in kinerja.check(tmp_path / "contoh@2025.yaml")}
        assert [] == found(text)


@pytest.mark.parametrize("code", [code for code in MESSAGES if code not in EXPLANATIONS])
def test_other_codes_say_their_sentence_and_help(code: str) -> None:
    """Shorter, from the table of messages, with what they name in single braces."""
    message = MESSAGES[code]
    said = [part.text for part in explanation(code)]
    texts = [text.replace("{{", "{").replace("}}", "}") for text in (message.text["en"], message.help["en"])]
    assert [text for text in texts if text] == said
