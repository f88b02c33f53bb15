//! Events of one XML part, with bounds on nesting, no document types and no entities beyond the five of XML.

use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::package::{damaged, refusal};
use crate::refusal::Refusal;

const DEEPEST: usize = 64;

/// Reads one part.
pub(crate) struct Xml<R> {
    reader: Reader<R>,
    part: String,
    depth: usize,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(part: &str, input: R) -> Xml<R> {
        let mut reader = Reader::from_reader(input);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, part: part.into(), depth: 0, buffer: Vec::new() }
    }

    /// The next event; an empty element comes as its start and its end.
    pub(crate) fn event(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        if self.buffer.capacity() > 1 << 20 {
            self.buffer.shrink_to(1 << 16);
        }
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
