//! Why a command could not do its work: whose fault it is, where, what to do, and the exit code.

use crate::language::Language;

/// Whose fault it is; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What was given cannot be accepted.
    Input = 1,
    /// The command was called wrongly.
    Usage = 2,
    /// Database, port or disk.
    Machine = 3,
    /// A verification came out false.
    Verification = 4,
}

/// Where in the input the fault lies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub file: Option<String>,
    pub line: Option<usize>,
    /// The path inside the document, such as `titles[2].year`.
    pub path: Option<String>,
}

/// One failure, ready to be told in either language and either format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub fault: Fault,
    pub message: Message,
    pub place: Place,
    pub hint: Option<Message>,
}

/// A sentence from the locale files with its words, or one that another crate has already made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Text { key: &'static str, words: Vec<(&'static str, String)> },
    Said(String),
}

impl Fault {
    /// The word of the fault in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Usage => "usage",
            Self::Machine => "machine",
            Self::Verification => "verification",
        }
    }
}

impl Message {
    /// The sentence in a language.
    pub fn tell(&self, language: Language) -> String {
        match self {
            Self::Said(sentence) => sentence.clone(),
            Self::Text { key, words } => {
                let words: Vec<(&str, &dyn crate::language::Word)> =
                    words.iter().map(|(name, word)| (*name, word as &dyn crate::language::Word)).collect();
                language.text_with(key, &words)
            }
        }
    }
}

impl Failure {
    /// A failure told by a text of the locale files.
    pub fn new(fault: Fault, key: &'static str) -> Self {
        Self::with(fault, Message::Text { key, words: Vec::new() })
    }

    /// A failure told by a sentence made elsewhere.
    pub fn said(fault: Fault, sentence: impl Into<String>) -> Self {
        Self::with(fault, Message::Said(sentence.into()))
    }

    /// Fills a placeholder of the message.
    pub fn word(mut self, name: &'static str, word: impl Into<String>) -> Self {
        if let Message::Text { words, .. } = &mut self.message {
            words.push((name, word.into()));
        }
        self
    }

    /// Names the place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Says what to do.
    pub fn hint(mut self, key: &'static str) -> Self {
        self.hint = Some(Message::Text { key, words: Vec::new() });
        self
    }

    /// Says what to do, in a sentence made elsewhere.
    pub fn hint_said(mut self, sentence: impl Into<String>) -> Self {
        self.hint = Some(Message::Said(sentence.into()));
        self
    }

    /// The failure as JSON: `{"error":{"kind","message","where":{"file","line","path"},"hint"}}`.
    pub fn json(&self, language: Language) -> serde_json::Value {
        serde_json::json!({"error": {
            "kind": self.fault.word(),
            "message": self.message.tell(language),
            "where": {"file": self.place.file, "line": self.place.line, "path": self.place.path},
            "hint": self.hint.as_ref().map(|hint| hint.tell(language)),
        }})
    }

    /// The failure as lines for a person: place, message, hint.
    pub fn lines(&self, language: Language) -> String {
        let mut lines = String::new();
        if let Some(file) = &self.place.file {
            lines.push_str(file);
            lines.push(':');
            if let Some(line) = self.place.line {
                lines.push_str(&format!("{line}:"));
            }
            lines.push(' ');
        }
        if let Some(path) = &self.place.path {
            lines.push_str(&format!("{path}: "));
        }
        lines.push_str(&self.message.tell(language));
        if let Some(hint) = &self.hint {
            lines.push_str(&format!("\n  → {}", hint.tell(language)));
        }
        lines
    }

    fn with(fault: Fault, message: Message) -> Self {
        Self { fault, message, place: Place::default(), hint: None }
    }
}
