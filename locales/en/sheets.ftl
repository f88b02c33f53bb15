# Lists taken home as spreadsheets.
sheet-of = { $office }, on { $day }
sheet-too-long = The list has more than { $most } rows; narrow it, then take it home.
units-from = From
units-people-own = People (without sub-units)
