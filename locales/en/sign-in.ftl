# Sign-in, choosing a role, the first start.
sign-in-title = Sign in
sign-in-lead = Use the account that your office's administrator gave you.
sign-in-login = User name
sign-in-password = Password
sign-in-enter = Sign in
sign-in-wrong = The user name or the password is wrong.
sign-in-forgot = Forgotten the password? Ask the administrator for a link to set a new one; it works once.
sign-in-people-title = Look around in a demonstration role
sign-in-people-lead = The accounts below belong to made-up people and exist in the demonstration only.
sign-in-people-none = The demonstration has no account yet.

sign-in-role-title = Choose a role
sign-in-role-lead = This account has several roles. One is used at a time; it can be changed in the upper right corner.
sign-in-role-whole-office = The whole office

first-title = Set up the program
first-lead = This link works once: it names the office and makes the first administrator's account.
first-office = Name of the office
first-office-hint = As it stands on the office's papers.
first-code = Letters of the office
first-code-hint = The letters in the numbers of its documents, such as VPCP.
first-name = Full name of the administrator
first-password-hint = At least { $letters } characters. A sentence easy to remember is better than a word that is not.
first-again = The same password again
first-begin = Create and sign in
first-empty = This needs an entry.
first-short = The password needs at least { $letters } characters.
first-differs = The two entries differ.
first-gone = This link has been used or no longer works. While nothing has been entered, each start prints a new one.
