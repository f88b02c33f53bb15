# Độ phủ của bộ luật: mỗi danh hiệu, hình thức theo từng thời kỳ áp dụng.
coverage-title = Độ phủ của tiêu chuẩn
coverage-lead = Với mỗi danh hiệu, hình thức khen thưởng và mỗi thời kỳ áp dụng: hồ sơ lưu trữ đủ để kết luận đến đâu, còn thiếu văn bản nào.
coverage-table = Danh hiệu, hình thức theo thời kỳ
coverage-missing = Văn bản còn thiếu
coverage-award = Danh hiệu, hình thức
coverage-from = Từ { $day }
coverage-legend = Hai số trong ngoặc hoặc đứng sau là số điều kiện đã đối chiếu văn bản gốc trên tổng số điều kiện dùng được.
coverage-waits = { $text }: { $count } điều kiện chờ
coverage-not-given = không có
coverage-decided = kết luận được
coverage-partly = một phần
coverage-to-check = cần đối chiếu
coverage-unknown = chưa cập nhật
