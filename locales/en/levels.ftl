# The tree of units level by level, and choosing a unit where there are too many.
levels-below = Units below
levels-people = People of the unit itself
levels-shown = { $rows } of { $total } units
levels-shown-more = { $rows } of more than { $total } units
levels-choose = Choose in the tree of units
levels-other = Another unit
home-counted = Figures as of { $time }; being counted again.
home-counting = The figures are being counted for the first time. Load the page again in a few minutes.
