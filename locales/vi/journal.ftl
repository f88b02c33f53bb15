# Sổ nhật ký: khóa, mốc đã ký, bằng chứng, kiểm tra.

cli-error-keys = Không đọc hoặc tạo được khóa của cơ quan: { $cause }.
cli-hint-keys = Kiểm tra thư mục khóa (--keys): chỉ người chạy chương trình được đọc và ghi (chmod 700), mỗi khóa chmod 600.
