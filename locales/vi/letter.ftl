# Bản trả lời căn cứ in ra giấy.
letter-subject = Đối tượng: { $who }.
