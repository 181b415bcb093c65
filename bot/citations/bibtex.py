"""Sources as BibTeX entries, with text escaped for LaTeX and addresses left as they are."""

from __future__ import annotations

import io
from collections.abc import Iterable

from bot.citations.csl import CslItem
from bot.citations.names import CslName, is_others

_TYPES = {
    "article-newspaper": "article",
    "article-journal": "article",
    "report": "techreport",
    "dataset": "misc",
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TABLE = str.maketrans(_LATEX)
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20"})


def escaped(text: str) -> str:
    r"""Text that LaTeX prints as it is: ``Profiles & 5%`` becomes ``Profiles \& 5\%``."""
    return " ".join(text.translate(_TABLE).split())


def to_bibtex(items: Iterable[CslItem]) -> str:
    """Entries in the order given, keyed by source id."""
    from pybtex.database import BibliographyData, Entry
    from pybtex.database.output.bibtex import Writer

    class PlainWriter(Writer):  # type: ignore[misc]  # the library has no types
        """Writes fields as they stand: the library would escape addresses, and leave backslashes in titles."""

        def _encode(self, text: str) -> str:
            return text

    data = BibliographyData({item["id"]: Entry(_TYPES.get(item["type"], "misc"), **_parts(item)) for item in items})
    out = io.StringIO()
    PlainWriter().write_stream(data, out)
    return out.getvalue().strip() + "\n"


def _parts(item: CslItem) -> dict[str, object]:
    from pybtex.database import Person

    persons = {
        role: [Person(_name(name)) for name in names]
        for role, names in (("author", item.get("author", [])), ("editor", item.get("editor", [])))
        if names
    }
    return {"fields": _fields(item), "persons": persons}


def _name(name: CslName) -> str:
    """A name as BibTeX takes it apart: a body in braces, so that it is not; those not named are "others"."""
    if is_others(name):
        return "others"
    if "literal" in name:
        return "{" + escaped(name["literal"]) + "}"
    family = escaped(name.get("family", ""))
    particle = escaped(name.get("dropping-particle", ""))
    parts = [f"{particle} {family}".strip(), escaped(name.get("suffix", "")), escaped(name.get("given", ""))]
    return ", ".join(part for part in parts if part) if any(parts[1:]) else "{" + parts[0] + "}"


def _fields(item: CslItem) -> dict[str, str]:
    # Double braces keep capitals such as those of "ISIS", which BibTeX styles would lower.
    fields = {"title": "{" + escaped(item.get("title", "")) + "}"}
    container, publisher = item.get("container-title"), item.get("publisher")
    if container:
        fields["journal"] = escaped(container)
    elif item["type"] == "report":
        bodies = [name["literal"] for name in item.get("author", []) if "literal" in name]
        fields["institution"] = escaped(publisher or (bodies[0] if bodies else ""))
    elif publisher:
        fields["publisher"] = escaped(publisher)
    issued = item.get("issued")
    if issued:
        year, *rest = issued["date-parts"][0]
        fields["year"] = str(year)
        if rest:
            fields["month"] = _MONTHS[rest[0] - 1]
        if len(rest) > 1:
            fields["day"] = str(rest[1])
    if item.get("URL"):
        fields["url"] = item["URL"].translate(_ADDRESS)
    accessed = item.get("accessed")
    if accessed:
        fields["urldate"] = "-".join(f"{part:02d}" for part in accessed["date-parts"][0])
    if item.get("language"):
        fields["langid"] = item["language"]
    return {key: value for key, value in fields.items() if value}
