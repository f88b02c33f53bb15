# The letters of a file that is brought in.
import-letters = Letters of the texts
import-letters-hint = If names among the samples show wrong marks, choose the letters and look at the columns again.
import-letters-judged = As found: { $letters }
import-letters-unicode = Unicode
import-letters-tcvn3 = TCVN3 (ABC, .VnTime)
import-letters-vni = VNI (VNI-Times)
