//! Ctrl-C in a view that follows something: the last frame stays, and the exit code says why it ended.

use std::io::Write;

use super::Outcome;

/// From now on Ctrl-C ends this process with the code of [`Outcome::Interrupted`]. `below` is written to standard output
/// before, so that the prompt does not stand in the last frame.
pub fn end_on_interrupt(below: &'static str) {
    let wait = move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            let mut out = std::io::stdout().lock();
            // Nobody is left to tell when this fails.
            let _ = out.write_all(below.as_bytes()).and_then(|()| out.flush());
            std::process::exit(i32::from(Outcome::Interrupted.code()));
        }
    };
    // Without the thread Ctrl-C ends the process all the same, by its signal.
    drop(std::thread::Builder::new().name("interrupt".to_owned()).spawn(wait));
}
