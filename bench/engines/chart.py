"""The chart: time against the number of people, both axes logarithmic, as an SVG without any library."""

import math
from html import escape

WIDTH, HEIGHT = 960, 520
TOP, BOTTOM, LEFT, PANEL, GAP = 70, 380, 80, 390, 70
# Engine, from, name, colour, marker, and whether the line is ours.
SERIES = [
    ("vinhdanh", "snapshot", "vinhdanh, from the snapshot", "#b3261e", "circle", True),
    ("vinhdanh", "records", "vinhdanh, from records", "#e07a5f", "square", True),
    ("Polars", "records", "Polars", "#1f77b4", "circle", False),
    ("OpenFisca-core", "records", "OpenFisca-core", "#2a9d8f", "diamond", False),
    ("DuckDB", "records", "DuckDB", "#8a6d00", "square", False),
    ("PostgreSQL", "records", "PostgreSQL", "#6a4c93", "circle", False),
    ("SQLite", "records", "SQLite", "#5c6770", "diamond", False),
]
TITLES = {"one": "One rule", "five": "Five honours"}


def draw(results, basis):
    """The chart of what ran on one thread; `basis` is the time to draw, `seconds` by the clock or `processor`."""
    known = [it | {"time": max(it[basis], 1e-6)} for it in results if it["from"] != "person" and it["threads"] == 1 and it["rules"] in TITLES]
    people = sorted({it["people"] for it in known})
    times = [it["time"] for it in known]
    x_range = math.log10(min(people)) - 0.1, math.log10(max(people)) + 0.1
    y_range = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="system-ui, Segoe UI, Liberation Sans, Arial, sans-serif" font-size="13" fill="#222">',
        "<title>Time of the question against the number of people, by engine, on one thread</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(LEFT, 28, "Who meets it? Time by the number of people, one thread", size=18, weight="bold", anchor="start"),
    ]
    for place, rules in enumerate(TITLES):
        left = LEFT + place * (PANEL + GAP)
        asked = [it for it in known if it["rules"] == rules]
        parts += panel(asked, TITLES[rules], left, people, x_range, y_range)
    named = "time of the question" if basis == "seconds" else "processor time of the question"
    parts.append(text(20, (TOP + BOTTOM) / 2, f"{named} (logarithmic)", turn=-90))
    parts += legend(known)
    return "\n".join([*parts, "</svg>"]) + "\n"


def text(x, y, words, size=13, weight="normal", anchor="middle", colour="#222", turn=None):
    turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
            f'fill="{colour}"{turned}>{escape(words)}</text>')


def seconds(power):
    """A power of ten of seconds in words."""
    if power >= 0:
        return f"{10 ** power:,} s"
    if power >= -3:
        return f"{10 ** (power + 3):,} ms"
    return f"{10 ** (power + 6):,} µs"


def count(people):
    """A number of people in words."""
    return f"{people / 1e6:g} million" if people >= 1e5 else f"{people:,}"


def panel(known, title, left, people, x_range, y_range):
    """One question: its frame, its lines and its markers."""
    x_at = lambda value: left + (math.log10(value) - x_range[0]) / (x_range[1] - x_range[0]) * PANEL  # noqa: E731
    y_at = lambda power: BOTTOM - (power - y_range[0]) / (y_range[1] - y_range[0]) * (BOTTOM - TOP)  # noqa: E731
    parts = [text(left + PANEL / 2, TOP - 12, title, size=15, weight="bold")]
    for power in range(y_range[0], y_range[1] + 1):
        y = y_at(power)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + PANEL}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(text(left - 8, y + 4, seconds(power), anchor="end", colour="#555"))
    for value in people:
        x = x_at(value)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}" stroke="#eee"/>')
        parts.append(text(x, BOTTOM + 20, count(value), colour="#555"))
    parts.append(f'<rect x="{left}" y="{TOP}" width="{PANEL}" height="{BOTTOM - TOP}" fill="none" stroke="#888"/>')
    parts.append(text(left + PANEL / 2, BOTTOM + 42, "people (logarithmic)"))
    for engine, form, _, colour, marker, ours in reversed(SERIES):
        line = sorted((it for it in known if (it["engine"], it["from"]) == (engine, form)), key=lambda it: it["people"])
        points = [(x_at(it["people"]), y_at(math.log10(it["time"]))) for it in line]
        if len(points) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{3 if ours else 1.8}"/>')
        parts += [shape(x, y, colour, marker) for x, y in points]
    return parts


def shape(x, y, colour, marker):
    """A marker, so that lines differ without colour too."""
    edge = f'fill="{colour}" stroke="#fff" stroke-width="1"'
    if marker == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {edge}/>'
    if marker == "square":
        return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" {edge}/>'
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" {edge}/>'


def legend(known):
    """Every line by name, three in a row."""
    shown = [it for it in SERIES if any((found["engine"], found["from"]) == it[:2] for found in known)]
    parts = []
    for place, (_, _, name, colour, marker, ours) in enumerate(shown):
        x, y = LEFT + place % 3 * 290, BOTTOM + 78 + place // 3 * 26
        width = 3 if ours else 1.8
        parts.append(f'<line x1="{x}" y1="{y}" x2="{x + 28}" y2="{y}" stroke="{colour}" stroke-width="{width}"/>')
        parts.append(shape(x + 14, y, colour, marker))
        parts.append(text(x + 36, y + 4.5, name, anchor="start", weight="bold" if ours else "normal"))
    return parts
