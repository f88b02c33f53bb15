# Texts and standards: the shelf of honours, the page of each, the texts that are cited.
menu-law = Law and standards
menu-law-short = Standards
menu-law-about = Titles and forms of commendation, their standards on any day, and the texts behind them.

law-title = Titles and forms of commendation
law-lead = Under the rules of { $day }.
law-salary = Base salary from which bonuses are computed: { $dong } ({ $source }).
law-filters = Filter the list
law-filter = Filter
law-filter-all = Clear the filter
law-filter-text = Name of the honour
law-filter-subject = Subject
law-filter-any = All
law-counts = State of the data
law-shown = { $count ->
    [one] { $count } honour.
   *[other] { $count } honours.
}
law-none = No honour fits
law-none-note = Remove a filter or choose another day.
law-absent = Not in the rules of this day
law-column-name = Honour
law-column-decider = Decided by
law-column-bonus = Bonus
law-column-standard = Standards
law-bonus = { $times } × = { $dong }
law-deciders = { $first } (and { $others } more)
law-count-unverified = { $count } not checked
law-check-against = To be checked against { $text }
law-not-on-record = not on record

law-state-whole = Loaded
law-state-partly = Loaded in part
law-state-to-check = To be checked against a new text
law-state-nothing = Not loaded
law-state-unverified = Holds items not checked

law-subject-person = Person
law-subject-collective = Collective
law-subject-household = Household
law-level-state = State level
law-level-ministry = Ministry, central body or province
law-level-base = Base unit
law-class-title = Emulation titles
law-class-form = Forms of commendation

law-span = { $from } to { $until }
law-span-open = from { $from }
law-unverified = not checked against the official text
law-not-loaded = not loaded: { $text }
law-to-check = under the rules up to { $until }; to be checked against { $text }
law-layer = under { $name }
law-role-attested = needs a written confirmation
law-role-judgement = left to the council
law-join-all = All of these hold:
law-join-any = One of these holds:
law-join-not = Not the case that:

law-group-can-bo = officials
law-group-cong-chuc = civil servants
law-group-vien-chuc = public employees
law-group-hop-dong = contract workers
law-group-tap-su = probationers
law-group-cong-nhan = workers
law-group-nong-dan = farmers
law-group-luc-luong-vu-trang = armed forces
law-group-khac = others

law-no-award = There is no such honour
law-no-award-why = No title or form of commendation stands under this address.
law-no-award-near = Did you mean:
law-no-award-out = Open the list

award-lead = Under the rules of { $day }
award-print = Print
award-glance = At a glance
award-kind = Kind
award-subjects = For
award-bonus = { $times } × the base salary = { $dong }
award-counted = Counted in reports
award-counted-by-year = by the year of the title
award-counted-by-decision = by the day of the decision
award-absent = The rules of this day do not know this name; it is known from { $from }.
award-partly = The text behind some conditions is not at hand: what rests on them cannot be concluded.
award-nothing = The standard of this day is not loaded.
award-to-check = The values below are those of the rules up to { $until }; to be checked against { $text } (not loaded).
award-waiting = { $count ->
    [one] { $count } item waits for { $text }.
   *[other] { $count } items wait for { $text }.
}
award-unverified = { $count } of { $all } items are not checked against the official text.
award-texts = See the state of the texts
award-changes = Days on which the rules change
award-between = { $day } lies in the time { $span }. Choose a day to see its rules; old values are struck, with their last day.
award-before = { $day } lies before the first day in the data (up to { $until }).
award-parts = Parts
award-part-standards = Standards
award-part-rows = Authority, bonus, papers
award-part-proof = Worked examples
award-of-kind = for { $kind }
award-groups = only for { $groups }
award-except-groups = not for { $groups }
award-doubtful = the first or last day is not certain
award-reach = Binds only: { $standards }
award-no-standard = No standard for this day
award-no-standard-note = Choose another day, or see the state of the texts.
award-coming = Will apply
award-gone = No longer applies
award-principles = Common conditions
award-notes = Good to know
award-others = Standards of other times
award-names = Names
award-deciders = Decided by
award-bonuses = Bonus
award-votes = Vote of the council
award-quotas = Ceilings
award-papers = Papers
award-deadlines = Deadlines
award-vote = At least { $percent } of all members of the council agree
award-vote-ballot = At least { $percent } of all members of the council agree by secret ballot
award-quota = At most { $percent } of { $base }
award-rounding = Bonuses are rounded up to { $dong } ({ $source }).
award-amount-unknown = not known
award-times = { $times } × the base salary
award-column-span = Time
award-column-salary = Base salary
award-no-rows = Nothing on record
award-cases-held = { $held } of { $all } examples come out as expected under the loaded rules.
award-case = Example
award-case-asked = Question
award-case-on = considered on { $day }
award-case-received = received on { $day }
award-case-expected = Expected
award-case-provisional = { $verdict } (provisionally: { $provisional })
award-case-result = Result
award-case-holds = As expected
award-case-differs = Differs
award-no-cases = No examples yet
award-no-cases-note = This honour has no worked examples.

texts-title = Texts
texts-lead = The state on { $day } of the texts that are cited.
texts-not-at-hand = Not loaded
texts-in-force = In force
texts-to-come = Not yet in force
texts-ended = Ended
texts-count = { $count ->
    [one] { $count } text
   *[other] { $count } texts
}
texts-signed = signed on { $day }
texts-force = in force { $span }
texts-until = ended after { $day }
texts-loaded-until = Loaded up to { $until }.
texts-loaded-until-next = Loaded up to { $until }; after that { $next } is needed.
texts-waiting = { $count ->
    [one] { $count } item
   *[other] { $count } items
} of { $honours ->
    [one] { $honours } honour
   *[other] { $honours } honours
} waiting for this text
