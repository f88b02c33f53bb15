# Home.
home-greeting = Hello, { $name }
home-work = Waiting for you
home-work-none = Nothing is waiting
home-work-none-note = Work and its deadlines appear here as they arise.
home-without-grade = { $count ->
    [one] One person has no grade for { $year } yet
   *[other] { $count } people have no grade for { $year } yet
}
home-initiatives = { $count ->
    [one] One initiative waits to be recognised
   *[other] { $count } initiatives wait to be recognised
}
home-holds = { $count ->
    [one] One matter is under examination
   *[other] { $count } matters are under examination
}
home-year = Year { $year }
home-registered = Registered for emulation
home-registered-of = { $part } of { $whole } people
home-decisions = Decisions of commendation
home-conferrals = Honours conferred
home-own = My record
home-notes = To note
home-law-waits = { $count } of { $all } standards in force rest on texts that are not loaded; where those are needed, the answer is “Not enough grounds to conclude”:
home-law-text = { $text }: { $count ->
    [one] { $count } standard
   *[other] { $count } standards
}
home-law-look = See the texts
home-deadlines = Deadlines set by law
home-deadline-honours = { $count } titles and forms of commendation
home-doors = Functions
