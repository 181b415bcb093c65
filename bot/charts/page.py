"""A chart as one web page: the drawing, the same numbers as a table, and not a single request to another host."""

from __future__ import annotations

from html import escape

from bot.charts.chart import Chart
from bot.words.html import POLICY, page_opening
from bot.words.words import words_of

_POLICY = f"{POLICY}; img-src data:"
_STYLE = """
body{margin:0 auto;max-width:820px;padding:16px;font:16px/1.5 'Noto Sans','DejaVu Sans',sans-serif;
color:#16171A;background:#fff}
figure{margin:0}svg{width:100%;height:auto}table{border-collapse:collapse;width:100%;margin-top:16px}
th,td{text-align:start;padding:4px 8px;border-bottom:1px solid #DCDDE1;vertical-align:top}
figcaption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(prefers-color-scheme:dark){body{color:#F5F5F7;background:#1E1F24}th,td{border-color:#3A3C45}}
"""


def page(chart: Chart, svg: str) -> str:
    """The page; it has no script, so that it can be opened anywhere and kept."""
    words = words_of(chart.locale)
    columns = [key for key in ("label", "value", "when", "source", "remarks") if any(row[key] for row in chart.table)]
    rows = "\n".join(
        "<tr>" + "".join(f'<td dir="auto">{escape(row[key])}</td>' for key in columns) + "</tr>" for row in chart.table
    )
    stamp = escape(chart.text.rsplit("\n", 1)[-1])
    return f"""{page_opening(words.locale, words.rtl, chart.title, _STYLE, policy=_POLICY)}<figure>
{labelled(svg, chart)}
<figcaption>{escape(chart.alt)}</figcaption>
</figure>
<table>
<tbody>
{rows}
</tbody>
</table>
<p>{stamp}</p>
</body>
</html>
"""


def labelled(svg: str, chart: Chart) -> str:
    """The drawing with its title and alt text inside, for those who have it read to them."""
    opening, bracket, rest = svg.partition(">")
    label = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    return f'{opening} role="img"{bracket}{label}{rest}'
