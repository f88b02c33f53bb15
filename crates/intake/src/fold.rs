//! Texts made comparable: lower case without marks, đ as d, one blank between words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case letters and digits without marks; everything else separates words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            letter if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_case_and_punctuation_do_not_matter() {
        assert_eq!(fold("Họ và tên:"), fold("HO  VA TEN"));
        assert_eq!(fold("ĐƠN VỊ (công tác)"), "don vi cong tac");
        assert_eq!(fold("Số QĐ, ngày"), "so qd ngay");
    }
}
