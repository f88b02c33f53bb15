# Five honours on 2026-03-15; codes as in `export.rs`, conditions by their place in `people.rs`.
package honours

import rego.v1

base := {year | some year in input.base}

ministry := {year | some year in input.ministry}

good := {year | some year in input.good}

excellent := {year | some year in input.excellent}

gap(held) := max({year | some year in input.years; not year in held})

rewarded(award) := max({1989} | {it.last | some it in input.awards; it.award == award; it.kind == 0})

measured := max({1989} | {measure.to | some measure in input.disciplines})

after(first) := {year | some year in input.years; year > first}

titled := after(max([gap(base), measured]))

merit := after(max([min([gap(base), gap(excellent)]), measured, rewarded(0)]))

served := after(max([gap(good), measured, rewarded(1)]))

since := after(max([measured, rewarded(2)]))

used_up(confirmation) if {
	some it in input.awards
	it.award == confirmation.honour
	it.decided >= confirmation.on
}

fresh(confirmation) if {
	confirmation.condition <= 1
	confirmation.on >= 20089
}

fresh(confirmation) if {
	confirmation.condition > 1
	not used_up(confirmation)
}

said(value) := {it.condition | some it in input.attested; it.value == value; it.on <= 20527; fresh(it)}

yes := said(1)

no := said(0)

closed if {
	some it in input.holds
	it.from <= 20527
	it.to >= 20527
}

closed if {
	some measure in input.disciplines
	measure.to_day >= 20527
}

default bo := false

bo if {
	not closed
	count(titled) >= 3
	outstanding
}

outstanding if {
	some it in input.initiatives
	it.scope >= 1
	it.year in titled
}

outstanding if {
	input.grp == 7
	0 in yes
}

default toan_quoc := false

toan_quoc if {
	not closed
	count(ministry) > 0
	max(ministry) - 3 in ministry
	some year in input.ministry_decided
	year >= 2025
	nationwide
}

nationwide if {
	some it in input.initiatives
	it.scope >= 2
	it.year > measured
	it.year <= max(ministry)
	it.year > max(ministry) - 6
}

nationwide if {
	input.grp == 7
	1 in yes
}

ideas(sort) := [it | some it in input.initiatives; it.used == 0; it.sort == sort; it.year in merit]

default bang_khen_bo := false

bang_khen_bo if {
	not closed
	certificate
}

certificate if {
	count(merit) >= 2
	some sort in [0, 1]
	count(ideas(sort)) >= 2
}

certificate if count(yes & {2, 3, 4}) > 0

certificate if {
	input.grp == 5
	5 in yes
}

certificate if count(yes & {6, 7}) == 2

default thu_tuong := false

thu_tuong if {
	not closed
	certificate_of_the_prime_minister
}

certificate_of_the_prime_minister if {
	rewarded(0) > 1989
	count(served) >= 5
	count(served & base) >= 3
}

certificate_of_the_prime_minister if count(yes & {8, 9, 10, 11}) > 0

certificate_of_the_prime_minister if {
	input.grp == 5
	count(yes & {12, 13, 14}) > 0
}

default lao_dong_ba := false

lao_dong_ba if {
	not closed
	order
}

order if {
	some it in input.awards
	it.award == 1
	it.kind == 0
	years := {year | some year in since; year > it.last}
	count(years) >= 5
	count(years - good) == 0
	count(years & excellent) >= 1
	count(years & base) >= 3
}

order if count(yes & {15, 16, 17, 18, 19}) > 0

order if {
	input.grp == 5
	count(yes & {20, 21, 22, 23}) > 0
}

order if {
	count(yes & {24, 25}) == 2
	long
}

long if {
	full
	men
}

long if {
	not full
	26 in yes
	women
}

long if {
	not full
	not 26 in yes
	men
	women
}

full if input.sex == 0

full if 26 in no

men if {
	max([input.director - 72, input.deputy - 120]) >= 0
	input.director < 120
	input.deputy < 180
}

women if {
	max([input.director - 48, input.deputy - 80]) >= 0
	input.director < 80
	input.deputy < 120
}

verdicts := [bo, toan_quoc, bang_khen_bo, thu_tuong, lao_dong_ba]
