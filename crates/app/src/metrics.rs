//! What Prometheus may count: requests by class of answer, their time, sign-ins refused.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::state::App;

/// Upper bounds of the histogram, in milliseconds.
const BOUNDS: [u64; 8] = [2, 5, 10, 20, 50, 100, 500, 2_000];

/// Counters since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by the first digit of their status, from 1 to 5.
    answers: [AtomicU64; 5],
    /// Answers that took at most so long; the last holds the rest.
    times: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
    pub sign_ins: AtomicU64,
    pub sign_ins_refused: AtomicU64,
}

impl Metrics {
    /// Counts one answer.
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        let milliseconds = took.as_millis() as u64;
        let place = BOUNDS.iter().position(|bound| milliseconds < *bound).unwrap_or(BOUNDS.len());
        self.times[place].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(took.as_micros() as u64, Ordering::Relaxed);
    }

    /// The counters in Prometheus text format.
    pub fn text(&self) -> String {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::from(
            "# HELP http_requests_total Answers by class of status.\n# TYPE http_requests_total counter\n",
        );
        for (class, counter) in self.answers.iter().enumerate() {
            line(&mut text, &format!("http_requests_total{{class=\"{}xx\"}}", class + 1), read(counter));
        }
        text.push_str(
            "# HELP http_request_duration_seconds Time to answer.\n# TYPE http_request_duration_seconds histogram\n",
        );
        let mut total = 0;
        for (bound, counter) in BOUNDS.iter().zip(&self.times) {
            total += read(counter);
            let bound = *bound as f64 / 1_000.0;
            line(&mut text, &format!("http_request_duration_seconds_bucket{{le=\"{bound}\"}}"), total);
        }
        total += read(&self.times[BOUNDS.len()]);
        line(&mut text, "http_request_duration_seconds_bucket{le=\"+Inf\"}", total);
        let seconds = read(&self.microseconds) as f64 / 1_000_000.0;
        line(&mut text, "http_request_duration_seconds_sum", seconds);
        line(&mut text, "http_request_duration_seconds_count", total);
        text.push_str("# HELP sign_ins_total People who got in.\n# TYPE sign_ins_total counter\n");
        line(&mut text, "sign_ins_total", read(&self.sign_ins));
        text.push_str("# HELP sign_ins_refused_total Sign-ins refused.\n# TYPE sign_ins_refused_total counter\n");
        line(&mut text, "sign_ins_refused_total", read(&self.sign_ins_refused));
        text
    }
}

/// `GET /metrics`.
pub async fn show(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.text())
}

fn line(text: &mut String, name: &str, value: impl std::fmt::Display) {
    writeln!(text, "{name} {value}").expect("a string takes what is written");
}
