//! The project against recorded results of the real generators and operators.
//!
//! Data: `$ZTP_CONFORMANCE`, else `../shared/conformance`; without it this says so and passes. Prints
//! `SUITE: N passed, M failed` and the failing ids. Known exceptions stand in `exceptions.txt` with their reasons; they
//! count as failed, and one that passes has to leave the file. Arguments are parts of ids: only those cases run.

mod compare;
mod generate;
mod ibu;
mod rehearse;
mod talm;
mod talm_live;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Ids of cases with what is wrong, empty when nothing is.
type Results = Vec<(String, Vec<String>)>;

/// Runs the cases of a folder whose ids hold one of the words.
type Runner = fn(&Path, &dyn Fn(&str) -> bool) -> Results;

/// What is judged, by the cases of which folder.
const SUITES: [(&str, &str, Runner); 7] = [
    ("yaml", "yaml", yaml::run),
    ("generate", "generate", generate::run),
    ("talm-plan", "talm-plan", talm::run_plans),
    ("talm", "talm", talm::run_suites),
    ("talm-live", "talm-live", talm_live::run),
    ("rehearse", "talm-live", rehearse::run),
    ("ibu", "ibu", ibu::run),
];

const EXCEPTIONS: &str = include_str!("exceptions.txt");

fn main() -> ExitCode {
    let root = std::env::var_os("ZTP_CONFORMANCE")
        .map_or_else(|| ztp_tests::workspace().join("../shared/conformance"), PathBuf::from);
    if !root.is_dir() {
        println!("skipped: no conformance data ($ZTP_CONFORMANCE is not set, ../shared/conformance is not there)");
        return ExitCode::SUCCESS;
    }
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |id: &str| words.is_empty() || words.iter().any(|w| id.contains(w.as_str()));
    let known: BTreeMap<&str, &str> =
        EXCEPTIONS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(": ")).collect();
    let mut good = true;
    for (suite, folder, run) in SUITES {
        if root.join(folder).is_dir() {
            good &= report(suite, &run(&root.join(folder), &wanted), &known);
        } else {
            println!("{suite}: skipped, the folder {folder} is not there");
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(suite: &str, results: &Results, known: &BTreeMap<&str, &str>) -> bool {
    let mut good = true;
    let failed = results.iter().filter(|(_, problems)| !problems.is_empty()).count();
    println!("{suite}: {} passed, {failed} failed", results.len() - failed);
    for (id, problems) in results {
        let id = format!("{suite}/{id}");
        match (problems.is_empty(), known.get(id.as_str())) {
            (true, None) => {}
            (true, Some(_)) => {
                good = false;
                println!("  {id}: passes now; take it out of exceptions.txt");
            }
            (false, Some(reason)) => println!("  {id}: known: {reason}"),
            (false, None) => {
                good = false;
                println!("  {id}");
                for problem in problems.iter().take(4) {
                    println!("    {problem}");
                }
            }
        }
    }
    good
}
