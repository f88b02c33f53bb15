//! What the frame round a page shows: language, day, person, menu, breadcrumb; templates read it as `frame`.

use std::borrow::Cow;

use askama::filters::Safe;
use chrono::NaiveDate;
use store::offices::Office;

use crate::assets;
use crate::config::Mode;
use crate::language::{Language, Word};
use crate::query;
use crate::router::{self, Entry};
use crate::secret;
use crate::visit::Visit;

/// Entries that the bottom bar of a phone holds beside the one that opens the whole menu.
const FIRST: usize = 4;
/// The page that answers the search box.
const SEARCH: &str = "/ca-nhan";

/// The frame of one page.
pub struct Frame {
    pub language: Language,
    pub title: String,
    /// The office's name, or the program's where nobody is signed in.
    pub name: String,
    pub demo: bool,
    pub csrf: String,
    pub today: NaiveDate,
    pub day: NaiveDate,
    pub path: String,
    pub viewer: Option<Person>,
    pub menu: Vec<Entry>,
    pub search: Option<&'static str>,
    pub crumbs: Vec<Crumb>,
    /// The query of this page, read.
    pub query: Vec<(String, String)>,
}

/// Who is signed in, as the bar shows them.
pub struct Person {
    pub name: String,
    pub role_key: &'static str,
    pub unit: Option<String>,
    /// Who lent the role in use, where it is lent.
    pub lender: Option<String>,
    /// How many roles the person can choose from.
    pub roles: usize,
}

/// A step of the breadcrumb before the page itself.
pub struct Crumb {
    pub label: String,
    pub path: String,
}

impl Frame {
    /// The frame of a visit's page.
    pub fn of(visit: &Visit, title: String) -> Self {
        let role = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.role);
        let menu = role.map(router::menu).unwrap_or_default();
        Self {
            language: visit.language,
            title,
            name: match &visit.signed_in {
                Some(signed_in) => office_name(&signed_in.office, visit.language),
                None => visit.t("frame-program"),
            },
            demo: visit.app.settings.mode == Mode::Demonstration
                || visit.signed_in.as_ref().is_some_and(|signed_in| signed_in.office.illustrative),
            csrf: secret::form_token(&visit.secret),
            today: visit.today,
            day: visit.day,
            path: visit.path.clone(),
            viewer: visit.signed_in.as_ref().map(|signed_in| signed_in.person()),
            search: menu.iter().map(|entry| entry.path).find(|path| *path == SEARCH),
            menu,
            crumbs: Vec::new(),
            query: visit.query.clone(),
        }
    }

    /// Adds a step to the breadcrumb.
    pub fn crumb(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), path: path.into() });
        self
    }

    /// The text of `key`.
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.language.text(key)
    }

    /// The text of `key` with one placeholder filled.
    pub fn t1(&self, key: &str, name: &str, word: impl Word) -> String {
        self.language.text_with(key, &[(name, &word)])
    }

    /// The text of `key` with two placeholders filled.
    pub fn t2(&self, key: &str, name: &str, word: impl Word, name2: &str, word2: impl Word) -> String {
        self.language.text_with(key, &[(name, &word), (name2, &word2)])
    }

    /// The address of a file of the program.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon of the sprite; it says nothing to those who listen, the word beside it does.
    pub fn icon(&self, id: &str) -> Safe<String> {
        let sprite = assets::address("icons.svg");
        Safe(format!(r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{sprite}#{id}"/></svg>"##))
    }

    /// An address that keeps the chosen day.
    pub fn href(&self, path: &str) -> String {
        if self.day == self.today {
            return path.to_owned();
        }
        let mark = if path.contains('?') { '&' } else { '?' };
        format!("{path}{mark}ngay={}", self.day)
    }

    /// This page in the other language.
    pub fn switch_href(&self) -> String {
        let here = self.address(self.query.iter());
        query::address(&format!("/ngon-ngu/{}", self.language.other().code()), &[("ve", &here)])
    }

    /// This page on the day it is.
    pub fn today_href(&self) -> String {
        self.address(self.query_without_day().into_iter())
    }

    /// The names and values of this page's query but the day.
    pub fn query_without_day(&self) -> Vec<&(String, String)> {
        self.query.iter().filter(|(name, _)| name != "ngay").collect()
    }

    /// The chosen day in words.
    pub fn day_text(&self) -> String {
        self.language.day(self.day)
    }

    /// The day it is, in words.
    pub fn today_text(&self) -> String {
        self.language.day(self.today)
    }

    /// Whether this page lies under the menu entry of that address.
    pub fn active(&self, path: &str) -> bool {
        match path {
            "/" => self.path == "/",
            _ => self.path == path || self.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')),
        }
    }

    /// The menu entries that the bottom bar of a phone has room for.
    pub fn first_entries(&self) -> &[Entry] {
        &self.menu[..self.menu.len().min(FIRST)]
    }

    fn address<'q>(&self, query: impl Iterator<Item = &'q (String, String)>) -> String {
        let pairs: Vec<(&str, &str)> = query.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        query::address(&self.path, &pairs)
    }
}

/// The office's name in a language, where it has one in it.
fn office_name(office: &Office, language: Language) -> String {
    match (language, &office.name_en) {
        (Language::En, Some(name)) => name.clone(),
        _ => office.name.clone(),
    }
}
