"""An answer as one page to mail, print and keep: self-contained, without scripts, each figure with its document."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from html import escape
from itertools import groupby

from bot.answers.answer import Answer, Claim
from bot.places.catalogue import places
from bot.questions.canonical import canonical
from bot.render.fragments import SEPARATOR, Telling, claim_spans, grade_text, status_text
from bot.render.markdown import https_url
from bot.render.outline import Line, Role, Span
from bot.render.telling import sentence_of, tell
from bot.words.html import page_opening
from bot.words.words import words_of
from db.model.records import Who

_STYLE = """
body{margin:0 auto;max-width:42rem;padding:16px;font:16px/1.5 system-ui,'Noto Sans',sans-serif;overflow-wrap:anywhere;
color:#16171a;background:#fff}
h1{font-size:1.35rem;line-height:1.35;margin:.2em 0 .6em}h2{font-size:1.1rem;margin:1.6em 0 .4em}
p{margin:.3em 0}ul{padding-inline-start:1.2em}li{margin:.4em 0}a{color:#0b57a4}
.soft,footer{color:#54565e;font-size:.9rem}footer{margin-top:2em;border-top:1px solid #cdd0d6;padding-top:.6em}
pre{white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{color:#f5f5f7;background:#1e1f24}a{color:#7cc0ff}.soft,footer{color:#b9bbc4}}
@media print{body{max-width:none;color:#000;background:#fff}a{color:#000;text-decoration:none}li{break-inside:avoid}}
"""
_LISTED = {Role.ITEM, Role.EARLIER, Role.NOTE, Role.FINE, Role.OFFER, Role.CHOICE}
_SOFT = {Role.READING, Role.ASIDE, Role.MORE}


def to_page(answer: Answer, locale: str = "en") -> str:
    """The whole answer as HTML, then every figure with its page, its date, its grade and who counted."""
    words = words_of(locale)
    telling = Telling.of(answer, words)
    lines = tell(answer, locale)
    said = sentence_of(answer, locale) or answer.question
    query = canonical(answer.reading.query) if answer.reading.query else ""
    meta = f'<meta name="inflow-query" content="{escape(query)}">\n'
    opening = page_opening(words.locale, words.rtl, said, _STYLE, meta=meta)
    return f"""{opening}{_lines(line for line in lines if line.role is not Role.FOOTER)}
{_figures(telling)}
<footer>
{_lines(line for line in lines if line.role is Role.FOOTER)}
<p><code dir="ltr">{escape(f"inflow answer {answer.id} {shlex.quote(answer.question)}")}</code></p>
</footer>
</body>
</html>
"""


def _lines(lines: Iterable[Line]) -> str:
    """Lines of an outline, those of one list together."""
    parts = []
    for listed, group in groupby(lines, key=lambda line: line.role in _LISTED):
        drawn = [_line(line) for line in group]
        parts += ["<ul>", *drawn, "</ul>"] if listed else drawn
    return "\n".join(parts)


def _line(line: Line) -> str:
    content = _spans(line.spans)
    if line.role in _LISTED:
        return f"<li>{content}</li>"
    if line.role is Role.HEADLINE:
        return f"<h1>{content}</h1>"
    if line.role is Role.HEADING:
        return f"<h2>{content}</h2>"
    if line.role is Role.CITED:
        return f'<pre dir="auto">{content}</pre>'
    return f'<p class="soft">{content}</p>' if line.role in _SOFT else f"<p>{content}</p>"


def _spans(spans: Iterable[Span]) -> str:
    drawn = []
    for span in spans:
        text, url = escape(span.text), https_url(span.url)
        text = f"<b>{text}</b>" if span.strong else text
        drawn.append(f'<a href="{escape(url)}">{text}</a>' if url else text)
    return "".join(drawn)


def _figures(telling: Telling) -> str:
    claims = telling.claims.values()
    if not claims:
        return ""
    entries = "\n".join(_figure(claim, telling) for claim in claims)
    return f"<h2>{escape(telling.words.say('button.all'))}</h2>\n<ul>\n{entries}\n</ul>"


def _figure(claim: Claim, telling: Telling) -> str:
    """One figure: what it says and who says so, then the document, the place in it, who counted and how sure it is."""
    words, figure, source = telling.words, claim.figure, claim.source
    scope = [telling.place(figure.place), words.measure(figure.measure)]
    scope += [words.who(figure.who)] if figure.who is not Who.EVERYONE else []
    scope.append(words.destination(figure.destination))
    known = [
        words.embed(f"“{source.title}”") if source.title else "",
        words.embed(figure.locator),
        words.say("page.counted", bodies=words.listed(_bodies(claim, telling))) if claim.bodies else "",
        grade_text(claim, words),
        status_text(claim, words),
        words.original(figure.note),
        words.embed(source.url),
        words.embed(figure.id),
    ]
    detail = escape(SEPARATOR.join(part for part in (*scope, *known) if part))
    said = _spans(claim_spans(claim, None, telling))
    return f'<li id="{escape(figure.id)}">{said}<br><span class="soft">{detail}</span></li>'


def _bodies(claim: Claim, telling: Telling) -> list[str]:
    """Those who counted: a state by its country's name, any other body by its own, a document by who published it."""
    named = []
    for body in claim.bodies:
        source = telling.source(body)
        if source is not None:
            named.append(telling.words.body_name(source.publisher or source.title))
        else:
            named.append(telling.words.place(body) if body in places() else telling.words.body_name(body))
    return named
