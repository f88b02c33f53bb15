"""DuckDB, hand-written SQL over tables in memory; loading them is not timed."""

import duckdb
import pyarrow as pa

from common import arguments, best, forget_peak, peak_mb, tables, tell
from sql import counting, everybody


def main():
    folder, rules, threads = arguments()
    database = duckdb.connect(":memory:", config={"memory_limit": "8GB"})
    people = 0
    for name, columns in tables(folder, rules).items():
        records = pa.table(columns)
        people = records.num_rows if name == "people" else people
        database.execute(f"create table {name} as select * from records")
        del records, columns
    forget_peak()
    question = counting(rules, "duckdb")
    answers = None
    for number in threads:
        database.execute(f"set threads = {number}")
        times, counted = best(lambda: database.execute(question).fetchone())
        peak = peak_mb()
        if answers is None:
            answers = [database.execute(text).fetchnumpy()["person"] for text in everybody(rules, "duckdb")]
        assert [len(answer) for answer in answers] == [int(count) for count in counted], "two ways to count"
        tell("DuckDB", rules, people, number, times, answers, peak)


main()
