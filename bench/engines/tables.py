"""The tables in Markdown and the results as JSON, from what the runner gathered."""

import json
import platform
from datetime import date
from pathlib import Path

import chart

BENCH = Path(__file__).parent.parent
NAMES = {"one": "One rule", "five": "Five honours", "every": "Every honour for persons (56)"}
# A load above this when the run begins makes the clock say more of others than of the engines.
QUIET = 1.5
ORDER = ["vinhdanh", "Polars", "OpenFisca-core", "DuckDB", "SQLite", "PostgreSQL"]


def tell(run, load, seconds):
    """Writes everything and prints the tables."""
    run.basis = "seconds" if load < QUIET else "processor"
    results = BENCH / "results"
    results.mkdir(exist_ok=True)
    whole = {"machine": machine(load), "results": run.results, "more": run.more, "left_out": run.left_out}
    (results / "results.json").write_text(json.dumps(whole, indent=1) + "\n")
    text = document(run, load, seconds)
    (results / "benchmarks.md").write_text(text)
    (results / "scan.svg").write_text(chart.draw(run.results, run.basis))
    print(text)
    print("Written: bench/results/benchmarks.md, results.json, scan.svg. Copy the chart to docs/scan.svg.")


def machine(load):
    """The machine and how busy it was when the run began."""
    information = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in information.splitlines() if line.startswith("model name")), "")
    cores = information.count("processor\t")
    memory = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines())
    return (f"{cores} cores ({model or platform.machine()}), {memory / 1e6:.0f} GB, Linux {platform.release().split('-')[0]}, "
            f"load {load:.1f} at the start")


def number(value):
    """A number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def span(seconds):
    """A time in the unit that fits."""
    for unit, size in [("s", 1), ("ms", 1e-3), ("µs", 1e-6)]:
        if seconds >= size:
            return f"{number(seconds / size)} {unit}"
    return f"{number(seconds * 1e9)} ns"


def rate(people, seconds):
    """People a second in words."""
    each = people / seconds
    return f"{number(each / 1e6)} M" if each >= 1e6 else f"{number(each / 1e3)} k"


def document(run, load, seconds):
    """The section for docs/benchmarks.md."""
    parts = [
        f"## The scan and the explainer beside other engines, {date.today()}\n",
        f"{machine(load)}. `bench/run`, release build, {seconds / 60:.0f} minutes; the best of up to five runs, each engine "
        "a process of its own. Careers of up to thirty years from a seed; the day asked is 2026-03-15. Every engine finds "
        "the same people, compared before anything is told here.\n",
        "![Time against the number of people, both axes logarithmic](scan.svg)\n",
        DEFINITIONS,
        BUSY if run.basis == "processor" else "",
    ]
    sizes = sorted({it["people"] for it in run.results if it["from"] != "person"})
    for rules in ["one", "five"]:
        for people in sizes:
            parts.append(table(run, rules, people))
    parts += [growth(run, sizes), every(run, sizes), persons(run)]
    return "\n".join(part for part in parts if part)


DEFINITIONS = """\
- *One rule*: emulation fighter at base level for three or more years in a row up to now, in those years an initiative and no disciplinary measure.
- *Five honours*: chiến sĩ thi đua bộ and toàn quốc, bằng khen bộ and of the Prime Minister, Huân chương Lao động hạng Ba, with all their standards of the day: runs of titles and grades, cycles, initiatives by scope and sort, confirmations, long service in posts, discipline, what is pending, and years already rewarded.
- *From records*: the others hold the raw records in memory in their own form, sorted by person, only the columns that the rules read; SQLite and PostgreSQL have an index by person and statistics. Loading is not timed. Ours holds a table for each kind of record, sorted by person (`rules::scan::records`), packs the columns that the rules read and asks; both are timed.
- *From the snapshot*: ours asks again, the snapshot being kept current; compiling the law's honours is timed, reading its files is not.
- *Time* is that of the question "how many meet each honour" by the clock; *processor* is what all threads of the process used together (PostgreSQL: of the one that answers).
- *Peak memory* is the most that the process held while it was asked, with the records it holds. Start-up is never timed.
- *× ours* is the time divided by ours from records, and by ours from the snapshot, with as many threads: above 1, ours is faster.
"""


BUSY = """\
**The machine was busy with other work**, so ratios, people/s, growth and the chart are from processor time here, and *time* by the clock is far too high; rows of two threads have no rate.
"""


def pick(run, **wanted):
    """The results with these values."""
    return [it for it in run.results if all(it[key] == value for key, value in wanted.items())]


def table(run, rules, people):
    """One question over so many people, engine by engine."""
    found = [it for it in pick(run, rules=rules, people=people) if it["from"] != "person"]
    if not found:
        return ""
    met = ", ".join(f"{count:,}" for count, _ in found[0]["met"])
    lines = [
        f"### {NAMES[rules]}, {people:,} people ({met} met)\n",
        "| engine | threads | time | people/s | × ours from records | × ours from the snapshot | processor | peak memory |",
        "|---|---|---|---|---|---|---|---|",
    ]
    found.sort(key=lambda it: (ORDER.index(it["engine"]), it["from"] == "records", it["threads"]))
    for it in found:
        ours = {form: pick(run, engine="vinhdanh", **{"from": form}, rules=rules, people=people, threads=it["threads"])
                for form in ["records", "snapshot"]}
        times = [number(it[run.basis] / ours[form][0][run.basis]) for form in ["records", "snapshot"]]
        each = rate(people, it[run.basis]) if run.basis == "seconds" or it["threads"] == 1 else ""
        name = f"{it['engine']}, from the snapshot" if it["from"] == "snapshot" else f"{it['engine']}, from records"
        name = f"**{name}**" if it["engine"] == "vinhdanh" else name
        lines.append(
            f"| {name} | {it['threads']} | {span(it['seconds'])} | {each} | {times[0]} | {times[1]} "
            f"| {span(it['processor'])} | {it['peak_mb']:,} MB |"
        )
    for engine, asked, size, reason in dict.fromkeys(run.left_out):
        if (asked, size) == (rules, people):
            lines.append(f"| {engine} | | left out: {reason} | | | | | |")
    return "\n".join(lines) + "\n"


def growth(run, sizes):
    """How the time for one person changes from the fewest people to the most."""
    if len(sizes) < 2:
        return ""
    lines = [
        "### Growth: nanoseconds a person, one thread\n",
        "| engine | rules | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|---|" + "---|" * len(sizes),
    ]
    for rules in ["one", "five", "every"]:
        for engine, form in [("vinhdanh", "snapshot"), *[(engine, "records") for engine in ORDER]]:
            known = {it["people"]: it for it in pick(run, engine=engine, rules=rules, threads=1, **{"from": form})}
            if known:
                each = [number(known[size][run.basis] / size * 1e9) if size in known else "" for size in sizes]
                lines.append(f"| {engine}, from {'the ' if form == 'snapshot' else ''}{form} | {NAMES[rules].lower()} | {' | '.join(each)} |")
    return "\n".join(lines) + "\n"


def every(run, sizes):
    """Ours alone: the whole law, the snapshot's size and a change."""
    lines = ["### Every honour of the law for persons, ours alone\n",
             "| people | 1 thread | 2 threads | bytes a person in the snapshot | one changed record | peak memory |", "|---|---|---|---|---|---|"]
    for size in sizes:
        found = {it["threads"]: it for it in pick(run, rules="every", people=size, **{"from": "snapshot"})}
        if found:
            one = span(found[1][run.basis]) if 1 in found else ""
            lines.append(f"| {size:,} | {one} | {span(found[2]['seconds'])} | {last(run, size, 'bytes_a_person'):.0f} "
                         f"| {last(run, size, 'change_microseconds'):.1f} µs | {found[2]['peak_mb']:,} MB |")
    return "\n".join(lines) + "\n"


def last(run, size, name):
    """What ours told last under a name for so many people."""
    return [it[name] for it in run.more if it["people"] == size and name in it][-1]


def persons(run):
    """Those who answer for one person at a time, beside the explainer and beside the scan of one thread."""
    found = [it for it in run.results if it["from"] == "person"]
    if not found:
        return ""
    lines = [
        "### One person at a time, one thread\n",
        "The input of each person is made before in the engine's own form; policies are compiled before. The explainer gives "
        "its whole answer with words, records, what is missing and the earliest day; the others give a verdict alone. "
        "Cedar has neither loops nor counting: it is asked the one rule, with its run of years spelt out. "
        "`zen-expression` is the expression language of the ZEN engine without its graph around it.\n",
        "| engine | rules | people | people/s | × the explainer | processor | peak memory |", "|---|---|---|---|---|---|---|",
    ]
    found.sort(key=lambda it: (list(NAMES).index(it["rules"]), -it["people"] / it["processor"]))
    for it in found:
        ours = [other for other in found if (other["engine"], other["rules"]) == ("vinhdanh explainer", it["rules"])]
        beside = (it["people"] / it["processor"]) / (ours[0]["people"] / ours[0]["processor"])
        name = f"**{it['engine']}**" if it["engine"].startswith("vinhdanh") else it["engine"]
        lines.append(
            f"| {name} | {NAMES[it['rules']].lower()} | {it['people']:,} | {rate(it['people'], it[run.basis])} | {number(beside)} "
            f"| {span(it['processor'])} | {it['peak_mb']:,} MB |"
        )
    return "\n".join(lines) + "\n"
