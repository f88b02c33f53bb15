//! The binary `vinhdanh`: web pages and command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    app::cli::run(std::env::args_os())
}
