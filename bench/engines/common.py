"""What the engines share: the columns of the raw records, the timing, and how a result is told."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

FIVE = ["bo", "toan_quoc", "bang_khen_bo", "thu_tuong", "lao_dong_ba"]
TABLES_OF = {
    "one": ["people", "titles", "initiatives", "disciplines"],
    "five": [
        "people", "grades", "titles", "initiatives", "awards", "disciplines", "holds", "posts", "attested",
    ],
}
# The one rule reads nothing else.
COLUMNS_OF_ONE = {
    "people": ["person"],
    "titles": ["person", "year"],
    "initiatives": ["person", "year"],
    "disciplines": ["person", "from_year", "to_year"],
}


def tables(folder, rules):
    """The raw records as numpy columns by table: all that the rules read, sorted by person."""
    folder, found = Path(folder), {}
    for table in TABLES_OF[rules]:
        columns = {}
        for path in sorted(folder.glob(f"{table}.*")):
            _, column, kind = path.name.split(".")
            columns[column] = np.fromfile(path, dtype="<" + kind)
        if rules == "one":
            if table == "titles":
                base = columns["award"] == 0
                columns = {name: values[base] for name, values in columns.items()}
            columns = {name: columns[name] for name in COLUMNS_OF_ONE[table]}
        found[table] = columns
    return found


def mixed(numbers):
    """Spreads numbers over all bits, as the Rust side does."""
    z = numbers.astype(np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def met(people):
    """How many, and the sum of their mixed numbers."""
    with np.errstate(over="ignore"):
        return [len(people), f"{int(mixed(np.asarray(people)).sum(dtype=np.uint64)):016x}"]


def best(run, limit=10.0):
    """The best time of up to five runs, fewer where they take longer than `limit` seconds together, with the result."""
    begun, times = time.perf_counter(), []
    while len(times) < 5 and (not times or time.perf_counter() - begun < limit):
        started = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - started)
    return min(times), result


def peak_mb():
    """The most memory that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(engine, rules, people, threads, seconds, answers, peak=None, **more):
    """Prints one result as a line of JSON; `answers` holds the people who meet each honour."""
    line = {
        "engine": engine, "from": "records", "rules": rules, "people": people, "threads": threads,
        "seconds": round(seconds, 6), "peak_mb": round(peak_mb() if peak is None else peak),
        "met": [met(people) for people in answers], **more,
    }
    print(json.dumps(line), flush=True)


def arguments():
    """The folder of the records, the rules asked and the number of threads."""
    folder, rules, threads = sys.argv[1:4]
    return folder, rules, int(threads)
