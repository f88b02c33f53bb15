# Trang chủ.
home-greeting = Xin chào, { $name }
home-work-title = Việc cần xử lý
home-work-none = Không có việc nào đang chờ
home-work-none-note = Việc được giao và thời hạn của từng việc hiện ở đây khi có hồ sơ chuyển đến.
home-doors = Chức năng
