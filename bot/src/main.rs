//! The program `bellwether`. Everything is in the library.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// Overwrites memory that is given back: libraries that read events and write requests do not wipe what people wrote.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> std::process::ExitCode {
    bellwether::cli::main()
}
