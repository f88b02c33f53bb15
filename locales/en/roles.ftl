# Roles in the program.
role-administrator = Administrator
role-auditor = Auditor
role-clerk = Clerk of a unit
role-council-member = Council member
role-council-secretary = Council secretary
role-deciding-authority = Deciding authority
role-employee = Employee
role-emulation-officer = Emulation officer
role-head-of-unit = Head of unit
