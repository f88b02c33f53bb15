# Cây đơn vị xem theo từng cấp, và chọn đơn vị khi có quá nhiều.
levels-below = Đơn vị trực thuộc
levels-people = Số người của đơn vị
levels-shown = { $rows } trong { $total } đơn vị
levels-shown-more = { $rows } trong hơn { $total } đơn vị
levels-choose = Chọn trong cây đơn vị
levels-other = Đơn vị khác
home-counted = Số liệu lúc { $time }; đang đếm lại.
home-counting = Đang đếm số liệu lần đầu. Hãy tải lại trang sau ít phút.
