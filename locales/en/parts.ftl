# Shared parts: verdict, pages of a list, drawings.
verdict-met = Standards met
verdict-not-met = Standards not met
verdict-unknown = Not enough grounds to conclude
pager-label = Pages of the list
pager-before = Previous page
pager-after = Next page
figure-table = Show the table of figures
