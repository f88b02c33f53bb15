"""DuckDB, hand-written SQL over tables in memory; loading them is not timed."""

import duckdb
import pyarrow as pa

from common import arguments, best, forget_peak, peak_mb, tables, tell
from sql import ask, everybody


def main():
    folder, rules, threads = arguments()
    database = duckdb.connect(":memory:", config={"memory_limit": "14GB"})
    people = 0
    for name, columns in tables(folder, rules).items():
        records = pa.table(columns)
        people = records.num_rows if name == "people" else people
        database.execute(f"create table {name} as select * from records")
        del records, columns
    forget_peak()
    for number in threads:
        database.execute(f"set threads = {number}")
        times, counted = best(lambda: ask(database.execute, rules, "duckdb"))
        peak = peak_mb()
        tell("DuckDB", rules, people, number, times, everybody(database.execute, rules, counted), peak)


main()
