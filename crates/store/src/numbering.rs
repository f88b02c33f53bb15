//! Numbers of decisions: as printed, as kept where an older paper bears the number of another, and the next free one.

/// Stands between the number and its ordinal where several older papers bear one number, so that the key stays unique.
const TWIN: char = '~';

/// The number under which the paper with this ordinal among those of one number is kept: the first bears it alone.
pub fn kept(number: &str, ordinal: u32) -> String {
    if ordinal <= 1 { number.to_owned() } else { format!("{number}{TWIN}{ordinal}") }
}

/// The number as the paper bears it.
pub fn borne(kept: &str) -> &str {
    kept.split_once(TWIN).map_or(kept, |(number, _)| number)
}

/// Which of the papers of one number it is, from 1.
pub fn ordinal(kept: &str) -> u32 {
    kept.split_once(TWIN).and_then(|(_, ordinal)| ordinal.parse().ok()).unwrap_or(1)
}

/// Number and symbol as a decision prints them.
pub fn printed(kept: &str, symbol: &str) -> String {
    let number = borne(kept);
    if symbol.is_empty() { number.to_owned() } else { format!("{number}/{symbol}") }
}

/// Whether a number can be kept: nothing but letters, digits and the marks that numbers are printed with.
pub fn is_number(number: &str) -> bool {
    !number.is_empty() && number.chars().all(|letter| letter.is_alphanumeric() || "-./ ".contains(letter))
}

/// The number after the highest of a series, as wide as that one: `13` after `12`, `MH-008` after `MH-007`.
pub fn after(highest: &str) -> Option<String> {
    let number = borne(highest);
    let digits = number.len() - number.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let (letters, last) = number.split_at(number.len() - digits);
    let next = last.parse::<u32>().ok()?.checked_add(1)?;
    Some(format!("{letters}{next:0digits$}"))
}

#[cfg(test)]
mod tests {
    use super::{after, borne, is_number, kept, ordinal, printed};

    #[test]
    fn what_bears_no_digits_has_no_next_number_and_a_mark_is_no_number() {
        assert_eq!(after("bis"), None);
        assert_eq!(after(""), None);
        assert!(!is_number("12~2") && !is_number("") && !is_number("12/QĐ\n"));
        assert!(is_number("12a") && is_number("MH-001"));
    }

    #[test]
    fn papers_of_one_number_print_it_alike_and_are_kept_apart() {
        let twins: Vec<String> = (1..=3).map(|ordinal| kept("12", ordinal)).collect();
        assert_eq!(twins, ["12", "12~2", "12~3"]);
        assert_eq!(
            twins.iter().map(|it| (borne(it), ordinal(it))).collect::<Vec<_>>(),
            [("12", 1), ("12", 2), ("12", 3)]
        );
        assert_eq!(printed("12~2", "QĐ-VPCP"), "12/QĐ-VPCP");
        assert_eq!(printed("12", ""), "12");
    }

    #[test]
    fn the_next_number_is_as_wide_as_the_last() {
        assert_eq!(["9", "09", "MH-099", "12~2"].map(|it| after(it).unwrap_or_default()), ["10", "10", "MH-100", "13"]);
    }
}
