//! Events of one XML part, with bounds on nesting, no document types and no entities beyond the five of XML.

use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::package::{TOO_MUCH, damaged, refusal};
use crate::refusal::Refusal;

const DEEPEST: usize = 64;
/// Bytes of one tag or one text, which is held whole; the longest text of a cell has a hundredth of it.
const LARGEST_PIECE: usize = 16 << 20;

/// Reads one part.
pub(crate) struct Xml<R> {
    reader: Reader<Piecewise<R>>,
    part: String,
    depth: usize,
    buffer: Vec<u8>,
}

/// Fails where one piece is larger than its bound.
struct Piecewise<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(part: &str, input: R) -> Xml<R> {
        let mut reader = Reader::from_reader(Piecewise { inner: input, left: LARGEST_PIECE });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, part: part.into(), depth: 0, buffer: Vec::new() }
    }

    /// The next event; an empty element comes as its start and its end.
    pub(crate) fn event(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        if self.buffer.capacity() > 1 << 20 {
            self.buffer.shrink_to(1 << 16);
        }
        self.reader.get_mut().left = LARGEST_PIECE;
        let part = &self.part;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| refusal(part, error))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(damaged(part, "a document type")),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(Refusal::Bomb);
        }
        Ok(event)
    }
}

impl<R: BufRead> BufRead for Piecewise<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.left {
            0 => Err(io::Error::other(TOO_MUCH)),
            _ => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
        self.inner.consume(bytes);
    }
}

impl<R: BufRead> Read for Piecewise<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// An attribute by its local name.
pub(crate) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name).map(|one| {
        match one.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => one.value.to_string(),
        }
    })
}

/// An attribute that counts something.
pub(crate) fn count(start: &BytesStart, name: &str) -> Option<u32> {
    attribute(start, name)?.trim().parse().ok()
}

/// An attribute of XML's truth values.
pub(crate) fn is_set(start: &BytesStart, name: &str) -> bool {
    matches!(attribute(start, name).as_deref(), Some("1" | "true"))
}

/// The letter that a reference such as `&amp;` or `&#225;` stands for.
pub(crate) fn referred(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
