//! The offices of several databases: that each is there and is another, and one after the other judged by its own regulations.

use rules::words::Words;
use store::Store;
use store::journal::{self, Leaf};
use store::offices;

use crate::cli::law::no_such_award;
use crate::cli::scan::answer::{self, Office};
use crate::cli::scan::{Scan, judged, opened, over};
use crate::cli::serve;
use crate::config::Settings;
use crate::failure::{Failure, Fault};
use crate::language::Language;
use crate::law::Files;
use crate::prospects::laws::Laws;
use crate::session::OFFICE;

/// A database whose office is known and not yet read.
struct Known {
    settings: Settings,
    store: Store,
    laws: Laws,
    office: offices::Office,
    /// Holds the salt of the office's first record, so that no other journal begins so.
    first: Option<Leaf>,
}

impl Scan {
    /// What each office comes to, the one of the settings first; all are known before one is read, and one is in memory at a
    /// time.
    pub(super) async fn country(
        &self,
        settings: &Settings,
        files: &Files,
        language: Language,
    ) -> Result<Vec<Office>, Failure> {
        let further = self.also.iter().map(|database| Settings { database: database.clone(), ..settings.clone() });
        let mut known: Vec<Known> = Vec::new();
        for settings in std::iter::once(settings.clone()).chain(further) {
            let one = self.known(settings, files, language).await?;
            if let Some(same) = known.iter().find_map(|other| one.same(other)) {
                return Err(same);
            }
            known.push(one);
        }
        if let Some(unknown) = self.award.iter().find(|id| !known.iter().any(|one| one.laws.knows(id))) {
            return Err(no_such_award(known[0].laws.office(), unknown, language));
        }
        let mut offices = Vec::new();
        for one in known {
            let kept = judged(one.store, &one.settings, one.laws, self.on, &self.award).await?;
            offices.push(Office {
                name: Words::new(&one.office.name, one.office.name_en.as_ref().unwrap_or(&one.office.name)),
                code: one.office.code,
                illustrative: one.office.illustrative,
                honours: answer::honours(&kept, !self.award.is_empty(), |_| true, language),
            });
        }
        Ok(offices)
    }

    async fn known(&self, settings: Settings, files: &Files, language: Language) -> Result<Known, Failure> {
        let (store, laws) = opened(&settings, self.on).await?;
        let laws = over(&laws, files, language)?;
        let unread = |error| serve::failure(error, &settings);
        let office = offices::one(&store, OFFICE).await.map_err(unread)?.ok_or_else(|| {
            Failure::new(Fault::Input, "cli-scan-no-office").word("database", serve::shown(&settings.database))
        })?;
        let first = journal::leaves(&store, OFFICE, 0, 1).await.map_err(unread)?.pop();
        Ok(Known { settings, store, laws, office, first })
    }
}

impl Known {
    /// Why two databases are not of two offices; none where they are.
    fn same(&self, other: &Known) -> Option<Failure> {
        let key = if self.first == other.first {
            "cli-scan-same-journal"
        } else if self.office.code.to_lowercase() == other.office.code.to_lowercase() {
            "cli-scan-same-code"
        } else {
            return None;
        };
        let failure = Failure::new(Fault::Input, key)
            .word("one", serve::shown(&other.settings.database))
            .word("other", serve::shown(&self.settings.database))
            .word("code", &self.office.code);
        Some(failure)
    }
}
