//! The program `bellwether`. Everything is in the library.

fn main() -> std::process::ExitCode {
    bellwether::cli::main()
}
