"""Polars, hand-written lazy queries over frames in memory; making the frames is not timed."""

import os

from common import FIVE, arguments, best, forget_peak, peak_mb, tables, tell

THREADS = arguments()[2][0]
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import polars as pl  # noqa: E402  (the number of threads is read when it is loaded)

from sql import day  # noqa: E402

TODAY, YEAR_BEFORE = day(2026, 3, 15), day(2025, 1, 1)


def bit(year):
    """A year as a bit, the last one the lowest."""
    return pl.lit(2, dtype=pl.Int64).pow(2025 - year.cast(pl.Int64))


def row(years):
    """The years in a row up to the last."""
    return years & ~(years + 1)


def three(years):
    """Three years or more."""
    two = years & (years - 1)
    return (two & (two - 1)) != 0


def one(t):
    """Titles of three or more years in a row up to 2025; in them an initiative and no disciplinary measure."""
    recent = t["titles"].filter(pl.col("year") >= 2023).group_by("person").len().filter(pl.col("len") == 3)
    held = t["titles"].join(recent, on="person", how="semi").group_by("person")
    run = held.agg(years=bit(pl.col("year")).bitwise_or()).select(
        "person", first=2026 - pl.col("years").bitwise_trailing_ones().cast(pl.Int16)
    )
    ideas = t["initiatives"].join(run, on="person").filter(pl.col("year") >= pl.col("first")).select("person").unique()
    begun = t["disciplines"].filter(pl.col("from_year") <= 2025)
    measures = begun.join(run, on="person").filter(pl.col("to_year") >= pl.col("first"))
    return ideas.join(measures, on="person", how="anti")


def people(t):
    """Everybody whose years count, with what their records come to; see `five.sql`."""
    bits, award, kind = bit(pl.col("year")), pl.col("award"), pl.col("kind")
    grade = t["grades"].group_by("person").agg(
        good=bits.filter(pl.col("grade") >= 2).bitwise_or(), excellent=bits.filter(pl.col("grade") == 3).bitwise_or()
    )
    title = t["titles"].group_by("person").agg(
        base=bits.filter(award == 0).bitwise_or(),
        ministry=bits.filter(award == 1).bitwise_or(),
        ministry_last=pl.col("year").filter(award == 1).max(),
        ministry_decided=pl.col("decided_year").filter(award == 1).max(),
    )
    given = {f"decided_{number}": pl.col("decided").filter(award == number).max() for number in range(3)}
    merit = {f"last_{number}": pl.col("last_year").filter((award == number) & (kind == 0)).max() for number in range(3)}
    awards = t["awards"].group_by("person").agg(**given, **merit)
    discipline = t["disciplines"].group_by("person").agg(last_year=pl.col("to_year").max(), last_day=pl.col("to_day").max())
    held = t["holds"].filter((pl.col("from_day") <= TODAY) & (pl.col("to_day") >= TODAY)).select("person").unique()
    post = t["posts"].group_by("person").agg(
        director=pl.col("months").filter(pl.col("post") == 0).sum(), deputy=pl.col("months").sum()
    )
    condition, on = pl.col("condition"), pl.col("on_day")
    after = lambda number: on > pl.col(f"decided_{number}").fill_null(-1)  # noqa: E731
    fresh = (
        pl.when(condition <= 1).then(on >= YEAR_BEFORE)
        .when(condition <= 7).then(after(0)).when(condition <= 14).then(after(1)).otherwise(after(2))
    )
    said = pl.lit(2, dtype=pl.Int64).pow(condition.cast(pl.Int64))
    confirmed = t["attested"].join(awards, on="person", how="left").filter((on <= TODAY) & fresh).group_by("person").agg(
        yes=said.filter(pl.col("value") == 1).bitwise_or(), no=said.filter(pl.col("value") == 0).bitwise_or()
    )
    joined = t["people"].join(held, on="person", how="anti")
    for other in [grade, title, awards, discipline, post, confirmed]:
        joined = joined.join(other, on="person", how="left")
    count = lambda name: pl.col(name).fill_null(0)  # noqa: E731
    free = lambda name: bit(pl.col(name).fill_null(1989).clip(upper_bound=2025)) - 1  # noqa: E731
    joined = joined.filter(count("last_day") < TODAY).with_columns(
        *[count(name) for name in ["good", "excellent", "base", "ministry", "ministry_decided", "director", "deputy"]],
        *[count(name) for name in ["yes", "no"]],
        free=free("last_year"), free_0=free("last_0"), free_1=free("last_1"), free_2=free("last_2"),
        latest=bit(pl.col("ministry_last").fill_null(2025)),
    )
    base, excellent, unspent, latest = pl.col("base"), pl.col("excellent"), pl.col("free"), pl.col("latest")
    return joined.with_columns(
        titled=row(base) & unspent,
        merit=(row(base) | row(excellent)) & unspent & pl.col("free_0"),
        served=row(pl.col("good")) & unspent & pl.col("free_1"),
        cycled=(pl.col("ministry") & (latest * 8)) != 0,
        cycles=(latest * 63) & unspent,
    )


def five(t):
    """The verdicts of five honours; see `five.sql`."""
    spans = people(t)
    within = lambda years: (pl.col(years) & bit(pl.col("year"))) != 0  # noqa: E731
    unused = (pl.col("used") == 0) & within("merit")
    ideas = t["initiatives"].join(spans.select("person", "titled", "cycles", "merit"), on="person").group_by("person").agg(
        idea_bo=((pl.col("scope") >= 1) & within("titled")).any(),
        idea_toan_quoc=((pl.col("scope") >= 2) & within("cycles")).any(),
        ideas=(unused & (pl.col("sort") == 0)).sum(),
        topics=(unused & (pl.col("sort") == 1)).sum(),
    )
    needed = spans.select("person", "good", "excellent", "base", "free", "free_2")
    years, good, base = pl.col("years"), pl.col("good"), pl.col("base")
    chosen = t["awards"].filter((pl.col("award") == 1) & (pl.col("kind") == 0)).join(needed, on="person")
    chosen = chosen.with_columns(years=(bit(pl.col("last_year")) - 1) & pl.col("free") & pl.col("free_2"))
    since = chosen.filter(
        ((good & years) == years) & ((years & 31) == 31) & ((pl.col("excellent") & years) != 0) & three(base & years)
    ).select("person", holds=pl.lit(True)).unique()
    yes, no, grp = pl.col("yes"), pl.col("no"), pl.col("grp")
    director, deputy = pl.col("director"), pl.col("deputy")
    said = lambda bits: (yes & bits) != 0  # noqa: E731
    true = lambda name: pl.col(name).fill_null(False)  # noqa: E731
    some = lambda name: pl.col(name).fill_null(0) >= 2  # noqa: E731
    men = ((director >= 72) | (deputy >= 120)) & (director < 120) & (deputy < 180)
    women = ((director >= 48) | (deputy >= 80)) & (director < 80) & (deputy < 120)
    long = pl.when((pl.col("sex") == 0) | ((no & (1 << 26)) != 0)).then(men).when(said(1 << 26)).then(women).otherwise(
        men & women
    )
    retired = (yes & (3 << 24)) == (3 << 24)
    merit, served = pl.col("merit"), pl.col("served")
    return spans.join(ideas, on="person", how="left").join(since, on="person", how="left").select(
        "person",
        bo=((pl.col("titled") & 7) == 7) & (true("idea_bo") | ((grp == 7) & said(1))),
        toan_quoc=pl.col("cycled") & (pl.col("ministry_decided") >= 2025) & (true("idea_toan_quoc") | ((grp == 7) & said(2))),
        bang_khen_bo=(((merit & 3) == 3) & (some("ideas") | some("topics"))) | said(28) | ((grp == 5) & said(32))
        | ((yes & 192) == 192),
        thu_tuong=(pl.col("last_0").is_not_null() & ((served & 31) == 31) & three(base & served)) | said(15 << 8)
        | ((grp == 5) & said(7 << 12)),
        lao_dong_ba=true("holds") | said(31 << 15) | ((grp == 5) & said(15 << 20)) | (retired & long),
    )


def main():
    folder, rules, _ = arguments()
    frames = {name: pl.DataFrame(columns) for name, columns in tables(folder, rules).items()}
    count = frames["people"].height
    lazy = {name: frame.lazy().with_columns(pl.col("person").set_sorted()) for name, frame in frames.items()}
    if rules == "one":
        asked, counts = one(lazy), one(lazy).select(pl.len())
    else:
        asked = five(lazy)
        counts = asked.select(pl.col(FIVE).sum())
    forget_peak()
    times, counted = min(
        (best(lambda: counts.collect(engine=engine).row(0)) for engine in ["in-memory", "streaming"]),
        key=lambda found: found[0][0],
    )
    peak = peak_mb()
    everybody = asked.collect()
    if rules == "one":
        answers = [everybody["person"].to_numpy()]
    else:
        answers = [everybody.filter(pl.col(honour))["person"].to_numpy() for honour in FIVE]
    assert [len(answer) for answer in answers] == list(counted), "two ways to count"
    tell("Polars", rules, count, THREADS, times, answers, peak)


main()
