//! `--help` and the refusal of a wrong command line, in the language asked for.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, ValueEnum};

use crate::cli::{Format, Line, Telling};
use crate::failure::{Failure, Fault};
use crate::language::Language;

/// The language and format that a command line asks for, read before the line is known to be right.
pub fn telling(arguments: &[OsString]) -> Telling {
    Telling {
        lang: value(arguments, "--lang").unwrap_or_default(),
        format: value::<Format>(arguments, "--format").unwrap_or_default(),
    }
}

/// The command line with its help in a language.
pub fn localised(language: Language) -> Command {
    command(Line::command(), language)
}

/// What clap prints when help or the version is asked for; the one word that clap does not let us set is set here.
pub fn shown(asked: &clap::Error, language: Language) -> String {
    let options = language.text("cli-help-options").to_uppercase();
    asked.render().to_string().replace("[OPTIONS]", &format!("[{options}]"))
}

/// A refused command line as a failure.
pub fn failure(error: &clap::Error) -> Failure {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        _ => String::new(),
    };
    let told = match error.kind() {
        ErrorKind::UnknownArgument => {
            Failure::new(Fault::Usage, "cli-usage-unknown").word("argument", word(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidSubcommand => {
            Failure::new(Fault::Usage, "cli-usage-command").word("command", word(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => {
            Failure::new(Fault::Usage, "cli-usage-missing").word("argument", word(ContextKind::InvalidArg))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Failure::new(Fault::Usage, "cli-usage-none")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Failure::new(Fault::Usage, "cli-usage-value")
            .word("value", word(ContextKind::InvalidValue))
            .word("argument", word(ContextKind::InvalidArg)),
        _ => Failure::said(Fault::Usage, error.render().to_string().trim().to_owned()),
    };
    told.hint("cli-usage-hint")
}

fn value<V: ValueEnum>(arguments: &[OsString], flag: &str) -> Option<V> {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let place = words
        .iter()
        .position(|word| *word == flag || word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')))?;
    let given = match words[place].split_once('=') {
        Some((_, given)) => given,
        None => words.get(place + 1)?,
    };
    V::from_str(given, false).ok()
}

fn command(found: Command, language: Language) -> Command {
    let about = language.text(&format!("cli-help-{}", found.get_name())).into_owned();
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}", language.text("cli-help-usage"),);
    let options = language.text("cli-help-options").into_owned();
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = found.get_version().map(|_| version);
    let mut localised = found
        .about(about)
        .help_template(StyledStr::from(template))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading(language.text("cli-help-commands").into_owned())
        .subcommand_value_name(language.text("cli-help-command").into_owned())
        .arg(help)
        .args(version)
        .mut_args(|argument| {
            let key = format!("cli-help-{}", argument.get_id().as_str().replace('_', "-"));
            let has_values = argument.get_action().takes_values();
            let argument = argument
                .help(language.text(&key).into_owned())
                .hide_possible_values(has_values)
                .hide_default_value(has_values);
            if argument.is_positional() { argument } else { argument.help_heading(options.clone()) }
        });
    let names: Vec<String> = localised.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        localised = localised.mut_subcommand(name, |inner| command(inner, language));
    }
    localised
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::localised;
    use crate::language::Language;

    fn lacking(command: &Command, language: Language, lack: &mut Vec<String>) {
        let words = command.get_arguments().map(|argument| argument.get_id().as_str().replace('_', "-"));
        let keys = words.chain([command.get_name().to_owned()]).map(|word| format!("cli-help-{word}"));
        lack.extend(keys.filter(|key| !language.has(key)));
        command.get_subcommands().for_each(|inner| lacking(inner, language, lack));
    }

    #[test]
    fn every_command_and_every_flag_explains_itself_in_both_languages() {
        for language in Language::ALL {
            let mut lack = Vec::new();
            lacking(&localised(language), language, &mut lack);
            assert_eq!(lack, Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        localised(Language::Vi).debug_assert();
    }
}
