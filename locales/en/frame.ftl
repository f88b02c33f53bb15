# The frame of a page: top bar, menu, day of work.
frame-program = Emulation and commendation records
frame-subtitle = Emulation and commendation
frame-demo-banner = ILLUSTRATIVE DATA – NO LEGAL VALUE (SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ)
frame-skip = Skip to the main content
frame-search = Find a person by name
frame-menu = Main menu
frame-menu-phone = Short menu
frame-menu-open = All
frame-crumbs = Where this page stands
frame-other-language = Tiếng Việt
frame-change-role = Change role
frame-sign-out = Sign out
frame-day-title = Day of the data
frame-day-note = Every page shows the records and the law as they stood on this day.
frame-day-choose = Show this day
frame-day-today = Back to today ({ $day })

menu-home = Home
menu-home-short = Home
menu-home-about = What waits for you and what to note.
