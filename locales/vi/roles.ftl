# Vai trò trong hệ thống.
role-administrator = Quản trị hệ thống
role-auditor = Thanh tra, kiểm tra
role-clerk = Người lập hồ sơ của đơn vị
role-council-member = Thành viên Hội đồng
role-council-secretary = Thư ký Hội đồng
role-deciding-authority = Người có thẩm quyền quyết định
role-employee = Công chức, viên chức, người lao động
role-emulation-officer = Chuyên viên thi đua, khen thưởng
role-head-of-unit = Thủ trưởng đơn vị
