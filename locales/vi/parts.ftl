# Các phần dùng chung: kết luận, phân trang, hình vẽ.
verdict-met = Đủ tiêu chuẩn
verdict-not-met = Chưa đủ tiêu chuẩn
verdict-unknown = Chưa đủ căn cứ kết luận
pager-label = Phân trang
pager-before = Trang trước
pager-after = Trang sau
figure-table = Xem bảng số liệu
