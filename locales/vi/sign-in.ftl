# Đăng nhập, chọn vai trò, khởi tạo.
sign-in-title = Đăng nhập
sign-in-lead = Dùng tài khoản do người quản trị hệ thống của cơ quan cấp.
sign-in-login = Tên đăng nhập
sign-in-password = Mật khẩu
sign-in-enter = Đăng nhập
sign-in-wrong = Tên đăng nhập hoặc mật khẩu không đúng.
sign-in-forgot = Quên mật khẩu: đề nghị người quản trị hệ thống cấp đường dẫn đặt lại, dùng được một lần.
sign-in-people-title = Vào xem với vai trò minh họa
sign-in-people-lead = Các tài khoản dưới đây là của những người hư cấu, chỉ có trong bản minh họa.
sign-in-people-none = Bản minh họa chưa có tài khoản nào.

sign-in-role-title = Chọn vai trò
sign-in-role-lead = Tài khoản này có nhiều vai trò. Mỗi lúc dùng một vai trò; có thể đổi ở góc trên bên phải.
sign-in-role-whole-office = Toàn cơ quan

first-title = Khởi tạo hệ thống
first-lead = Đường dẫn này dùng được một lần, để đặt tên cơ quan và tạo tài khoản quản trị đầu tiên.
first-office = Tên cơ quan
first-office-hint = Ghi như trên văn bản của cơ quan.
first-code = Ký hiệu cơ quan
first-code-hint = Chữ viết tắt trong số, ký hiệu văn bản, ví dụ VPCP.
first-name = Họ và tên người quản trị
first-password-hint = Ít nhất { $letters } ký tự. Một câu dễ nhớ tốt hơn một từ khó nhớ.
first-again = Nhập lại mật khẩu
first-begin = Tạo và đăng nhập
first-empty = Mục này cần được điền.
first-short = Mật khẩu cần ít nhất { $letters } ký tự.
first-differs = Hai lần nhập không giống nhau.
first-gone = Đường dẫn khởi tạo đã được dùng hoặc không còn hiệu lực. Khi hệ thống chưa có dữ liệu, mỗi lần khởi động sẽ in ra một đường dẫn mới.
