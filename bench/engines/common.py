"""What the engines share: the columns of the raw records, the timing, and how a result is told."""

import gc
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


def processor_seconds():
    """Processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def best(run, processor=processor_seconds, limit=10.0):
    """The best times of up to five runs, fewer where they take longer than `limit` seconds together, with the result.

    The times are those of the clock and of the processor.
    """
    begun, clock, used = time.perf_counter(), [], []
    while len(clock) < 5 and (not clock or time.perf_counter() - begun < limit):
        started, before = time.perf_counter(), processor()
        result = run()
        clock.append(time.perf_counter() - started)
        used.append(processor() - before)
    return (min(clock), min(used)), result


def forget_peak():
    """From now on the peak memory is that of the question, with the records that are held."""
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass  # Then the loading counts as well.


def peak_mb(process="self"):
    """The most memory that a process held since `forget_peak`."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def tell(engine, rules, people, threads, times, answers, peak):
    """Prints one result as a line of JSON; `answers` holds the people who meet each honour."""
    line = {
        "engine": engine, "from": "records", "rules": rules, "people": people, "threads": threads,
        "seconds": round(times[0], 6), "processor": round(times[1], 6), "peak_mb": round(peak),
        "met": [met(people) for people in answers],
    }
    print(json.dumps(line), flush=True)


def arguments():
    """The folder of the records, the rules asked and the numbers of threads."""
    folder, rules, threads = sys.argv[1:4]
    return folder, rules, [int(number) for number in threads.split(",")]
