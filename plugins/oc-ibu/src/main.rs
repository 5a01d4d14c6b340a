//! `oc ibu`.

use std::process::ExitCode;

fn main() -> ExitCode {
    oc_ibu::main()
}
