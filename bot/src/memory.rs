//! The process's memory. For moments it holds what people write, so it must not end up in a file, nor stay.

/// Bytes of a thread's stack that are wiped: more than any handler takes.
pub const HANDLER_STACK: usize = 512 * 1024;
/// The same for a thread that reads events, which goes deeper; less than the 2 MiB that it has.
pub const READER_STACK: usize = 1_536 * 1024;

/// Overwrites what calls that have returned left on this thread's stack. To be called where little of it is in use, by
/// a thread that has nothing to do.
#[inline(never)]
pub fn wipe_stack<const BYTES: usize>() {
    let mut room = [0_u8; BYTES];
    // Otherwise the compiler would see that nobody reads it.
    std::hint::black_box(&mut room);
}

/// Forbids core files, and stops other processes of the same user from reading this one. If the system refuses, the
/// operator is told, and the program goes on.
pub fn keep_private() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!("core files cannot be forbidden: {error}");
        }
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::warn!("other processes cannot be kept from reading this one's memory: {error}");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn the_stack_has_room_to_be_wiped() {
        std::thread::Builder::new()
            .spawn(super::wipe_stack::<{ super::READER_STACK }>)
            .expect("a thread")
            .join()
            .expect("nothing overflows");
    }

    #[test]
    fn nothing_of_the_memory_goes_into_a_core_file() {
        super::keep_private();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().expect("Linux says"), DumpableBehavior::NotDumpable);
    }
}
