# Cơ quan hư cấu để đo.
cli-help-sample = Tạo một cơ quan hư cấu với số người tùy chọn, để đo tốc độ.
cli-help-people = Số người
cli-help-seed = Cùng một số cho ra cùng những người đó (mặc định 1)
cli-help-until = Ngày cuối cùng đã có thông tin (mặc định 2026-11-23)
cli-sample-made = Đã tạo { $people } người hư cấu với { $awards } lượt khen thưởng trong { $database }.
cli-sample-not-empty = Cơ sở dữ liệu { $database } đã có dữ liệu.
cli-sample-not-empty-hint = Chọn một cơ sở dữ liệu trống bằng --database, ví dụ --database sqlite:do/mau.db.
