# Khung trang: thanh trên, trình đơn, ngày làm việc.
frame-program = Phần mềm thi đua, khen thưởng
frame-subtitle = Thi đua – Khen thưởng
frame-demo-banner = SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ
frame-skip = Đến nội dung chính
frame-search = Tìm cá nhân theo tên
frame-menu = Trình đơn chính
frame-menu-phone = Trình đơn nhanh
frame-menu-open = Tất cả
frame-crumbs = Vị trí trang
frame-other-language = English
frame-change-role = Đổi vai trò
frame-sign-out = Đăng xuất
frame-day-title = Ngày xem dữ liệu
frame-day-note = Mọi trang hiển thị hồ sơ và quy định như tại ngày này.
frame-day-choose = Xem theo ngày này
frame-day-today = Trở về hôm nay ({ $day })

menu-home = Trang chủ
menu-home-short = Trang chủ
menu-home-about = Việc cần xử lý và những điều cần lưu ý.
