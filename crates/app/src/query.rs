//! The part of an address after the question mark, read and written.

use form_urlencoded::{Serializer, parse};

/// The names and values of a query or of an urlencoded form, in their order.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    parse(query.as_bytes()).into_owned().collect()
}

/// An address with its query, each value written so that it is read back as it was.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// Whether `path` leads to a page of this program and nowhere else.
pub fn is_ours(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
}

#[cfg(test)]
mod tests {
    use super::{address, is_ours, pairs};

    #[test]
    fn what_is_written_is_read_back() {
        let written = address("/ca-nhan", &[("q", "Nguyễn & Trần"), ("trang", "2")]);
        assert_eq!(written, "/ca-nhan?q=Nguy%E1%BB%85n+%26+Tr%E1%BA%A7n&trang=2");
        let read = pairs(written.split_once('?').expect("a query").1);
        assert_eq!(read, [("q".to_owned(), "Nguyễn & Trần".to_owned()), ("trang".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn only_our_own_pages_are_ours() {
        for path in ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "", "ca-nhan"] {
            assert!(!is_ours(path), "{path}");
        }
        assert!(is_ours("/ca-nhan?q=a"));
    }
}
