//! `oc ztp`.

use std::process::ExitCode;

fn main() -> ExitCode {
    oc_ztp::main()
}
