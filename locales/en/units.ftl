# Units: the tree and one unit.
menu-units = Units
menu-units-short = Units
menu-units-about = The structure of a day, members, shares and honours of collectives.

units-title = Units
units-lead = The structure on { $day }, in the order of the decree.
units-name = Unit
units-code = Code
units-kind = Sort
units-cluster = Emulation cluster
units-people = People
units-shown = { $units } units, { $people } people
units-none = No units on this day
units-none-note = Choose another day at the top, or enter the structure.

unit-kind = Unit
unit-kind-vu = Department
unit-kind-cuc = Directorate
unit-kind-phong = Division
unit-kind-su-nghiep = Public service unit
unit-kind-doan-the = Party, union or youth body
unit-fictitious = Fictitious unit
unit-name-vietnamese = Vietnamese name
unit-name-to-check = not checked against the text
unit-name-illustrative = illustrative
unit-parent = Part of
unit-names = Names and organisation
unit-not-yet = The unit had not been founded on this day; its first name holds from { $day }.
unit-no-more = The unit ended after { $day }; what follows stands under its last name.
unit-lineage-renamed = { $from } was renamed { $to }
unit-lineage-merged = { $from } merged into { $to }
unit-lineage-split = { $to } was split from { $from }
unit-lineage-moved = { $from } became { $to }
unit-years = Results by year
unit-years-none = No yearly figures yet
unit-years-none-note = The figures are counted from the roster, the grades and the titles of the members.
unit-years-total = People considered
unit-years-grades = Completion of tasks
unit-grade-excellent = Excellent
unit-grade-good = Good
unit-grade-done = Completed
unit-grade-not-done = Not completed
unit-years-advanced = Advanced worker
unit-years-fighters = Emulation fighter at base level
unit-years-titled = { $count } ({ $share })
unit-years-own = Titles of the collective
unit-years-note = Counted from the roster of 31 December with sub-units; shares are cut after two decimals, never rounded up.
unit-years-more = { $count ->
    [one] Show 1 earlier year.
   *[other] Show { $count } earlier years.
}
unit-members = Members
unit-members-none = No members on this day
unit-members-none-note = Members appear here by the unit in which each person works.
unit-members-grade = Grade for { $year }
unit-members-titles = Titles for { $year }
unit-members-shown = { $rows } of { $total } people, with sub-units
unit-members-shown-more = { $rows } of more than { $total } people, with sub-units
unit-members-more = Show { $count } more
unit-member-no-grade = None yet
unit-honours-none-note = Titles, flags and commendations of the collective appear here once a decision has been entered.
