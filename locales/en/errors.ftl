# Error pages: why, whom to ask, the way out.
error-out-home = To the home page
error-out-door = To the sign-in page
error-not-found-title = Page not found
error-not-found = There is no page or record at this address.
error-not-found-ask = The record may have been moved. Check the address or look for it from the home page.
error-forbidden-title = You may not do this
error-forbidden-role = The role you are using does not include this function.
error-forbidden-as = Role in use: { $role }.
error-forbidden-scope = This record belongs to a unit outside those you may see.
error-forbidden-ask = If your work needs it, please ask your office's administrator for the right.
error-form-title = The form is no longer valid
error-form = The form did not carry the confirmation code of its page, so nothing was recorded.
error-form-ask = Open the page again and send the form once more. If this comes back, please ask the administrator.
error-method-title = The request could not be carried out
error-method = This page exists but does not take a request of this kind.
error-conflict-title = The record has changed
error-conflict = Somebody else changed the record while your form was open. What you sent was not recorded.
error-conflict-ask = Open the record again, compare, and send once more.
error-invalid-title = What was sent is not valid
error-invalid = The request lacks something or holds something that cannot be read.
error-invalid-ask = Go back to the page before and check what was entered.
error-too-large-title = Too much was sent
error-too-large = What was sent is larger than allowed, so nothing was recorded.
error-too-large-ask = Send it in smaller parts.
error-too-many-title = Too many attempts
error-too-many = Signing in is locked for a while because of too many failed attempts.
error-too-many-minutes = { $minutes ->
    [one] You can try again in one minute.
   *[other] You can try again in { $minutes } minutes.
}
error-too-many-ask = If you forgot the password, please ask the administrator for a link to set a new one.
error-busy-title = The database is busy
error-busy = Nothing could be read or written because the database is busy.
error-busy-ask = Please try again in a few minutes.
error-internal-title = Something went wrong
error-internal = The program met a fault and could not finish. It has been logged.
error-internal-ask = Please try again. If it comes back, tell the administrator, with the time it happened.
