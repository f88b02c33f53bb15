# People: the list, one person, career, standards, honours.
menu-people = People
menu-people-short = People
menu-people-about = Find a person, their career in emulation and the standards they meet.

people-title = People
people-lead = In the order of given names. Search with or without diacritics.
people-filters = Filter people
people-name = Full name
people-name-hint = For example: nguyen thi mai
people-unit = Unit of work
people-own-only = Without sub-units
people-with-former = With those who no longer work here
people-level = Level of post
people-award = Holds
people-award-state = State level
people-award-ministry = Ministry or province level
people-award-base = Base level
people-sex = Sex
people-ungraded = Without a grade for the year
people-any = All
people-filter = Filter
people-all = Clear filters
people-wrong-choice = This value is not on the list. Please choose again.
people-column-name = Full name
people-column-post = Post
people-column-unit = Unit
people-quoted = from the article
people-shown = { $rows } of { $total } people
people-shown-more = { $rows } of more than { $total } people
people-none = No people yet
people-none-note = People appear here once their records have been entered.
people-none-found = Nobody matches
people-none-found-note = Remove a filter or check the name. Those who no longer work here appear when searched by name.
people-none-own = The account is not linked to a person
people-none-own-note = Your record appears here once the administrator has linked the account to it.

households-title = Households
households-one = Household
households-lead = Households considered for the titles and forms that go to households, in the order of given names.
households-name = Name of the household
households-name-hint = As certificates bear it. For example: Hộ ông Nguyễn Văn Mẫu
households-unit = Commune, hamlet or unit where it lives
households-with-former = With those that moved away
households-shown = { $rows } of { $total } households
households-shown-more = { $rows } of more than { $total } households
households-none = No households yet
households-none-note = Households appear here once they are entered, or when a list of their honours is brought in.
households-none-found = No household matches
households-none-found-note = Remove a filter or check the name.
households-doubt-alike = There are records of the same name. If this is another household, tick the box below and save.

person-fictitious = Fictitious person
person-quoted = Real person named in the article – only the post as printed is recorded
person-quotation = As printed
person-quotation-note = Beyond the quotation nothing is recorded about this person, who stands in no unit's roster.
person-facts = General information
person-unit = Unit
person-post = Post
person-group = Group of staff
person-group-cadre = Cadre
person-group-civil-servant = Civil servant
person-group-public-employee = Public employee
person-group-contract = Contract worker
person-group-probation = On probation
person-group-worker = Worker
person-group-farmer = Farmer
person-group-armed-forces = Armed forces
person-group-other = Other
person-sex = Sex
person-sex-male = Male
person-sex-female = Female
person-born = Year of birth
person-recruited = Recruited
person-level-department = Leaders of departments
person-level-division = Leaders of divisions
person-level-staff = Staff
person-post-in-charge = { $post } (in charge)
person-post-acting = Acting { $post }
person-post-in-rank = { $post } (in rank)
person-print = Print
person-honours-none-note = Titles and commendations appear here once a decision has been entered.
person-initiatives = Initiatives and research
person-initiatives-more = { $count ->
    [one] Show 1 earlier initiative
   *[other] Show { $count } earlier initiatives
}
person-initiative = Initiative
person-research = Research
person-initiative-name = Name
person-initiative-sort = Sort
person-initiative-scope = Effective in
person-initiative-decision = Recognised
person-initiative-waiting = Not recognised yet
person-changes = History of entries
person-change-day = Entered on
person-change-what = What
person-change-actor = By
person-change-why = Why
person-change-program = The system
person-noun-person = general information
person-noun-household = household
person-noun-membership = units of work ({ $count })
person-noun-post = posts ({ $count })
person-noun-exception = years not considered ({ $count })
person-noun-grade = grades ({ $count })
person-noun-conferral = honours ({ $count })
person-noun-initiative = initiatives, research ({ $count })
person-noun-discipline = disciplinary measures ({ $count })
person-noun-hold = matters under examination ({ $count })
person-noun-leave = times away ({ $count })
person-noun-registration = registrations for emulation ({ $count })
person-noun-complete = records confirmed whole ({ $count })
person-noun-attestation = confirmations ({ $count })
person-noun-account = accounts ({ $count })
person-noun-other = other records ({ $count })

career-title = Career in emulation and commendation
career-title-unit = The collective over the years
career-caption = Career by year: { $name }
career-none = Nothing on record yet
career-none-note = Grades, titles, commendations and initiatives appear here once they have been entered.
career-year = Year
career-what = What
career-when = When
career-names = Names
career-grades = Grade
career-titles = Titles
career-flags = Emulation flags
career-commendations = Commendations
career-initiatives = Initiatives
career-posts = Posts
career-leave = Away from work
career-measures = Discipline, holds
career-grade-excellent = Exc.
career-grade-good = Good
career-grade-done = Done
career-grade-not-done = Not
career-initiative-in = Initiative or research, effective in { $scope }
career-from-to = from { $from } to { $to }
career-since = from { $from }

cards-title = Standards of honours
cards-day = Considered on { $day }; nearest first
cards-none = No standard to compare with yet
cards-none-note = The rules of this day are not loaded. Choose another day at the top.
cards-holds = Met
cards-fails = Not met
cards-open = Not known
cards-council = Left to the council
cards-or = or
cards-settled = { $count ->
    [one] 1 general principle
   *[other] the { $count } general principles
}
cards-others = Other ways (a movement, a sudden achievement, long service…) need a confirmation
cards-open-more = { $count ->
    [one] 1 more condition not met or not known
   *[other] { $count } more conditions not met or not known
}
cards-met = { $count ->
    [one] 1 condition
   *[other] { $count } conditions
}
cards-left = { $count ->
    [one] 1 point
   *[other] { $count } points
}
cards-supply = { $what }. Evidence to be added by { $supplier }
cards-text = the new text
cards-rules-until = Under the rules up to { $until }
cards-rules-at-hand = Under the rules at hand
cards-provisional-met = { $rules }: standards met. To be checked against { $text } (not loaded).
cards-provisional-not-met = { $rules }: standards not met. To be checked against { $text } (not loaded).
cards-provisional-unknown = { $rules }: not enough grounds to conclude. To be checked against { $text } (not loaded).
cards-earliest = { $month } at the earliest
cards-earliest-under = { $month } at the earliest, if the rules of { $under } stay
cards-why = Grounds
cards-more = { $count ->
    [one] Show 1 more honour
   *[other] Show { $count } more honours
}
cards-waiting = { $count ->
    [one] Not shown: 1 honour whose standards are not loaded.
   *[other] Not shown: { $count } honours whose standards are not loaded.
}

honours-title = Titles and commendations
honours-name = Honour
honours-years = Year or period
honours-kind = Kind
honours-decision = Decision
honours-day = Day
honours-authority = Authority
honours-more = { $count ->
    [one] Show 1 earlier honour
   *[other] Show { $count } earlier honours
}
honours-none = No honours yet
honours-not-listed = Honour outside the catalogue
honours-withdrawn = Withdrawn from { $day } by { $document }
honours-annulled = Annulled from { $day } by { $document }
honours-amended = Amended from { $day } by { $document }
