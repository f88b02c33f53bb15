# The journal: keys, checkpoints, proofs, verification.

cli-error-keys = The office's keys cannot be read or made: { $cause }.
cli-hint-keys = Look at the folder of keys (--keys): only whoever runs the program may read and write it (chmod 700), each key with chmod 600.
