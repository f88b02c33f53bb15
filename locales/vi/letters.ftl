# Bảng mã chữ của tệp nhập dữ liệu.
import-letters = Bảng mã chữ
import-letters-hint = Nếu tên ở cột mẫu hiện sai dấu, chọn bảng mã rồi bấm “Xem lại các cột”.
import-letters-judged = Tự nhận biết: { $letters }
import-letters-unicode = Unicode
import-letters-tcvn3 = TCVN3 (ABC, .VnTime)
import-letters-vni = VNI (VNI-Times)
