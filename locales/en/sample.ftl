# The fictitious office for measuring.
cli-help-sample = Make a fictitious office of any size, for measuring.
cli-help-people = How many people
cli-help-seed = The same number makes the same people (default 1)
cli-help-until = The last day that is known (default 2026-11-23)
cli-sample-made = Made { $people } fictitious people with { $awards } awards in { $database }.
cli-sample-not-empty = The database { $database } already holds records.
cli-sample-not-empty-hint = Choose an empty one with --database, for example --database sqlite:measure/sample.db.
