# Shared parts: verdict, pages of a list, drawings.
verdict-met = Standards met
verdict-not-met = Standards not met
verdict-unknown = Not enough grounds to conclude
pager-label = Pages of the list
pager-before = Previous page
pager-after = Next page
figure-table = Show the table of figures
unit-find = Find a unit by name or code
unit-find-go = Find
unit-find-hint = The office has many units: type some words of the name or the code, press Find, then choose from the list above.
unit-found-none = No unit has the words “{ $words }”.
unit-found-one = One unit was found and is chosen.
unit-found-several = { $units } units were found; choose from the list above.
unit-found-more = There are more than { $units } units; choose from the list above or type more words.
