# The coverage of the law: every honour under every regime.
coverage-title = Coverage of the standards
coverage-lead = For every honour and every regime: how far records can decide, and which texts are missing.
coverage-table = Honours by regime
coverage-missing = Missing texts
coverage-award = Honour
coverage-from = From { $day }
coverage-legend = Two numbers in brackets or behind a word: conditions checked against the official text, of all that can be used.
coverage-waits = { $text }: { $count } conditions wait
coverage-not-given = not given
coverage-decided = decided
coverage-partly = partly
coverage-to-check = to be checked
coverage-unknown = not loaded
