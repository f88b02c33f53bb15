# Các phần dùng chung: kết luận, phân trang, hình vẽ.
verdict-met = Đủ tiêu chuẩn
verdict-not-met = Chưa đủ tiêu chuẩn
verdict-unknown = Chưa đủ căn cứ kết luận
pager-label = Phân trang
pager-before = Trang trước
pager-after = Trang sau
figure-table = Xem bảng số liệu
unit-find = Tìm đơn vị theo tên hoặc ký hiệu
unit-find-go = Tìm
unit-find-hint = Cơ quan có nhiều đơn vị: gõ vài từ của tên hoặc ký hiệu, bấm Tìm rồi chọn trong danh sách phía trên.
unit-found-none = Không có đơn vị nào có các từ «{ $words }».
unit-found-one = Tìm thấy một đơn vị; đơn vị ấy đang được chọn.
unit-found-several = Tìm thấy { $units } đơn vị; hãy chọn trong danh sách phía trên.
unit-found-more = Có hơn { $units } đơn vị; hãy chọn trong danh sách phía trên hoặc gõ thêm từ.
