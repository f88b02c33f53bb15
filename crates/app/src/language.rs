//! The two languages of the program and the texts of each, read from the Fluent files under `locales/`.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");
static VIETNAMESE: LazyLock<Texts> = LazyLock::new(|| read(Language::Vi));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(Language::En));

type Texts = FluentBundle<FluentResource>;

/// A language in which every page can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Language {
    #[default]
    Vi,
    En,
}

/// A value that a text can hold: a finished string, or a count that also chooses the plural.
pub trait Word {
    fn word(&self) -> FluentValue<'_>;
}

impl Word for str {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Word for String {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl Word for Cow<'_, str> {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}

impl Word for usize {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Word for i64 {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Word for u64 {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Word for u32 {
    fn word(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl<W: Word + ?Sized> Word for &W {
    fn word(&self) -> FluentValue<'_> {
        (**self).word()
    }
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The code as in `lang="vi"`, in the cookie and in the folder under `locales/`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a code, or nothing for a code that is not one of ours.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The text of two that is in this language.
    pub fn pick(self, words: &rules::words::Words) -> &str {
        match self {
            Self::Vi => &words.vi,
            Self::En => &words.en,
        }
    }

    /// The language to which the switch in the header leads.
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The text of `key`; the key itself in ‹› where the locale files lack it, so that a slip is seen.
    pub fn text(self, key: &str) -> Cow<'static, str> {
        self.filled(key, None)
    }

    /// The text of `key` with its placeholders filled.
    pub fn text_with(self, key: &str, words: &[(&str, &dyn Word)]) -> String {
        let mut args = FluentArgs::new();
        for (name, word) in words {
            args.set(*name, word.word());
        }
        self.filled(key, Some(&args)).into_owned()
    }

    /// Whether a text of that key exists.
    pub fn has(self, key: &str) -> bool {
        self.texts().has_message(key)
    }

    fn texts(self) -> &'static Texts {
        match self {
            Self::Vi => &VIETNAMESE,
            Self::En => &ENGLISH,
        }
    }

    fn filled(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let texts = self.texts();
        let Some(pattern) = texts.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.code(), "text missing");
            return Cow::Owned(format!("‹{key}›"));
        };
        let mut errors = Vec::new();
        let filled = texts.format_pattern(pattern, args, &mut errors);
        for error in errors {
            tracing::error!(key, language = self.code(), %error, "text not filled");
        }
        Cow::Owned(filled.into_owned())
    }
}

fn read(language: Language) -> Texts {
    let code = language.code();
    let mut texts = FluentBundle::new_concurrent(vec![code.parse().expect("a language code")]);
    texts.set_use_isolating(false);
    texts.set_formatter(Some(match language {
        Language::Vi => |value, _| count(value, Language::Vi),
        Language::En => |value, _| count(value, Language::En),
    }));
    let folder = LOCALES.get_dir(code).expect("the folder of a language");
    for file in folder.files() {
        let name = file.path().display();
        let text = file.contents_utf8().unwrap_or_else(|| panic!("locales/{name} is not UTF-8"));
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("locales/{name}: {errors:?}"));
        texts.add_resource(resource).unwrap_or_else(|errors| panic!("locales/{name}: {errors:?}"));
    }
    texts
}

/// Counts in a text are grouped as everywhere else; other values are left as they are.
fn count(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(language.number(number.value as i64)),
        _ => None,
    }
}
