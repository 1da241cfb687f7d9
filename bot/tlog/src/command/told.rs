//! Printing a verdict: the exit code that was found stays, whether or not anybody reads to the end.

use std::io::{self, ErrorKind, Write};

/// Writes what was found, and ends with the exit that it means. Whoever reads only the beginning, as `| head` does,
/// changes nothing in it.
///
/// # Errors
/// When it cannot be written for another reason than that nobody reads.
pub fn told<E>(out: &mut impl Write, words: &[u8], exit: E) -> io::Result<E> {
    match out.write_all(words).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(exit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Exit;

    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_does_not_change_what_was_found() {
        let told = |kind, exit| told(&mut Closed(kind), b"words", exit);
        assert_eq!(told(ErrorKind::BrokenPipe, Exit::Found).ok(), Some(Exit::Found));
        assert_eq!(told(ErrorKind::BrokenPipe, Exit::Usage).ok(), Some(Exit::Usage));
        assert!(told(ErrorKind::StorageFull, Exit::Done).is_err());
    }
}
