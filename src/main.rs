//! The program: arguments to screen or subcommand to exit code.

fn main() {}
