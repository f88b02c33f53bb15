//! Backups by themselves: one every day, some kept for weeks and months, the newest drilled every week; one asked for, at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDateTime, NaiveTime, Utc};
use serde_json::json;
use store::error::StoreError;
use store::jobs::{self, Job, State};
use tokio::sync::oneshot::Receiver;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::{due, write};
use crate::cli::backup::{name, prove};
use crate::clock::day_of;
use crate::language::Language;
use crate::session::OFFICE;
use crate::state::App;

/// The kinds of job; a job of one instant has one id, so that of several servers one does it.
pub const BACKUP: &str = "sao-luu";
pub const DRILL: &str = "dien-tap-sao-luu";

/// How often a server looks whether something is due; the first time so long after its start.
const EVERY: Duration = Duration::from_secs(60);
/// How often a server under work says that it lives; well within [`jobs::SILENCE`].
const BEAT: Duration = Duration::from_secs(10);
/// What a broken-off backup left behind is taken away when it is so old.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// When backups are made, where, and how many are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub folder: PathBuf,
    /// The time of day in Asia/Ho_Chi_Minh; absent where none is made by itself.
    pub at: Option<NaiveTime>,
    pub keep: Keep,
}

/// Of how many days, weeks and months the last backup is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    pub days: usize,
    pub weeks: usize,
    pub months: usize,
}

/// A backup that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub made: DateTime<Utc>,
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
}

/// Makes what is due until the other end of `stop` is gone; work broken off so is taken up by the next server.
pub async fn keep_backing_up(app: App, mut stop: Receiver<()>) {
    let mut every = interval_at(Instant::now() + EVERY, EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look = async || {
        loop {
            tokio::select! {
                _ = every.tick() => {}
                () = app.backing_up.notified() => {}
            }
            if let Err(error) = look(&app, app.settings.clock.now()).await {
                tracing::error!(%error, "no backup could be made");
            }
        }
    };
    tokio::select! {
        () = look() => {}
        _ = &mut stop => {}
    }
}

/// Asks for what is due and does what was asked for.
pub async fn look(app: &App, now: DateTime<Utc>) -> Result<(), StoreError> {
    if let Some(at) = app.settings.backups.at {
        due::ask(app, BACKUP, due::last(at, now), now).await?;
    }
    take_up(app, BACKUP, now).await?;
    if let Some(at) = app.settings.backups.at.filter(|_| !kept(&app.settings.backups.folder).is_empty()) {
        due::ask(app, DRILL, due::last_sunday(at, now), now).await?;
    }
    take_up(app, DRILL, now).await
}

/// Does the work of one kind that waits.
async fn take_up(app: &App, kind: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    while let Some(job) = jobs::claim(&app.store, OFFICE, &[kind], now).await? {
        let mut beat = interval_at(Instant::now() + BEAT, BEAT);
        let work = work(app, &job, now);
        tokio::pin!(work);
        let (state, outcome) = loop {
            tokio::select! {
                done = &mut work => break done,
                _ = beat.tick() => {
                    jobs::beat(&app.store, &job, 0, 0, app.settings.clock.now()).await?;
                }
            }
        };
        jobs::finish(&app.store, &job, state, &outcome, app.settings.clock.now()).await?;
    }
    Ok(())
}

/// The backups in a folder, the newest first; what else lies there is not looked at.
pub fn kept(folder: &Path) -> Vec<Kept> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut kept: Vec<Kept> = entries
        .filter_map(|entry| {
            let made = made(entry.file_name().to_str()?)?;
            Some(Kept { made, path: entry.path(), size: entry.metadata().ok()?.len() })
        })
        .collect();
    kept.sort_by_key(|backup| std::cmp::Reverse(backup.made));
    kept
}

/// Which of the instants, the newest first, are neither the last of a day, of a week nor of a month to be kept.
pub fn outlived(made: &[DateTime<Utc>], keep: Keep) -> Vec<DateTime<Utc>> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let outlived = made.iter().filter(|made| {
        let day = day_of(**made);
        let wanted = [
            days.len() < keep.days && days.insert(day),
            weeks.len() < keep.weeks && weeks.insert((day.iso_week().year(), day.iso_week().week())),
            months.len() < keep.months && months.insert((day.year(), day.month())),
        ];
        !wanted.contains(&true)
    });
    outlived.copied().collect()
}

fn made(name: &str) -> Option<DateTime<Utc>> {
    let stamp = name.strip_prefix("vinhdanh-")?.strip_suffix(".tar.zst")?;
    Some(NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").ok()?.and_utc())
}

async fn work(app: &App, job: &Job, now: DateTime<Utc>) -> (State, serde_json::Value) {
    let done = if job.kind == DRILL { drill(app).await } else { back_up(app, now).await };
    done.map_or_else(
        |fault| {
            tracing::error!(kind = job.kind, fault, "a backup or its drill failed");
            (State::Failed, json!({ "fault": fault }))
        },
        |outcome| (State::Done, outcome),
    )
}

async fn back_up(app: &App, now: DateTime<Utc>) -> Result<serde_json::Value, String> {
    let schedule = &app.settings.backups;
    sweep(&schedule.folder);
    let target = schedule.folder.join(name(now));
    let made = write::write(&app.store, &app.settings.files, &target, now).await.map_err(|why| why.to_string())?;
    if let Some(missing) = made.manifest.missing.first() {
        return Err(format!("{} attachments are missing, such as {missing}", made.manifest.missing.len()));
    }
    let all = kept(&schedule.folder);
    let gone = outlived(&all.iter().map(|backup| backup.made).collect::<Vec<_>>(), schedule.keep);
    // The one just made stays, though the clock was set back and an older one bears a later time.
    for backup in all.iter().filter(|backup| gone.contains(&backup.made) && backup.path != target) {
        std::fs::remove_file(&backup.path).map_err(|why| format!("{}: {why}", backup.path.display()))?;
    }
    Ok(
        json!({ "file": name(now), "size": made.size, "rows": made.manifest.rows(), "offices": made.beginning.header.offices }),
    )
}

async fn drill(app: &App) -> Result<serde_json::Value, String> {
    let newest = kept(&app.settings.backups.folder).into_iter().next().ok_or("there is no backup")?;
    let folder = std::env::temp_dir().join(format!("vinhdanh-drill-{}", uuid::Uuid::now_v7().simple()));
    let proved = prove(&newest.path, &folder, &app.settings).await;
    if let Err(why) = std::fs::remove_dir_all(&folder)
        && why.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(folder = %folder.display(), %why, "left behind by a drill");
    }
    let proved = proved.map_err(|failure| failure.lines(Language::Vi))?;
    let file = newest.path.file_name().map(|name| name.to_string_lossy().into_owned());
    match (proved.found, proved.continues) {
        (0, None | Some(true)) => Ok(json!({ "file": file, "rows": proved.rows, "size": proved.size })),
        (0, Some(false)) => Err("the live journal does not go on from that of the backup".to_owned()),
        (found, _) => Err(format!("{found} records do not fit the journal")),
    }
}

/// Takes away what backups left that were broken off long ago.
fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().contains(".unfinished-")) {
        let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|made| made.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND) && std::fs::remove_file(entry.path()).is_ok() {
            tracing::info!(file = %entry.path().display(), "an unfinished backup taken away");
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days, Utc};

    use super::{Keep, made, outlived};
    use crate::cli::backup::name;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_last_of_each_day_week_and_month_stays_and_the_newest_always() {
        let keep = Keep { days: 3, weeks: 2, months: 2 };
        let newest = instant("2026-11-23T01:00:00Z");
        let every_day: Vec<_> = (0..60).map(|ago| newest - Days::new(ago)).collect();
        let gone = outlived(&every_day, keep);
        let stay: Vec<_> =
            every_day.iter().filter(|made| !gone.contains(made)).map(|made| made.date_naive().to_string()).collect();
        assert_eq!(stay, ["2026-11-23", "2026-11-22", "2026-11-21", "2026-10-31"]);
        assert!(outlived(&[newest], Keep { days: 1, weeks: 0, months: 0 }).is_empty());
    }

    #[test]
    fn a_name_gives_its_instant_and_a_foreign_one_none() {
        let at = instant("2026-11-23T01:02:03Z");
        assert_eq!(made(&name(at)), Some(at));
        assert_eq!(made("vinhdanh-20261123T010203Z.tar.unfinished-7"), None);
        assert_eq!(made("ghi-chu.txt"), None);
    }
}
