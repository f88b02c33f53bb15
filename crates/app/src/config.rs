//! The settings of one run: a flag, else its `VINHDANH_*` variable, else `vinhdanh.toml`, else the default; read once, here only.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono::NaiveTime;
use clap::Args;
use serde::Deserialize;

use crate::backup::schedule::{Keep, Schedule};
use crate::clock::Clock;
use crate::failure::{Failure, Fault, Place};

/// Instead of a time, where no backup is made by itself.
const NEVER: &str = "never";

/// Settings as flags; clap reads the variable where the flag is absent.
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// Settings file.
    #[arg(long, env = "VINHDANH_CONFIG", hide_env_values = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database URL.
    #[arg(long, env = "VINHDANH_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<String>,
    /// Folder of attachments.
    #[arg(long, env = "VINHDANH_FILES", hide_env_values = true, value_name = "DIR")]
    pub files: Option<PathBuf>,
    /// Folder of keys.
    #[arg(long, env = "VINHDANH_KEYS", hide_env_values = true, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Address under which people reach the program.
    #[arg(long, env = "VINHDANH_PUBLIC_URL", hide_env_values = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address and port to listen on.
    #[arg(long, env = "VINHDANH_LISTEN", hide_env_values = true, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Proxies whose X-Forwarded-For is believed.
    #[arg(long, env = "VINHDANH_TRUSTED_PROXIES", hide_env_values = true, value_name = "ADDR", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// Folder of backups.
    #[arg(long, env = "VINHDANH_BACKUPS", hide_env_values = true, value_name = "DIR")]
    pub backups: Option<PathBuf>,
    /// When the daily backup is made.
    #[arg(long, env = "VINHDANH_BACKUP_AT", hide_env_values = true, value_name = "HH:MM")]
    pub backup_at: Option<String>,
    /// Of how many days, weeks and months a backup is kept.
    #[arg(long, env = "VINHDANH_BACKUP_KEEP", hide_env_values = true, value_name = "DAYS/WEEKS/MONTHS")]
    pub backup_keep: Option<String>,
    /// What is logged.
    #[arg(long, env = "VINHDANH_LOG", hide_env_values = true, value_name = "FILTER")]
    pub log: Option<String>,
}

/// Whether the program runs for an office or shows the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Office,
    Demonstration,
}

/// The settings of one run, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub mode: Mode,
    pub clock: Clock,
    pub database: String,
    pub files: PathBuf,
    pub keys: PathBuf,
    pub public_url: String,
    pub listen: SocketAddr,
    pub trusted_proxies: Vec<IpAddr>,
    pub backups: Schedule,
    pub log: String,
}

/// The settings file, every line of which may be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    files: Option<PathBuf>,
    keys: Option<PathBuf>,
    public_url: Option<String>,
    listen: Option<String>,
    trusted_proxies: Option<Vec<IpAddr>>,
    backups: Option<PathBuf>,
    backup_at: Option<String>,
    backup_keep: Option<String>,
    log: Option<String>,
}

impl Settings {
    /// The settings of an office; refuses a settings file that cannot be read and an address that is none.
    pub fn office(flags: Flags) -> Result<Self, Failure> {
        let file = read(flags.config.as_deref())?;
        let listen = flags.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen = address(&listen)?;
        let at = flags.backup_at.or(file.backup_at).unwrap_or_else(|| "02:30".to_owned());
        let keep = flags.backup_keep.or(file.backup_keep).unwrap_or_else(|| "7/5/12".to_owned());
        Ok(Self {
            mode: Mode::Office,
            clock: Clock::Machine,
            database: flags.database.or(file.database).unwrap_or_else(|| "sqlite:var/vinhdanh.db".to_owned()),
            files: flags.files.or(file.files).unwrap_or_else(|| "var/files".into()),
            keys: flags.keys.or(file.keys).unwrap_or_else(|| "var/keys".into()),
            public_url: flags.public_url.or(file.public_url).unwrap_or_else(|| format!("http://{listen}")),
            listen,
            trusted_proxies: flags.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            backups: Schedule {
                folder: flags.backups.or(file.backups).unwrap_or_else(|| "var/backups".into()),
                at: time(&at)?,
                keep: keep_of(&keep)?,
            },
            log: flags.log.or(file.log).unwrap_or_else(|| "info".to_owned()),
        })
    }

    /// The settings of the demonstration; its files and keys lie apart from an office's own.
    pub fn demonstration(flags: Flags, clock: Clock) -> Result<Self, Failure> {
        let flags = Flags {
            files: flags.files.or_else(|| Some("var/demo-files".into())),
            keys: flags.keys.or_else(|| Some("var/demo-keys".into())),
            public_url: flags.public_url.or_else(|| Some("http://localhost:8080".to_owned())),
            backups: flags.backups.or_else(|| Some("var/demo-backups".into())),
            backup_at: flags.backup_at.or_else(|| Some(NEVER.to_owned())),
            log: flags.log.or_else(|| Some("warn".to_owned())),
            ..flags
        };
        Ok(Self { mode: Mode::Demonstration, clock, ..Self::office(flags)? })
    }

    /// Whether cookies may only travel encrypted.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn address(text: &str) -> Result<SocketAddr, Failure> {
    text.parse()
        .map_err(|_| Failure::new(Fault::Usage, "cli-error-address").word("address", text).hint("cli-hint-address"))
}

/// The time of the daily backup, if there is one.
fn time(text: &str) -> Result<Option<NaiveTime>, Failure> {
    if text == NEVER {
        return Ok(None);
    }
    NaiveTime::parse_from_str(text, "%H:%M")
        .map(Some)
        .map_err(|_| Failure::new(Fault::Usage, "cli-error-backup-at").word("time", text))
}

fn keep_of(text: &str) -> Result<Keep, Failure> {
    let counts: Vec<usize> = text.split('/').filter_map(|count| count.parse().ok()).collect();
    match (counts.as_slice(), text.split('/').count()) {
        // The newest backup is never taken away.
        ([days, weeks, months], 3) if *days > 0 => Ok(Keep { days: *days, weeks: *weeks, months: *months }),
        _ => Err(Failure::new(Fault::Usage, "cli-error-backup-keep").word("keep", text)),
    }
}

fn read(named: Option<&Path>) -> Result<File, Failure> {
    let path = named.unwrap_or(Path::new("vinhdanh.toml"));
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(_) if named.is_none() => return Ok(File::default()),
        Err(error) => {
            return Err(Failure::new(Fault::Input, "cli-error-settings-unread")
                .word("file", shown)
                .word("cause", error.to_string()));
        }
    };
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        Failure::said(Fault::Input, error.message())
            .at(Place { file: Some(shown), line, path: None })
            .hint("cli-hint-settings")
    })
}
