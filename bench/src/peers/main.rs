//! Measures engines that answer for one person at a time.

fn main() {}
