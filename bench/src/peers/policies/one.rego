# Titles of three or more years in a row up to 2025; in those years an initiative and no disciplinary measure.
package honours

import rego.v1

base := {year | some year in input.base}

gap := max({year | some year in input.years; not year in base})

measured if {
	some measure in input.disciplines
	measure.from <= 2025
	measure.to > gap
}

default met := false

met if {
	2025 - gap >= 3
	not measured
	some initiative in input.initiatives
	initiative.year > gap
}

verdicts := [met]
