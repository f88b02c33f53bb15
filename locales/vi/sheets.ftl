# Danh sách tải về dạng bảng tính.
sheet-of = { $office }, ngày { $day }
sheet-too-long = Danh sách có hơn { $most } dòng; hãy lọc bớt rồi tải về.
units-from = Từ ngày
units-people-own = Số người (không kể đơn vị con)
