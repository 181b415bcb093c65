"""Figures as files in every form that is offered, the bibliography of the documents behind them among these."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.citations.cite import cite_many
from db.model.records import Figure, Holdings, Source
from db.model.relays import sources_behind
from db.package.datapackage import Package
from db.store.engine import Database

ENDINGS = {"csv": "csv", "json": "json", "package": "zip", "sdmx": "sdmx.csv", "bibtex": "bib"}
"""The forms and the endings of their files."""


async def export_file(
    database: Database,
    form: str,
    holdings: Holdings,
    figures: Sequence[Figure],
    *,
    everything: bool = False,
    again: Mapping[str, str] | None = None,
) -> tuple[Sequence[Figure], bytes]:
    """Figures as a file, with those that are in it: of everything, a package holds the withdrawn ones too.

    Importing such a package gives the same dataset. Otherwise as ``exported``.
    """
    from db.package import exporting

    package = None
    if form == "package":
        package = await exporting.stored_package(database, holdings.revision)
        if everything:
            figures = package.figures
        else:
            package = exporting.selected_package(package, figures)
    # Thousands of rows take tens of milliseconds; other questions need not wait for them.
    return figures, await asyncio.to_thread(exported, form, holdings, figures, package, again)


def exported(
    form: str,
    holdings: Holdings,
    figures: Sequence[Figure],
    package: Package | None = None,
    again: Mapping[str, str] | None = None,
) -> bytes:
    """Figures as a file; KeyError for a form that is none of ``ENDINGS``.

    ``package`` holds the same figures with all that a package needs; without it there is no form ``package``. ``again``
    brings the answer back whose figures they are; JSON has room for it, of the others the name of the file has its id.
    """
    from db.package import exporting  # which needs an ORM

    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: exporting.figures_csv(figures),
        "json": lambda: exporting.figures_json(figures, documents_behind(holdings, figures), holdings.revision, again),
        "sdmx": lambda: exporting.sdmx_csv(figures, holdings.sources, holdings.measures),
        "bibtex": lambda: bibliography(holdings, figures),
    }
    if package is not None:
        writers["package"] = lambda: exporting.package_zip(package)
    return writers[form]()


def file_name(what: str, form: str, revision: int) -> str:
    """What the file of an export is called: ``inflow-be-r12.csv``."""
    return f"inflow-{what.removeprefix('R:').lower()}-r{revision}.{ENDINGS[form]}"


def documents_behind(holdings: Holdings, figures: Iterable[Figure]) -> dict[str, Source]:
    """The cited documents and all that they relay, directly or not."""
    cited = (
        key
        for figure in figures
        for key in (*figure.documents, *holdings.relay_chain(figure), *holdings.origins(figure))
    )
    return sources_behind(cited, holdings.sources)


def bibliography(holdings: Holdings, figures: Iterable[Figure]) -> bytes:
    """The sources behind figures as one file in BibTeX."""
    behind = documents_behind(holdings, figures)
    return cite_many((behind[key] for key in sorted(behind)), "bibtex").encode()
