//! `oc talm`.

use std::process::ExitCode;

fn main() -> ExitCode {
    oc_talm::main()
}
