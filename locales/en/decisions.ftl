# Award decisions: the list and each decision.
menu-decisions = Award decisions
menu-decisions-short = Decisions
menu-decisions-about = Look up decisions and the lists of those they honour.

decisions-title = Award decisions
decisions-lead = Decisions that confer emulation titles and forms of commendation, the newest first.
decisions-filters = Filter the decisions
decisions-text = Content
decisions-text-hint = Words of number, issuer, abstract, signer or of a name on the list; with or without diacritics.
decisions-number = Number
decisions-year = Year
decisions-issuer = Issuing body
decisions-issuer-any = Any
decisions-from = From day
decisions-to = To day
decisions-filter = Filter
decisions-all = Clear the filter
decisions-column-number = Number and symbol
decisions-column-day = Day
decisions-column-summary = Abstract
decisions-column-authority = Deciding authority
decisions-column-lines = Awards
decisions-shown = { $rows } of { $total ->
    [one] { $total } decision
   *[other] { $total } decisions
}
decisions-shown-more = { $rows } of more than { $total } decisions
decisions-none = No decision yet
decisions-none-note = Decisions stand here once they have been entered.
decisions-none-found = No decision matches
decisions-none-found-note = Ask for less, or check the number and the year.
decisions-none-own = The account is not tied to a person
decisions-none-own-note = Your award decisions stand here once the administrator has tied the account to your record.

decision-title = Decision { $number } of { $day }
decision-print = Print
decision-about = Abstract
decision-authority = Deciding authority
decision-signer = Signed by
decision-signer-none = Not stated
decision-illustrative = illustrative
decision-illustrative-note = An illustrative decision, signed by nobody and without legal value.
decision-revoked = revoked
decision-withdrawn-by = Withdrawn from { $day } by { $document }.
decision-annulled-by = Annulled from { $day } by { $document }.
decision-amended-by = Replaced by another line from { $day } by { $document }.
decision-column-place = No.
decision-column-person = Name
decision-column-collective = Collective
decision-column-post = Post and unit
decision-column-achievement = Achievement
decision-shown = Lines { $from }–{ $to } of { $total }
decision-no-lines = The decision has no lines
decision-no-lines-note = The list attached to it stands here once it has been entered.

subject-collectives = Collectives
subject-individuals = Individuals
subject-households = Households
subject-title-year = { $year }
pager-first = Back to the beginning
field-wrong-year = Write the year in four digits, such as 2020.
field-wrong-day = Write a day that exists, such as 16/06/2020.
field-wrong-order = The last day lies before the first.
