# The printed letter of why.
letter-subject = Subject: { $who }.
